/**
 * A table of logins answered row by row: the table as it stood, and beside each row who held its address.
 *
 * Every row is answered once, in its place. What cannot be asked is said so, with its reason, and counted.
 */
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { Problem } from '../base/problem.ts';
import { answerRows, type BatchReceipt, lineEnd, ReasonCounts, type RowForm } from './answer-rows.ts';
import { CellWriter } from './cells.ts';
import type { Answerer } from './log.ts';
import { RowReader } from './login-rows.ts';
import { LoginTable, type TableForm } from './login-table.ts';
import { microsOf } from './question.ts';

/** Columns that are added, in this order. */
export const ADDED = [
  'answer', 'reason', 'held_by', 'subscribers', 'candidates', 'lease_network', 'lease_port_low', 'lease_port_high',
  'lease_began', 'lease_ended', 'lease_row',
] as const; // biome-ignore format: a list reads better as one

/** From so many bytes on, two threads share them. */
const SHARED_BYTES = 4 << 20;

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
  const { bytes, isCrlf, plan } = await logins.header(microsOf(options.toleranceSeconds, source.clockErrorSeconds));
  refuseTaken(bytes);
  const cells = new CellWriter(plan.delimiter, sink);
  cells.raw(bytes);
  for (const name of ADDED) {
    cells.next();
    cells.text(name);
  }
  cells.raw(lineEnd(isCrlf));
  await cells.flush();
  const form: RowForm = { plan, isCrlf };
  const reader = new RowReader(plan);
  const counts = new ReasonCounts();
  let row = 2;
  for (let block = await logins.block(); block; block = await logins.block()) {
    const middle = block.isPlain && block.bytes.length >= SHARED_BYTES ? middleOf(block.bytes) : 0;
    const helper = middle > 0 ? source.helper?.() : undefined;
    const own = helper ? block.bytes.subarray(0, middle) : block.bytes;
    const helped = helper?.rows(block.bytes.subarray(middle), form);
    // A helper that fails while this thread still answers is heard below.
    helped?.catch(() => {});
    const { chunk, taken } = reader.read(own, block.ended || block.isPlain, row);
    await answerRows(source, chunk, form, cells, counts);
    row += chunk.asked.count;
    if (!helped) logins.keep(own.subarray(taken));
    else {
      const { parts, told, rows } = await helped;
      for (const part of parts) await cells.pass(part);
      counts.join(told, row);
      row += rows;
    }
  }
  return { ...counts.receipt, sha256: { asked: logins.digest(), answered: cells.digest() } };
}

/** The start of the line that follows the middle. */
function middleOf(bytes: Buffer): number {
  return bytes.indexOf(10, bytes.length >> 1) + 1;
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
