/**
 * Who held this address: opens a declared source and answers, one question at a time or a table of them.
 *
 * It says whose lease it was, by which row, and within which tolerance; and it says when it cannot tell, and why.
 */
import type { ClickHouseClient } from '@clickhouse/client';
import type { LeaseSource, LeaseTable } from '../source/leases.ts';
import { type Answer, answerFor } from './answer.ts';
import type { BatchReceipt } from './answer-rows.ts';
import { answerTable, type BatchOptions } from './batch.ts';
import { openClickHouse } from './clickhouse-log.ts';
import type { Coverage } from './coverage.ts';
import { deterministicAnswers } from './deterministic-answers.ts';
import { groundOf } from './ground.ts';
import { type Helper, type HelperPlace, startHelper } from './helper.ts';
import { openIndex } from './index-open.ts';
import type { Answerer, Basis } from './log.ts';
import { answererOn } from './log-answers.ts';
import { openParquet } from './parquet-log.ts';
import { askedOf, type Question } from './question.ts';

export type AttributionOptions = {
  /** The declaration's folder: files are named from there. */
  folder: string;
  /** On a memory file system; for Parquet that is asked without an index. */
  memoryFolder?: string | undefined;
  /** Where the index is or would be. Without it, or where there is none, Parquet is asked as it stands. */
  index?: string | undefined;
  /** Compares every byte of the source and of the index with what was built, not sizes and ends only. */
  wholeCheck?: boolean | undefined;
  /** For a log in ClickHouse. It stays the caller's to close. */
  client?: ClickHouseClient | undefined;
  /** The time now, which settles a coverage without end. */
  now: bigint;
};

export type Attribution = {
  one(question: Question): Promise<Answer>;
  /** A table of logins as a file or as bytes; the answers go to a file, which appears when it is whole, or to a sink. */
  batch(
    table: string | AsyncIterable<Uint8Array>,
    out: string | ((bytes: Uint8Array) => void | Promise<void>),
    options: BatchOptions,
  ): Promise<BatchReceipt>;
  /** For when the log is complete; null where nothing is declared, and for a translator, whose settings say it. */
  coverage: Coverage;
  basis: Basis;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Throws what `openIndex`, `openParquet` and `openClickHouse` throw, and `attribution/translator`. */
export async function openAttribution(source: LeaseSource, options: AttributionOptions): Promise<Attribution> {
  if (source.engine !== 'deterministic') {
    return attributionOn(await openTable(source, options), groundOf(source, options.now).coverage);
  }
  const inside = source.inside ? await openTable(source.inside, options) : null;
  try {
    return attributionOn(deterministicAnswers(source.translators, source.clockErrorSeconds, inside), null);
  } catch (error) {
    await inside?.[Symbol.asyncDispose]();
    throw error;
  }
}

async function openTable(source: LeaseTable, options: AttributionOptions): Promise<Answerer> {
  const ground = groundOf(source, options.now);
  if (source.engine === 'clickhouse')
    return answererOn(await openClickHouse(source, needed(options.client, 'a client')), ground);
  const { folder, index, wholeCheck: whole } = options;
  const indexed = index === undefined ? null : await openIndex(source, { folder, index, ...(whole ? { whole } : {}) });
  if (indexed) return helped(answererOn(indexed, ground), { source, folder, index: index!, now: options.now });
  const memoryFolder = needed(options.memoryFolder, 'a memory folder');
  return answererOn(await openParquet(source, { folder, memoryFolder }), ground);
}

/** With a second thread, started when a large table first needs it. */
function helped(source: Answerer, place: HelperPlace): Answerer {
  let helper: Helper | null = null;
  return {
    ...source,
    helper() {
      helper ??= startHelper(place);
      return helper;
    },
    async [Symbol.asyncDispose]() {
      await helper?.[Symbol.asyncDispose]();
      await source[Symbol.asyncDispose]();
    },
  };
}

function needed<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new TypeError(`an attribution over this source needs ${what}`);
  return value;
}

function attributionOn(source: Answerer, coverage: Coverage): Attribution {
  return {
    coverage,
    basis: source.basis,
    async one(question) {
      const asked = askedOf([question], source.clockErrorSeconds);
      const { reason, leases, subscribers, candidates, shown } = await source.one(asked);
      const answer = answerFor(reason);
      return {
        answer,
        reason,
        subscriber: answer === 'one' ? candidates[0]! : null,
        subscribers,
        candidates,
        leases,
        shown,
        looked: { began: BigInt(asked.lo[0]!), ended: BigInt(asked.hi[0]!) },
      };
    },
    batch: (table, out, options) => answerTable(source, table, out, options),
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
}
