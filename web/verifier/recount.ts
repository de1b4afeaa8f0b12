/** Tables of a report made anew from the rows beside it, by the rules that the report states. */

export type Row = Record<string, string>;
export type Recount = { says: string; differs: string[]; table: [string, number][] };
type Told = {
  inputs: { records: number; bySource: { kind: string; records: number }[] };
  parameters: Record<string, unknown>;
  result: Record<string, unknown>;
};

const compared = (differs: string[]) => (what: string, stated: unknown, here: unknown) => {
  if (stated !== here) differs.push(`${what}: the finding says ${String(stated)}, the rows say ${String(here)}`);
};

/** How many records there are of each kind, how many stand in order, the first and the last. */
export function timelineFrom({ inputs, result, parameters }: Told, rows: readonly Row[]): Recount | string {
  const narrowed = Object.keys(parameters).some((name) => !['kind', 'limit', 'zone'].includes(name));
  if (rows.length !== inputs.records || narrowed || result['total'] !== inputs.records)
    return 'the rows beside it are not all that were read, so its table is not made anew here';
  const differs: string[] = [];
  const same = compared(differs);
  const kinds = new Map<string, number>();
  for (const { kind } of rows) kinds.set(kind!, (kinds.get(kind!) ?? 0) + 1);
  const stated = new Map<string, number>();
  for (const { kind, records } of inputs.bySource) stated.set(kind, (stated.get(kind) ?? 0) + records);
  for (const kind of new Set([...kinds.keys(), ...stated.keys()])) same(`records of kind ${kind}`, stated.get(kind) ?? 0, kinds.get(kind) ?? 0); // biome-ignore format: one line
  const times = rows.filter(({ began, precision }) => began && !['none', 'day', 'month'].includes(precision!)).map(({ began }) => began!).sort(); // biome-ignore format: one line
  same('records in order', result['inOrder'], times.length);
  same('the first', result['first'] ?? null, times[0] ?? null);
  same('the last', result['last'] ?? null, times.at(-1) ?? null);
  return { says: 'the records of each kind, those in order, the first and the last', differs, table: [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)) }; // biome-ignore format: one line
}

/** Sessions by local hour: rows of one format, kind and account at most the stated gap apart are one. */
export function hoursFrom({ result, parameters }: Told, rows: readonly Row[]): Recount | string {
  const { bins, zone, sessionGapMinutes: gap } = result as { bins?: { bin: number; sessions: number }[]; zone?: string; sessionGapMinutes?: number }; // biome-ignore format: one line
  if (!bins || !zone || gap === undefined || parameters['bins'] !== 24)
    return 'it has no table of 24 hours to make anew';
  if (rows.length !== result['rawEvents'])
    return 'some of the rows beside it were left out for reasons that they do not show, so its table is not made anew here';
  const source = ({ format, kind, account }: Row) => `${format} ${kind}\n${account}`;
  const ms = (words: string) => Date.parse(words);
  const inOrder = rows.toSorted((a, b) => (source(a) === source(b) ? ms(a['began']!) - ms(b['began']!) : source(a) < source(b) ? -1 : 1)); // biome-ignore format: one line
  const began: number[] = [];
  let [last, until] = ['', 0];
  for (const row of inOrder) {
    const at = ms(row['began']!);
    const end = row['ended'] ? Math.max(at, ms(row['ended'])) : at;
    if (source(row) === last && at - until <= gap * 60_000) until = Math.max(until, end);
    else {
      began.push(at);
      [last, until] = [source(row), end];
    }
  }
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' });
  const counts = new Array<number>(24).fill(0);
  for (const at of began) counts[Number(hour.format(at))]! += 1;
  const differs: string[] = [];
  const same = compared(differs);
  same('sessions', result['sessions'], began.length);
  for (const { bin, sessions } of bins) same(`sessions from ${bin}:00 in ${zone}`, sessions, counts[bin]);
  return { says: 'the sessions of each hour', differs, table: counts.map((count, at) => [`${String(at).padStart(2, '0')}:00 in ${zone}`, count]) }; // biome-ignore format: one line
}
