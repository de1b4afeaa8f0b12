/**
 * What a scope gives of a table, worked out a second time and without the house: rows in memory, every item against every
 * row, text by text. It shares types with the house and no code, and is slow and plain on purpose.
 */
import type { IdentifierType } from '../src/record/identifier.ts';
import type { Scope } from '../src/scope/scope.ts';

/** How an oracle's table says when: a count of microseconds per unit, text with an offset, or local text of a zone. */
export type OracleTime =
  | { form: 'count'; unitMicros: bigint }
  | { form: 'instant' }
  | { form: 'instant text' }
  | { form: 'local'; zone: string; day: boolean };

export type OracleTable = {
  category: string;
  identifiers: { column: string; type: IdentifierType; callingCode?: string }[];
  time: { began: string; ended?: string; read: OracleTime } | null;
  parts: { category: string; columns: string[] }[];
};

export type OracleRow = Record<string, string | bigint | null>;

export type Expected = {
  /** `item id`, sorted. */
  produced: string[];
  /** `item: reason` or `item part category`, and how many. */
  counts: Record<string, number>;
};

type Target = { type: string; value: string };

export function expectedOf(scope: Scope, table: OracleTable, rows: readonly OracleRow[]): Expected {
  const produced: string[] = [];
  const counts: Record<string, number> = {};
  const tick = (key: string) => {
    counts[key] = (counts[key] ?? 0) + 1;
  };
  for (const row of rows) {
    const named = scope.items.filter((item) =>
      table.identifiers.some(({ column, type, callingCode }) =>
        isNamed(item.target, type, row[column] ?? null, callingCode),
      ),
    );
    if (named.length === 0) continue;
    const within = named.filter((item) => item.categories.includes(table.category));
    if (within.length === 0) {
      tick(`${named[0]!.id}: category not covered`);
      continue;
    }
    const when = table.time === null ? null : whenOf(row, table.time);
    if (typeof when === 'string') {
      tick(`${within[0]!.id}: undetermined: ${when}`);
      continue;
    }
    const lies = (item: (typeof named)[number]) => when === null || inside(when, item.range);
    const owner = within.find(lies);
    if (owner) {
      produced.push(`${owner.id} ${row['id']}`);
      for (const part of table.parts) {
        const filled = part.columns.some((column) => row[column] !== null && row[column] !== '');
        const allowed = named.some((item) => item.categories.includes(part.category) && lies(item));
        if (filled && !allowed) tick(`${owner.id} part ${part.category}`);
      }
      continue;
    }
    const [start, end] = when!;
    const touched = within.find(({ range }) => end > start && start < range.ended && end > range.began);
    tick(touched ? `${touched.id}: straddles the range` : `${within[0]!.id}: outside the range`);
  }
  return { produced: produced.sort(), counts };
}

function inside([start, end]: [bigint, bigint], range: { began: bigint; ended: bigint }): boolean {
  if (start < range.began || start >= range.ended) return false;
  return end <= start || end <= range.ended;
}

// ---- whose

function isNamed(target: Target, type: string, stored: string | bigint | null, callingCode?: string): boolean {
  if (stored === null) return false;
  const text = String(stored).trim();
  if (text === '') return false;
  if (type === 'untyped') return waysToWrite(target).includes(text);
  if (type === 'ip' && target.type === 'ip-prefix') return inPrefix(target.value, text);
  if (type === 'ip-prefix' && target.type === 'ip') return text.includes('/') && inPrefix(text, target.value);
  if (type !== target.type) return false;
  switch (type) {
    case 'email':
      return /^[^\s@]+@[^\s@]+$/.test(text) && text.toLowerCase() === target.value;
    case 'handle':
      return text.replace(/^@/, '').toLowerCase() === target.value;
    case 'name':
      return text.normalize('NFC').split(/\s+/).join(' ').toLowerCase() === target.value;
    case 'imei':
      return /^\d{14}\d?\d?$/.test(text) && text.startsWith(target.value);
    case 'phone':
      return sameNumber(target.value, text, callingCode);
    case 'ip-prefix': {
      const [one, other] = [text.split('/'), target.value.split('/')];
      if (one.length !== 2 || !/^\d{1,3}$/.test(one[1]!)) return false;
      const [base, wanted] = [numberOf(one[0]!), numberOf(other[0]!)!];
      if (base === null || Number(one[1]) > base.bits) return false;
      return base.bits === wanted.bits && base.value === wanted.value && Number(one[1]) === Number(other[1]);
    }
    case 'ip': {
      const [one, other] = [numberOf(text), numberOf(target.value)];
      return one !== null && other !== null && one.bits === other.bits && one.value === other.value;
    }
    default:
      return text === target.value;
  }
}

function waysToWrite({ type, value }: Target): string[] {
  if (type !== 'phone') return [value];
  const bare = value.replace('+', '');
  return bare.length === 11 && bare[0] === '1' ? [value, bare, bare.slice(1)] : [value, bare];
}

function sameNumber(value: string, text: string, callingCode?: string): boolean {
  const allowed = new Set([
    ...' ().-\u2010\u2011\u2012\u2013\u2014\u2015\t\n\v\f\r\u00a0\ufeff\u1680\u2028\u2029\u202f\u205f\u3000',
  ]);
  for (let code = 0x2000; code <= 0x200a; code += 1) allowed.add(String.fromCharCode(code));
  const kept = [...text].filter((sign) => !allowed.has(sign)).join('');
  if (/^\+[0-9]{7,15}$/.test(kept)) return kept === value;
  if (!/^[0-9]{7,15}$/.test(kept) || callingCode === undefined) return false;
  if (callingCode === '1') {
    if (kept.length === 10) return value === `+1${kept}`;
    return kept.length === 11 && kept.startsWith('1') && value === `+${kept}`;
  }
  return kept.startsWith(callingCode) && value === `+${kept}`;
}

/** An address as a number, by hand; mapped IPv4 is IPv4. */
function numberOf(written: string): { bits: 32 | 128; value: bigint } | null {
  const text = written.startsWith('[') && written.endsWith(']') ? written.slice(1, -1) : written;
  const four = quad(text);
  if (four !== null) return { bits: 32, value: four };
  if (!text.includes(':')) return null;
  let groups = text;
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (tail) {
    const value = quad(tail[2]!);
    if (value === null) return null;
    groups = `${tail[1]}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  }
  const halves = groups.split('::');
  if (halves.length > 2) return null;
  const [left, right] = halves.map((half) => (half === '' ? [] : half.split(':'))) as [string[], string[] | undefined];
  const missing = 8 - left.length - (right?.length ?? 0);
  if (right === undefined ? missing !== 0 : missing < 1) return null;
  const all = right === undefined ? left : [...left, ...Array<string>(missing).fill('0'), ...right];
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  const value = all.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffff_ffffn } : { bits: 128, value };
}

function quad(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return null;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function inPrefix(prefix: string, text: string): boolean {
  const [base, length] = prefix.split('/') as [string, string];
  const [network, one] = [numberOf(base), numberOf(text)];
  if (network === null || one === null || network.bits !== one.bits || Number(length) > one.bits) return false;
  const shift = BigInt(one.bits - Number(length));
  return network.value >> shift === one.value >> shift;
}

// ---- when

type When = [bigint, bigint] | string;

function whenOf(row: OracleRow, { began, ended, read }: NonNullable<OracleTable['time']>): When {
  const start = momentOf(row[began] ?? null, read);
  if (typeof start === 'string') return start;
  if (ended === undefined) return start;
  const end = momentOf(row[ended] ?? null, read);
  return typeof end === 'string' ? end : [start[0], end[1] > end[0] ? end[1] : end[0]];
}

function momentOf(stored: string | bigint | null, read: OracleTime): When {
  if (stored === null) return 'no time';
  if (typeof stored === 'bigint') return [stored, stored];
  const text = stored.trim();
  switch (read.form) {
    case 'count': {
      const found = /^(-?\d+)(?:\.(\d+))?$/.exec(text);
      if (!found) return 'no time';
      const scale = 10n ** BigInt((found[2] ?? '').length);
      const count = BigInt(`${found[1]}${found[2] ?? ''}`) * read.unitMicros;
      const micros = count < 0n && count % scale !== 0n ? count / scale - 1n : count / scale;
      return [micros, micros];
    }
    case 'instant':
    case 'instant text':
      return offsetText(text);
    case 'local':
      return localText(text, read.zone, read.day);
  }
}

function offsetText(text: string): When {
  const found = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!found) return 'no time';
  const wall = wallMicros(found.slice(1, 7).map(Number), found[7]);
  if (wall === null) return 'no time';
  const zone = found[8]!;
  const minutes = zone === 'Z' ? 0 : Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  const micros = wall - BigInt(minutes) * 60_000_000n;
  return [micros, micros];
}

/** A clock reading as if it were UTC. */
function wallMicros([year, month, day, hour, minute, second]: number[], fraction = ''): bigint | null {
  const millis = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
  const back = new Date(millis);
  const same = back.getUTCMonth() === month! - 1 && back.getUTCDate() === day! && back.getUTCHours() === hour;
  if (!same || minute! > 59 || second! > 59) return null;
  return BigInt(millis) * 1000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}

function localText(text: string, zone: string, day: boolean): When {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?$/.exec(text);
  if (!found) return 'no time';
  const fields = [1, 2, 3, 4, 5, 6].map((index) => Number(found[index] ?? 0));
  const wall = wallMicros(fields, found[7]);
  if (wall === null) return 'no time';
  if (day || found[4] === undefined) {
    const midnight = wallMicros([...fields.slice(0, 3), 0, 0, 0])!;
    return [firstInstantOf(midnight, zone), firstInstantOf(midnight + 86_400_000_000n, zone)];
  }
  const candidates = instantsOf(wall, zone);
  if (candidates.length === 0) return 'time does not exist';
  return candidates.length > 1 ? 'time exists twice' : [candidates[0]!, candidates[0]!];
}

const found = new Map<string, bigint[]>();
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Every instant at which the clocks of the zone show this: all offsets are tried. */
function instantsOf(wall: bigint, zone: string): bigint[] {
  const key = `${zone} ${wall}`;
  const known = found.get(key);
  if (known) return known;
  const all: bigint[] = [];
  for (let minutes = -16 * 60; minutes <= 16 * 60; minutes += 15) {
    const instant = wall - BigInt(minutes) * 60_000_000n;
    if (shownAt(instant, zone) === wall) all.push(instant);
  }
  found.set(key, all);
  return all;
}

function shownAt(instant: bigint, zone: string): bigint {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric',
      minute: 'numeric', second: 'numeric',
    }); // biome-ignore format: parts of a clock
  clocks.set(zone, clock);
  const rest = ((instant % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const parts = clock.formatToParts(Number((instant - rest) / 1000n));
  const part = (type: string) => Number(parts.find((one) => one.type === type)!.value);
  return (
    BigInt(Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))) *
      1000n +
    rest
  );
}

/** Midnight, or what comes first of the day where midnight is skipped. */
function firstInstantOf(midnight: bigint, zone: string): bigint {
  for (let late = 0n; late <= 180n; late += 15n) {
    const instants = instantsOf(midnight + late * 60_000_000n, zone);
    if (instants.length > 0) return instants[0]!;
  }
  throw new Error(`no start of day in ${zone}`);
}
