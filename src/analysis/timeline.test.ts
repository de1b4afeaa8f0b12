import assert from 'node:assert/strict';
import { test } from 'node:test';
import { microsFrom } from '../base/interval.ts';
import { isProblem } from '../base/problem.ts';
import { overclaim } from '../report/wording.ts';
import type { Scoped, Value } from '../store/scoped.ts';
import { NOTHING_KNOWN } from './places.ts';
import { type MemoryRecord, memoryRecords } from './simulation/memory-records.ts';
import { chanceOfQuiet } from './time-line/quiet.ts';
import { without } from './time-line/sources.ts';
import { wordsFor } from './time-line/words.ts';
import timeline from './timeline.ts';

const at = (text: string) => microsFrom(text)!;
const ACCOUNT = { account: '100000000000042', account_type: 'facebook-id' };
const RANGE = {
  item: '1',
  target: 'facebook-id 100000000000042',
  category: 'DC-02',
  began: at('2017-02-01T00:00:00Z'),
  ended: at('2017-03-01T00:00:00Z'),
};
const STATED = {
  return: 'r1',
  file: 'a.html',
  format: 'meta-business-record',
  began: RANGE.began,
  ended: at('2017-02-20T00:00:00Z'),
};

let made = 0;
const record = (time: string | null, more: Record<string, Value> = {}): MemoryRecord => ({
  id: `id ${String(++made).padStart(6, '0')}`, kind: 'session', return: 'r1', file: 'a.html', locator: `row ${made}`, format: 'meta-business-record',
  item: '1', category: 'DC-02', ...ACCOUNT, began: time === null ? null : at(time), precision: time === null ? 'none' : 'second',
  zone_basis: 'stated', time_as_stored: time ?? '', action: 'Login', ip: '203.0.113.7', port: 51_515, ...more,
}); // biome-ignore format: a record

async function ask(records: MemoryRecord[], given: Record<string, string> = {}, stated: Partial<Pick<Scoped, 'ranges' | 'coverage'>> = { ranges: [RANGE], coverage: [STATED] }) {
  await using scoped = await memoryRecords(records, stated);
  return await timeline.run({ scoped, places: NOTHING_KNOWN }, timeline.params.parse(given));
} // biome-ignore format: one

type Entry = { id: string; words: string; precision: string; source: Record<string, string>; ended: string | null };
type Stretch = { began: string; ended: string; rank: number; days: number };
type Gaps = {
  orderedButNotStated: { began: string; ended: string }[];
  producedEmpty: {
    days: number;
    empty: number;
    coverage: string;
    runs: { first: string; last: string; days: number }[];
  }[];
  quiet: { sessions: number; stretches: number; coveredDays: number; longest: Stretch[] }[];
};
const entriesOf = (answer: { result: Record<string, unknown> }) => answer.result.entries as Entry[];
const gapsOf = (answer: { result: Record<string, unknown> }) => answer.result.gaps as Gaps;

test('records stand in the order of their times with the source each came from', async () => {
  const [late, early] = [record('2017-02-05T00:00:00Z'), record('2017-02-04T00:00:00Z')];
  const entries = entriesOf(await ask([late, early]));
  assert.deepEqual(entries.map(({ id }) => id), [early.id, late.id]); // biome-ignore format: one
  assert.deepEqual(entries[0]!.source, {
    return: 'r1',
    file: 'a.html',
    locator: early.locator,
    format: 'meta-business-record',
  });
  assert.equal(entries[0]!.words, 'login from 203.0.113.7 port 51515');
});

test('rows of one file at the same second keep the order they have in it', async () => {
  const rows = [9, 10, 100].map((row) => record('2017-02-05T00:00:00Z', { locator: `row ${row}` }));
  const entries = entriesOf(await ask(rows.toReversed()));
  assert.deepEqual(entries.map(({ source }) => source.locator), ['row 9', 'row 10', 'row 100']); // biome-ignore format: one
});

test('counts are whole although the list is short', async () => {
  const records = Array.from({ length: 30 }, (_, n) =>
    record(`2017-02-${String(1 + (n % 15)).padStart(2, '0')}T10:00:00Z`),
  );
  const { result } = await ask(records, { limit: '4' });
  assert.deepEqual([entriesOf({ result }).length, result.total, result.inOrder], [4, 30, 30]);
  assert.deepEqual(result.listed, { limit: 4, entries: 4, of: 30 });
  const days = result.perDay as { records: number }[];
  assert.equal(days.reduce((sum, one) => sum + one.records, 0), 30); // biome-ignore format: one
});

test('a record known to a day stands apart and is not put at midnight', async () => {
  const dayOnly = record('2017-02-04T00:00:00Z', {
    ended: at('2017-02-05T00:00:00Z'),
    precision: 'day',
    kind: 'transfer',
  });
  const { result } = await ask([record('2017-02-04T10:00:00Z'), dayOnly]);
  const imprecise = result.imprecise as { records: number; entries: Entry[] };
  assert.deepEqual([result.total, result.inOrder, imprecise.records, imprecise.entries[0]!.id], [2, 1, 1, dayOnly.id]);
  assert.equal((result.perDay as unknown[]).length, 1);
});

test('a record without a time is counted beside the order', async () => {
  const { result, leftOut } = await ask([record('2017-02-04T10:00:00Z'), record(null, { kind: 'fact' })]);
  assert.deepEqual([result.total, result.inOrder], [2, 1]);
  assert.deepEqual(result.withoutTime, [{ format: 'meta-business-record', kind: 'fact', records: 1 }]);
  assert.equal(leftOut[0]!.count, 1);
});

test('a window holds its first instant and not its end, and a span that reaches into it', async () => {
  const times = ['09:59:59', '10:00:00', '10:59:59', '11:00:00'].map((clock) => record(`2017-02-04T${clock}Z`));
  const reaching = record('2017-02-04T08:00:00Z', { kind: 'lease', ended: at('2017-02-04T10:30:00Z') });
  const over = record('2017-02-04T08:00:00Z', { kind: 'lease', ended: at('2017-02-04T10:00:00Z') });
  const answer = await ask([...times, reaching, over], { from: '2017-02-04T10:00:00Z', to: '2017-02-04T11:00:00Z' });
  assert.deepEqual(entriesOf(answer).map(({ id }) => id), [reaching.id, times[1]!.id, times[2]!.id]); // biome-ignore format: one
  assert.deepEqual(answer.leftOut, [{ what: 'records', why: 'outside the window asked for', count: 3 }]);
});

test('one account or kind is asked for by name', async () => {
  const records = [
    record('2017-02-04T10:00:00Z'),
    record('2017-02-04T11:00:00Z', { account: 'o’hara', kind: 'contact' }),
    record('2017-02-04T12:00:00Z', { kind: 'contact' }),
  ];
  assert.equal((await ask(records, { kind: 'contact' })).result.total, 2);
  assert.equal((await ask(records, { kind: 'contact', account: 'o’hara' })).result.total, 1);
  assert.equal((await ask(records, { account: `x' or true or '` })).result.total, 0);
});

test('a day is that of the zone named, also over a change of the clocks', async () => {
  const records = ['2017-02-05T06:59:59Z', '2017-02-05T07:00:00Z', '2017-03-13T05:59:59Z', '2017-03-13T06:00:00Z'].map(
    (time) => record(time),
  );
  const { result } = await ask(records, { zone: 'America/Denver' });
  assert.equal(result.zone, 'America/Denver');
  assert.deepEqual((result.perDay as { day: string }[]).map(({ day }) => day), ['2017-02-04', '2017-02-05', '2017-03-12', '2017-03-13']); // biome-ignore format: one
  assert.equal((await ask(records)).result.zone, 'UTC');
});

test('what was ordered and not stated is listed apart from days that were produced empty', async () => {
  const gaps = gapsOf(await ask([record('2017-02-01T12:00:00Z'), record('2017-02-05T12:00:00Z')]));
  assert.deepEqual(gaps.orderedButNotStated.map(({ began, ended }) => [began, ended]), [['2017-02-20T00:00:00Z', '2017-03-01T00:00:00Z']]); // biome-ignore format: one
  const [empty] = gaps.producedEmpty;
  assert.deepEqual([empty!.days, empty!.empty], [19, 17]);
  assert.deepEqual(empty!.runs, [{ first: '2017-02-02', last: '2017-02-04', days: 3 }, { first: '2017-02-06', last: '2017-02-19', days: 14 }]); // biome-ignore format: rows
});

test('a day touched by a record known to the day only is not empty, nor is its stretch quiet', async () => {
  const dayOnly = record('2017-02-03T00:00:00Z', { ended: at('2017-02-04T00:00:00Z'), precision: 'day' });
  const gaps = gapsOf(await ask([record('2017-02-01T12:00:00Z'), dayOnly, record('2017-02-05T12:00:00Z')]));
  assert.deepEqual(gaps.producedEmpty[0]!.runs.slice(0, 2).map(({ first }) => first), ['2017-02-02', '2017-02-04']); // biome-ignore format: one
  assert.ok(!gaps.quiet[0]!.longest.some(({ began, ended }) => began < '2017-02-03T12' && ended > '2017-02-03T12'));
});

test('the longest quiet stretch is found between sessions and at both edges of what is covered', async () => {
  const times = ['2017-02-03T00:00:00Z', '2017-02-03T00:20:00Z', '2017-02-03T00:40:00Z', '2017-02-10T00:00:00Z'];
  const [quiet] = gapsOf(await ask(times.map((time) => record(time)))).quiet;
  assert.deepEqual([quiet!.sessions, quiet!.stretches, quiet!.coveredDays], [2, 3, 19]);
  assert.deepEqual(quiet!.longest.map(({ began, ended, rank }) => [began, ended, rank]), [
    ['2017-02-10T00:00:00Z', '2017-02-20T00:00:00Z', 1],
    ['2017-02-03T00:40:00Z', '2017-02-10T00:00:00Z', 2],
    ['2017-02-01T00:00:00Z', '2017-02-03T00:00:00Z', 3],
  ]); // biome-ignore format: rows
});

test('a lease that lasts is not quiet', async () => {
  const [quiet] = gapsOf(
    await ask([
      record('2017-02-01T00:00:00Z', { kind: 'lease', ended: at('2017-02-15T00:00:00Z') }),
      record('2017-02-02T00:00:00Z', { kind: 'lease' }),
    ]),
  ).quiet;
  assert.deepEqual(quiet!.longest[0], {
    ...quiet!.longest[0]!,
    began: '2017-02-15T00:00:00Z',
    ended: '2017-02-20T00:00:00Z',
  });
  assert.equal(quiet!.sessions, 1);
});

test('no habit is looked for in facts', async () => {
  const gaps = gapsOf(await ask([record('2017-02-04T10:00:00Z', { kind: 'fact' })]));
  assert.deepEqual([gaps.quiet, gaps.producedEmpty], [[], []]);
});

test('forty sessions in sixty days leave a chance of four per cent for five days without one', () => {
  assert.equal(chanceOfQuiet(40, 60, 5).toFixed(4), '0.0391');
});

test('without an ordered range nothing is said of stretches without records', async () => {
  const answer = await ask([record('2017-02-04T10:00:00Z')], {}, {});
  assert.deepEqual(gapsOf(answer).quiet, []);
  assert.match(answer.statement, /nothing is said of stretches/);
});

test('a return that states no range is compared with what was ordered, and says so', async () => {
  const [empty] = gapsOf(await ask([record('2017-02-04T10:00:00Z')], {}, { ranges: [RANGE] })).producedEmpty;
  assert.deepEqual([empty!.days, empty!.coverage], [28, 'ordered; the return states no range']);
});

test('a file none of whose rows was kept is listed with what it states', async () => {
  const { result } = await ask(
    [record('2017-02-04T10:00:00Z')],
    {},
    { ranges: [RANGE], coverage: [STATED, { ...STATED, file: 'b.html' }] },
  );
  const files = result.coverage as { file: string; records: number; stated: unknown[] }[];
  assert.deepEqual(files.map(({ file, records }) => [file, records]), [['a.html', 1], ['b.html', 0]]); // biome-ignore format: one
  assert.equal(files[1]!.stated.length, 1);
});

test('items of two papers that share a number are told apart by the account they name', async () => {
  const bank = {
    item: '1',
    target: 'bank-account 4200170042',
    category: 'DC-02',
    began: at('2016-01-01T00:00:00Z'),
    ended: at('2016-02-01T00:00:00Z'),
  };
  const { result } = await ask([record('2017-02-04T10:00:00Z')], {}, { ranges: [bank, RANGE] });
  const [file] = result.coverage as { ordered: { target: string }[] }[];
  assert.deepEqual(file!.ordered.map(({ target }) => target), [RANGE.target]); // biome-ignore format: one
});

test('records whose zone somebody declared are counted as what would move if it is wrong', async () => {
  const { sensitivity } = await ask([
    record('2017-02-04T10:00:00Z', { zone_basis: 'declared by examiner' }),
    record('2017-02-05T10:00:00Z'),
  ]);
  assert.equal(sensitivity.find(({ change }) => change.includes('declared'))!.figures!.records, 1);
});

test('the same records in another order give the same bytes', async () => {
  const records = Array.from({ length: 50 }, (_, n) =>
    record(`2017-02-${String(1 + (n % 18)).padStart(2, '0')}T${String(n % 24).padStart(2, '0')}:00:00Z`, {
      kind: n % 3 === 0 ? 'contact' : 'session',
    }),
  );
  assert.equal(JSON.stringify(await ask(records)), JSON.stringify(await ask(records.toReversed())));
});

test('no record at all is an answer in words', async () => {
  assert.match((await ask([])).refused!.join(), /No record in scope/);
});

const NOTHING = Object.fromEntries(['action', 'ip', 'port', 'subscriber', 'port_low', 'port_high', 'medium', 'direction', 'duration_seconds', 'counterpart', 'place_kind', 'place_text', 'area', 'radius_metres', 'amount', 'currency', 'sent_agent', 'name', 'value'].map((name) => [name, null])); // biome-ignore format: a list
for (const [kind, columns, words] of [
  ['session', {}, 'session'],
  ['session', { action: 'Login', ip: '2001:db8::1' }, 'login from 2001:db8::1'],
  [
    'contact',
    { medium: 'call', direction: 'outgoing', duration_seconds: 62, counterpart: 'person 7' },
    'call, outgoing, 62 s, person 7',
  ],
  ['transfer', { amount: '250', currency: 'USD', sent_agent: 'Mesa Mart' }, 'transfer of 250.00 USD at Mesa Mart'],
  ['transfer', { amount: '250', currency: 'JPY' }, 'transfer of 250 JPY'],
  ['transfer', { amount: '0.12345678' }, 'transfer of 0.12345678'],
  [
    'lease',
    { ip: '198.51.100.17', port_low: 1024, port_high: 1535, subscriber: '+15755550142' },
    'lease of 198.51.100.17 ports 1024–1535 to +15755550142',
  ],
  ['place', { place_kind: 'device fix', radius_metres: 20 }, 'device fix stated, radius 20 m'],
  ['fact', { name: 'vanity', value: 'x'.repeat(400) }, `vanity: ${'x'.repeat(151)}…`],
] as const) {
  test(`a ${kind} reads “${words.slice(0, 50)}”`, () => {
    assert.equal(wordsFor({ ...NOTHING, kind, ...columns }), words);
  });
}

test('what remains of a range is what none of the parts covers', () => {
  const part = (began: bigint, ended: bigint) => ({ began, ended });
  assert.deepEqual(without([part(0n, 10n)], [part(2n, 3n), part(3n, 5n), part(9n, 20n)]), [part(0n, 2n), part(5n, 9n)]);
  assert.deepEqual(without([part(0n, 10n)], [part(0n, 10n)]), []);
});

test('what is said claims no more than records bear', async () => {
  const answer = await ask([record('2017-02-01T12:00:00Z'), record('2017-02-05T12:00:00Z')]);
  const told = [
    answer.statement,
    timeline.limits,
    timeline.caveat,
    ...answer.alternatives,
    ...answer.sensitivity.map(({ change, effect }) => `${change}: ${effect}`),
  ];
  for (const text of told) assert.equal(overclaim(text), null, text);
});

for (const [name, given, code] of [
  ['a window without a zone', { from: 'yesterday' }, 'analysis/window-without-zone'],
  ['an unknown zone', { zone: 'Mars/Olympus' }, 'analysis/zone-unknown'],
  ['an unknown kind', { kind: 'rumour' }, 'analysis/kind-unknown'],
] as const) {
  test(`${name} is a problem the asker can act on`, async () => {
    await assert.rejects(
      ask([record('2017-02-04T10:00:00Z')], given),
      (error) => isProblem(error) && error.code === code,
    );
  });
}
