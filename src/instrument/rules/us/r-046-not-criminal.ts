/** Some process exists for criminal investigations only. A proceeding that the paper does not name is not judged. */
import { rule, when } from '../../rule.ts';
import { order, subpoena } from '../example.ts';

const CRIMINAL_ONLY = new Set(['US-SUBP', 'US-3486', 'US-2703D']);
const on = (proceeding: string | undefined) => subpoena({ basis: { proceeding } });

export default rule({
  id: 'R-046',
  asks: 'Does process that needs a criminal investigation come from one?',
  authority: '18 U.S.C. §§ 2703(d), 3486(a)(1); published guidelines of Meta',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: ({ kind, basis, instrument }) =>
    kind === 'production' && basis.proceeding !== undefined && CRIMINAL_ONLY.has(instrument.type ?? ''),
  judge: ({ basis: { proceeding } }) =>
    when(proceeding === 'civil' || proceeding === 'admin', { path: 'basis.proceeding' }),
  message: 'The proceeding is civil or administrative, and this process needs a criminal investigation.',
  cure: 'State the criminal investigation in which this process was issued, or serve the process of your proceeding.',
  examples: [
    { says: 'a subpoena in a criminal investigation', request: on('criminal'), expect: 'met' },
    { says: 'a subpoena for a civil claim', request: on('civil'), expect: 'pushback' },
    {
      says: 'a (d) order for an administrative inquiry',
      request: order({ basis: { proceeding: 'admin' } }),
      expect: 'pushback',
    },
    { says: 'the paper does not say', request: on(undefined), expect: 'not applicable' },
    {
      says: 'a civil investigative demand',
      request: order({ instrument: { type: 'US-FTC-CID' }, basis: { proceeding: 'civil' } }),
      expect: 'not applicable',
    },
  ],
});
