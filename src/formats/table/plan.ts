/** A profile laid over the header of one table: which cell of a row has which roles. */
import type { Column, Profile } from './profile.ts';
import type { Role } from './roles.ts';

/** A mapped column where it stands in this table. `header` is its name among the source fields. */
export type Slot = { header: string; index: number; column: Column };

export type Plan = {
  profile: Profile;
  /** Names of all columns, mapped or not, each once; null for those to ignore. */
  names: (string | null)[];
  /** In the order of the profile, so that the order in the file says nothing. */
  slots: Slot[];
  has(role: Role): boolean;
};

/** The plan for this header, or why the profile does not fit it. Names columns by the profile's texts only. */
function planOf(profile: Profile, header: string[]): Plan | string {
  const places = new Map<string, number[]>();
  header.forEach((text, index) => {
    const key = folded(text);
    places.set(key, [...(places.get(key) ?? []), index]);
  });
  const names: (string | null)[] = namesOf(header);
  const slots: Slot[] = [];
  for (const [text, column] of Object.entries(columnsOf(profile))) {
    const [index, second] = places.get(folded(text)) ?? [];
    if (second !== undefined) return `the column ${JSON.stringify(text)} stands twice`;
    if (index === undefined && column.optional) continue;
    if (index === undefined) return `no column ${JSON.stringify(text)}`;
    if (column.role.includes('ignore')) names[index] = null;
    else slots.push({ header: names[index]!, index, column });
  }
  return { profile, names, slots, has: (role) => slots.some(({ column }) => column.role.includes(role)) };
}

/** The columns of a profile with the account's own, which may be named apart from them. */
function columnsOf(profile: Profile): Record<string, Column> {
  const { account, columns } = profile;
  if (account === undefined || !('column' in account)) return columns;
  const { column: header, type } = account;
  const own = columns[header];
  const role: Role[] = own ? [...new Set<Role>([...own.role, 'account'])] : ['account'];
  return { ...columns, [header]: { ...own, role, type: type ?? own?.type } };
}

/** Header texts are the same when only case, width of spaces or line breaks differ. */
export function folded(text: string): string {
  return spaced(text).normalize('NFC').toLowerCase();
}

function spaced(text: string): string {
  return text.replace(/[\s\u200b\ufeff]+/g, ' ').trim();
}

/** A column without text is named for its place, the second of the same text `Name (2)`. */
function namesOf(header: string[]): string[] {
  const used = new Set<string>();
  return header.map((text, index) => {
    const base = spaced(text) || `column ${index + 1}`;
    let name = base;
    for (let copy = 2; used.has(name); copy += 1) name = `${base} (${copy})`;
    used.add(name);
    return name;
  });
}

/** The position of the header among these rows and its plan; or why none of them is it. */
export function findHeader(
  profile: Profile,
  rows: { number: number; cells: string[] }[],
): { at: number; plan: Plan } | string {
  const { headerRow } = profile;
  let nearest = 'no row has the columns of the profile';
  for (const [at, { number, cells }] of rows.entries()) {
    if (typeof headerRow === 'number' && number !== headerRow) continue;
    if (Array.isArray(headerRow) && !holdsAll(cells, headerRow)) continue;
    const plan = planOf(profile, cells);
    if (typeof plan !== 'string') return { at, plan };
    if (headerRow !== undefined || plan.endsWith('stands twice')) nearest = plan;
  }
  return nearest;
}

function holdsAll(cells: string[], texts: string[]): boolean {
  const present = new Set(cells.map(folded));
  return texts.every((text) => present.has(folded(text)));
}
