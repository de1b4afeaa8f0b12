/**
 * Hands the blocks of a business record to the reader of their category and gives readings, each with its place.
 *
 * Every block becomes part of a record or of something `unreadable`, but for the provider's definitions (prose), the
 * titles of sections and the request section, which is read on its own. A place is the section's id and the number of
 * the reading in it, `property-ip_addresses 12`.
 */
import type { Reading } from '../format.ts';
import type { Account } from './account.ts';
import { fact } from './drafts.ts';
import { FieldOrder } from './field-order.ts';
import { key } from './label.ts';
import { type Block, type BlockSink, LONGEST_VALUE } from './markup.ts';
import { REQUEST } from './request.ts';
import { emptyRow, put, type Row, RowBuilder } from './rows.ts';
import type { Section } from './section.ts';
import { sectionFor } from './sections.ts';

const NOTHING = /^no responsive records located\.?$/i;

/** Reads the rows of one section; `left` is what it holds of a row not yet given. */
type SectionReader = { block(block: Block): void; end(): void; left(): Record<string, string>[] };

export class RecordReader implements BlockSink {
  readonly #account: Account;
  readonly #give: (reading: Reading) => void;
  readonly #counts = new Map<string, number>();
  readonly #notes = new Map<string, string>();
  #waiting: { id: string; section: Section; row: Row }[] = [];
  #id = '';
  #section: Section | null = null;
  #reader: SectionReader | null = null;
  /** Blocks deeper than this belong to a definition. */
  #definitionDepth = Number.POSITIVE_INFINITY;
  sections = 0;

  constructor(account: Account, give: (reading: Reading) => void) {
    this.#account = account;
    this.#give = give;
  }

  block(block: Block): void {
    if (block.section !== this.#id || !this.#reader) this.#enter(block.section);
    if (block.section === REQUEST) return;
    if (block.depth > this.#definitionDepth) return;
    this.#definitionDepth = Number.POSITIVE_INFINITY;
    const name = key(block.label);
    if (name.endsWith('definition')) this.#definitionDepth = block.depth;
    else if (block.tooLong)
      this.#unreadable(`a value longer than ${LONGEST_VALUE} characters`, { [block.label]: block.value });
    else if (NOTHING.test(block.value)) this.#nothing(block);
    else if (block.loose) this.#looseText(block);
    else if (name === key(block.section) && block.value === '') return;
    else if (name === '') this.#unreadable('a value without a label', block.value);
    else this.#reader!.block(block);
  }

  sectionEnd(section: string): void {
    this.sections += 1;
    if (section !== this.#id) return;
    this.#leave();
  }

  /** The file ended where a record ends. */
  end(): void {
    this.#leave();
    for (const { id, section, row } of this.#waiting.splice(0)) this.#draft(id, section, row);
  }

  /** What was not given, for a file that was cut. */
  left(): Record<string, string>[] {
    return [...this.#waiting.map(({ row }) => row.raw), ...(this.#reader?.left() ?? [])];
  }

  #enter(id: string): void {
    this.#leave();
    this.#id = id;
    this.#section = sectionFor(id);
    this.#definitionDepth = Number.POSITIVE_INFINITY;
    this.#reader = this.#section ? this.#readerFor(this.#section) : this.#stranger(id);
  }

  #leave(): void {
    this.#reader?.end();
    this.#reader = null;
    this.#id = '';
  }

  #readerFor(section: Section): SectionReader {
    const id = this.#id;
    const give = (row: Row) => {
      if (section.needs !== undefined && !this.#notes.has(section.needs)) this.#waiting.push({ id, section, row });
      else this.#draft(id, section, row);
    };
    const { reads } = section;
    if (reads === 'addresses') return addressReader(this.#account, give, () => this.#unclearOrder());
    if (reads === 'blocks') return { block: (block) => block.holds || give(rowOf(block.label, block.value)), ...NONE };
    if ('lines' in reads) return { block: (block) => this.#lines(block, give), ...NONE };
    return new RowBuilder(reads.rows, give);
  }

  /** A section nobody here knows: shown block by block, so that it is seen and can be added. */
  #stranger(id: string): SectionReader {
    const why =
      id === '' ? 'a block outside any section' : `section not known: ${id.replace(/[^\w-]/g, '?').slice(0, 60)}`;
    const block = ({ label, value, holds }: Block) => {
      if (!holds || value !== '') this.#unreadable(why, { [label]: value });
    };
    return { block, ...NONE };
  }

  #lines(block: Block, give: (row: Row) => void): void {
    for (const line of block.value.split('\n')) {
      if (block.doubtful?.includes(line)) this.#unreadable('a page break cuts the list here', { [block.label]: line });
      else if (line.trim() !== '' || !block.holds) give(rowOf(block.label, line.trim()));
    }
  }

  #draft(id: string, section: Section, row: Row): void {
    const outcome = section.draft(row, this.#account, this.#notes);
    const locator = this.#place(id);
    this.#give(
      typeof outcome === 'string' ? { unreadable: outcome, locator, raw: row.raw } : { record: outcome, locator },
    );
  }

  #nothing(block: Block): void {
    if (!this.#section) {
      this.#reader!.block(block);
      return;
    }
    const row = rowOf(block.label || 'answer', block.value);
    const record = fact(this.#section.category, 'no responsive records', this.#id, row, this.#account);
    this.#give({ record, locator: this.#place(this.#id) });
  }

  /** A title may stand outside a block; other text there is shown. */
  #looseText(block: Block): void {
    if (key(block.value) !== key(block.section)) this.#unreadable('text outside any block', block.value);
  }

  #unclearOrder(): void {
    this.#unreadable('the last row is incomplete: addresses and times of this section may be paired wrongly', {});
  }

  #unreadable(why: string, raw: Record<string, string> | string): void {
    this.#give({ unreadable: why, locator: this.#place(this.#id), raw });
  }

  #place(id: string): string {
    const count = (this.#counts.get(id) ?? 0) + 1;
    this.#counts.set(id, count);
    return id === '' ? `block ${count}` : `property-${id} ${count}`;
  }
}

const NONE = { end() {}, left: () => [] };

function rowOf(label: string, value: string): Row {
  const row = emptyRow();
  put(row, label, value);
  return row;
}

/** Rows of address and time, each with what it has; see `field-order.ts` for which of the two opens a row. */
function addressReader(account: Account, give: (row: Row) => void, unclear: () => void): SectionReader {
  const usual = account.service === null ? null : account.service === 'whatsapp' ? 'Time' : 'IP Address';
  let rows: RowBuilder | null = null;
  let ordered = false;
  let incomplete = false;
  const checked = (row: Row) => {
    incomplete = !(row.fields.has('time') && row.fields.has('ipaddress'));
    give(row);
  };
  const order = new FieldOrder(['IP Address', 'Time'], usual, (first) => {
    rows = new RowBuilder({ opens: [first], once: 'all' }, checked);
    ordered = first === usual;
  }, (block) => rows!.block(block)); // biome-ignore format: one call
  return {
    block: (block) => order.block(block),
    end() {
      const long = order.left().length === 0;
      order.end();
      rows?.end();
      if (rows && long && !ordered && incomplete) unclear();
    },
    left: () => [...order.left().map(({ label, value }) => ({ [label]: value })), ...(rows?.left() ?? [])],
  };
}
