/**
 * At which local hours records were made, as sessions over the hours in which they could have come.
 *
 * Describes the produced period; it says nothing about chance unless a reference profile is given, and forecasts nothing.
 */
import { z } from 'zod';
import { type Answer, analysis } from './finding.ts';
import { byText, counted } from './place/figures.ts';
import { claimIn, compareWith, NO_REFERENCE, profileIn } from './time/against.ts';
import { type TimedEvent, timedEvents } from './time/events.ts';
import { coveredTime, exposureHours, hoursIn, within } from './time/exposure.ts';
import { kindsIn } from './time/kinds.ts';
import { type PlaceZone, placeZone } from './time/place-zone.ts';
import { binsOf, circularOf, gapsOf, windowsOf, windowText } from './time/profile.ts';
import { GAP_MINUTES, sessionsOf, sorted } from './time/sessions.ts';
import { localTime, tzdbVersion } from './time/zone.ts';

const LISTED_TIMES = 60;
const MINIMUM = {
  24: { sessions: 20, days: 14, text: 'A profile of the day needs 20 sessions on 14 local days.' },
  168: { sessions: 60, days: 14, text: 'A profile of the week needs 60 sessions in 6 local weeks.' },
} as const;
const WEEKS_FOR_A_WEEK = 6;

export default analysis({
  asks: 'At which local hours were records made?',
  limits:
    'Counts records the provider kept, not acts, and a session rather than each record in it. An hour without records is not an ' +
    'hour without use. Where sources or accounts are counted together, one act may stand in two of them. Local time is that of ' +
    'one zone; records made while travelling elsewhere are read in it too.',
  caveat:
    'The profile describes when records were made in the period produced. People in general are more active at these hours too; ' +
    'a comparison needs a reference profile. It does not forecast.',
  version: '1',
  params: z.object({
    kinds: z.string().default('session,contact,transfer').describe('kinds of record, separated by commas'),
    account: z.string().optional().describe('one account, as the records write it'),
    format: z.string().optional().describe('one return format'),
    zone: z
      .string()
      .optional()
      .describe('time zone of the place, such as America/Denver; else inferred from the records'),
    bins: z.coerce
      .number()
      .pipe(z.union([z.literal(24), z.literal(168)]))
      .default(24)
      .describe('24 hours of the day or 168 of the week'),
    reference: z
      .string()
      .optional()
      .describe('a reference profile to compare with, as NAME: 24 weights separated by commas'),
    claim: z.string().optional().describe('local hours named before looking, such as 17-19; needs a reference profile'),
  }),
  async run({ scoped, places }, params): Promise<Answer> {
    const reference = profileIn(params.reference);
    const claim = claimIn(params.claim);
    const { events: readable, leftOut } = await timedEvents(scoped, { ...params, kinds: kindsIn(params.kinds) });
    const covered = coveredTime(scoped, readable);
    const events = sorted(readable.filter(({ began }) => within(covered.intervals, began)));
    const outside = readable.length - events.length;
    if (outside > 0) leftOut.push({ what: 'records', why: 'outside the period ordered and covered', count: outside });

    const placed = placeZone(events, places, params.zone);
    const reasons: string[] = [];
    if (events.length === 0) reasons.push('No record with a usable time lies in the period ordered and covered.');
    else if (!placed) reasons.push('No record states a place, so the local time is unknown: name the time zone.');
    if (reasons.length > 0 || !placed) return refusal(reasons, { rawEvents: events.length }, leftOut);

    const { zone } = placed;
    const sessions = sessionsOf(events);
    const times = sessions.map(({ began }) => localTime(began, zone)).toSorted((a, b) => byText(a.text, b.text));
    const days = new Set(times.map(({ day }) => day)).size;
    const weeks = new Set(times.map(({ week }) => week)).size;
    const basis = {
      zone,
      zoneBasis: placed.basis,
      zonesStated: placed.zones,
      timeZoneDatabase: tzdbVersion(),
      sessions: sessions.length,
      sessionGapMinutes: GAP_MINUTES,
      rawEvents: events.length,
      localDays: days,
      localWeeks: weeks,
      exposureHours: Number(hoursIn(covered.intervals).toFixed(2)),
      exposureBasis: covered.stated ? 'the period ordered, cut to what the returns state' : 'the period ordered',
      gaps: gapsOf(sessions.map(({ began }) => began), covered.intervals), // biome-ignore format: one figure a line
    };
    const minimum = MINIMUM[params.bins];
    if (
      sessions.length < minimum.sessions ||
      days < minimum.days ||
      (params.bins === 168 && weeks < WEEKS_FOR_A_WEEK)
    ) {
      const found = `${counted(sessions.length, 'session')} on ${counted(days, 'local day')} in ${counted(weeks, 'local week')}`;
      const listed = {
        ...basis,
        times: times.slice(0, LISTED_TIMES).map(({ text }) => text),
        timesInAll: times.length,
      };
      return refusal([`${minimum.text} There are ${found}.`], listed, leftOut);
    }

    const exposure = exposureHours(covered.intervals, zone, 24);
    const comparison = reference && compareWith(reference, times, exposure, events, claim);
    const half = windowsOf(times, 0.5);
    const first = half[0]!;
    return {
      statement:
        `Of ${sessions.length} sessions (${events.length} records) on ${days} local days in ${zone} (${placed.basis}), ` +
        `${first.sessions} began between ${windowText(times, 0.5)} local time, the shortest such stretch with at least half of them. ` +
        (comparison && 'chance' in comparison ? comparison.text : NO_REFERENCE),
      result: {
        ...basis,
        bins: binsOf(times, covered.intervals, zone, params.bins),
        windows: { half, fourFifths: windowsOf(times, 0.8) },
        circular: circularOf(times),
        comparison: comparison ?? { refused: NO_REFERENCE },
      },
      leftOut,
      alternatives: [
        'People in general are awake and active at some hours and not at others.',
        'Another person with the same account or device made some of the records.',
        'Software made records on its own that are not marked as such.',
        'The device was in another time zone, or a clock was wrong.',
      ],
      sensitivity: sensitivityOf(events, placed),
    };
  },
});

function refusal(reasons: string[], result: Record<string, unknown>, leftOut: Answer['leftOut']): Answer {
  return {
    statement: `No profile of hours is given. ${reasons.join(' ')}`,
    refused: reasons,
    result: { ...result, comparison: { refused: NO_REFERENCE } },
    leftOut,
    alternatives: [
      'The period ordered may hold too little, or the provider may have kept too little, to show a pattern.',
    ],
    sensitivity: [],
  };
}

function sensitivityOf(events: readonly TimedEvent[], { zone, zones }: PlaceZone): Answer['sensitivity'] {
  const said = (change: string, used: readonly TimedEvent[], gap: number, where: string) => {
    const times = sessionsOf(used, gap).map(({ began }) => localTime(began, where));
    const window = windowText(times, 0.5);
    const effect = window === '' ? 'nothing is left' : `${counted(times.length, 'session')}; half of them in ${window}`;
    return { change, effect, figures: { sessions: times.length, window } };
  };
  const labels = [...new Set(events.map(({ label }) => label))].toSorted(byText);
  return [
    said('sessions joined over gaps of 15 minutes', events, 15, zone),
    said('sessions joined over gaps of 60 minutes', events, 60, zone),
    ...(labels.length > 1 ? labels : []).map(
      (label) =>
      said(`without ${label}`, events.filter((event) => event.label !== label), GAP_MINUTES, zone), // biome-ignore format: a line each
    ),
    ...zones
      .slice(1)
      .map((other) =>
        said(`read in ${other.zone}, where ${counted(other.records, 'record')} lie`, events, GAP_MINUTES, other.zone),
      ),
  ];
}
