/**
 * The statements that answer many questions in ClickHouse: the log joined to the questions.
 *
 * The log stands on the left, so that the questions are what is held in memory; `GLOBAL` sends them to every shard, where
 * the join is done. On one node it means nothing. The questions travel in the statement as one text: an account that may
 * only read can neither make a table nor use a function that takes data.
 */
import { CANDIDATES_SHOWN } from './answer.ts';
import type { Table } from './clickhouse-table.ts';
import { classSql, slotSql } from './fitting-sql.ts';
import { WHOLE_PORTS } from './log.ts';

/** One place to look for a question: a network and, where blocks are part of the join, a block. Times in microseconds. */
export type Key = {
  n: number;
  low: string;
  high: string;
  /** -1 where the block is the whole address and no ports are stated. */
  portLow: number;
  portHigh: number;
  /** -1 where no port is known. */
  port: number;
  time: number;
  lo: number;
  hi: number;
  /** Only with `hot`. */
  bits?: number;
  slot?: bigint;
};

export type Join = {
  /** Whether blocks are part of the join; otherwise ports are compared after it. */
  blocked: boolean;
  /** Whether slots of time are. */
  hot: boolean;
};

export function keyText({ n, low, high, portLow, portHigh, port, time, lo, hi, bits, slot }: Key): string {
  const when = bits === undefined ? '' : `,${bits},${slot}`;
  return `${n},${low},${high === low ? '' : high},${portLow},${portHigh},${port},${time},${time - lo},${hi - time}${when}`;
}

const divide = (value: string, by: string) => `intDiv(${value}, ${by})`;

function joined({ name, of }: Table, keys: readonly string[], { blocked, hot }: Join, where: string): string {
  const bits = `toInt32(${classSql(of.began, of.ended)})`;
  const on = [
    `${of.low} = k.low`,
    ...(blocked ? [`${of.portLow} = k.port_low`] : []),
    ...(hot ? [`${bits} = k.bits`, `toInt64(${slotSql(of.began, bits, divide)}) = k.slot`] : []),
  ];
  const port = blocked
    ? `${of.portHigh} = k.port_high`
    : `(k.port < 0 OR ${of.portLow} = -1 OR k.port BETWEEN ${of.portLow} AND ${of.portHigh})`;
  return `FROM ${name} AS r
    GLOBAL INNER JOIN (
      SELECT toUInt32(p[1]) AS n, toIPv6(p[2]) AS low, ifNull(toIPv6OrNull(p[3]), low) AS high, toInt32(p[4]) AS port_low,
        toInt32(p[5]) AS port_high, toInt32(p[6]) AS port, toInt64(p[7]) AS time, time - toInt64(p[8]) AS lo, time + toInt64(p[9]) AS hi${
          hot ? ', toInt32(p[10]) AS bits, toInt64(p[11]) AS slot' : ''
        }
      FROM (SELECT splitByChar(',', arrayJoin(splitByChar(';', '${keys.join(';')}'))) AS p)
    ) AS k ON ${on.join(' AND ')}
    WHERE ${where} AND ${of.began} <= k.hi AND (isNull(${of.ended}) OR ${of.ended} > k.lo) AND ${port} AND ${of.high} = k.high`;
}

/** What `leaseOf` reads, after the question's number. */
export function leaseColumns({ of }: Table): string {
  return [
    of.low, of.high, of.portLow, of.portHigh, `toString(${of.began})`, `toString(${of.ended})`, of.stored, of.row,
  ].join(', '); // biome-ignore format: one row
}

/** Every row that fits, with the number of its question. `where` narrows the log. */
export function fittingStatement(table: Table, keys: readonly string[], join: Join, where = 'true'): string {
  return `SELECT k.n, ${leaseColumns(table)} ${joined(table, keys, join, where)}`;
}

/**
 * The same added up, for questions that many leases fit: columns `n, leases, subscribers, at_time, unnamed, blocks,
 * candidates, nearest`.
 */
export function countingStatement(table: Table, keys: readonly string[], join: Join, where = 'true'): string {
  const { of } = table;
  const atTime = `${of.began} <= k.time AND (isNull(${of.ended}) OR ${of.ended} > k.time)`;
  const far = `multiIf(k.time < ${of.began}, ${of.began} - k.time, k.time >= ifNull(${of.ended}, k.time + 1), k.time - ifNull(${of.ended}, 0) + 1, 0)`;
  return `SELECT k.n AS n, toString(count()) AS leases, toString(uniqExact(${of.subscriber})) AS subscribers,
      toString(uniqExactIf(${of.subscriber}, ${atTime})) AS at_time, max(isNull(${of.subscriber})) AS unnamed,
      max(${of.portLow} >= 0 AND ${of.portHigh} - ${of.portLow} + 1 < ${WHOLE_PORTS}) AS blocks,
      arraySlice(arraySort(arrayFilter(one -> one != '', groupUniqArray(ifNull(${of.subscriber}, '')))), 1, ${CANDIDATES_SHOWN}) AS candidates,
      min(tuple(${far}, ${of.began}, ifNull(${of.ended}, toInt64(9223372036854775807)), ${of.portLow}, ${of.portHigh},
        ifNull(${of.subscriber}, ''), ${of.low}, ${of.high}, ${of.row})) AS nearest
    ${joined(table, keys, join, `${where} AND ${of.isLease}`)}
    GROUP BY k.n`;
}
