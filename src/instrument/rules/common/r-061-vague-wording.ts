/**
 * “Any and all”, “the entire account”, “including but not limited to” leave the choice to whoever executes the demand.
 * “All records” is taken for what it says where category and dates confine it. A European order's wording is only asked
 * about.
 */
import type { LegalRequest, RequestItem } from '../../legal-request.ts';
import { asksForData, isCertificate, STATES } from '../../papers.ts';
import { eachItem, type Judged, rule } from '../../rule.ts';
import { genericPhrase, sweepingPhrase } from '../../wording.ts';
import { europeanOrder, order, preservation, warrant } from '../example.ts';

function isConfined({ category, from, to }: RequestItem): boolean {
  return category !== undefined && (STATES.includes(category) || (from !== undefined && to !== undefined));
}

function inItem(item: RequestItem): string | null {
  const phrase = sweepingPhrase(item.rawText) ?? (isConfined(item) ? null : genericPhrase(item.rawText));
  if (phrase !== null) return `The item is worded too broadly: “${phrase}”.`;
  if (item.category === undefined && item.rawText.trim() === '') return 'The item names no kind of data.';
  return null;
}

/** The paper's own text widens what its items say; where each item is confined, a reviewer only takes note. */
function inPaper({ instrument, items }: LegalRequest): Judged[] {
  const phrase = sweepingPhrase(instrument.text ?? '');
  if (phrase === null) return [];
  return [
    {
      path: 'instrument.text',
      severity: items.length > 0 && items.every(isConfined) ? 'warn' : 'pushback',
      message: `The paper is worded more broadly than its items: “${phrase}”.`,
    },
  ];
}

const messages = (rawText: string, more: object = {}) => ({
  items: [{ id: '1', target: 0, category: 'DC-12', from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z', rawText, ...more }],
}); // biome-ignore format: one line
const WRONG = [{ item: '1', severity: 'pushback' as const }];

export default rule({
  id: 'R-061',
  asks: 'Does each item say what kind of data it wants, and no more?',
  authority: 'Published guidelines of Meta, X, TikTok and WeTransfer; Apple, Legal Process Guidelines',
  mark: 'V',
  about: 'scope',
  severity: 'pushback',
  appliesTo: asksForData,
  judge: (request) => {
    const asked = isCertificate(request);
    const found = eachItem(request, 'rawText', (item) => {
      if (asked && item.category === undefined && item.rawText.trim() === '') return false;
      const message = inItem(item);
      return message === null ? false : { message };
    });
    const all = found.length > 0 ? found : inPaper(request);
    return asked ? all.map((judged) => ({ ...judged, severity: 'warn' as const })) : all;
  },
  message: 'The demand is worded too broadly.',
  cure: 'We cannot act on demands for everything. List the categories of data you need, each with its dates.',
  form3: 'insufficient information',
  examples: [
    { says: 'a category and what of it', request: order(), expect: 'met' },
    {
      says: 'the entire account, from its creation',
      request: warrant({ items: [{ id: '1', target: 0, rawText: 'The entire account, creation to present' }] }),
      expect: WRONG,
    },
    { says: 'any and all, though dated', request: warrant(messages('any and all messages')), expect: WRONG },
    {
      says: 'including but not limited to',
      request: warrant(messages('messages, including but not limited to drafts')),
      expect: WRONG,
    },
    { says: 'all messages of three months', request: warrant(messages('all messages')), expect: 'met' },
    {
      says: 'all records of a category, dated',
      request: warrant(messages('all records of messages sent')),
      expect: 'met',
    },
    { says: 'all records, undated', request: warrant(messages('all records', { to: undefined })), expect: WRONG },
    {
      says: 'calls and small files',
      request: warrant(messages('calls to the small business account', { category: 'DC-06' })),
      expect: 'met',
    },
    {
      says: 'in German, French, Spanish and Italian',
      request: warrant({
        items: ['das gesamte Konto', 'l’intégralité du compte', 'toda la cuenta', 'l’intero account'].map((rawText, index) => ({
          id: String(index + 1), target: 0, category: 'DC-12', from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z', rawText,
        })),
      }), // biome-ignore format: one line an item
      expect: ['1', '2', '3', '4'].map((item) => ({ item, severity: 'pushback' as const })),
    },
    {
      says: 'no category and no words',
      request: order({ items: [{ id: '1', target: 0, from: '2026-02-01', to: '2026-03-01' }] }),
      expect: WRONG,
    },
    {
      says: 'free text is another question',
      request: order({ items: [{ id: '1', target: 0, rawText: 'names and the sessions of March' }] }),
      expect: 'met',
    },
    {
      says: 'a broad sentence in the paper, confined items',
      request: warrant({ instrument: { text: 'You are commanded to produce any and all evidence of the offence.' } }),
      expect: [{ severity: 'warn' }],
    },
    {
      says: 'a broad sentence in the paper, an item without dates',
      request: warrant(
        { instrument: { text: 'Produce the entire account.' } },
        messages('messages', { from: undefined }),
      ),
      expect: [{ severity: 'pushback' }],
    },
    {
      says: 'the same wording on a certificate',
      request: europeanOrder(messages('tutti e ciascuno i messaggi')),
      expect: [{ item: '1', severity: 'warn' }],
    },
    { says: 'a hold', request: preservation(), expect: 'not applicable' },
  ],
});
