import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textFrom } from '../base/interval.ts';
import { address, type IdentifierType, identifier, names } from './identifier.ts';
import { fromFields } from './stamp.ts';

const IDENTIFIERS: [IdentifierType, string, string | undefined, string | null][] = [
  ['phone', '+1 (575) 555-0142', undefined, '+15755550142'],
  ['phone', '15755550142', undefined, null],
  ['phone', '15755550142', '1', '+15755550142'],
  ['phone', '5755550142', '1', '+15755550142'],
  ['phone', '25755550142', '1', null],
  ['phone', '0049 30 5550142', undefined, null],
  ['imei', '004999010640000', undefined, '00499901064000'],
  ['imsi', '1010123456789', undefined, null],
  ['email', 'Someone@Example.COM', undefined, 'someone@example.com'],
  ['handle', '@Example.User', undefined, 'example.user'],
  ['iban', 'DE00 5001 0517 0000 0000 00', undefined, 'DE005001051700000000 00'.replace(' ', '')],
  ['facebook-id', '007', undefined, '007'],
  ['facebook-id', '1e5', undefined, null],
  ['ip-prefix', '203.0.113.0/26', undefined, '203.0.113.0/26'],
  ['ip-prefix', '203.0.113.0/33', undefined, null],
];

test('identifiers are compared in one form and keep the text as written', () => {
  for (const [type, text, callingCode, expected] of IDENTIFIERS) {
    const found = identifier(type, text, callingCode);
    assert.equal(found?.value ?? null, expected, `${type} ${text}`);
    if (found) assert.equal(found.text, text);
  }
});

const ADDRESSES: [string, string | null][] = [
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.007', null],
  ['010.1.1.1', null],
  ['2001:DB8:0:0::7', '2001:db8::7'],
  ['[2001:db8::7]', '2001:db8::7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['fe80::1%eth0', null],
  ['203.0.113.7:443', null],
  ['1.2.3', null],
];

test('an address has one text, and what only resembles one is none', () => {
  for (const [text, expected] of ADDRESSES) assert.equal(address(text), expected, text);
});

test('a number is not a name for anything but itself', () => {
  const phone = identifier('phone', '+15755550142')!;
  assert.ok(!names(phone, identifier('imsi', '310150123456789')!));
  assert.ok(!names(phone, identifier('account-id', '15755550142')!));
});

const at = (zone: string) => ({ zone, basis: 'provider rule' as const });
const fields = (month: number, day: number, hour?: number, minute?: number) => ({
  year: 2018,
  month,
  day,
  hour,
  minute,
});

test('a local time that a clock change skipped or repeated is undetermined, and its neighbours are not', () => {
  const read = (zone: string, ...when: [number, number, number, number]) => {
    const stamp = fromFields('x', fields(...when), at(zone))!;
    return stamp.undetermined ?? textFrom(stamp.began!);
  };
  assert.equal(read('America/New_York', 3, 11, 2, 30), 'time does not exist');
  assert.equal(read('America/New_York', 3, 11, 3, 0), '2018-03-11T07:00:00Z');
  assert.equal(read('America/New_York', 11, 4, 1, 30), 'time exists twice');
  assert.equal(read('America/New_York', 11, 4, 2, 0), '2018-11-04T07:00:00Z');
  assert.equal(read('Europe/Amsterdam', 3, 25, 2, 30), 'time does not exist');
  assert.equal(read('Europe/Amsterdam', 10, 28, 2, 30), 'time exists twice');
  assert.equal(read('Asia/Kathmandu', 3, 25, 2, 30), '2018-03-24T20:45:00Z');
  assert.equal(read('America/Phoenix', 3, 11, 2, 30), '2018-03-11T09:30:00Z');
});

test('a clock time without a zone is never placed; a calendar day spans every zone', () => {
  const clock = fromFields('3/4/2018 05:06', fields(3, 4, 5, 6))!;
  assert.deepEqual([clock.began, clock.undetermined, clock.text], [null, 'no zone', '3/4/2018 05:06']);
  const day = fromFields('20180304', fields(3, 4))!;
  assert.deepEqual(
    [textFrom(day.began!), textFrom(day.ended!), day.precision],
    ['2018-03-03T10:00:00Z', '2018-03-05T12:00:00Z', 'day'],
  );
  const declared = fromFields('20180311', fields(3, 11), { zone: 'America/Denver', basis: 'declared by examiner' })!;
  assert.deepEqual(
    [textFrom(declared.began!), textFrom(declared.ended!)],
    ['2018-03-11T07:00:00Z', '2018-03-12T06:00:00Z'],
    'a day of 23 hours',
  );
});

test('fields that are no date or no time of day are not read', () => {
  assert.equal(fromFields('x', fields(2, 29)), null);
  assert.equal(fromFields('x', fields(13, 1)), null);
  assert.equal(fromFields('x', fields(3, 4, 24, 0), at('UTC')), null);
});
