import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readProfile } from '../../src/formats/table/profile.ts';
import { ROLES } from '../../src/formats/table/roles.ts';
import { IDENTIFIER_TYPES } from '../../src/record/identifier.ts';
import { ROLE_GROUPS, TYPE_WORDS } from '../words/columns.ts';
import { type MappedColumn, mappedColumns, UNITS, withColumn } from './mapped-columns.ts';

const PROFILE = {
  profile: 'story', format: 'table', kind: 'session', category: 'DC-02', placeCategory: 'DC-02', placeKind: 'device fix',
  columns: {
    Account: { role: ['account'], type: 'account-id' },
    When: { role: 'time', time: ['MM/DD/YYYY HH:mm', 'YYYY-MM-DD'], zone: 'America/Denver' },
    Lat: { role: 'latitude' }, Lon: { role: 'longitude' },
    Radius: { role: 'radius', unit: 'metres', quantile: 0.68, optional: true },
  },
}; // biome-ignore format: a profile
const TEXT = JSON.stringify(PROFILE);
const column = (name: string, change: Partial<MappedColumn> = {}): MappedColumn => ({
  ...mappedColumns(TEXT, ['Note'])!.find((one) => one.name === name)!,
  ...change,
});
const after = (change: MappedColumn) =>
  (JSON.parse(withColumn(TEXT, change)) as { columns: Record<string, Record<string, unknown>> }).columns;

test('every role and every sort of name can be chosen, in words, once; and nothing else can', () => {
  const roles = Object.values(ROLE_GROUPS).flatMap((group) => Object.keys(group));
  assert.deepEqual(roles.toSorted(), [...ROLES].toSorted());
  assert.deepEqual(Object.keys(TYPE_WORDS).toSorted(), [...IDENTIFIER_TYPES].toSorted());
  const words = Object.values(ROLE_GROUPS).flatMap((group) => Object.values(group));
  assert.ok(words.every((one) => one.length > 0));
});

test('the columns of the profile come first, then the others of the file', () => {
  const columns = mappedColumns(TEXT, ['When', 'Note', 'constructor'])!;
  assert.deepEqual(columns.map(({ name }) => name), ['Account', 'When', 'Lat', 'Lon', 'Radius', 'Note', 'constructor']); // biome-ignore format: names
  assert.deepEqual(columns[1], { name: 'When', roles: ['time'], time: 'MM/DD/YYYY HH:mm | YYYY-MM-DD', zone: 'America/Denver', type: '', unit: '' }); // biome-ignore format: one column
  assert.deepEqual(columns.at(-1)!.roles, []);
  for (const rubbish of ['', '{', '[]', '{"columns": []}', '{"columns": 7}'])
    assert.equal(mappedColumns(rubbish, ['A']), null, rubbish);
});

test('a column that is chosen as it is changes nothing that the program reads', () => {
  for (const { name } of mappedColumns(TEXT, [])!)
    assert.deepEqual(readProfile(JSON.parse(withColumn(TEXT, column(name)))), readProfile(PROFILE), name);
});

const CHANGES: [string, MappedColumn, Record<string, unknown> | undefined][] = [
  ['another column becomes the device', column('Note', { roles: ['device'] }), { role: 'device' }],
  ['a column holds two things', column('Note', { roles: ['sender', 'subject'], type: 'name' }), { role: ['sender', 'subject'], type: 'name' }],
  ['a time that becomes text loses its shape and zone', column('When', { roles: ['action'] }), { role: 'action' }],
  ['a time gets another shape', column('When', { time: 'DD.MM.YYYY' }), { role: 'time', time: 'DD.MM.YYYY', zone: 'America/Denver' }],
  ['a radius in feet keeps how often it holds', column('Radius', { unit: 'feet' }), { role: 'radius', unit: 'feet', quantile: 0.68, optional: true }],
  ['a radius that is an amount keeps neither', column('Radius', { roles: ['amount'] }), { role: 'amount', optional: true }],
  ['a unit of something else is not written', column('Lat', { unit: 'feet' }), { role: 'latitude' }],
  ['a column is kept as a source field only', column('Account', { roles: [] }), undefined],
]; // biome-ignore format: a table

for (const [what, change, expected] of CHANGES) {
  test(`${what}; the others stay`, () => {
    const columns = after(change);
    assert.deepEqual(columns[change.name], expected);
    for (const [name, parts] of Object.entries(PROFILE.columns))
      if (name !== change.name) assert.deepEqual(columns[name], parts);
  });
}

test('while the text is no JSON it stays as it was typed', () => {
  assert.equal(withColumn('{"columns": ', column('When')), '{"columns": ');
});

test('a unit is offered only where the program takes one', () => {
  for (const [role, units] of Object.entries(UNITS))
    for (const unit of units) {
      const columns = {
        When: { role: 'time' },
        Lat: { role: 'latitude' },
        Lon: { role: 'longitude' },
        X: { role, unit },
      };
      const kept = role === 'latitude' ? { When: columns.When, Lon: columns.Lon, X: columns.X } : role === 'longitude' ? { When: columns.When, Lat: columns.Lat, X: columns.X } : role === 'coordinates' ? { When: columns.When, X: columns.X } : columns; // biome-ignore format: one role
      assert.ok(readProfile({ ...PROFILE, columns: kept }), `${role} ${unit}`);
    }
});
