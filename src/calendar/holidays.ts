/**
 * The public holidays of a jurisdiction in a year, as its law names them: whole days, for everyone there, substitute days
 * included. Not bank, school or half holidays, and none of a region unless the region is named.
 *
 * Where the law is in doubt a day is left out: a missing holiday makes a deadline early, a wrong one makes it late.
 */
import { createRequire } from 'node:module';
import type Library from 'date-holidays';
import { Problem } from '../base/problem.ts';
import { corrected } from './corrections.ts';
import { type Jurisdiction, jurisdictionFrom, partsOf } from './jurisdiction.ts';

/** `day` is `YYYY-MM-DD`. `substitute` marks a day kept for a holiday that fell on another. */
export type Holiday = { day: string; name: string; substitute: boolean };

/** Sorted by day; one entry a day. */
export function holidaysIn(jurisdiction: Jurisdiction, year: number): readonly Holiday[] {
  const key = `${jurisdiction} ${year}`;
  let found = years.get(key);
  if (!found) {
    const each = corrected(jurisdiction, year, (one) => fromLibrary(jurisdiction, one));
    const byDay = new Map(each.toReversed().map((holiday) => [holiday.day, holiday]));
    found = [...byDay.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
    years.set(key, found);
  }
  return found;
}

const years = new Map<string, readonly Holiday[]>();
const libraries = new Map<Jurisdiction, Library>();

function fromLibrary(jurisdiction: Jurisdiction, year: number): Holiday[] {
  let library = libraries.get(jurisdiction);
  if (!library) {
    library = open(jurisdiction);
    libraries.set(jurisdiction, library);
  }
  const language = jurisdiction.startsWith('US') ? 'en-us' : 'en';
  return library.getHolidays(year, language).flatMap(({ date, start, end, name, substitute }) => {
    if (!date.includes(' 00:00:00')) return [];
    const days = Math.floor((end.getTime() - start.getTime()) / DAY_MS);
    const first = Temporal.PlainDate.from(start.toISOString().slice(0, 10));
    return Array.from({ length: days }, (_, index) => ({
      day: first.add({ days: index }).toString(),
      name: name.replace(/ \(substitute day\)$/, ''),
      substitute: substitute === true,
    }));
  });
}

const DAY_MS = 86_400_000;

/** Loaded when the first deadline is counted: its data take a tenth of a second to read. */
function open(jurisdiction: Jurisdiction): Library {
  const Holidays = createRequire(import.meta.url)('date-holidays') as typeof Library;
  const { country, part } = partsOf(jurisdictionFrom(jurisdiction));
  // In UTC a day of the library begins and ends at midnight whatever the machine's zone.
  const options = { timezone: 'UTC', types: ['public' as const] };
  if (part === null) return new Holidays(country, options);
  if (!Object.hasOwn(new Holidays().getStates(country) ?? {}, part)) {
    throw new Problem(
      'calendar/jurisdiction-unknown',
      `The holidays of ${jurisdiction} are not known. Name ${country} alone and add its days as extra holidays.`,
      { jurisdiction },
    );
  }
  return new Holidays(country, part, options);
}
