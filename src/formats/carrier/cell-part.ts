/** The cells of a call, which are location and need a category of their own. */
import type { KindColumn, Part } from '../../record/record.ts';

const COLUMNS: KindColumn[] = [
  'cell_first', 'cell_last', 'place_kind', 'latitude', 'longitude', 'azimuth',
  'last_latitude', 'last_longitude', 'last_azimuth',
]; // biome-ignore format: first, then last

const PLACE =
  /^(1st|first|last)\b|^network element|\b(towers?|sites?|sectors?|cell|face|lac|tac|cgi|ecgi|[eg]nodeb|lat|latitude|long|longitude|azimuth)\b/i;

/** Whether a column's name speaks of a cell, a tower or a coordinate. */
export function saysWhere(name: string): boolean {
  return PLACE.test(name);
}

/** The columns and source fields of a row that say where. Empty when the row fills no such field. */
export function cellPart(raw: Record<string, string>): Part[] {
  const fields = Object.keys(raw).filter((name) => raw[name]?.trim() !== '' && saysWhere(name));
  return fields.length === 0 ? [] : [{ category: 'DC-11', columns: COLUMNS, fields }];
}
