import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { microsFrom } from '../base/interval.ts';
import { memoryFolder } from '../custody/memory.ts';
import natPortBlock from '../formats/nat-port-block.ts';
import { fileInMemory } from '../formats/reading/open.ts';
import { type IdentifierType, identifier } from '../record/identifier.ts';
import type { Scope } from '../scope/scope.ts';
import { openEngine, quoted } from '../store/engine.ts';
import { Account } from './account.ts';
import { readBulk } from './bulk.ts';
import type { Part } from './parts.ts';
import { peopleAfter } from './people.ts';
import { sort } from './sort.ts';

const HEADER = 'subscriber,start,end,public_ip,port_low,port_high';
const target = (type: IdentifierType, text: string) => identifier(type, text)!;
const range = (began: string, ended: string) => ({ began: microsFrom(began)!, ended: microsFrom(ended)! });

const SCOPES: Scope[] = [
  [target('phone', '+15755550142'), ['DC-02']],
  [target('ip', '203.0.113.7'), ['DC-02']],
  [target('ip-prefix', '203.0.113.0/29'), ['DC-01']],
  [target('ip-prefix', '198.51.100.0/30'), ['DC-01', 'DC-02']],
  [target('account-id', 'line 9'), ['DC-06']],
].map(([one, categories]) => ({
  instrument: 'i',
  version: 1,
  items: [
    {
      id: '1',
      target: one as never,
      categories: categories as string[],
      range: range('2017-02-01T00:00:00Z', '2017-02-02T00:00:00Z'),
    },
    {
      id: '2',
      target: target('phone', '+15755550143'),
      categories: ['DC-02'],
      range: range('2017-02-01T12:00:00Z', '2017-02-03T00:00:00Z'),
    },
  ],
}));

/** Rows as they come and as they should not: other accounts, edges, no zone, fractions, lenient forms, wrong values. */
const field = {
  subscriber: fc.constantFrom(
    '15755550142',
    '+15755550142',
    '5755550143',
    '15755550144',
    'line 9',
    ' 15755550142',
    '',
    '=1+1',
  ),
  time: fc.constantFrom(
    '2017-02-01T00:00:00Z', '2017-01-31T23:59:59Z', '2017-02-01T23:59:59Z', '2017-02-02T00:00:00Z', '2017-02-01T12:00:00Z',
    '2017-02-01T12:00:00', '2017-02-01 12:00:00Z', '2017-02-01T12:00:00.5Z', '2017-02-01T24:00:00Z', '2017-02-01T12:00:00+01:00', '1/2/2017', 'x',
  ), // biome-ignore format: a list of times
  ip: fc.constantFrom(
    '203.0.113.7',
    '203.0.113.9',
    '198.51.100.1',
    '2001:db8::1',
    '2001:DB8::1',
    '203.0.113.007',
    '203.0.113.7 ',
    'nowhere',
  ),
  port: fc.constantFrom('1024', '1535', '65535', '65536', '01024', '1e3', '', '-1'),
};
const line = fc
  .tuple(field.subscriber, field.time, fc.oneof(field.time, fc.constant('')), field.ip, field.port, field.port)
  .map((cells) => cells.join(','));
const oddLine = fc.oneof(
  { weight: 60, arbitrary: line },
  { weight: 1, arbitrary: fc.constantFrom('only,two', '', '"15755550142",x,y,z,1,2,3', '"unclosed') },
);

/** The same bytes in chunks as small as these tests need. */
function inChunks(text: string, chunkBytes: number) {
  const whole = fileInMemory('leases.csv', Buffer.from(text));
  return {
    ...whole,
    async *stream() {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
    },
  };
}

async function byEngine(text: string, scope: Scope, sliceBytes?: number) {
  using memory = memoryFolder();
  await using engine = await openEngine([memory.path]);
  await engine.run('create temp table known_contents (content varchar)');
  const account = new Account('leases.csv', 'nat-port-block');
  const outcome = new Map<string, string>();
  const take = async (part: Part) => {
    const label = part.role === 'records' ? "'item ' || item" : 'reason';
    for (const { row, said } of await engine.rows<{ row: bigint; said: string }>(
      `select source_row as row, ${label} as said from read_parquet(${quoted(part.path)})`,
    )) {
      assert.ok(!outcome.has(`row ${row}`), `row ${row} is there twice`);
      outcome.set(`row ${row}`, said);
    }
    rmSync(part.path);
  };
  const people = peopleAfter([]);
  await readBulk({
    engine,
    memoryFolder: memory.path,
    scope,
    file: sliceBytes === undefined ? fileInMemory('leases.csv', Buffer.from(text)) : inChunks(text, 700),
    ...(sliceBytes === undefined ? {} : { sliceBytes }),
    format: 'nat-port-block',
    bulk: natPortBlock.bulk!,
    account,
    take,
    progress: () => {},
    compare: false,
    contentKey: 'key of the test',
    async place(reading) {
      const sorted = sort(scope, reading as never, people);
      outcome.set(
        sorted.sealed?.locator ?? sorted.kept!.locator,
        sorted.kept ? `item ${sorted.kept.item}` : sorted.sealed!.reason,
      );
    },
  });
  return outcome;
}

async function oneByOne(text: string, scope: Scope) {
  const outcome = new Map<string, string>();
  const people = peopleAfter([]);
  for await (const reading of natPortBlock.read(fileInMemory('leases.csv', Buffer.from(text)), { siblings: [] })) {
    const sorted = sort(scope, reading as never, people);
    outcome.set(
      sorted.sealed?.locator ?? sorted.kept!.locator,
      sorted.kept ? `item ${sorted.kept.item}` : sorted.sealed!.reason,
    );
  }
  return outcome;
}

test('the engine and the row reader decide every row of 12,000 random rows alike', async () => {
  for (const [index, scope] of SCOPES.entries()) {
    for (const end of ['\n', '\r\n']) {
      const lines = fc.sample(line, { numRuns: 1200, seed: 100 + index });
      const text = `${[HEADER, ...lines].join(end)}${end}`;
      assert.deepEqual([...(await byEngine(text, scope))].sort(), [...(await oneByOne(text, scope))].sort());
    }
  }
});

test('tables with empty, ragged and quoted lines are decided alike and numbered alike', async () => {
  for (let seed = 0; seed < 12; seed++) {
    const lines = fc.sample(oddLine, { numRuns: 60, seed });
    const text = `${[HEADER, ...lines].join('\n')}\n`;
    assert.deepEqual(
      [...(await byEngine(text, SCOPES[0]!))].sort(),
      [...(await oneByOne(text, SCOPES[0]!))].sort(),
      `seed ${seed}`,
    );
  }
});

test('a table cut into many slices gives every row once, under its own number', async () => {
  for (const seed of [1, 2, 3]) {
    const lines = fc.sample(fc.oneof({ weight: 30, arbitrary: line }, { weight: 1, arbitrary: oddLine }), {
      numRuns: 900,
      seed,
    });
    const text = `${[HEADER, ...lines].join('\n')}\n`;
    const whole = [...(await oneByOne(text, SCOPES[3]!))].sort();
    assert.deepEqual([...(await byEngine(text, SCOPES[3]!, 3000))].sort(), whole, `seed ${seed}`);
    assert.ok(text.length > 30_000, 'ten slices and more');
  }
});
