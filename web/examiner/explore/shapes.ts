/**
 * What a record says of place, as a shape: an area with its radius, a sector, a band of distances, a counter, or a ring where
 * the source does not say how large. Never a bare dot for an address. A broken line is what the source leaves open.
 */
import type { Columns } from './columns.ts';
import type { Colours, Placed } from './draw.ts';
import { metresPerPixel, type View, yToLat } from './mercator.ts';

const [FIX, SECTOR, BAND, AGENT] = [1, 2, 3, 4];

export type Shape =
  | { of: 'counter' }
  /** `holds` is whether the source says how often the radius holds. */
  | { of: 'circle'; metres: number; isFix: boolean; holds: boolean }
  /** Degrees clockwise from north; `beam` null where the source does not say how wide. */
  | { of: 'sector'; azimuth: number; beam: number | null }
  /** Metres from the antenna; all around where the direction or its width is not said. */
  | { of: 'band'; near: number; far: number; azimuth: number | null; beam: number | null }
  | { of: 'ring'; isSector: boolean };

const said = (column: ArrayLike<number> | null, index: number) => {
  const value = column === null ? Number.NaN : column[index]!;
  return Number.isNaN(value) ? null : value;
};

export function shapeOf(columns: Columns, index: number): Shape {
  const sort = columns.place[index]!;
  if (sort === AGENT) return { of: 'counter' };
  const radius = said(columns.radius, index);
  if (radius !== null)
    return { of: 'circle', metres: radius, isFix: sort === FIX, holds: said(columns.quantile, index) !== null };
  const [azimuth, beam] = [said(columns.azimuth, index), said(columns.beam, index)];
  const far = said(columns.far, index);
  if (far !== null && (sort === BAND || sort === SECTOR))
    return { of: 'band', near: said(columns.near, index) ?? 0, far, azimuth, beam };
  if (azimuth !== null && sort === SECTOR) return { of: 'sector', azimuth, beam };
  return { of: 'ring', isSector: sort === SECTOR };
}

/** How far a sector reaches is not said: it is drawn this long, with a broken end. */
const REACH = 34;
const RING = 14;
const BROKEN = [4, 3];

/** Radians as a canvas counts them, clockwise from the right. */
const turned = (azimuth: number) => ((azimuth - 90) * Math.PI) / 180;
/** From where to where around an antenna; all of it where the direction or its width is not said. */
export function arcOf(azimuth: number | null, beam: number | null): { from: number; to: number; isWhole: boolean } {
  if (azimuth === null || beam === null || beam >= 360) return { from: 0, to: 2 * Math.PI, isWhole: true };
  return { from: turned(azimuth - beam / 2), to: turned(azimuth + beam / 2), isWhole: false };
}

export function drawShapes(
  context: CanvasRenderingContext2D,
  few: readonly number[],
  columns: Columns,
  at: Placed,
  view: View,
  width: number,
  height: number,
  colours: Colours,
): void {
  const metres = metresPerPixel(view, yToLat(view.y));
  context.lineWidth = 1.4;
  for (const index of few) {
    const x = (at.x[index]! - view.x) * view.scale + width / 2;
    const y = (at.y[index]! - view.y) * view.scale + height / 2;
    const shape = shapeOf(columns, index);
    context.strokeStyle = shape.of === 'ring' && !shape.isSector ? colours.warn : colours.accent;
    context.fillStyle = shape.of === 'counter' ? colours.accent : `rgb(${colours.heat.join(' ')} / 10%)`;
    draw(context, shape, x, y, metres);
  }
  context.setLineDash([]);
}

function draw(context: CanvasRenderingContext2D, shape: Shape, x: number, y: number, metres: number): void {
  context.setLineDash([]);
  context.beginPath();
  switch (shape.of) {
    case 'counter':
      // It is where it is.
      context.fillRect(x - 4, y - 4, 8, 8);
      break;
    case 'circle':
      context.arc(x, y, Math.max(5, shape.metres / metres), 0, 2 * Math.PI);
      context.fill();
      if (!shape.holds) context.setLineDash(BROKEN);
      context.stroke();
      if (shape.isFix) context.strokeRect(x - 1, y - 1, 2, 2);
      break;
    case 'sector':
      drawSector(context, x, y, shape.azimuth, shape.beam);
      break;
    case 'band': {
      const { from, to, isWhole } = arcOf(shape.azimuth, shape.beam);
      const [near, far] = [shape.near / metres, Math.max(5, shape.far / metres)];
      context.arc(x, y, far, from, to);
      if (isWhole) context.moveTo(x + near, y);
      context.arc(x, y, near, to, from, true);
      context.closePath();
      context.fill('evenodd');
      if (isWhole && shape.azimuth !== null) context.setLineDash(BROKEN);
      context.stroke();
      if (isWhole && shape.azimuth !== null) drawDirection(context, x, y, shape.azimuth, far);
      break;
    }
    case 'ring':
      context.setLineDash(BROKEN);
      context.arc(x, y, RING, 0, 2 * Math.PI);
      context.stroke();
  }
}

function drawSector(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  azimuth: number,
  beam: number | null,
): void {
  const { from, to, isWhole } = arcOf(azimuth, beam);
  if (isWhole) {
    context.setLineDash(BROKEN);
    context.arc(x, y, RING, 0, 2 * Math.PI);
    context.stroke();
    drawDirection(context, x, y, azimuth, RING + 10);
    return;
  }
  context.moveTo(x, y);
  context.arc(x, y, REACH, from, to);
  context.closePath();
  context.fill();
  context.beginPath();
  context.moveTo(x + REACH * Math.cos(from), y + REACH * Math.sin(from));
  context.lineTo(x, y);
  context.lineTo(x + REACH * Math.cos(to), y + REACH * Math.sin(to));
  context.stroke();
  context.beginPath();
  context.setLineDash(BROKEN);
  context.arc(x, y, REACH, from, to);
  context.stroke();
}

function drawDirection(context: CanvasRenderingContext2D, x: number, y: number, azimuth: number, length: number): void {
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + length * Math.cos(turned(azimuth)), y + length * Math.sin(turned(azimuth)));
  context.stroke();
}
