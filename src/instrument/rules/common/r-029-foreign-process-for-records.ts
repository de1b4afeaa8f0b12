/** Another country's own process does not bind here; who a user is, and from where, may be given all the same. */

import { isEuropean, isForeign } from '../../process.ts';
import { eachItem, rule } from '../../rule.ts';
import { europeanOrder, order, preservation, subpoena } from '../example.ts';

const LONDON = {
  requester: { agencyId: 'ag-london', agencyName: 'Metropolitan Inquiry Service', country: 'GB', level: 'foreign' },
};
const BASIC = new Set(['DC-01', 'DC-02', 'DC-03', 'DC-04', 'DC-10']);
const item = (id: string, category: string) => ({ id, target: 0, category });

export default rule({
  id: 'R-029',
  asks: 'Where subscriber facts or sessions are asked for, is it on process that binds here?',
  authority: 'Published guidelines of Snap',
  mark: 'V',
  about: 'sufficiency',
  severity: 'warn',
  appliesTo: (request, { policy }) =>
    request.kind === 'production' &&
    isForeign(request, policy) &&
    !isEuropean(request) &&
    request.instrument.type !== 'CoE-2AP',
  judge: (request) => eachItem(request, 'category', ({ category }) => BASIC.has(category ?? '')),
  message: 'Another country’s own process does not compel here. Record why these records are given.',
  cure: 'Your process is reviewed at our discretion, under the law that applies to us.',
  examples: [
    {
      says: 'a British notice for a name and for sessions',
      request: order(LONDON, { instrument: { type: 'UK-IPA3' } }),
      expect: [
        { item: '1', severity: 'warn' },
        { item: '2', severity: 'warn' },
      ],
    },
    {
      says: 'a British order for a name and for messages, which R-028 judges',
      request: order(LONDON, { instrument: { type: 'UK-PACE' }, items: [item('1', 'DC-01'), item('2', 'DC-12')] }),
      expect: [{ item: '1', severity: 'warn' }],
    },
    {
      says: 'a British order for messages alone',
      request: order(LONDON, { instrument: { type: 'UK-PACE' }, items: [item('1', 'DC-12')] }),
      expect: 'met',
    },
    {
      says: 'a request under the second protocol to the Budapest Convention',
      request: order(LONDON, { instrument: { type: 'CoE-2AP' } }),
      expect: 'not applicable',
    },
    { says: 'an American subpoena', request: subpoena(), expect: 'not applicable' },
    { says: 'a European order', request: europeanOrder(), expect: 'not applicable' },
    {
      says: 'a British request to preserve',
      request: preservation(LONDON, { instrument: { type: undefined } }),
      expect: 'not applicable',
    },
  ],
});
