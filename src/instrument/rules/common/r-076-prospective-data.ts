/**
 * What has yet to be dialled or said takes a pen register or a wiretap, and the means for them; no stored-data process
 * does.
 */
import { asksForData } from '../../papers.ts';
import { reachRule } from '../../reach-rule.ts';
import { eachItem, rule } from '../../rule.ts';
import { emergency, europeanOrder, order, preservation, warrant } from '../example.ts';

const items = (...categories: string[]) => ({
  items: categories.map((category, index) => ({ id: String(index + 1), target: 0, category })),
});

export default rule({
  id: 'R-076',
  asks: 'Does each item ask for what is stored, and for nothing yet to come?',
  authority: '18 U.S.C. §§ 2510–2522 and 3121–3127; Snap, Law Enforcement Guide; Regulation (EU) 2023/1543, recital 19',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => asksForData(request) && request.items.length > 0,
  judge: (request, { policy }) => eachItem(request, 'category', (item) => reachRule(request, item, policy) === 'R-076'),
  message: 'Data yet to come is asked for on process for stored data.',
  cure: 'This takes a pen register or an intercept order, and this process is none. Ask for what was stored at receipt.',
  form3: 'not stored',
  examples: [
    { says: 'stored sessions', request: order(), expect: 'met' },
    {
      says: 'a warrant for messages and a live intercept',
      request: warrant(items('DC-12', 'DC-17')),
      expect: [{ item: '2', severity: 'reject' }],
    },
    {
      says: 'dialling to come, under a pen register',
      request: order({ instrument: { type: 'US-PENTRAP' } }, items('DC-16')),
      expect: 'met',
    },
    {
      says: 'content to come, under a pen register',
      request: order({ instrument: { type: 'US-PENTRAP' } }, items('DC-17')),
      expect: [{ item: '1', severity: 'reject' }],
    },
    { says: 'on a certificate', request: europeanOrder(items('DC-16')), expect: [{ item: '1', severity: 'reject' }] },
    {
      says: 'in an emergency: that takes a statute of its own',
      request: emergency(items('DC-16')),
      expect: [{ item: '1', severity: 'reject' }],
    },
    { says: 'a hold is said by another rule', request: preservation(items('DC-16')), expect: 'not applicable' },
  ],
});
