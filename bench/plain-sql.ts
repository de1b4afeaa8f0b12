/**
 * The plain SQL that a person would write for a table of logins, in the plans that can win: who held the address and port
 * at the time, written to a file. They do less than a batch does: no reasons, no coverage, no login without a port.
 */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { layout, type Shape, TOLERANCE } from './carrier-log.ts';

export type Plain = { run(): Promise<Record<string, number>> };

/** Runs each plan once and gives its seconds. */
export function plainSql(folder: string, shape: Shape): Plain {
  const busy = `198.${18 + ((layout(shape).addresses >>> 16) & 1)}.${(layout(shape).addresses >>> 8) & 255}.${layout(shape).addresses & 255}`;
  const table = `read_csv('${join(folder, 'logins.csv')}', header = true,
    columns = {'account': 'VARCHAR', 'time': 'TIMESTAMP', 'ip': 'VARCHAR', 'port': 'INTEGER'})`;
  const logins = `(select *, 1024 + (port - 1024) // 512 * 512 as block from ${table})`;
  const log = `read_parquet('${join(folder, 'log.parquet')}')`;
  const held = 'l.account, l.time, l.ip, l.port, s.subscriber, s.began, s.ended';
  const exact = (a: string, b: string) =>
    `select ${held} from ${a} l join ${b} s on s.public_ip = l.ip and s.port_low = l.block
      and s.began <= l.time and (s.ended > l.time or s.ended is null)`;
  const asof = (a: string, b: string) =>
    `select l.account, l.time, l.ip, l.port, case when s.ended > l.time or s.ended is null then s.subscriber end, s.began, s.ended
      from ${a} l asof left join ${b} s on s.public_ip = l.ip and s.port_low = l.block and s.began <= l.time`;
  const window = `select any_value(l.account), l.time, l.ip, l.port, count(distinct s.subscriber), min(s.subscriber), min(s.began), min(s.ended)
    from (select *, row_number() over () as n from ${logins}) l join ${log} s on s.public_ip = l.ip and s.port_low = l.block
      and s.began <= l.time + interval ${TOLERANCE} seconds and (s.ended > l.time - interval ${TOLERANCE} seconds or s.ended is null)
    group by l.n, l.time, l.ip, l.port`;
  const cold = exact(`(select * from ${logins} where ip <> '${busy}')`, log);
  const hotLog = `(select * from ${log} where public_ip = '${busy}')`;
  const hotLogins = `(select * from ${logins} where ip = '${busy}')`;
  const hours = `select ${held} from (select *, epoch(time) // 3600 as hour from ${hotLogins}) l
    join (select *, unnest(range(epoch(began)::bigint // 3600, epoch(coalesce(ended, began + interval 1 day))::bigint // 3600 + 1)) as hour from ${hotLog}) s
      on s.port_low = l.block and s.hour = l.hour and s.began <= l.time and (s.ended > l.time or s.ended is null)`;
  const plans: Record<string, string> = shape.hot
    ? {
        'ASOF join': asof(logins, log),
        'hash join, hot by hours': `${cold} union all ${hours}`,
        'hash join, hot by ASOF': `${cold} union all ${asof(hotLogins, hotLog)}`,
      }
    : { 'hash join': exact(logins, log), 'hash join, with tolerance': window, 'ASOF join': asof(logins, log) };
  return {
    async run() {
      const took: Record<string, number> = {};
      for (const [name, sql] of Object.entries(plans)) {
        const instance = await DuckDBInstance.create(':memory:', {
          threads: '2',
          memory_limit: '4GiB',
          temp_directory: join(folder, 'spill'),
        });
        const connection = await instance.connect();
        const began = performance.now();
        await connection.run(`copy (${sql}) to '${join(folder, 'plain.csv')}' (header)`);
        took[name] = (performance.now() - began) / 1000;
        connection.closeSync();
        instance.closeSync();
      }
      return took;
    },
  };
}
