/** One row of a table as one record; or, when any mapped cell cannot be read as what the profile says, why not. */
import type { Draft, KindColumn, KindValues, Part } from '../../record/record.ts';
import { asOf, type Declared, type Known, paidOf, type When, whenOf } from './moments.ts';
import { networkOf } from './network.ts';
import { readAmount, readDuration } from './numbers.ts';
import { mentionsOf, partiesOf, subjectsOf } from './people.ts';
import type { Plan } from './plan.ts';
import { PARTIES, PLACE_ROLES, type Role, TEXT_ROLES } from './roles.ts';
import { type Cell, Row, withoutFloat } from './row.ts';
import { whereOf } from './where.ts';

/** `zone` is the one declared with the import. Columns of other categories than the row's become parts of it. */
export function draftOf(
  plan: Plan,
  texts: string[],
  zone: Declared,
): Draft | { unreadable: string; raw: Record<string, string> } {
  const row = new Row(plan, texts);
  const { kind, category } = plan.profile;
  const duration = durationOf(row);
  const known = asOf(row, zone);
  const when = timeOf(row, duration, known, zone);
  const values: KindValues = {
    ...textsOf(row),
    ...partiesOf(row),
    ...networkOf(row),
    ...whereOf(row),
    ...moneyOf(row),
    ...paidOf(row, zone),
    duration_seconds: duration,
    as_of: known?.instant,
  };
  if (row.trouble !== null) return { unreadable: row.trouble, raw: row.raw };
  const [parts, mentions] = [partsOf(row), mentionsOf(row)];
  return {
    kind,
    category,
    subjects: subjectsOf(row),
    ...when,
    values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
    raw: row.raw,
    ...(parts.length > 0 ? { parts } : {}),
    ...(mentions.length > 0 ? { mentions } : {}),
  };
}

/** A fact that only says as of when it is so has that as its text, and no instant of its own. */
function timeOf(row: Row, duration: number | undefined, known: Known | null, zone: Declared): When {
  const when = whenOf(row, duration, zone);
  if (row.plan.profile.kind !== 'fact' || row.plan.has('time') || row.plan.has('date')) return when;
  if (!known) return { began: null, ended: null, precision: 'none', timeAsStored: '', zoneBasis: 'unknown' };
  const { text: timeAsStored, precision, zoneBasis } = known.stamp;
  return { began: null, ended: null, precision, timeAsStored, zoneBasis };
}

function textsOf(row: Row): KindValues {
  const values: Record<string, string> = {};
  for (const cell of row.cells) {
    for (const role of cell.column.role) {
      if (!(role in TEXT_ROLES) || role in PARTIES) continue;
      const column: KindColumn = TEXT_ROLES[role as keyof typeof TEXT_ROLES];
      const text = meant(cell);
      values[column] = values[column] === undefined ? text : `${values[column]} ${text}`;
    }
  }
  return values;
}

function meant({ text, column: { means } }: Cell): string {
  return means && Object.hasOwn(means, text) ? means[text]! : withoutFloat(text);
}

function moneyOf(row: Row): KindValues {
  const cell = row.one('amount');
  if (!cell) return {};
  const read = readAmount(cell.text, row.plan.profile.decimal);
  if (read === null) return row.refuse(cell, 'not an amount') ?? {};
  if (read === 'ambiguous') {
    return row.refuse(cell, 'its sign may separate thousands or the fraction; declare decimal') ?? {};
  }
  const currency = row.one('currency');
  if (read.currency !== null && currency && meant(currency) !== read.currency) {
    return row.refuse(cell, 'another currency than its column') ?? {};
  }
  return { amount: read.amount, ...(read.currency === null ? {} : { currency: read.currency }) };
}

function durationOf(row: Row): number | undefined {
  const cell = row.one('duration_seconds');
  if (!cell) return undefined;
  const seconds = readDuration(cell.text, cell.column.unit, row.plan.profile.decimal);
  return seconds ?? row.refuse(cell, 'not a duration');
}

const COLUMNS: Partial<Record<Role, KindColumn[]>> = {
  ...Object.fromEntries(Object.entries(TEXT_ROLES).map(([role, column]) => [role, [column]])),
  ip: ['ip'], 'inside-ip': ['inside_ip'], 'ip-and-port': ['ip', 'port'],
  port: ['port'], 'port-low': ['port_low'], 'port-high': ['port_high'], 'port-range': ['port_low', 'port_high'],
  latitude: ['latitude', 'place_kind'], longitude: ['longitude'], area: ['area', 'place_kind'],
  'place-text': ['place_text', 'place_kind'], coordinates: ['latitude', 'longitude', 'radius_metres', 'place_kind'],
  radius: ['radius_metres', 'radius_quantile'], azimuth: ['azimuth'], beam: ['beam_degrees'],
  amount: ['amount', 'currency'], duration_seconds: ['duration_seconds'], 'as-of': ['as_of'],
  'paid-time': ['paid_began', 'paid_time_as_stored'],
}; // biome-ignore format: a table

function partsOf(row: Row): Part[] {
  const { category, placeCategory = 'DC-11' } = row.plan.profile;
  const parts = new Map<string, { columns: Set<KindColumn>; fields: string[] }>();
  for (const { column, header } of row.cells) {
    const places = column.role.some((role) => (PLACE_ROLES as readonly Role[]).includes(role));
    const own = column.category ?? (places ? placeCategory : category);
    if (own === category) continue;
    const part = parts.get(own) ?? { columns: new Set<KindColumn>(), fields: [] };
    for (const role of column.role) for (const one of COLUMNS[role] ?? []) part.columns.add(one);
    part.fields.push(header);
    parts.set(own, part);
  }
  return [...parts].map(([own, { columns, fields }]) => ({ category: own, columns: [...columns], fields }));
}
