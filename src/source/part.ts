/** Parts of a row that need a category of their own: what belongs to one, and a record without those not covered. */
import type { Draft, KindColumn, Part } from '../record/record.ts';

const OF_PLACE: KindColumn[] = [
  'cell_first', 'cell_last', 'latitude', 'longitude', 'place_kind', 'radius_metres', 'radius_quantile', 'azimuth',
  'beam_degrees', 'range_low_metres', 'range_high_metres', 'area', 'place_text', 'last_latitude', 'last_longitude',
  'last_azimuth',
]; // biome-ignore format: a list reads better as one

/** The record's columns read from these of the table, and what a constant says of the place they tell. */
export function columnsFrom(
  names: readonly string[],
  sources: readonly [KindColumn, string][],
  constants: Partial<Record<KindColumn, unknown>>,
): KindColumn[] {
  const read = sources
    .filter(([, name]) => names.includes(name))
    .flatMap(([column]): KindColumn[] => (column === 'paid_began' ? [column, 'paid_time_as_stored'] : [column]));
  const place = read.some((column) => OF_PLACE.includes(column));
  const constant = Object.keys(constants) as KindColumn[];
  return [...read, ...(place ? constant.filter((column) => OF_PLACE.includes(column)) : [])];
}

/**
 * The record without these parts: their columns, their texts, and whom they mention. What is left names only texts it has:
 * a column that is no text of the row is handed over under its record column alone.
 */
export function without(draft: Draft, parts: readonly Part[]): Draft {
  if (draft.parts === undefined && draft.mentions === undefined) return draft;
  const columns = new Set<string>(parts.flatMap((part) => part.columns));
  const fields = new Set(parts.flatMap((part) => part.fields));
  const raw = Object.fromEntries(Object.entries(draft.raw).filter(([field]) => !fields.has(field)));
  const held = <T extends { fields: string[] }>(one: T): T => ({
    ...one,
    fields: one.fields.filter((field) => Object.hasOwn(raw, field)),
  });
  const left = (draft.parts ?? []).filter((part) => !parts.includes(part)).map(held);
  const mentions = (draft.mentions ?? [])
    .filter((mention) => !mention.fields.some((field) => fields.has(field)))
    .map(held);
  const { parts: _parts, mentions: _mentions, ...rest } = draft;
  return {
    ...rest,
    values: Object.fromEntries(Object.entries(draft.values).filter(([column]) => !columns.has(column))),
    raw,
    ...(left.length > 0 ? { parts: left } : {}),
    ...(mentions.length > 0 ? { mentions } : {}),
  };
}
