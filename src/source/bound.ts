/** The values of one statement. Nothing that comes from a request or a record is ever part of its text. */
import type { Dialect } from './reader.ts';

export class Bound {
  readonly values: (string | bigint)[] = [];
  readonly #dialect: Dialect;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  text(value: string): string {
    return this.#dialect.placeholder(this.values.push(value), 'text');
  }

  integer(value: bigint): string {
    return this.#dialect.placeholder(this.values.push(value), 'integer');
  }

  /** `column in (…)`. */
  among(column: string, values: readonly (string | bigint)[]): string {
    const list = values.map((value) => (typeof value === 'bigint' ? this.integer(value) : this.text(value)));
    return `${column} in (${list.join(', ')})`;
  }
}
