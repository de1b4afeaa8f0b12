import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Block, Table } from './document.ts';
import { exampleLetter } from './example-letter.ts';
import { blocksText, COLUMNS, reportText, tableText, widthOf, wrapped } from './text.ts';

const words = fc
  .array(fc.oneof(fc.string({ maxLength: 120 }), fc.string({ unit: 'binary', maxLength: 30 })), { maxLength: 12 })
  .map((all) => all.join(' '));
const table = fc
  .record({
    columns: fc.integer({ min: 1, max: 7 }),
    rows: fc.integer({ min: 0, max: 4 }),
    cell: fc.array(words, { minLength: 40, maxLength: 40 }),
  })
  .map(
    ({ columns, rows, cell }): Table => ({
      caption: cell[0]!,
      columns: Array.from({ length: columns }, (_, index) => ({
        title: cell[index]!,
        ...(index % 2 ? { align: 'right' as const } : {}),
      })),
      rows: Array.from({ length: rows }, (_, row) =>
        Array.from({ length: columns }, (_, column) => cell[(row * 7 + column) % 40]!),
      ),
      totals: rows > 1 ? 1 : 0,
    }),
  );
const block = fc.oneof(
  words.map((text): Block => ({ kind: 'paragraph', text })),
  words.map((text): Block => ({ kind: 'heading', level: 3, text })),
  fc.array(words, { maxLength: 12 }).map((items): Block => ({ kind: 'list', ordered: true, items })),
  fc
    .array(words, { minLength: 1 })
    .map(([title, ...texts]): Block => ({ kind: 'note', tone: 'caveat', title: title!, texts })),
  fc.array(fc.record({ term: words, value: words })).map((facts): Block => ({ kind: 'facts', facts })),
  table.map((one): Block => ({ kind: 'table', ...one })),
);

test('no line is longer than 78 columns, and nothing hides in one', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 5 }), (blocks) => {
      for (const line of blocksText(blocks).split('\n')) {
        assert.ok(widthOf(line) <= COLUMNS || /https?:\/\//i.test(line), JSON.stringify(line));
        assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\u2028\u2029]/u);
        assert.equal(line, line.trimEnd());
      }
    }),
    { seed: 78, numRuns: 500 },
  );
});

test('a table stands in columns, figures to the right, sums under a line', () => {
  const text = tableText({
    caption: 'Rows by item',
    columns: [{ title: 'item' }, { title: 'rows', align: 'right' }],
    rows: [
      ['subscriber', '12'],
      ['sessions', '1,204'],
      ['all', '1,216'],
    ],
    totals: 1,
    note: 'Counted once each.',
  });
  assert.deepEqual(text.split('\n'), [
    'Rows by item',
    '',
    'item         rows',
    '-----------------',
    'subscriber     12',
    'sessions    1,204',
    '-----------------',
    'all         1,216',
    '',
    'Counted once each.',
  ]);
});

test('a long cell goes on under itself, and rows are then set apart', () => {
  const text = tableText({
    caption: 'Findings',
    columns: [{ title: 'rule' }, { title: 'what was found' }],
    rows: [
      ['R-057', 'The request names no dates. Say from when to when, for each kind of record that you ask for.'],
      ['R-071', 'Messages need a warrant.'],
    ],
  });
  assert.deepEqual(text.split('\n').slice(2), [
    'rule   what was found',
    '-'.repeat(78),
    'R-057  The request names no dates. Say from when to when, for each kind of',
    '       record that you ask for.',
    '',
    'R-071  Messages need a warrant.',
  ]);
});

test('a table too wide for a line becomes a list a row', () => {
  const digest = 'a'.repeat(64);
  const text = tableText({
    caption: 'Files',
    columns: [{ title: 'name' }, { title: 'SHA-256' }, { title: 'bytes' }],
    rows: [
      ['one.csv', digest, '12'],
      ['two.csv', digest, '13'],
    ],
  });
  assert.match(text, new RegExp(`^name: {4}one\\.csv\nSHA-256: ${digest}\nbytes: {3}12\n\nname: {4}two\\.csv$`, 'm'));
  assert.match(tableText({ caption: 'Files', columns: [{ title: 'name' }], rows: [] }), /\n\nNone\.$/);
});

test('letters of East Asia take two columns, marks none', () => {
  assert.equal(widthOf('証拠'), 4);
  assert.equal(widthOf('e\u0301'), 1);
  const text = tableText({
    caption: '',
    columns: [{ title: 'name' }, { title: 'x' }],
    rows: [
      ['証拠', '1'],
      ['abcd', '2'],
    ],
  });
  assert.match(text, /証拠 {2}1\nabcd {2}2/);
});

test('a link is never broken, and a line of code never wrapped', () => {
  const link = `https://northgate.example/${'a'.repeat(100)}`;
  assert.equal(wrapped(`See ${link} today`), `See\n${link}\ntoday`);
  assert.equal(blocksText([{ kind: 'code', text: `first\n${'b'.repeat(100)}` }]), `    first\n    ${'b'.repeat(100)}`);
});

test('a whole report as text says its cover, its papers and every section', () => {
  const text = reportText({
    title: 'Report',
    matter: { id: 'm-1', name: 'Example' },
    day: '2026-09-04',
    cover: {
      kicker: 'Findings',
      title: 'What the records support',
      subtitle: 'Example matter',
      facts: [{ term: 'Made', value: '2026-09-04' }],
      instruments: [
        { title: 'Subpoena 1', facts: [{ term: 'Issued', value: '2026-09-01' }], scope: ['user.one: sessions'] },
      ],
      mode: { name: 'Full', says: 'Everything is shown.' },
    },
    sections: [{ id: 'one', title: 'First section', blocks: exampleLetter().blocks, newPage: false }],
  });
  for (const said of [
    'What the records support',
    'Made: 2026-09-04',
    '- user.one: sessions',
    'First section',
    'Full. Everything',
    'm-1',
  ])
    assert.ok(text.includes(said), said);
});
