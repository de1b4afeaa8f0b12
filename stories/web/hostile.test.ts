/** Hostile text in demands, papers, names and notes: nothing of it runs, leaves, opens or breaks a page; what is too much is refused in words. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { demoInbox } from '../../src/desk/demo-provider.ts';
import { matterCreate } from '../../src/desk/matter.ts';
import { perform } from '../../src/desk/perform.ts';
import { requestReceive } from '../../src/desk/request-receive.ts';
import { sampleMatter } from '../../src/sample/matter.ts';
import { demand } from '../../src/sample/provider-desk.ts';
import { type Office, office } from '../command.ts';
import { type Desk, deskOn, type Person, personAt, SIZES } from './person.ts';

const RUNS = '<img src=x onerror="alert(1)"><script>fetch(`https://elsewhere.example/`)</script>';
const FORMULA = '=HYPERLINK("https://elsewhere.example")';
const TURNED = 'payment\u202efdp.exe';
const UNBROKEN = 'x'.repeat(19_000);
const TEN_MB = 'n'.repeat(10 << 20);

let house: Office;
let desk: Desk;
let stone: Person;
let request = '';

before(async () => {
  house = office();
  const sample = await sampleMatter(42);
  const { matter } = (await perform(matterCreate, { name: RUNS }, { dir: house.data, actor: 'R. Alder' })) as {
    matter: string;
  };
  mkdirSync(house.path('sample'));
  const { codes } = await demoInbox(house.path('sample'), house.data, sample, matter);
  const order = demand({ issuedOn: '2026-11-20', returnOn: '2027-01-20' });
  const hostile = {
    ...order,
    requester: { ...order.requester, agencyName: RUNS, officer: TURNED },
    instrument: { ...order.instrument, issuerName: UNBROKEN, caseNo: RUNS },
    items: order.items!.map((item) => ({ ...item, rawText: `${RUNS}${UNBROKEN}` })),
    basis: { ...order.basis, facts: RUNS, nexus: UNBROKEN, purpose: FORMULA },
  };
  writeFileSync(house.path('hostile.json'), JSON.stringify(hostile));
  writeFileSync(house.path(`${'paper '.repeat(30)}<b>.txt`), RUNS);
  ({ request } = (await perform(
    requestReceive,
    { file: house.path('hostile.json'), document: [house.path(`${'paper '.repeat(30)}<b>.txt`)] },
    { dir: house.data, actor: 'C. Hale' },
  )) as { request: string });
  desk = await deskOn(house.data);
  stone = await personAt(desk.browser, desk.url, 'M. Stone');
  await stone.page.goto(`${desk.url}#code=${codes.find(({ name }) => name === 'M. Stone')!.code}`);
  await stone.page.getByRole('button', { name: 'Make a passkey' }).click();
  await stone.page.getByRole('heading', { name: 'Good day, M. Stone' }).waitFor();
});
after(async () => {
  await desk?.[Symbol.asyncDispose]();
  house?.[Symbol.dispose]();
});

/** Nothing that is not the page's own, and nothing wider than the window. */
async function isCalm(where: string): Promise<void> {
  for (const [name, size] of Object.entries(SIZES)) {
    await stone.page.setViewportSize(size);
    const wide = (await stone.page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )) as number;
    assert.ok(wide <= 1, `${where} is ${wide} pixels too wide at ${name}`);
  }
  await stone.page.setViewportSize(SIZES.wide);
  assert.equal(
    await stone.page.locator('main script, main img:not([src="/mark.svg"]), main [onerror]').count(),
    0,
    where,
  );
  assert.deepEqual(stone.trouble, [], where);
}

test('a hostile demand is listed and read as text', async () => {
  await stone.opens('/requests');
  await stone.settles();
  await stone.page.getByText(request).first().waitFor();
  await isCalm('the inbox');
  await stone.opens(`/requests/${request}`);
  await stone.settles();
  await stone.page.getByText('⟨U+202E⟩').first().waitFor();
  await stone.page.getByText('<script>').first().waitFor();
  await isCalm('the request');
  await stone.picture('hostile-request');
  await stone.page.getByRole('button', { name: 'Read' }).first().click();
  await stone.page.locator('pre.paper').waitFor();
  await isCalm('its paper');
});

test('every page beside it stays calm too', async () => {
  await stone.opens(`/requests/${request}`);
  for (const path of ['/waiting', '/preservation', '/notices', '/transparency', '/directory']) {
    await stone.opens(path);
    await stone.settles();
    await isCalm(path);
  }
});

/** A file as a page is given it, with a name no disk would take. */
async function gives(label: string, name: string, content: string): Promise<void> {
  const given = JSON.stringify([label, name, content]).replaceAll('</', '<\\/');
  await stone.page.evaluate(`(() => {
    const [label, called, text] = ${given};
    const pick = [...document.querySelectorAll('.pick')].find((one) => one.textContent.includes(label));
    const input = pick.querySelector('input[type=file]');
    const list = new DataTransfer();
    list.items.add(new File([text], called));
    input.files = list.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  })()`);
}

test('a name of ten megabytes is refused in words that fit the page', async () => {
  await stone.opens('/verify');
  await gives('A package', `${TEN_MB}.fcp`, 'nothing');
  await stone.page.getByRole('button', { name: 'Check it' }).click();
  await stone.page.getByRole('alert').getByText('Give it a shorter name').waitFor();
  await isCalm('verify');
  await gives('A package', `${RUNS.replaceAll('/', '')}${TURNED}.fcp`, RUNS);
  await stone.page.getByRole('button', { name: 'Check it' }).click();
  await stone.settles();
  await isCalm('verify, with a hostile name');
});

test('ten megabytes where words are asked for are refused, and the page goes on', async () => {
  await stone.opens('/attribution');
  await stone.settles();
  await stone.opens('/requests');
  const refused = (await stone.page.evaluate(
    `fetch('/api/request/list', { method: 'POST', body: JSON.stringify({ state: 'n'.repeat(${10 << 20}) }), headers: { 'content-type': 'application/json' } }).then((answer) => answer.json())`,
  )) as { code: string };
  assert.match(refused.code, /^(http\/too-large|entry\/signed-out)$/);
  const form = JSON.parse(JSON.stringify(demand({ issuedOn: '2026-11-20', returnOn: '2027-01-20' })));
  form.requester.agencyName = TEN_MB;
  writeFileSync(house.path('huge.json'), JSON.stringify(form));
  await assert.rejects(
    perform(requestReceive, { file: house.path('huge.json') }, { dir: house.data, actor: 'C. Hale' }),
    (error: Error) =>
      /agencyName|agency/.test(error.message) && /at most/.test(error.message) && error.message.length < 2000,
  );
  await stone.settles();
  await isCalm('the inbox, afterwards');
});
