import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isProblem } from '../../base/problem.ts';
import { readProfile } from './profile.ts';

const good = {
  profile: 'example',
  format: 'table',
  kind: 'session',
  category: 'DC-02',
  columns: { When: { role: 'time', time: 'YYYY-MM-DD HH:mm' }, IP: { role: ['ip', 'subject'], type: 'ip' } },
};

function troublesOf(change: Record<string, unknown>): string {
  try {
    readProfile({ ...good, ...change });
  } catch (error) {
    assert.ok(isProblem(error) && error.code === 'formats/profile', String(error));
    return error.message;
  }
  return 'none';
}

test('reads one role or several, one shape or several', () => {
  const { columns } = readProfile(good);
  assert.deepEqual(columns.When, { role: ['time'], time: ['YYYY-MM-DD HH:mm'] });
  assert.deepEqual(columns.IP, { role: ['ip', 'subject'], type: 'ip' });
});

test('names the field that is wrong, and how', () => {
  const time = (column: object) => ({ columns: { When: { role: 'time', ...column } } });
  const table: [Record<string, unknown>, RegExp][] = [
    [{ kind: 'visit' }, /kind: /],
    [{ category: '8' }, /category: a data category/],
    [{ zone: 'EST' }, /zone: not a zone: an IANA name/],
    [{ zoneNames: { EST: 'EST' } }, /zoneNames\.EST: not a zone/],
    [{ colums: {} }, /colums/],
    [time({ rolle: 'x' }), /columns\.When: .*rolle/],
    [{ columns: { When: { role: 'zeit' } } }, /columns\.When\.role/],
    [
      time({ time: 'YYYY-MM-DD hh:mm' }),
      /columns\.When\.time\.0: "YYYY-MM-DD hh:mm" is not a time shape: hours to 12 need A/,
    ],
    [time({ time: 'M/D/YY' }), /columns\.When\.time: M\/D\/YY has a year of two digits; declare firstYear/],
    [time({ time: 'HH:mm' }), /columns\.When\.time: HH:mm has no day/],
    [{ columns: { IP: { role: 'ip' } } }, /no column has the role time or date/],
    [{ columns: { When: { role: 'time' }, Day: { role: 'date' } } }, /both time and date/],
    [{ columns: { When: { role: 'time' }, Clock: { role: 'clock' } } }, /a clock needs a date/],
    [{ columns: { When: { role: 'time' }, Lat: { role: 'latitude' } } }, /latitude and longitude come together/],
    [{ columns: { When: { role: 'time' }, Geo: { role: 'coordinates' } } }, /placeKind: needed with coordinates/],
    [{ columns: { When: { role: 'time' }, Then: { role: 'time' } } }, /two columns have the role time/],
    [{ account: { columns: 'x' } }, /account: either \{ column \} or \{ type, value \}/],
    [{ firstYear: 17 }, /firstYear/],
  ];
  for (const [change, message] of table) assert.match(troublesOf(change), message);
  for (const value of [null, 7, 'text', [], {}]) assert.throws(() => readProfile(value), isProblem);
});

test('the profiles that come with the program can be read and say that they are examples', () => {
  const folder = join(import.meta.dirname, 'profiles');
  const names = readdirSync(folder);
  assert.ok(names.length >= 3);
  for (const name of names) {
    const profile = readProfile(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    assert.equal(`${profile.profile}.json`, name);
    assert.match(profile.title ?? '', /example, to be adapted/);
    assert.match(profile.note ?? '', /^Inferred\./);
  }
});
