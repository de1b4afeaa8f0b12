/**
 * An agency's subpoena lives inside the purpose of its statute. Where the offence named is of another subject, one of
 * the two is wrong. It speaks only where both are known, and not where already found that no matter is
 * stated.
 */
import { isCustomsMatter } from '../../customs.ts';
import { asksForData } from '../../papers.ts';
import { rule, when } from '../../rule.ts';
import { offenceKindsOf, subjectsOf } from '../../statute-subjects.ts';
import { order, subpoena } from '../example.ts';

const paper = (type: string, statute: string, ...offences: object[]) =>
  subpoena({ instrument: { type, statutes: [statute] }, basis: { purpose: undefined, offences } });

export default rule({
  id: 'R-084',
  asks: 'Is the offence of the subject that the cited statute serves?',
  authority: '18 U.S.C. § 2703(c)(2); DHS OIG, management alert of 2017 (customs power used in other cases)',
  mark: 'V2',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: (request) => asksForData(request) && subjectsOf(request).length > 0,
  judge: (request) => {
    const { type } = request.instrument;
    if (type === 'US-1225D' || (type === 'US-1509' && !isCustomsMatter(request))) return [];
    const kinds = offenceKindsOf(request);
    const subjects = subjectsOf(request);
    const fits = subjects.some((subject) => kinds.some((kind) => subject.fits.includes(kind)));
    return when(kinds.length > 0 && !fits, {
      path: 'instrument.statutes',
      message: `The statute is for ${subjects.map(({ about }) => about).join('; ')}; the offence named is of another kind (${[...new Set(kinds)].join(', ')}).`,
    });
  },
  message: 'The statute cited and the offence named are of different subjects.',
  cure: 'The statute you cite and the offence you name do not match. Cite the provision that covers this case.',
  examples: [
    {
      says: 'a drug subpoena in a drug case',
      request: paper('US-DEA-876', '21 U.S.C. § 876', { statute: '21 U.S.C. § 841(a)(1)' }),
      expect: 'met',
    },
    {
      says: 'a drug subpoena in a case of fraud',
      request: paper('US-DEA-876', '21 U.S.C. § 876', { statute: '18 U.S.C. § 1343', kind: 'fraud' }),
      expect: 'pushback',
    },
    {
      says: 'told by the statute on a paper of no certain kind',
      request: paper('US-SUBP-ADMIN', '21 USC 876', { statute: '18 U.S.C. § 1030' }),
      expect: 'pushback',
    },
    {
      says: 'goods are mentioned, but the offence is one of drugs',
      request: subpoena({
        instrument: { type: 'US-1509', statutes: ['19 U.S.C. § 1509'] },
        basis: { purpose: 'imports', offences: [{ statute: '21 U.S.C. § 844', kind: 'drugs' }] },
      }),
      expect: 'pushback',
    },
    {
      says: 'two offences, one of which fits',
      request: paper('US-3486', '18 U.S.C. § 3486', { kind: 'drugs' }, { statute: '18 U.S.C. § 2252A' }),
      expect: 'met',
    },
    {
      says: 'an offence whose kind nobody knows',
      request: paper('US-DEA-876', '21 U.S.C. § 876', { statute: 'N.M. Stat. § 30-1-1' }),
      expect: 'met',
    },
    { says: 'no offence', request: paper('US-DEA-876', '21 U.S.C. § 876'), expect: 'met' },
    { says: 'a (d) order serves any criminal case', request: order(), expect: 'not applicable' },
  ],
});
