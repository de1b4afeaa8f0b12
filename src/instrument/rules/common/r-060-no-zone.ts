/**
 * A time without a zone is hours away from itself. It is read in UTC, and the requester is told so before anything is
 * produced.
 */
import { boundOf } from '../../bounds.ts';
import { eachTarget } from '../../each-target.ts';
import { namesData } from '../../papers.ts';
import { eachItem, rule } from '../../rule.ts';
import { europeanOrder, order, preservation } from '../example.ts';

const isUnzoned = (text: string | undefined) => text !== undefined && !boundOf(text).zoned;

const WARNED = [{ item: '1', severity: 'warn' as const }];
const range = (from: string, to: string) => ({ items: [{ id: '1', target: 0, category: 'DC-02', from, to }] });
const seen = (more: object) => ({
  targets: [{ type: 'ip', value: '203.0.113.7', observedAt: '2026-03-04T17:10:00', ...more }],
  items: [{ id: '1', target: 0, category: 'DC-01' }],
});

export default rule({
  id: 'R-060',
  asks: 'Does each time state its zone?',
  authority: 'Snap, Law Enforcement Guide (1 July 2025): records are produced in UTC',
  mark: 'V',
  about: 'scope',
  severity: 'warn',
  appliesTo: (request) => namesData(request) && (request.items.length > 0 || request.targets.length > 0),
  judge: (request) => [
    ...eachItem(request, 'from', ({ from, to }) => isUnzoned(from) || isUnzoned(to)),
    ...eachTarget(request, 'observedAt', ({ observedAt, tz }) => isUnzoned(observedAt) && tz === undefined),
  ],
  message: 'A time or a day is stated without its zone; it is read in UTC.',
  cure: 'State the zone of each time. Without one we read your times as UTC, and a bare last day ends where it begins.',
  examples: [
    { says: 'both bounds with their zones', request: order(), expect: 'met' },
    {
      says: 'offsets are zones too',
      request: order(range('2026-02-01T00:00:00-07:00', '2026-05-01T00:00:00-06:00')),
      expect: 'met',
    },
    { says: 'bare days', request: order(range('2026-02-01', '2026-04-30')), expect: WARNED },
    {
      says: 'one bound without a zone',
      request: order(range('2026-02-01T00:00:00Z', '2026-05-01T00:00:00')),
      expect: WARNED,
    },
    {
      says: 'no bounds at all are another question',
      request: order({ items: [{ id: '1', target: 0, category: 'DC-02' }] }),
      expect: 'met',
    },
    { says: 'an address seen at a time without a zone', request: order(seen({})), expect: WARNED },
    { says: 'the zone is stated beside it', request: order(seen({ tz: 'America/Denver' })), expect: 'met' },
    { says: 'days on a certificate', request: europeanOrder(range('2026-02-01', '2026-04-30')), expect: WARNED },
    { says: 'a hold of bare days', request: preservation(range('2026-02-01', '2026-04-30')), expect: WARNED },
    { says: 'a withdrawal', request: order({ kind: 'withdrawal' }), expect: 'not applicable' },
  ],
});
