/** The SQL that compares, held against the same comparison done one pair at a time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import corroboration from '../corroboration.ts';
import { NOTHING_KNOWN } from '../places.ts';
import { type MemoryRecord, memoryRecords } from '../simulation/memory-records.ts';

const SECOND = 1_000_000n;
const ALLOWANCE = 10;
const [BEGAN, ENDED] = [0, 2000];
const NAMED = 'S0';

type Login = { ip: string; port: number | null; t: number; account: string };
type Lease = { subscriber: string; ip: string; low: number | null; b: number; e: number | null };
type Case = { open: boolean; logins: Login[]; leases: Lease[] };

/** Every case has addresses of its own, so that many can be asked about at once. */
const address = (nth: number, small: number) => `203.${nth >> 8}.${nth & 255}.${small}`;
/** Multiples of five seconds, so that leases often meet and logins often stand on an edge. */
const fifth = (most: number) => fc.nat(most).map((n) => 5 * n);
const aCase = fc.record({
  open: fc.boolean(),
  logins: fc.array(fc.record({ small: fc.nat(1), port: fc.option(fc.nat(31)), t: fifth(60) }), { minLength: 1, maxLength: 4 }),
  leases: fc.array(
    fc.record({ who: fc.constantFrom(0, 0, 1, 2), small: fc.nat(1), low: fc.option(fc.constantFrom(0, 16), { freq: 6 }), b: fifth(60), length: fc.option(fifth(24), { freq: 8 }) }),
    { maxLength: 5 },
  ),
}); // biome-ignore format: two shapes

const leaseRecord = ({ subscriber, ip, low, b, e }: Lease, id: string): MemoryRecord => ({
  id, kind: 'lease', return: 'log', file: 'log.csv', locator: id, format: 'nat-port-block', item: ip.startsWith('203.') ? '1' : null,
  category: 'DC-02', account: subscriber, account_type: 'untyped', subscriber, ip, precision: 'second',
  began: BigInt(b) * SECOND, ended: e === null ? null : BigInt(e) * SECOND, port_low: low, port_high: low === null ? null : low + 15,
}); // biome-ignore format: a record
const loginRecord = ({ ip, port, t, account }: Login, id: string): MemoryRecord => ({
  id, kind: 'session', return: 'company', file: 'a', locator: id, format: 'x', item: '9', category: 'DC-02', account, ip, port,
  precision: 'second', began: BigInt(t) * SECOND,
}); // biome-ignore format: a record

/** Seconds are whole here, so a lease holds every instant of a window when it holds every second of it and the last. */
function oracle(login: Login, leases: Lease[], isOpen: boolean, speaks: { b: number; e: number }): string {
  const [lo, hi] = [login.t - ALLOWANCE, login.t + ALLOWANCE];
  const end = ({ e }: Lease) => e ?? Number.POSITIVE_INFINITY;
  const here = leases.filter(({ ip }) => ip === login.ip);
  const fitting = here.filter(
    (lease) =>
      end(lease) > lo && lease.b <= hi &&
      (lease.low === null || login.port === null || (lease.low <= login.port && login.port <= lease.low + 15)),
  ); // biome-ignore format: one
  const subscribers = new Set(fitting.map(({ subscriber }) => subscriber)).size;
  const exact = fitting.every(({ low }) => low === null || login.port !== null);
  const first = Math.min(...here.map(({ b }) => b));
  const last = Math.max(...here.map(({ b, e }) => e ?? b));
  const seen = isOpen && lo >= BEGAN && hi < ENDED && lo >= first && hi < last;
  if (subscribers > 1) return 'several';
  if (subscribers === 1) {
    if (seen) return 'one';
    if (!exact) return 'several';
    const seconds = Array.from({ length: hi - lo + 1 }, (_, n) => lo + n);
    return seconds.every((s) => fitting.some((lease) => lease.b <= s && s < end(lease))) ? 'one' : 'cannot tell';
  }
  if (here.length === 0) return 'cannot tell';
  return seen || (lo >= speaks.b && hi < speaks.e) ? 'none' : 'cannot tell';
}

test('the comparison in SQL gives every login the answer that one pair at a time gives', async () => {
  const seed = 20_170_317;
  const seen: Record<string, number> = {};
  const asked = fc.sample(aCase, { numRuns: 2400, seed });
  for (let from = 0; from < asked.length; from += 600) {
    const cases: Case[] = asked.slice(from, from + 600).map(({ open, logins, leases }, n) => ({
      open,
      logins: logins.map(({ small, ...login }) => ({ ...login, ip: address(n, small), account: `case ${n}` })),
      leases: leases.map(({ who, small, low, b, length }) => ({ subscriber: `S${who}`, ip: address(n, small), low, b, e: length === null ? null : b + length })),
    })); // biome-ignore format: one
    const leases = cases.flatMap((one) => one.leases);
    const held = leases.filter(({ subscriber }) => subscriber === NAMED);
    const speaks = {
      b: Math.max(BEGAN, Math.min(...held.map(({ b }) => b))),
      e: Math.min(ENDED, Math.max(...held.map(({ b, e }) => e ?? b))),
    };
    const records = [
      ...cases.flatMap(({ logins }, n) => logins.map((login, nth) => loginRecord(login, `login ${n} ${nth}`))),
      ...leases.map((lease, n) => leaseRecord(lease, `lease ${n}`)),
    ];
    const range = { category: 'DC-02', began: BigInt(BEGAN) * SECOND, ended: BigInt(ENDED) * SECOND };
    const ranges = [
      { item: '1', target: `reference ${NAMED}`, ...range },
      ...cases.flatMap(({ open }, n) =>
        open ? [0, 1].map((small) => ({ item: '2', target: `ip ${address(n, small)}`, ...range })) : [],
      ),
    ];
    await using scoped = await memoryRecords(records, { ranges });
    const given = { clock_allowance_seconds: String(ALLOWANCE), limit: '100000' };
    const { result } = await corroboration.run({ scoped, places: NOTHING_KNOWN }, corroboration.params.parse(given));
    const answers = new Map(
      (result.rows as { id: string; answer: string; reason: string }[]).map((row) => [row.id, row]),
    );
    for (const [n, one] of cases.entries()) {
      for (const [nth, login] of one.logins.entries()) {
        const { answer, reason } = answers.get(`login ${n} ${nth}`)!;
        seen[reason] = (seen[reason] ?? 0) + 1;
        const told = `seed ${seed}, case ${from + n}: ${JSON.stringify({ ...one, login, reason })}`;
        assert.equal(answer, oracle(login, one.leases, one.open, speaks), told);
      }
    }
  }
  for (const reason of ['held', 'alone', 'neighbour', 'shared', 'no port', 'absent', 'edge', 'address']) {
    assert.ok((seen[reason] ?? 0) > 20, `${reason} occurs ${seen[reason] ?? 0} times`);
  }
});
