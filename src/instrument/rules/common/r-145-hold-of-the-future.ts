/**
 * A hold is a snapshot, not a tap: it keeps what exists at receipt. That part is kept; only what is to come is refused.
 */
import { afterReceipt } from '../../after-receipt.ts';
import { isCertificate, isPreservation, PROSPECTIVE } from '../../papers.ts';
import { eachItem, rule } from '../../rule.ts';
import { europeanOrder, order, preservation } from '../example.ts';

const sessions = (more: object) => ({
  items: [
    { id: '1', target: 0, category: 'DC-02', from: '2026-08-01T00:00:00Z', to: '2026-09-01T00:00:00Z', ...more },
    { id: '2', target: 0, category: 'DC-01' },
  ],
});
const WRONG = [{ item: '1', severity: 'reject' as const }];

export default rule({
  id: 'R-145',
  asks: 'Does a request to preserve ask for what exists, and for nothing yet to come?',
  authority: '18 U.S.C. § 2703(f)(1); X, Guidelines for law enforcement',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => isPreservation(request) && !isCertificate(request),
  judge: (request) =>
    eachItem(request, 'to', (item) => {
      if (PROSPECTIVE.includes(item.category ?? '')) return { effects: [] };
      const late = afterReceipt(request, item);
      if (late === null) return false;
      return { message: `What is yet to come is not kept: ${late.because}. What exists is kept all the same.` };
    }),
  message: 'Data yet to come is to be preserved.',
  cure: 'A hold captures what exists when we receive it. For later data ask again, or serve process.',
  effects: ['split item'],
  examples: [
    { says: 'a past month', request: preservation(sessions({})), expect: 'met' },
    { says: 'to a day after receipt', request: preservation(sessions({ to: '2026-12-01T00:00:00Z' })), expect: WRONG },
    { says: 'future data', request: preservation(sessions({ asks: ['future data'] })), expect: WRONG },
    {
      says: 'sessions on an ongoing basis',
      request: preservation(sessions({ rawText: 'sessions on an ongoing basis' })),
      expect: WRONG,
    },
    { says: 'dialling to come', request: preservation(sessions({ category: 'DC-16' })), expect: WRONG },
    { says: 'a demand to produce', request: order(sessions({ asks: ['future data'] })), expect: 'not applicable' },
    {
      says: 'a preservation certificate',
      request: europeanOrder({ kind: 'preservation', instrument: { type: 'EU-EPOC-PR' } }, sessions({})),
      expect: 'not applicable',
    },
  ],
});
