/**
 * Puts the blocks of a section together to rows.
 *
 * A row ends where a label that opens a row comes, or one it already has. Nothing is carried from one row to the next
 * but the labels declared to stand above the rows (the thread of a message, the id of a call). A missing field leaves
 * a gap in its own row.
 */
import { key, parts } from './label.ts';
import type { Block } from './markup.ts';

export type RowRule = {
  /** Labels that open a row. */
  opens: string[];
  /**
   * Whether the first label of the section opens rows too, for lists whose order nobody has described. A list whose first
   * row lacks its first field is then taken apart one field too late; nothing in the file can tell.
   */
  firstOpens?: boolean;
  /** Labels a row has once, so that their return opens the next; `all` for flat rows. Others may return in a row. */
  once: 'all' | string[];
  /** Labels that stand above rows and hold for those that follow; see `#stands` for where they end. */
  above?: string[];
  /** Whether deeper blocks (the comments of a photo) belong to the row whatever their labels. */
  deeperBelongs?: boolean;
};

/** One row: fields by label as written and by its comparable form. */
export type Row = {
  raw: Record<string, string>;
  /** Values and written labels by comparable form; the first where a label returns. */
  fields: Map<string, string>;
  names: Map<string, string>;
  /** How often a label has come, for those that came again. */
  returns: Map<string, number> | null;
};

export function emptyRow(): Row {
  return { raw: {}, fields: new Map(), names: new Map(), returns: null };
}

/** Puts a field into a row; a label that returns gets a number, `Type 2`. */
export function put(row: Row, label: string, value: string): void {
  const [name, detail] = parts(label);
  const comparable = key(label);
  const free = row.raw[name] === undefined ? name : numbered(row, name);
  row.raw[free] = detail === '' ? value : value === '' ? detail : `${detail} ${value}`;
  if (row.fields.has(comparable)) return;
  row.fields.set(comparable, row.raw[free]!);
  row.names.set(comparable, free);
}

function numbered(row: Row, name: string): string {
  row.returns ??= new Map();
  let count = row.returns.get(name) ?? 1;
  do count += 1;
  while (row.raw[`${name} ${count}`] !== undefined);
  row.returns.set(name, count);
  return `${name} ${count}`;
}

export class RowBuilder {
  readonly #opens: Set<string>;
  readonly #once: Set<string> | null;
  readonly #above: string[];
  readonly #deeperBelongs: boolean;
  readonly #give: (row: Row) => void;
  #firstOpens: boolean;
  #row = emptyRow();
  #depth = 0;
  #fields = 0;
  #onlyOpened = true;
  #context: [label: string, value: string][] = [];
  #contextUsed = true;

  constructor(rule: RowRule, give: (row: Row) => void) {
    this.#opens = new Set(rule.opens.map(key));
    this.#once = rule.once === 'all' ? null : new Set(rule.once.map(key));
    this.#above = (rule.above ?? []).map(key);
    this.#firstOpens = rule.firstOpens ?? false;
    this.#deeperBelongs = rule.deeperBelongs ?? false;
    this.#give = give;
  }

  block(block: Block): void {
    const comparable = key(block.label);
    const above = this.#above.indexOf(comparable);
    if (above >= 0) {
      this.#stands(above === 0, block);
      return;
    }
    const empty = block.holds && block.value === '' && parts(block.label)[1] === '';
    const deeper = this.#fields > 0 && block.depth > this.#depth;
    if (!(deeper && this.#deeperBelongs)) {
      if (this.#firstOpens && !empty) {
        this.#opens.add(comparable);
        this.#firstOpens = false;
      }
      const opens = this.#opens.has(comparable);
      const again = this.#row.fields.has(comparable) && (this.#once?.has(comparable) ?? true);
      const outside = block.holds && block.depth < this.#depth;
      if ((opens && !this.#onlyOpened) || again || outside) this.close();
      if (!empty) this.#onlyOpened &&= opens;
    }
    if (empty) return;
    if (this.#fields === 0) this.#depth = block.depth;
    this.#fields += 1;
    put(this.#row, block.label, block.value);
  }

  /** Gives the row at hand, if there is one. */
  close(): void {
    const own = this.#row;
    this.#row = emptyRow();
    this.#onlyOpened = true;
    this.#fields = 0;
    if (own.fields.size === 0) return;
    this.#contextUsed = true;
    if (this.#context.length === 0) {
      this.#give(own);
      return;
    }
    const whole = emptyRow();
    for (const [label, value] of this.#context) put(whole, label, value);
    for (const [name, value] of Object.entries(own.raw)) whole.raw[name] ??= value;
    for (const [name, value] of own.fields) whole.fields.set(name, value);
    for (const [name, label] of own.names) whole.names.set(name, label);
    this.#give(whole);
  }

  /** The section is at its end: the last row, and what stood above rows that never came. */
  end(): void {
    this.close();
    this.#giveUnused();
  }

  left(): Record<string, string>[] {
    return [Object.fromEntries(this.#context), this.#row.raw];
  }

  /** A thread or call begins where its first label comes, where a label comes again, or with a block that holds others. */
  #stands(first: boolean, block: Block): void {
    this.close();
    const comparable = key(block.label);
    if (first || block.holds || this.#context.some(([label]) => key(label) === comparable)) {
      this.#giveUnused();
      this.#context = [];
    }
    if (first && block.value === '' && parts(block.label)[1] === '') return;
    this.#contextUsed = false;
    this.#context.push([block.label, block.value]);
  }

  #giveUnused(): void {
    if (this.#contextUsed) return;
    this.#contextUsed = true;
    const row = emptyRow();
    for (const [label, value] of this.#context) put(row, label, value);
    this.#give(row);
  }
}
