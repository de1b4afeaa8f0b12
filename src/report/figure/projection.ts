/** A Mercator view of a few places with room around them, and true lengths on it. */
import { type GeoProjection, geoMercator } from 'd3-geo';

export const EARTH_METRES = 6_371_008.8;

export type LonLat = [longitude: number, latitude: number];

export type View = {
  projection: GeoProjection;
  width: number;
  height: number;
  /** Corners of the view: west, south, east, north; west may be larger than east. */
  west: number;
  south: number;
  east: number;
  north: number;
};

/** Points so far north or south that Mercator has no use for them are brought to this latitude. */
const HIGHEST = 83;

/**
 * The view that holds all points with a margin, at least `leastKm` wide. Longitudes are taken the short way round, so a view
 * over the date line stays in one piece.
 */
export function viewOf(points: readonly LonLat[], width: number, height: number, leastKm: number): View {
  const first = points[0]![0];
  const near = points.map(
    ([longitude, latitude]): LonLat => [
      first + ((((longitude - first + 540) % 360) + 360) % 360) - 180,
      Math.max(-HIGHEST, Math.min(HIGHEST, latitude)),
    ],
  );
  const [west, east] = [least(near.map(([x]) => x)), most(near.map(([x]) => x))];
  const [south, north] = [least(near.map(([, y]) => y)), most(near.map(([, y]) => y))];
  const [middle, centre] = [(west + east) / 2, (south + north) / 2];
  const up = (leastKm * 1000 * (height / width)) / 2 / EARTH_METRES / RADIANS;
  const across = (leastKm * 1000) / 2 / EARTH_METRES / RADIANS / Math.cos(centre * RADIANS);
  const reach: LonLat[] = [
    [Math.min(west, middle - across) - middle, Math.min(south, centre - up)],
    [Math.max(east, middle + across) - middle, Math.max(north, centre + up)],
  ];
  const margin = Math.round(Math.min(width, height) * 0.1);
  const projection = geoMercator()
    .rotate([-middle, 0])
    .fitExtent([[margin, margin], [width - margin, height - margin]], {
      type: 'MultiPoint',
      coordinates: reach.map(([x, y]) => [x + middle, y]),
    })
    .clipExtent([[0, 0], [width, height]]); // biome-ignore format: a corner a pair
  const [low, high] = [projection.invert!([0, height])!, projection.invert!([width, 0])!];
  return { projection, width, height, west: low[0], south: low[1], east: high[0], north: high[1] };
}

/** Metres on the ground that one pixel spans at a height of the picture. */
export function metresPerPixel({ projection, width }: View, y: number): number {
  const latitude = projection.invert!([width / 2, y])![1];
  return (EARTH_METRES * Math.cos(latitude * RADIANS)) / projection.scale();
}

const RADIANS = Math.PI / 180;
const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b));
const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b));
