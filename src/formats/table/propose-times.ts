/** The part of a proposal that is about times: shapes, the order of day and month, units, zones. */
import { holdsTimeOfDay } from '../reading/shape-grammar.ts';
import { isZone, zoneIn } from '../reading/zones.ts';
import { ask, type ProposalDraft as Draft } from './proposal.ts';
import type { Role } from './roles.ts';
import type { TimeGuess } from './time-guess.ts';
import { meaningOf, timeRoleOf } from './words.ts';

export function proposeTime(draft: Draft, header: string, values: string[], guess: TimeGuess): void {
  if ('clock' in guess) {
    draft.columns.set(header, { role: 'clock', time: guess.clock });
    return;
  }
  const role: Role = timeRoleOf(header);
  if ([...draft.columns.values()].some((column) => column.role === role)) {
    draft.notes.push(`${JSON.stringify(header)}: looks like a second ${role}; it stays among the source fields`);
    return;
  }
  const inHeader = zoneInHeader(header);
  const column = { role, ...(inHeader === null ? {} : { zone: inHeader }) };
  if ('units' in guess) {
    if (guess.units.length === 1)
      draft.notes.push(`${JSON.stringify(header)}: ${guess.units[0]} is the only unit that gives years 1990 to 2100`);
    else ask(draft, header, 'Numbers that can be times in more than one unit. Which is it?', guess.units);
    const serial = guess.units.includes('excel-serial');
    draft.columns.set(header, {
      ...column,
      ...(guess.units.length === 1 ? { time: guess.units[0]! } : {}),
      zoned: !serial,
    });
    if (serial && inHeader === null) askForZone(draft, header);
    return;
  }
  if ('shape' in guess) draft.columns.set(header, { ...column, time: guess.shape, zoned: guess.zoned });
  else {
    draft.columns.set(header, { ...column, zoned: guess.zoned });
    ask(draft, header, 'No value decides whether the day or the month stands first. Which does?', [
      guess.dayMonth,
      guess.monthDay,
    ]);
  }
  if (guess.twoDigitYear)
    ask(draft, 'firstYear', 'Years have two digits. Which is the first year they can mean?', ['1950', '1970', '2000']);
  if ('shape' in guess && guess.shape.endsWith(' z'))
    askForZoneNames(
      draft,
      header,
      values.map((value) => /[A-Za-z][A-Za-z_/ ]*$/.exec(value)?.[0] ?? ''),
    );
  if (!guess.zoned && inHeader === null) askForZone(draft, header);
}

/** The zone a header states outright: `Time (UTC)`, `Sent [America/Chicago]`. */
function zoneInHeader(header: string): string | null {
  return (
    [...header.matchAll(/[A-Za-z_]+\/[A-Za-z_/]+|\b(?:UTC|GMT)\b(?![+-])/g)].map(([text]) => text).find(isZone) ?? null
  );
}

function askForZone(draft: Draft, header: string): void {
  const zoneColumn = draft.layout.header.some((text) => ['zone', 'paid-zone'].includes(meaningOf(text)?.role ?? ''));
  if (zoneColumn || zoneAbove(draft) !== null) return;
  ask(draft, header, 'Its times carry no zone. In which zone are they? Without one they stay undetermined.', []);
}

/** The one zone that rows above the header state for its times. */
export function zoneAbove({ layout: { above } }: Pick<Draft, 'layout'>): string | null {
  const stated = above
    .flat()
    .flatMap((text) => (/\btimes?\b|zone|zeit|heure|hora/i.test(text) ? (zoneInHeader(text) ?? []) : []));
  return new Set(stated).size === 1 ? stated[0]! : null;
}

export function askForZoneNames(draft: Draft, header: string, values: string[]): void {
  const unknown = [...new Set(values)]
    .filter((text) => text !== '' && /^[A-Za-z]{1,6}$/.test(text) && zoneIn(text) === null)
    .sort();
  if (unknown.length > 0)
    ask(
      draft,
      header,
      `Abbreviations have several meanings. What does each mean (zoneNames): ${unknown.join(', ')}?`,
      [],
    );
}

/** A time of day belongs to the one column of days; without such a column it is no time. */
export function pairDateAndClock({ columns, notes }: Draft): void {
  const day = [...columns].find(
    ([, { role, time }]) => role === 'time' && (time === undefined || !holdsTimeOfDay(time)),
  );
  let paired = false;
  for (const [header, { role }] of [...columns]) {
    if (role !== 'clock') continue;
    if (day && !paired) day[1].role = 'date';
    else {
      columns.delete(header);
      notes.push(`${JSON.stringify(header)}: a time of day without a day; it stays among the source fields`);
    }
    paired = true;
  }
}
