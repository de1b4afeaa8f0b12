import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fileInMemory } from './reading/open.ts';
import { readProfile } from './table/profile.ts';
import { tried } from './table-trial.ts';

const profile = readProfile({
  profile: 'invented', format: 'table', delimiter: ',', kind: 'session', category: 'DC-02',
  columns: { Account: { role: 'account', type: 'account-id' }, When: { role: 'time', time: 'DD/MM/YYYY HH:mm' }, Address: { role: 'ip' }, Remark: { role: 'action' } },
}); // biome-ignore format: a profile
const HEADER = 'Account,When,Address,Remark';
const trial = (lines: string[], zone?: string) =>
  tried(
    fileInMemory('table.csv', new TextEncoder().encode([HEADER, ...lines].join('\n'))),
    profile,
    zone === undefined ? undefined : { zone, basis: 'declared by examiner' },
  );

test('it counts what would be read, what not and why, and what a declared zone changes', async () => {
  const lines = [
    '10042,03/04/2017 05:06,203.0.113.7,in',
    ',04/04/2017 05:06,203.0.113.8,',
    '10042,2017-04-05,203.0.113.9,out',
  ];
  const open = await trial(lines);
  assert.deepEqual([open.rows, open.records, open.named, open.more], [3, 2, 1, false]);
  assert.deepEqual(open.unreadable, [{ says: 'column "When": time not of the declared shape', rows: 1 }]);
  assert.deepEqual(open.times, [{ says: 'no zone', placed: false, rows: 2 }]);
  assert.deepEqual((await trial(lines, 'America/Denver')).times, [{ says: 'to the minute, zone declared by examiner', placed: true, rows: 2 }]); // biome-ignore format: one line
  const column = (name: string) => open.columns.find(({ column: of }) => of === name)!;
  assert.deepEqual(column('When').shapes, [{ says: '99/99/9999 99:99', rows: 2 }, { says: '9999-99-99', rows: 1 }]); // biome-ignore format: one line
  assert.deepEqual([column('Remark').shapes, column('Remark').filled], [[], 2]);
});

test('a long table is looked at as far as it needs to be, and it is said that there is more', async () => {
  const long = await trial(Array.from({ length: 900 }, () => '10042,03/04/2017 05:06,203.0.113.7,in'));
  assert.deepEqual([long.rows, long.records, long.more], [500, 500, true]);
});

test('no cell is in what is shown, whatever stands in it', async () => {
  const word = fc.stringMatching(/^[G-Zg-z]{6,20}$/);
  const digits = fc.stringMatching(/^[1-8]{7,12}$/);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(digits, fc.oneof(word, digits), word, word), { minLength: 1, maxLength: 8 }), async (rows) => {
      const shown = JSON.stringify(await trial(rows.map((cells) => cells.join(','))));
      for (const cell of rows.flat()) assert.ok(!shown.includes(cell), `${cell} is shown`);
    }),
    { numRuns: 60 },
  ); // biome-ignore format: one property
});
