/**
 * What the statutes behind agency subpoenas are for, and which kinds of offence fit them. Only what names one subject
 * is here; a statute or an offence that is not listed says nothing.
 */
import type { LegalRequest } from './legal-request.ts';
import { citationsIn, cites } from './us-code.ts';

type OffenceKind = LegalRequest['basis']['offences'][number]['kind'];

export type Subject = { kind: string; title: number; section: string; about: string; fits: readonly OffenceKind[] };

const SUBJECTS: readonly Subject[] = [
  { kind: 'US-DEA-876', title: 21, section: '876', about: 'controlled substances', fits: ['drugs'] },
  { kind: 'US-1509', title: 19, section: '1509', about: 'customs', fits: ['customs'] },
  { kind: 'US-1225D', title: 8, section: '1225', about: 'immigration', fits: ['immigration'] },
  { kind: 'US-3486', title: 18, section: '3486', about: 'health care fraud, child exploitation, protected persons',
    fits: ['fraud', 'child exploitation', 'violence'] },
  { kind: 'US-FTC-CID', title: 15, section: '57b-1', about: 'unfair or deceptive practices', fits: ['fraud'] },
  { kind: 'US-NSL', title: 18, section: '2709', about: 'international terrorism and clandestine intelligence', fits: ['terrorism'] },
]; // biome-ignore format: one line a statute

/** The subjects of the paper: by its kind, else by the statutes it cites. */
export function subjectsOf({ instrument: { type, statutes } }: LegalRequest): Subject[] {
  const byKind = SUBJECTS.filter(({ kind }) => kind === type);
  if (byKind.length > 0) return byKind;
  return SUBJECTS.filter(({ title, section }) => statutes.some((statute) => cites(statute, title, section)));
}

/** Kinds that tell of no subject. */
const UNTOLD: readonly OffenceKind[] = ['ordinary', 'other'];

/** The kinds of the offences named, read from the section where nobody has said the kind; unknown ones are left out. */
export function offenceKindsOf({ basis }: LegalRequest): OffenceKind[] {
  return basis.offences.flatMap(({ kind, statute }) => {
    const told = UNTOLD.includes(kind) ? kindOfSection(statute ?? '') : kind;
    return told === null ? [] : [told];
  });
}

function kindOfSection(text: string): OffenceKind | null {
  for (const { title, section } of citationsIn(text)) {
    const number = Number.parseInt(section, 10);
    const found = SECTIONS.find(([of, first, last]) => of === title && first <= number && number <= last);
    if (found) return found[3];
  }
  return null;
}

const SECTIONS: readonly [number, number, number, OffenceKind][] = [
  [8, 1321, 1330, 'immigration'],
  [18, 541, 555, 'customs'],
  [18, 1030, 1030, 'cyber'],
  [18, 1341, 1349, 'fraud'],
  [18, 1541, 1547, 'immigration'],
  [18, 2251, 2260, 'child exploitation'],
  [18, 2331, 2339, 'terrorism'],
  [19, 1304, 1305, 'customs'],
  [19, 1481, 1499, 'customs'],
  [19, 1592, 1627, 'customs'],
  [21, 841, 865, 'drugs'],
  [21, 951, 971, 'drugs'],
];
