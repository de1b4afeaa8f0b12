/** Answers to what only a person can know of a table, written into its profile. */

export type Question = { about: string; asks: string; options: string[] };
type Json = Record<string, unknown>;
type ProfileText = Json & { columns?: Record<string, Json> };

/** The profile with one answer in it; the same text when it is no JSON, as while someone types. */
export function answered(text: string, { about, asks, options }: Question, answer: string): string {
  let profile: ProfileText;
  try {
    profile = JSON.parse(text) as ProfileText;
  } catch {
    return text;
  }
  const column = profile.columns && Object.hasOwn(profile.columns, about) ? profile.columns[about]! : null;
  if (/\(zoneNames\)/.test(asks)) set(profile, 'zoneNames', namesIn(answer));
  else if (column === null)
    set(
      profile,
      about,
      about === 'account' && answer ? { column: answer } : about === 'firstYear' && answer ? Number(answer) : answer,
    );
  else if (options.some((one) => one.startsWith('unit: '))) set(column, 'unit', answer.replace('unit: ', ''));
  else set(column, options.length === 0 ? 'zone' : 'time', answer);
  return JSON.stringify(profile, null, 2);
}

function set(of: Json, name: string, value: unknown): void {
  if (value === '' || value === null) delete of[name];
  else of[name] = value;
}

/** `MST = America/Denver; CST = America/Chicago` */
function namesIn(answer: string): Record<string, string> | null {
  const pairs = answer
    .split(/[;,\n]/)
    .map((one) => one.split('=').map((part) => part.trim()))
    .filter(([name, zone]) => name && zone);
  return pairs.length === 0 ? null : (Object.fromEntries(pairs) as Record<string, string>);
}
