/**
 * What printing left in the record: page banners between and inside values, and blocks cut in two by them.
 *
 * A banner is recognised only where it fills an element of its own; the same words inside a sentence stay.
 */

import { joinPieces } from './cut-list.ts';
import { key } from './label.ts';
import type { Block, BlockSink } from './markup.ts';

/** A run of text, or the border of an element that starts a new line. */
export type Piece = string | null;
export const BREAK = null;

const BANNER = /^\s*[A-Z][\w.]*(?: [\w.]+){0,3} Business Record\s+Page\s+\d+\s*$/;

function isBanner(text: string): boolean {
  return text.length < 200 && BANNER.test(text);
}

/** One text with a line for each element; a banner goes, and with it the borders that only it brought. */
export function join(pieces: Piece[]): string {
  let out = '';
  let breaks = 0;
  let afterBanner = false;
  for (const piece of pieces) {
    if (piece === BREAK) {
      if (!afterBanner) breaks += 1;
      afterBanner = false;
      continue;
    }
    const text = withoutIndentation(piece);
    if (text === '') continue;
    if (isBanner(text)) {
      breaks = Math.max(0, breaks - 1);
      afterBanner = true;
      continue;
    }
    if (out !== '' && breaks > 0) out += '\n';
    breaks = 0;
    afterBanner = false;
    out += text;
  }
  return out;
}

/** Line ends and the spaces around them at the ends of a text node are the layout of the file, not of the value. */
function withoutIndentation(text: string): string {
  return text.includes('\n') ? text.replace(/^[ \t\r]*\n\s*/, '').replace(/\s*\n[ \t\r]*$/, '') : text;
}

/** What a section says of its labels and lists, so that a cut block can be put together again. */
export type Vocabulary = {
  labels: Set<string>;
  /** For a section whose values are lists: the shape of a whole line. */
  item?: RegExp | undefined;
};

/**
 * Puts together what a page break parted: a value that goes on in a block without label, a label that does.
 *
 * One block is held back until the next begins. `left()` gives it when the file ends before.
 */
export class Mender implements BlockSink {
  readonly #next: BlockSink;
  readonly #vocabulary: (section: string) => Vocabulary | null;
  #held: Block | null = null;
  /** The value held, piece by piece, as the page breaks left it. */
  #pieces: string[] = [];

  constructor(vocabulary: (section: string) => Vocabulary | null, next: BlockSink) {
    this.#vocabulary = vocabulary;
    this.#next = next;
  }

  block(block: Block): void {
    const held = this.#held;
    if (!held || held.section !== block.section || block.loose || held.loose) {
      this.#release();
      this.#hold(block);
    } else if (block.label === '') {
      if (block.holds && block.value.trim() === '') return;
      this.#pieces.push(block.value);
      held.value = glued(held.value, block.value);
      held.holds = block.holds;
      held.tooLong ||= block.tooLong;
    } else if (this.#isRestOfLabel(held, block)) {
      this.#hold({ ...block, label: wholeLabel(held.label, block.label), depth: held.depth });
    } else {
      this.#release();
      this.#hold(block);
    }
  }

  sectionEnd(section: string): void {
    this.#release();
    this.#next.sectionEnd(section);
  }

  left(): Block | null {
    return this.#held;
  }

  #hold(block: Block): void {
    this.#held = block;
    this.#pieces = [block.value];
  }

  #isRestOfLabel(held: Block, block: Block): boolean {
    const labels = this.#labels(held);
    if (!labels || held.value.trim() !== '' || labels.has(key(held.label))) return false;
    return labels.has(key(held.label + block.label));
  }

  #labels(block: Block): Set<string> | undefined {
    return this.#vocabulary(block.section)?.labels;
  }

  #release(): void {
    const held = this.#held;
    if (!held) return;
    this.#held = null;
    const item = this.#vocabulary(held.section)?.item;
    if (item && this.#pieces.length > 1) Object.assign(held, joinPieces(this.#pieces, item));
    const labels = this.#labels(held);
    if (labels && held.label !== '' && !held.holds && held.value.includes('\n') && !labels.has(key(held.label))) {
      const border = held.value.indexOf('\n');
      const rest = held.value.slice(0, border).trim();
      if (labels.has(key(held.label + rest))) {
        held.label = wholeLabel(held.label, rest);
        held.value = held.value.slice(border + 1);
      }
    }
    held.value = held.value.trim();
    this.#next.block(held);
  }
}

/** `IP` and `Address` need a space between them, `Addr` and `ess` none: a space where a word begins with a capital. */
function wholeLabel(start: string, rest: string): string {
  return /^[A-Z]/.test(rest) ? `${start} ${rest}` : `${start}${rest}`;
}

/** A date and the clock time after it, and a time and its zone, are parted by a space that the cut may have taken. */
function glued(start: string, rest: string): string {
  const [dateCut, zoneCut] = [
    /\d{4}-\d\d-\d\d$/.test(start) && /^\d\d:/.test(rest),
    /:\d\d$/.test(start) && /^UTC/.test(rest),
  ];
  return dateCut || zoneCut ? `${start} ${rest}` : start + rest;
}
