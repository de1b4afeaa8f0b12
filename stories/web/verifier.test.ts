/** A judge with a stick: the verifier as one file, opened from a disk, with the network off. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { LAB } from '../../src/package/example.ts';
import { memory, saved, sealedBytes } from '../../src/package/example-package.ts';
import { verifierHtml } from '../../web/verifier/build.ts';
import { axe } from './axe.ts';
import { SIZES, startBrowser } from './person.ts';

let browser: Browser;
let page: Page;
const trouble: string[] = [];

before(async () => {
  const stick = join(memory.path, 'stick');
  mkdirSync(stick);
  const file = join(stick, 'verifier.html');
  const html = await verifierHtml();
  assert.equal(html, await verifierHtml(), 'the same bytes each time');
  writeFileSync(file, html);
  browser = await startBrowser();
  const context = await browser.newContext({ viewport: SIZES.wide });
  await context.setOffline(true);
  page = await context.newPage();
  page.on('request', (request) => {
    if (!/^(file|blob|data):/.test(request.url())) trouble.push(request.url());
  });
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('dialog', (dialog) => {
    trouble.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(pathToFileURL(file).href);
});
after(async () => await browser?.close());

const check = async (files: string | { name: string; mimeType: string; buffer: Buffer }, identity?: string) => {
  await page.locator('#file').setInputFiles(files as string);
  await page.locator('#identity').setInputFiles(identity === undefined ? [] : identity);
  await page.getByRole('button', { name: 'Check it' }).click();
  await page.locator('#working').filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
  return await page.locator('#verdict h2').textContent();
};

test('a sealed package is opened with the recipient’s key and verified, each fact shown', async () => {
  const identity = saved(Buffer.from(LAB.identity), '.txt');
  const sealed = saved(sealedBytes, '.fcp');
  assert.equal(await check(sealed), 'INCOMPLETE');
  assert.equal(await check(sealed, identity), 'VERIFIED');
  await page.getByText('shows only that it agrees with itself').waitFor();
  assert.ok((await page.locator('#verdict li').count()) >= 5);
  assert.deepEqual(await axe(page), []);
  mkdirSync(new URL('../../artefacts/web/', import.meta.url), { recursive: true });
  await page.screenshot({
    path: new URL('../../artefacts/web/stick-verifier.png', import.meta.url).pathname,
    fullPage: true,
  });
});

test('a package of which one byte was changed is not', async () => {
  const bytes = Buffer.from(sealedBytes);
  bytes[bytes.length - 40]! ^= 1;
  assert.equal(await check(saved(bytes, '.fcp'), saved(Buffer.from(LAB.identity), '.txt')), 'NOT VERIFIED');
});

test('a hostile name is a text like any other', async () => {
  const buffer = Buffer.from('PK not a zip');
  assert.equal(
    await check({ name: '<img src=x onerror=alert(1)>\u202e.fcp', mimeType: 'application/octet-stream', buffer }),
    'NOT VERIFIED',
  );
  assert.match((await page.locator('#chosen').textContent())!, /⟨U\+202E⟩/);
  assert.equal(await page.locator('img').count(), 0);
});

test('nothing was asked of any network, and nothing ran that was not the verifier’s own', () => {
  assert.deepEqual(trouble, []);
});
