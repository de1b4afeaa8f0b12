import assert from 'node:assert/strict';
import { test } from 'node:test';
import { microsFrom, textFrom } from '../base/interval.ts';
import { LeaseSource } from '../source/leases.ts';
import { coverageOf, covering } from './coverage.ts';

const at = (text: string) => microsFrom(text)!;
const number = (text: string) => Number(at(text));

test('intervals are joined, gaps are cut out', () => {
  const coverage = coverageOf(
    {
      complete: [
        { began: '2017-02-03T00:00:00Z', ended: '2017-02-05T00:00:00Z' },
        { began: '2017-02-01T00:00:00Z', ended: '2017-02-03T00:00:00Z' },
        { began: '2017-02-10T00:00:00Z', ended: '2017-02-11T00:00:00+02:00' },
      ],
      gaps: [
        { began: '2017-02-02T10:00:00Z', ended: '2017-02-02T11:00:00Z' },
        { began: '2017-02-04T23:00:00Z', ended: '2017-02-07T00:00:00Z' },
      ],
    },
    0n,
  );
  assert.deepEqual(
    coverage?.map(({ began, ended }) => `${textFrom(began)} ${textFrom(ended)}`),
    [
      '2017-02-01T00:00:00Z 2017-02-02T10:00:00Z',
      '2017-02-02T11:00:00Z 2017-02-04T23:00:00Z',
      '2017-02-10T00:00:00Z 2017-02-10T22:00:00Z',
    ],
  );
});

test('a time is covered with all of its tolerance, or it is not', () => {
  const covers = covering(
    coverageOf({ complete: [{ began: '2017-02-01T00:00:00Z', ended: '2017-02-02T00:00:00Z' }], gaps: [] }, 0n),
  );
  const [start, end] = [number('2017-02-01T00:00:00Z'), number('2017-02-02T00:00:00Z')];
  assert.ok(covers(start, end - 1));
  assert.ok(!covers(start - 1, start + 1));
  assert.ok(!covers(end - 1, end));
  assert.ok(!covers(end, end));
});

test('a log that is still written is complete up to what has settled', () => {
  const declared = { complete: [{ began: '2017-02-01T00:00:00Z', ended: null }], gaps: [], settledAfterSeconds: 3600 };
  const covers = covering(coverageOf(declared, at('2017-02-01T12:00:00Z')));
  assert.ok(covers(number('2017-02-01T10:59:59Z'), number('2017-02-01T10:59:59Z')));
  assert.ok(!covers(number('2017-02-01T11:00:00Z'), number('2017-02-01T11:00:00Z')));
});

test('a declaration says what it must, and no more', () => {
  const parquet = {
    engine: 'duckdb',
    files: ['leases/*.parquet'],
    columns: { ip: 'ip', began: 'began', ended: 'ended', subscriber: 'who' },
    times: { type: 'timestamptz' },
    coverage: 'not declared',
  };
  assert.ok(LeaseSource.safeParse(parquet).success);
  for (const [why, wrong] of [
    ['a bare timestamp has no offset', { times: { type: 'timestamp' } }],
    ['a zone with summer time', { times: { type: 'timestamp', offset: 'Europe/Berlin' } }],
    ['two ways to say the address', { columns: { ...parquet.columns, ip_low: 'a', ip_high: 'b' } }],
    ['one port of two', { columns: { ...parquet.columns, port_low: 'a' } }],
    [
      'an open coverage that never settles',
      { coverage: { complete: [{ began: '2017-02-01T00:00:00Z', ended: null }] } },
    ],
    [
      'a gap without an offset',
      {
        coverage: {
          complete: [{ began: '2017-02-01T00:00:00Z', ended: '2017-02-02T00:00:00Z' }],
          gaps: [{ began: '2017-02-01T05:00:00', ended: '2017-02-01T06:00:00Z' }],
        },
      },
    ],
    ['a prefix that is none', { prefixes: ['203.0.113.0/40'] }],
    ['a password', { password: 'x' }],
  ] as const) {
    assert.ok(!LeaseSource.safeParse({ ...parquet, ...wrong }).success, why);
  }
});
