/**
 * How the beginning of a table would be read with a profile: counts and the shapes of cells, never what stands in them.
 *
 * Nobody has yet said which of these rows a paper covers, so none of them may be shown.
 */
import type { Draft } from '../record/record.ts';
import type { ZoneRule } from '../record/stamp.ts';
import type { ReturnFile } from './format.ts';
import type { Profile } from './table/profile.ts';
import { TIME_ROLES } from './table/roles.ts';
import table from './table.ts';

type Counted = { says: string; rows: number };
export type Trial = {
  /** Rows looked at, of which so many became records. */
  rows: number;
  records: number;
  /** Whether the table goes on. */
  more: boolean;
  unreadable: Counted[];
  /** Times of the records: placed, by precision and where the zone came from; or not, and why. */
  times: (Counted & { placed: boolean })[];
  /** Records that name whose they are. */
  named: number;
  columns: { column: string; roles: string[]; filled: number; shapes: Counted[] }[];
};

/** Columns whose shape tells how they are written; the shape of a name or a text would tell something of it. */
const SHAPED = new Set<string>([
  ...TIME_ROLES, 'zone', 'paid-zone', 'ip', 'inside-ip', 'ip-and-port', 'port', 'port-low', 'port-high', 'port-range',
  'latitude', 'longitude', 'coordinates', 'radius', 'azimuth', 'beam', 'amount', 'duration_seconds',
]); // biome-ignore format: a list
const LOOKED_AT = 500;
const SHAPES = 3;

export async function tried(file: ReturnFile, profile: Profile, zone?: ZoneRule): Promise<Trial> {
  const why = new Map<string, number>();
  const times = new Map<string, Counted & { placed: boolean }>();
  const shapes = new Map<string, Map<string, number>>();
  let [rows, records, named, more] = [0, 0, 0, false];
  for await (const reading of table.read(file, { profile, zone, siblings: [] })) {
    if ('stated' in reading || 'reference' in reading) continue;
    if (rows === LOOKED_AT) {
      more = true;
      break;
    }
    rows += 1;
    const raw = 'record' in reading ? reading.record.raw : reading.raw;
    if (typeof raw === 'object') for (const [column, text] of Object.entries(raw)) count(shapes, column, shapeOf(text));
    if ('unreadable' in reading) {
      why.set(reading.unreadable, (why.get(reading.unreadable) ?? 0) + 1);
      continue;
    }
    records += 1;
    if (reading.record.subjects.length > 0) named += 1;
    const time = timeOf(reading.record);
    const known = times.get(time.says) ?? { ...time, rows: 0 };
    times.set(time.says, { ...known, rows: known.rows + 1 });
  }
  return {
    rows,
    records,
    more,
    unreadable: sorted(why),
    times: [...times.values()].sort((a, b) => b.rows - a.rows),
    named,
    columns: [...new Set([...Object.keys(profile.columns), ...shapes.keys()])].map((column) => {
      const seen = shapes.get(column) ?? new Map<string, number>();
      const filled = [...seen].reduce((sum, [shape, times]) => sum + (shape === '' ? 0 : times), 0);
      seen.delete('');
      const roles = profile.columns[column]?.role ?? [];
      return {
        column,
        roles,
        filled,
        shapes: roles.some((role) => SHAPED.has(role)) ? sorted(seen).slice(0, SHAPES) : [],
      };
    }),
  };
}

function timeOf({ began, undetermined, precision, zoneBasis, kind }: Draft): { says: string; placed: boolean } {
  if (kind === 'fact' && began === null) return { says: 'a state, which needs no time', placed: true };
  if (began === null || undetermined) return { says: undetermined ?? 'no time', placed: false };
  return { says: `to the ${precision}, zone ${zoneBasis}`, placed: true };
}

/** `03/04/2017 05:06` as `99/99/9999 99:99`; long cells are cut. */
function shapeOf(text: string): string {
  const shape = text
    .trim()
    .slice(0, 40)
    .replace(/\p{Nd}/gu, '9')
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{L}/gu, 'a');
  return text.trim().length > 40 ? `${shape}…` : shape;
}

function count(of: Map<string, Map<string, number>>, column: string, shape: string): void {
  const counts = of.get(column) ?? new Map<string, number>();
  counts.set(shape, (counts.get(shape) ?? 0) + 1);
  of.set(column, counts);
}

const sorted = (counts: Map<string, number>): Counted[] =>
  [...counts].map(([says, rows]) => ({ says, rows })).sort((a, b) => b.rows - a.rows);
