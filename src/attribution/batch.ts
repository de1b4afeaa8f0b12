/**
 * A table of logins answered row by row: the table as it stood, and beside each row who held its address.
 *
 * Every row is answered once, in its place. What cannot be asked is said so, with its reason, and counted.
 */
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { Problem } from '../base/problem.ts';
import { type AnswerWord, answerFor, REASONS, type Reason } from './answer.ts';
import { CellWriter } from './cells.ts';
import type { Answerer, Replies } from './log.ts';
import {
  type LoginChunk,
  LoginTable,
  NOT_ASKED,
  type NotAsked,
  type TableForm,
  UNREADABLE,
  type Unreadable,
} from './login-table.ts';
import { microsOf } from './question.ts';

/** Columns that are added, in this order. */
export const ADDED = [
  'answer', 'reason', 'held_by', 'subscribers', 'candidates', 'lease_network', 'lease_port_low', 'lease_port_high',
  'lease_began', 'lease_ended', 'lease_row',
] as const; // biome-ignore format: a list reads better as one

export type BatchReceipt = {
  /** Rows of the table without its header: the sum of `answers`. */
  rows: number;
  answers: Record<AnswerWord | 'unreadable', number>;
  reasons: Partial<Record<Reason | Unreadable, number>>;
  /** The first rows that could not be asked; the header is row 1. All of them are in the table that was written. */
  notAsked: { row: number; reason: NotAsked }[];
  sha256: { asked: string; answered: string };
};

const LISTED = 1000;

export type BatchOptions = TableForm & { toleranceSeconds: number };

/** `out` is a file that appears when it is whole, or takes bytes as they come. */
export async function answerTable(
  source: Answerer,
  table: string | AsyncIterable<Uint8Array>,
  out: string | ((bytes: Uint8Array) => void | Promise<void>),
  options: BatchOptions,
): Promise<BatchReceipt> {
  if (!(options.toleranceSeconds >= 0 && options.toleranceSeconds <= 86_400)) {
    throw new Problem('attribution/time-range', 'A tolerance is from 0 to 86400 seconds. Nothing was looked up.');
  }
  if (typeof out !== 'string') return answerInto(source, table, out, options);
  const part = `${out}.part`;
  const file = openSync(part, 'w', 0o600);
  try {
    const receipt = await answerInto(source, table, (bytes) => writeAll(file, bytes), options);
    renameSync(part, out);
    return receipt;
  } finally {
    closeSync(file);
    rmSync(part, { force: true });
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

async function answerInto(
  source: Answerer,
  table: string | AsyncIterable<Uint8Array>,
  sink: (bytes: Uint8Array) => void | Promise<void>,
  options: BatchOptions,
): Promise<BatchReceipt> {
  const logins = new LoginTable(table, options);
  const header = await logins.header();
  refuseTaken(header.bytes);
  const delimiter = (options.delimiter ?? ',').charCodeAt(0);
  const cells = new CellWriter(delimiter, sink);
  const lineEnd = Buffer.from(header.isCrlf ? '\r\n' : '\n');
  cells.raw(header.bytes);
  for (const name of ADDED) {
    cells.next();
    cells.text(name);
  }
  cells.raw(lineEnd);
  const counts = new Counts();
  const tolerance = microsOf(options.toleranceSeconds, source.clockErrorSeconds);
  for (let chunk = await logins.chunk(tolerance); chunk; chunk = await logins.chunk(tolerance)) {
    const replies = await source.many(chunk.asked);
    for (let index = 0; index < chunk.asked.count; index++) {
      const why = NOT_ASKED[chunk.notAsked[index]!]!;
      const said = counts.add(chunk.firstRow + index, why ?? replies.reason(index), why !== null);
      putRow(cells, chunk, index, header.columns, said, replies);
      cells.raw(lineEnd);
      if (cells.full) await cells.flush();
    }
  }
  await cells.flush();
  return counts.receipt({ asked: logins.digest(), answered: cells.digest() });
}

function refuseTaken(header: Buffer): void {
  const names = header
    .toString('utf8')
    .split(/[,;\t|]/)
    .map((name) => name.replaceAll('"', '').trim().toLowerCase());
  const taken = ADDED.find((name) => names.includes(name));
  if (taken) {
    throw new Problem(
      'attribution/columns',
      `The table has a column ${taken} already, which is one that is added. Nothing was looked up. Rename it.`,
      { column: taken },
    );
  }
}

function putRow(
  cells: CellWriter,
  { bytes, starts, ends, notAsked }: LoginChunk,
  index: number,
  columns: number,
  said: Said,
  replies: Replies,
): void {
  const why = notAsked[index]!;
  if (why === 1) {
    // Not a row of this table: its text goes into the first column, so that the others stay in their places.
    cells.bytes(bytes, starts[index]!, ends[index]!);
    for (let column = 1; column < columns; column++) cells.next();
  } else cells.raw(bytes, starts[index]!, ends[index]!);
  cells.next();
  cells.raw(said.answerBytes);
  cells.next();
  cells.raw(said.reasonBytes);
  cells.next();
  const { nearest } = replies;
  if (said.isOne) nearest.name(index, cells);
  cells.next();
  if (why === 0) cells.whole(replies.subscribers[index]!);
  cells.next();
  if (why === 0 && !said.isOne && replies.subscribers[index]! > 0)
    cells.text(JSON.stringify(replies.candidates(index)));
  cells.next();
  if (!said.isOne) {
    for (let column = 0; column < 5; column++) cells.next();
    return;
  }
  nearest.network(index, cells);
  cells.next();
  const ports = nearest.ports(index);
  const [low, high] = [ports >>> 16, ports & 0xffff];
  if (low <= high) cells.whole(low);
  cells.next();
  if (low <= high) cells.whole(high);
  cells.next();
  cells.time(nearest.began(index));
  cells.next();
  const ended = nearest.ended(index);
  if (ended > Number.MAX_SAFE_INTEGER && ended !== Infinity) cells.exactTime(nearest.exactEnd(index));
  else if (ended !== Infinity) cells.time(ended);
  cells.next();
  nearest.row(index, cells);
}

function isUnreadable(reason: Reason | Unreadable): reason is Unreadable {
  return Object.hasOwn(UNREADABLE, reason);
}

/** A reason with its answer as they are written, and how often it was given. No word holds a delimiter. */
type Said = { answerBytes: Buffer; reasonBytes: Buffer; isOne: boolean; count: number };

class Counts {
  #rows = 0;
  readonly #said = new Map(
    ([...Object.keys(REASONS), ...Object.keys(UNREADABLE)] as (Reason | Unreadable)[]).map((reason): [string, Said] => {
      const answer = isUnreadable(reason) ? 'unreadable' : answerFor(reason);
      return [
        reason,
        { answerBytes: Buffer.from(answer), reasonBytes: Buffer.from(reason), isOne: answer === 'one', count: 0 },
      ];
    }),
  );
  readonly #notAsked: BatchReceipt['notAsked'] = [];

  add(row: number, reason: Reason | Unreadable, notAsked: boolean): Said {
    const said = this.#said.get(reason)!;
    this.#rows += 1;
    said.count += 1;
    if (notAsked && this.#notAsked.length < LISTED) this.#notAsked.push({ row, reason: reason as NotAsked });
    return said;
  }

  receipt(sha256: BatchReceipt['sha256']): BatchReceipt {
    const given = [...this.#said].filter(([, { count }]) => count > 0);
    const answers = { one: 0, several: 0, none: 0, 'cannot tell': 0, unreadable: 0 };
    for (const [, { answerBytes, count }] of given) answers[answerBytes.toString() as keyof typeof answers] += count;
    const reasons = Object.fromEntries(given.map(([reason, { count }]) => [reason, count]));
    return { rows: this.#rows, answers, reasons, notAsked: this.#notAsked, sha256 };
  }
}
