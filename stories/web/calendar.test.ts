/** What ends and when, as months: a hold, an order that keeps silence, and the day on which the user is told. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { order, preservation } from '../../src/instrument/rules/example.ts';
import { type Desk as Golden, goldenDesk, SECOND, verified } from '../golden/desk.ts';
import { axe } from './axe.ts';
import { type Desk, deskOn, type Person } from './person.ts';

let house: Golden;
let desk: Desk;
let stone: Person;
let [hold, silent] = ['', ''];

before(async () => {
  house = await goldenDesk();
  const range = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };
  const letter = house.receive(
    '2026-02-02T17:00:00Z',
    preservation({
      instrument: { caseNo: 'HOLD-26-01', issuedOn: '2026-02-02' },
      items: [{ id: '1', target: 0, category: 'DC-02', ...range, rawText: 'log of sessions' }],
    }),
  );
  hold = letter.request;
  letter.does('2026-02-02T18:00:00Z', 'request assign');
  letter.does('2026-02-02T18:00:00Z', 'request verify');
  letter.does('2026-02-02T18:10:00Z', 'request review');
  letter.decides('2026-02-02T18:20:00Z', '1', 'approve', 'A letter under § 2703(f).');
  letter.as(SECOND, '2026-02-02T18:30:00Z', 'request approve');
  assert.equal(letter.does('2026-02-02T19:00:00Z', 'preserve take')['until'], '2026-05-05T07:00:00.000Z');
  const secret = house.receive(
    '2026-09-11T14:00:00Z',
    order({
      ndo: {
        court: 'U.S. District Court, District of New Mexico', signed: true, signedBy: 'judge', issuedOn: '2026-09-08', endsOn: '2026-10-15',
        linkedTo: '26-cr-0117', harms: ['flight from prosecution'], scope: 'this', certification: false, noticeOfReview: false,
      },
    }),
  ); // biome-ignore format: one order
  silent = secret.request;
  verified(secret, '2026-09-14T16:00:00Z');
  secret.does('2026-09-14T16:00:00Z', 'request review');
  secret.decides('2026-09-14T16:00:00Z', 'all', 'approve', 'within the order');
  secret.as(SECOND, '2026-09-14T16:00:00Z', 'request approve');
  secret.does('2026-09-14T16:00:00Z', 'notice decide', '--silent', 'nondisclosure order');
  desk = await deskOn(house.data);
  stone = await desk.enters('M. Stone', 'reviewer');
});
after(async () => {
  await desk?.[Symbol.asyncDispose]();
  house?.[Symbol.dispose]();
});

/** The day, and what stands on it: as a person reads the months. */
const shown = (person: Person) =>
  person.page.locator('.months table').evaluateAll((tables) =>
    tables.flatMap((table) => {
      const month = table.querySelector('caption')!.textContent;
      return [...table.querySelectorAll('td')].flatMap((day) =>
        [...day.querySelectorAll('a')].map((link) => `${day.querySelector('.number')!.textContent} ${month}: ${link.textContent}`),
      );
    }),
  ); // biome-ignore format: one walk

test('a hold stands on the day on which it ends, in the zone that is chosen', async () => {
  await stone.opens('/preservation');
  await stone.settles();
  assert.deepEqual(await shown(stone), [`5 May 2026: ${hold}`]);
  await stone.page.getByText('Days in UTC').waitFor();
  assert.deepEqual(await axe(stone.page), []);
  await stone.picture('preservation-calendar');
  await stone.picture('preservation-calendar', 'narrow');
});

test('an order’s end stands on the date that the court wrote, the notice on its own day', async () => {
  await stone.opens('/notices');
  await stone.settles();
  const days = await shown(stone);
  assert.ok(days.includes(`15 October 2026: ${silent} order ends`), days.join('; '));
  assert.ok(
    days.some((one) => /^1[56] October 2026: .* due$/.test(one)),
    days.join('; '),
  );
  assert.deepEqual(await axe(stone.page), []);
  await stone.picture('notices-calendar');
  await stone.page.getByRole('link', { name: `${silent} order ends` }).click();
  await stone.page.waitForURL(`**/requests/${silent}`);
  assert.deepEqual(stone.trouble, []);
});
