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

/** What names a subject: the ways a target is written, and of the addresses met so far those that an item names or
 * that are not written as addresses are: most are neither. */
export class Addresses {
  readonly #engine: Engine;
  readonly #scope: Scope;

  private constructor(engine: Engine, scope: Scope) {
    this.#engine = engine;
    this.#scope = scope;
  }

  static async open(engine: Engine, scope: Scope): Promise<Addresses> {
    await engine.run('create or replace temp table met (address varchar)');
    await engine.run('create or replace temp table addresses (address varchar, canonical boolean, named_items bigint)');
    await engine.run('create or replace temp table forms (form varchar, named_items bigint)');
    const forms = new Map<string, bigint>();
    scope.items.forEach((item, index) => {
      for (const form of writtenForms(item.target)) forms.set(form, (forms.get(form) ?? 0n) | (1n << BigInt(index)));
    });
    await engine.append('forms', [[...forms.keys()], [...forms.values()]]);
    return new Addresses(engine, scope);
  }

  async learn(bulk: BulkTable): Promise<void> {
    for (const [index, { type }] of bulk.subjects.entries()) {
      if (type !== 'ip') continue;
      const column = named(`subject ${index}`);
      const met = await this.#engine.rows<{ address: string }>(
        `select distinct ${column} as address from staged anti join met on ${column} = met.address where exact`,
      );
      const texts = met.map((row) => row.address);
      await this.#engine.append('met', [texts]);
      const noted = texts
        .map((text) => ({
          text,
          canonical: address(text) === text,
          items: bits(this.#scope.items, (item) => names(item.target, { type: 'ip', value: text, text })),
        }))
        .filter(({ canonical, items }) => !canonical || items !== 0n);
      await this.#engine.append('addresses', [
        noted.map(({ text }) => text),
        noted.map(({ canonical }) => canonical),
        noted.map(({ items }) => items),
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

  /** SQL giving every staged row its number from 0 and the code of its outcome. */
  sql(compare: boolean, format: string, key: ContentKey): string {
    const subjects = this.#bulk.subjects.map(({ type }, index) => ({ type, index, column: named(`subject ${index}`) }));
    const ip = subjects.find(({ type }) => type === 'ip');
    const untyped = subjects.filter(({ type }) => type === 'untyped');
    const joins = [
      ...(ip ? [`left join addresses on addresses.address = staged.${ip.column}`] : []),
      ...untyped.map(
        ({ index, column }) => `left join forms as forms_${index} on forms_${index}.form = staged.${column}`,
      ),
      ...(compare
        ? [
            `left join (select distinct content as seen from known_contents) on ${contentSql(this.#bulk, format, key)} = seen`,
          ]
        : []),
    ];
    const items = [
      ...(ip ? ['coalesce(addresses.named_items, 0)'] : []),
      ...untyped.map(({ index }) => `coalesce(forms_${index}.named_items, 0)`),
    ];
    return `
      select staged_row, (case when not readable then ${INEXACT} ${this.#cases(compare)} end)::utinyint as outcome
      from (
        select *, ${this.#itemsWhose((low, high) => inside(low, high))} as covering,
          ${this.#itemsWhose((low, high) => `ended > began and ${low} < ended and began < ${high}`)} as touching
        from (
          select staged.rowid as staged_row, began, ended${compare ? ', seen' : ''},
            ${ip ? 'exact and coalesce(addresses.canonical, true)' : 'exact'} as readable,
            (${items.length === 0 ? '0' : items.join(' | ')})::bigint as named_items
          from staged ${joins.join(' ')}
        )
      )`;
  }

  /** Bits of the items that name the row, include the category, and whose range the rule holds for; equal ranges as one. */
  #itemsWhose(rule: (low: string, high: string) => string): string {
    const ranges = new Map<string, bigint>();
    this.#scope.items.forEach(({ categories, range }, index) => {
      if (!categories.includes(this.#bulk.category)) return;
      const held = rule(`make_timestamp(${range.began})`, `make_timestamp(${range.ended})`);
      ranges.set(held, (ranges.get(held) ?? 0n) | (1n << BigInt(index)));
    });
    const parts = [...ranges].map(
      ([held, mask]) => `(case when ${held} then named_items & ${mask}::bigint else 0::bigint end)`,
    );
    return parts.length === 0 ? '0::bigint' : parts.join(' | ');
  }

  #cases(compare: boolean): string {
    const fitting = bits(this.#scope.items, (item) => item.categories.includes(this.#bulk.category));
    // The first item in their order is the lowest bit.
    const first = `${FIRST_ITEM} + bit_count((covering & -covering) - 1)`;
    return `when named_items = 0 then ${this.#reason('another account')}
      when (named_items & ${fitting}::bigint) = 0 then ${this.#reason('category not covered')}
      when covering <> 0 then ${compare ? `(case when seen is not null then ${DUPLICATE} else ${first} end)` : first}
      when touching <> 0 then ${this.#reason('straddles the range')}
      else ${this.#reason('outside the range')}`;
  }

  #reason(reason: SealingReason): number {
    return FIRST_REASON + REASONS.indexOf(reason);
  }
}

/** A point is inside when its instant is, a span when all of it is: as `encloses` says. */
function inside(low: string, high: string): string {
  return `began >= ${low} and (case when ended > began then ended <= ${high} else began < ${high} end)`;
}
