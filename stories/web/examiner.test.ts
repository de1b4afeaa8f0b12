/** The sample matter in the browser, from the paper to the printed report, by two people. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { type SampleMatter, sampleMatter } from '../../src/sample/matter.ts';
import { type Office, office } from '../command.ts';
import { axe } from './axe.ts';
import { type Desk, deskOn, type Person } from './person.ts';

let house: Office;
let desk: Desk;
let sample: SampleMatter;
let alder: Person;
let quill: Person;
let matter = '';

const file = (name: string, bytes: string | Uint8Array) => {
  const path = house.path(name);
  writeFileSync(path, bytes);
  return path;
};

before(async () => {
  house = office();
  sample = await sampleMatter(42);
  desk = await deskOn(house.data);
  alder = await desk.enters('R. Alder');
});
after(async () => {
  await desk?.[Symbol.asyncDispose]();
  house?.[Symbol.dispose]();
});

test('a matter is opened, and a second person is admitted to it', async () => {
  await alder.opens('/matters');
  await alder.page.getByText('You work in no matter yet').waitFor();
  await alder.page.getByLabel('What people will call it').fill('Transfers from Doña Ana County');
  await alder.page.getByRole('button', { name: 'Open it' }).click();
  await alder.page.getByRole('heading', { name: 'Transfers from Doña Ana County' }).waitFor();
  matter = new URL(alder.page.url()).pathname.split('/')[2]!;
  quill = await desk.enters('D. Quill', 'examiner', matter);
  assert.deepEqual(await axe(alder.page), []);
});

test('papers are added by one and approved by another; who added one cannot approve it', async () => {
  for (const paper of sample.instruments) {
    await alder.opens('/matters');
    await alder.opens(`/matters/${matter}`);
    await alder.page.getByText('Add a paper').click();
    await alder.page
      .locator('input[type=file]')
      .first()
      .setInputFiles(file(`instrument-${paper.number}.json`, JSON.stringify(paper)));
    await alder.page.getByRole('button', { name: 'Add it' }).click();
    await alder.page.getByRole('heading', { name: paper.number! }).waitFor();
  }
  await alder.page.getByRole('button', { name: 'Approve, as a second person' }).first().click();
  await alder.page.getByRole('button', { name: 'Sign with your passkey' }).click();
  await alder.page.getByRole('alert').getByText('instrument/same-person').waitFor();
  await quill.opens(`/matters/${matter}`);
  for (let left = sample.instruments.length; left > 0; left--) {
    await quill.page.getByRole('button', { name: 'Approve, as a second person' }).first().click();
    await quill.page.getByRole('button', { name: 'Sign with your passkey' }).click();
    await quill.settles();
    // The page shows it as approved before the next one is: on a busy machine that takes its time.
    await quill.page
      .getByRole('button', { name: 'Approve, as a second person' })
      .nth(left - 1)
      .waitFor({ state: 'detached' });
  }
  assert.equal(await quill.page.getByText('not approved yet').count(), 0);
});

test('returns are sent, recognised, imported and accounted for to the last row; a wrong one is taken back', async () => {
  let first = true;
  for (const { name, bytes, instrument, withProfile } of sample.files) {
    await alder.opens('/matters');
    await alder.opens(`/matters/${matter}/import`);
    await alder.page.getByLabel('The paper it answers').waitFor();
    const option = await alder.page.locator('option', { hasText: instrument }).first().getAttribute('value');
    await alder.page.getByLabel('The paper it answers').selectOption(option!);
    await alder.page.locator('input[type=file]').first().setInputFiles(file(name, bytes));
    await alder.page.getByRole('button', { name: 'Import', exact: true }).waitFor();
    if (withProfile) {
      await alder.page.locator('summary', { hasText: 'The profile as text' }).click();
      const profile = alder.page.getByLabel('What its columns mean');
      await profile.waitFor();
      // It is shown as it is typed whether the profile can be used, and how the first rows would be read; no cell is.
      await profile.fill('{ "profile": "Not yet" }');
      await alder.page.getByText('It cannot be used yet').waitFor();
      await profile.fill(JSON.stringify(sample.profile, null, 2));
      await alder.page.getByText(/^\d+ of \d+ rows become records\./).waitFor();
      await alder.page.getByText('It cannot be used yet').waitFor({ state: 'detached' });
      // Or column by column in words: what is chosen stands in the text, and the other way round.
      const holds = alder.page.getByLabel('Status holds', { exact: true });
      const before = await profile.inputValue();
      await holds.selectOption({ label: 'not said: kept as a source field' });
      assert.ok(!('Status' in (JSON.parse(await profile.inputValue()) as { columns: object }).columns));
      await holds.selectOption({ label: 'how it ended' });
      await holds.scrollIntoViewIfNeeded();
      await alder.picture('import-columns');
      await alder.picture('import-columns', 'narrow');
      assert.equal((JSON.parse(await profile.inputValue()) as { columns: Record<string, { role: string }> }).columns['Status']!.role, 'status'); // biome-ignore format: one look
      // Reloaded in the middle, with the file picked again, the mapping goes on where it was.
      await alder.page.reload();
      await alder.page.getByLabel('The paper it answers').selectOption(option!);
      await alder.page.locator('input[type=file]').first().setInputFiles(file(name, bytes));
      await holds.waitFor();
      assert.equal(await alder.page.getByLabel('MTCN holds', { exact: true }).inputValue(), 'reference');
      await alder.page.locator('summary', { hasText: 'The profile as text' }).click();
      assert.match(await profile.inputValue(), /western-union-workbook/);
      await profile.fill(before);
      await alder.page.getByText(/^\d+ of \d+ rows become records\./).waitFor();
      await alder.page.getByRole('region', { name: 'Columns, what they hold, and how they are written' }).waitFor();
      assert.deepEqual(await axe(alder.page), []);
      await alder.picture('import-profile');
      await alder.picture('import-profile', 'narrow');
    }
    await alder.page.getByRole('button', { name: 'Import', exact: true }).click();
    await alder.page.getByRole('heading', { name: 'Receipt' }).waitFor({ timeout: 60_000 });
    const sum = (await alder.page.locator('.sum').textContent())!;
    const [seen, ...parts] = [...sum.matchAll(/[\d,]+/g)].map(([digits]) => Number(digits.replaceAll(',', '')));
    assert.equal(
      seen,
      parts.reduce((all, one) => all + one, 0),
      sum,
    );
    if (first) {
      await alder.picture('receipt');
      await alder.page.getByRole('button', { name: 'Take this import back' }).click();
      await alder.page.getByRole('button', { name: 'Sign with your passkey' }).click();
      await alder.page.getByText('The import was taken back.').waitFor();
      await alder.page.locator('input[type=file]').first().setInputFiles(house.path(name));
      await alder.page.getByRole('button', { name: 'Import', exact: true }).click();
      await alder.page.getByRole('heading', { name: 'Receipt' }).waitFor({ timeout: 60_000 });
      first = false;
    }
  }
  assert.deepEqual(await axe(alder.page), []);
});

test('the matter shows what arrived and what was sealed, as counts', async () => {
  await alder.opens('/matters');
  await alder.opens(`/matters/${matter}`);
  await alder.page.getByRole('heading', { name: 'What was sealed, and why' }).waitFor();
  for (const size of ['wide', 'middle', 'narrow'] as const) await alder.picture('matter', size);
  assert.deepEqual(await axe(alder.page), []);
});

test('a question is asked; its answer comes with its limits, and two findings stand beside each other', async () => {
  await alder.opens(`/matters/${matter}/ask`);
  for (const asks of ['timeline', 'hours']) {
    await alder.page.getByLabel('Question').selectOption(asks);
    await alder.page.getByRole('button', { name: 'Ask', exact: true }).click();
    await alder.page
      .getByRole('heading', { name: 'What it cannot show' })
      .or(alder.page.getByRole('alert'))
      .first()
      .waitFor({ timeout: 60_000 });
    assert.deepEqual(await alder.page.getByRole('alert').allTextContents(), []);
    await alder.settles();
  }
  for (const box of await alder.page.locator('.kept input[type=checkbox]').all())
    if (!(await box.isChecked())) await box.check();
  await alder.page.getByRole('heading', { name: 'Two findings beside each other' }).waitFor();
  for (const size of ['wide', 'narrow'] as const) await alder.picture('ask', size);
  assert.deepEqual(await axe(alder.page), []);
});

test('logins stand against leases on one clock; each explains itself, by keyboard too', async () => {
  await alder.opens(`/matters/${matter}/corroboration`);
  await alder.page.locator('svg .login').first().waitFor({ timeout: 60_000 });
  await alder.page.getByRole('group', { name: /^Logins by what the leases say/ }).focus();
  await alder.page.keyboard.press('ArrowRight');
  await alder.page.getByRole('heading', { name: /^Login / }).waitFor();
  await alder.page.getByRole('button', { name: 'Later' }).click();
  await alder.picture('corroboration');
  assert.deepEqual(await axe(alder.page), []);
});

test('notes and hypotheses are kept; a masked person is named only by a signed act with a reason', async () => {
  await alder.opens(`/matters/${matter}/work`);
  await alder.page.getByLabel('A note').fill('Ask the carrier for ports.');
  await alder.page.getByRole('button', { name: 'Keep the note' }).click();
  await alder.page.getByText('Ask the carrier for ports.').waitFor();
  // A colleague answers it; the answer stands below, with their name.
  await quill.opens(`/matters/${matter}/work`);
  await quill.page.getByRole('button', { name: 'Answer to note 1' }).click();
  await quill.page.getByLabel('Answer to note 1').fill('They were asked on Monday.');
  await quill.page.getByRole('button', { name: 'Keep the answer' }).click();
  await quill.page.locator('.answers').getByText('They were asked on Monday.').waitFor();
  await alder.opens(`/matters/${matter}`);
  await alder.opens(`/matters/${matter}/work`);
  await alder.page
    .locator('.answers')
    .getByText(/Note 2, D\. Quill/)
    .waitFor();
  await alder.page.locator('summary', { hasText: 'State them' }).click();
  await alder.page.getByLabel('The first proposition', { exact: true }).fill('The account holder made the logins.');
  await alder.page.getByLabel('The alternative', { exact: true }).fill('Another person with the password made them.');
  await alder.page.getByRole('button', { name: 'State them' }).click();
  await alder.page.getByRole('heading', { name: 'h-0001' }).waitFor();
  await alder.page.getByLabel('Number, as in person 7').fill('1');
  await alder.page.getByLabel('Why this person must be known').fill('Named in the second subpoena.');
  await alder.signs('Say who it is');
  await alder.page.getByRole('status').getByText('person 1').waitFor();
  await alder.page
    .getByRole('cell', { name: /^person reveal/ })
    .first()
    .waitFor();
  await alder.picture('work');
  assert.deepEqual(await axe(alder.page), []);
});

test('what is being written is there after a reload and after Back, and gone when its writer has signed out', async () => {
  const { page } = quill;
  await quill.opens(`/matters/${matter}/work`);
  await page.getByLabel('A note').fill('Half a thought about the second');
  await page.getByLabel('Label').fill('to do');
  await page.locator('summary', { hasText: 'State them' }).click();
  await page.getByLabel('The alternative', { exact: true }).fill('Someone else had the telephone.');
  await page.reload();
  await page.getByRole('heading', { name: 'Work' }).waitFor();
  assert.equal(await page.getByLabel('A note').inputValue(), 'Half a thought about the second');
  assert.equal(await page.getByLabel('Label').inputValue(), 'to do');
  assert.equal(
    await page.getByLabel('The alternative', { exact: true }).inputValue(),
    'Someone else had the telephone.',
  );

  await page.getByRole('link', { name: 'Report', exact: true }).click();
  await page.getByRole('button', { name: 'Add a text' }).click();
  await page.getByLabel('Heading').fill('What was asked');
  await page.goBack();
  await page.getByRole('heading', { name: 'Work' }).waitFor();
  assert.equal(await page.getByLabel('A note').inputValue(), 'Half a thought about the second');
  await page.goForward();
  await page.getByRole('button', { name: 'Keep this arrangement' }).waitFor();
  assert.equal(await page.getByLabel('Heading').inputValue(), 'What was asked');
  await page.locator('main textarea').first().fill('The order of the court, and why.');
  await page.getByRole('button', { name: 'Keep this arrangement' }).click();
  await page.getByText('Version 1, by D. Quill').waitFor();
  await page.reload();
  await page.getByLabel('Heading').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Keep this arrangement' }).isDisabled());

  // The session is gone while the page stands open: whoever comes in again finds what they wrote.
  await page.getByRole('link', { name: 'Work', exact: true }).click();
  await page.getByLabel('A note').fill('Written before the session ended');
  await quill.context.clearCookies();
  await page.getByRole('button', { name: 'Keep the note' }).click();
  await page.getByRole('button', { name: 'Enter with your passkey' }).click();
  await page.getByRole('heading', { name: 'Work' }).waitFor();
  assert.equal(await page.getByLabel('A note').inputValue(), 'Written before the session ended');

  const kept = () => page.evaluate(`Object.keys(sessionStorage).filter((slot) => slot.startsWith('draft'))`);
  assert.ok(((await kept()) as string[]).length > 1);
  await page.evaluate("sessionStorage.setItem('drafts of', 'somebody else')");
  await page.reload();
  await page.getByRole('heading', { name: 'Work' }).waitFor();
  assert.equal(await page.getByLabel('A note').inputValue(), '', 'another person’s is not shown');
  await page.getByLabel('A note').fill('Something again');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Enter with your passkey' }).waitFor();
  assert.deepEqual(await kept(), []);
});

test('the report is made, seen as it is printed, and kept', async () => {
  await alder.opens(`/matters/${matter}/report`);
  await alder.page.getByRole('button', { name: 'Make the report' }).click();
  const frame = alder.page.frameLocator('iframe');
  await frame.locator('h1').first().waitFor({ timeout: 120_000 });
  const [download] = await Promise.all([
    alder.page.waitForEvent('download'),
    alder.page.getByRole('button', { name: 'report.pdf' }).click(),
  ]);
  const pdf = house.path('report.pdf');
  await download.saveAs(pdf);
  await alder.picture('report');
  assert.deepEqual(alder.trouble, []);
  assert.deepEqual(quill.trouble, []);
});
