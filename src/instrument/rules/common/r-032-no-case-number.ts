/** A number under which the authority keeps the case ties letters, secrecy and certificates to one matter. */

import { isBlank, isEuropean } from '../../process.ts';
import { rule, when } from '../../rule.ts';
import { emergency, europeanOrder, order, preservation } from '../example.ts';

export default rule({
  id: 'R-032',
  asks: 'Is the case or file number given?',
  authority: 'Practice of response teams',
  mark: 'GK',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: (request) =>
    request.kind === 'production' && request.instrument.type !== undefined && !isEuropean(request),
  judge: ({ instrument }) => when(isBlank(instrument.caseNo), { path: 'instrument.caseNo' }),
  message: 'No case or file number is given.',
  cure: 'Add your case or file number.',
  examples: [
    { says: 'the number is given', request: order(), expect: 'met' },
    { says: 'no number', request: order({ instrument: { caseNo: undefined } }), expect: 'pushback' },
    {
      says: 'a hold without one',
      request: preservation({ instrument: { caseNo: undefined } }),
      expect: 'not applicable',
    },
    {
      says: 'an emergency without one',
      request: emergency({ instrument: { caseNo: undefined } }),
      expect: 'not applicable',
    },
    {
      says: 'a European order, whose file numbers R-160 judges',
      request: europeanOrder({ instrument: { caseNo: undefined } }),
      expect: 'not applicable',
    },
  ],
});
