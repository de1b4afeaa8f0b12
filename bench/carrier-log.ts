/**
 * A carrier's log of port blocks of any length, logins on its addresses, and the truth about each: by arithmetic from the
 * seed, never by looking into the log. What DuckDB writes and what is computed here come from the same few formulas.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export const START_SECONDS = Date.UTC(2017, 1, 1) / 1000;
const SPAN = 30 * 86_400;
const BLOCKS = 126;
/** Leases one after another in a block of an ordinary address. */
const LEASES = 16;
export const TOLERANCE = 120;
/** An hour in which the log is known to have lost rows. */
const GAP = [10 * 86_400, 10 * 86_400 + 3600] as const;
const SUBSCRIBERS = 1_000_000;

export const COVERAGE = {
  complete: [{ began: iso(0), ended: iso(SPAN) }],
  gaps: [{ began: iso(GAP[0]), ended: iso(GAP[1]) }],
};

/** `hot`: one address has a twentieth of all leases, and nine logins in ten. */
export type Shape = { rows: number; hot: boolean };

/** How many leases follow one another in a block, and how long each has until the next may begin. */
type Rhythm = { leases: number; step: number; jitter: number; gap: number };

const ordinary: Rhythm = rhythm(LEASES);

function rhythm(leases: number): Rhythm {
  const step = Math.floor(SPAN / leases);
  return { leases, step, jitter: Math.max(1, Math.floor(step / 5)), gap: Math.max(2, Math.floor(step / 9)) };
}

export function layout({ rows, hot }: Shape) {
  const busy = hot ? rhythm(Math.max(LEASES, Math.round(rows / 20 / BLOCKS))) : null;
  const blocks = Math.max(BLOCKS, Math.round((rows - (busy ? busy.leases * BLOCKS : 0)) / LEASES));
  const addresses = Math.ceil(blocks / BLOCKS);
  return { blocks, addresses, busy, rows: blocks * LEASES + (busy ? busy.leases * BLOCKS : 0) };
}

/** 32 bits from 32 bits; `hashSql` is the same. */
function hash(value: number): number {
  let h = Math.imul(value, 2_654_435_761) >>> 0;
  h = (h ^ (h >>> 15)) >>> 0;
  h = Math.imul(h, 2_246_822_519) >>> 0;
  return (h ^ (h >>> 13)) >>> 0;
}

function hashSql(value: string): string {
  const mixed = `(((${value})::ubigint * 2654435761) % 4294967296)`;
  const again = `((xor(${mixed}, ${mixed} >> 15) * 2246822519) % 4294967296)`;
  return `xor(${again}, ${again} >> 13)`;
}

/** The busy address is the last; its blocks are numbered after all others, and its leases thinly spread over the hashes. */
const addressText = (address: number) => `198.${18 + ((address >>> 16) & 1)}.${(address >>> 8) & 255}.${address & 255}`;

/** Number of a lease: what its times and its holder are computed from. */
const leaseNumber = (block: number, lease: number, first: number) => (first + block * (LEASES + 1) + lease) >>> 0;
const busyNumber = (block: number, lease: number) => (3_000_000_000 + block * 1_000_003 + lease) >>> 0;

function began(number: number, lease: number, { step, jitter }: Rhythm): number {
  return lease * step + (hash(number) % jitter);
}

/** Every third lease goes over into the next without a pause. */
function ended(number: number, lease: number, rhythm: Rhythm): number | null {
  const h = hash(number ^ 0x5bd1e995);
  if (lease === rhythm.leases - 1 && h % 50 === 0) return null;
  return began(number + 1, lease + 1, rhythm) - (h % 3 === 0 ? 0 : 1 + (h % rhythm.gap));
}

/** One lease in eight goes on with the subscriber of the one before. */
function holder(number: number): number {
  const h = hash(number ^ 0x27d4eb2f);
  return (h % 8 === 0 ? hash((number - 1) ^ 0x27d4eb2f) : h) % SUBSCRIBERS;
}

export function iso(seconds: number): string {
  return `${new Date((START_SECONDS + seconds) * 1000).toISOString().slice(0, 19)}Z`;
}

export async function writeLog(path: string, shape: Shape): Promise<void> {
  const { blocks, addresses, busy } = layout(shape);
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '2GiB' });
  const connection = await instance.connect();
  const part = (from: string, number: string, { leases, step, jitter, gap }: Rhythm) => `
    select public_ip, port_low, port_low + 511 as port_high,
      make_timestamp((${START_SECONDS} + lease::bigint * ${step} + ${hashSql('number')}::bigint % ${jitter}) * 1000000) as began,
      case when lease = ${leases - 1} and h % 50 = 0 then null else make_timestamp((${START_SECONDS} + (lease::bigint + 1) * ${step}
        + ${hashSql('number + 1')}::bigint % ${jitter} - case when h % 3 = 0 then 0 else 1 + h::bigint % ${gap} end) * 1000000) end as ended,
      concat('line-', case when w % 8 = 0 then ${hashSql('xor((number - 1)::ubigint, 668265263)')} else w end % ${SUBSCRIBERS}) as subscriber
    from (select *, ${hashSql('xor(number::ubigint, 1540483477)')} as h, ${hashSql('xor(number::ubigint, 668265263)')} as w
      from (select *, ${number} as number from ${from}))`;
  const address = (sql: string) =>
    `concat('198.', 18 + ((${sql} >> 16) & 1), '.', (${sql} >> 8) & 255, '.', ${sql} & 255)`;
  const ordinaryRows = `(select ${address(`(block // ${BLOCKS})`)} as public_ip, (1024 + (block % ${BLOCKS}) * 512)::integer as port_low, block, lease
    from range(${blocks}) b(block), range(${LEASES}) l(lease))`;
  const busyRows = `(select '${addressText(addresses)}' as public_ip, (1024 + block * 512)::integer as port_low, block, lease
    from range(${BLOCKS}) b(block), range(${busy?.leases ?? 0}) l(lease))`;
  await connection.run(`copy (
    ${part(ordinaryRows, `block * ${LEASES + 1} + lease`, ordinary)}
    ${busy ? `union all ${part(busyRows, 'block * 1000003 + lease + 3000000000', busy)}` : ''}
  ) to '${path}' (format parquet, compression zstd, row_group_size 122880)`);
  connection.closeSync();
  instance.closeSync();
}

export type Login = { address: number; port: number | null; at: number };
export type Truth = { reason: string; subscriber: string | null; subscribers: number };

/** Draws logins; `shape` says how many fall on the busy address. */
export function* loginsOn(shape: Shape, count: number, seed: number): Generator<Login> {
  const { addresses } = layout(shape);
  const generator = xoroshiro128plus(seed);
  const draw = (below: number) => (generator.next() >>> 0) % below;
  for (let index = 0; index < count; index++) {
    const address = shape.hot && draw(10) > 0 ? addresses : draw(addresses);
    // A few before the log begins and after it ends.
    const at = draw(SPAN + 7200) - 3600;
    yield { address, port: draw(50) === 0 ? null : 1024 + draw(BLOCKS * 512), at };
  }
}

/** Who held it, from the formulas alone. */
export function truthOf(shape: Shape, { address, port, at }: Login, tolerance: number): Truth {
  const { blocks, addresses, busy } = layout(shape);
  const [lo, hi] = [at - tolerance, at + tolerance];
  const isBusy = address === addresses;
  const names = new Set<number>();
  let atTime = 0;
  const of = isBusy ? busy! : ordinary;
  const wanted =
    port === null ? Array.from({ length: BLOCKS }, (_, index) => index) : [Math.floor((port - 1024) / 512)];
  for (const within of wanted) {
    const block = isBusy ? within : address * BLOCKS + within;
    if (!isBusy && block >= blocks) continue;
    const middle = Math.floor(at / of.step);
    const reach = Math.ceil(tolerance / of.step) + 2;
    for (let lease = Math.max(0, middle - reach); lease <= Math.min(of.leases - 1, middle + reach); lease++) {
      const number = isBusy ? busyNumber(block, lease) : leaseNumber(block, lease, 0);
      const [from, to] = [began(number, lease, of), ended(number, lease, of)];
      if (from > hi || (to !== null && to <= lo)) continue;
      names.add(holder(number));
      if (from <= at && (to === null || to > at)) atTime += 1;
    }
    // An open end reaches to the end of all time.
    const last = isBusy ? busyNumber(block, of.leases - 1) : leaseNumber(block, of.leases - 1, 0);
    if (ended(last, of.leases - 1, of) === null && began(last, of.leases - 1, of) <= hi) {
      if (middle - reach > of.leases - 1) {
        names.add(holder(last));
        atTime += 1;
      }
    }
  }
  const said = (reason: string, subscriber: string | null = null) => ({ reason, subscriber, subscribers: names.size });
  if (lo < 0 || hi >= SPAN || (lo < GAP[1] && hi >= GAP[0])) return said('no log for that time');
  if (names.size === 0) return said('log names nobody');
  if (names.size === 1) return said(atTime > 0 ? 'held' : 'at the edge', `line-${[...names][0]}`);
  return said(port === null ? 'port missing' : atTime > 1 ? 'leases overlap' : 'tolerance reaches a neighbour');
}

export const loginText = ({ address, port, at }: Login) => `${iso(at)},${addressText(address)},${port ?? ''}`;
export const loginIp = ({ address }: Login) => addressText(address);

/** The table of logins, and beside it the truth, row by row. */
export function writeLogins(path: string, truthPath: string, shape: Shape, count: number, seed: number): void {
  const [table, truth] = [openSync(path, 'w'), openSync(truthPath, 'w')];
  let [rows, truths] = ['account,time,ip,port\n', 'reason,subscriber,subscribers\n'];
  const flush = () => {
    writeSync(table, rows);
    writeSync(truth, truths);
    [rows, truths] = ['', ''];
  };
  let number = 0;
  for (const login of loginsOn(shape, count, seed)) {
    const { reason, subscriber, subscribers } = truthOf(shape, login, TOLERANCE);
    rows += `user-${hash(number++) % 1_000_000},${loginText(login)}\n`;
    truths += `${reason},${subscriber ?? ''},${subscribers}\n`;
    if (rows.length > 1 << 20) flush();
  }
  flush();
  closeSync(table);
  closeSync(truth);
}
