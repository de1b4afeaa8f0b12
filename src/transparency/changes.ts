/**
 * How the figures could be others: one request more or less in a row, another outcome of one, one mark more or less.
 *
 * A change is made in a row and in every sum that the row goes into. Whether it can be, the relations say.
 */
import { OUTCOMES } from './definitions.ts';
import { isCertificateOf } from './european-relations.ts';
import type { Row } from './figures.ts';
import type { Change, Figured } from './hide.ts';
import { together } from './other-figures.ts';
import { EPOC_COUNTS, MEASURED, type Places, type Table } from './places.ts';
import { ANSWERED, isOrderOf, isSamePeriod, NEVER_MORE, Relations } from './relations.ts';

type Step = [column: string, by: number][];

/** Columns that are an outcome or the number of requests change together; all others change alone. */
const MARKS = MEASURED.filter((column) => !['requests_received', ...OUTCOMES].includes(column));

export function figuredFrom(places: Places): Figured {
  const changes = [...places.figures.rows.keys()]
    .sort((a, b) => sizeOf(places, a) - sizeOf(places, b))
    .flatMap((row) => changesIn(places, row));
  changes.push(...waitingElsewhere(places), ...europeanAlone(places), ...oneMoreAlike(places));
  const touching = new Map<number, Change[]>();
  const undoing = new Map<string, Change[]>();
  for (const change of changes) {
    // A nought is seen, so no number comes from it or goes to it.
    if ([...change].some(([count, by]) => places.counts[count]!.value === 0 || places.counts[count]!.value + by <= 0))
      continue;
    for (const count of change.keys()) put(touching, count, change);
    for (const level of LEVELS) put(undoing, places.above(change, level, -1), change);
  }
  return {
    counts: places.counts,
    relations: new Relations(places).all,
    nameOf: (count) => places.nameOf(count),
    changesOf: (count) => touching.get(count) ?? [],
    *oppositesOf(change) {
      for (const level of LEVELS) yield* undoing.get(places.above(change, level, 1)) ?? [];
    },
  };
}

/** Opposite in all sums above the rows, or in those above the papers only. */
const LEVELS = ['rows', 'papers'] as const;

function put<K>(map: Map<K, Change[]>, key: K, change: Change): void {
  const some = map.get(key);
  if (some) some.push(change);
  else map.set(key, [change]);
}

/** Rows with few requests come first: their numbers are hidden anyway. */
const sizeOf = ({ figures }: Places, row: number) => Number(figures.rows[row]!['requests_received']);

function changesIn(places: Places, row: number): Change[] {
  const one = places.figures.rows[row]!;
  const isThere = (column: string) => Number(one[column]) > 0;
  const sums = sumsOf(places, one);
  const change = (step: Step): Change => {
    const made = new Map<number, number>();
    for (const [column, by] of step)
      for (const [table, index] of [['rows', row] as const, ...sums])
        made.set(places.indexOf(table, index, column)!, by);
    return made;
  };
  const outcomes = OUTCOMES.filter(isThere);
  const found: Change[] = [];
  const both = (from: string, to: string): Step => [[from, -1], [to, 1]]; // biome-ignore format: one line
  for (const from of outcomes)
    for (const to of outcomes) if (from !== to) found.push(...mended(one, both(from, to), 6).map(change));
  for (const mark of MARKS.filter(isThere))
    for (const by of [1, -1]) found.push(...mended(one, [[mark, by]], 4).map(change));
  for (const outcome of outcomes) {
    for (const by of [1, -1]) {
      const besides = besideOf(places, one, outcome, by);
      for (const step of mended(one, [['requests_received', by], [outcome, by]], 4)) // biome-ignore format: one line
        found.push(...besides.map((beside) => together(change(step), beside)));
    }
  }
  return found;
}

/** The longest step looked at. */
const LONGEST = 7;

/** A step with whatever else of the row has to change so that the row still holds together: some ways, the shortest first. */
function mended(one: Row, step: Step, most: number): Step[] {
  const found: Step[] = [];
  const open = [step];
  for (let next = open.shift(); next !== undefined && found.length < most; next = open.shift()) {
    const broken = brokenIn(one, next);
    if (broken === undefined) found.push(next);
    else if (next.length < LONGEST) open.push(...mendings(one, next, broken).map((more): Step => [...next!, more]));
  }
  return found;
}

/** How many waited is changed beside a request more or less, so it is not looked at here. */
function brokenIn(one: Row, step: Step): (typeof NEVER_MORE)[number] | undefined {
  const by = new Map(step);
  const sum = (columns: readonly string[]) =>
    columns.reduce((so, column) => so + Number(one[column]) + (by.get(column) ?? 0), 0);
  const was = (columns: readonly string[]) => columns.reduce((so, column) => so + Number(one[column]), 0);
  return NEVER_MORE.find(([less, more]) => {
    const isBeside = by.has('requests_received') && [...less, ...more].includes('first_responses');
    return !isBeside && sum(less) > sum(more) && was(less) <= was(more);
  });
}

function mendings(one: Row, step: Step, [less, more]: (typeof NEVER_MORE)[number]): Step {
  const isFree = (column: string) =>
    Number(one[column]) > 0 && column !== 'requests_received' && !step.some(([changed]) => changed === column);
  const isOutcome = (column: string) => (OUTCOMES as readonly string[]).includes(column);
  return [
    ...less.filter(isFree).map((column): [string, number] => [column, -1]),
    ...more.filter(isFree).map((column): [string, number] => [column, 1]),
  ].filter(([column]) => !isOutcome(column));
}

/** The paper's total and, but for mutual legal assistance, that of all. */
function sumsOf(places: Places, one: Row): (readonly [Table, number])[] {
  const paper = one['instrument_id'];
  return places
    .rows('totals', (total) => isSamePeriod(total, one) && [paper, ...(paper === 'XB-MLAT' ? [] : ['all'])].includes(total['counted']!)) // biome-ignore format: one line
    .map((row) => ['totals', row] as const);
}

/** What a request more or less changes beside the rows: the time it waited, and its class or Member State. */
function besideOf(places: Places, one: Row, outcome: string, by: number): Change[] {
  const waits =
    one['instrument_id'] === 'XB-MLAT' ? [] : places.rows('firstResponse', (wait) => isSamePeriod(wait, one));
  const answered = (ANSWERED as readonly string[]).includes(outcome);
  const byWait = waits.flatMap((row): Change[] => {
    const isWaiting = places.figures.firstResponse[row]!['label'] === 'no response yet';
    if (places.counts[places.indexOf('firstResponse', row, 'requests')!]!.value === 0 || (answered && isWaiting))
      return [];
    const changed = new Map([[places.indexOf('firstResponse', row, 'requests')!, by]]);
    return [isWaiting ? changed : together(changed, responses(places, one, by))];
  });
  const withWait = waits.length === 0 ? [new Map<number, number>(), responses(places, one, by)] : byWait;
  const byClass = classesOf(places, one, outcome, by);
  const orders = places.rows('dsa', (state) => isOrderOf(one, state));
  const bySum = new Map(orders.map((row) => [places.indexOf('dsa', row, 'orders_received')!, by]));
  return withWait.flatMap((wait) => byClass.map((certificate) => together(together(wait, certificate), bySum)));
}

function responses(places: Places, one: Row, by: number): Change {
  const row = places.figures.rows.indexOf(one);
  const all = [['rows', row] as const, ...sumsOf(places, one)];
  return new Map(all.map(([table, index]) => [places.indexOf(table, index, 'first_responses')!, by]));
}

/** An order more or less is one in a class of its State. */
function classesOf(places: Places, one: Row, outcome: string, by: number): Change[] {
  const classes = places.rows('epoc', (row) => isCertificateOf(one, row['certificate'], row['issuing_state']));
  if (classes.length === 0) return [new Map()];
  return classes.flatMap(
    (row) =>
    EPOC_COUNTS.slice(1)
      .filter((answer) => Number(places.figures.epoc[row]![answer]) > 0)
      .filter((answer) => answer !== 'fulfilled' || (ANSWERED as readonly string[]).includes(outcome))
      .map((answer) => epocChange(places, row, [['received', by], [answer, by]])), // biome-ignore format: one line
  );
}

const epocChange = (places: Places, row: number, step: Step): Change =>
  new Map(step.map(([column, by]) => [places.indexOf('epoc', row, column)!, by]));

/** A request that waited longer or less long. */
function waitingElsewhere(places: Places): Change[] {
  const { firstResponse } = places.figures;
  const responded = places.rows('firstResponse', (row) => row['label'] !== 'no response yet' && Number(row['requests']) > 0); // biome-ignore format: one line
  const index = (row: number) => places.indexOf('firstResponse', row, 'requests')!;
  return responded.flatMap(
    (from) =>
    responded
      .filter((to) => to !== from && isSamePeriod(firstResponse[from]!, firstResponse[to]!))
      .map((to) => new Map([[index(from), -1], [index(to), 1]])), // biome-ignore format: one line
  );
}

/** An order that asks for a class more or less, was answered otherwise in one class, or was a hold more or less. */
function europeanAlone(places: Places): Change[] {
  const { epoc } = places.figures;
  return [...epoc.keys()].flatMap((row) => {
    const answers = EPOC_COUNTS.slice(1).filter((answer) => Number(epoc[row]![answer]) > 0);
    const found: Change[] = [];
    for (const answer of answers) {
      for (const by of [1, -1]) found.push(epocChange(places, row, [['received', by], [answer, by]])); // biome-ignore format: one line
      for (const other of answers)
        if (other !== answer) found.push(epocChange(places, row, [[answer, -1], [other, 1]])); // biome-ignore format: one line
    }
    return found;
  });
}

/** For what nothing else hides: one request more of a kind that is there, which is always possible. */
function oneMoreAlike(places: Places): Change[] {
  const { profiles } = places.figures;
  const step = Math.max(1, Math.ceil(profiles.length / MOST_ALIKE));
  return profiles.filter((_, index) => index % step === 0).map((profile) => addedBy(places, profile));
}

const MOST_ALIKE = 5000;

function addedBy(places: Places, profile: Row): Change {
  const added = new Map<number, number>();
  const add = (table: Table, rows: number[], column: string, by: number) => {
    for (const row of rows) {
      const index = places.indexOf(table, row, column)!;
      if (by !== 0) added.set(index, (added.get(index) ?? 0) + by);
    }
  };
  const about = ['country_iso2', 'agency_level', 'instrument_id', 'service'];
  const rows = places.rows('rows', (row) => isSamePeriod(row, profile) && about.every((name) => row[name] === profile[name])); // biome-ignore format: one line
  const totals = sumsOf(places, profile).map(([, row]) => row);
  for (const column of MEASURED) {
    add('rows', rows, column, Number(profile[column]));
    add('totals', totals, column, Number(profile[column]));
  }
  const waits = places.rows('firstResponse', (row) => isSamePeriod(row, profile) && row['band'] === profile['band']);
  add('firstResponse', waits, 'requests', 1);
  if (profile['is_dsa']) {
    const states = places.rows('dsa', (state) => isOrderOf(profile, state));
    add('dsa', states, 'orders_received', 1);
    for (const column of ['acknowledgements', 'effects']) add('dsa', states, column, Number(profile[column]));
  }
  for (const order of String(profile['epoc'] ?? '').split(';').filter(Boolean)) {
    const [certificate, dataClass, state, emergency, answer, productions, followUps] = order.split('|');
    const classes = places.rows('epoc', (row) => row['certificate'] === certificate && row['data_class'] === dataClass && row['issuing_state'] === state && row['emergency'] === emergency);
    add('epoc', classes, 'received', 1);
    add('epoc', classes, answer === 'open' ? 'still_open' : answer!.replace(' ', '_'), 1);
    add('epoc', classes, 'productions', Number(productions));
    add('epoc', classes, 'follow_ups', Number(followUps));
  } // biome-ignore format: one line
  return added;
}
