/**
 * Deadlines worked out by hand with a calendar and the text of the rules, for the tests and for a reader who wants to
 * see what a rule does at Easter, at the end of a year, or in a night when the clocks change.
 */
import type { Deadline } from './deadline.ts';
import { type EnforcingState, type EuOptions, euDays, euWorkingDays } from './eu-days.ts';
import { euEmergency, euHours, type HourOptions } from './eu-hours.ts';
import { addMonths } from './months.ts';
import { euPreservation, euPreservationExtended, usPreservation, usPreservationRenewed } from './preservation.ts';
import { businessDays, type UsPlace, usDays } from './us-days.ts';

/** `due` is written with its offset, so that a change of clocks is seen. */
export type WorkedExample = { shows: string; count: () => Deadline; due: string };

const NEW_YORK: UsPlace = { jurisdiction: 'US', zone: 'America/New_York' };
const DENVER: UsPlace = { jurisdiction: 'US', zone: 'America/Denver' };

/** A date alone means ten in the morning there. */
const at = (local: string, zone: string) =>
  Temporal.ZonedDateTime.from(`${local.includes('T') ? local : `${local}T10:00`}[${zone}]`).toInstant();

const us = (shows: string, served: string, days: number, due: string, place: UsPlace = NEW_YORK): WorkedExample => ({
  shows,
  count: () => usDays(at(served, place.zone ?? 'America/New_York'), days, place),
  due,
});

const business = (shows: string, served: string, days: number, due: string): WorkedExample => ({
  shows,
  count: () => businessDays(at(served, 'America/New_York'), days, NEW_YORK),
  due,
});

const months = (shows: string, start: string, count: number, due: string): WorkedExample => ({
  shows,
  count: () => addMonths(at(start, 'America/Denver'), count, { zone: 'America/Denver' }),
  due,
});

const eu = (
  shows: string,
  state: EnforcingState,
  received: string,
  days: number,
  due: string,
  options?: EuOptions,
): WorkedExample => ({ shows, count: () => euDays(at(received, 'UTC'), days, state, options), due });

const working = (shows: string, state: EnforcingState, received: string, days: number, due: string): WorkedExample => ({
  shows,
  count: () => euWorkingDays(at(received, 'UTC'), days, state),
  due,
});

/** `received` with its offset: in the hour that comes twice the clock alone does not say which. */
const emergency = (
  shows: string,
  state: EnforcingState,
  received: string,
  due: string,
  options?: HourOptions,
): WorkedExample => ({ shows, count: () => euEmergency(Temporal.Instant.from(received), state, options), due });

const hours = (shows: string, state: EnforcingState, received: string, count: number, due: string): WorkedExample => ({
  shows,
  count: () => euHours(Temporal.Instant.from(received), count, state),
  due,
});

export const WORKED_EXAMPLES: readonly WorkedExample[] = [
  us('fourteen days end on a Friday', '2026-09-04', 14, '2026-09-19T00:00-04:00'),
  us('the last day is Columbus Day', '2026-09-28', 14, '2026-10-14T00:00-06:00', DENVER),
  us('Columbus Day counts where the state does not keep it', '2026-09-28', 14, '2026-10-14T00:00-07:00', {
    jurisdiction: 'US-CA',
    zone: 'America/Los_Angeles',
  }),
  us('a day that only the state keeps counts there too', '2026-11-13', 14, '2026-12-01T00:00-08:00', {
    jurisdiction: 'US-CA',
    zone: 'America/Los_Angeles',
  }),
  us('a Saturday, then a Monday holiday: Labor Day', '2026-08-22', 14, '2026-09-09T00:00-04:00'),
  us('4 July on a Saturday is kept on Friday the third', '2026-06-19', 14, '2026-07-07T00:00-04:00'),
  us('the last day is the Sunday when clocks go forward', '2026-03-01', 7, '2026-03-10T00:00-04:00'),
  us('the last day is before clocks go forward', '2026-02-20', 14, '2026-03-07T00:00-05:00'),
  us('the last day is the Sunday when clocks go back', '2026-10-18', 14, '2026-11-03T00:00-05:00'),
  us('the last day is before clocks go back', '2026-10-17', 10, '2026-10-28T00:00-04:00'),
  us('Christmas on a Friday', '2026-12-11', 14, '2026-12-29T00:00-05:00'),
  us('Christmas on a Saturday is kept on the 24th', '2027-12-10', 14, '2027-12-28T00:00-05:00'),
  us('New Year on a Saturday is kept in the old year', '2027-12-17', 14, '2028-01-04T00:00-05:00'),
  us('a leap day is a last day', '2028-02-15', 14, '2028-03-01T00:00-05:00'),
  us('Juneteenth on a Friday', '2026-06-05', 14, '2026-06-23T00:00-04:00'),
  us("Washington's Birthday", '2026-02-02', 14, '2026-02-18T00:00-05:00'),
  us('Inauguration Day is no holiday nationwide', '2021-01-06', 14, '2021-01-21T00:00-05:00'),
  us('Veterans Day on a Saturday is kept on Friday', '2028-10-27', 14, '2028-11-14T00:00-05:00'),
  us('late on Friday in Denver', '2026-09-04T21:30', 10, '2026-09-15T00:00-06:00', DENVER),
  us('the same minute, counted in UTC, is Saturday', '2026-09-05T03:30', 10, '2026-09-16T00:00Z', {
    jurisdiction: 'US',
    zone: 'UTC',
  }),
  us('a day of mourning added by policy', '2024-12-26', 14, '2025-01-11T00:00-05:00', {
    ...NEW_YORK,
    extraHolidays: [{ day: '2025-01-09', name: 'National Day of Mourning' }],
  }),
  us('Columbus Day taken away by policy', '2026-09-28', 14, '2026-10-13T00:00-06:00', {
    ...DENVER,
    notHolidays: ['2026-10-12'],
  }),
  us('Arizona does not change its clocks', '2026-03-01', 7, '2026-03-10T00:00-07:00', {
    jurisdiction: 'US-AZ',
    zone: 'America/Phoenix',
  }),
  us("Patriots' Day is no federal holiday", '2026-04-06', 14, '2026-04-21T00:00-04:00'),
  us("Patriots' Day counts where the court sits in Massachusetts", '2026-04-06', 14, '2026-04-22T00:00-04:00', {
    ...NEW_YORK,
    courtState: 'US-MA',
  }),
  business('one business day over Columbus Day', '2026-10-09', 1, '2026-10-14T00:00-04:00'),
  business('three business days over Christmas', '2026-12-23', 3, '2026-12-30T00:00-05:00'),
  business('one business day from a Saturday', '2026-07-04', 1, '2026-07-07T00:00-04:00'),
  business('one business day before 4 July is kept', '2026-07-02', 1, '2026-07-07T00:00-04:00'),
  months('a month without a 31st', '2026-01-31', 1, '2026-03-01T00:00-07:00'),
  months('a month without a 31st in a leap year', '2028-01-31', 1, '2028-03-01T00:00-07:00'),
  months('a year from a leap day', '2028-02-29', 12, '2029-03-01T00:00-07:00'),
  months('three months over a year end', '2026-11-30', 3, '2027-03-01T00:00-07:00'),
  months('a window that ends on a Sunday stays there', '2026-03-10', 12, '2027-03-11T00:00-07:00'),
  {
    shows: 'a hold of 90 days over a change of clocks',
    count: () => usPreservation(at('2026-10-09', 'America/Denver'), DENVER),
    due: '2027-01-08T00:00-07:00',
  },
  {
    shows: 'a hold of 90 days that would end on a Saturday',
    count: () => usPreservation(at('2026-09-06', 'America/New_York'), NEW_YORK),
    due: '2026-12-08T00:00-05:00',
  },
  {
    shows: 'its renewal, which would end on a Sunday',
    count: () => usPreservationRenewed(Temporal.Instant.from('2026-12-08T00:00-05:00'), NEW_YORK),
    due: '2027-03-09T00:00-05:00',
  },
  eu('ten days end on a Monday', 'IE', '2026-09-04', 10, '2026-09-15T00:00+01:00'),
  eu('ten days end on a Sunday', 'IE', '2026-09-03', 10, '2026-09-15T00:00+01:00'),
  eu('the October holiday, after clocks go back', 'IE', '2026-10-16', 10, '2026-10-28T00:00+00:00'),
  eu('the last day is the Sunday when clocks go back', 'DE', '2026-10-15', 10, '2026-10-27T00:00+01:00'),
  eu('the last day is the Sunday when clocks go forward', 'DE', '2026-03-19', 10, '2026-03-31T00:00+02:00'),
  eu('Easter Monday', 'DE', '2026-03-27', 10, '2026-04-08T00:00+02:00'),
  eu('Good Friday to Easter Monday in Germany', 'DE', '2026-03-24', 10, '2026-04-08T00:00+02:00'),
  eu('Good Friday is no public holiday in Ireland', 'IE', '2026-03-24', 10, '2026-04-04T00:00+01:00'),
  eu('nor in France', 'FR', '2026-03-24', 10, '2026-04-04T00:00+02:00'),
  eu('Christmas Day to Sunday the 27th', 'IE', '2026-12-15', 10, '2026-12-29T00:00+00:00'),
  eu('Christmas Eve to Sunday the 27th in Poland', 'PL', '2026-12-14', 10, '2026-12-29T00:00+01:00'),
  eu('Christmas Eve is worked in Germany', 'DE', '2026-12-14', 10, '2026-12-25T00:00+01:00'),
  eu('Christmas on a Saturday has no substitute in Irish law', 'IE', '2027-12-15', 10, '2027-12-28T00:00+00:00'),
  eu('Midsummer Day', 'SE', '2026-06-10', 10, '2026-06-23T00:00+02:00'),
  eu('Epiphany in Sweden, over the year end', 'SE', '2026-12-27', 10, '2027-01-08T00:00+01:00'),
  eu('Independence Day on a Sunday', 'FI', '2026-11-26', 10, '2026-12-08T00:00+02:00'),
  eu("King's Day", 'NL', '2026-04-17', 10, '2026-04-29T00:00+02:00'),
  eu('5 May in the Netherlands', 'NL', '2026-04-25', 10, '2026-05-07T00:00+02:00'),
  eu('12 October in Madrid', 'ES', '2026-10-02', 10, '2026-10-14T00:00+02:00'),
  eu('12 October in the Canaries, an hour later', 'ES', '2026-10-02', 10, '2026-10-14T00:00+01:00', {
    zone: 'Atlantic/Canary',
  }),
  eu('26 October in Austria', 'AT', '2026-10-16', 10, '2026-10-28T00:00+01:00'),
  eu('2 June in Italy', 'IT', '2026-05-23', 10, '2026-06-04T00:00+02:00'),
  eu('14 July in France', 'FR', '2026-07-04', 10, '2026-07-16T00:00+02:00'),
  eu('Epiphany is not nationwide in Germany', 'DE', '2026-12-27', 10, '2027-01-07T00:00+01:00'),
  eu('Epiphany counts where Bavaria is named', 'DE-BY', '2026-12-27', 10, '2027-01-08T00:00+01:00'),
  eu('a leap day in a period', 'IE', '2028-02-25', 5, '2028-03-02T00:00+00:00'),
  eu('five days with a single working day get a second', 'PL', '2026-12-23', 5, '2026-12-30T00:00+01:00'),
  eu('the same five days have two working days in Ireland', 'IE', '2026-12-23', 5, '2026-12-29T00:00+00:00'),
  eu('two days over Christmas get a second working day', 'IE', '2026-12-24', 2, '2026-12-30T00:00+00:00'),
  eu('a period of one day needs only one', 'IE', '2026-12-24', 1, '2026-12-29T00:00+00:00'),
  working('five working days over a Monday holiday', 'IE', '2026-10-23', 5, '2026-11-03T00:00+00:00'),
  working('five working days over Easter', 'DE', '2026-04-01', 5, '2026-04-11T00:00+02:00'),
  {
    shows: 'sixty days over a change of clocks',
    count: () => euPreservation(at('2026-09-04', 'UTC'), 'IE'),
    due: '2026-11-04T00:00+00:00',
  },
  {
    shows: 'thirty days more',
    count: () => euPreservationExtended(Temporal.Instant.from('2026-11-04T00:00Z'), 'IE'),
    due: '2026-12-04T00:00+00:00',
  },
  {
    shows: 'sixty days that would end on the second day of Christmas',
    count: () => euPreservation(at('2026-10-27', 'UTC'), 'DE'),
    due: '2026-12-29T00:00+01:00',
  },
  {
    shows: 'thirty days more, from where those ended',
    count: () => euPreservationExtended(Temporal.Instant.from('2026-12-29T00:00+01:00'), 'DE'),
    due: '2027-01-28T00:00+01:00',
  },
  emergency('Friday 17:10 in Dublin', 'IE', '2026-09-04T17:10+01:00', '2026-09-05T02:00+01:00'),
  emergency('Friday 17:10 in Berlin', 'DE', '2026-09-04T17:10+02:00', '2026-09-05T02:00+02:00'),
  emergency('Friday 17:10 in Helsinki', 'FI', '2026-09-04T17:10+03:00', '2026-09-05T02:00+03:00'),
  emergency('Friday 17:10 in Lisbon', 'PT', '2026-09-04T17:10+01:00', '2026-09-05T02:00+01:00'),
  emergency(
    'on the stroke of the hour that hour is excluded',
    'IE',
    '2026-09-04T17:00+01:00',
    '2026-09-05T02:00+01:00',
  ),
  emergency('a second before it', 'IE', '2026-09-04T16:59:59+01:00', '2026-09-05T01:00+01:00'),
  emergency('ends at midnight', 'IE', '2026-09-04T15:10+01:00', '2026-09-05T00:00+01:00'),
  emergency('the night clocks go forward', 'DE', '2026-03-28T21:10+01:00', '2026-03-29T07:00+02:00'),
  emergency('the hour after receipt does not exist', 'DE', '2026-03-29T01:30+01:00', '2026-03-29T11:00+02:00'),
  emergency('the same in Ireland', 'IE', '2026-03-29T00:40+00:00', '2026-03-29T10:00+01:00'),
  emergency('the night clocks go back', 'DE', '2026-10-24T20:10+02:00', '2026-10-25T04:00+01:00'),
  emergency('half past two, the first time', 'DE', '2026-10-25T02:30+02:00', '2026-10-25T10:00+01:00'),
  emergency('half past two, the second time', 'DE', '2026-10-25T02:30+01:00', '2026-10-25T11:00+01:00'),
  emergency('half past one, the first time, in Ireland', 'IE', '2026-10-25T01:30+01:00', '2026-10-25T09:00+00:00'),
  emergency('a midnight that comes twice', 'PT', '2026-10-25T00:30+00:00', '2026-10-25T08:00-01:00', {
    zone: 'Atlantic/Azores',
  }),
  emergency('over the year end', 'FI', '2026-12-31T17:10+02:00', '2027-01-01T02:00+02:00'),
  emergency('into a leap day', 'IT', '2028-02-28T17:10+01:00', '2028-02-29T02:00+01:00'),
  hours('96 hours over a weekend', 'IE', '2026-09-04T17:10+01:00', 96, '2026-09-08T18:00+01:00'),
  hours('96 hours, one of them twice', 'DE', '2026-10-23T17:10+02:00', 96, '2026-10-27T17:00+01:00'),
  hours('48 hours, one of them missing', 'DE', '2026-03-27T17:10+01:00', 48, '2026-03-29T19:00+02:00'),
];
