/**
 * The statute names the courts: a federal one with jurisdiction over the offence, over the place of provider or data,
 * or acting on a foreign request, and a state court of general criminal jurisdiction. What is not said is not judged.
 */
import { rule, when } from '../../rule.ts';
import { order, subpoena, warrant } from '../example.ts';

const FEDERAL = new Set(['offence', 'provider', 'data', 'assistance request']);
const STATE = new Set(['general criminal jurisdiction', 'offence']);
const TESTS: Record<string, ReadonlySet<string>> = {
  'US-WARRANT': FEDERAL,
  'US-WARRANT-ST': STATE,
  'US-2703D': new Set([...FEDERAL, ...STATE]),
};

export default rule({
  id: 'R-026',
  asks: 'Is the court one that the statute lets issue this?',
  authority: '18 U.S.C. § 2711(3)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: ({ kind, instrument }) =>
    kind === 'production' && instrument.courtBasis !== undefined && Object.hasOwn(TESTS, instrument.type ?? ''),
  judge: ({ instrument: { type, courtBasis = '' } }) =>
    when(!TESTS[type ?? '']!.has(courtBasis), { path: 'instrument.courtBasis' }),
  message: 'The court meets none of the tests for a court of competent jurisdiction.',
  cure: 'State the court’s jurisdiction over the offence, over the provider or over the place of the data.',
  examples: [
    { says: 'jurisdiction over the offence', request: order(), expect: 'met' },
    {
      says: 'the court acts on a foreign request for assistance',
      request: warrant({ instrument: { courtBasis: 'assistance request' } }),
      expect: 'met',
    },
    { says: 'no jurisdiction of any kind', request: warrant({ instrument: { courtBasis: 'none' } }), expect: 'reject' },
    {
      says: 'a state court of general criminal jurisdiction',
      request: warrant({ instrument: { type: 'US-WARRANT-ST', courtBasis: 'general criminal jurisdiction' } }),
      expect: 'met',
    },
    {
      says: 'a state court because the provider sits there',
      request: warrant({ instrument: { type: 'US-WARRANT-ST', courtBasis: 'provider' } }),
      expect: 'reject',
    },
    {
      says: 'a federal warrant on general criminal jurisdiction',
      request: warrant({ instrument: { courtBasis: 'general criminal jurisdiction' } }),
      expect: 'reject',
    },
    {
      says: 'the paper does not say',
      request: warrant({ instrument: { courtBasis: undefined } }),
      expect: 'not applicable',
    },
    { says: 'a grand jury’s subpoena', request: subpoena(), expect: 'not applicable' },
  ],
});
