/**
 * Turns the HTML of a business record into blocks, one label with its value, whatever the generation of the markup.
 *
 * Knows the four generations (nested tables; `div_table` with inline styles; `outer`/`inner`/`most_inner`; the short
 * classes `t o`, `t i`, `m`) by what opens a block and what opens its value, so files that mix them read as well.
 * Streams: it holds the open blocks only. It knows nothing of categories; text it cannot place comes out as `loose`.
 */
import { Parser } from 'htmlparser2';
import { BREAK, join, type Piece } from './page-break.ts';

export type Block = {
  /** The section's id without `property-`; empty for a block outside any section. */
  section: string;
  label: string;
  /** Lines as stored, page banners removed. Spaces at its ends are kept: a page break may have cut the value there. */
  value: string;
  depth: number;
  /** Has further blocks inside, which follow. */
  holds: boolean;
  /** Text that stands in a section but in no block. */
  loose: boolean;
  /** Longer than `LONGEST_VALUE`; the value is its beginning. */
  tooLong: boolean;
  /** Lines of a list of which a page break leaves open whether they are whole. */
  doubtful?: string[];
};

export type BlockSink = { block(block: Block): void; sectionEnd(section: string): void };

/** Characters; a longer value is not held in memory. */
export const LONGEST_VALUE = 4 * 1024 * 1024;

const [PLAIN, BLOCK, LABEL, VALUE, SECTION, LITERAL] = [0, 1, 2, 3, 4, 5];
const ROLES: Record<string, number | undefined> = {
  't o': PLAIN,
  't i': BLOCK,
  m: VALUE,
  p: PLAIN,
  'div_table outer': PLAIN,
  'div_table inner': BLOCK,
  most_inner: VALUE,
  div_table: PLAIN,
};
const INLINE = new Set(['a', 'b', 'i', 'u', 'em', 'strong', 'span', 'small', 'font', 'img', 'wbr', 'code']);

type Frame = { label: Piece[]; value: Piece[]; inLabel: boolean; holds: boolean; length: number };

export class Markup {
  readonly #sink: BlockSink;
  readonly #parser: Parser;
  readonly #roles: number[] = [];
  readonly #frames: Frame[] = [];
  readonly #sections: string[] = [];
  #loose: Piece[] = [];
  #looseLength = 0;
  #pageOpen = false;
  /** The text so far ends inside a tag. */
  #inTag = false;
  /** The last event was text, so further text belongs to the same node. */
  #adjacent = false;

  constructor(sink: BlockSink) {
    this.#sink = sink;
    this.#parser = new Parser({
      onopentagname: (name) => this.#open(name),
      onattribute: (name, value) => this.#attribute(name, value),
      onclosetag: (name) => this.#close(name),
      ontext: (data) => this.#text(data),
    });
  }

  write(text: string): void {
    this.#parser.write(text);
    const [opened, closed] = [text.lastIndexOf('<'), text.lastIndexOf('>')];
    if (opened !== closed) this.#inTag = opened > closed;
  }

  /** Ends the file. When the page or a tag is not closed: the section it ends in, if any, and what stands in the open blocks. */
  end(): { section: string | null; left: Record<string, string> } | null {
    if (this.#sections.length === 0 && !this.#pageOpen && !this.#inTag) {
      this.#parser.end();
      return null;
    }
    const left: Record<string, string> = {};
    for (const frame of this.#frames) {
      if (!frame.holds) left[join(frame.label).trim() || 'without label'] = join(frame.value).trim();
    }
    return { section: this.#sections.at(-1) ?? null, left };
  }

  #open(name: string): void {
    this.#adjacent = false;
    let role = PLAIN;
    if (name === 'html') this.#pageOpen = true;
    if (name === 'tr') role = this.#openBlock();
    else if (name === 'th') role = this.#openHeader();
    else if (name === 'td') role = this.#openValue();
    else if (name === 'script' || name === 'style') {
      role = LITERAL;
      if (this.#frames.length > 0) this.#text(`<${name}>`);
    } else if (!INLINE.has(name)) this.#break();
    this.#roles.push(role!);
  }

  #attribute(name: string, value: string): void {
    const last = this.#roles.length - 1;
    if (this.#roles[last] !== PLAIN) return;
    if (name === 'class') {
      const role = ROLES[value] ?? roleOf(value);
      if (role === BLOCK) this.#roles[last] = this.#openBlock();
      else if (role === VALUE) this.#roles[last] = this.#openValue();
    } else if (name === 'style') {
      if (/display:\s*table-cell/.test(value)) this.#roles[last] = this.#openValue();
      else if (/display:\s*table\s*(;|$)/.test(value)) this.#roles[last] = this.#openBlock();
    } else if (name === 'id' && value.startsWith('property-')) {
      this.#flushLoose();
      this.#sections.push(value.slice('property-'.length));
      this.#roles[last] = SECTION!;
    }
  }

  #close(name: string): void {
    const role = this.#roles.pop();
    if (name === 'html') this.#pageOpen = false;
    this.#adjacent = false;
    if (role === BLOCK) this.#closeBlock();
    else if (role === VALUE || role === LABEL) this.#zone(false);
    else if (role === SECTION) {
      this.#flushLoose();
      this.#sink.sectionEnd(this.#sections.pop()!);
    } else if (role === LITERAL) {
      if (this.#frames.length > 0) this.#text(`</${name}>`);
      this.#adjacent = false;
    } else if (!INLINE.has(name)) this.#break();
  }

  #text(data: string): void {
    const frame = this.#frames.at(-1);
    if (!frame) {
      if (this.#sections.length === 0 || this.#roles.at(-1) === LITERAL || this.#looseLength > LONGEST_VALUE) return;
      this.#looseLength += data.length;
    } else {
      if (frame.length > LONGEST_VALUE) return;
      frame.length += data.length;
    }
    const pieces = frame ? (frame.inLabel ? frame.label : frame.value) : this.#loose;
    if (this.#adjacent && pieces.length > 0) pieces[pieces.length - 1] += data;
    else pieces.push(data);
    this.#adjacent = true;
  }

  #break(): void {
    const frame = this.#frames.at(-1);
    const pieces = frame ? (frame.inLabel ? frame.label : frame.value) : this.#loose;
    if (pieces.length > 0) pieces.push(BREAK);
  }

  #openBlock(): number {
    this.#flushLoose();
    const parent = this.#frames.at(-1);
    if (parent) {
      this.#emit(parent, true);
      parent.inLabel = false;
    }
    this.#frames.push({ label: [], value: [], inLabel: true, holds: false, length: 0 });
    return BLOCK!;
  }

  /** A table row may hold several labels, each with its value. */
  #openHeader(): number {
    const frame = this.#frames.at(-1);
    if (!frame) return PLAIN!;
    if (!frame.inLabel) {
      this.#emit(frame, false);
      Object.assign(frame, { label: [], value: [], holds: false, length: 0 });
    }
    frame.inLabel = true;
    return LABEL!;
  }

  #openValue(): number {
    if (this.#frames.length === 0) return PLAIN!;
    this.#zone(false);
    return VALUE!;
  }

  #zone(inLabel: boolean): void {
    const frame = this.#frames.at(-1);
    if (frame) frame.inLabel = inLabel;
  }

  #closeBlock(): void {
    this.#emit(this.#frames.at(-1)!, false);
    this.#frames.pop();
  }

  /** What follows the inner blocks of a block comes out without a label, as a page break leaves it. */
  #emit(frame: Frame, holds: boolean): void {
    const label = frame.holds ? '' : join(frame.label).replace(/\s+/g, ' ').trim();
    const value = join(frame.value);
    const tooLong = frame.length > LONGEST_VALUE;
    frame.value = [];
    frame.length = 0;
    frame.holds ||= holds;
    if (label === '' && value.trim() === '') return;
    const section = this.#sections.at(-1) ?? '';
    this.#sink.block({ section, label, value, depth: this.#frames.length, holds, loose: false, tooLong });
  }

  #flushLoose(): void {
    if (this.#loose.length === 0) return;
    const value = join(this.#loose);
    const tooLong = this.#looseLength > LONGEST_VALUE;
    this.#loose = [];
    this.#looseLength = 0;
    const section = this.#sections.at(-1);
    if (value.trim() === '' || section === undefined) return;
    this.#sink.block({ section, label: '', value, depth: 0, holds: false, loose: true, tooLong });
  }
}

function roleOf(classes: string): number {
  const names = classes.split(/\s+/);
  if (names.includes('i') || names.includes('inner')) return BLOCK!;
  if (names.includes('m') || names.includes('most_inner')) return VALUE!;
  return PLAIN!;
}
