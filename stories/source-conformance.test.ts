/** One table of cases, run in every kind of source: what is given, for which item, and what is counted as withheld. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { microsFrom, textFrom } from '../src/base/interval.ts';
import { type IdentifierType, identifier } from '../src/record/identifier.ts';
import type { Draft } from '../src/record/record.ts';
import type { Item, Scope } from '../src/scope/scope.ts';
import { readSource } from '../src/source/declaration.ts';
import { openSource, type Source } from '../src/source/source.ts';
import { type Columns, KEPT, openPlace, type Place, type Value } from './servers/tables.ts';

const who = (type: IdentifierType, text: string) => identifier(type, text)!;
const at = (text: string) => microsFrom(text)!;

const FEBRUARY = { began: at('2017-02-01T00:00:00Z'), ended: at('2017-03-01T00:00:00Z') };
const item = (over: Partial<Item> = {}): Item => ({
  id: '1', target: who('account-id', 'a-1'), categories: ['DC-02'], range: FEBRUARY, ...over,
}); // biome-ignore format: one line
const scopeOf = (...items: Item[]): Scope => ({
  instrument: 'i',
  version: 1,
  items: items.map((one, index) => ({ ...one, id: String(index + 1) })),
});

type Case = {
  name: string;
  columns: Columns;
  rows: Value[][];
  declared?: Record<string, unknown>;
  items: Item[];
  /** `item key`, as given. */
  given: string[];
  withheld?: Record<string, number>;
  /** What else must hold of the records, by their key. */
  records?: (drafts: Record<string, Draft>) => void;
};

const LOGINS: Columns = { id: 'integer', account: 'text', began: 'instant' };
const logins = (...rows: [string | null, bigint | null][]): Value[][] =>
  rows.map(([account, began], index) => [String(index + 1), account, began]);
const SPANS: Columns = { ...LOGINS, ended: 'instant' };
const time = (type: unknown, over = {}) => ({ time: { began: 'began', type, precision: 'second', ...over } });

const CASES: Case[] = [
  {
    name: 'the range is half-open, to the microsecond',
    columns: LOGINS,
    rows: logins(
      ['a-1', FEBRUARY.began - 1n],
      ['a-1', FEBRUARY.began],
      ['a-1', FEBRUARY.ended - 1n],
      ['a-1', FEBRUARY.ended],
    ),
    items: [item()],
    given: ['1 2', '1 3'],
    withheld: { 'outside the range': 2 },
  },
  {
    name: 'what lasts must lie inside as a whole, and an end that is not known is undecidable',
    columns: SPANS,
    rows: [
      ['1', 'a-1', FEBRUARY.began, FEBRUARY.ended],
      ['2', 'a-1', FEBRUARY.began - 1n, FEBRUARY.began + 5n],
      ['3', 'a-1', FEBRUARY.ended - 1n, FEBRUARY.ended + 1n],
      ['4', 'a-1', FEBRUARY.began - 9n, FEBRUARY.began],
      ['5', 'a-1', FEBRUARY.began, null],
      ['6', 'a-1', FEBRUARY.began, FEBRUARY.began],
      ['7', 'a-1', FEBRUARY.ended - 1n, FEBRUARY.began],
      ['8', 'a-1', null, FEBRUARY.ended],
    ],
    declared: time('instant', { ended: 'ended' }),
    items: [item()],
    given: ['1 1', '1 6', '1 7'],
    withheld: { 'straddles the range': 2, 'outside the range': 1, 'undetermined: no time': 2 },
  },
  {
    name: 'ranges of two items are not joined',
    columns: SPANS,
    rows: [['1', 'a-1', FEBRUARY.ended - 5n, FEBRUARY.ended + 5n]],
    declared: time('instant', { ended: 'ended' }),
    items: [item(), item({ range: { began: FEBRUARY.ended, ended: FEBRUARY.ended + 10n } })],
    given: [],
    withheld: { 'straddles the range': 1 },
  },
  {
    name: 'a row that several items cover is given once, for the first of them',
    columns: LOGINS,
    rows: logins(['a-1', FEBRUARY.began], ['a-1', FEBRUARY.began], ['a-1', FEBRUARY.ended + 1n]),
    items: [
      item(),
      item({ range: { began: FEBRUARY.began, ended: FEBRUARY.ended + 2n } }),
      item({ target: who('account-id', 'a-2') }),
    ],
    given: ['1 1', '1 2', '2 3'],
  },
  {
    name: 'a category that is not approved is counted and not read',
    columns: LOGINS,
    rows: logins(['a-1', FEBRUARY.began], ['a-1', null], ['a-2', FEBRUARY.began]),
    items: [item({ categories: ['DC-01', 'DC-06'] })],
    given: [],
    withheld: { 'category not covered': 2 },
  },
  {
    name: 'clock times that a change of clocks skipped or repeated are undecidable; others are placed by the zone',
    columns: { id: 'integer', account: 'text', began: 'local' },
    rows: [
      ['1', 'a-1', '2017-11-05 00:59:59'],
      ['2', 'a-1', '2017-11-05 01:30:00'],
      ['3', 'a-1', '2017-11-05 02:00:00'],
      ['4', 'a-1', '2017-03-12 02:30:00'],
      ['5', 'a-1', '2017-03-12 03:00:00'],
      ['6', 'a-1', null],
    ],
    declared: time({ local: 'America/Denver' }),
    items: [item({ range: { began: at('2017-03-12T09:00:00Z'), ended: at('2017-11-05T09:00:00Z') } })],
    given: ['1 1', '1 5'],
    withheld: {
      'outside the range': 1,
      'undetermined: time exists twice': 1,
      'undetermined: time does not exist': 1,
      'undetermined: no time': 1,
    },
    records: (drafts) => {
      assert.equal(textFrom(drafts['5']!.began!), '2017-03-12T09:00:00Z');
      assert.equal(drafts['5']!.zoneBasis, 'provider rule');
    },
  },
  {
    name: 'a day lasts from its start to its end in its zone',
    columns: { id: 'integer', account: 'text', began: 'day' },
    rows: [
      ['1', 'a-1', '2017-01-31'],
      ['2', 'a-1', '2017-02-01'],
      ['3', 'a-1', '2017-02-28'],
    ],
    declared: time({ local: 'America/Denver' }, { precision: 'day' }),
    items: [item()],
    given: ['1 2'],
    withheld: { 'straddles the range': 2 },
    records: (drafts) => {
      assert.deepEqual([drafts['2']!.began, drafts['2']!.ended].map((micros) => textFrom(micros!)), [
        '2017-02-01T07:00:00Z',
        '2017-02-02T07:00:00Z',
      ]);
      assert.deepEqual([drafts['2']!.precision, drafts['2']!.timeAsStored.slice(0, 10)], ['day', '2017-02-01']);
    },
  },
  {
    name: 'times kept as text are read when they say their offset, and counts of seconds as they are',
    columns: { id: 'integer', account: 'text', began: 'text' },
    rows: [
      ['1', 'a-1', '2017-02-01T00:00:00Z'],
      ['2', 'a-1', '2017-02-28T23:59:59.999999-00:00'],
      ['3', 'a-1', '2017-03-01 05:29:59+05:30'],
      ['4', 'a-1', '2017-02-10 12:00:00'],
      ['5', 'a-1', 'yesterday'],
      ['6', 'a-1', ''],
      ['7', 'a-1', ' 2017-02-10T12:00:00Z '],
      ['8', 'a-1', '20170210T120000Z'],
    ],
    declared: time('instant'),
    items: [item()],
    given: ['1 1', '1 2', '1 3', '1 7'],
    withheld: { 'undetermined: no time': 4 },
    records: (drafts) => assert.equal(drafts['7']!.timeAsStored, ' 2017-02-10T12:00:00Z '),
  },
  {
    name: 'counts since 1970 are exact to their unit, and nothing is rounded up into a range',
    columns: { id: 'integer', account: 'text', began: 'decimal' },
    rows: [
      ['1', 'a-1', '1485907199.999999'],
      ['2', 'a-1', '1485907200'],
      ['3', 'a-1', '1485907199.999999999'],
    ],
    declared: time('epoch seconds'),
    items: [item()],
    given: ['1 2'],
    withheld: { 'outside the range': 2 },
  },
  {
    name: 'an address of mail is one whatever its case; what looks like it is not',
    columns: { id: 'integer', email: 'text', began: 'instant' },
    rows: ['ann@example.org', 'ANN@Example.ORG', ' ann@example.org\t', '\u0430nn@example.org', 'ann@example.org.', 'ann', null].map(
      (email, index): Value[] => [String(index + 1), email, FEBRUARY.began],
    ),
    declared: { identifiers: [{ column: 'email', type: 'email' }] },
    items: [item({ target: who('email', 'Ann@example.org') })],
    given: ['1 1', '1 2', '1 3'],
  },
  {
    name: 'a number is one in each way it is written, with its calling code declared',
    columns: { id: 'integer', number: 'text', began: 'instant' },
    rows: ['+15755550142', '5755550142', '1 (575) 555-0142', '575\u2011555\u20110142', '5550142', '+445755550142'].map(
      (number, index): Value[] => [String(index + 1), number, FEBRUARY.began],
    ),
    declared: { identifiers: [{ column: 'number', type: 'phone', callingCode: '1' }] },
    items: [item({ target: who('phone', '+1 575 555 0142') })],
    given: ['1 1', '1 2', '1 3', '1 4'],
  },
  {
    name: 'a prefix names the addresses in it, however they are written, and no others',
    columns: { id: 'integer', address: 'text', began: 'instant' },
    rows: ['203.0.113.63', '203.0.113.64', '::ffff:203.0.113.5', '2001:db8::5', 'unknown', '[203.0.113.1]'].map(
      (address, index): Value[] => [String(index + 1), address, FEBRUARY.began],
    ),
    declared: { identifiers: [{ column: 'address', type: 'ip' }] },
    items: [item({ target: who('ip-prefix', '203.0.113.0/26') })],
    given: ['1 1', '1 3', '1 6'],
  },
  {
    name: 'addresses kept as addresses are found alone and by prefix',
    columns: { id: 'integer', address: 'address', began: 'instant' },
    rows: ['203.0.113.5', '::ffff:203.0.113.5', '2001:db8::5', '2001:db8:0:1::5', '203.0.113.50'].map(
      (address, index): Value[] => [String(index + 1), address, FEBRUARY.began],
    ),
    declared: { identifiers: [{ column: 'address', type: 'ip' }], columns: { ip: 'address' } },
    items: [item({ target: who('ip', '203.0.113.5') }), item({ target: who('ip-prefix', '2001:db8::/64') })],
    given: ['1 1', '1 2', '2 3'],
    records: (drafts) => assert.deepEqual([drafts['2']!.values.ip, drafts['3']!.values.ip], ['203.0.113.5', '2001:db8::5']),
  },
  {
    name: 'any of several columns names the row',
    columns: { id: 'integer', account: 'text', email: 'text', began: 'instant' },
    rows: [
      ['1', 'a-1', null, FEBRUARY.began],
      ['2', null, 'ann@example.org', FEBRUARY.began],
      ['3', 'a-1', 'ann@example.org', FEBRUARY.began],
      ['4', null, null, FEBRUARY.began],
    ],
    declared: {
      identifiers: [
        { column: 'account', type: 'account-id', exact: true },
        { column: 'email', type: 'email' },
      ],
    },
    items: [item({ target: who('email', 'ann@example.org') }), item()],
    given: ['1 2', '1 3', '2 1'],
    records: (drafts) =>
      assert.deepEqual(drafts['3']!.subjects.map(({ type, value }) => `${type} ${value}`), [
        'account-id a-1',
        'email ann@example.org',
      ]),
  },
  {
    name: 'a part that needs another category is left out where that is not approved, and counted',
    columns: { id: 'integer', account: 'text', began: 'instant', cell: 'text', other: 'text' },
    rows: [
      ['1', 'a-1', FEBRUARY.began, 'cell 7', '+15755550102'],
      ['2', 'a-1', FEBRUARY.began, null, '+15755550102'],
      ['3', 'a-1', FEBRUARY.ended, 'cell 8', '+15755550102'],
    ],
    declared: {
      kind: 'contact', category: 'DC-06', columns: { cell_first: 'cell', counterpart: 'other' },
      constants: { place_kind: 'sector', medium: 'voice' }, raw: ['cell', 'other'],
      mentions: [{ column: 'other', type: 'phone' }], parts: [{ category: 'DC-11', columns: ['cell'] }],
    },
    items: [item({ categories: ['DC-06'] }), item({ categories: ['DC-06', 'DC-11'], range: { began: FEBRUARY.ended, ended: FEBRUARY.ended + 1n } })],
    given: ['1 1', '1 2', '2 3'],
    withheld: { 'part DC-11': 1 },
    records: (drafts) => {
      const [without, withPart] = [drafts['1']!, drafts['3']!];
      assert.deepEqual(without.values, { counterpart: '+15755550102', medium: 'voice' });
      assert.deepEqual(without.raw, { other: '+15755550102' });
      assert.equal(without.parts, undefined);
      assert.deepEqual(without.mentions?.map(({ column, who: { type, value }, fields }) => [column, type, value, fields]), [
        ['counterpart', 'phone', '+15755550102', ['other']],
      ]);
      assert.deepEqual([withPart.values.cell_first, withPart.values.place_kind, withPart.raw['cell']], ['cell 8', 'sector', 'cell 8']);
      assert.deepEqual(withPart.parts, [{ category: 'DC-11', columns: ['cell_first', 'place_kind'], fields: ['cell'] }]);
    },
  },
  {
    name: 'a part that says whom the row mentions takes the mention with it',
    columns: { id: 'integer', account: 'text', began: 'instant', friend: 'text' },
    rows: [['1', 'a-1', FEBRUARY.began, 'hidden-handle']],
    declared: { raw: ['friend'], mentions: [{ column: 'friend', type: 'handle' }], parts: [{ category: 'DC-07', columns: ['friend'] }] },
    items: [item()],
    given: ['1 1'],
    withheld: { 'part DC-07': 1 },
    records: (drafts) => assert.ok(!JSON.stringify(drafts['1'], (_, value) => (typeof value === 'bigint' ? String(value) : value)).includes('hidden')),
  },
  {
    name: 'a state needs no time and is decided by account and category',
    columns: { id: 'integer', account: 'text', full_name: 'text', seen: 'instant' },
    rows: [
      ['1', 'a-1', 'Ann Example', at('2016-01-01T00:00:00Z')],
      ['2', 'a-1', null, null],
      ['3', 'a-2', 'Ben Example', null],
    ],
    declared: {
      kind: 'fact', category: 'DC-01', state: true, time: undefined, constants: { name: 'full name' },
      columns: { value: 'full_name', as_of: { column: 'seen', type: 'instant' } },
    },
    items: [item({ categories: ['DC-01'] })],
    given: ['1 1', '1 2'],
    records: (drafts) => {
      assert.deepEqual(drafts['1']!.values, { name: 'full name', value: 'Ann Example', as_of: at('2016-01-01T00:00:00Z') });
      assert.deepEqual(drafts['2']!.values, { name: 'full name' });
      assert.deepEqual([drafts['1']!.began, drafts['1']!.precision], [null, 'none']);
    },
  },
  {
    name: 'a value that is not of its column’s type stays unknown, and its text is handed over',
    columns: { id: 'integer', account: 'text', began: 'instant', address: 'text', port: 'text' },
    rows: [
      ['1', 'a-1', FEBRUARY.began, '2001:0DB8::5', '443'],
      ['2', 'a-1', FEBRUARY.began, 'behind a proxy', 'n/a'],
    ],
    declared: { columns: { ip: 'address', port: 'port' }, raw: ['address'] },
    items: [item()],
    given: ['1 1', '1 2'],
    records: (drafts) => {
      assert.deepEqual([drafts['1']!.values, drafts['1']!.raw], [{ ip: '2001:db8::5', port: 443 }, { address: '2001:0DB8::5' }]);
      assert.deepEqual([drafts['2']!.values, drafts['2']!.raw], [{}, { address: 'behind a proxy', port: 'n/a' }]);
    },
  },
  {
    name: 'amounts are handed over digit for digit',
    columns: { id: 'integer', account: 'text', began: 'instant', amount: 'text', currency: 'text' },
    rows: [['1', 'a-1', FEBRUARY.began, '12345678901234567890.10', 'USD']],
    declared: { kind: 'transfer', category: 'DC-08', columns: { amount: 'amount', currency: 'currency' } },
    items: [item({ categories: ['DC-08'] })],
    given: ['1 1'],
    records: (drafts) => assert.deepEqual(drafts['1']!.values, { amount: '12345678901234567890.10', currency: 'USD' }),
  },
  ...["o'hare", '" or ""="', '%', '_-1', 'a\\-1', "a-1'; drop table logins; --", 'a-1`', '$1', '{p1:String}', '\u0000a-1'].map(
    (target): Case => ({
      name: `a target written ${JSON.stringify(target)} names only itself`,
      columns: LOGINS,
      rows: logins(['a-1', FEBRUARY.began], ['b-1', FEBRUARY.began], ...(target.includes('\u0000') ? [] : [[target, FEBRUARY.began] as [string, bigint]])),
      items: [item({ target: who('account-id', target) })],
      given: target.includes('\u0000') ? [] : ['1 3'],
    }),
  ),
]; // biome-ignore format: cases

let place: Place;
before(async () => {
  place = await openPlace();
});
after(() => place[Symbol.asyncDispose]());

const BASE = {
  kind: 'session',
  category: 'DC-02',
  key: ['id'],
  identifiers: [{ column: 'account', type: 'account-id' }],
};

async function everything(source: Source, scope: Scope) {
  const drafts: Record<string, Draft> = {};
  const given: string[] = [];
  const rows = source.gather(scope);
  for (;;) {
    const next = await rows.next();
    if (next.done) return { drafts, given, counts: next.value };
    for (const { item: id, draft, locator } of next.value) {
      const key = locator.slice(locator.lastIndexOf('=') + 1);
      drafts[key] = draft;
      given.push(`${id} ${key}`);
    }
  }
}

for (const [index, { name, columns, rows, declared, items, given, withheld = {}, records }] of CASES.entries()) {
  for (const where of KEPT) {
    test(`${name} (${where})`, async () => {
      const table = `case_${index}`;
      await place.keep({ name: table, columns, rows }, where);
      const text = place.declare(where, { table, ...BASE, ...time('instant'), ...declared });
      await using source = await openSource(readSource(text, where), { folder: place.folder });
      const found = await everything(source, scopeOf(...items));
      assert.deepEqual(found.given.sort(), given.toSorted());
      const sums: Record<string, number> = {};
      for (const { withheld: reasons, parts } of found.counts) {
        for (const [reason, count] of Object.entries(reasons)) sums[reason] = (sums[reason] ?? 0) + count;
        for (const [category, count] of Object.entries(parts))
          sums[`part ${category}`] = (sums[`part ${category}`] ?? 0) + count;
      }
      assert.deepEqual(sums, withheld);
      assert.deepEqual(await source.count(scopeOf(...items)), found.counts);
      records?.(found.drafts);
    });
  }
}

const HOSTILE = ['say "hi"; --', 'back`tick\\', "it's", 'günther 名前', '$1', '{p1:String}', '__proto__', 'select'];

for (const where of KEPT) {
  test(`tables and columns may be called anything (${where})`, async () => {
    for (const [index, hostile] of HOSTILE.entries()) {
      const table = where === 'parquet' || where === 'csv' ? `hostile ${index}` : `t ${hostile}`;
      const columns: Columns = { [hostile]: 'text', 'row id': 'integer', began: 'instant' };
      await place.keep(
        {
          name: table,
          columns,
          rows: [
            ['a-1', '7', FEBRUARY.began],
            ['a-2', '8', FEBRUARY.began],
          ],
        },
        where,
      );
      const declared = {
        ...BASE,
        key: ['row id'],
        identifiers: [{ column: hostile, type: 'account-id' }],
        raw: [hostile],
        ...time('instant'),
      };
      await using source = await openSource(readSource(place.declare(where, { table, ...declared }), where), {
        folder: place.folder,
      });
      const { given, drafts } = await everything(source, scopeOf(item()));
      assert.deepEqual(given, ['1 7'], hostile);
      assert.deepEqual(Object.entries(drafts['7']!.raw), [[hostile, 'a-1']]);
    }
  });

  test(`a long table comes whole and in order of time (${where})`, async () => {
    const rows = Array.from({ length: 9000 }, (_, index): Value[] => [
      String(index),
      index % 3 === 0 ? 'a-2' : 'a-1',
      FEBRUARY.began + BigInt((index * 7919) % 9000),
    ]);
    await place.keep({ name: 'long', columns: LOGINS, rows }, where);
    await using source = await openSource(
      readSource(place.declare(where, { table: 'long', ...BASE, ...time('instant') }), where),
      { folder: place.folder },
    );
    const { drafts, given } = await everything(source, scopeOf(item()));
    assert.equal(given.length, 6000);
    const times = given.map((one) => drafts[one.slice(2)]!.began!);
    assert.ok(times.every((micros, index) => index === 0 || times[index - 1]! <= micros));
  });
}
