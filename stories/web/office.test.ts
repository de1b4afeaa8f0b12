/** Entering by an office's own sign-in: linked by who is in, used by nobody else, and no way to sign an act. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { serve } from '../../src/http/serve.ts';
import { type Office, office } from '../command.ts';
import { type OfficeServer, startOffice } from '../servers/office.ts';
import { type Desk, deskOn, type Person, personAt } from './person.ts';

let house: Office;
let identity: OfficeServer;
let desk: Desk;
let alder: Person;
let declaration: string;

before(async () => {
  house = office();
  identity = await startOffice();
  process.env['STORY_OIDC_SECRET'] = identity.secret;
  declaration = house.path('oidc.json');
  const { issuer, clientId } = identity;
  writeFileSync(
    declaration,
    JSON.stringify({ issuer, clientId, clientSecretVariable: 'STORY_OIDC_SECRET', name: 'Example House' }),
  );
  desk = await deskOn(house.data, 0, declaration);
});
after(async () => {
  await desk?.[Symbol.asyncDispose]();
  await identity?.[Symbol.asyncDispose]();
  house?.[Symbol.dispose]();
});

/** The office is another host by its nature; everything else that is asked of one is trouble. */
const trouble = ({ trouble: all }: Person) =>
  all.filter((line) => !line.startsWith(`request: ${identity.issuer}/authorize`));

test('who is in links the office’s sign-in, and comes back by it', async () => {
  alder = await desk.enters('R. Alder');
  await alder.opens('/you');
  await alder.page.getByRole('button', { name: 'Link Example House' }).click();
  await alder.page.getByText('Example House is linked to you').waitFor();
  await alder.picture('office-linked');
  await alder.page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await alder.page.getByRole('button', { name: 'Enter by Example House' }).click();
  await alder.page.getByRole('heading', { name: 'Good day, R. Alder' }).waitFor();
  await alder.opens('/you');
  await alder.page.getByRole('cell', { name: 'office', exact: true }).waitFor();
  assert.deepEqual(trouble(alder), []);
});

test('an act that is signed is signed by passkey all the same', async () => {
  await alder.opens('/people');
  await alder.page.getByLabel('Name').fill('T. Reyes');
  await alder.page.getByLabel('Role to begin with').selectOption('releaser');
  await alder.signs('Invite');
  await alder.page.getByRole('status').locator('code').waitFor();
});

test('another subject is let in nowhere, and cannot be linked twice', async () => {
  identity.subject = 'person-2';
  const stranger = await personAt(desk.browser, desk.url, 'stranger');
  await stranger.page.goto(desk.url);
  await stranger.page.getByRole('button', { name: 'Enter by Example House' }).click();
  await stranger.page.getByRole('alert').getByText('nobody here is linked to that').waitFor();
  await stranger.context.close();
  identity.subject = 'person-1';
  const quill = await desk.enters('D. Quill', 'clerk');
  await quill.opens('/you');
  await quill.page.getByRole('button', { name: 'Link Example House' }).click();
  await quill.page.getByRole('alert').getByText('That is another person’s').waitFor();
  await quill.context.close();
});

test('a token that lies about its nonce, issuer, audience or time lets nobody in', async () => {
  const thief = await personAt(desk.browser, desk.url, 'thief');
  for (const lies of [{ nonce: 'other' }, { iss: 'https://elsewhere.example' }, { aud: 'other' }, { exp: 1 }]) {
    identity.lies = lies;
    await thief.page.goto(desk.url);
    await thief.page.getByRole('button', { name: 'Enter by Example House' }).click();
    await thief.page.getByText('did not vouch for anyone').waitFor();
  }
  identity.lies = {};
  await thief.context.close();
});

test('what one browser began no other ends: a link sent by a thief lets nobody in', async () => {
  const victim = await personAt(desk.browser, desk.url, 'victim');
  // The thief goes the whole way and sends where it ended, with the ticket in it.
  const proof = 'A'.repeat(43);
  const begun = await fetch(`${desk.url}entry/office/begin`, {
    method: 'POST',
    headers: { origin: new URL(desk.url).origin, 'content-type': 'application/json' },
    body: JSON.stringify({ proof }),
  });
  const { url } = (await begun.json()) as { url: string };
  const vouched = await fetch(url, { redirect: 'manual' });
  const back = await fetch(vouched.headers.get('location')!, { redirect: 'manual' });
  const ended = back.headers.get('location')!;
  assert.match(ended, /#office=/);
  await victim.page.goto(ended);
  await victim.page.getByRole('alert').getByText('It was not begun in this browser').waitFor();
  assert.equal((await victim.context.cookies()).length, 0);
  // And the same way back is good once.
  const again = await fetch(vouched.headers.get('location')!, { redirect: 'manual' });
  await victim.page.goto('about:blank');
  await victim.page.goto(again.headers.get('location')!);
  await victim.page.getByRole('alert').getByText('It took too long, or was not begun here').waitFor();
  await victim.context.close();
});

test('a declaration that is wrong is named, and an issuer elsewhere without TLS is not taken', async () => {
  const wrong = house.path('wrong.json');
  for (const [said, why] of [
    [{ issuer: 'http://desk.example', clientId: 'x', name: 'X' }, /only over https/],
    [{ issuer: 'https://desk.example', name: 'X' }, /clientId/],
  ] as const) {
    writeFileSync(wrong, JSON.stringify(said));
    await assert.rejects(serve({ dir: house.data, port: 0, oidc: wrong }), why);
  }
});
