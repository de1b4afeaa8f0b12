/** The server is killed in the middle of an act and started again: nothing acknowledged is lost, and the page says what happened. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { type Office, office } from '../command.ts';
import { type Person, personAt, startBrowser } from './person.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const PORT = 18_000 + (process.pid % 2000);
const URL_ = `http://localhost:${PORT}/`;

let house: Office;
let browser: Browser;
let server: ChildProcess;
let alder: Person;
let matter = '';
let instrument = '';

async function start(): Promise<string> {
  server = spawn(process.execPath, [MAIN, '--data', house.data, 'serve', '--port', String(PORT)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  return await new Promise((done, failed) => {
    server.stderr!.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('Ctrl-C')) done(/#code=(\S+)/.exec(said)?.[1] ?? '');
    });
    server.once('exit', () => failed(new Error(said)));
  });
}

const kill = () =>
  new Promise<void>((done) => {
    server.removeAllListeners('exit');
    server.once('exit', () => done());
    server.kill('SIGKILL');
  });

before(async () => {
  house = office();
  const paper = {
    kind: 'US-WARRANT', number: '1', servedOn: 'Example', issuedOn: '2017-04-03', purpose: 'a story', issuer: { name: 'Example Court', role: 'magistrate judge' },
    items: [{ target: { type: 'account-id', value: '42' }, categories: ['DC-02'], began: '2017-02-01T00:00:00Z', ended: '2017-04-01T00:00:00Z' }],
  }; // biome-ignore format: a paper
  ({ matter, instrument } = house.matterWith(paper));
  const code = await start();
  browser = await startBrowser();
  alder = await personAt(browser, URL_, 'R. Alder');
  await alder.page.goto(`${URL_}#code=${code}`);
  await alder.page.getByLabel('Your name').fill('R. Alder');
  await alder.page.getByRole('button', { name: 'Make a passkey' }).click();
  await alder.page.getByRole('heading', { name: 'Good day, R. Alder' }).waitFor();
});
after(async () => {
  await browser?.close();
  server?.kill('SIGKILL');
  house?.[Symbol.dispose]();
});

test('killed while an import is read: the page waits, then says it was not done; nothing half is there', async () => {
  const rows = Array.from(
    { length: 400_000 },
    (_, row) => `42,${new Date(Date.UTC(2017, 1, 1) + row * 9000).toISOString()},203.0.113.${row % 250}`,
  );
  const table = house.path('logins.csv');
  writeFileSync(table, `account,at,ip\n${rows.join('\n')}\n`);
  await alder.opens(`/matters/${matter}/import`);
  await alder.page.getByLabel('The paper it answers').selectOption(instrument);
  await alder.page.locator('input[type=file]').first().setInputFiles(table);
  await alder.page.locator('summary', { hasText: 'The profile as text' }).click({ timeout: 60_000 });
  const columns = { account: { role: 'account', type: 'account-id' }, at: { role: 'time' }, ip: { role: 'ip' } };
  await alder.page.getByLabel('What its columns mean').fill(
    JSON.stringify({
      profile: 'story',
      title: 'Story',
      format: 'table',
      kind: 'session',
      category: 'DC-02',
      columns,
    }),
  );
  await alder.page.getByRole('button', { name: 'Import', exact: true }).click();
  await alder.page
    .getByRole('status')
    .getByText(/Reading/)
    .waitFor();
  await alder.page.waitForTimeout(500);
  await kill();
  await start();
  await alder.page
    .getByRole('alert')
    .getByText(/not done. Nothing of it was kept|Nothing was imported|was interrupted/)
    .waitFor({ timeout: 60_000 });
  await alder.picture('interrupted');
  await alder.opens(`/matters/${matter}`);
  await alder.page.getByText('Nothing was imported yet.').waitFor({ timeout: 30_000 });
});

test('killed again and again between notes: every note that was acknowledged is there, once', async () => {
  await alder.opens(`/matters/${matter}/work`);
  await alder.page.getByRole('heading', { name: 'Notes', exact: true }).waitFor();
  const acknowledged: string[] = [];
  for (let round = 0; round < 3; round++) {
    for (let note = 0; note < 3; note++) {
      const text = `note ${round}-${note}`;
      await alder.page.getByLabel('A note').fill(text);
      await alder.page.getByRole('button', { name: 'Keep the note' }).click();
      await alder.page.locator('.notes').getByText(text, { exact: true }).waitFor();
      acknowledged.push(text);
    }
    await kill();
    await start();
  }
  await alder.page.reload();
  await alder.page.locator('.notes li').first().waitFor({ timeout: 30_000 });
  const shown = await alder.page.locator('.notes li p:first-child').allTextContents();
  assert.deepEqual(shown, acknowledged);
});

test('while the server is away, an act waits for it; what was typed stays', async () => {
  await alder.page.getByLabel('A note').fill('written while nobody listens');
  await kill();
  await alder.page.getByRole('button', { name: 'Keep the note' }).click();
  await alder.page.waitForTimeout(1500);
  await start();
  await alder.page.getByRole('alert').getByText('not done').waitFor({ timeout: 60_000 });
  assert.equal(await alder.page.getByLabel('A note').inputValue(), 'written while nobody listens');
  await alder.page.getByRole('button', { name: 'Keep the note' }).click();
  await alder.page.locator('.notes').getByText('written while nobody listens').waitFor();
});
