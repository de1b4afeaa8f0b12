/** Getting in, as people do: the first person, an invited one, a password and a code, and a thief with a cookie. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { generateSync } from 'otplib';
import { type Office, office } from '../command.ts';
import { axe } from './axe.ts';
import { type Desk, deskOn, type Person, personAt } from './person.ts';

let house: Office;
let desk: Desk;
let alder: Person;

before(async () => {
  house = office();
  desk = await deskOn(house.data);
});
after(async () => {
  await desk?.[Symbol.asyncDispose]();
  house?.[Symbol.dispose]();
});

test('the first person enters with the code the server printed, and makes a passkey', async () => {
  alder = await desk.enters('R. Alder');
  await alder.picture('first-start');
  await alder.opens('/people');
  await alder.page.getByText('1 passkey').waitFor();
  assert.deepEqual(alder.trouble, []);
});

test('the code lets nobody in a second time', async () => {
  const thief = await personAt(desk.browser, desk.url, 'thief');
  await thief.page.goto(`${desk.url}#code=${desk.served.firstCode}`);
  await thief.page.getByRole('button', { name: 'Make a passkey' }).click();
  await thief.page.getByRole('alert').getByText('This code is not one').waitFor();
  await thief.context.close();
});

test('inviting is signed; the invited person enters, signs out, and comes back by passkey', async () => {
  await alder.opens('/people');
  await alder.page.getByLabel('Name').fill('T. Reyes');
  await alder.page.getByLabel('Role to begin with').selectOption('releaser');
  await alder.signs('Invite');
  const code = await alder.page.getByRole('status').locator('code').textContent();
  const reyes = await personAt(desk.browser, desk.url, 'T. Reyes');
  await reyes.page.goto(`${desk.url}#code=${code}`);
  await reyes.page.getByRole('button', { name: 'Make a passkey' }).click();
  await reyes.page.getByRole('heading', { name: 'Good day, T. Reyes' }).waitFor();
  await reyes.page.reload();
  await reyes.page.getByRole('heading', { name: 'Good day, T. Reyes' }).waitFor();
  await reyes.page.getByRole('button', { name: 'Sign out' }).click();
  await reyes.page.getByRole('button', { name: 'Enter with your passkey' }).click();
  await reyes.page.getByRole('heading', { name: 'Good day, T. Reyes' }).waitFor();
  await reyes.opens('/people');
  await reyes.page.getByText('None of your roles opens this page').waitFor();
  assert.deepEqual(reyes.trouble, []);
  await reyes.context.close();
});

test('where no passkey can be used, a password and a code do', async () => {
  await alder.opens('/people');
  await alder.page.getByLabel('Name').fill('M. Stone');
  await alder.page.getByLabel('Role to begin with').selectOption('reviewer');
  await alder.signs('Invite');
  await alder.page.getByText('M. Stone is on the roll').waitFor();
  const code = await alder.page.getByRole('status').locator('code').textContent();
  const stone = await personAt(desk.browser, desk.url, 'M. Stone');
  await stone.page.goto(`${desk.url}#code=${code}`);
  await stone.page.getByRole('button', { name: 'This device has no passkey' }).click();
  await stone.page.getByLabel('A password').fill('a long sentence, known to one');
  await stone.page.getByRole('button', { name: 'Go on' }).click();
  const secret = (await stone.page.locator('dd.mono').textContent())!;
  await stone.page.getByLabel('Code of your authenticator').fill(generateSync({ secret }));
  await stone.page.getByRole('button', { name: 'Enter', exact: true }).click();
  await stone.page.getByRole('heading', { name: 'Good day, M. Stone' }).waitFor();
  await stone.context.close();

  const guess = await personAt(desk.browser, desk.url, 'guess');
  await guess.page.goto(desk.url);
  await guess.page.getByRole('button', { name: 'Enter with a password instead' }).click();
  await guess.page.getByLabel('Your name').fill('M. Stone');
  await guess.page.getByLabel('Code of your authenticator').fill('000000');
  for (let count = 0; count < 5; count++) {
    await guess.page.getByLabel('Password').fill(`guess number ${count}`);
    await guess.page.getByRole('button', { name: 'Enter', exact: true }).click();
    await guess.page.getByRole('alert').getByText('do not belong together').waitFor();
    await guess.page.getByRole('button', { name: 'Enter', exact: true }).and(guess.page.locator(':enabled')).waitFor();
  }
  await guess.page.getByRole('button', { name: 'Enter', exact: true }).click();
  await guess.page.getByRole('alert').getByText('Too many attempts').waitFor();
  await guess.context.close();
});

test('a stolen cookie neither reads nor acts', async () => {
  const cookies = await alder.context.cookies();
  const stolen = cookies.find(({ name }) => name === '__Host-fourcorners')!;
  assert.ok(stolen.httpOnly && stolen.secure && stolen.sameSite === 'Strict');
  const thief = await personAt(desk.browser, desk.url, 'thief');
  await thief.context.addCookies([stolen]);
  await thief.page.goto(desk.url);
  // The thief's browser knows the cookie and not the key: to the server nobody is in.
  await thief.page.getByRole('button', { name: 'Enter with your passkey' }).waitFor();
  const answers = await thief.page.evaluate(async () => {
    const asked = [];
    for (const path of ['/api/person/list', '/api/matter/list', '/api/request/approve', '/entry/me', '/tickets']) {
      const answer = await fetch(path, {
        method: 'POST',
        body: '{}',
        headers: { 'x-at': String(Date.now()), 'x-once': 'x'.repeat(24), 'x-signature': 'AA' },
      });
      asked.push({ path, status: answer.status, text: await answer.text() });
    }
    return asked;
  });
  for (const { path, status, text } of answers) {
    assert.equal(status, 401, path);
    assert.equal((JSON.parse(text) as { code: string }).code, 'entry/signed-out');
  }
  // A request of the rightful browser, sent once more, is not taken either.
  const copied = await new Promise<{ headers: Record<string, string>; body: string }>((done) => {
    alder.page.once(
      'request',
      (request) => void request.allHeaders().then((headers) => done({ headers, body: request.postData() ?? '' })),
    );
    void alder.opens('/you');
  });
  const again = await thief.page.evaluate(async ({ headers, body }) => {
    const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-')));
    return (await fetch('/api/session/list', { method: 'POST', body, headers: kept })).status;
  }, copied);
  assert.equal(again, 401);
  await thief.context.close();
  await alder.opens('/people');
  await alder.page.getByText('1 passkey').first().waitFor();
});

test('the pages of everyone have nothing for axe to find', async () => {
  for (const path of ['/', '/you', '/people', '/matters']) {
    await alder.opens(path);
    await alder.page.waitForTimeout(200);
    assert.deepEqual(await axe(alder.page), [], path);
  }
});
