/**
 * What the rows above a carrier's table state: whom the return is about and which time it covers.
 *
 * Layouts of banners are not published; a label and its value are read where they stand side by side or in one cell with
 * a colon, and every such pair is kept as text. A range becomes instants only when it says its zone.
 */
import type { Identifier } from '../../record/identifier.ts';
import type { Stated } from '../format.ts';
import { readMoment } from './clock.ts';
import { partyIn } from './party.ts';

const TARGET =
  /^(target|subscriber|requested|subject|search(ed)?|mobile|phone|telephone|msisdn)( ?(phone|telephone|mobile|msisdn))?( ?(number|no\.?|#|value))?s?$/i;
const RANGE = /^(date|search|time|report|record)s? ?(range|period|span|dates)?( ?\(utc\))?$/i;
const MADE = /^(report |date |time )?(generated|created|run|produced)( ?(on|date|at|time))?( ?\(utc\))?$/i;

/** Null when the rows hold no label with a value. */
export function statedIn(rows: string[][]): Stated | null {
  const fields: Record<string, string> = {};
  for (const row of rows) for (const [label, value] of pairs(row)) fields[label] ??= value;
  if (Object.keys(fields).length === 0) return null;
  const stated: Stated = { targets: [], began: null, ended: null, generated: null, fields };
  for (const [label, value] of Object.entries(fields)) {
    if (TARGET.test(label)) stated.targets.push(...numbersIn(value));
    else if (RANGE.test(label)) Object.assign(stated, rangeIn(label, value));
    else if (MADE.test(label)) stated.generated = instantIn(label, value);
  }
  return stated;
}

function pairs(row: string[]): [string, string][] {
  const cells = row.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const [label, value] = cells;
  if (label === undefined) return [];
  if (cells.length === 2 && value !== undefined) return [[label.replace(/\s*:$/, ''), value]];
  return cells.flatMap((cell): [string, string][] => {
    const found = /^([^:]{1,60}?)\s*:\s*(\S.*)$/s.exec(cell);
    return found ? [[found[1]!, found[2]!]] : [];
  });
}

function numbersIn(value: string): Identifier[] {
  return value
    .split(/[,;\n]/)
    .map((text) => partyIn('', text)?.who)
    .filter((who): who is Identifier => who?.type === 'phone');
}

function rangeIn(label: string, value: string): Pick<Stated, 'began' | 'ended'> {
  const [from, until, more] = value.split(/\s+(?:to|through|-|–)\s+/i);
  if (from === undefined || until === undefined || more !== undefined) return { began: null, ended: null };
  const utc = saysUtc(label) || saysUtc(value);
  const [first, last] = [momentIn(from, utc), momentIn(until, utc)];
  // A range of days includes its last day; a range of instants ends at the second one.
  return { began: first?.began ?? null, ended: last?.ended ?? last?.began ?? null };
}

function instantIn(label: string, value: string) {
  const made = momentIn(value, saysUtc(label) || saysUtc(value));
  return made?.ended === null ? made.began : null;
}

function momentIn(text: string, utc: boolean) {
  return utc ? readMoment(text.replace(/\(?\bUTC\b\)?/i, ''), { zone: 'UTC', basis: 'provider rule' }) : null;
}

function saysUtc(text: string): boolean {
  return /\bUTC\b/i.test(text);
}
