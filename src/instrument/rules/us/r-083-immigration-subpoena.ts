/**
 * The immigration officer's subpoena serves who may enter, stay or pass, and the enforcement of that chapter. It
 * compels nothing by itself: only a district court's order does, so without one counsel decides whether it is answered.
 */
import type { LegalRequest } from '../../legal-request.ts';
import { asksForData } from '../../papers.ts';
import { rule } from '../../rule.ts';
import { offenceKindsOf } from '../../statute-subjects.ts';
import { cites } from '../../us-code.ts';
import { phrases } from '../../wording.ts';
import { subpoena } from '../example.ts';

/** The safety of immigration officers is no immigration matter: the word needs its object. */
const MATTER = phrases(
  'immigration (?:status|laws?|matters?|cases?|proceedings?|violations?|fraud|offen[cs]es?)',
  'immigration (?:benefits?|petitions?|applications?)',
  'visas?',
  'removal (?:proceedings?|orders?|case)|removab(?:le|ility)',
  'deport(?:ation|able|ed)',
  'naturali[sz]ation',
  'inadmissib(?:le|ility)',
  '(?:unlawful|illegal) (?:re-?)?entr(?:y|ies)|re-?entry after removal',
  'alien smuggling',
  'right to (?:enter|remain)',
  'asylum',
  'unlawful presence|overstay(?:ed|ing)?',
);

function isImmigrationMatter(request: LegalRequest): boolean {
  const { purpose = '', facts = '', nexus = '', offences } = request.basis;
  if (offenceKindsOf(request).includes('immigration')) return true;
  if (offences.some(({ statute = '' }) => cites(statute, 8))) return true;
  return MATTER.test([purpose, facts, nexus, ...offences.map(({ text = '' }) => text)].join('\n'));
}

const paper = (basis: object, more: object = {}) =>
  subpoena(
    {
      instrument: { type: 'US-1225D', statutes: ['8 U.S.C. § 1225(d)(4)'], issuerRole: 'immigration officer' },
      basis: { purpose: undefined, facts: undefined, nexus: undefined, offences: [], ...basis },
    },
    more,
  );
const ORDERED = { instrument: { court: 'U.S. District Court, District of New Mexico' } };

export default rule({
  id: 'R-083',
  asks: 'Does an immigration subpoena state an immigration matter, and has a court ordered that it be obeyed?',
  authority: '8 U.S.C. § 1225(d)(4)(A)–(B)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: (request) => asksForData(request) && request.instrument.type === 'US-1225D',
  judge: (request) => {
    if (!isImmigrationMatter(request)) return [{ path: 'basis.purpose' }];
    if (request.instrument.court !== undefined) return [];
    return [
      {
        path: 'instrument.court',
        severity: 'warn',
        message: 'The subpoena compels nothing without a court’s order; counsel decides whether it is answered.',
        cure: 'To compel an answer, a district court’s order is needed.',
        effects: ['counsel'],
      },
    ];
  },
  message: 'No matter of entry, stay, passage or the enforcement of that chapter is stated.',
  cure: 'State the immigration matter. To compel an answer, a court’s order is needed.',
  effects: ['counsel'],
  examples: [
    { says: 'visa fraud, with a court’s order', request: paper({ purpose: 'visa fraud' }, ORDERED), expect: 'met' },
    { says: 'visa fraud, without one', request: paper({ purpose: 'visa fraud' }), expect: 'warn' },
    {
      says: 'told by the offence alone',
      request: paper({ offences: [{ statute: '8 U.S.C. § 1326' }] }, ORDERED),
      expect: 'met',
    },
    {
      says: 'whoever names officers in public',
      request: paper({ purpose: 'safety of immigration officers', facts: 'The account posts their names.' }, ORDERED),
      expect: 'pushback',
    },
    { says: 'no purpose', request: paper({}), expect: 'pushback' },
    { says: 'a grand jury subpoena', request: subpoena(), expect: 'not applicable' },
  ],
});
