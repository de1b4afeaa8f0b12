/**
 * The scope as SQL, for rows the engine reads: the same decision as `covers()`, which a property test holds it to.
 *
 * Which items name a row's subjects is a set of bits. For addresses it is found once for each distinct address by the
 * same function that decides single rows, so that prefixes and spellings mean the same on both ways.
 */
import { address, names, writtenForms } from '../record/identifier.ts';
import type { BulkTable } from '../formats/reading/bulk.ts';
import type { Item, Scope } from '../scope/scope.ts';
import { type Engine, named, quoted } from '../store/engine.ts';
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

export class BulkDecision {
  readonly #scope: Scope;
  readonly #bulk: BulkTable;

  constructor(scope: Scope, bulk: BulkTable) {
    this.#scope = scope;
    this.#bulk = bulk;
  }

  /** SQL giving every staged row its source row and its outcome: `item N`, a sealing reason, `duplicate` or `inexact`. */
  sql(firstRow: number, compare: boolean, format: string): string {
    const ip = this.#bulk.subjects.findIndex(({ type }) => type === 'ip');
    const join = ip < 0 ? '' : `left join addresses on addresses.address = staged.${named(`subject ${ip}`)}`;
    const exact = ip < 0 ? 'exact' : 'exact and coalesce(addresses.canonical, false)';
    const content = compare ? `, ${contentSql(this.#bulk, format)} as content` : '';
    const decided = `
      select staged.*, staged.rowid + ${firstRow} as source_row${content},
        ${exact} as readable, ${this.#namedItems(ip >= 0)} as named_items
      from staged ${join}`;
    const known = compare ? 'left join (select distinct content as seen from known_contents) on content = seen' : '';
    return `
      select *, case when not readable then 'inexact' ${this.#cases(compare)} end as outcome
      from (${decided}) ${known}`;
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
    const inside = items.map((item, index) => {
      if (!item.categories.includes(this.#bulk.category)) return '';
      const [low, high] = [`make_timestamp(${item.range.began})`, `make_timestamp(${item.range.ended})`];
      const point = `(ended is null or ended <= began) and began >= ${low} and began < ${high}`;
      const span = `ended > began and began >= ${low} and ended <= ${high}`;
      const outcome = quoted(`item ${item.id}`);
      const covered = compare ? `case when seen is not null then 'duplicate' else ${outcome} end` : outcome;
      return `when (named_items & ${1n << BigInt(index)}::bigint) <> 0 and ((${point}) or (${span})) then ${covered}`;
    });
    const straddles = items.map((item, index) => {
      if (!item.categories.includes(this.#bulk.category)) return '';
      const [low, high] = [`make_timestamp(${item.range.began})`, `make_timestamp(${item.range.ended})`];
      return `when (named_items & ${1n << BigInt(index)}::bigint) <> 0 and ended > began and ${low} < ended and began < ${high} then 'straddles the range'`;
    });
    return `when named_items = 0 then 'another account'
      when (named_items & ${fitting}::bigint) = 0 then 'category not covered'
      ${inside.join('\n')}
      ${straddles.join('\n')}
      else 'outside the range'`;
  }
}
