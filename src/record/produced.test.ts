import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { IDENTIFIER_TYPES, identifier } from './identifier.ts';
import { producedCells, producedHeader, producedLine, readProduced } from './produced.ts';
import { producedDictionary } from './produced-dictionary.ts';
import { type Draft, KIND_COLUMNS, KINDS, type Kind, type KindColumn, type KindValues } from './record.ts';

const COLUMNS = Object.keys(KIND_COLUMNS) as KindColumn[];

/** Every text a source may hold: NUL, half surrogates, quotes and line ends among them. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', '=1+1', 'a,"b"\r\nc', '\0', '\ud800', ' 007 ', '\ufeff', '–'),
);
const micros = fc.bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n });
const who = fc
  .record({ type: fc.constantFrom(...IDENTIFIER_TYPES), written: text })
  .map(({ type, written }) => identifier(type, written) ?? identifier('account-id', `a${written}`)!)
  .filter(({ type, value }) => identifier(type, value) !== null);

function valueOfColumn(column: KindColumn): fc.Arbitrary<unknown> {
  switch (KIND_COLUMNS[column]) {
    case 'INTEGER':
      return fc.integer();
    case 'DOUBLE':
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number));
    case 'TIMESTAMP':
      return micros;
    default:
      return text;
  }
}

const values = fc
  .uniqueArray(fc.constantFrom(...COLUMNS), { maxLength: 9 })
  .chain((columns) => fc.tuple(...columns.map(valueOfColumn)).map((found) => [columns, found] as const))
  .map(([columns, found]) => Object.fromEntries(columns.map((column, i) => [column, found[i]])) as KindValues);

const raw = fc.dictionary(text, text, { maxKeys: 5, noNullPrototype: true });

const drafts: fc.Arbitrary<Draft> = fc
  .record({ kind: fc.constantFrom(...KINDS), raw, values, subjects: fc.array(who, { maxLength: 3 }), times: fc.tuple(micros, micros), ends: fc.boolean(), mentioned: fc.array(who, { maxLength: 2 }), stored: text, parts: fc.boolean() })
  .map(({ kind, raw, values, subjects, times, ends, mentioned, stored, parts }) => {
    const [began, ended] = times[0] <= times[1] ? times : [times[1], times[0]];
    const fields = Object.keys(raw).slice(0, 2);
    return {
      kind,
      category: 'DC-06',
      subjects,
      began,
      ended: ends ? ended : null,
      precision: 'second',
      timeAsStored: stored,
      zoneBasis: 'provider rule',
      values,
      raw,
      ...(parts ? { parts: [{ category: 'DC-11', columns: ['cell_first'], fields }] } : {}),
      ...(mentioned.length > 0 ? { mentions: [{ column: 'counterpart', who: mentioned[0]!, also: mentioned.slice(1), fields }] } : {}),
    } satisfies Draft as Draft;
  }); // biome-ignore format: one shape

/** Through the file and back, by a reader of somebody else. */
function throughFile(kind: Kind, cells: string[]): string[] {
  const file = producedLine(producedHeader(kind)) + producedLine(cells);
  return (parse(Buffer.from(file)) as string[][])[1]!;
}

test('a record handed over and read again is the same record, whatever its source wrote', () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const cells = throughFile(draft.kind, producedCells(draft, '1'));
      assert.deepEqual(readProduced(draft.kind, cells), { item: '1', draft });
    }),
    { numRuns: 1000, seed: 11 },
  );
});

test('a fact without a time keeps why it has none, and nothing else may be without one', () => {
  const fact: Draft = {
    kind: 'fact', category: 'DC-01', subjects: [identifier('email', 'someone@example.org')!], began: null, ended: null,
    precision: 'none', timeAsStored: '', zoneBasis: 'unknown', undetermined: 'no time', values: { name: 'plan' }, raw: {},
  }; // biome-ignore format: one record
  assert.deepEqual(readProduced('fact', producedCells(fact, '2')), { item: '2', draft: fact });
  const session = producedCells({ ...fact, kind: 'session', undetermined: undefined }, '2');
  assert.equal(readProduced('session', session), 'no time, and not said why');
});

const LEASE: Draft = {
  kind: 'lease', category: 'DC-05', subjects: [identifier('account-id', 'S-1')!], began: 1_500_000_000_000_000n,
  ended: null, precision: 'second', timeAsStored: '1500000000', zoneBasis: 'stated', values: { port_low: 1024 }, raw: { a: '1' },
}; // biome-ignore format: one record

test('a row that was changed by hand is not read, and the reason repeats nothing of it', () => {
  const cells = producedCells(LEASE, '1');
  const at = (column: string) => producedHeader('lease').indexOf(column);
  const wrong: [string, string, string][] = [
    ['item', '', 'no item'],
    ['kind', 'session', 'the kind is not that of the file'],
    ['category', 'calls', 'no category'],
    ['account_type', 'nickname', 'an account is not of its type'],
    ['began', '2017-07-14 02:40:00', 'began or ended is no time in UTC'],
    ['began', '2017-07-14T04:40:00+02:00', 'began or ended is no time in UTC'],
    ['ended', '2016-07-14T02:40:00Z', 'ended is before began'],
    ['precision', 'about', 'precision is none of the known words'],
    ['zone_basis', 'guessed', 'zone_basis is none of the known words'],
    ['undetermined', 'perhaps', 'undetermined is none of the known words'],
    ['port_low', '10e3', 'port_low is not of its type'],
    ['further', '{"shoe_size":"9"}', 'further names a column that does not exist'],
    ['further', '{"port_low":"9"}', 'further repeats a column that has a value'],
    ['further', '[]', 'further is no JSON object of texts'],
    ['other_accounts', '[{"type":"ip","value":"10.1.1.256","text":""}]', 'an account is not of its type'],
    ['parts', '[{"category":"DC-11","columns":["nothing"],"fields":[]}]', 'parts or mentions are not of their shape'],
    ['mentions', '{}', 'parts or mentions are not of their shape'],
    ['mentions', '[{"column":null,"who":{"type":"name","value":"x","text":"X"},"fields":["b"]}]', 'parts or mentions name a field that raw does not have'],
    ['raw', '', 'raw is no JSON object of texts'],
    ['raw', '{"a":1}', 'raw is no JSON object of texts'],
  ]; // biome-ignore format: one line a case
  for (const [column, cell, why] of wrong)
    assert.equal(readProduced('lease', cells.with(at(column), cell)), why, column);
  assert.equal(readProduced('lease', cells.slice(1)), `${cells.length} columns expected, ${cells.length - 1} found`);
});

test('the dictionary says what every column of every kind holds', () => {
  const [header, ...rows] = parse(producedDictionary()) as string[][];
  assert.deepEqual(header, ['kind', 'column', 'type', 'meaning']);
  for (const kind of KINDS) {
    const columns = rows.filter((row) => row[0] === kind).map((row) => row[1]);
    assert.deepEqual(columns, producedHeader(kind));
  }
  for (const row of rows) assert.ok(row.length === 4 && row.every((cell) => cell !== ''), row.join());
});
