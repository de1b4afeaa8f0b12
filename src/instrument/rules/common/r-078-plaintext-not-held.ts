/**
 * Nobody can be made to hand over what they do not hold: end-to-end encrypted messages are produced as they are held.
 */
import { asksForData } from '../../papers.ts';
import { eachItem, rule } from '../../rule.ts';
import { europeanOrder, preservation, warrant } from '../example.ts';

const asked = (category: string, ...asks: string[]) => ({
  items: [{ id: '1', target: 0, category, from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z', asks }],
});
const WARNED = [{ item: '1', severity: 'warn' as const }];

export default rule({
  id: 'R-078',
  asks: 'Does each item ask for data in the form in which it is held?',
  authority: 'Meta, Information for Law Enforcement Authorities; Regulation (EU) 2023/1543, recital 20',
  mark: 'V',
  about: 'sufficiency',
  severity: 'warn',
  appliesTo: (request) => asksForData(request) && request.items.length > 0,
  judge: (request) => eachItem(request, 'asks', ({ asks }) => asks.includes('plaintext of encrypted content')),
  message: 'The plaintext of encrypted content is asked for; the certificate must say that none is held.',
  cure: 'We produce what we hold. The messages are encrypted end to end, and we hold neither their plaintext nor the keys.',
  form3: 'impossibility',
  examples: [
    { says: 'messages as they are held', request: warrant(), expect: 'met' },
    { says: 'ciphertext, knowingly', request: warrant(asked('DC-22')), expect: 'met' },
    { says: 'decrypted', request: warrant(asked('DC-22', 'plaintext of encrypted content')), expect: WARNED },
    {
      says: 'decrypted, on a certificate',
      request: europeanOrder(asked('DC-12', 'plaintext of encrypted content')),
      expect: WARNED,
    },
    { says: 'a hold', request: preservation(), expect: 'not applicable' },
  ],
});
