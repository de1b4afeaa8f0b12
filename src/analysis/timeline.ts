/**
 * Every record in the order of its time, with its source, how exactly its time is known, and what is not covered.
 *
 * What is known only to a day, and what carries no time at all, has no place in that order and is counted beside it.
 */
import { z } from 'zod';
import { type Interval, textFrom } from '../base/interval.ts';
import { KINDS } from '../record/record.ts';
import type { Scoped } from '../store/scoped.ts';
import { type Answer, analysis } from './finding.ts';
import { instantIn } from './place/asked.ts';
import { counted } from './place/figures.ts';
import { kindsIn } from './time/kinds.ts';
import { knownZone, tzdbVersion } from './time/zone.ts';
import type { Chosen } from './time-line/chosen.ts';
import { perDay } from './time-line/days.ts';
import { emptyDays } from './time-line/empty-days.ts';
import { entries } from './time-line/entries.ts';
import { type Quiet, quietOf } from './time-line/quiet.ts';
import { type Source, type SourceFile, sourcesOf } from './time-line/sources.ts';
import { type Tally, tallied } from './time-line/tally.ts';

const SESSION_GAPS = [15, 60];

export default analysis({
  asks: 'What do the records hold, in the order of their times?',
  limits:
    'Lists what was kept, produced and covered by a paper; other records may exist. A time is the source’s own clock. Records ' +
    'known only to a day, and facts without a time, have no place in the order and are counted beside it. Ranges are compared ' +
    'as ordered and as the returns state them; what a company did not keep is in neither.',
  caveat:
    'A record shows that a system recorded something at the time given. A period without records is a period without records, ' +
    'and does not show that nothing happened.',
  version: '1',
  params: z.object({
    from: z.string().optional().describe('first instant, with its offset or in the zone given'),
    to: z.string().optional().describe('end of the window, not included'),
    account: z.string().optional().describe('one account, as the records write it'),
    kind: z.string().default(KINDS.join(',')).describe('kinds of record, separated by commas'),
    limit: z.coerce.number().int().min(0).max(100_000).default(500).describe('how many entries are listed; counts are whole'),
    zone: z.string().default('UTC').describe('time zone of the calendar days, such as America/Denver'),
  }),
  async run({ scoped }, asked): Promise<Answer> {
    const zone = knownZone(asked.zone);
    const chosen: Chosen = {
      account: asked.account ?? null,
      kinds: kindsIn(asked.kind),
      began: instantIn(asked.from, zone),
      ended: instantIn(asked.to, zone),
    };
    const tally = await tallied(scoped, chosen);
    const { files, sources } = await sourcesOf(scoped, chosen);
    const quiet = await quietOf(scoped, chosen, sources);
    const empty = await emptyDays(scoped, chosen, sources, zone);
    const notStated = sources.flatMap((source) => source.notStated.map((interval) => ({ ...from(source), ...told(interval) })));
    const leftOut = [
      ...(tally.outside > 0 ? [{ what: 'records', why: 'outside the window asked for', count: tally.outside }] : []),
      ...(tally.untimed > 0 ? [{ what: 'records', why: 'no time that can be placed: counted, not in the order', count: tally.untimed }] : []),
    ];
    const nothing = tally.timed + tally.imprecise + tally.untimed === 0 ? ['No record in scope was asked for.'] : [];
    return {
      statement: nothing[0] ?? statementOf(tally, quiet),
      ...(nothing.length > 0 ? { refused: nothing } : {}),
      result: {
        total: tally.timed + tally.imprecise + tally.untimed,
        inOrder: tally.timed,
        first: tally.first === null ? null : textFrom(tally.first),
        last: tally.last === null ? null : textFrom(tally.last),
        window: { from: instantText(chosen.began), to: instantText(chosen.ended) },
        zone,
        zoneBasis: asked.zone === 'UTC' ? 'UTC; no zone was assumed for a place' : 'asked for',
        timeZoneDatabase: tzdbVersion(),
        entries: await entries(scoped, chosen, asked.limit),
        listed: { limit: asked.limit, entries: Math.min(asked.limit, tally.timed), of: tally.timed },
        imprecise: { records: tally.imprecise, entries: await entries(scoped, chosen, asked.limit, true) },
        withoutTime: tally.withoutTime,
        perDay: await perDay(scoped, chosen, zone),
        precision: tally.precision,
        zoneBases: tally.zoneBases,
        coverage: files.map(coverageOf),
        gaps: { orderedButNotStated: notStated, producedEmpty: empty, quiet },
      },
      leftOut,
      alternatives: [
        'A period without records may not have been ordered, or not kept by the company.',
        'It may have been produced empty, or its rows may be sealed or unreadable: the receipts count those.',
        'Nothing may have been recorded although the account or device was used.',
        'A clock, or the zone in which it was read, may be wrong.',
      ],
      sensitivity: [...zoneSensitivity(tally), ...(await sessionSensitivity(scoped, chosen, sources, quiet))],
    };
  },
}); // biome-ignore format: a result in full

function statementOf({ timed, imprecise, untimed, first, last }: Tally, quiet: readonly Quiet[]): string {
  const order =
    first === null
      ? 'No record has a place in the order of times.'
      : `${counted(timed, 'record')} stand in order, from ${textFrom(first)} to ${textFrom(last!)}.`;
  const beside = `${counted(imprecise, 'record')} known to a day or month only and ${counted(untimed, 'record')} without a time are counted beside them.`;
  const longest = quiet
    .flatMap((one) => (one.longest[0] ? [{ one, stretch: one.longest[0] }] : []))
    .toSorted((a, b) => b.stretch.days - a.stretch.days)[0];
  const gap = longest
    ? ` The longest stretch of covered time without a record is ${longest.stretch.days} days, of ${longest.one.format} ${longest.one.kind} records; that there are none does not show that nothing happened.`
    : ' For no source is the covered time known, so nothing is said of stretches without records.';
  return `${order} ${beside}${gap}`;
}

function coverageOf({ ordered, stated, first, last, ...file }: SourceFile) {
  return {
    ...file,
    ordered: ordered.map(({ target, category, ...range }) => ({ target, category, ...told(range) })),
    stated: stated.length > 0 ? stated.map(told) : null,
    first: instantText(first),
    last: instantText(last),
  };
}

const from = ({ return: of, format, kind }: Source) => ({ return: of, format, kind });
const told = ({ began, ended }: Interval) => ({ began: textFrom(began), ended: textFrom(ended) });
const instantText = (micros: bigint | null) => (micros === null ? null : textFrom(micros));

function zoneSensitivity({ zoneBases }: Tally): Answer['sensitivity'] {
  const rests = {
    'declared by examiner': 'the zone an examiner declared',
    'provider rule': 'the zone a company’s rule fixes',
  };
  return Object.entries(rests).flatMap(([basis, what]) => {
    const records = zoneBases[basis] ?? 0;
    return records === 0
      ? []
      : [
          {
            change: `${what} is wrong`,
            effect: `${counted(records, 'record')} would move in the order`,
            figures: { records },
          },
        ];
  });
}

async function sessionSensitivity(
  scoped: Scoped,
  chosen: Chosen,
  sources: readonly Source[],
  now: readonly Quiet[],
): Promise<Answer['sensitivity']> {
  const told: Answer['sensitivity'] = [];
  for (const minutes of now.length > 0 ? SESSION_GAPS : []) {
    for (const { format, kind, sessions, longest } of await quietOf(scoped, chosen, sources, minutes)) {
      const stretch = longest[0];
      if (!stretch) continue;
      const effect = `${format} ${kind}: ${counted(sessions, 'session')}; ${stretch.days} days without a record somewhere in the period have a chance of at most ${stretch.chanceOfAny}`;
      told.push({
        change: `records of a source are joined over gaps of ${minutes} minutes`,
        effect,
        figures: { sessions, chance: stretch.chance, chanceOfAny: stretch.chanceOfAny },
      });
    }
  }
  return told;
}
