/** Who issued or validated an order, and who is to be asked about it (sections I and J of the certificate). */
import type { EtsiNotes } from './notes.ts';
import { type Parts, without } from './sections.ts';
import { type Role, roleOf } from './words.ts';
import { child, type Element, wordOf } from './xml.ts';

export type Authority = {
  name?: string;
  role?: Role;
  file?: string;
  at?: string;
  details: Element | undefined;
  emergency: boolean;
};

/** `AuthorisationApprovalDetails` of that kind, and the section of the form that says the rest of it. */
export function authority(
  kind: 'IssuingAuthority' | 'ValidatingAuthority',
  section: string,
  parts: Parts,
  notes: EtsiNotes,
): Authority {
  const approvals = (parts.authorisation?.children ?? []).filter(({ name }) => name === 'AuthorisationApprovalDetails');
  const approval = approvals.find((one) => child(one, 'ApprovalType')?.text === kind);
  wordOf(child(approval, 'ApprovalType'));
  const details = child(approval, 'ApproverDetails');
  const roleElement = child(details, 'ApproverRole') ?? parts.sections.first(section, /^Type$/);
  const written = wordOf(roleElement);
  const role = written === undefined ? undefined : (roleOf(written) ?? undefined);
  if (written !== undefined && role === undefined)
    notes.add(roleElement!.place, `This kind of authority is not known: ${written}`);
  const approved = notes.day(child(approval, 'ApprovalTimestamp'));
  const dated = notes.day(parts.sections.first(section, /^Date$/));
  return without({
    name: notes.text(child(details, 'ApproverName')) ?? notes.text(parts.sections.first(section, /^NameOfAuthority$/)),
    role,
    file: notes.text(child(approval, 'ApprovalReference')),
    at: approved ?? dated,
    details,
    emergency:
      (notes.yes(child(approval, 'ApprovalIsEmergency')) ??
        notes.yes(parts.sections.first(section, /^CaseWithoutValidation$/))) === true,
  });
}
