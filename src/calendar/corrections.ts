/**
 * Where the law says otherwise than the holiday library: the statute decides, and each difference is named with it.
 * Read from general knowledge of these statutes, not from their texts; a deployment can add or remove days by policy.
 */
import type { Holiday } from './holidays.ts';
import type { Jurisdiction } from './jurisdiction.ts';

type Year = (year: number) => Holiday[];

export function corrected(jurisdiction: Jurisdiction, year: number, read: Year): Holiday[] {
  if (jurisdiction === 'US') return federal(year, read);
  if (jurisdiction === 'NL') return [...read(year), LIBERATION(year)];
  if (jurisdiction === 'CY') return read(year).map(cleanMonday);
  if (jurisdiction === 'BG') return bulgarian(year, read);
  return read(year);
}

/**
 * 5 U.S.C. 6103(b)(1): Saturday's holiday is kept on the Friday before. Executive Order 11582, section 3(a): Sunday's on
 * the Monday after. The library moves some of them only (not Veterans Day), so all are moved here. The Friday before a
 * 1 January belongs to the year before it.
 */
function federal(year: number, read: Year): Holiday[] {
  return [year, year + 1]
    .flatMap((one) => read(one).filter(({ substitute }) => !substitute))
    .flatMap((holiday) => {
      const { dayOfWeek } = Temporal.PlainDate.from(holiday.day);
      if (dayOfWeek === 6) return [holiday, moved(holiday, -1)];
      return dayOfWeek === 7 ? [holiday, moved(holiday, 1)] : [holiday];
    })
    .filter(({ day }) => day.startsWith(`${year}-`));
}

/** Algemene termijnenwet, art. 3(1), counts 5 May every year; the library has it as a school holiday. */
const LIBERATION = (year: number): Holiday => ({ day: `${year}-05-05`, name: 'Liberation Day', substitute: false });

/** Clean Monday is the forty-eighth day before Orthodox Easter; the library has the Tuesday. */
function cleanMonday(holiday: Holiday): Holiday {
  if (holiday.name !== 'Clean Monday' || Temporal.PlainDate.from(holiday.day).dayOfWeek === 1) return holiday;
  return { ...moved(holiday, -1), substitute: false };
}

/**
 * Labour Code, art. 154(1), counts 26 December; art. 154(2): holidays on a Saturday or Sunday, except Easter's, are kept
 * on the first working days after them (since 2017).
 */
function bulgarian(year: number, read: Year): Holiday[] {
  const holidays = [...read(year), { day: `${year}-12-26`, name: 'Second Day of Christmas', substitute: false }].sort(
    (a, b) => (a.day < b.day ? -1 : 1),
  );
  if (year < 2017) return holidays;
  const taken = new Set(holidays.map(({ day }) => day));
  for (const holiday of [...holidays]) {
    if (Temporal.PlainDate.from(holiday.day).dayOfWeek < 6 || holiday.name.startsWith('Easter')) continue;
    let substitute = moved(holiday, 1);
    while (Temporal.PlainDate.from(substitute.day).dayOfWeek > 5 || taken.has(substitute.day)) {
      substitute = moved(substitute, 1);
    }
    taken.add(substitute.day);
    holidays.push(substitute);
  }
  return holidays;
}

function moved({ day, name }: Holiday, days: number): Holiday {
  return { day: Temporal.PlainDate.from(day).add({ days }).toString(), name, substitute: true };
}
