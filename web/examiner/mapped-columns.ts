/** The columns of a mapping profile as a person chooses them: read from its text, and written back into it. */

/** Times of several shapes stand in one text, separated by ` | `. Empty where nothing is said. */
export type MappedColumn = {
  name: string;
  roles: readonly string[];
  time: string;
  zone: string;
  type: string;
  unit: string;
};

type Json = Record<string, unknown>;
type Parts = { role?: string | string[]; time?: string | string[]; zone?: string; type?: string; unit?: string };

const TIMED: readonly string[] = ['time', 'date', 'clock', 'ended', 'paid-time', 'as-of'];
const NAMING =
  /^(account|subject|subscriber|counterpart|counterpart-detail|sender|sender-detail|receiver|receiver-detail)$/;
export const UNITS: Readonly<Record<string, readonly string[]>> = {
  duration_seconds: ['seconds', 'milliseconds', 'minutes', 'hours', 'h:mm:ss'],
  radius: ['metres', 'kilometres', 'feet', 'miles'],
  latitude: ['degrees', 'e7'],
  longitude: ['degrees', 'e7'],
  coordinates: ['degrees', 'e7'],
};

export const holdsTime = ({ roles }: MappedColumn) => roles.some((role) => TIMED.includes(role));
export const namesSomeone = ({ roles }: MappedColumn) => roles.some((role) => NAMING.test(role));
export const unitsOf = ({ roles }: MappedColumn) => roles.flatMap((role) => UNITS[role] ?? []);

/** Those of the profile, then the file's others, which are kept as source fields. Null while the text is no profile. */
export function mappedColumns(text: string, inFile: readonly string[]): MappedColumn[] | null {
  const columns = columnsIn(text);
  if (columns === null) return null;
  const others = inFile.filter((name) => !Object.hasOwn(columns, name));
  return [...Object.keys(columns), ...others].map((name) => {
    const {
      role = [],
      time = [],
      zone = '',
      type = '',
      unit = '',
    } = Object.hasOwn(columns, name) ? columns[name]! : {};
    return { name, roles: [role].flat(), time: [time].flat().join(' | '), zone, type, unit };
  });
}

/** The profile with this column as it is chosen; what no longer suits what it holds goes, all else of it stays. */
export function withColumn(text: string, column: MappedColumn): string {
  const columns = columnsIn(text);
  if (columns === null) return text;
  const before: Json = Object.hasOwn(columns, column.name) ? { ...columns[column.name]! } : {};
  const { role: _role, time: _time, zone: _zone, type: _type, unit: _unit, ...rest } = before;
  if (!column.roles.includes('radius')) delete rest['quantile'];
  const { roles } = column;
  const times = column.time.split(/\s*\|\s*/).filter(Boolean);
  const units = unitsOf(column);
  const one = <T>(list: readonly T[]) => (list.length === 1 ? list[0]! : list);
  const after: Json = {
    role: one(roles),
    ...(holdsTime(column) && times.length > 0 ? { time: one(times) } : {}),
    ...(holdsTime(column) && column.zone.trim() ? { zone: column.zone.trim() } : {}),
    ...(namesSomeone(column) && column.type ? { type: column.type } : {}),
    ...(units.includes(column.unit) ? { unit: column.unit } : {}),
    ...rest,
  };
  const profile = JSON.parse(text) as Json;
  const kept = Object.entries(columns).filter(([name]) => name !== column.name || roles.length > 0);
  const changed = kept.map(([name, parts]): [string, unknown] => [name, name === column.name ? after : parts]);
  if (roles.length > 0 && !Object.hasOwn(columns, column.name)) changed.push([column.name, after]);
  return JSON.stringify({ ...profile, columns: Object.fromEntries(changed) }, null, 2);
}

function columnsIn(text: string): Record<string, Parts> | null {
  try {
    const { columns } = JSON.parse(text) as { columns?: unknown };
    const isOne = columns !== null && typeof columns === 'object' && !Array.isArray(columns);
    return isOne ? (columns as Record<string, Parts>) : null;
  } catch {
    return null;
  }
}
