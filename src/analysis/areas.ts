/**
 * What areas the records point to: where they were made, and which fixed places explain them.
 *
 * Each statement of place is a probability surface, never a pin; records that share a cell, an address row or a counter are
 * wrong together and count once for a place. What cannot bear an area refuses and says why.
 */
import { z } from 'zod';
import { type Analysis, type Answer, analysis, type Given } from './finding.ts';
import { type Anchors, anchorsOf } from './place/anchor-summary.ts';
import { instantIn, isAsked, transferTimes } from './place/asked.ts';
import { networkOf } from './place/cell-statement.ts';
import { counted, significant } from './place/figures.ts';
import { gridFor } from './place/grid.ts';
import { hdr } from './place/hdr.ts';
import { layerOf } from './place/layer.ts';
import { occupancy } from './place/occupancy.ts';
import { placeRows } from './place/rows.ts';
import { assumptionChanged, type Base, heaviestLeftOut, leaveOneSourceOut, told } from './place/sensitivity.ts';
import { type Assumptions, type Refused, type Stated, statementsOf } from './place/statement.ts';
import { leftOutOf, refusalsTold, statementOf, surfacesTold } from './place/told.ts';
import { type ErrorUnit, type Gathered, gathered } from './place/units.ts';
import { coveredTime, hoursIn } from './time/exposure.ts';
import { kindsIn } from './time/kinds.ts';

const FEWEST_SESSIONS = 3;
const FEWEST_DAYS = 2;
const MOST_LOST = 0.01;

const params = z.object({
  kinds: z.string().default('session,contact,place,transfer').describe('kinds of record, separated by commas'),
  account: z.string().optional().describe('one account, as the records write it'),
  began: z.string().optional().describe('first instant, with its offset or in the zone given'),
  ended: z.string().optional().describe('end of the window, not included'),
  zone: z.string().optional().describe('time zone of a window written in local time'),
  around: z.enum(['transfers']).optional().describe('only records near a transfer'),
  minutes: z.coerce.number().positive().max(100_000).default(60).describe('how near, on either side'),
});
type Params = z.infer<typeof params>;

const areas: Analysis<typeof params> = analysis({
  asks: 'What areas do the records point to?',
  limits:
    'Shows where the recording systems were likely used, not where a person lives. Places without records are not covered. ' +
    'Surfaces are models fitted elsewhere; the share of misplaced records of each class is a default. Records near each other in ' +
    'time are not proof of one bearer. The number of fixed places is the smallest that predicts left-out days as well as any: a ' +
    'place used rarely, or near another one, may not be found.',
  caveat:
    'The shaded area shows where the recording system was likely used, not where a person lives. Places without records are not ' +
    'shown as unlikely; they are not covered. An address database does not locate a household; a cell record shows which antenna ' +
    'the network used.',
  version: '1',
  params,
  async run(given, asked): Promise<Answer> {
    const { stated, refused, outside } = await read(given, asked);
    const all = gathered(stated);
    const groups = refusalsTold(refused);
    const leftOut = leftOutOf(groups);
    if (outside > 0) leftOut.push({ what: 'statements of place', why: 'outside the window asked for', count: outside });
    const shown = { ...surfacesTold(all.units), refusedStatements: groups, window: windowOf(asked) };
    const few = all.sessions < FEWEST_SESSIONS || all.days < FEWEST_DAYS;
    if (few) return tooFew(all, shown, leftOut);

    const grid = gridFor(all.units.map(({ surface }) => surface));
    const layers = all.units.map(({ surface }) => layerOf(grid, surface));
    const lost = layers.reduce((most, { caught }) => Math.max(most, 1 - caught), 0);
    if (lost > MOST_LOST) return unheld(lost, shown, leftOut);
    const hours = sourceHours(given, stated);
    const densities = occupancy(grid, all.units, layers, hours)!;
    const base: Base = { grid, units: all.units, layers, hours, densities };
    const anchors = anchorsOf(grid, all.units, layers);
    const without = leaveOneSourceOut(base);
    const headline = headlineOf(all, without);
    const hdr90 = hdr(grid, densities, 0.9);
    return {
      statement: statementOf(all, hdr90, anchors, headline),
      result: {
        headline,
        sessions: all.sessions,
        localDays: all.days,
        errorUnits: all.units.length,
        sources: all.sources,
        sourceHours: Object.fromEntries([...hours].map(([source, covered]) => [source, significant(covered)])),
        ...shown,
        occupancy: { hdr50: hdr(grid, densities, 0.5), hdr90 },
        ...anchors,
        leaveOneSourceOut: without,
        population: 'not available',
        grid: {
          cells: grid.cells.length,
          finestResolution: grid.finest,
          regionKm2: significant(grid.areaKm2),
          lostShare: significant(lost, 2),
        },
      },
      leftOut,
      alternatives: alternativesOf(anchors),
      sensitivity: [
        ...without.map(({ source, ...moved }) => told(`without ${source}`, moved)),
        ...heaviestLeftOut(base),
        ...(await wider(given, asked, base, all.units)),
      ],
    };
  },
});
export default areas;

/** All statements of the records asked about. */
async function read(given: Given, asked: Params, assumed?: Assumptions) {
  const rows = await placeRows(given.scoped, kindsIn(asked.kinds), asked.account);
  const near = asked.around && { times: await transferTimes(given.scoped, asked.account), minutes: asked.minutes };
  const window = {
    began: instantIn(asked.began, asked.zone),
    ended: instantIn(asked.ended, asked.zone),
    around: near ?? null,
  };
  const network = networkOf(rows, given.places);
  const stated: Stated[] = [];
  const refused: Refused[] = [];
  let outside = 0;
  for (const row of rows) {
    if (row.began !== null && !isAsked(window, row.began)) outside += 1;
    else {
      for (const reading of statementsOf(row, given.places, network, assumed)) {
        if ('stated' in reading) stated.push(reading.stated);
        else refused.push(reading.refused);
      }
    }
  }
  return { stated, refused, outside };
}

/** Hours each source covers; the same for all when none can be told. */
function sourceHours({ scoped }: Given, stated: readonly Stated[]): Map<string, number> {
  const labels = [...new Set(stated.map(({ label }) => label))].sort();
  const hours = labels.map(
    (label) =>
    hoursIn(coveredTime(scoped, stated.filter((one) => one.label === label).map(({ origin }) => origin)).intervals), // biome-ignore format: one
  );
  const told = hours.every((covered) => covered > 0);
  return new Map(labels.map((label, n) => [label, told ? hours[n]! : 1]));
}

async function wider(given: Given, asked: Params, base: Base, units: readonly ErrorUnit[]) {
  const has = (kind: string) => units.some(({ surface }) => surface.class === kind);
  const again = async (assumed: Assumptions) => gathered((await read(given, asked, assumed)).stated).units;
  return [
    ...(has('sector') || has('timing band')
      ? assumptionChanged(
          'antenna directions trusted less (share without direction .12 to .40)',
          base,
          await again({ undirected: 0.4 }),
        )
      : []),
    ...(has('address')
      ? assumptionChanged('radius of address rows doubled', base, await again({ addressRadius: 2 }))
      : []),
  ];
}

function headlineOf({ sources }: Gathered, without: readonly { source: string; depends: boolean }[]): string | null {
  if (sources.length === 1) return `This rests on one source, ${sources[0]}.`;
  const needed = without.filter(({ depends }) => depends).map(({ source }) => source);
  return needed.length === 0 ? null : `The area depends on ${needed.join(' and on ')}.`;
}

function windowOf({ began, ended, zone, around, minutes }: Params) {
  if (!began && !ended && !around) return null;
  return { began, ended, zone, around, minutes: around && minutes, note: 'Only records inside this window were used.' };
}

function alternativesOf({ anchors }: Anchors): string[] {
  return [
    'Another person had the device or used the account.',
    'An antenna farther away served the phone because of terrain, load or buildings.',
    'The table of sites, an address row or a clock was wrong on the day.',
    'The records come from places passed often, not from a place of stay.',
    ...(anchors.length === 1 ? ['Two fixed places too close to be told apart.'] : []),
  ];
}

type Shown = Record<string, unknown>;

function tooFew({ sessions, days }: Gathered, shown: Shown, leftOut: Answer['leftOut']): Answer {
  const why = `An area needs ${FEWEST_SESSIONS} sessions that state a place on ${FEWEST_DAYS} local days; there are ${counted(sessions, 'session')} on ${counted(days, 'local day')}.`;
  return {
    statement: `No area is given. ${why} ${sessions === 0 ? 'No record bears a surface.' : 'Single surfaces are listed as they stand.'}`,
    refused: [why],
    result: { ...shown, occupancy: null, anchors: [], leaveOneSourceOut: [] },
    leftOut,
    alternatives: ['The records that state a place may be too few because others were refused or not produced.'],
    sensitivity: [],
  };
}

function unheld(lost: number, shown: Shown, leftOut: Answer['leftOut']): Answer {
  const why = `The grid would lose ${significant(100 * lost, 2)} % of a surface, more than 1 %.`;
  const result = { ...shown, occupancy: null, anchors: [], leaveOneSourceOut: [] };
  return { statement: `No area is given. ${why}`, refused: [why], result, leftOut, alternatives: [], sensitivity: [] };
}
