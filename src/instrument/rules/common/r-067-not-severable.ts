/**
 * Everything is decided by item: one account, one category, one range. A demand in free text, and a range that holds no
 * time (it ends before it begins, or on a day there is not), cannot be approved in part, so they cannot be approved.
 */
import { rangeOf } from '../../bounds.ts';
import type { RequestItem } from '../../legal-request.ts';
import { asksForData, isCertificate, namesData } from '../../papers.ts';
import { eachItem, rule, when } from '../../rule.ts';
import { sweepingPhrase } from '../../wording.ts';
import { europeanOrder, order, preservation } from '../example.ts';

/** Vague words without a category are R-061's. */
const isFreeText = ({ category, rawText }: RequestItem) =>
  category === undefined && rawText.trim() !== '' && sweepingPhrase(rawText) === null;

const isNoRange = (item: RequestItem) => item.from !== undefined && item.to !== undefined && rangeOf(item) === null;

const sessions = (from: string, to: string, more: object = {}) => ({
  items: [{ id: '1', target: 0, category: 'DC-02', from, to, ...more }],
});
const WRONG = [{ item: '1', severity: 'pushback' as const }];

export default rule({
  id: 'R-067',
  asks: 'Is each item one account, one category and one range?',
  authority: 'Decision by item: this project’s design rule 2',
  mark: 'GK',
  about: 'scope',
  severity: 'pushback',
  appliesTo: namesData,
  judge: (request) => [
    ...when(
      asksForData(request) && !isCertificate(request) && request.items.length === 0 && request.targets.length > 0,
      {
        path: 'items',
        message: 'The demand is not divided into items.',
      },
    ),
    ...eachItem(request, 'rawText', (item) => asksForData(request) && !isCertificate(request) && isFreeText(item)),
    ...eachItem(request, 'to', (item) => {
      if (!isNoRange(item)) return false;
      return {
        message: `From ${item.from} to ${item.to} is no range of time.`,
        cure: 'Check the dates: the end must come after the start. If the last day is meant too, say so.',
      };
    }),
  ],
  message: 'The item is free text: nobody can approve a part of it.',
  cure: 'Split the demand into items: one account, one category of data, one start and one end.',
  form3: 'manifest error',
  examples: [
    { says: 'two items, each of one kind', request: order(), expect: 'met' },
    { says: 'an account, and no items', request: order({ items: [] }), expect: [{ severity: 'pushback' }] },
    {
      says: 'a paragraph instead of a category',
      request: order({
        items: [{ id: '1', target: 0, rawText: 'the names, the messages and where the phone was in March' }],
      }),
      expect: WRONG,
    },
    {
      says: 'a vague paragraph is another question',
      request: order({ items: [{ id: '1', target: 0, rawText: 'the entire account' }] }),
      expect: 'met',
    },
    { says: 'an end before the start', request: order(sessions('2026-03-02', '2026-03-01')), expect: WRONG },
    { says: 'one day, not meant whole', request: order(sessions('2026-03-02', '2026-03-02')), expect: WRONG },
    {
      says: 'one day, meant whole',
      request: order(sessions('2026-03-02', '2026-03-02', { throughLastDay: true })),
      expect: 'met',
    },
    { says: 'the thirtieth of February', request: preservation(sessions('2026-02-01', '2026-02-30')), expect: WRONG },
    { says: 'the same on a certificate', request: europeanOrder(sessions('2026-02-01', '2026-01-30')), expect: WRONG },
    { says: 'a withdrawal', request: order({ kind: 'withdrawal', items: [] }), expect: 'not applicable' },
  ],
});
