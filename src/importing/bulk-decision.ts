/**
 * The scope as SQL, for rows the engine reads: the same decision as `covers()`, which a property test holds it to.
 *
 * Which items name a row's subjects is a set of bits. For addresses it is found once for each distinct address by the
 * same function that decides single rows, so that prefixes and spellings mean the same on both ways.
 */

import type { BulkTable } from '../formats/reading/bulk.ts';
import { address, names, writtenForms } from '../record/identifier.ts';
import type { Item, Scope, SealingReason } from '../scope/scope.ts';
import { type Engine, named, quoted } from '../store/engine.ts';
import type { ContentKey } from './parts.ts';
import { contentSql } from './segment-view.ts';

function bits(items: Item[], holds: (item: Item) => boolean): bigint {
  return items.reduce((sum, item, index) => (holds(item) ? sum | (1n << BigInt(index)) : sum), 0n);
}

/** Addresses met so far: whether the text is canonical, and which items name it. */
export class Addresses {
  readonly #engine: Engine;
  readonly #scope: Scope;

  private constructor(engine: Engine, scope: Scope) {
    this.#engine = engine;
    this.#scope = scope;
  }

  static async open(engine: Engine, scope: Scope): Promise<Addresses> {
    await engine.run('create or replace temp table addresses (address varchar, canonical boolean, named_items bigint)');
    return new Addresses(engine, scope);
  }

  async learn(bulk: BulkTable): Promise<void> {
    for (const [index, { type }] of bulk.subjects.entries()) {
      if (type !== 'ip') continue;
      const met = await this.#engine.rows<{ address: string | null }>(
        `select distinct ${named(`subject ${index}`)} as address from staged
          anti join addresses on ${named(`subject ${index}`)} = addresses.address where exact`,
      );
      const texts = met.map((row) => row.address ?? '');
      await this.#engine.append('addresses', [
        texts,
        texts.map((text) => address(text) === text),
        texts.map((text) => bits(this.#scope.items, (item) => names(item.target, { type: 'ip', value: text, text }))),
      ]);
    }
  }
}

/** Rows the engine did not read letter by letter; the format reads them. */
export const INEXACT = 0;
const DUPLICATE = 1;
const REASONS: SealingReason[] = [
  'another account',
  'category not covered',
  'outside the range',
  'straddles the range',
];
const FIRST_REASON = 2;
const FIRST_ITEM = FIRST_REASON + REASONS.length;

export class BulkDecision {
  readonly sealedCodes = REASONS.map((_, index) => FIRST_REASON + index);
  readonly itemCodes: number[];
  readonly #scope: Scope;
  readonly #bulk: BulkTable;

  constructor(scope: Scope, bulk: BulkTable) {
    this.#scope = scope;
    this.#bulk = bulk;
    this.itemCodes = scope.items.map((_, index) => FIRST_ITEM + index);
  }

  /** What an outcome's code means. */
  outcome(code: number): { item: string } | { reason: SealingReason | 'inexact' | 'duplicate' } {
    if (code === INEXACT) return { reason: 'inexact' };
    if (code === DUPLICATE) return { reason: 'duplicate' };
    if (code < FIRST_ITEM) return { reason: REASONS[code - FIRST_REASON]! };
    return { item: this.#scope.items[code - FIRST_ITEM]!.id };
  }

  itemSql(): string {
    return `case outcome ${this.#scope.items.map((item, index) => `when ${FIRST_ITEM + index} then ${quoted(item.id)}`).join(' ')} end`;
  }

  reasonSql(): string {
    return `case outcome ${REASONS.map((reason, index) => `when ${FIRST_REASON + index} then ${quoted(reason)}`).join(' ')} end`;
  }

  /** SQL giving every staged row its number from 0 and the code of its outcome, in the order of the rows. */
  sql(compare: boolean, format: string, key: ContentKey): string {
    const ip = this.#bulk.subjects.findIndex(({ type }) => type === 'ip');
    const join = ip < 0 ? '' : `left join addresses on addresses.address = staged.${named(`subject ${ip}`)}`;
    const readable = ip < 0 ? 'exact' : 'exact and coalesce(addresses.canonical, false)';
    const known = compare
      ? `left join (select distinct content as seen from known_contents) on ${contentSql(this.#bulk, format, key)} = seen`
      : '';
    return `
      select staged_row, (case when not readable then ${INEXACT} ${this.#cases(compare)} end)::utinyint as outcome
      from (
        select staged.rowid as staged_row, began, ended, ${readable} as readable, ${this.#namedItems(ip >= 0)} as named_items${compare ? ', seen' : ''}
        from staged ${join} ${known}
      ) order by staged_row`;
  }

  #namedItems(withAddress: boolean): string {
    const parts = this.#bulk.subjects
      .flatMap(({ type }, subject) => (type === 'untyped' ? [named(`subject ${subject}`)] : []))
      .flatMap((column) =>
        this.#scope.items.map((item, index) => {
          const forms = writtenForms(item.target).map(quoted).join(', ');
          return `(case when ${column} in (${forms}) then ${1n << BigInt(index)}::bigint else 0::bigint end)`;
        }),
      );
    if (withAddress) parts.push('coalesce(addresses.named_items, 0::bigint)');
    return parts.length === 0 ? '0::bigint' : parts.join(' | ');
  }

  #cases(compare: boolean): string {
    const { items } = this.#scope;
    const fitting = bits(items, (item) => item.categories.includes(this.#bulk.category));
    const each = (rule: (item: Item, low: string, high: string, index: number) => string) =>
      items
        .map((item, index) => {
          if (!item.categories.includes(this.#bulk.category)) return '';
          const [low, high] = [`make_timestamp(${item.range.began})`, `make_timestamp(${item.range.ended})`];
          return `when (named_items & ${1n << BigInt(index)}::bigint) <> 0 and ${rule(item, low, high, index)}`;
        })
        .join('\n');
    const inside = each((_, low, high, index) => {
      const point = `(ended is null or ended <= began) and began >= ${low} and began < ${high}`;
      const span = `ended > began and began >= ${low} and ended <= ${high}`;
      const outcome = compare
        ? `(case when seen is not null then ${DUPLICATE} else ${FIRST_ITEM + index} end)`
        : FIRST_ITEM + index;
      return `((${point}) or (${span})) then ${outcome}`;
    });
    const straddles = each(
      (_, low, high) =>
        `ended > began and ${low} < ended and began < ${high} then ${this.#reason('straddles the range')}`,
    );
    return `when named_items = 0 then ${this.#reason('another account')}
      when (named_items & ${fitting}::bigint) = 0 then ${this.#reason('category not covered')}
      ${inside}
      ${straddles}
      else ${this.#reason('outside the range')}`;
  }

  #reason(reason: SealingReason): number {
    return FIRST_REASON + REASONS.indexOf(reason);
  }
}
