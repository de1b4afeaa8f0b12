/** Where a row says it was: coordinates with what is said of their certainty, sector, area or text. */
import type { KindValues } from '../../record/record.ts';
import { readCoordinate, readPoint } from './coordinates.ts';
import { readBearing, readLength } from './numbers.ts';
import type { Cell, Row } from './row.ts';

export function whereOf(row: Row): KindValues {
  const values = { ...pointOf(row), ...sectorOf(row) };
  const kind = placeKindOf(row, values);
  return kind === undefined ? values : { ...values, place_kind: kind };
}

function pointOf(row: Row): KindValues {
  const radius = radiusOf(row);
  const both = row.one('coordinates');
  if (both) {
    const point = readPoint(both.text, both.column.order, both.column.unit, row.plan.profile.decimal);
    if (typeof point === 'string') return row.refuse(both, point) ?? {};
    const { latitude, longitude, radiusMetres } = point;
    return { latitude, longitude, ...(radiusMetres === null ? {} : { radius_metres: radiusMetres }), ...radius };
  }
  const [first, second] = [row.one('latitude'), row.one('longitude')];
  if (!first && !second) return {};
  if (!first || !second) return row.refuse((first ?? second)!, 'one coordinate without the other') ?? {};
  const [latitude, longitude] = [degrees(row, first, 'latitude'), degrees(row, second, 'longitude')];
  return latitude === undefined || longitude === undefined ? {} : { latitude, longitude, ...radius };
}

function degrees(row: Row, cell: Cell, axis: 'latitude' | 'longitude'): number | undefined {
  const value = readCoordinate(cell.text, axis, cell.column.unit, row.plan.profile.decimal);
  return typeof value === 'string' ? row.refuse(cell, value) : value;
}

function radiusOf(row: Row): KindValues {
  const cell = row.one('radius');
  if (!cell) return {};
  const radius_metres = readLength(cell.text, cell.column.unit, row.plan.profile.decimal);
  if (radius_metres === null) return row.refuse(cell, 'not a length') ?? {};
  const { quantile } = cell.column;
  return { radius_metres, ...(quantile === undefined ? {} : { radius_quantile: quantile }) };
}

function sectorOf(row: Row): KindValues {
  const values: KindValues = {};
  for (const [role, column] of [
    ['azimuth', 'azimuth'],
    ['beam', 'beam_degrees'],
  ] as const) {
    const cell = row.one(role);
    if (!cell) continue;
    const bearing = readBearing(cell.text, row.plan.profile.decimal);
    if (bearing === null) row.refuse(cell, 'not an angle of 0 to 360 degrees');
    else values[column] = bearing;
  }
  return values;
}

/** Coordinates are what the profile says they are; without any, an area is an area and a text a text. */
function placeKindOf(row: Row, values: KindValues): string | undefined {
  if (values.latitude !== undefined) return row.plan.profile.placeKind;
  if (row.one('area')) return 'area';
  return row.one('place-text') ? 'text' : undefined;
}
