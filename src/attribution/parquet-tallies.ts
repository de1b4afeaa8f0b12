/** Many questions against a log in Parquet, in DuckDB: at most four statements, each of which reads the log once. */
import { CANDIDATES_SHOWN } from './answer.ts';
import type { Column, ColumnEngine } from './columns.ts';
import { CLASSES, classSql, HOT, slotSql } from './fitting-sql.ts';
import { type Tallies, WHOLE_PORTS } from './log.ts';
import { networkOf, networkText } from './network.ts';
import { type Asked, addressAt } from './question.ts';
import { RowTallies } from './row-tallies.ts';

const APPEND_ROWS = 1 << 16;
/** Above this many pairs of a port and a block that holds it, blocks are not part of the join. */
const MOST_PAIRS = 1 << 22;
const [WHOLE, NO_PORT, ANY] = [-1, -2, -3];

export async function parquetTallies(
  engine: ColumnEngine,
  asked: Asked,
  rowText: (file: number, row: number) => string,
): Promise<Tallies> {
  const out = new RowTallies(asked.count);
  await putQuestions(engine, asked);
  await engine.run(`create or replace table named as
    select n, port, low_key, coalesce(high_key, '') as high_key from questions q
      join (select * from networks where bits = 0) w on w.family = q.family and w.low = q.value
    union all
    select n, port, low_key, coalesce(high_key, '') from questions q
      join (select * from networks where bits > 0) w on w.family = q.family and w.low <= q.value and w.high >= q.value`);
  await mark(engine, 'select distinct n from named', out.known);
  const byBlock = await putBlocks(engine);
  await engine.run(`create or replace table keyed as
    select n, port, low_key, high_key, ${byBlock ? 'block' : ANY} as block from named ${byBlock ? 'join port_blocks using (port)' : ''} where port >= 0
    union all select n, port, low_key, high_key, ${NO_PORT} from named where port < 0`);
  await engine.run(`create or replace table crowded as select distinct n from keyed
    semi join (select low_key, high_key, block from keyed group by all having count(*) > ${HOT}) using (low_key, high_key, block)`);
  await putSlots(engine);
  for (const blocked of byBlock ? [true, false] : [false]) {
    for (const hot of [false, true]) await add(engine, blocked, hot, out, rowText);
  }
  await mark(
    engine,
    `select distinct n from named semi join
      (select distinct low_key, coalesce(high_key, '') as high_key from leases where why is not null) using (low_key, high_key)`,
    out.unread,
  );
  return out;
}

async function mark(engine: ColumnEngine, sql: string, marks: Uint8Array): Promise<void> {
  for await (const { rows, columns } of engine.chunks(sql)) {
    for (let index = 0; index < rows; index++) marks[columns[0]!.getItem(index) as number] = 1;
  }
}

async function putQuestions(engine: ColumnEngine, asked: Asked): Promise<void> {
  await engine.run(
    'create or replace table questions (n uinteger, family utinyint, value uhugeint, port integer, t bigint, lo bigint, hi bigint)',
  );
  for (let first = 0; first < asked.count; first += APPEND_ROWS) {
    const rows: [number[], number[], bigint[], number[], bigint[], bigint[], bigint[]] = [[], [], [], [], [], [], []];
    for (let index = first; index < Math.min(asked.count, first + APPEND_ROWS); index++) {
      if (asked.family[index] === 0) continue;
      rows[0].push(index);
      rows[1].push(asked.family[index]!);
      rows[2].push(addressAt(asked, index));
      rows[3].push(asked.port[index]!);
      rows[4].push(BigInt(asked.time[index]!));
      rows[5].push(BigInt(asked.lo[index]!));
      rows[6].push(BigInt(asked.hi[index]!));
    }
    await engine.append('questions', rows);
  }
}

const blockSql = (low: string, high: string) =>
  `case when ${low} is null then ${WHOLE} else ${low}::bigint * 65536 + ${high} end`;

/** Table `port_blocks` (`port, block`): the blocks that occur and hold a port. False when they are too many to list. */
async function putBlocks(engine: ColumnEngine): Promise<boolean> {
  await engine.run(
    `create table if not exists blocks as select distinct port_low, port_high from leases where why is null`,
  );
  const [sum] = await engine.rows<{ pairs: bigint }>(
    'select coalesce(sum(coalesce(port_high - port_low, 65535) + 1), 0)::bigint as pairs from blocks',
  );
  if (sum!.pairs > BigInt(MOST_PAIRS)) return false;
  await engine.run(`create table if not exists port_blocks as
    select unnest(range(coalesce(port_low, 0), coalesce(port_high, 65535) + 1))::integer as port, ${blockSql('port_low', 'port_high')} as block from blocks`);
  return true;
}

/** Table `slots` (`n, class, slot`): for questions of crowded addresses. */
async function putSlots(engine: ColumnEngine): Promise<void> {
  const parts = CLASSES.map((bits) => {
    const [first, last] = [
      slotSql(`lo - ${2n ** BigInt(bits)}`, String(bits), divide),
      slotSql('hi', String(bits), divide),
    ];
    return `select n, ${bits} as class, unnest(range(${first}, ${last} + 1)) as slot from questions semi join crowded using (n)`;
  });
  await engine.run(`create or replace table slots as ${parts.join(' union all ')}`);
}

const divide = (value: string, by: string) => `${value} // ${by}`;

/** Adds what the leases amount to that fit questions with a port (by block) or without, of crowded addresses or not. */
async function add(
  engine: ColumnEngine,
  blocked: boolean,
  hot: boolean,
  out: RowTallies,
  rowText: (file: number, row: number) => string,
): Promise<void> {
  await engine.run(`create or replace table looked as select k.*, q.t, q.lo, q.hi${hot ? ', s.class, s.slot' : ''}
    from keyed k join questions q using (n) ${hot ? 'join slots s using (n)' : 'anti join crowded using (n)'}
    where k.block ${blocked ? '> ' : '<= '} ${NO_PORT}`);
  const [any] = await engine.rows('select 1 from looked limit 1');
  if (!any) return;
  const sql = `select k.n, count(*) as leases, count(distinct subscriber) as subscribers,
      count(distinct case when b <= t and (e is null or e > t) then subscriber end) as at_time,
      bool_or(subscriber is null) as unnamed,
      bool_or(port_low is not null and port_high - port_low + 1 < ${WHOLE_PORTS}) as blocks,
      case when count(distinct subscriber) > 1 or bool_or(subscriber is null) then to_json(list_sort(coalesce(list(distinct subscriber) filter (subscriber is not null), []))[1:${CANDIDATES_SHOWN}])::varchar end as candidates,
      min({'far': case when t < b then b - t when t >= e then t - e + 1 else 0 end, 'b': b, 'e': coalesce(e, 9223372036854775807),
        'low': coalesce(port_low, -1), 'high': coalesce(port_high, -1), 'name': subscriber, 'file': file, 'row': row,
        'low_key': r.low_key, 'high_key': r.high_key}) as nearest
    from (select *, ${blockSql('port_low', 'port_high')} as block, ${classSql('b', 'e')} as class from leases where why is null) r
    join looked k on k.low_key = r.low_key and k.high_key = coalesce(r.high_key, '')
      ${blocked ? 'and k.block = r.block' : ''}
      ${hot ? `and k.class = r.class and k.slot = ${slotSql('r.b', 'r.class', divide)}` : ''}
    where r.b <= k.hi and (r.e is null or r.e > k.lo)
      ${blocked ? '' : 'and (k.port < 0 or r.port_low is null or k.port between r.port_low and r.port_high)'}
    group by k.n`;
  const flat = `select n, leases::double, subscribers::double, at_time::double, unnamed, blocks, candidates,
    nearest.b, nearest.e, nearest.low, nearest.high, nearest.name, nearest.file::double, nearest.row::double, nearest.low_key, nearest.high_key
    from (${sql})`;
  for await (const { rows, columns } of engine.chunks(flat)) {
    for (let index = 0; index < rows; index++) putRow(out, columns, index, rowText);
  }
}

const FOREVER = (1n << 63n) - 1n;

function putRow(
  out: RowTallies,
  columns: readonly Column[],
  index: number,
  rowText: (file: number, row: number) => string,
) {
  const at = <T>(column: number) => columns[column]!.getItem(index) as T;
  const name = at<string | null>(11);
  const ended = at<bigint>(8);
  const low = at<number>(9);
  const listed = at<string | null>(6);
  out.put(at<number>(0), {
    leases: at<number>(1),
    subscribers: at<number>(2),
    atTime: at<number>(3),
    unnamed: at<boolean>(4),
    blocks: at<boolean>(5),
    candidates: listed === null ? (name === null ? [] : [name]) : (JSON.parse(listed) as string[]),
    nearest: {
      subscriber: name,
      network: networkText(networkOf(at<string>(14), at<string | null>(15))!),
      portLow: low < 0 ? null : low,
      portHigh: low < 0 ? null : at<number>(10),
      began: at<bigint>(7),
      ended: ended === FOREVER ? null : ended,
      row: rowText(at<number>(12), at<number>(13)),
    },
  });
}
