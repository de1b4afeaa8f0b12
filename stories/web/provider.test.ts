/** A request in the browser, from the inbox to the package, by two people at their own browsers. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { demoInbox } from '../../src/desk/demo-provider.ts';
import { matterCreate } from '../../src/desk/matter.ts';
import { perform } from '../../src/desk/perform.ts';
import { sampleMatter } from '../../src/sample/matter.ts';
import { DAYS, demand, RECEIVED } from '../../src/sample/provider-desk.ts';
import { type Office, office } from '../command.ts';
import { axe } from './axe.ts';
import { type Desk, deskOn, type Person, personAt } from './person.ts';

let house: Office;
let desk: Desk;
let stone: Person;
let reyes: Person;
let request = '';
let codes: { name: string; code: string }[] = [];

before(async () => {
  house = office();
  const sample = await sampleMatter(42);
  const { matter } = (await perform(matterCreate, { name: 'Sample' }, { dir: house.data, actor: 'R. Alder' })) as {
    matter: string;
  };
  mkdirSync(house.path('sample'));
  ({ request, codes } = await demoInbox(house.path('sample'), house.data, sample, matter));
  desk = await deskOn(house.data);
  [stone, reyes] = [await enters('M. Stone'), await enters('T. Reyes')];
});
after(async () => {
  await desk?.[Symbol.asyncDispose]();
  house?.[Symbol.dispose]();
});

async function enters(name: string): Promise<Person> {
  const person = await personAt(desk.browser, desk.url, name);
  await person.page.goto(`${desk.url}#code=${codes.find((one) => one.name === name)!.code}`);
  await person.page.getByRole('button', { name: 'Make a passkey' }).click();
  await person.page.getByRole('heading', { name: `Good day, ${name}` }).waitFor();
  return person;
}

const act = (person: Person, title: string) =>
  person.page.locator('section.act').filter({ has: person.page.getByRole('heading', { name: title, exact: true }) });

/** Opens an act's form, fills it in, does it, and waits until the page has the new state. */
async function does(
  person: Person,
  title: string,
  fields: Record<string, string> = {},
  { sign = false, at = '' } = {},
): Promise<void> {
  const panel = act(person, title);
  await person.page.bringToFront();
  if (Object.keys(fields).length > 0) await panel.getByRole('button', { name: title, exact: true }).click();
  for (const [label, value] of Object.entries(fields)) {
    const control = panel.getByLabel(label);
    if ((await control.evaluate((element) => element.tagName)) === 'SELECT') await control.selectOption(value);
    else await control.fill(value);
  }
  if (at) {
    await panel.getByText('It was done before now').click();
    await panel.getByLabel('When, with its zone').fill(at);
  }
  const button = panel.getByRole('button', {
    name: Object.keys(fields).length > 0 ? `Do it: ${title}` : title,
    exact: true,
  });
  await button.click();
  if (sign) await person.page.getByRole('button', { name: 'Sign with your passkey' }).click();
  await person.settles();
}

const state = (person: Person, words: string) =>
  person.page.locator('.head').getByText(words, { exact: false }).waitFor();

test('the inbox shows what is due next, in words and with its zone', async () => {
  await stone.opens('/requests');
  await stone.page.getByRole('link', { name: request }).waitFor();
  await stone.page.getByText('acknowledge').waitFor();
  assert.match((await stone.page.locator('time').first().textContent())!, / UTC$/);
  for (const size of ['wide', 'middle', 'narrow'] as const) await stone.picture('inbox', size);
  assert.deepEqual(await axe(stone.page), []);
});

test('the reviewer takes it on, calls the number of the directory, verifies and judges', async () => {
  await stone.page.getByRole('link', { name: request }).click();
  await state(stone, 'received');
  await does(stone, 'Take it on');
  await state(stone, 'verifying who asks');
  await act(stone, 'Record a call-back').getByRole('button', { name: 'Record a call-back' }).click();
  await act(stone, 'Record a call-back').getByText('+15055550101').waitFor();
  await act(stone, 'Record a call-back').getByLabel('What the agency said').selectOption('confirmed');
  await act(stone, 'Record a call-back').getByLabel('Who was spoken to').fill('put through by the switchboard');
  await act(stone, 'Record a call-back').getByRole('button', { name: 'Do it: Record a call-back' }).click();
  await does(stone, 'It is verified who asks');
  await state(stone, 'verified');
  await does(stone, 'Judge it by every rule');
  await state(stone, 'in review');
  await stone.page.getByText('R-072').first().waitFor();
  await stone.page
    .getByRole('button', { name: /Show the field: items/ })
    .first()
    .click();
  await stone.page.locator('tr.pointed').first().waitFor();
  for (const size of ['wide', 'middle', 'narrow'] as const) await stone.picture('request', size);
  assert.deepEqual(await axe(stone.page), []);
});

test('items are decided one by one; the letter is composed, edited, and stays through a reload', async () => {
  for (const [item, decision, reason] of [
    ['1', 'approve', 'within the order'],
    ['2', 'approve', 'within the order'],
    ['3', 'reject', 'The order does not reach location; a warrant does.'],
  ] as const) {
    await does(stone, 'Decide an item', { Item: item, Decision: decision, Reason: reason });
    await stone.page.getByText(reason).first().waitFor();
  }
  await stone.page.getByRole('button', { name: 'Compose the letter' }).click();
  const letter = stone.page.getByLabel('The letter, yours to edit');
  await letter.waitFor();
  await letter.fill(`${await letter.inputValue()}\nWith regards from the story.`);
  await stone.picture('letter');
  await stone.page.reload();
  await stone.page.getByLabel('The letter, yours to edit').waitFor();
  assert.match(await stone.page.getByLabel('The letter, yours to edit').inputValue(), /With regards from the story\./);
});

test('who decided cannot approve alone; the server says why, and another person signs', async () => {
  await does(stone, 'Approve what was decided', {}, { sign: true });
  await act(stone, 'Approve what was decided').getByRole('alert').waitFor();
  assert.match((await act(stone, 'Approve what was decided').getByRole('alert').textContent())!, /request\/not-now/);
  await stone.picture('same-person-refused');

  await reyes.opens(`/requests/${request}`);
  await does(reyes, 'Approve what was decided', {}, { sign: true });
  await state(reyes, 'approved in part');
});

test('a request goes from the inbox to the package: received, decided by one, released by another, verified offline', async () => {
  const form = house.path('order.json');
  const order = demand();
  // Another paper than the one that waits in the inbox.
  writeFileSync(form, JSON.stringify({ ...order, instrument: { ...order.instrument, caseNo: '17-mc-0077' } }));
  await stone.opens('/requests');
  await stone.page.locator('input[type=file]').first().setInputFiles(form);
  await stone.page.getByLabel('When it reached you').fill(RECEIVED);
  await stone.page.getByRole('button', { name: 'Receive it' }).click();
  await state(stone, 'received');
  const path = new URL(stone.page.url()).pathname;

  const { verified, reviewed, produced } = DAYS;
  await does(stone, 'Take it on', {}, { at: verified });
  await does(
    stone,
    'Record a call-back',
    { 'What the agency said': 'confirmed', 'Who was spoken to': 'put through by the switchboard' },
    { at: verified },
  );
  await does(stone, 'It is verified who asks', {}, { at: verified });
  await does(stone, 'Judge it by every rule', {}, { at: reviewed });
  for (const item of ['1', '2'])
    await does(
      stone,
      'Decide an item',
      { Item: item, Decision: 'approve', Reason: `item ${item} is within` },
      { at: reviewed },
    );
  await does(
    stone,
    'Decide an item',
    { Item: '3', Decision: 'reject', Reason: 'a warrant reaches it' },
    { at: reviewed },
  );
  await reyes.opens(path);
  await does(reyes, 'Approve what was decided', {}, { sign: true, at: reviewed });
  if ((await reyes.page.getByRole('alert').count()) > 0)
    assert.fail((await reyes.page.getByRole('alert').allTextContents()).join('\n'));
  await state(reyes, 'approved in part');

  await stone.opens('/requests');
  await stone.opens(path);
  await does(stone, 'Decide whether the user is told', { Reason: 'No order keeps it silent.' }, { at: reviewed });
  await state(stone, 'user told, waiting');
  await does(
    stone,
    'Tell the user',
    { 'Verified address of the account': 'orrin.talvane@example.com' },
    { sign: true, at: reviewed },
  );
  await stone.page.getByRole('button', { name: 'Count what would be produced' }).click();
  await stone.page.getByRole('columnheader', { name: 'would be produced' }).waitFor();
  await stone.picture('preview');
  await does(stone, 'Collect the approved rows', {}, { at: produced });
  await state(stone, 'to be checked');
  await does(stone, 'Check the collection', { Note: 'looks right to me' }, { sign: true, at: produced });
  await act(stone, 'Check the collection').getByText('request/not-now').waitFor();

  await reyes.opens('/requests');
  await reyes.opens(path);
  await does(reyes, 'Check the collection', { Note: 'every row decided anew' }, { sign: true, at: produced });
  await reyes.page.getByRole('button', { name: 'Make the package' }).click();
  const [download] = await Promise.all([
    reyes.page.waitForEvent('download'),
    reyes.page.getByRole('button', { name: 'Sign with your passkey' }).click(),
  ]);
  const sealed = house.path('handed-over.fcp');
  await download.saveAs(sealed);
  await state(reyes, 'produced');
  await reyes.picture('produced');
  await reyes.picture('produced', 'narrow');
  assert.ok(readFileSync(sealed).subarray(0, 21).toString() === 'age-encryption.org/v1');
  assert.deepEqual(stone.trouble, []);
  assert.deepEqual(reyes.trouble, []);
});

test('every page of the desk opens, and axe finds nothing', async () => {
  for (const path of [
    '/preservation',
    '/notices',
    '/attribution',
    '/transparency',
    '/policy',
    '/directory',
    '/waiting',
  ]) {
    await stone.opens(path);
    await stone.settles();
    assert.equal(await stone.page.getByRole('alert').count(), 0, path);
    assert.deepEqual(await axe(stone.page), [], path);
    await stone.picture(`desk${path.replace('/', '-')}`);
  }
});

test('the policy is changed in the page by one, and approved by another; its history says what changed', async () => {
  const { page } = stone;
  await stone.opens('/policy');
  await page.getByRole('button', { name: 'Change it' }).click();
  await page.getByLabel('Wait for an answer to a push-back, days').fill('soon');
  await page.getByText('A whole number.').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Propose these changes' }).isDisabled());
  await page.getByLabel('Wait for an answer to a push-back, days').fill('21');
  await page.getByLabel('Badge number').uncheck();
  assert.deepEqual(await axe(page), []);
  for (const size of ['wide', 'middle', 'narrow'] as const) await stone.picture('policy-form', size);
  await page.getByRole('button', { name: 'Propose these changes' }).click();
  await page.getByRole('heading', { name: 'A change waits for a second person' }).waitFor();
  await stone.settles();
  await stone.signs('Approve the change');
  await page.getByText('paper/same-person').waitFor();

  await reyes.opens('/policy');
  await reyes.page.getByText('Wait for an answer to a push-back, days: 14 → 21').waitFor();
  await reyes.settles();
  await reyes.signs('Approve the change');
  await reyes.page.getByRole('heading', { name: 'In force: version 2' }).waitFor();
  await reyes.page.getByRole('button', { name: 'What version 2 changed' }).click();
  await reyes.page.getByText('Badge number: true → false').waitFor();
  await reyes.picture('policy-history');
  assert.deepEqual(await axe(reyes.page), []);
});

test('an agency is added in the page, and is in the directory when another has approved it', async () => {
  const { page } = stone;
  await stone.opens('/directory');
  await page.getByRole('button', { name: 'Add an agency' }).click();
  const fields = {
    'Short name': 'ag-harbour', Name: 'Harbour Police, “Example”', Country: 'US', 'Domains it writes from': 'harbour.example.gov',
    'Number of its switchboard': '5550177', 'Where the number was found': 'the city’s web page',
  }; // biome-ignore format: a form
  const dialog = page.getByRole('dialog');
  for (const [label, text] of Object.entries(fields)) await dialog.getByLabel(label, { exact: true }).fill(text);
  await stone.picture('agency-form');
  await page.getByRole('button', { name: 'Put it into the draft' }).click();
  await page.getByRole('button', { name: 'Propose these changes' }).click();
  await page.getByText('a number with its country').waitFor();
  await page.getByRole('button', { name: 'Change Harbour Police, “Example”' }).click();
  await dialog.getByLabel('Number of its switchboard', { exact: true }).fill('+15755550177');
  await page.getByRole('button', { name: 'Put it into the draft' }).click();
  await stone.picture('directory-draft');
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: 'Propose these changes' }).click();
  await page.getByText('ag-harbour is new').waitFor();

  await reyes.opens('/directory');
  await reyes.page.getByText('ag-harbour is new').waitFor();
  await reyes.settles();
  await reyes.signs('Approve the change');
  await reyes.page.locator('td', { hasText: 'harbour.example.gov' }).first().waitFor();
  await reyes.page.getByRole('heading', { name: 'In force: version 2' }).waitFor();
});

test('the ledger holds what was done', async () => {
  // The server lets the house go a moment after the last act.
  await new Promise((done) => setTimeout(done, 2000));
  const entries = house.run('ledger', 'show', '--last', '200', '--json').json() as unknown as {
    entries: { act: string; result?: string }[];
  };
  for (const one of [
    'request.verify',
    'request.review',
    'request.decide',
    'request.approve',
    'notice.send',
    'produce.check',
    'produce.package',
  ]) {
    assert.ok(
      entries.entries.some(({ act: name }) => name === one),
      one,
    );
  }
});
