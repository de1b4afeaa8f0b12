import assert from 'node:assert/strict';
import { test } from 'node:test';
import { microsFrom } from '../../base/interval.ts';
import { coveredTime, exposureHours, hoursIn, intersection, union } from './exposure.ts';
import { localTime, offsetSpans } from './zone.ts';

const at = (text: string) => microsFrom(text)!;
const interval = (began: string, ended: string) => ({ began: at(began), ended: at(ended) });
const localDays = (zone: string, first: string, last: string) => ({
  began: Temporal.PlainDate.from(first).toZonedDateTime(zone).epochNanoseconds / 1000n,
  ended: Temporal.PlainDate.from(last).add({ days: 1 }).toZonedDateTime(zone).epochNanoseconds / 1000n,
});

const CHANGES = [
  { zone: 'America/New_York', day: '2018-03-11', hours: 23, hour: 2, there: 0 },
  { zone: 'America/New_York', day: '2018-11-04', hours: 25, hour: 1, there: 2 },
  { zone: 'Europe/Amsterdam', day: '2018-03-25', hours: 23, hour: 2, there: 0 },
  { zone: 'Europe/Amsterdam', day: '2018-10-28', hours: 25, hour: 2, there: 2 },
  { zone: 'America/Phoenix', day: '2018-03-11', hours: 24, hour: 2, there: 1 },
  { zone: 'Asia/Kathmandu', day: '2018-03-11', hours: 24, hour: 2, there: 1 },
];

for (const { zone, day, hours, hour, there } of CHANGES) {
  test(`${day} in ${zone} has ${hours} hours, ${there} of them between ${hour} and ${hour + 1}`, () => {
    const exposure = exposureHours([localDays(zone, day, day)], zone, 24);
    assert.equal(exposure[hour], there);
    assert.equal(
      exposure.reduce((sum, one) => sum + one, 0),
      hours,
    );
    for (const [n, one] of exposure.entries()) if (n !== hour) assert.equal(one, 1, `hour ${n}`);
  });
}

test('a zone 5 h 45 min ahead puts a UTC day into quarter hours', () => {
  const exposure = exposureHours([interval('2018-03-11T00:00:00Z', '2018-03-11T01:00:00Z')], 'Asia/Kathmandu', 24);
  assert.equal(exposure[5], 0.25);
  assert.equal(exposure[6], 0.75);
});

test('hour of week 0 is Monday at local midnight', () => {
  const exposure = exposureHours([localDays('America/Denver', '2018-03-12', '2018-03-12')], 'America/Denver', 168);
  assert.deepEqual([...exposure.slice(0, 25)], [...Array<number>(24).fill(1), 0]);
  assert.equal(localTime(at('2018-03-12T06:30:00Z'), 'America/Denver').hourOfWeek, 0);
});

test('times before 1970 fall into the same bins', () => {
  const exposure = exposureHours([interval('1969-12-29T00:00:00Z', '1969-12-29T02:00:00Z')], 'UTC', 168);
  assert.deepEqual([exposure[0], exposure[1], exposure[2]], [1, 1, 0]);
});

test('the repeated hour reads the same on both passes', () => {
  const [first, second] = ['2018-11-04T05:30:00Z', '2018-11-04T06:30:00Z'].map((text) =>
    localTime(at(text), 'America/New_York'),
  );
  assert.equal(first!.hour, 1.5);
  assert.equal(second!.hour, 1.5);
  assert.notEqual(first!.text, second!.text);
});

test('offsets cover a range without gap or overlap', () => {
  const range = interval('2018-01-01T00:00:00Z', '2019-01-01T00:00:00Z');
  const spans = offsetSpans('Europe/Amsterdam', range);
  assert.equal(spans.length, 3);
  assert.equal(hoursIn(spans), 365 * 24);
});

test('joined and shared intervals count no hour twice', () => {
  const two = union([
    interval('2018-01-01T00:00:00Z', '2018-01-03T00:00:00Z'),
    interval('2018-01-02T00:00:00Z', '2018-01-04T00:00:00Z'),
  ]);
  assert.equal(hoursIn(two), 72);
  assert.equal(hoursIn(intersection(two, [interval('2018-01-03T12:00:00Z', '2018-02-01T00:00:00Z')])), 12);
});

test('covered time is what was ordered, cut to what every used return states', () => {
  const range = (item: string, category: string, began: string, ended: string) => ({
    item,
    category,
    target: 'orrin',
    ...interval(began, ended),
  });
  const scoped = {
    rows: async () => [],
    ranges: [
      range('1', 'DC-02', '2018-01-01T00:00:00Z', '2018-02-01T00:00:00Z'),
      range('2', 'DC-02', '2018-03-01T00:00:00Z', '2018-04-01T00:00:00Z'),
      range('3', 'DC-06', '2018-01-01T00:00:00Z', '2019-01-01T00:00:00Z'),
    ],
    coverage: [
      { return: 'a', file: 'a.csv', format: 'x', began: at('2018-01-11T00:00:00Z'), ended: at('2018-03-11T00:00:00Z') },
      { return: 'b', file: 'b.csv', format: 'x', began: null, ended: null },
    ],
  };
  const a = { item: '1', return: 'a', category: 'DC-02' };
  assert.equal(hoursIn(coveredTime(scoped, [a]).intervals), (21 + 10) * 24);
  assert.equal(coveredTime(scoped, [a]).stated, true);
  const both = coveredTime(scoped, [a, { ...a, return: 'b' }]);
  assert.equal(both.stated, false);
  assert.equal(hoursIn(both.intervals), (31 + 31) * 24);
});
