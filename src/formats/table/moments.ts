/** When a row happened, was paid, or was true: its time cells, each with the zone that speaks for it. */
import type { Draft, KindValues, Precision } from '../../record/record.ts';
import { noTime, type Stamp, type ZoneRule } from '../../record/stamp.ts';
import { readDayAndClock, readShaped, type ShapeContext } from '../reading/shapes.ts';
import { zoneIn } from '../reading/zones.ts';
import type { Slot } from './plan.ts';
import type { Cell, Row } from './row.ts';

export type When = Pick<Draft, 'began' | 'ended' | 'precision' | 'timeAsStored' | 'zoneBasis' | 'undetermined'>;

/** What goes with the zone a return was imported with. */
export type Declared = ZoneRule | undefined;

const CLOCKS = ['H:mm[:ss[.S]]', 'h:mm[:ss[.S]] A'];
const COARSER: Precision[] = ['microsecond', 'millisecond', 'second', 'minute', 'hour', 'day', 'month', 'none'];

/** The time of the row itself. A cell that is no time of its shape is refused, and the row with it. */
export function whenOf(row: Row, seconds: number | undefined, declared: Declared): When {
  const start = startOf(row, declared);
  const endCell = row.one('ended');
  const end = endCell && stampOf(row, endCell, row.one('zone'), declared);
  if (end === undefined || start.began === null) return lasting(start, seconds);
  const timed = { ...whenFrom(start), precision: coarser(start.precision, end.precision) };
  if (end.undetermined) return { ...timed, began: null, ended: null, undetermined: end.undetermined };
  const ended = end.ended ?? end.began;
  if (ended !== null && ended < start.began) row.refuse(endCell!, 'it ends before it begins');
  const zoneBasis = start.zoneBasis === 'stated' ? end.zoneBasis : start.zoneBasis;
  return { ...timed, ended, zoneBasis };
}

function startOf(row: Row, declared: Declared): Stamp {
  const [time, date, zone] = [row.one('time'), row.one('date'), row.one('zone')];
  if (time) return stampOf(row, time, zone, declared);
  if (!date) return noTime();
  const clock = row.one('clock');
  if (!clock) return stampOf(row, date, zone, declared);
  const context = contextOf(row, date, zone, declared);
  const stamp = readDayAndClock(
    { text: date.text, shapes: shapesOf(row, date) },
    { text: clock.text, shapes: clock.column.time ?? CLOCKS },
    context,
  );
  if (stamp === null) row.refuse(clock, `with ${JSON.stringify(date.header)}: ${UNREAD}`);
  return stamp === null ? noTime() : withZoneText(stamp, zone);
}

const UNREAD = 'time not of the declared shape';

function stampOf(row: Row, cell: Cell, zone: Cell | undefined, declared: Declared): Stamp {
  const stamp = readShaped(cell.text, shapesOf(row, cell), contextOf(row, cell, zone, declared));
  if (stamp === null) row.refuse(cell, UNREAD);
  return stamp === null ? noTime() : withZoneText(stamp, zone);
}

function shapesOf({ plan: { profile } }: Row, { column }: Slot): string[] {
  return column.time ?? ['iso', ...(profile.dayMonthOrder ? [profile.dayMonthOrder] : [])];
}

function contextOf({ plan: { profile } }: Row, cell: Cell, zone: Cell | undefined, declared: Declared): ShapeContext {
  const own = cell.column.zone ?? profile.zone;
  return {
    rule: own === undefined ? declared : { zone: own, basis: 'declared by examiner' },
    beside: zone && zoneIn(zone.text, profile.zoneNames),
    zoneNames: profile.zoneNames,
    firstYear: profile.firstYear,
  };
}

function withZoneText(stamp: Stamp, zone: Cell | undefined): Stamp {
  return zone ? { ...stamp, text: `${stamp.text} ${zone.text}` } : stamp;
}

/** A duration says when it ended, where the source does not. */
function lasting(start: Stamp, seconds: number | undefined): When {
  const when = whenFrom(start);
  if (start.began === null || start.undetermined || !seconds) return when;
  return { ...when, ended: (start.ended ?? start.began) + BigInt(Math.round(seconds * 1e6)) };
}

function whenFrom({ text, began, ended, precision, zoneBasis, undetermined }: Stamp): When {
  return { began, ended, precision, timeAsStored: text, zoneBasis, ...(undetermined ? { undetermined } : {}) };
}

function coarser(a: Precision, b: Precision): Precision {
  return COARSER.indexOf(a) > COARSER.indexOf(b) ? a : b;
}

/** The payment of a transfer: its instant where one is known, and always the text. */
export function paidOf(row: Row, declared: Declared): Pick<KindValues, 'paid_began' | 'paid_time_as_stored'> {
  const cell = row.one('paid-time');
  if (!cell) return {};
  const stamp = stampOf(row, cell, row.one('paid-zone'), declared);
  return { paid_began: instantOf(stamp), paid_time_as_stored: stamp.text };
}

export type Known = { stamp: Stamp; instant: bigint | undefined };

/** Since when or as of when a fact is so. */
export function asOf(row: Row, declared: Declared): Known | null {
  const cell = row.one('as-of');
  if (!cell) return null;
  const stamp = stampOf(row, cell, undefined, declared);
  return { stamp, instant: instantOf(stamp) };
}

/** A day is no instant: a column that can hold only an instant leaves it to the text. */
function instantOf({ began, ended, undetermined }: Stamp): bigint | undefined {
  return began === null || ended !== null || undetermined ? undefined : began;
}
