import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textFrom } from '../../base/interval.ts';
import { dayIn, readDateAndTime, readMoment } from './clock.ts';
import { digitsOf } from './party.ts';

const UTC = { zone: 'UTC', basis: 'provider rule' } as const;

test('a date and a time are read as text, as cells and as serial numbers', () => {
  const pairs: [string, string, string][] = [
    ['03/04/2018', '05:06:07', '2018-03-04T05:06:07Z'],
    ['3/4/2018', '5:06', '2018-03-04T05:06:00Z'],
    ['2018-03-04', '05:06:07', '2018-03-04T05:06:07Z'],
    ['2018-03-04 00:00:00', '1899-12-30 05:06:07', '2018-03-04T05:06:07Z'],
    ['43163', '0.25', '2018-03-04T06:00:00Z'],
    ['43163.25', '', '2018-03-04T06:00:00Z'],
    ['43163', '0.2125810185185185', '2018-03-04T05:06:07Z'],
    ['43163', '0.9999999', '2018-03-04T23:59:59Z'],
  ];
  for (const [date, time, expected] of pairs) {
    const stamp = readDateAndTime(date, time, UTC);
    assert.ok(stamp, `${date} ${time}`);
    assert.equal(textFrom(stamp.began!), expected, `${date} ${time}`);
  }
});

test('a day that is none, a day first and a short year are not read', () => {
  for (const date of ['13/05/2018', '02/30/2018', '3/4/18', '2018', '04.03.2018', '0', '60', '-5', '']) {
    assert.equal(readDateAndTime(date, '05:06:07', UTC), null, date);
  }
  for (const time of ['24:00:00', '05:60', '5', '1.5', 'noon', '05:06:07 PM']) {
    assert.equal(readDateAndTime('03/04/2018', time, UTC), null, time);
  }
  assert.equal(readMoment('3/4/2018 0:06 PM', UTC), null);
});

test('a day without a time is a whole day, and nothing is no time', () => {
  const day = readDateAndTime('03/04/2018', '', UTC);
  assert.ok(day);
  assert.deepEqual([day.precision, day.ended! - day.began!], ['day', 86_400_000_000n]);
  assert.equal(readDateAndTime('', '', UTC)?.undetermined, 'no time');
  assert.equal(dayIn('2/30/2018 0:06'), null);
});

test('digits lost to an exponent are not invented', () => {
  const digits: [string, string][] = [
    ['15555550123.0', '15555550123'],
    ['1.5555550123E+10', '15555550123'],
    ['1.55556E+10', '1.55556E+10'],
    ['3.10260E+14', '3.10260E+14'],
    ['007', '007'],
    ['15555550123.5', '15555550123.5'],
  ];
  for (const [stored, expected] of digits) assert.equal(digitsOf(stored), expected);
});
