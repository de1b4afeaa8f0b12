/**
 * Stored files are no communications: a paper that names the one does not reach the other, whatever the item is filed
 * under.
 */
import type { RequestItem } from '../../legal-request.ts';
import { asksForData, isCertificate } from '../../papers.ts';
import { reachRule } from '../../reach-rule.ts';
import { eachItem, rule } from '../../rule.ts';
import { phrases } from '../../wording.ts';
import { europeanOrder, subpoena, warrant } from '../example.ts';

const COMMUNICATIONS = phrases(
  'communications?',
  'messages?',
  'chats?',
  'conversations?',
  'e-?mails?',
  'correspondence',
);
const FILES = phrases(
  'files?|photos?|pictures?|images?|videos?|albums?|documents?',
  'memories|stories|posts?',
  'backups?|uploads?|cloud|drive|storage|stored',
);

/** The reader noted it, or the words name communications and nothing that is stored. */
function isMisnamed({ asks, rawText }: RequestItem): boolean {
  if (asks.includes('stored files by the name of communications')) return true;
  return COMMUNICATIONS.test(rawText) && !FILES.test(rawText);
}

const files = (more: object) => ({
  items: [
    { id: '1', target: 0, category: 'DC-13', from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z', ...more },
    { id: '2', target: 0, category: 'DC-12', from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z', rawText: 'messages' },
  ], // biome-ignore format: one line an item
});
const WRONG = [{ item: '1', severity: 'reject' as const }];

export default rule({
  id: 'R-069',
  asks: 'Where stored files are asked for, does the paper name them?',
  authority: 'Snap, Law Enforcement Guide (1 July 2025): a request for communications does not reach cloud storage',
  mark: 'V',
  about: 'scope',
  severity: 'reject',
  appliesTo: (request) =>
    asksForData(request) && !isCertificate(request) && request.items.some(({ category }) => category === 'DC-13'),
  judge: (request, { policy }) =>
    eachItem(
      request,
      'rawText',
      (item) => item.category === 'DC-13' && isMisnamed(item) && reachRule(request, item, policy) === null,
    ),
  message: 'The paper names communications only, and the item is stored files.',
  cure: 'Name the stored files expressly, for example photos or backups, in the paper itself.',
  examples: [
    {
      says: 'photos, by their name',
      request: warrant(files({ rawText: 'photos stored with the account' })),
      expect: 'met',
    },
    {
      says: 'files read out of “communications”',
      request: warrant(files({ rawText: 'all communications of the account' })),
      expect: WRONG,
    },
    {
      says: 'a reader noted it',
      request: warrant(files({ asks: ['stored files by the name of communications'] })),
      expect: WRONG,
    },
    { says: 'no words to go by', request: warrant(files({})), expect: 'met' },
    {
      says: 'a subpoena does not reach them under any name',
      request: subpoena(files({ rawText: 'communications' })),
      expect: 'met',
    },
    { says: 'messages only', request: warrant(), expect: 'not applicable' },
    { says: 'a certificate', request: europeanOrder(files({ rawText: 'communications' })), expect: 'not applicable' },
  ],
});
