/** Random tables and scopes, drawn from what goes wrong: boundaries, clock changes, spellings and look-alikes. */
import type { IdentifierType } from '../src/record/identifier.ts';
import type { Item, Scope } from '../src/scope/scope.ts';
import type { Columns, Holds, InventedTable, Value } from './servers/tables.ts';
import type { OracleRow, OracleTable, OracleTime } from './source-oracle.ts';

/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  some<T>(list: readonly T[], most = list.length): T[] {
    const wanted = 1 + this.below(most);
    return list.toSorted(() => this.next() - 0.5).slice(0, wanted);
  }

  often(share: number): boolean {
    return this.next() < share;
  }
}

export type RandomTable = {
  kept: InventedTable;
  declared: Record<string, unknown> & { table: string };
  oracle: OracleTable;
  rows: OracleRow[];
  moments: bigint[];
};

/** Texts a column of a type may hold, and the targets an item may name. */
const SPELLINGS: Record<string, { texts: (string | null)[]; exact: string[]; targets: string[] }> = {
  'account-id': {
    texts: ['u-1', 'U-1', ' u-1', 'u-1\t', 'u-10', 'u1', 'u-1\u00a0', 'ü-1', 'u-\u0661', '', null],
    exact: ['u-1', 'U-1', 'u-10', 'u1', 'ü-1'],
    targets: ['u-1', 'U-1', 'u-10', 'ü-1', "u'; drop table t0; --", 'u-%'],
  },
  email: {
    texts: [
      'ann@example.org', 'ANN@Example.org', ' ann@example.org ', 'ann@example.org\u00a0', '\u0430nn@example.org',
      'ann@example.org.', 'an.n@example.org', 'ann+x@example.org', 'mi\u212ae@example.org', 'Mike@example.org', 'ann', '', null,
    ],
    exact: ['ann@example.org', 'mike@example.org', 'ann+x@example.org'],
    targets: ['ann@example.org', 'Mike@example.org', 'ann+x@example.org', '\u0430nn@example.org'],
  },
  phone: {
    texts: [
      '+15755550142', '15755550142', '5755550142', '(575) 555-0142', '+1 575\u2011555\u20110142', '575.555.0142', '+25755550142',
      '555-0142', '+1575555014', '05755550142', '4915755550142', '+4915755550142', '', null,
    ],
    exact: ['+15755550142', '+4915755550142', '+25755550142'],
    targets: ['+15755550142', '+4915755550142', '+25755550142'],
  },
  handle: {
    texts: ['@Ann', 'ann', 'ANN', 'a_nn', 'ann ', '@@ann', 'anna', 'ÄNN', null],
    exact: ['ann', 'anna', 'änn'],
    targets: ['@ann', 'anna', 'änn'],
  },
  name: {
    texts: ['Ann Example', 'ANN  EXAMPLE', 'Ann\u00a0Example', 'Jose\u0301 Example', 'JOSÉ EXAMPLE', 'AnnExample', 'Ann-Example', null],
    exact: ['ann example', 'josé example'],
    targets: ['Ann Example', 'José Example'],
  },
  imei: {
    texts: ['350000000000011', '35000000000001', '3500000000000199', '350000000000021', '35-000000-000001', '35000000000001x', null],
    exact: ['350000000000011', '35000000000001', '3500000000000199', '350000000000021'],
    targets: ['350000000000011', '35000000000002'],
  },
  ip: {
    texts: [
      '203.0.113.5', '203.0.113.50', '203.0.113.64', '::ffff:203.0.113.5', '::FFFF:CB00:7105', '[203.0.113.5]', ' 203.0.113.5',
      '203.0.113.05', '2001:db8::1', '2001:0DB8:0:0:0:0:0:1', '[2001:db8::1]', '2001:db8::10', '2001:db8:0:1::1', '::203.0.113.5',
      '2001:db8::1%eth0', 'unknown', '', null,
    ],
    exact: ['203.0.113.5', '203.0.113.50', '203.0.113.64', '2001:db8::1', '2001:db8::10', '2001:db8:0:1::1'],
    targets: ['203.0.113.5', '2001:db8::1', '203.0.113.64'],
  },
  'ip-prefix': {
    texts: ['203.0.113.0/26', '203.0.113.0/24', '203.0.113.5/26', '2001:db8::/64', '2001:DB8:0::/64', '203.0.113.0', '203.0.113.0/33', null],
    exact: ['203.0.113.0/26', '203.0.113.0/24', '2001:db8::/64'],
    targets: ['203.0.113.0/26', '2001:db8::/64', '203.0.113.5/26'],
  },
  untyped: {
    texts: ['u-1', '+15755550142', '15755550142', '5755550142', '575-555-0142', 'ann@example.org', 'ANN@example.org', null],
    exact: ['u-1', '+15755550142', '15755550142', '5755550142', 'ann@example.org'],
    targets: ['+15755550142', 'u-1'],
  },
}; // biome-ignore format: a table

const PREFIXES = [
  '203.0.113.0/26',
  '203.0.113.0/24',
  '203.0.112.0/23',
  '0.0.0.0/0',
  '2001:db8::/64',
  '2001:db8::/48',
  '203.0.113.5/32',
];
const ADDRESSES = [
  '203.0.113.5',
  '203.0.113.50',
  '203.0.113.64',
  '::ffff:203.0.113.5',
  '2001:db8::1',
  '2001:db8::10',
  '2001:db8:0:1::1',
  null,
];
const NUMBERS = ['1', '10', '42', '-1', '9007199254740993', null];
const CATEGORIES = ['DC-01', 'DC-02', 'DC-06', 'DC-11'];
const ZONES = ['America/Denver', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC', 'America/Sao_Paulo'];

/** Around clock changes of the zones above, the start of 1970, and a plain day. */
const ANCHORS = [
  '2017-03-12T09:00:00Z', '2017-11-05T07:00:00Z', '2017-03-26T01:00:00Z', '2017-10-29T01:00:00Z', '2017-04-01T15:00:00Z',
  '2017-09-30T15:30:00Z', '2017-10-15T03:00:00Z', '2018-02-18T02:00:00Z', '1970-01-01T00:00:00Z', '2017-06-15T12:00:00Z',
].map((text) => BigInt(Date.parse(text)) * 1000n); // biome-ignore format: a list

const HOUR = 3_600_000_000n;
const clockText = (micros: bigint) => {
  const millis = micros / 1000n - (micros % 1000n < 0n ? 1n : 0n);
  return `${new Date(Number(millis)).toISOString().slice(0, 23).replace('T', ' ')}${String(micros - millis * 1000n).padStart(3, '0')}`;
};

type Timing = {
  read: OracleTime;
  holds: Holds;
  type: unknown;
  precision: string;
  value(chance: Chance, micros: bigint): Value;
};

function timings(zone: string): Timing[] {
  const local = { local: zone };
  const rough = (chance: Chance, micros: bigint) => {
    const text = clockText(micros);
    return chance.of([
      text,
      text.slice(0, 19),
      text.slice(0, 16),
      text.replace(' ', 'T'),
      ` ${text}`,
      text.slice(0, 10),
      'soon',
      '',
    ]);
  };
  const count = (unit: bigint) => (_: Chance, micros: bigint) => String(micros / unit);
  return [
    { read: { form: 'instant' }, holds: 'instant', type: 'instant', precision: 'microsecond', value: (_, micros) => micros },
    {
      read: { form: 'instant text' }, holds: 'text', type: 'instant', precision: 'microsecond',
      value: (chance, micros) => {
        const minutes = chance.of([0, 330, -420, 765]);
        const shown = clockText(micros + BigInt(minutes) * 60_000_000n).replace(' ', chance.of([' ', 'T']));
        const sign = minutes < 0 ? '-' : '+';
        const two = (part: number) => String(Math.floor(Math.abs(part))).padStart(2, '0');
        const offset = minutes === 0 ? 'Z' : `${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
        return chance.often(0.06) ? chance.of(['never', '', shown]) : `${shown}${chance.of(['', '123'])}${offset}`;
      },
    },
    { read: { form: 'count', unitMicros: 1_000_000n }, holds: 'integer', type: 'epoch seconds', precision: 'second', value: count(1_000_000n) },
    { read: { form: 'count', unitMicros: 1000n }, holds: 'integer', type: 'epoch milliseconds', precision: 'millisecond', value: count(1000n) },
    { read: { form: 'count', unitMicros: 1n }, holds: 'integer', type: 'epoch microseconds', precision: 'microsecond', value: count(1n) },
    {
      read: { form: 'count', unitMicros: 1_000_000n }, holds: 'decimal', type: 'epoch seconds', precision: 'microsecond',
      value: (_, micros) => `${micros < 0n ? '-' : ''}${String((micros < 0n ? -micros : micros) / 1_000_000n)}.${String((micros < 0n ? -micros : micros) % 1_000_000n).padStart(6, '0')}`,
    },
    { read: { form: 'local', zone, day: false }, holds: 'local', type: local, precision: 'microsecond', value: (_, micros) => clockText(micros) },
    { read: { form: 'local', zone, day: false }, holds: 'text', type: local, precision: 'second', value: rough },
    { read: { form: 'local', zone, day: true }, holds: 'day', type: local, precision: 'day', value: (_, micros) => clockText(micros).slice(0, 10) },
  ]; // biome-ignore format: a table
}

export function randomTable(chance: Chance, name: string): RandomTable {
  const anchor = chance.of(ANCHORS);
  const grid = Array.from(
    { length: 9 },
    (_, index) => anchor + BigInt(index - 4) * (chance.often(0.5) ? HOUR : HOUR / 2n),
  );
  const moments = grid.flatMap((micros) => [micros, micros - 1n, micros + 1n]);
  const types = chance.some(Object.keys(SPELLINGS) as IdentifierType[], 3);
  const columns: Columns = { id: 'integer' };
  const makers: ((chance: Chance) => Value)[] = [];
  const identifiers = types.map((type, index) => {
    const column = `who ${index}`;
    const exact = chance.often(0.3);
    const callingCode = type === 'phone' ? chance.of([undefined, '1', '49']) : undefined;
    const typed =
      type === 'ip' && chance.often(0.4) ? 'address' : type === 'account-id' && chance.often(0.3) ? 'integer' : 'text';
    columns[column] = typed;
    const pool =
      typed === 'address' && !exact
        ? ADDRESSES
        : typed === 'integer'
          ? NUMBERS
          : exact
            ? SPELLINGS[type]!.exact
            : SPELLINGS[type]!.texts;
    makers.push((luck) => luck.of(pool));
    return { column, type, exact, ...(callingCode === undefined ? {} : { callingCode }) };
  });
  const state = chance.often(0.12);
  const timing = chance.of(timings(chance.of(ZONES)));
  const spans = !state && timing.precision !== 'day' && chance.often(0.5);
  const moment = (luck: Chance): Value => (luck.often(0.04) ? null : timing.value(luck, luck.of(moments)));
  if (!state) {
    columns['began'] = timing.holds;
    makers.push(moment);
  }
  if (spans) {
    columns['ended'] = timing.holds;
    makers.push(moment);
  }
  const category = chance.of(CATEGORIES);
  const parts = chance.often(0.4)
    ? chance
        .some(
          CATEGORIES.filter((one) => one !== category),
          2,
        )
        .map((other, index) => ({ category: other, columns: [`part ${index}`] }))
    : [];
  for (const part of parts) {
    columns[part.columns[0]!] = 'text';
    makers.push((luck) => luck.of(['cell 7', 'cell 8', '', null]));
  }
  const count = chance.below(50);
  const rows: Value[][] = Array.from({ length: count }, (_, index) => [
    String(index + 1),
    ...makers.map((make) => make(chance)),
  ]);
  // Duplicates, but for the key.
  for (const row of rows.slice(0, 3)) rows.push([String(rows.length + 1), ...row.slice(1)]);
  const names = Object.keys(columns);
  const time = state ? null : { began: 'began', ...(spans ? { ended: 'ended' } : {}) };
  return {
    kept: { name, columns, rows },
    declared: {
      table: name,
      kind: state ? 'fact' : 'session',
      category,
      key: ['id'],
      identifiers,
      ...(time === null ? { state: true } : { time: { ...time, type: timing.type, precision: timing.precision } }),
      parts,
      raw: parts.flatMap((part) => part.columns),
    },
    oracle: { category, identifiers, time: time === null ? null : { ...time, read: timing.read }, parts },
    rows: rows.map((row): OracleRow => Object.fromEntries(names.map((column, at) => [column, row[at]!]))),
    moments,
  };
}

/** Items mostly about what the table holds; ranges that begin and end where its rows do. */
export function randomScope(
  chance: Chance,
  { oracle, moments }: RandomTable,
  who: (type: IdentifierType, text: string) => Item['target'],
): Scope {
  const items = Array.from({ length: chance.of([1, 1, 1, 2, 2, 3]) }, (_, index): Item => {
    const type = chance.often(0.9)
      ? chance.of(oracle.identifiers).type
      : chance.of(Object.keys(SPELLINGS) as IdentifierType[]);
    const numeric = type === 'account-id' && chance.often(0.3);
    const target =
      type === 'ip-prefix' && chance.often(0.6)
        ? who('ip', chance.of(SPELLINGS['ip']!.targets))
        : type === 'ip' && chance.often(0.5) ? who('ip-prefix', chance.of(PREFIXES))
      : type === 'untyped' ? who(...chance.of<[IdentifierType, string]>([['phone', '+15755550142'], ['email', 'ann@example.org'], ['account-id', 'u-1']]))
      : numeric ? who('account-id', chance.of(['1', '42', '01', '9007199254740993']))
      : who(type, chance.of(SPELLINGS[type]!.targets)); // biome-ignore format: a ladder
    const others = chance.some(CATEGORIES, 3);
    const [one, other] = [chance.of(moments), chance.of(moments)];
    const [began, ended] = one < other ? [one, other] : [other, one];
    return {
      id: String(index + 1),
      target,
      categories: chance.often(0.75) ? [...new Set([oracle.category, ...others])] : others,
      range: { began, ended: ended === began ? began + HOUR : ended },
    };
  });
  return { instrument: 'i', version: 1, items };
}
