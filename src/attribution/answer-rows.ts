/** Rows of a table with their answers beside them, and how often each reason was given. */
import { type AnswerWord, answerFor, REASONS, type Reason } from './answer.ts';
import type { CellWriter } from './cells.ts';
import type { Answerer, Replies } from './log.ts';
import { type LoginChunk, NOT_ASKED, type NotAsked, type RowPlan, UNREADABLE, type Unreadable } from './login-rows.ts';

/** What is the same for all rows of a table. */
export type RowForm = { plan: RowPlan; isCrlf: boolean };

export function lineEnd(isCrlf: boolean): Buffer {
  return Buffer.from(isCrlf ? '\r\n' : '\n');
}

/** Answers the rows of a chunk and writes them in their order. */
export async function answerRows(
  source: Pick<Answerer, 'many'>,
  chunk: LoginChunk,
  { plan, isCrlf }: RowForm,
  cells: CellWriter,
  counts: ReasonCounts,
): Promise<void> {
  const replies = await source.many(chunk.asked);
  const delimiter = String.fromCharCode(plan.delimiter);
  const [end, empty] = [lineEnd(isCrlf), Buffer.from(delimiter.repeat(6))];
  const heads = new Map<Said, Buffer>();
  for (let index = 0; index < chunk.asked.count; index++) {
    const number = chunk.notAsked[index]!;
    const why = NOT_ASKED[number]!;
    const said = counts.add(chunk.firstRow + index, why ?? replies.reason(index), why !== null);
    putStored(cells, chunk, index, plan.columns);
    let head = heads.get(said);
    if (!head) {
      head = Buffer.from(`${delimiter}${said.answer}${delimiter}${said.reason}${delimiter}`);
      heads.set(said, head);
    }
    cells.raw(head);
    if (said.answer === 'one') putLease(cells, index, replies);
    else {
      cells.next();
      if (number === 0) putCandidates(cells, index, replies);
      else cells.next();
      cells.raw(empty);
    }
    cells.raw(end);
    if (cells.full) await cells.flush();
  }
  await cells.flush();
}

/** The row as it stands in the table. */
function putStored(
  cells: CellWriter,
  { bytes, starts, ends, notAsked }: LoginChunk,
  index: number,
  columns: number,
): void {
  if (notAsked[index] !== 1) cells.raw(bytes, starts[index]!, ends[index]!);
  else {
    // Not a row of this table: its text goes into the first column, so that the others stay in their places.
    cells.bytes(bytes, starts[index]!, ends[index]!);
    for (let column = 1; column < columns; column++) cells.next();
  }
}

function putCandidates(cells: CellWriter, index: number, replies: Replies): void {
  const subscribers = replies.subscribers(index);
  cells.whole(subscribers);
  cells.next();
  if (subscribers > 0) replies.putCandidates(index, cells);
}

function putLease(cells: CellWriter, index: number, { nearest, subscribers }: Replies): void {
  nearest.name(index, cells);
  cells.next();
  cells.whole(subscribers(index));
  cells.next();
  cells.next();
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
  if (ended <= Number.MAX_SAFE_INTEGER) cells.time(ended);
  else if (ended !== Infinity) cells.exactTime(nearest.exactEnd(index));
  cells.next();
  nearest.row(index, cells);
}

function isUnreadable(reason: Reason | Unreadable): reason is Unreadable {
  return Object.hasOwn(UNREADABLE, reason);
}

/** A reason with its answer, and how often it was given. No word holds a delimiter. */
type Said = { answer: AnswerWord | 'unreadable'; reason: Reason | Unreadable; count: number };

export class ReasonCounts {
  readonly #said = new Map(
    ([...Object.keys(REASONS), ...Object.keys(UNREADABLE)] as (Reason | Unreadable)[]).map((reason): [string, Said] => [
      reason,
      { answer: isUnreadable(reason) ? 'unreadable' : answerFor(reason), reason, count: 0 },
    ]),
  );
  readonly #notAsked: BatchReceipt['notAsked'] = [];

  add(row: number, reason: Reason | Unreadable, notAsked: boolean): Said {
    const said = this.#said.get(reason)!;
    said.count += 1;
    if (notAsked && this.#notAsked.length < LISTED) this.#notAsked.push({ row, reason: reason as NotAsked });
    return said;
  }

  /** The counts as they can be sent to another thread. */
  get told(): CountsTold {
    const reasons = [...this.#said].flatMap(([reason, { count }]): [string, number][] =>
      count > 0 ? [[reason, count]] : [],
    );
    return { reasons, notAsked: this.#notAsked };
  }

  /** Adds the counts of rows that come after those counted so far; their first row is `first`, and was counted as 0. */
  join({ reasons, notAsked }: CountsTold, first: number): void {
    for (const [reason, count] of reasons) this.#said.get(reason)!.count += count;
    for (const { row, reason } of notAsked.slice(0, LISTED - this.#notAsked.length)) {
      this.#notAsked.push({ row: row + first, reason });
    }
  }

  get receipt(): Omit<BatchReceipt, 'sha256'> {
    const answers = { one: 0, several: 0, none: 0, 'cannot tell': 0, unreadable: 0 };
    let rows = 0;
    for (const { answer, count } of this.#said.values()) {
      answers[answer] += count;
      rows += count;
    }
    const { reasons, notAsked } = this.told;
    return { rows, answers, reasons: Object.fromEntries(reasons), notAsked };
  }
}

export type CountsTold = { reasons: [string, number][]; notAsked: BatchReceipt['notAsked'] };

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
