/** A map of areas: 50 % and 90 % outlines, the statements they rest on as light rings, towns, a true scale bar. */
import { geoCircle, geoPath } from 'd3-geo';
import type { MultiPolygon } from 'geojson';
import { BLUE, el, haloed, hatch, INK, label, PAPER, RUST, svg } from '../../document/svg.ts';
import { BASE_MAP_SOURCES, baseMap } from './base-map.ts';
import { Boxes } from './boxes.ts';
import { placeLabels } from './place-labels.ts';
import { EARTH_METRES, type LonLat, viewOf } from './projection.ts';
import { northArrow, scaleBar } from './scale-bar.ts';

const [WIDTH, HEIGHT] = [720, 520];

export type Ring = { latitude: number; longitude: number; radiusMetres: number; label: string };
export type MapOf = {
  id: string;
  half: MultiPolygon;
  nineTenths: MultiPolygon;
  rings: Ring[];
  anchors: { letter: string; shape: MultiPolygon }[];
};

/** Winds rings as d3 wants them: clockwise outside, as seen from above. */
function wound(shape: MultiPolygon): MultiPolygon {
  const area = (ring: number[][]) =>
    ring.reduce(
      (sum, [x, y], i) => sum + x! * ring[(i + 1) % ring.length]![1]! - ring[(i + 1) % ring.length]![0]! * y!,
      0,
    );
  return {
    type: 'MultiPolygon',
    coordinates: shape.coordinates.map((polygon) =>
      polygon.map((ring, index) => (area(ring) > 0 === (index === 0) ? [...ring].reverse() : ring)),
    ),
  };
}

export function map({ id, half, nineTenths, rings, anchors }: MapOf): {
  svg: string;
  width: number;
  height: number;
  sources: string;
} {
  const points = [...nineTenths.coordinates, ...half.coordinates].flatMap((polygon) =>
    polygon.flatMap((ring) => ring.map(([x, y]): LonLat => [x!, y!])),
  );
  const view = viewOf(points, WIDTH, HEIGHT, 6);
  const path = geoPath(view.projection).digits(1);
  const boxes = new Boxes({ left: 4, top: 4, right: WIDTH - 4, bottom: HEIGHT - 4 });
  boxes.keep({ left: 0, top: HEIGHT - 48, right: 260, bottom: HEIGHT });
  boxes.keep({ left: WIDTH - 40, top: 0, right: WIDTH, bottom: 60 });
  boxes.keep({ left: WIDTH - 236, top: HEIGHT - 84, right: WIDTH, bottom: HEIGHT });
  const circles = rings.map(({ latitude, longitude, radiusMetres }) => {
    const circle = geoCircle()
      .center([longitude, latitude])
      .radius((radiusMetres / EARTH_METRES) * (180 / Math.PI))();
    return el('path', {
      d: path(circle) ?? '',
      fill: 'none',
      stroke: INK,
      'stroke-width': 0.6,
      'stroke-opacity': 0.35,
      'stroke-dasharray': '2 3',
    });
  });
  const outline = (shape: MultiPolygon, attributes: Record<string, string | number>) =>
    el('path', { d: path(wound(shape)) ?? '', 'stroke-linejoin': 'round', ...attributes });
  const key = (y: number, text: string, attributes: Record<string, string | number>) =>
    el('rect', { x: WIDTH - 222, y: y - 10, width: 26, height: 13, ...attributes }) +
    label(WIDTH - 188, y + 1, text, { 'font-size': 12 });
  return {
    width: WIDTH,
    height: HEIGHT,
    sources: BASE_MAP_SOURCES,
    svg: svg(
      WIDTH,
      HEIGHT,
      el(
        'defs',
        {},
        hatch(`${id}-hatch`, RUST, 5, 1.4),
        el('clipPath', { id: `${id}-clip` }, el('rect', { width: WIDTH, height: HEIGHT })),
      ),
      el('g', { 'clip-path': `url(#${id}-clip)` },
        baseMap(view),
        ...circles,
        outline(nineTenths, { fill: BLUE, 'fill-opacity': 0.14, stroke: BLUE, 'stroke-width': 1.8, 'stroke-dasharray': '7 4' }),
        outline(half, { fill: `url(#${id}-hatch)`, stroke: RUST, 'stroke-width': 1.8 }),
        placeLabels(view, boxes),
        ...anchors.map(({ letter, shape }) => letterAt(letter, path.centroid(wound(shape)))),
      ), // biome-ignore format: drawn in this order
      scaleBar(view, 16, HEIGHT - 18, 170),
      northArrow(WIDTH - 22, 36),
      el('rect', {
        x: WIDTH - 232,
        y: HEIGHT - 80,
        width: 224,
        height: 72,
        fill: PAPER,
        'fill-opacity': 0.9,
        stroke: '#c9ccd0',
        'stroke-width': 0.8,
      }),
      key(HEIGHT - 60, '50 % area', { fill: `url(#${id}-hatch)`, stroke: RUST, 'stroke-width': 1.6 }),
      key(HEIGHT - 38, '90 % area', {
        fill: BLUE,
        'fill-opacity': 0.14,
        stroke: BLUE,
        'stroke-width': 1.6,
        'stroke-dasharray': '7 4',
      }),
      key(HEIGHT - 16, 'one statement, 50 % radius', {
        fill: 'none',
        stroke: INK,
        'stroke-width': 0.6,
        'stroke-opacity': 0.5,
        'stroke-dasharray': '2 3',
      }),
      rings.length === 0 ? haloed(16, 24, 'No single statement is drawn.', { 'font-size': 11 }) : '',
      el('rect', { width: WIDTH, height: HEIGHT, fill: 'none', stroke: '#9a958a', 'stroke-width': 1 }),
    ),
  };
}

/** A letter in a box: the name of a place in the table, not a position. */
function letterAt(letter: string, [x, y]: [number, number]): string {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return '';
  return (
    el('rect', { x: x - 8, y: y - 8, width: 16, height: 16, rx: 2, fill: PAPER, stroke: INK, 'stroke-width': 0.9 }) +
    label(x, y + 4.5, letter, { 'text-anchor': 'middle', 'font-size': 12, 'font-weight': 600 })
  );
}
