import assert from 'node:assert/strict';
import { test } from 'node:test';
import { microsFrom } from '../base/interval.ts';
import { isProblem } from '../base/problem.ts';
import { overclaim } from '../report/wording.ts';
import type { Value } from '../store/scoped.ts';
import corroboration from './corroboration.ts';
import { NOTHING_KNOWN } from './places.ts';
import { type MemoryRecord, memoryRecords } from './simulation/memory-records.ts';

const at = (text: string) => microsFrom(text)!;
const day = (clock: string) => at(`2017-02-10T${clock}Z`);
const PHONE = '+15755550142';
const RANGE = { category: 'DC-02', began: at('2017-02-01T00:00:00Z'), ended: at('2017-03-01T00:00:00Z') };
const NAMED = [{ item: '2', target: `phone ${PHONE}`, ...RANGE }];
const OPEN = [{ item: '2', target: 'ip 198.51.100.17', ...RANGE }];

type More = Record<string, Value>;
const login = (clock: string, port: number | null, more: More = {}): MemoryRecord => ({
  id: `login ${clock} ${port}`, kind: 'session', return: 'company', file: 'a.html', locator: clock, format: 'meta-business-record',
  item: '1', category: 'DC-02', account: '100000000000042', account_type: 'facebook-id', began: day(clock), precision: 'second',
  ip: '198.51.100.17', port, ...more,
}); // biome-ignore format: a record
const lease = (began: string, ended: string | null, low: number | null, more: More = {}): MemoryRecord => ({
  id: `lease ${began} ${low} ${more.subscriber ?? ''}`, kind: 'lease', return: 'carrier', file: 'log.csv', locator: began, format: 'nat-port-block',
  item: '2', category: 'DC-02', account: PHONE, account_type: 'untyped', subscriber: PHONE, began: day(began), precision: 'second',
  ended: ended === null ? null : day(ended), ip: '198.51.100.17', port_low: low, port_high: low === null ? null : low + 511, ...more,
}); // biome-ignore format: a record
const other = { subscriber: '+15755550181', account: '+15755550181' };
/** Leases early and late in the day, between which absence can be spoken of. */
const FRAME = [lease('00:00:00', '00:10:00', 60_000), lease('23:50:00', '23:59:00', 60_000)];

type Row = {
  id: string;
  answer: string;
  reason: string;
  marginSeconds: number | null;
  leaseIds: string[];
  subscribersInScope: number;
  words: string;
  subscriber: string | null;
};

async function ask(records: MemoryRecord[], given: Record<string, string> = {}, ranges: typeof NAMED = NAMED, coverage: bigint[] | null = null) {
  const stated = coverage ? [{ return: 'carrier', file: 'log.csv', format: 'nat-port-block', began: coverage[0]!, ended: coverage[1]! }] : [];
  await using scoped = await memoryRecords(records, { ranges, coverage: stated });
  return await corroboration.run({ scoped, places: NOTHING_KNOWN }, corroboration.params.parse(given));
} // biome-ignore format: one
const rowsOf = (answer: { result: Record<string, unknown> }) => answer.result.rows as Row[];

const noon = lease('11:00:00', '13:00:00', 1024);
const v6 = { ip: '2001:db8:b:4042:1a2b:3c4d:5e6f:1', port_low: null, port_high: null };
const CASES: [name: string, MemoryRecord[], Partial<Row>, { ranges?: typeof NAMED; given?: Record<string, string> }?][] = [
  ['the port lies in the block and the time well inside the lease', [noon, login('12:00:00', 1500)], { answer: 'one', reason: 'held', marginSeconds: 3600 }],
  ['the first port of the block belongs to it', [noon, login('12:00:00', 1024)], { answer: 'one' }],
  ['the last port of the block belongs to it', [noon, login('12:00:00', 1535)], { answer: 'one' }],
  ['the port after the last is another block', [noon, ...FRAME, login('12:00:00', 1536)], { answer: 'none', reason: 'absent' }],
  ['without a port everyone behind the address could have made the row', [noon, login('12:00:00', null)], { answer: 'several', reason: 'no port', subscriber: PHONE }],
  ['without a port and with two subscribers in scope their number is given', [noon, lease('11:00:00', '13:00:00', 2048, other), login('12:00:00', null)], { answer: 'several', reason: 'shared', subscribersInScope: 2 }],
  ['a lease without ports is of the whole address', [lease('11:00:00', '13:00:00', null), login('12:00:00', null)], { answer: 'one', reason: 'held' }],
  ['a block of all ports is of the whole address', [lease('11:00:00', '13:00:00', 0, { port_high: 65_535 }), login('12:00:00', null)], { answer: 'one', reason: 'held' }],
  ['a mapping of a protocol without a port is not of the whole address', [lease('11:00:00', '13:00:00', null, { protocol: 'TCP' }), login('12:00:00', 1500)], { answer: 'several' }],
  ['the start of a lease belongs to it', [noon, login('11:00:00', 1500)], { answer: 'one' }, { given: { clock_allowance_seconds: '0' } }],
  ['the end of a lease does not belong to it', [noon, ...FRAME, login('13:00:00', 1500)], { answer: 'none' }, { given: { clock_allowance_seconds: '0' } }],
  ['within the allowance of the edge the holder before or after is sealed', [noon, login('12:58:30', 1500)], { answer: 'cannot tell', reason: 'edge', marginSeconds: 90 }],
  ['just outside the lease, within the allowance', [noon, login('13:01:00', 1500)], { answer: 'cannot tell', reason: 'edge', marginSeconds: -60 }],
  ['a block handed on within seconds gives several', [noon, lease('13:00:05', '14:00:00', 1024, other), login('12:59:30', 1500)], { answer: 'several', reason: 'neighbour', subscribersInScope: 2 }],
  ['a block renewed by its holder has no edge in between', [noon, lease('13:00:00', '14:00:00', 1024), login('12:59:30', 1500)], { answer: 'one', reason: 'held' }],
  ['a gap of a second between two leases of one holder is an edge', [noon, lease('13:00:01', '14:00:00', 1024), login('12:59:30', 1500)], { answer: 'cannot tell', reason: 'edge' }],
  ['with all leases of the address in scope an edge without a neighbour points to one', [noon, ...FRAME, login('13:01:00', 1500)], { answer: 'one', reason: 'alone' }, { ranges: OPEN }],
  ['with all leases of the address in scope a sole holder needs no port', [noon, ...FRAME, login('12:00:00', null)], { answer: 'one', reason: 'alone' }, { ranges: OPEN }],
  ['with all leases of the address in scope absence is of everyone', [noon, ...FRAME, login('15:00:00', 1500)], { answer: 'none' }, { ranges: OPEN }],
  ['no block of the subscriber at that time is absence also without a port', [noon, ...FRAME, login('15:00:00', null)], { answer: 'none' }],
  ['before the first lease one that crosses the ordered range may be sealed', [noon, login('10:00:00', 1500)], { answer: 'cannot tell', reason: 'uncovered' }],
  ['after the last lease likewise', [noon, login('14:00:00', 1500)], { answer: 'cannot tell', reason: 'uncovered' }],
  ['without a range ordered nothing is absent', [noon, ...FRAME, login('15:00:00', 1500)], { answer: 'cannot tell', reason: 'uncovered' }, { ranges: [] }],
  ['an address the log does not know', [noon, login('12:00:00', 1500, { ip: '203.0.113.9' })], { answer: 'cannot tell', reason: 'address' }],
  ['an address of the other family', [noon, login('12:00:00', 1500, { ip: '2001:db8::1' })], { answer: 'cannot tell', reason: 'family' }],
  ['an inside address', [noon, login('12:00:00', 1500, { ip: '100.64.3.4' })], { answer: 'cannot tell', reason: 'inside' }],
  ['a login known to the day', [noon, login('12:00:00', 1500, { precision: 'day' })], { answer: 'cannot tell', reason: 'time' }],
  ['a login known to the minute lies anywhere in it', [noon, login('12:57:30', 1500, { precision: 'minute' })], { answer: 'cannot tell', reason: 'edge' }],
  ['a lease known to the minute ends anywhere in it', [{ ...noon, precision: 'minute' }, login('13:00:20', 1500)], { answer: 'cannot tell', reason: 'edge' }, { given: { clock_allowance_seconds: '0' } }],
  ['an open end holds', [lease('11:00:00', null, 1024), login('20:00:00', 1500)], { answer: 'one', reason: 'held' }],
  ['a mapping whose removal is not in the log may have ended', [lease('11:00:00', null, 1024, { action: 'open end' }), login('20:00:00', 1500)], { answer: 'cannot tell', reason: 'unsure' }],
  ['a removal without its making may have begun at any time', [lease('13:00:00', '13:00:00', 1024, { action: 'delete without add' }), login('12:00:00', 1500)], { answer: 'cannot tell', reason: 'unsure' }],
  ['what held the port for certain outweighs what may have', [noon, lease('13:30:00', '13:30:00', 1024, { action: 'delete without add', ...other }), login('12:00:00', 1500)], { answer: 'one', reason: 'held' }],
  ['two addresses of one IPv6 /64 are one subscriber’s', [lease('11:00:00', '13:00:00', null, v6), login('12:00:00', 1500, { ip: '2001:db8:b:4042::77' })], { answer: 'one', reason: 'held' }],
  ['the next IPv6 /64 is another’s', [lease('11:00:00', '13:00:00', null, v6), login('12:00:00', 1500, { ip: '2001:db8:b:4043::77' })], { answer: 'cannot tell', reason: 'address' }],
  ['an IPv6 prefix holds its networks', [lease('11:00:00', '13:00:00', null, { ...v6, ip: '2001:db8:b:4000::/52' }), login('12:00:00', 1500, { ip: '2001:db8:b:4fff::77' })], { answer: 'one' }],
  ['an IPv4 prefix holds its addresses', [lease('11:00:00', '13:00:00', null, { ip: '198.51.100.16/28' }), login('12:00:00', 1500)], { answer: 'one' }],
  ['an IPv4 prefix does not hold the next address', [lease('11:00:00', '13:00:00', null, { ip: '198.51.100.0/28' }), login('12:00:00', 1500, { ip: '198.51.100.16' })], { answer: 'cannot tell', reason: 'address' }],
]; // biome-ignore format: a table

for (const [name, records, expected, { ranges, given } = {}] of CASES) {
  test(name, async () => {
    const [row] = rowsOf(await ask(records, given, ranges));
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, row![key as keyof Row]])), expected);
  });
}

test('absence is not spoken of where the return states that its range ended sooner', async () => {
  const records = [noon, ...FRAME, login('15:00:00', 1500)];
  assert.equal(rowsOf(await ask(records, {}, NAMED, [RANGE.began, day('16:00:00')]))[0]!.answer, 'none');
  assert.equal(rowsOf(await ask(records, {}, NAMED, [RANGE.began, day('14:00:00')]))[0]!.answer, 'cannot tell');
});

test('the same records in another order give the same bytes', async () => {
  const records = CASES.flatMap(([, records], n) =>
    records.map((record) => ({ ...record, id: `${n} ${record.id}`, locator: `${n} ${record.id}` })),
  );
  const [one, other] = [await ask(records), await ask(records.toReversed())];
  assert.ok(JSON.stringify(one) === JSON.stringify(other));
});

test('repeated logins inside one lease are one comparison', async () => {
  const clocks = ['11:30:00', '12:00:00', '12:10:00'];
  const answer = await ask([noon, lease('15:00:00', '17:00:00', 4096), ...clocks.map((clock) => login(clock, 1500)), login('16:00:00', 4100)]);
  assert.deepEqual(answer.result.counts, { one: 4, several: 0, none: 0, cannotTell: 0 });
  assert.equal(answer.result.comparisons, 2);
  const [one] = answer.result.perSubscriber as Record<string, unknown>[];
  assert.deepEqual([one!.logins, one!.comparisons, one!.last], [4, 2, '2017-02-10T16:00:00Z']);
  const strongest = answer.result.strongest as Row[];
  assert.deepEqual(strongest.map(({ marginSeconds }) => marginSeconds), [3600, 3600, 3000, 1800]);
  assert.deepEqual(strongest[0]!.leaseIds, [noon.id]);
}); // biome-ignore format: one

test('counts are whole although the list is short, and absences are listed beside', async () => {
  const logins = Array.from({ length: 20 }, (_, n) =>
    login(`1${n % 2 === 0 ? 2 : 5}:${String(10 + n)}:00`, 1500, { id: `l${n}` }),
  );
  const { result } = await ask([noon, ...FRAME, ...logins], { limit: '3' });
  assert.deepEqual(result.counts, { one: 10, several: 0, none: 10, cannotTell: 0 });
  assert.deepEqual([rowsOf({ result }).length, (result.absences as Row[]).length], [3, 3]);
  assert.ok((result.absences as Row[]).every(({ answer }) => answer === 'none'));
});

test('a login without an address, and a message the account did not send, are left out and counted', async () => {
  const message = { kind: 'contact', format: 'meta-business-record', category: 'DC-06' };
  const records = [noon, login('12:00:00', 1500), login('12:01:00', null, { ip: null }),
    login('12:02:00', 1500, { ...message, direction: 'outbound' }), login('12:03:00', 1500, { ...message, direction: 'inbound', ip: 'person 3' })]; // biome-ignore format: rows
  const answer = await ask(records);
  assert.deepEqual(answer.result.counts, { one: 2, several: 0, none: 0, cannotTell: 0 });
  assert.deepEqual(answer.leftOut.map(({ what, count }) => [what, count]), [['contact records', 1], ['session records', 1]]); // biome-ignore format: one
});

test('a login that stands in a record and in a snapshot of it is one login', async () => {
  const twice = login('12:00:00', 1500);
  const answer = await ask([noon, twice, { ...twice, id: 'again', file: 'snapshot.html' }, login('12:00:00', 1501)]);
  assert.equal(answer.result.logins, 2);
  assert.deepEqual(answer.leftOut.map(({ what, count }) => [what, count]), [['logins', 1]]); // biome-ignore format: one
});

test('leases that cannot be compared are left out with their reason', async () => {
  const records = [noon, login('12:00:00', 1500), lease('11:00:00', '13:00:00', 1024, { id: 'p', ip: '100.64.0.9' }),
    lease('11:00:00', '13:00:00', 1024, { id: 'q', precision: 'day' }), lease('11:00:00', '13:00:00', null, { id: 'r', protocol: 'ICMP' })]; // biome-ignore format: rows
  const answer = await ask(records);
  assert.equal(answer.result.leases, 1);
  assert.deepEqual(answer.leftOut.map(({ count }) => count), [1, 1, 1]); // biome-ignore format: one
});

test('no login or no lease in scope is refused in words', async () => {
  assert.match((await ask([noon])).refused!.join(), /No record in scope is a login/);
  assert.match((await ask([login('12:00:00', 1500)])).refused!.join(), /No lease in scope/);
});

test('a wider allowance moves answers, and the finding says how far', async () => {
  const records = [noon, ...FRAME, login('12:00:00', 1500), login('12:55:00', 1500), login('13:05:00', 1501)];
  const { sensitivity } = await ask(records);
  const figures = Object.fromEntries(sensitivity.map(({ change, figures }) => [change, Object.values(figures!)]));
  assert.deepEqual(figures, {
    'the clocks may differ by 0 s': [2, 0, 1, 0],
    'the clocks may differ by 5 s': [2, 0, 1, 0],
    'the clocks may differ by 120 s': [2, 0, 1, 0],
    'the clocks may differ by 600 s': [1, 0, 0, 2],
    'the clock of the logins is an hour slow': [0, 0, 2, 1],
    'the clock of the logins is an hour fast': [2, 0, 0, 1],
  });
});

test('no ratio is computed without a population, its description and the sharing being known', async () => {
  const records = [noon, login('12:00:00', 1500)];
  type Likelihood = {
    computed: boolean;
    why?: string[];
    withPort?: { fits: number };
    withoutPort?: { subscribers: number; fits: number }[];
  };
  const asked = async (given: Record<string, string>) => (await ask(records, given)).result.likelihood as Likelihood;
  assert.match((await asked({})).why!.join(), /size of the relevant population/);
  assert.match((await asked({ population: '1000000' })).why!.join(), /not described in writing/);
  const population = { population: '1000000', population_is: 'subscribers of the carrier in the state' };
  const range = await asked(population);
  assert.deepEqual(range.withoutPort!.map(({ subscribers }) => subscribers), [16, 4096]); // biome-ignore format: one
  assert.deepEqual((await asked({ ...population, subscribers_per_address: '64' })).withoutPort!.map(({ subscribers }) => subscribers), [64]); // biome-ignore format: one
  assert.ok(range.withPort!.fits < 1000);
  assert.match((await asked({ ...population, clock_allowance_seconds: '4000' })).why!.join(), /more than half/);
});

test('what is said claims no more than records bear', async () => {
  const population = {
    population: '1000000',
    population_is: 'subscribers of the carrier',
    subscribers_per_address: '64',
  };
  const records = [
    noon,
    ...FRAME,
    login('12:00:00', 1500),
    login('12:00:00', null),
    login('15:00:00', 1500),
    login('12:59:00', 1500),
  ];
  const answer = await ask(records, population);
  const texts = [
    answer.statement,
    corroboration.asks,
    corroboration.limits,
    corroboration.caveat,
    ...answer.alternatives,
  ];
  for (const text of JSON.stringify(answer.result).matchAll(
    /"(?:words|note|why|fitsWords|fitsNotWords|couldHaveMadeIt)":"([^"]*)"/g,
  ))
    texts.push(text[1]!);
  for (const { change, effect } of answer.sensitivity) texts.push(`${change}: ${effect}`);
  for (const text of texts) assert.equal(overclaim(text), null, text);
});

test('a kind that is none is a problem the asker can act on', async () => {
  await assert.rejects(
    ask([noon], { login_kinds: 'rumour' }),
    (error) => isProblem(error) && error.code === 'analysis/kind-unknown',
  );
});
