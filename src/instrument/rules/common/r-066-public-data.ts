/** What anybody can read needs no process, and a provider's copy of it proves no more than a capture does. */
import { isCertificate, namesData } from '../../papers.ts';
import { eachItem, rule } from '../../rule.ts';
import { europeanOrder, order } from '../example.ts';

const POSTS = { items: [{ id: '1', target: 0, category: 'DC-14' }, { id: '2', target: 0, category: 'DC-01' }] }; // biome-ignore format: one line

export default rule({
  id: 'R-066',
  asks: 'Does each item ask for something that is not public anyway?',
  authority: 'X, Guidelines for law enforcement; Temu, Law Enforcement Guidelines',
  mark: 'V',
  about: 'scope',
  severity: 'warn',
  appliesTo: (request) => namesData(request) && !isCertificate(request),
  judge: (request) => eachItem(request, 'category', ({ category }) => category === 'DC-14'),
  message: 'The item asks for what is public.',
  cure: 'This is publicly available; please collect it yourself, with the time and the address of each page.',
  examples: [
    { says: 'records that are not public', request: order(), expect: 'met' },
    { says: 'public posts beside a name', request: order(POSTS), expect: [{ item: '1', severity: 'warn' }] },
    { says: 'a certificate', request: europeanOrder(POSTS), expect: 'not applicable' },
  ],
});
