/** SVG as text, the same bytes every time: no styles, scripts or references, numbers cut to a tenth of a pixel. */
import { escaped } from './visible.ts';

export type Attributes = Record<string, string | number | undefined>;

/** `children` are finished markup; text goes through `label`. */
export function el(name: string, attributes: Attributes = {}, ...children: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? px(value) : escaped(value!)}"`)
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

function px(value: number): string {
  return String(Number(value.toFixed(1)) || 0);
}

export function label(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return el('text', { x, y, ...attributes }, escaped(text));
}

/** Text that stays readable on lines and tints: a pale edge is drawn under it. */
export function haloed(x: number, y: number, text: string, attributes: Attributes = {}): string {
  const edge = { stroke: PAPER, 'stroke-width': 3, 'stroke-linejoin': 'round', 'stroke-opacity': 0.85 };
  return label(x, y, text, { ...attributes, ...edge, fill: 'none' }) + label(x, y, text, attributes);
}

/** The whole picture. The description is said once, by the page around it. */
export function svg(width: number, height: number, ...children: string[]): string {
  return el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width: String(width),
      height: String(height),
      'font-family': 'Source Sans 3, Source Sans Pro, Helvetica Neue, Arial, sans-serif',
      'font-size': 12,
      fill: INK,
    },
    el('rect', { width, height, fill: PAPER }),
    ...children,
  );
}

/** Diagonal lines for a fill that is told apart without colour. `id` must be unique in the document. */
export function hatch(id: string, colour: string, gap = 6, width = 1, turn = 45): string {
  const line = el('path', { d: `M0 0V${gap}`, stroke: colour, 'stroke-width': width });
  return el(
    'pattern',
    { id, width: gap, height: gap, patternUnits: 'userSpaceOnUse', patternTransform: `rotate(${turn})` },
    line,
  );
}

/** Width of a text in the typeface of the figures, near enough to keep labels apart. */
export function textWidth(text: string, size = 12): number {
  return (
    [...text].reduce(
      (sum, character) =>
        sum +
        (/[iljtfI.,:;'|! ]/.test(character)
          ? 0.28
          : /[mwMW@]/.test(character)
            ? 0.8
            : /[A-Z]/.test(character)
              ? 0.6
              : 0.5),
      0,
    ) * size
  );
}

export const PAPER = '#ffffff';
export const INK = '#1b1f24';
export const SOFT = '#5c636b';
export const FAINT = '#c9ccd0';
export const LAND = '#f6f3ec';
export const WATER = '#dfe8ec';
export const BORDER = '#9a958a';
export const BLUE = '#1f4e79';
export const RUST = '#8a3b12';

/** One for each source, told apart by shape and pattern as well. */
export const SOURCES = ['#1f4e79', '#8a3b12', '#3f6b3a', '#6a4c86', '#7a6a1f', '#3b6c78'];
