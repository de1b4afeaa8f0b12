import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { microsFrom } from '../base/interval.ts';
import { type Identifier, type IdentifierType, identifier } from '../record/identifier.ts';
import { covers, type Item, type Scope, type Subject } from './scope.ts';

const at = (text: string) => microsFrom(text)!;
const who = (type: IdentifierType, text: string) => identifier(type, text)!;

const ITEM: Item = {
  id: '1',
  target: who('facebook-id', '100000000000042'),
  categories: ['DC-01', 'DC-02'],
  range: { began: at('2017-02-01T00:00:00Z'), ended: at('2017-04-01T00:00:00Z') },
};
const SCOPE: Scope = { instrument: 'i', version: 1, items: [ITEM] };

const row = (over: Partial<Subject>): Subject => ({
  subjects: [ITEM.target],
  category: 'DC-02',
  state: false,
  began: at('2017-02-10T00:00:00Z'),
  ended: null,
  ...over,
});

const CASES: [string, Partial<Subject>, string][] = [
  ['the first instant of the range is inside', { began: ITEM.range.began }, 'item 1'],
  ['a microsecond before it is outside', { began: ITEM.range.began - 1n }, 'outside the range'],
  ['the last microsecond is inside', { began: ITEM.range.ended - 1n }, 'item 1'],
  ['the end itself is outside', { began: ITEM.range.ended }, 'outside the range'],
  ['a span that fills the range is inside', { began: ITEM.range.began, ended: ITEM.range.ended }, 'item 1'],
  [
    'a span that begins before it straddles',
    { began: ITEM.range.began - 1n, ended: ITEM.range.ended },
    'straddles the range',
  ],
  ['a span that ends after it straddles', { ended: ITEM.range.ended + 1n }, 'straddles the range'],
  [
    'a span that ends where the range begins is outside',
    { began: at('2017-01-01T00:00:00Z'), ended: ITEM.range.began },
    'outside the range',
  ],
  ['another account is sealed', { subjects: [who('facebook-id', '100000000000043')] }, 'another account'],
  ['a handle is no account number', { subjects: [who('handle', '100000000000042')] }, 'another account'],
  ['an unknown account is undetermined', { subjects: [] }, 'undetermined: unknown account'],
  ['content is not a login', { category: 'DC-12' }, 'category not covered'],
  ['no time is undetermined', { began: null }, 'undetermined: no time'],
  ['no zone is undetermined', { began: null, undetermined: 'no zone' }, 'undetermined: no zone'],
  [
    'a repeated local time is undetermined',
    { began: null, undetermined: 'time exists twice' },
    'undetermined: time exists twice',
  ],
  ['a state needs no time', { category: 'DC-01', state: true, began: null, undetermined: 'no time' }, 'item 1'],
  [
    'a state of another account is sealed all the same',
    { state: true, subjects: [who('facebook-id', '1')] },
    'another account',
  ],
  ['year 9999 is a time like any other', { began: at('9999-12-31T23:59:59Z') }, 'outside the range'],
  ['the epoch is a time, not its absence', { began: 0n }, 'outside the range'],
];

for (const [name, over, expected] of CASES) {
  test(name, () => {
    const decision = covers(SCOPE, row(over));
    assert.equal('item' in decision ? `item ${decision.item}` : decision.sealed, expected);
  });
}

test('a telephone number is named in each of its usual forms by a source that does not type its columns', () => {
  const scope = { ...SCOPE, items: [{ ...ITEM, target: who('phone', '+15755550142') }] };
  for (const text of ['+15755550142', '15755550142', '5755550142']) {
    assert.deepEqual(covers(scope, row({ subjects: [who('untyped', text)] })), { item: '1' });
  }
  assert.deepEqual(covers(scope, row({ subjects: [who('untyped', '575555014')] })), { sealed: 'another account' });
});

test('a prefix names the addresses in it, in both directions and in no other family', () => {
  const scope = { ...SCOPE, items: [{ ...ITEM, target: who('ip-prefix', '203.0.113.0/26') }] };
  const inside = (type: IdentifierType, text: string) => 'item' in covers(scope, row({ subjects: [who(type, text)] }));
  assert.deepEqual(
    [
      inside('ip', '203.0.113.63'),
      inside('ip', '203.0.113.64'),
      inside('ip', '2001:db8::1'),
      inside('ip', '::ffff:203.0.113.5'),
    ],
    [true, false, false, true],
  );
});

/** Written without looking at scope.ts: every item against every subject, text by text. */
function oracle(scope: Scope, given: Subject): string {
  if (given.subjects.length === 0) return 'sealed';
  for (const item of scope.items) {
    for (const subject of given.subjects) {
      if (subject.type !== item.target.type || subject.value !== item.target.value) continue;
      for (const category of item.categories) {
        if (category !== given.category) continue;
        if (given.state) return `item ${item.id}`;
        if (given.undetermined !== undefined || given.began === null) continue;
        const last = given.ended === null || given.ended <= given.began ? given.began : given.ended - 1n;
        if (given.began >= item.range.began && given.began < item.range.ended && last < item.range.ended)
          return `item ${item.id}`;
      }
    }
  }
  return 'sealed';
}

const TARGETS: Identifier[] = [
  who('facebook-id', '1'),
  who('facebook-id', '2'),
  who('handle', '1'),
  who('phone', '+15755550101'),
  who('phone', '+15755550102'),
];
const CATEGORIES = ['DC-01', 'DC-02', 'DC-06', 'DC-12'];
const moment = fc.integer({ min: 0, max: 12 }).map(BigInt);

test('agrees with a naive oracle on every row of 20,000 random scopes and rows', () => {
  const item = fc.record({
    target: fc.constantFrom(...TARGETS),
    categories: fc.subarray(CATEGORIES, { minLength: 1 }),
    began: moment,
    length: fc.integer({ min: 1, max: 8 }).map(BigInt),
  });
  const anyRow = fc.record({
    subjects: fc.subarray(TARGETS, { maxLength: 3 }),
    category: fc.constantFrom(...CATEGORIES),
    state: fc.boolean(),
    began: fc.option(moment),
    length: fc.option(fc.integer({ min: -2, max: 6 }).map(BigInt)),
    undetermined: fc.option(fc.constantFrom('no zone', 'time exists twice'), { nil: undefined, freq: 8 }),
  });
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 5 }), anyRow, (items, { length, ...rest }) => {
      const scope: Scope = {
        instrument: 'i',
        version: 1,
        items: items.map(({ began, length: long, ...one }, index) => ({
          ...one,
          id: String(index + 1),
          range: { began, ended: began + long },
        })),
      };
      const given: Subject = { ...rest, ended: length === null || rest.began === null ? null : rest.began + length };
      const decision = covers(scope, given);
      assert.equal('item' in decision ? `item ${decision.item}` : 'sealed', oracle(scope, given));
    }),
    { numRuns: 20_000, seed: 20_261_123 },
  );
});

test('narrowing a scope never adds a row', () => {
  const row2 = fc.record({ category: fc.constantFrom(...CATEGORIES), began: moment });
  fc.assert(
    fc.property(row2, moment, moment, (given, cutLow, cutHigh) => {
      const wide: Item = { ...ITEM, categories: CATEGORIES.slice(0, 3), range: { began: 0n, ended: 12n } };
      const narrow: Item = { ...wide, categories: CATEGORIES.slice(0, 2), range: { began: cutLow, ended: cutHigh } };
      const subject: Subject = { subjects: [ITEM.target], state: false, ended: null, ...given };
      const kept = (one: Item) => 'item' in covers({ ...SCOPE, items: [one] }, subject);
      assert.ok(!kept(narrow) || kept(wide));
    }),
    { numRuns: 2000, seed: 7 },
  );
});
