/** A demand as rows of path and text, so that a finding can point at the one it is about. */

export type FieldRow = { path: string; value: string };

export function fieldRows(value: unknown, path = ''): FieldRow[] {
  if (value === null || value === undefined || value === '') return [];
  if (typeof value !== 'object') return [{ path, value: String(value) }];
  const entries = Array.isArray(value)
    ? value.map((one, index): [string, unknown] => [`${path}[${index}]`, one])
    : Object.entries(value).map(([name, one]): [string, unknown] => [path ? `${path}.${name}` : name, one]);
  const isPlainList = Array.isArray(value) && value.every((one) => typeof one !== 'object');
  if (isPlainList) return value.length === 0 ? [] : [{ path, value: value.join(', ') }];
  return entries.flatMap(([inner, one]) => fieldRows(one, inner));
}

/** Whether a finding's path is about this field: the field itself, or one that holds it or lies in it. */
export function isAbout(finding: string, field: string): boolean {
  const clean = (path: string) => path.replaceAll(/\[(\d+)\]/g, '.$1').replace(/^demand\./, '');
  const [one, other] = [clean(finding), clean(field)];
  return one !== '' && (one === other || other.startsWith(`${one}.`) || one.startsWith(`${other}.`));
}
