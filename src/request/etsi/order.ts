/**
 * The demand that an ETSI message carries: from the authorisation (who, to whom, until when), its tasks (about what),
 * and the sections of the certificate that have no place of their own in TS 103 120.
 *
 * What the message does not say stays out of the demand, for the rules to find; only what a demand cannot be without is
 * written as "not stated".
 */
import type { DemandInput } from '../../instrument/legal-request.ts';
import { authority } from './authority.ts';
import { basisOf, deliveryOf, serviceOf } from './basis.ts';
import { europeanOf } from './european.ts';
import type { EtsiNotes } from './notes.ts';
import { type Carriage, type Parts, without } from './sections.ts';
import { targetsAndItems } from './tasks.ts';
import { child, down, type Element } from './xml.ts';

const CHANNELS = { dits: 'dits', email: 'email', post: 'post', alternative: 'other' } as const;

export function demandOf(kind: 'EPOC' | 'EPOC-PR', parts: Parts, notes: EtsiNotes, carriage: Carriage): DemandInput {
  const { authorisation, sections } = parts;
  const issuing = authority('IssuingAuthority', 'I', parts, notes);
  const validating = authority('ValidatingAuthority', 'J', parts, notes);
  const { targets, items, asked } = targetsAndItems(parts.tasks, notes);
  const grave = asked.some((one) => one === 'traffic' || one === 'content');
  const contact = down(issuing.details, 'ApproverContactDetails');
  const eu = europeanOf(parts, issuing, validating, notes, carriage);
  const reference = notes.text(child(authorisation, 'AuthorisationReference'));
  const relatedOrder = notes.text(sections.first('D', /Reference|Number/));
  const signed = sections.first('I', /^Signature/) !== undefined || issuing.at !== undefined;
  if (issuing.file !== undefined && reference !== undefined && issuing.file !== reference)
    notes.add(child(authorisation, 'AuthorisationReference')!.place, `Reference of the whole case: ${reference}`);
  return without({
    channel: CHANNELS[carriage.transport ?? 'alternative'],
    kind: kind === 'EPOC' ? 'production' : 'preservation',
    service: serviceOf(parts, notes),
    deliverTo: kind === 'EPOC' ? deliveryOf(parts, notes) : undefined,
    refersTo: relatedOrder,
    requester: without({
      agencyName: issuing.name ?? sender(parts.header, notes),
      country: eu.issuingState ?? unknownCountry(notes),
      level: 'eu_ms',
      officer: stated(notes.text(child(contact, 'Name')), 'a person to contact', notes),
      rank: notes.text(child(contact, 'Role')),
      email: notes.text(child(contact, 'EmailAddress')),
      phone: notes.text(child(contact, 'PhoneNumber')),
    }),
    instrument: without({
      type: kind === 'EPOC-PR' ? 'EU-EPOC-PR' : grave ? 'EU-EPOC-T' : 'EU-EPOC-S',
      statutes: [`Regulation (EU) 2023/1543, Article ${kind === 'EPOC' ? '5' : '6'}`],
      issuerName: issuing.name,
      issuerRole: issuing.role,
      issuedOn: issuing.at,
      signed,
      signatureKind: carriage.qualifiedSignature ? 'qualified' : signed ? 'electronic' : undefined,
      caseNo: issuing.file ?? reference,
      addressedTo:
        notes.text(child(authorisation, 'AuthorisationLegalEntity')) ??
        notes.text(sections.first('B', /^NameOfAuthority$/)),
      fileType: parts.documents.some(({ mediaType }) => mediaType === 'application/pdf') ? 'pdf' : undefined,
      attachments: parts.documents.map(({ name }) => name),
    }),
    targets: eu.residenceState ? targets.map((target) => ({ ...target, residence: eu.residenceState! })) : targets,
    items,
    basis: basisOf(sections, notes),
    eu: without({ ...eu, relatedOrder }),
  });
}

/** The identifier of the sending system, where the message names no authority. */
function sender(header: Element | undefined, notes: EtsiNotes): string {
  const id = notes.text(down(header, 'SenderIdentifier/UniqueIdentifier'));
  if (id !== undefined)
    notes.add('HI1Message/Header', 'The message names no authority but by the system that sent it.');
  return id ?? stated(undefined, 'the issuing authority', notes);
}

function stated(text: string | undefined, what: string, notes: EtsiNotes): string {
  if (text === undefined) notes.add('message', `The message does not state ${what}.`);
  return text ?? 'not stated';
}

/** ZZ stands for no country (ISO 3166-1, user-assigned). */
function unknownCountry(notes: EtsiNotes): string {
  notes.add('message', 'The message does not state the issuing State.');
  return 'ZZ';
}
