/**
 * Process for stored data reaches what was stored when it came; the part before receipt stays. What is future by its
 * very category is R-076's, holds are R-145's, certificates R-168's; an emergency is decided by what averts the harm
 * (R-103).
 */
import { afterReceipt } from '../../after-receipt.ts';
import { isCertificate, PROSPECTIVE } from '../../papers.ts';
import { eachItem, rule } from '../../rule.ts';
import { emergency, europeanOrder, order, preservation, warrant } from '../example.ts';

const LIVE: readonly string[] = ['US-PENTRAP', 'US-WIRETAP'];

const sessions = (more: object) => ({
  items: [{ id: '1', target: 0, category: 'DC-02', from: '2026-08-01T00:00:00Z', ...more }],
});
const WRONG = [{ item: '1', severity: 'reject' as const }];

export default rule({
  id: 'R-058',
  asks: 'Does each item end by the time the demand was received?',
  authority: '18 U.S.C. § 2703(f); Regulation (EU) 2023/1543, Article 3(8) and recital 19, to the same effect',
  mark: 'V',
  about: 'scope',
  severity: 'reject',
  appliesTo: (request) =>
    request.kind === 'production' && !isCertificate(request) && !LIVE.includes(request.instrument.type ?? ''),
  judge: (request) =>
    eachItem(request, 'to', (item) => {
      const late = PROSPECTIVE.includes(item.category ?? '') ? null : afterReceipt(request, item);
      if (late === null) return false;
      return late.how === 'wholly'
        ? { message: `Nothing of this was stored at receipt: ${late.because}.` }
        : {
            message: `What was not stored at receipt cannot be produced (${late.because}); the part before it stays.`,
            effects: ['split item'],
          };
    }),
  message: 'The item asks for what was not stored at receipt.',
  cure: 'This process reaches what was stored when we received it. For later data, serve new process.',
  examples: [
    { says: 'months before receipt', request: order(), expect: 'met' },
    { says: 'to the instant of receipt', request: order(sessions({ to: '2026-09-11T14:00:00Z' })), expect: 'met' },
    { says: 'a second more', request: order(sessions({ to: '2026-09-11T14:00:01Z' })), expect: WRONG },
    {
      says: 'through the day of receipt, named as a day',
      request: order(sessions({ to: '2026-09-11', throughLastDay: true })),
      expect: 'met',
    },
    {
      says: 'through the day after',
      request: order(sessions({ to: '2026-09-12', throughLastDay: true })),
      expect: WRONG,
    },
    {
      says: 'a range that has not begun',
      request: order(sessions({ from: '2026-10-01', to: '2026-11-01' })),
      expect: WRONG,
    },
    {
      says: 'creation to present',
      request: warrant({
        items: [{ id: '1', target: 0, category: 'DC-12', rawText: 'messages, creation to present' }],
      }),
      expect: WRONG,
    },
    {
      says: 'an ongoing investigation is none of it',
      request: order(sessions({ to: '2026-09-01', rawText: 'sessions relevant to the ongoing investigation' })),
      expect: 'met',
    },
    {
      says: 'sessions going forward',
      request: order(sessions({ to: '2026-09-01', rawText: 'sessions and going forward' })),
      expect: WRONG,
    },
    { says: 'no end is stated, and nothing of the future', request: order(sessions({})), expect: 'met' },
    { says: 'a hold', request: preservation(sessions({ to: '2027-01-01' })), expect: 'not applicable' },
    { says: 'an emergency', request: emergency(), expect: 'not applicable' },
    { says: 'a certificate', request: europeanOrder(), expect: 'not applicable' },
  ],
});
