/**
 * Land, borders and counties under a map, from files that lie in the house: no tile server, no network.
 *
 * Natural Earth at 1 : 10 million and, in the United States, Census counties at 1 : 10 million. Lines are good to about a
 * kilometre; there are no streets.
 */
import { createRequire } from 'node:module';
import { type GeoPath, geoArea, geoContains, geoPath } from 'd3-geo';
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { feature, mesh } from 'topojson-client';
import { BORDER, el, LAND, WATER } from '../../document/svg.ts';
import type { View } from './projection.ts';

export const BASE_MAP_SOURCES =
  'Base map: Natural Earth 1:10 million (public domain); in the United States, Census counties and states (public domain). Place names: GeoNames, CC BY 4.0.';

type Atlas = Parameters<typeof mesh>[0];
type Lines = NonNullable<Parameters<typeof mesh>[1]>;
type Area = Feature<Polygon | MultiPolygon>;

const load = createRequire(import.meta.url);
let countries: Area[] | undefined;
let states: Atlas | undefined;

export function baseMap(view: View): string {
  const path = geoPath(view.projection).digits(1);
  const land = countriesIn(view);
  const drawn = (shape: Parameters<GeoPath>[0], attributes: Record<string, string | number>) => {
    const d = path(shape);
    return d ? el('path', { d, ...attributes }) : '';
  };
  return [
    el('rect', { width: view.width, height: view.height, fill: WATER }),
    ...land.map((country) =>
      drawn(country, { fill: LAND, stroke: BORDER, 'stroke-width': 1.2, 'stroke-linejoin': 'round' }),
    ),
    ...(inUnitedStates(view) ? countyLines(drawn) : []),
  ].join('');
}

function countyLines(
  drawn: (shape: Parameters<GeoPath>[0], attributes: Record<string, string | number>) => string,
): string[] {
  const atlas = unitedStates();
  const counties = mesh(
    atlas,
    atlas.objects.counties as Lines,
    (a, b) => a !== b && String(a.id).slice(0, 2) === String(b.id).slice(0, 2),
  );
  const between = mesh(atlas, atlas.objects.states as Lines, (a, b) => a !== b);
  return [
    drawn(counties, { fill: 'none', stroke: '#d5d0c4', 'stroke-width': 0.7 }),
    drawn(between, { fill: 'none', stroke: BORDER, 'stroke-width': 0.9, 'stroke-dasharray': '6 2 1.5 2' }),
  ];
}

function unitedStates(): Atlas {
  states ??= load('us-atlas/counties-10m.json') as Atlas;
  return states;
}

function inUnitedStates(view: View): boolean {
  const atlas = unitedStates();
  const nation = feature(atlas, atlas.objects.nation!) as unknown as FeatureCollection;
  const { width, height, projection } = view;
  const looked = [[width / 2, height / 2], [0, 0], [width, 0], [0, height], [width, height]] as [number, number][]; // biome-ignore format: one
  return looked.some((corner) => nation.features.some((one) => geoContains(one, projection.invert!(corner)!)));
}

function countriesIn(view: View): Area[] {
  const shown = allCountries().flatMap(({ geometry, ...rest }): Area[] => {
    const polygons = polygonsOf(geometry).filter((polygon) => reaches(view, polygon[0]!));
    return polygons.length === 0 ? [] : [{ ...rest, geometry: { type: 'MultiPolygon', coordinates: polygons } }];
  });
  return shown;
}

/** Every country without the few rings that are wound the wrong way round and would flood the sea. */
function allCountries(): Area[] {
  if (countries) return countries;
  const atlas = load('world-atlas/countries-10m.json') as Atlas;
  const collection = feature(atlas, atlas.objects.countries!) as unknown as FeatureCollection<Polygon | MultiPolygon>;
  countries = collection.features.map((one) => ({
    ...one,
    geometry: {
      type: 'MultiPolygon' as const,
      coordinates: polygonsOf(one.geometry).filter(
        (coordinates) => geoArea({ type: 'Polygon', coordinates }) <= 2 * Math.PI,
      ),
    },
  }));
  return countries;
}

function polygonsOf(geometry: Polygon | MultiPolygon): Position[][][] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

/** A quick look that leaves out what is far away; a ring over the date line is always kept. */
function reaches(view: View, ring: Position[]): boolean {
  const [longitudes, latitudes] = [ring.map(([x]) => x!), ring.map(([, y]) => y!)];
  const [low, high] = [Math.min(...latitudes), Math.max(...latitudes)];
  if (high < view.south || low > view.north) return false;
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  if (view.west > view.east || east - west > 180) return true;
  return west <= view.east && east >= view.west;
}
