/** Explore in the browser: brushing one view filters the others, steps are undone, the record is one key away; hostile text is text. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { perform } from '../../src/desk/perform.ts';
import { importOperation } from '../../src/desk/return.ts';
import { type Office, office } from '../command.ts';
import { axe } from './axe.ts';
import { type Desk, deskOn, type Person } from './person.ts';

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror="fetch(`https://elsewhere.example/`)">',
  '"><svg/onload=confirm(1)>',
  '=HYPERLINK("https://elsewhere.example")',
  '@SUM(1+9)*cmd|',
  'photo\u202egpj.exe',
  '\u0000\u0007\u001b[31mred',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  'x'.repeat(300_000),
];
const ROWS = 3000;

let house: Office;
let desk: Desk;
let alder: Person;
let matter = '';

before(async () => {
  house = office();
  const account = '100000000000042';
  const paper = {
    kind: 'US-WARRANT', number: `${HOSTILE[0]}`, servedOn: 'Example', issuedOn: '2017-04-03', purpose: HOSTILE[1],
    issuer: { name: HOSTILE[2], role: 'magistrate judge' },
    items: [{ target: { type: 'account-id', value: account }, categories: ['DC-02'], began: '2017-02-01T00:00:00Z', ended: '2017-04-01T00:00:00Z' }],
  }; // biome-ignore format: a paper
  let instrument = '';
  ({ matter, instrument } = house.matterWith(paper));
  const cell = (text: string) => `"${text.replaceAll('"', '""').replaceAll('\u0000', '')}"`;
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const at = new Date(Date.UTC(2017, 1, 1) + row * 1_600_000).toISOString();
    const hostile = row < HOSTILE.length ? HOSTILE[row]! : 'Firefox';
    return `${account},${at},203.0.113.${row % 250},${(32 + (row % 7) / 10).toFixed(4)},${(-106 - (row % 5) / 10).toFixed(4)},${50 + (row % 9) * 100},${cell(hostile)}`;
  });
  const table = house.path(`${HOSTILE[5]!.replace('\u202e', '')} <b>.csv`);
  writeFileSync(table, `account,at,ip,latitude,longitude,radius,device\n${lines.join('\n')}\n`);
  const profile = house.path('profile.json');
  writeFileSync(profile, JSON.stringify({
    profile: 'story', title: 'Story', format: 'table', kind: 'session', category: 'DC-02', placeCategory: 'DC-02', placeKind: 'device fix',
    columns: {
      account: { role: 'account', type: 'account-id' }, at: { role: 'time' }, ip: { role: 'ip' }, latitude: { role: 'latitude' }, longitude: { role: 'longitude' },
      radius: { role: 'radius', unit: 'metres', quantile: 0.68 }, device: { role: 'device' },
    },
  })); // biome-ignore format: a profile
  const receipt = (await perform(
    importOperation,
    { matter, instrument, files: [table], profile },
    { dir: house.data, actor: 'R. Alder' },
  )) as { kept: number };
  assert.equal(receipt.kept, ROWS);
  desk = await deskOn(house.data);
  alder = await desk.enters('R. Alder');
  await alder.opens(`/matters/${matter}/explore`);
});
after(async () => {
  await desk?.[Symbol.asyncDispose]();
  house?.[Symbol.dispose]();
});

const selected = () => alder.page.locator('.selected strong').textContent();

test('all records are there, and each view has its numbers as words and as a table', async () => {
  await alder.page.getByText(`All ${ROWS.toLocaleString('en-US')} records`).waitFor();
  await alder.page.locator('.rows .open').first().waitFor();
  await alder.page.getByRole('button', { name: 'Show the figures as a table' }).first().click();
  await alder.page.locator('.figure table').first().waitFor();
  await alder.page.getByRole('button', { name: 'Hide the table' }).first().click();
  for (const size of ['wide', 'middle', 'narrow'] as const) await alder.picture('explore', size);
  assert.deepEqual(await axe(alder.page), []);
});

test('brushing the timeline filters the others; chips are removed, steps undone and done again', async () => {
  const chart = (await alder.page.locator('.chart canvas').boundingBox())!;
  await alder.page.mouse.move(chart.x + 20, chart.y + 50);
  await alder.page.mouse.down();
  await alder.page.mouse.move(chart.x + 220, chart.y + 50, { steps: 8 });
  await alder.page.mouse.up();
  await alder.page.locator('.chip').first().waitFor();
  const brushed = await selected();
  assert.match(brushed!, /^[\d,]+ of 3,000 records$/);
  await alder.page.getByRole('button', { name: 'Spread out this time' }).click();
  await alder.page.getByText('a part of all there is').first().waitFor();
  assert.equal(await selected(), brushed);
  await alder.page.getByRole('button', { name: 'Show the whole time' }).click();
  await alder.page.locator('[data-hour]').nth(30).click();
  await alder.page.locator('.chip').nth(1).waitFor();
  await alder.page.getByRole('button', { name: 'Undo' }).click();
  assert.equal(await alder.page.locator('.chip').count(), 1);
  await alder.page.getByRole('button', { name: 'Redo' }).click();
  assert.equal(await alder.page.locator('.chip').count(), 2);
  const link = alder.page.url();
  assert.match(link, /selected=/);
  await alder.page.reload();
  await alder.page.locator('.chip').nth(1).waitFor();
  await alder.page.getByRole('button', { name: /^Remove Hours/ }).click();
  await alder.page.getByRole('button', { name: 'Select everything' }).click();
  assert.equal(await alder.page.locator('.chip').count(), 0);
});

test('by keyboard alone: an hour is chosen, the map is moved and its view selected, a record opened', async () => {
  const cell = alder.page.locator('[data-hour="0"]');
  await cell.focus();
  await alder.page.keyboard.press('ArrowRight');
  await alder.page.keyboard.press('ArrowDown');
  await alder.page.keyboard.press('Space');
  await alder.page.getByText('Hours of the week: 1').waitFor();
  await alder.page.keyboard.press('Control+z');
  await alder.page.locator('.map canvas').focus();
  await alder.page.keyboard.press('+');
  await alder.page.keyboard.press('ArrowRight');
  await alder.page.getByRole('button', { name: 'Only this view' }).click();
  await alder.page.locator('.chip').first().waitFor();
  await alder.page.getByRole('button', { name: 'Select everything' }).click();
  await alder.page.getByRole('grid').focus();
  await alder.page.keyboard.press('ArrowDown');
  await alder.page.keyboard.press('Enter');
  await alder.page.getByRole('heading', { name: 'One record, as it was stored' }).waitFor();
  await alder.page.getByRole('heading', { name: 'In the original' }).waitFor();
  await alder.page.keyboard.press('Escape');
});

test('a map that was moved stays where it is while something else is brushed', async () => {
  const bar = () =>
    alder.page.locator('.map .bar').evaluate((bar) => `${bar.textContent} ${bar.firstElementChild?.clientWidth}`);
  const whole = await bar();
  await alder.page.locator('.map canvas').focus();
  await alder.page.keyboard.press('+');
  const closer = await bar();
  assert.notEqual(closer, whole);
  await alder.page.locator('[data-hour]').nth(30).click();
  await alder.page.locator('.chip').first().waitFor();
  assert.equal(await bar(), closer);
  await alder.page.getByRole('button', { name: 'Select everything' }).click();
});

test('the zone is chosen and named; a selection is kept for colleagues', async () => {
  await alder.page.getByLabel('Zone of all times here').fill('America/Denver');
  await alder.page.keyboard.press('Tab');
  await alder.page.getByText('MST').first().waitFor();
  await alder.page.getByLabel('Name for it').fill(HOSTILE[1]!);
  await alder.page.getByRole('button', { name: 'Keep this selection' }).click();
  await alder.page.getByRole('button', { name: HOSTILE[1]! }).waitFor();
});

test('mirrored for a right-to-left script nothing is too wide, and time still runs to the right', async () => {
  await alder.page.evaluate("document.documentElement.dir = 'rtl'");
  for (const path of ['explore', 'corroboration', 'work', 'import', '']) {
    await alder.opens(`/matters/${matter}/${path}`.replace(/\/$/, ''));
    await alder.page.waitForTimeout(400);
    const wide = await alder.page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    assert.ok((wide as number) <= 1, `${path} is ${wide} pixels too wide`);
  }
  await alder.opens(`/matters/${matter}/explore`);
  const ends = alder.page.locator('.ends span');
  await ends.first().waitFor();
  const [first, last] = [(await ends.first().boundingBox())!, (await ends.last().boundingBox())!];
  assert.ok(first.x < last.x);
  assert.match((await ends.first().textContent())!, /^2017-01-31/);
  await alder.picture('explore-mirrored');
  await alder.page.evaluate("document.documentElement.dir = 'ltr'");
});

test('hostile text in records, names, papers, notes and selections does nothing anywhere', async () => {
  await alder.opens(`/matters/${matter}`);
  await alder.page.getByRole('heading', { name: 'What arrived' }).waitFor();
  await alder.opens(`/matters/${matter}/work`);
  for (const [before, text] of HOSTILE.slice(0, 9).entries()) {
    await alder.page.getByLabel('A note').fill(text.replaceAll('\u0000', ''));
    await alder.page.getByLabel('Label').fill(text.slice(0, 50).replaceAll(/[\u0000\n]/g, ''));
    await alder.page.getByRole('button', { name: 'Keep the note' }).click();
    await alder.page.locator('.notes > li').nth(before).waitFor();
  }
  await alder.page.getByText('⟨U+202E⟩').first().waitFor();
  await alder.picture('hostile-notes');
  await alder.opens(`/matters/${matter}/explore`);
  await alder.page.locator('.rows .open').first().waitFor();
  await alder.page.locator('.rows .open').first().click();
  await alder.page.getByRole('heading', { name: 'One record, as it was stored' }).waitFor();
  for (const path of [
    `/matters/${matter}`,
    `/matters/${matter}/work`,
    `/matters/${matter}/explore`,
    `/matters/${matter}/import`,
  ]) {
    await alder.opens(path);
    await alder.page.waitForTimeout(400);
    const wide = (await alder.page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )) as number;
    assert.ok(wide <= 1, `${path} is ${wide} pixels too wide`);
    assert.equal(await alder.page.locator('main script, main img:not([src="/mark.svg"]), main svg[onload]').count(), 0);
  }
  assert.deepEqual(alder.trouble, []);
});

test('the CSV of the records does not run in a spreadsheet', async () => {
  await new Promise((done) => setTimeout(done, 2000));
  const { out } = house.run('records', '--matter', matter, '--format', 'csv');
  assert.match(out, /'=HYPERLINK/);
  assert.match(out, /'@SUM/);
  assert.doesNotMatch(out, /(^|,)"?[=@+]/m);
});
