/**
 * Blocks as plain text for the body of a mail or a terminal: lines of at most 78 columns, tables aligned where they fit.
 *
 * Longer lines are only code, which is copied as it is, and links, which lead elsewhere when they are broken.
 */
import type { Block, Fact, ReportDocument, Table } from './document.ts';
import { shortened, visible } from './visible.ts';

export const COLUMNS = 78;
const CELL = 2000;
const TEXT = 100_000;

/** The whole report, cover first. */
export function reportText({ cover, sections, matter, day }: ReportDocument): string {
  const papers = cover.instruments.map(({ title, facts, scope }) =>
    joined([wrapped(title), factsText(facts), listText(scope)]),
  );
  return `${joined([
    wrapped(cover.kicker),
    underlined(cover.title, '='),
    wrapped(cover.subtitle),
    factsText(cover.facts),
    wrapped(`${cover.mode.name}. ${cover.mode.says}`),
    underlined('Papers and what they cover', '='),
    ...papers,
    ...sections.map(({ title, blocks }) => joined([underlined(title, '='), blocksText(blocks)])),
    wrapped(`${cover.mode.name} · ${matter.name} · ${matter.id}${day ? ` · ${day}` : ''}`),
  ])}\n`;
}

export function blocksText(blocks: readonly Block[]): string {
  return joined(blocks.map(blockText));
}

function blockText(one: Block): string {
  switch (one.kind) {
    case 'heading':
      return one.level === 3 ? underlined(one.text, '-') : wrapped(one.text);
    case 'paragraph':
      return wrapped(one.text);
    case 'statement':
      return wrapped(one.text, '  ');
    case 'note':
      return [one.title, ...one.texts].map((line) => wrapped(line, '| ')).join('\n|\n');
    case 'list':
      return listText(one.items, one.ordered);
    case 'facts':
      return factsText(one.facts);
    case 'table':
      return tableText(one);
    case 'figure':
      return joined([one.caption === one.data.caption ? '' : wrapped(one.caption), tableText(one.data)]);
    case 'code':
      return shortened(one.text, TEXT)
        .split(/\r?\n/)
        .map((line) => `    ${visible(line)}`.trimEnd())
        .join('\n');
  }
}

export function listText(items: readonly string[], ordered = false): string {
  return items
    .map((item, index) => {
      const mark = ordered ? `${index + 1}. ` : '- ';
      return wrapped(item, mark, ' '.repeat(mark.length));
    })
    .join('\n');
}

/** Values stand under each other behind the longest term, as far as that leaves room for them. */
export function factsText(facts: readonly Fact[]): string {
  const longest = Math.max(0, ...facts.map(({ term }) => widthOf(seen(term)))) + 2;
  const indent = Math.min(longest, 26);
  return facts
    .map(({ term, value }) => {
      const name = `${seen(term)}:`;
      const gap = indent - widthOf(name);
      if (gap >= 1) return wrapped(value, name + ' '.repeat(gap), ' '.repeat(indent));
      return `${wrapped(`${term}:`)}\n${wrapped(value, ' '.repeat(4))}`;
    })
    .join('\n');
}

/** Aligned, long cells on several lines; where even that does not fit, each row as its columns' titles and values. */
export function tableText({ caption, columns, rows, totals = 0, note }: Table): string {
  const cells = rows.map((row) => columns.map((_, index) => seen(shortened(row[index] ?? '', CELL))));
  const titles = columns.map(({ title }) => seen(title));
  const widths = widthsFor([titles, ...cells]);
  const after = note === undefined ? [] : [wrapped(note)];
  if (rows.length === 0) return joined([wrapped(caption), 'None.', ...after]);
  if (widths === null) {
    const each = cells.map((row) => factsText(titles.map((term, index) => ({ term, value: row[index]! }))));
    return joined([wrapped(caption), ...each, ...after]);
  }
  const lines = (row: string[]) => {
    const parts = row.map((value, index) => wrapped(value, '', '', widths[index]).split('\n'));
    return Array.from({ length: Math.max(...parts.map(({ length }) => length)) }, (_, line) =>
      parts
        .map((part, index) => padded(part[line] ?? '', widths[index]!, columns[index]!.align))
        .join('  ')
        .trimEnd(),
    );
  };
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width, 0) + GAP * (widths.length - 1));
  const each = cells.map(lines);
  const tall = each.some(({ length }) => length > 1);
  const body = each.flatMap((row, index) => [
    ...(index === rows.length - totals ? [rule] : tall && index > 0 ? [''] : []),
    ...row,
  ]);
  return joined([wrapped(caption), [...lines(titles), rule, ...body].join('\n'), ...after]);
}

/** Widths that fit on a line, no column narrower than its longest word; null when there are none. */
function widthsFor(rows: string[][]): number[] | null {
  const longest = (index: number, parts: (cell: string) => string[]) =>
    Math.max(1, ...rows.flatMap((row) => parts(row[index]!)).map(widthOf));
  const widths = rows[0]!.map((_, index) => longest(index, (cell) => [cell]));
  const least = rows[0]!.map((_, index) => longest(index, (cell) => cell.split(' ')));
  const room = COLUMNS - GAP * (widths.length - 1);
  if (least.reduce((sum, width) => sum + width, 0) > room) return null;
  for (let over = widths.reduce((sum, width) => sum + width, 0) - room; over > 0; over--) {
    const shrinkable = widths.map((width, index) => (width > least[index]! ? width : 0));
    widths[shrinkable.indexOf(Math.max(...shrinkable))]!--;
  }
  return widths;
}

const GAP = 2;

export function underlined(text: string, rule = '-'): string {
  const lines = wrapped(text).split('\n');
  return [...lines, rule.repeat(Math.min(COLUMNS, Math.max(...lines.map(widthOf))))].join('\n');
}

/** Words on lines of at most `columns`, the first behind `first`, the others behind `rest`. */
export function wrapped(text: string, first = '', rest = first, columns = COLUMNS): string {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of seen(text)
    .split(' ')
    .flatMap((one) => fitting(one, columns - widthOf(rest)))) {
    if (!empty && widthOf(line) + 1 + widthOf(word) > columns) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].map((one) => one.trimEnd()).join('\n');
}

/** The word itself, or pieces of it that fit on a line. */
function fitting(word: string, most: number): string[] {
  if (widthOf(word) <= most || /^https?:\/\//i.test(word)) return [word];
  const pieces = [''];
  let width = 0;
  for (const character of word) {
    const wide = widthOf(character);
    if (width + wide > most) {
      pieces.push('');
      width = 0;
    }
    pieces[pieces.length - 1] += character;
    width += wide;
  }
  return pieces;
}

/** On one line, what would hide made visible, spaces as a page shows them. */
function seen(text: string): string {
  return visible(shortened(text, TEXT)).replace(/ {2,}/g, ' ').trim();
}

/** Columns on a terminal: marks take none, the letters of East Asia and pictures take two. */
export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += /\p{M}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u;

function padded(text: string, width: number, align?: 'right'): string {
  const space = ' '.repeat(width - widthOf(text));
  return align === 'right' ? space + text : text + space;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
