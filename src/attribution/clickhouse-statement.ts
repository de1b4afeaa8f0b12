/**
 * The statement that answers many questions in ClickHouse: the log joined to the questions, added up by question.
 *
 * The log stands on the left, so that the questions are what is held in memory; `GLOBAL` sends them to every shard, where
 * the join and the adding up are done. On one node it means nothing. The questions travel in the statement as one text:
 * an account that may only read can neither make a table nor use one that takes data.
 */
import { CANDIDATES_SHOWN } from './answer.ts';
import type { Table } from './clickhouse-table.ts';
import { classSql, slotSql } from './fitting-sql.ts';
import { WHOLE_PORTS } from './log.ts';

/** One place to look for a question: a network and a block that occur. Times in microseconds. */
export type Key = {
  n: number;
  low: string;
  high: string;
  /** `low * 65536 + high`, `WHOLE` where none is stated; of no meaning unless `blocked`. */
  block: number;
  /** -1 where no port is known. */
  port: number;
  time: number;
  lo: number;
  hi: number;
  /** Only with `hot`. */
  bits?: number;
  slot?: bigint;
};

export const WHOLE = -1;

export type Join = {
  /** Whether blocks are part of the join; otherwise ports are compared after it. */
  blocked: boolean;
  /** Whether slots of time are. */
  hot: boolean;
};

export function keyText({ n, low, high, block, port, time, lo, hi, bits, slot }: Key): string {
  const when = bits === undefined ? '' : `,${bits},${slot}`;
  return `${n},${low},${high === low ? '' : high},${block},${port},${time},${time - lo},${hi - time}${when}`;
}

const divide = (value: string, by: string) => `intDiv(${value}, ${by})`;

/** Columns `n, leases, subscribers, at_time, unnamed, blocks, candidates, nearest`. `where` narrows the log. */
export function statement(
  { name, of }: Table,
  keys: readonly string[],
  { blocked, hot }: Join,
  where = 'true',
): string {
  const holds = (from: string, to: string) => `${of.began} <= ${to} AND (isNull(${of.ended}) OR ${of.ended} > ${from})`;
  const bits = `toInt32(${classSql(of.began, of.ended)})`;
  const on = [
    `${of.low} = k.low`,
    `${of.high} = k.high`,
    ...(blocked
      ? [`if(${of.portLow} = -1, toInt64(${WHOLE}), toInt64(${of.portLow}) * 65536 + ${of.portHigh}) = k.block`]
      : []),
    ...(hot ? [`${bits} = k.bits`, `toInt64(${slotSql(of.began, bits, divide)}) = k.slot`] : []),
  ];
  const port = blocked
    ? ''
    : `AND (k.port < 0 OR ${of.portLow} = -1 OR k.port BETWEEN ${of.portLow} AND ${of.portHigh})`;
  return `SELECT k.n AS n, count() AS leases, uniqExact(${of.subscriber}) AS subscribers,
      uniqExactIf(${of.subscriber}, ${holds('k.time', 'k.time')}) AS at_time, max(isNull(${of.subscriber})) AS unnamed,
      max(${of.portLow} >= 0 AND ${of.portHigh} - ${of.portLow} + 1 < ${WHOLE_PORTS}) AS blocks,
      arraySlice(arraySort(arrayFilter(one -> one != '', groupUniqArray(ifNull(${of.subscriber}, '')))), 1, ${CANDIDATES_SHOWN}) AS candidates,
      min(tuple(
        multiIf(k.time < ${of.began}, ${of.began} - k.time, k.time >= ifNull(${of.ended}, k.time + 1), k.time - ifNull(${of.ended}, 0) + 1, 0),
        ${of.began}, ifNull(${of.ended}, toInt64(9223372036854775807)), ${of.portLow}, ${of.portHigh}, ifNull(${of.subscriber}, ''),
        ${of.low}, ${of.high}, ${of.row})) AS nearest
    FROM ${name} AS r
    GLOBAL INNER JOIN (
      SELECT toUInt32(p[1]) AS n, toIPv6(p[2]) AS low, ifNull(toIPv6OrNull(p[3]), low) AS high, toInt64(p[4]) AS block,
        toInt32(p[5]) AS port, toInt64(p[6]) AS time, time - toInt64(p[7]) AS lo, time + toInt64(p[8]) AS hi${
          hot ? ', toInt32(p[9]) AS bits, toInt64(p[10]) AS slot' : ''
        }
      FROM (SELECT splitByChar(',', arrayJoin(splitByChar(';', '${keys.join(';')}'))) AS p)
    ) AS k ON ${on.join(' AND ')}
    WHERE ${where} AND ${of.isLease} AND ${holds('k.lo', 'k.hi')} ${port}
    GROUP BY k.n`;
}
