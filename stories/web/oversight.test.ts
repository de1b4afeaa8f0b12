/** The oversight desk in the browser: what is sealed as counts, an unsealing asked for and opened by another with the key, and the ledger of it. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { LAB } from '../../src/package/example.ts';
import { type Office, office, paperFor } from '../command.ts';
import { axe } from './axe.ts';
import { type Desk, deskOn, type Person } from './person.ts';

let house: Office;
let desk: Desk;
let matter = '';
let alder: Person;
let marsh: Person;

const paper = (number: string, began: string, ended: string) => {
  const made = { ...paperFor('phone', '+15755550142', ['DC-02']), number };
  made.items[0] = { ...made.items[0]!, began, ended };
  return made;
};
const LEASES = [
  'subscriber,start,end,public_ip,port_low,port_high',
  ...Array.from({ length: 30 }, (_, index) => {
    const day = new Date(Date.UTC(2017, 1 + Math.floor(index / 10) * 3, 1 + (index % 10))).toISOString().slice(0, 10);
    return `15755550142,${day}T01:00:00Z,${day}T02:00:00Z,203.0.113.${index + 1},1024,1535`;
  }),
];

before(async () => {
  house = office();
  let instrument = '';
  ({ matter, instrument } = house.matterWith(paper('17-mr-0001', '2017-02-01T00:00:00Z', '2017-03-01T00:00:00Z')));
  writeFileSync(house.path('leases.csv'), `${LEASES.join('\n')}\n`);
  const came = house.run('import', '--matter', matter, '--instrument', instrument, house.path('leases.csv'), '--json');
  assert.deepEqual([came.json()['kept'], came.json()['sealed']], [10, 20]);
  const second = house.path('second.json');
  writeFileSync(second, JSON.stringify(paper('17-mr-0002', '2017-05-01T00:00:00Z', '2017-06-01T00:00:00Z')));
  const added = house.run('instrument', 'add', '--matter', matter, '--file', second, '--json').json();
  house.as('D. Quill', 'instrument', 'approve', '--matter', matter, '--instrument', String(added['instrument']));
  const given = house.path('given');
  assert.equal(house.run('report', '--matter', matter, '--out', `${given}/report`).status, 0);
  assert.equal(house.run('ledger', 'export', '--out', `${given}/ledger`).status, 0);
  desk = await deskOn(house.data);
  alder = await desk.enters('R. Alder');
  marsh = await desk.enters('J. Marsh', 'seal holder');
});
after(async () => {
  await desk?.[Symbol.asyncDispose]();
  house?.[Symbol.dispose]();
});

test('the lead asks, with the paper and the reason; nothing is opened by that', async () => {
  await alder.opens(`/matters/${matter}`);
  await alder.page.getByText('A later paper reaches what was sealed').click();
  await alder.page.getByLabel('The return, and how many').selectOption({ index: 1 });
  await alder.page.getByLabel('The new authority').selectOption({ label: 'US-WARRANT 17-mr-0002' });
  await alder.page.getByLabel('Why it must be read').fill('The second warrant reaches May of 2017.');
  await alder.signs('Ask for it');
  await alder.page.getByText('waits for a second person').waitFor();
  await alder.settles();
  assert.deepEqual(await axe(alder.page), []);
  await alder.picture('unsealing-asked');
  assert.deepEqual(alder.trouble, []);
});

test('the seal holder sees counts and the ask, opens it with the key, and sees counts again', async () => {
  await marsh.opens('/waiting');
  await marsh.page.getByRole('link', { name: `${matter} u-0001` }).click();
  await marsh.page.getByRole('heading', { name: 'Sealed', exact: true }).waitFor();
  await marsh.page.getByText('outside the range').first().waitFor();
  assert.deepEqual(await axe(marsh.page), []);
  for (const size of ['wide', 'middle', 'narrow'] as const) await marsh.picture('sealed', size);
  await marsh.page.locator('.pick input[type=file]').setInputFiles(`${house.data}.oversight-key`);
  await marsh.signs('Open it');
  await marsh.page.getByText('10 rows are records of the matter now; 20 were sealed again.').waitFor();
  assert.equal(await marsh.page.getByText('203.0.113.').count(), 0, 'no record is shown to who opened it');
  await marsh.picture('unsealed');
  assert.deepEqual(marsh.trouble, []);
});

test('the records are in the matter, and the ledger says who asked and who opened', async () => {
  await alder.opens(`/matters/${matter}/explore`);
  await alder.page.getByText('All 20 records').waitFor();
  await marsh.opens('/ledger');
  await marsh.page
    .getByRole('button', { name: /J. Marsh: unseal open/ })
    .first()
    .waitFor();
  await marsh.page
    .getByRole('button', { name: /R. Alder: unseal propose/ })
    .first()
    .waitFor();
  assert.deepEqual(await axe(marsh.page), []);
  await marsh.picture('ledger');
});

test('the report is arranged with words between, and a package made for the other side', async () => {
  await alder.opens(`/matters/${matter}/report`);
  await alder.page.getByRole('button', { name: 'Make the report' }).click();
  await alder.page.locator('iframe').waitFor({ timeout: 60_000 });
  await alder.opens(`/matters/${matter}`);
  await alder.opens(`/matters/${matter}/report`);
  await alder.page.getByRole('button', { name: 'Add a text' }).click();
  await alder.page.getByLabel('Heading').fill('What was looked for');
  await alder.page.getByLabel('Text; a blank line').fill('The hours of the leases.');
  const choice = alder.page.getByLabel('Add an exhibit');
  await choice.locator('option').nth(1).waitFor({ state: 'attached' });
  await choice.selectOption({ index: 1 });
  await alder.page.getByRole('button', { name: 'Up: 2' }).click();
  await alder.page.getByRole('button', { name: 'Keep this arrangement' }).click();
  await alder.page.getByText('Version 1, by R. Alder').waitFor();
  await alder.page.getByLabel('Who it is for').fill('Counsel for the defence');
  await alder.page.getByLabel('Their key').fill(LAB.recipient);
  await alder.signs('Make the package');
  await alder.page.getByText(/things on the schedule, 20 records/).waitFor({ timeout: 60_000 });
  assert.deepEqual(await axe(alder.page), []);
  for (const size of ['wide', 'middle', 'narrow'] as const) await alder.picture('arranged', size);
  assert.deepEqual(alder.trouble, []);
});

test('a report and the ledger it was written under are looked at in the page, and nothing is sent', async () => {
  const given = house.path('given');
  const { page } = marsh;
  await marsh.opens('/verify');
  const sent: string[] = [];
  page.on('request', (request) => void (request.method() === 'POST' && sent.push(request.url())));
  const look = async (folder: string) => {
    await page.locator('input[webkitdirectory]').setInputFiles(folder);
    await page.getByRole('button', { name: 'Look at it' }).click();
  };
  await look(given);
  await page.getByRole('heading', { name: 'VERIFIED', exact: true }).waitFor();
  await page.getByText('by the clock of the ledger that was brought').waitFor();
  await page.getByRole('heading', { name: /^Exhibit \d+, timeline$/ }).waitFor();
  await marsh.settles();
  assert.deepEqual(await axe(page), []);
  await marsh.picture('report-verified');
  await look(`${given}/report`);
  await page.getByRole('heading', { name: 'INCOMPLETE', exact: true }).waitFor();
  writeFileSync(`${given}/report/report.html`, readFileSync(`${given}/report/report.html`, 'utf8').replaceAll('stand in order', 'stand in any order')); // biome-ignore format: one line
  await look(given);
  await page.getByRole('heading', { name: 'NOT VERIFIED', exact: true }).waitFor();
  assert.deepEqual(sent, [], 'what is looked at stays in this browser');
  assert.deepEqual(marsh.trouble, []);
});
