/**
 * Counts as lying bars, stacked by part: data in, a figure with its description and its table out.
 *
 * Parts are told apart by pattern as well as colour. A count that is not published (null) is never drawn, and its bar
 * says `at least`; the picture shortens long names, the table does not.
 */
import { niceStep } from './axis.ts';
import type { Figure, Table } from './document.ts';
import { BLUE, el, FAINT, hatch, INK, label, PAPER, RUST, SOFT, svg, textWidth } from './svg.ts';
import { grouped } from './visible.ts';

export type BarChart = {
  /** Unique in the document; letters, digits and hyphens. */
  id: string;
  caption: string;
  /** What a bar is, such as `instrument`, and what is counted, such as `requests`. */
  bar: string;
  counted: string;
  /** Names of the parts, at most six, in the order they are stacked. One for bars that are not divided. */
  parts: string[];
  /** One value a part. */
  bars: { name: string; values: (number | null)[] }[];
  /** What the table says for a count that is not published. */
  unpublished?: string;
  note?: string;
};

const UNPUBLISHED = 'not published';
const [WIDTH, RIGHT, TOP, ROW, THICK, FOOT] = [720, 76, 14, 30, 18, 42];
const LONGEST_NAME = 200;

export function barChart(chart: BarChart): Figure {
  const { id, caption, parts, bars, unpublished = UNPUBLISHED } = chart;
  if (parts.length === 0 || parts.length > PATTERNS.length) throw new RangeError('A bar chart has one to six parts.');
  const names = bars.map(({ name }) => cut(name, LONGEST_NAME));
  const left = Math.ceil(Math.max(60, ...names.map(roomFor))) + 14;
  const legend = parts.length === 1 ? [] : legendLines(parts, left);
  const head = TOP + legend.length * 20;
  const height = head + bars.length * ROW + FOOT;
  const most = Math.max(1, ...bars.map(({ values }) => sumOf(values)));
  const step = Math.max(1, niceStep(most / 5));
  const top = Math.ceil(most / step) * step;
  const x = (count: number) => left + (count / top) * (WIDTH - RIGHT - left);
  const foot = height - FOOT;
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step);
  const picture = svg(
    WIDTH,
    height,
    el('defs', {}, ...parts.map((_, index) => PATTERNS[index]!.define(patternId(id, index)))),
    ...ticks.map(
      (count) =>
        el('path', { d: `M${x(count).toFixed(1)} ${head}V${foot}`, stroke: FAINT, 'stroke-width': 0.7 }) +
        label(x(count), foot + 16, grouped(count), { 'text-anchor': 'middle', 'font-size': 11, fill: SOFT }),
    ),
    ...legend.flatMap((line, row) =>
      line.map(({ index, at, name }) => {
        const y = TOP + row * 20;
        const box = { x: at, y: y - 6, width: 14, height: 12 };
        return part(id, index, box) + label(at + 20, y + 4, name);
      }),
    ),
    ...bars.map(({ values }, row) => {
      const middle = head + row * ROW + ROW / 2;
      const pieces = values.map((value, index) => {
        const from = x(sumOf(values.slice(0, index)));
        const width = x(sumOf(values.slice(0, index + 1))) - from;
        return (value ?? 0) === 0 ? '' : part(id, index, { x: from, y: middle - THICK / 2, width, height: THICK });
      });
      return (
        label(left - 10, middle + 4, names[row]!, { 'text-anchor': 'end' }) +
        pieces.join('') +
        label(x(sumOf(values)) + 6, middle + 4, totalOf(values, unpublished), { 'font-weight': 600 })
      );
    }),
    el('path', { d: `M${left} ${head}V${foot}`, stroke: INK, 'stroke-width': 1 }),
    label(WIDTH - RIGHT, height - 8, chart.counted, { 'text-anchor': 'end', fill: SOFT }),
  );
  return {
    id,
    svg: picture,
    widthPx: WIDTH,
    heightPx: height,
    caption,
    alt: altOf(chart),
    data: tableOf(chart),
    ...(parts.length > 1 ? { printData: true } : {}),
  };
}

function tableOf({ bar, counted, parts, bars, unpublished = UNPUBLISHED, note }: BarChart): Table {
  const cell = (value: number | null) => (value === null ? unpublished : grouped(value));
  const divided = parts.length > 1;
  return {
    caption: `${counted.slice(0, 1).toUpperCase()}${counted.slice(1)} by ${bar}`,
    columns: [
      { title: bar },
      ...parts.map((title) => ({ title, align: 'right' as const })),
      ...(divided ? [{ title: 'all', align: 'right' as const }] : []),
    ],
    rows: bars.map(({ name, values }) => [
      name,
      ...parts.map((_, index) => cell(values[index] ?? null)),
      ...(divided ? [totalOf(values, unpublished)] : []),
    ]),
    ...(note === undefined ? {} : { note }),
  };
}

/** The first dozen bars in words; the table has them all. */
function altOf({ bar, counted, parts, bars, unpublished = UNPUBLISHED }: BarChart): string {
  const said = bars.slice(0, 12).map(({ name, values }) => {
    const divided =
      parts.length > 1 ? ` (${parts.map((one, index) => `${one} ${values[index] ?? unpublished}`).join(', ')})` : '';
    return `${name}: ${totalOf(values, unpublished)}${divided}`;
  });
  const rest = bars.length > 12 ? ` And ${bars.length - 12} more in the table.` : '';
  return `Bar chart of ${counted} by ${bar}. ${said.join('; ')}.${rest}`;
}

const sumOf = (values: readonly (number | null)[]) => values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

function totalOf(values: readonly (number | null)[], unpublished: string): string {
  if (values.every((value) => value === null)) return unpublished;
  return `${values.includes(null) ? 'at least ' : ''}${grouped(sumOf(values))}`;
}

const patternId = (id: string, index: number) => `${id}-part-${index}`;

/** A piece of a bar: its tint, its pattern over it, and an edge that parts it from its neighbours. */
function part(id: string, index: number, box: { x: number; y: number; width: number; height: number }): string {
  const { fill, edge } = PATTERNS[index]!;
  const pattern =
    PATTERNS[index]!.define(patternId(id, index)) === ''
      ? ''
      : el('rect', { ...box, fill: `url(#${patternId(id, index)})` });
  return (
    el('rect', { ...box, fill, stroke: PAPER, 'stroke-width': 1 }) +
    pattern +
    el('rect', { ...box, fill: 'none', stroke: edge, 'stroke-width': 0.8 })
  );
}

/** Dark, striped, pale, and so on: neighbours differ in darkness, stripe and colour. */
const PATTERNS: { fill: string; edge: string; define: (id: string) => string }[] = [
  { fill: BLUE, edge: BLUE, define: () => '' },
  { fill: '#e9c9b5', edge: RUST, define: (id) => hatch(id, RUST, 5, 1.4) },
  { fill: '#dfe8ec', edge: BLUE, define: () => '' },
  { fill: RUST, edge: RUST, define: () => '' },
  { fill: '#ffffff', edge: SOFT, define: (id) => hatch(id, SOFT, 5, 1.4, -45) },
  { fill: '#c9ccd0', edge: INK, define: (id) => hatch(id, INK, 4, 0.8, 0) },
];

/** A little more than the text takes: a reader may have another typeface. */
const roomFor = (text: string) => textWidth(text, 14);

function cut(text: string, most: number): string {
  if (textWidth(text) <= most) return text;
  let kept = Array.from(text);
  while (kept.length > 1 && textWidth(`${kept.join('')}…`) > most) kept = kept.slice(0, -1);
  return `${kept.join('').trimEnd()}…`;
}

/** Where each name of a part stands, on as many lines as they need. */
function legendLines(parts: readonly string[], left: number): { index: number; at: number; name: string }[][] {
  const lines: { index: number; at: number; name: string }[][] = [[]];
  let at = left;
  parts.forEach((full, index) => {
    const name = cut(full, 260);
    const width = roomFor(name) + 36;
    if (at > left && at + width > WIDTH) {
      lines.push([]);
      at = left;
    }
    lines.at(-1)!.push({ index, at, name });
    at += width;
  });
  return lines;
}
