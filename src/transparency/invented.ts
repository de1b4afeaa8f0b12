/** Dockets made by chance, for tests that hold for any docket: acts in any order, on any paper, of any kind. */
import fc from 'fast-check';
import type { LegalRequest } from '../instrument/legal-request.ts';
import { emergency, europeanOrder, order, preservation, subpoena, warrant } from '../instrument/rules/example.ts';
import type { Done } from '../request/act.ts';
import {
  callBack,
  close,
  collect,
  convert,
  cure,
  dealtWith,
  decide,
  expired,
  letter,
  narrow,
  packaged,
  preserve,
  reject,
  resolve,
  review,
  rows,
  told,
  verify,
  withdraw,
} from './example.ts';
import type { Kept } from './facts.ts';
import type { Part } from './period.ts';

const CATEGORIES = ['DC-01', 'DC-02', 'DC-06', 'DC-08', 'DC-12', 'DC-21', undefined];
const KINDS = ['production', 'production', 'production', 'emergency', 'preservation', 'ndo', 'renewal', 'withdrawal'];
const PAPERS = [
  'US-2703D',
  'US-SUBP',
  'US-WARRANT',
  'XB-MLAT',
  'US-NSL',
  'EU-DSA10',
  'EU-EPOC-S',
  'EU-EPOC-T',
  'EU-EPOC-PR',
  undefined,
];
const NDO = [
  undefined,
  undefined,
  { court: 'A court' },
  { court: 'A court', endsOn: '2030-01-01' },
  { signedBy: 'agent' },
  { statute: 'Tex. Code Crim. Proc. art. 18.21' },
];

const demand = fc
  .record({
    template: fc.integer({ min: 0, max: 5 }),
    country: fc.constantFrom('US', 'IT', 'ES'),
    level: fc.constantFrom('federal', 'eu_ms', undefined),
    service: fc.constantFrom('Example Social', 'example messenger', 'Elsewhere', undefined),
    paper: fc.constantFrom(...PAPERS),
    kind: fc.constantFrom(...KINDS),
    urgent: fc.boolean(),
    ndo: fc.constantFrom(...NDO),
    targets: fc.array(
      fc.record({
        type: fc.constantFrom('account-id', 'handle', 'area', 'snapshot', 'keyword'),
        value: fc.constantFrom('1', '2', '3'),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    items: fc.array(
      fc.record({
        category: fc.constantFrom(...CATEGORIES),
        asks: fc.subarray(['only to identify', 'contacts or movements']),
      }),
      { maxLength: 3 },
    ),
  })
  .map((picked): LegalRequest => {
    const template = [order, subpoena, warrant, preservation, emergency, europeanOrder][picked.template]!;
    const base = template({
      service: picked.service,
      requester: { country: picked.country, level: picked.level },
      ndo: picked.ndo,
    });
    return {
      ...base,
      kind:
        picked.kind === 'emergency' && base.emergency === undefined
          ? 'production'
          : (picked.kind as LegalRequest['kind']),
      instrument: { ...base.instrument, type: picked.paper },
      targets: picked.targets.map(
        (target) => ({ ...target, traits: [], resolves: null }) as LegalRequest['targets'][number],
      ),
      items: picked.items.map(
        (item, index) =>
          ({
            ...item,
            id: String(index + 1),
            target: index % picked.targets.length,
            throughLastDay: false,
            rawText: '',
          }) as LegalRequest['items'][number],
      ),
      ...(picked.paper?.startsWith('EU-EPOC')
        ? { eu: { ...europeanOrder().eu!, issuingState: picked.country, emergency: picked.urgent } }
        : { eu: undefined }),
    };
  });

const count = fc.record({
  item: fc.constantFrom('1', '2'),
  category: fc.constantFrom('DC-01', 'DC-12'),
  account: fc.constantFrom('a', 'b', 'c'),
  produced: fc.constantFrom(0, 0, 1, 12),
});
const counts = fc
  .array(count, { maxLength: 4 })
  .map((all) => all.map(({ item, category, account, produced }) => rows(item, category, account, produced)));

const done: fc.Arbitrary<readonly Done[]> = fc.oneof(
  fc.constantFrom('verified' as const, 'fraud' as const).map((outcome) => [verify(outcome)]),
  fc.constantFrom([], ['R-085'], ['R-122'], ['R-129'], ['R-057', 'R-119']).map((rules) => [review(...rules)]),
  fc.subarray(['a', 'b', 'c']).map((accounts) => [resolve(...accounts)]),
  fc
    .tuple(
      fc.constantFrom('approve' as const, 'approve' as const, 'reject' as const, 'push back' as const),
      fc.subarray(['1', '2', '3']),
    )
    .map(([decision, items]) => decide(decision, ...items)),
  fc
    .constantFrom(
      'push back' as const,
      'form 3' as const,
      'acknowledgement' as const,
      'no responsive records' as const,
      'rejection' as const,
    )
    .map((kind) => [letter(kind)]),
  fc.constantFrom('confirmed' as const, 'denied' as const).map((answer) => [callBack(answer)]),
  fc.constantFrom('before' as const, 'delayed' as const).map((when) => [told(when)]),
  counts.map((all) => [collect(...all)]),
  counts.map((all) => [preserve(...all)]),
  fc.constantFrom(0, 1, 30).map((n) => [packaged(n)]),
  demand.map((next) => [cure(next)]),
  demand.map((next) => [narrow(next)]),
  fc.constantFrom(
    [withdraw],
    [close],
    [reject],
    [expired],
    [convert('r-9')],
    [{ act: 'renew', until: '', rule: '', form: 'Form 5', reference: '' } as Done],
  ),
);

const request = fc.record({
  demand,
  day: fc.integer({ min: 0, max: 179 }),
  steps: fc.array(fc.tuple(fc.constantFrom(0.2, 1, 3, 8, 20, 24, 70.5, 200, 1000.123), done), { maxLength: 9 }),
});

type Invented = typeof request extends fc.Arbitrary<infer T> ? T : never;

export const inventedDocket = (most = 14) => fc.array(request, { maxLength: most, size: 'max' });

/** The requests of one part of a period, each received on a day of it. */
export function docketIn(part: Part, invented: readonly Invented[], name: string): Kept[] {
  return invented.map(({ demand: first, day, steps }, index) => {
    const receivedAt = new Date(Date.parse(part.from) + day * 86_400_000 + 3_600_000).toISOString();
    let hours = 0;
    const dated = steps.map(([after, what]): [number, ...Done[]] => {
      hours += after;
      return [hours, ...what];
    });
    return dealtWith(`${name}-${index}`, { ...first, receivedAt }, ...dated);
  });
}
