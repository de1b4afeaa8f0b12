/**
 * A password opens everything, with no record of what was read: passwords, keys, tokens and templates are not produced.
 */
import { asksForData } from '../../papers.ts';
import { eachItem, rule } from '../../rule.ts';
import { europeanOrder, order, preservation, warrant } from '../example.ts';

const SECRET = {
  items: [{ id: '1', target: 0, category: 'DC-01' }, { id: '2', target: 0, category: 'DC-18', rawText: 'password of the account' }],
}; // biome-ignore format: one line
const WRONG = [{ item: '2', severity: 'reject' as const }];

export default rule({
  id: 'R-079',
  asks: 'Does no item ask for passwords, keys or tokens?',
  authority:
    'Regulation (EU) 2023/1543, Article 3(9): subscriber data without passwords, as quoted in comparative notes',
  mark: 'V2',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => asksForData(request) && request.items.length > 0,
  judge: (request) => eachItem(request, 'category', ({ category }) => category === 'DC-18'),
  message: 'Passwords, keys, tokens or biometric templates are asked for.',
  cure: 'Credentials are not produced. Ask for the records themselves.',
  form3: 'other',
  examples: [
    { says: 'a name and sessions', request: order(), expect: 'met' },
    { says: 'a password beside a name', request: order(SECRET), expect: WRONG },
    { says: 'under a warrant', request: warrant(SECRET), expect: WRONG },
    { says: 'on a certificate', request: europeanOrder(SECRET), expect: WRONG },
    { says: 'a hold', request: preservation(SECRET), expect: 'not applicable' },
  ],
});
