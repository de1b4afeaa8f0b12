/** Drawing the map: land, borders, towns, and the records. Many are drawn as density; few as what each says of place. */
import type { BaseMap, Shape } from './base-map.ts';
import type { Columns } from './columns.ts';
import type { Counted } from './cross.ts';
import { latToY, lonToX, type View } from './mercator.ts';
import type { Box } from './selection.ts';
import { drawShapes } from './shapes.ts';

export type Colours = {
  water: string;
  land: string;
  border: string;
  line: string;
  ink: string;
  paper: string;
  heat: [number, number, number];
  accent: string;
  warn: string;
};

/** The unit-square place of each record; NaN where it has none. Worked out once. */
export type Placed = { x: Float32Array; y: Float32Array };

export function placed({ count, latitude, longitude }: Columns): Placed {
  const [x, y] = [new Float32Array(count), new Float32Array(count)];
  for (let index = 0; index < count; index++) {
    const degrees = longitude[index]!;
    x[index] = lonToX(degrees);
    y[index] = Number.isNaN(degrees) ? Number.NaN : latToY(latitude[index]!);
  }
  return { x, y };
}

const CELL = 3;
const FEW = 400;

export function drawBase(
  context: CanvasRenderingContext2D,
  map: BaseMap,
  view: View,
  width: number,
  height: number,
  colours: Colours,
): void {
  context.fillStyle = colours.water;
  context.fillRect(0, 0, width, height);
  const [halfX, halfY] = [width / 2 / view.scale, height / 2 / view.scale];
  const isSeen = ({ west, east, north, south }: Shape) =>
    east > view.x - halfX && west < view.x + halfX && south > view.y - halfY && north < view.y + halfY;
  const draw = (shapes: readonly Shape[], fill: string | null, stroke: string, pixels: number) => {
    context.save();
    context.translate(width / 2, height / 2);
    context.scale(view.scale, view.scale);
    context.translate(-view.x, -view.y);
    context.lineWidth = pixels / view.scale;
    context.strokeStyle = stroke;
    for (const one of shapes) {
      if (!isSeen(one)) continue;
      if (fill !== null) {
        context.fillStyle = fill;
        context.fill(one.path, 'evenodd');
      }
      context.stroke(one.path);
    }
    context.restore();
  };
  draw(view.scale > 3000 && map.finer.length > 0 ? map.finer : map.countries, colours.land, colours.border, 1);
  if (view.scale > 2500) draw(map.states, null, colours.border, 0.8);
  if (view.scale > 9000) draw(map.counties, null, colours.line, 0.6);
}

export function drawTowns(
  context: CanvasRenderingContext2D,
  { towns }: BaseMap,
  view: View,
  width: number,
  height: number,
  colours: Colours,
): void {
  const [halfX, halfY] = [width / 2 / view.scale, height / 2 / view.scale];
  const least = 4e9 / view.scale;
  const taken: { x: number; y: number; w: number }[] = [];
  context.font = '12px "Source Sans 3", sans-serif';
  context.textBaseline = 'middle';
  context.lineWidth = 3;
  context.strokeStyle = colours.paper;
  context.fillStyle = colours.ink;
  for (const { name, x, y, people } of towns) {
    // The largest come first: what does not fit is smaller.
    if (people < least || taken.length >= 40) break;
    if (Math.abs(x - view.x) > halfX || Math.abs(y - view.y) > halfY) continue;
    const at = {
      x: (x - view.x) * view.scale + width / 2,
      y: (y - view.y) * view.scale + height / 2,
      w: name.length * 6.2 + 10,
    };
    if (taken.some((other) => Math.abs(other.y - at.y) < 15 && at.x < other.x + other.w && other.x < at.x + at.w))
      continue;
    taken.push(at);
    context.fillRect(at.x - 1.5, at.y - 1.5, 3, 3);
    context.strokeText(name, at.x + 5, at.y);
    context.fillText(name, at.x + 5, at.y);
  }
}

/** How many records lie in the view; draws them as density, or as what they are where they are few. */
export function drawRecords(
  context: CanvasRenderingContext2D,
  grid: { canvas: OffscreenCanvas; counts: Uint32Array },
  columns: Columns,
  at: Placed,
  { drawn }: Counted,
  view: View,
  width: number,
  height: number,
  colours: Colours,
): { inView: number; asShapes: boolean } {
  const [across, down] = [Math.ceil(width / CELL), Math.ceil(height / CELL)];
  const counts = grid.counts.length === across * down ? grid.counts.fill(0) : new Uint32Array(across * down);
  grid.counts = counts;
  const { x, y } = at;
  const scale = view.scale / CELL;
  const [left, top] = [view.x - width / 2 / view.scale, view.y - height / 2 / view.scale];
  let inView = 0;
  // One record of each cell that holds any, and of each direction there: where they are few, they are drawn as what they
  // say, however many lie in each.
  const few: number[] = [];
  const { azimuth } = columns;
  const directions = new Set<number>();
  for (let index = 0; index < drawn.length; index++) {
    if (drawn[index] === 0) continue;
    const column = (x[index]! - left) * scale;
    const row = (y[index]! - top) * scale;
    if (!(column >= 0 && column < across && row >= 0 && row < down)) continue;
    const cell = (row | 0) * across + (column | 0);
    if (few.length <= FEW) {
      const degrees = azimuth === null ? Number.NaN : azimuth[index]!;
      if (Number.isNaN(degrees)) {
        if (counts[cell]! === 0) few.push(index);
      } else {
        const direction = cell * 361 + Math.round(degrees);
        if (!directions.has(direction)) few.push(index);
        directions.add(direction);
      }
    }
    counts[cell]! += 1;
    inView += 1;
  }
  if (inView === 0) return { inView, asShapes: false };
  if (few.length <= FEW) {
    drawShapes(context, few, columns, at, view, width, height, colours);
    return { inView, asShapes: true };
  }
  drawDensity(context, grid.canvas, counts, across, down, colours);
  return { inView, asShapes: false };
}

function drawDensity(
  context: CanvasRenderingContext2D,
  canvas: OffscreenCanvas,
  counts: Uint32Array,
  across: number,
  down: number,
  colours: Colours,
): void {
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
  }
  const inner = canvas.getContext('2d')!;
  const image = inner.createImageData(across, down);
  const pixels = new Uint32Array(image.data.buffer);
  let most = 1;
  for (const count of counts) if (count > most) most = count;
  const [red, green, blue] = colours.heat;
  const colour = (blue << 16) | (green << 8) | red;
  const per = 190 / Math.log1p(most);
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell]!;
    if (count > 0) pixels[cell] = ((50 + Math.log1p(count) * per) << 24) | colour;
  }
  inner.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(canvas, 0, 0, across * CELL, down * CELL);
}

export function drawBox(
  context: CanvasRenderingContext2D,
  box: Box,
  view: View,
  width: number,
  height: number,
  colours: Colours,
): void {
  const px = (longitude: number) => (lonToX(longitude) - view.x) * view.scale + width / 2;
  const py = (latitude: number) => (latToY(latitude) - view.y) * view.scale + height / 2;
  context.strokeStyle = colours.warn;
  context.lineWidth = 2;
  context.setLineDash([6, 4]);
  context.strokeRect(px(box.west), py(box.north), px(box.east) - px(box.west), py(box.south) - py(box.north));
  context.setLineDash([]);
}
