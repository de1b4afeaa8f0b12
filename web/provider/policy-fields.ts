/**
 * A policy as fields that a person reads and changes: each with its path and its value as text; and back.
 *
 * What a field may hold is the server's to say. Here is only how its text becomes a value of the same sort.
 */

export type FieldSort = 'number' | 'numbers' | 'yes or no' | 'text' | 'lines' | 'choice' | 'data';
export type PolicyField = { path: string; group: string; sort: FieldSort; text: string };

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Those that need not be there, and stand in a policy only where they are. */
const OPTIONAL: readonly string[] = ['provider.euAddressee', 'provider.mailServer', 'mail.smtp'];
/** Groups whose members are fields of their own; all other objects are one field. */
const GROUPS: readonly string[] = ['provider', 'provider.custodian', 'clocks', 'limits', 'mail', 'requires'];
export const CHOICES: Readonly<Record<string, readonly string[]>> = { ipLogTier: ['all', 'recent', 'order'] };
const TEXTS: readonly string[] = ['provider.mailServer'];

export function policyFields(policy: object): PolicyField[] {
  const under = (of: object, above: string): PolicyField[] =>
    Object.entries(of as Record<string, Json>).flatMap(([name, value]) => {
      const path = above ? `${above}.${name}` : name;
      return GROUPS.includes(path) ? under(value as object, path) : [field(path, value)];
    });
  const fields = under(policy, '');
  const missing = OPTIONAL.filter((path) => !fields.some((one) => one.path === path)).map(
    (path): PolicyField => ({ path, group: groupOf(path), sort: sortOf(path, ''), text: '' }),
  );
  return [...fields, ...missing];
}

function field(path: string, value: Json): PolicyField {
  const sort = sortOf(path, value);
  return { path, group: groupOf(path), sort, text: textOf(sort, value) };
}

const groupOf = (path: string) => (path.includes('.') ? path.split('.')[0]! : 'more');

function sortOf(path: string, value: Json): FieldSort {
  if (CHOICES[path]) return 'choice';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'yes or no';
  if (OPTIONAL.includes(path)) return TEXTS.includes(path) ? 'text' : 'data';
  if (typeof value === 'string') return 'text';
  if (path === 'clocks.preservationAlertDays') return 'numbers';
  if (Array.isArray(value) && !LISTS_OF_DATA.includes(path) && value.every((one) => typeof one === 'string'))
    return 'lines';
  return 'data';
}
const LISTS_OF_DATA: readonly string[] = ['provider.entities', 'extraHolidays'];

function textOf(sort: FieldSort, value: Json): string {
  if (sort === 'numbers') return (value as number[]).join(', ');
  if (sort === 'lines') return (value as string[]).join('\n');
  return sort === 'data' ? JSON.stringify(value, null, 2) : String(value);
}

/** The value of a text; null where it is none of that sort. An empty text of what need not be there takes it out. */
function valueIn(sort: FieldSort, text: string): { value: Json } | null {
  const number = (one: string) => (/^-?\d+$/.test(one.trim()) ? Number(one) : Number.NaN);
  if (sort === 'number') return Number.isNaN(number(text)) ? null : { value: number(text) };
  if (sort === 'numbers') {
    const all = text.split(/[\s,]+/).filter(Boolean).map(number); // biome-ignore format: one line
    return all.some(Number.isNaN) ? null : { value: all };
  }
  if (sort === 'yes or no') return { value: text === 'true' };
  if (sort === 'lines') return { value: text.split('\n').map((line) => line.trim()).filter(Boolean) }; // biome-ignore format: one line
  if (sort !== 'data') return { value: text.trim() };
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return null;
  }
}

export type Edited = { policy: object; changes: { path: string; before: string; after: string }[]; wrong: string[] };

/** The policy with these texts by path. `wrong` names the paths whose text is none of its sort: they are left as they were. */
export function edited(policy: object, texts: ReadonlyMap<string, string>): Edited {
  const after = structuredClone(policy) as Record<string, Json>;
  const changes: Edited['changes'] = [];
  const wrong: string[] = [];
  for (const { path, sort, text } of policyFields(policy)) {
    const given = texts.get(path);
    if (given === undefined || given === text) continue;
    const names = path.split('.');
    const name = names.pop()!;
    const holder = names.reduce((of, one) => of[one] as Record<string, Json>, after);
    if (given.trim() === '' && OPTIONAL.includes(path)) delete holder[name];
    else {
      const read = valueIn(sort, given);
      if (read === null) {
        wrong.push(path);
        continue;
      }
      holder[name] = read.value;
    }
    changes.push({ path, before: text, after: given.trim() });
  }
  return { policy: after, changes, wrong };
}
