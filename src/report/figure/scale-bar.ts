/** A bar of round length, true at the latitude it stands on: Mercator stretches with latitude. */

import { el, haloed, INK, PAPER } from '../../document/svg.ts';
import { metresPerPixel, type View } from './projection.ts';

export type ScaleBar = { metres: number; widthPx: number; latitude: number };

/** The longest of 1, 2 or 5 times a power of ten that fits in `mostPx` at the height `y`. */
export function scaleBarAt(view: View, y: number, mostPx: number): ScaleBar {
  const perPixel = metresPerPixel(view, y);
  const most = perPixel * mostPx;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((step) => step * power).find((length) => length <= most)!;
  return { metres, widthPx: metres / perPixel, latitude: view.projection.invert!([view.width / 2, y])![1] };
}

export function scaleBar(view: View, x: number, y: number, mostPx: number): string {
  const { metres, widthPx, latitude } = scaleBarAt(view, y, mostPx);
  const [half, text] = [widthPx / 2, { 'font-size': 11 }];
  const side = latitude < 0 ? 'S' : 'N';
  return (
    el('rect', { x: x - 8, y: y - 22, width: widthPx + 96, height: 34, fill: PAPER, 'fill-opacity': 0.8 }) +
    el('rect', { x, y, width: half, height: 4, fill: INK }) +
    el('rect', { x: x + half, y, width: half, height: 4, fill: PAPER, stroke: INK, 'stroke-width': 0.8 }) +
    haloed(x, y - 6, '0', text) +
    haloed(x + widthPx, y - 6, `${lengthText(metres)} at ${Math.abs(latitude).toFixed(0)}° ${side}`, {
      ...text,
      'text-anchor': widthPx > 90 ? 'middle' : 'start',
    })
  );
}

function lengthText(metres: number): string {
  return metres >= 1000 ? `${Number((metres / 1000).toPrecision(3))} km` : `${Number(metres.toPrecision(3))} m`;
}

export function northArrow(x: number, y: number): string {
  return (
    el('path', { d: `M${x} ${y - 26}l5.5 18l-5.5 -4.5l-5.5 4.5z`, fill: INK, stroke: PAPER, 'stroke-width': 0.8 }) +
    haloed(x, y + 6, 'N', { 'text-anchor': 'middle', 'font-size': 12, 'font-weight': 600 })
  );
}
