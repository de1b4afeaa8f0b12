/** One row of a declared table as a record, with the texts it was read from. */
import { address, type Identifier, identifier } from '../record/identifier.ts';
import {
  type Draft, KIND_COLUMNS, type Kind, type KindColumn, type KindValues, type Locator, type Mention, type Part,
} from '../record/record.ts'; // biome-ignore format: what a record is made of
import type { Subject } from '../scope/scope.ts';
import { STATE, type When } from './clock.ts';
import { locatorOf } from './locator.ts';
import { subjectIn } from './naming.ts';
import { columnsFrom } from './part.ts';
import type { Prepared } from './prepared.ts';
import type { Cell } from './reader.ts';

/** The columns a statement asks for, each once, and what is made of its rows. */
export class Shape {
  /** SQL of every cell, in order. */
  readonly cells: string[];
  readonly #prepared: Prepared;
  readonly #texts: Map<string, number>;
  readonly #moments: Map<string, number>;
  readonly #clockFrom: number;
  /** Which column of the table each column of the record is read from. */
  readonly #sources: [KindColumn, string][];
  readonly #parts: Part[];

  constructor(prepared: Prepared) {
    const { table, dialect, identifiers, clock, key, moments } = prepared;
    this.#prepared = prepared;
    this.#sources = sourceColumns(prepared);
    this.#parts = table.parts.map(({ category, columns }) => ({
      category,
      columns: columnsFrom(columns, this.#sources, table.constants),
      fields: [...columns],
    }));
    const named = [
      ...identifiers.map(({ column }) => column.name),
      ...this.#sources.map(([, name]) => name),
      ...table.mentions.map(({ column }) => column),
      ...table.raw,
      ...key.map(({ name }) => name),
    ];
    this.#texts = new Map([...new Set(named)].map((name, index) => [name, index]));
    this.cells = [...this.#texts.keys()].map((name) => dialect.text(prepared.column(name)));
    this.#clockFrom = this.cells.length;
    this.cells.push(...(clock?.cells() ?? []));
    this.#moments = new Map();
    for (const [name, moment] of moments) {
      this.#moments.set(name, this.cells.length);
      this.cells.push(...moment.cells());
    }
  }

  /** What of the row decides. */
  subject(cells: readonly Cell[]): Subject & When {
    const { clock, table } = this.#prepared;
    return {
      subjects: this.#subjects(cells),
      category: table.category,
      state: clock === null,
      ...(clock === null ? STATE : clock.when(cells.slice(this.#clockFrom))),
    };
  }

  draft(cells: readonly Cell[], { subjects, category, state: _, ...when }: Subject & When): Draft {
    const { table } = this.#prepared;
    const { values, unread } = this.#values(cells);
    const texts = [...table.raw, ...unread].flatMap((name) => {
      const text = this.#text(cells, name);
      return text === null ? [] : [[name, text] as const];
    });
    const [parts, mentions] = [this.#partsIn(cells), this.#mentions(cells)];
    return {
      kind: table.kind,
      category,
      subjects,
      ...when,
      values,
      raw: Object.fromEntries(texts),
      ...(parts.length > 0 ? { parts } : {}),
      ...(mentions.length > 0 ? { mentions } : {}),
    };
  }

  locator(cells: readonly Cell[]): Locator {
    const { name, key } = this.#prepared;
    const names = key.map((column) => column.name);
    return locatorOf(
      name,
      names,
      names.map((one) => this.#text(cells, one)),
    );
  }

  #text(cells: readonly Cell[], name: string): Cell {
    return cells[this.#texts.get(name)!]!;
  }

  #subjects(cells: readonly Cell[]): Identifier[] {
    return this.#prepared.identifiers.flatMap(
      ({ declared: { column, type, callingCode } }) => subjectIn(this.#text(cells, column), type, callingCode) ?? [],
    );
  }

  /** A text that is not of its column's type is kept among the row's texts, declared or not; the value stays unknown. */
  #values(cells: readonly Cell[]): { values: KindValues; unread: string[] } {
    const { table, moments } = this.#prepared;
    const values: [string, unknown][] = Object.entries(table.constants);
    const unread: string[] = [];
    for (const [column, name] of this.#sources) {
      const text = this.#text(cells, name);
      if (text === null || text === '') continue;
      const moment = moments.get(name);
      const at = this.#moments.get(name)!;
      const value = moment ? moment.read([cells[at]!, cells[at + 1]!]).began : typed(column, text, table.kind);
      if (value === null) unread.push(name);
      else values.push([column, value]);
      if (column === 'paid_began') values.push(['paid_time_as_stored', text]);
    }
    return { values: Object.fromEntries(values) as KindValues, unread };
  }

  /** Only what is there is a part. */
  #partsIn(cells: readonly Cell[]): Part[] {
    return this.#parts.filter(({ fields }) => fields.some((name) => (this.#text(cells, name) ?? '') !== ''));
  }

  #mentions(cells: readonly Cell[]): Mention[] {
    const { table } = this.#prepared;
    return table.mentions.flatMap(({ column: name, type, callingCode }): Mention[] => {
      const text = this.#text(cells, name);
      if (text === null || text === '') return [];
      const who = identifier(type, text, callingCode) ?? identifier('untyped', text);
      if (who === null) return [];
      const column = this.#sources.find(([, from]) => from === name)?.[0] ?? null;
      return [{ column, who, fields: [name] }];
    });
  }
}

function sourceColumns({ table }: Prepared): [KindColumn, string][] {
  return (Object.entries(table.columns) as [KindColumn, string | { column: string }][]).map(([column, where]) => [
    column,
    typeof where === 'string' ? where : where.column,
  ]);
}

const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i;

/** The value a stored text is, as the store holds it without loss; null when it is none. */
function typed(column: KindColumn, text: string, kind: Kind): string | number | null {
  const trimmed = text.trim();
  switch (KIND_COLUMNS[column]) {
    case 'INTEGER':
      return /^[+-]?\d{1,10}$/.test(trimmed) && Math.abs(Number(trimmed)) < 2 ** 31 ? Number(trimmed) : null;
    case 'DOUBLE':
      return PLAIN_NUMBER.test(trimmed) && Number.isFinite(Number(trimmed)) ? Number(trimmed) : null;
    case 'DECIMAL(28,8)':
      return /^[+-]?\d{1,20}(\.\d{1,8}0*)?$/.test(trimmed) ? trimmed : null;
    default:
      break;
  }
  if (column !== 'ip' && column !== 'inside_ip') return text;
  return address(trimmed) ?? (kind === 'lease' ? (identifier('ip-prefix', trimmed)?.value ?? null) : null);
}
