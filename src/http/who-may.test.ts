/** Every role, every operation, every matter, over HTTP: nothing is reached that the table does not name. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Words } from '../desk/desks.ts';
import { OPERATIONS } from '../desk/desks.ts';
import { matterCreate } from '../desk/matter.ts';
import { perform } from '../desk/perform.ts';
import { WHO_MAY } from '../desk/who-may.ts';
import { type Grant, ROLE_NAMES, ROLES, type Role } from '../entry/roles.ts';
import { type Browser, ORIGIN, type Server, server } from './browser.ts';

let desk: Server;
let own = '';
let other = '';
const ABSENT = 'm-0000000000';

before(async () => {
  desk = await server();
  const create = async (name: string) => {
    const { matter } = (await perform(matterCreate, { name }, { dir: desk.dir, actor: 'the lead of it' })) as {
      matter: string;
    };
    return matter;
  };
  own = await create('own');
  other = await create('other');
});
after(async () => await desk?.[Symbol.asyncDispose]());

const pathOf = (words: string) => `/api/${words.replaceAll(' ', '/')}`;
const bodyOf = async (answer: Response) =>
  (await answer.json()) as { code?: string; message?: string; facts?: unknown };
const inMatter = (role: Role) => ROLES[role].where === 'matter';

/** What the table says, read apart from the function that reads it. */
function expected(
  role: Role,
  words: Words,
  matter: 'own' | 'other' | 'absent' | null,
): 'reached' | 'not allowed' | 'not there' | 'nothing' {
  const { who } = WHO_MAY[words];
  if (who === 'nobody') return 'nothing';
  const works = inMatter(role) && matter === 'own';
  if (who === 'anyone') return matter === null || works ? 'reached' : 'not there';
  if (!who.includes(role)) return 'not allowed';
  return matter === null || works || !inMatter(role) ? 'reached' : 'not there';
}

for (const role of ROLE_NAMES) {
  test(`${role}: every operation, in their matter, in another, in one that is not there, and in none`, async () => {
    const grant: Grant = { role, matter: inMatter(role) ? own : null };
    const browser = await desk.browser(`a ${role}`, [grant]);
    for (const { words, input } of OPERATIONS) {
      const takes = Object.hasOwn(input.shape, 'matter');
      for (const which of takes ? (['own', 'other', 'absent'] as const) : [null]) {
        const matter = which === 'own' ? own : which === 'other' ? other : ABSENT;
        // Another field is wrong on purpose: whether an act is reached is decided before it is looked at.
        const given = { ...(which === null ? {} : { matter }), 'no such field': true };
        const answer = await browser.post(pathOf(words), given);
        const { code } = await bodyOf(answer);
        const label = `${role}: ${words} in ${which}`;
        const wanted = expected(role, words as Words, which);
        if (wanted === 'nothing') assert.equal(code, 'http/nothing-here', label);
        else if (wanted === 'not allowed') assert.equal(code, 'entry/not-allowed', label);
        else if (wanted === 'not there') assert.equal(code, 'matter/not-found', label);
        else assert.ok(['input/invalid', 'entry/sign-this'].includes(code!), `${label}: ${code}`);
      }
    }
  });
}

test('another matter’s id is answered as one that is not there, to the byte', async () => {
  const browser = await desk.browser('someone', [{ role: 'examiner', matter: own }]);
  for (const { words, input } of OPERATIONS.filter(({ input }) => Object.hasOwn(input.shape, 'matter'))) {
    void input;
    const said = async (matter: string) => {
      const answer = await browser.post(pathOf(words), { matter });
      const headers = [...answer.headers].filter(([name]) => name !== 'date');
      return { status: answer.status, headers, text: (await answer.text()).replaceAll(matter, 'M') };
    };
    assert.deepEqual(await said(other), await said(ABSENT), words);
  }
});

test('a person is shown their own matters and no other', async () => {
  const browser = await desk.browser('someone else', [{ role: 'examiner', matter: own }]);
  const { output } = (await (await browser.post('/api/matter/list', {})).json()) as {
    output: { matters: { matter: string }[] };
  };
  assert.deepEqual(
    output.matters.map(({ matter }) => matter),
    [own],
  );
});

test('a role that is taken away is gone at once, and so is the session', async () => {
  const browser = await desk.browser('a guest', [{ role: 'examiner', matter: own }]);
  assert.equal((await browser.post('/api/receipts', { matter: own })).status, 200);
  const person = await desk.keeper.within('a guest', async (house) => house.actor.pseudonym);
  desk.roll.revoke(person, { role: 'examiner', matter: own });
  assert.equal((await browser.post('/api/receipts', { matter: own })).status, 401);
});

const refusedAll = async (name: string, ask: (browser: Browser) => Promise<Response>, status = 401) => {
  const browser = await desk.browser(`${name} person`, [{ role: 'examiner', matter: own }]);
  const answer = await ask(browser);
  assert.equal(answer.status, status, name);
  assert.doesNotMatch(await answer.text(), /"output"/, name);
};

test('a request that is not signed by the browser that signed in is answered with nothing', async () => {
  const path = '/api/receipts';
  const body = Buffer.from(JSON.stringify({ matter: own }));
  const send = async (headers: Record<string, string>) =>
    await desk.app.request(`${ORIGIN}${path}`, {
      method: 'POST',
      body,
      headers: { host: 'localhost:8080', origin: ORIGIN, ...headers },
    });
  await refusedAll('no cookie', ({ signed }) => send(signed('POST', path, body)));
  await refusedAll('cookie alone', ({ cookie }) => send({ cookie }));
  await refusedAll('another key', async ({ cookie }) => {
    const thief = await desk.browser('a thief', []);
    return await send({ cookie, ...thief.signed('POST', path, body) });
  });
  await refusedAll('another body', ({ cookie, signed }) =>
    send({ cookie, ...signed('POST', path, Buffer.from('{}')) }),
  );
  await refusedAll('another path', ({ cookie, signed }) =>
    send({ cookie, ...signed('POST', '/api/instrument/list', body) }),
  );
  await refusedAll('another method', ({ cookie, signed }) => send({ cookie, ...signed('PUT', path, body) }));
  await refusedAll('an old time', ({ cookie, signed }) =>
    send({ cookie, ...signed('POST', path, body), 'x-at': String(Date.now() - 120_000) }),
  );
  await refusedAll('sent twice', async ({ cookie, signed }) => {
    const headers = { cookie, ...signed('POST', path, body) };
    assert.equal((await send(headers)).status, 200);
    return await send(headers);
  });
  await refusedAll(
    'from another page',
    ({ cookie, signed }) => send({ cookie, ...signed('POST', path, body), origin: 'https://elsewhere.example' }),
    422,
  );
  await refusedAll(
    'as the browser says, from elsewhere',
    ({ cookie, signed }) => send({ cookie, ...signed('POST', path, body), 'sec-fetch-site': 'cross-site' }),
    422,
  );
  await refusedAll(
    'under another name',
    ({ cookie, signed }) => send({ cookie, ...signed('POST', path, body), host: 'elsewhere.example' }),
    404,
  );
});

test('what is no plain input is refused with its reason, and is no fault of the program', async () => {
  const browser = await desk.browser('a clumsy one', [{ role: 'lead', matter: own }]);
  const raw = async (text: string) => {
    const body = Buffer.from(text);
    const path = '/api/note/add';
    const answer = await desk.app.request(`${ORIGIN}${path}`, {
      method: 'POST',
      body,
      headers: {
        host: 'localhost:8080',
        origin: ORIGIN,
        cookie: browser.cookie,
        ...browser.signed('POST', path, body),
      },
    });
    return { status: answer.status, code: (await bodyOf(answer)).code };
  };
  const deep = '['.repeat(40) + ']'.repeat(40);
  for (const text of [
    '',
    'null',
    '[]',
    '"x"',
    '{',
    '{"matter":"\\ud800"}',
    '{"a":1.5}',
    `{"a":${deep}}`,
    '{"a":1e400}',
    '\u00ff',
  ])
    assert.deepEqual(await raw(text), { status: 400, code: 'input/invalid' }, text.slice(0, 40));
  assert.deepEqual(await raw(`{"matter":"${own}","text":"${'x'.repeat(9 << 20)}"}`), {
    status: 413,
    code: 'http/too-large',
  });
  assert.equal((await raw(`{"matter":"${own}","text":"x","__proto__":{"polluted":true}}`)).code, 'input/invalid');
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
});

test('every answer carries the headers, errors and nothing among them', async () => {
  const answers = [
    await desk.app.request(`${ORIGIN}/`, { headers: { host: 'localhost:8080' } }),
    await desk.app.request(`${ORIGIN}/entry/state`, { headers: { host: 'localhost:8080' } }),
    await desk.app.request(`${ORIGIN}/api/receipts`, {
      method: 'POST',
      headers: { host: 'localhost:8080', origin: ORIGIN },
    }),
    await desk.app.request(`${ORIGIN}/written/nothing`, { headers: { host: 'localhost:8080' } }),
    await desk.app.request(`${ORIGIN}/api/receipts`, {
      method: 'DELETE',
      headers: { host: 'localhost:8080', origin: ORIGIN },
    }),
    await desk.app.request(`${ORIGIN}/`, { headers: { host: 'elsewhere.example' } }),
  ];
  for (const answer of answers) {
    const policy = answer.headers.get('content-security-policy')!;
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /script-src[^;]*unsafe|\*|https?:/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
    assert.match(answer.headers.get('cross-origin-opener-policy')!, /same-origin/);
  }
});

test('files that one person sent, or had written, are no one else’s', async () => {
  const [one, thief] = [
    await desk.browser('one', [{ role: 'lead', matter: own }]),
    await desk.browser('another', [{ role: 'lead', matter: own }]),
  ];
  const bytes = Buffer.from('at,ip\n');
  const path = '/uploads?name=a.csv';
  const put = await desk.app.request(`${ORIGIN}${path}`, {
    method: 'PUT',
    body: bytes,
    headers: { host: 'localhost:8080', origin: ORIGIN, cookie: one.cookie, ...one.signed('PUT', path, null) },
  });
  const { upload, sizeBytes } = (await put.json()) as { upload: string; sizeBytes: number };
  assert.equal(sizeBytes, bytes.length);
  assert.equal((await one.post('/api/recognise', { file: upload })).status, 200);
  assert.equal((await bodyOf(await thief.post('/api/recognise', { file: upload }))).code, 'input/no-upload');
  for (const file of ['/etc/passwd', '../keys/root.key', 'upload:../../x', 'upload:'])
    assert.equal((await bodyOf(await one.post('/api/recognise', { file }))).code, 'input/no-upload', file);
  const formats = (await (await one.post('/api/ledger/checkpoint', {})).json()) as { output: unknown };
  assert.ok(formats.output);
  assert.equal((await thief.post('/tickets', { id: 'x', name: 'y' })).status, 404);
});

test('an act that is signed is not done on a changed input, another’s passkey, or twice', async () => {
  const lead = await desk.browser('the lead', [{ role: 'lead', matter: own }]);
  const input = { matter: own, name: 'the lead', role: 'examiner' };
  const first = await bodyOf(await lead.post('/api/matter/admit', input));
  assert.equal(first.code, 'entry/sign-this');
  const { number, statement } = first.facts as { number: string; statement: string };
  assert.match(statement, /"act":"matter admit"/);
  const approval = (of: object) => ({ 'x-approval': Buffer.from(JSON.stringify(of)).toString('base64url') });
  const forged = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response: {}, clientExtensionResults: {} };
  assert.equal(
    (
      await bodyOf(
        await lead.post('/api/matter/admit', { ...input, role: 'lead' }, approval({ number, passkey: forged })),
      )
    ).code,
    'entry/sign-this',
  );
  // The number was used by that: it opens nothing more.
  assert.equal(
    (await bodyOf(await lead.post('/api/matter/admit', input, approval({ number, passkey: forged })))).code,
    'entry/sign-this',
  );
  const again = (await bodyOf(await lead.post('/api/matter/admit', input))).facts as { number: string };
  assert.equal(
    (await bodyOf(await lead.post('/api/matter/admit', input, approval({ number: again.number, passkey: forged }))))
      .code,
    'entry/passkey-refused',
  );
  assert.equal(
    (await bodyOf(await lead.post('/api/matter/admit', input, { 'x-approval': '!!' }))).code,
    'input/invalid',
  );
});

test('the same act sent again, because its answer was lost, is not done again', async () => {
  const lead = await desk.browser('the writer', [{ role: 'lead', matter: own }]);
  const key = { 'x-act-key': 'k'.repeat(24) };
  assert.equal((await lead.post('/api/note/add', { matter: own, text: 'once' }, key)).status, 200);
  assert.equal(
    (await bodyOf(await lead.post('/api/note/add', { matter: own, text: 'once' }, key))).code,
    'entry/done-already',
  );
  const { output } = (await (await lead.post('/api/note/list', { matter: own })).json()) as {
    output: { notes: unknown[] };
  };
  assert.equal(output.notes.length, 1);
  assert.deepEqual(
    await (await lead.post('/entry/what-became', { key: 'k'.repeat(24) }))
      .json()
      .then((said) => (said as { became: string }).became),
    'done',
  );
  const stranger = await desk.browser('a stranger', []);
  assert.equal(
    ((await (await stranger.post('/entry/what-became', { key: 'k'.repeat(24) })).json()) as { became: string }).became,
    'not done',
  );
});

test('a session ends by itself, sooner for who reads evidence', async () => {
  const clock = { now: Date.now() };
  await using quiet = await server(clock);
  const reviewer = await quiet.browser('a reviewer', [{ role: 'reviewer', matter: null }]);
  const examiner = await quiet.browser('an examiner', [{ role: 'examiner', matter: 'm-1111111111' }]);
  const status = async (browser: Browser) => (await browser.post('/entry/me', {})).status;
  clock.now += 14 * 60_000;
  assert.deepEqual([await status(reviewer), await status(examiner)], [200, 200]);
  clock.now += 16 * 60_000;
  assert.deepEqual([await status(reviewer), await status(examiner)], [200, 401]);
  for (let quarter = 0; quarter < 4 * 12; quarter++) {
    clock.now += 15 * 60_000;
    await status(reviewer);
  }
  assert.equal(await status(reviewer), 401);
});

test('the first code opens once, a wrong one never, and guessing closes the door', async () => {
  await using fresh = await server();
  const post = (path: string, body: unknown) =>
    fresh.app.request(`${ORIGIN}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { host: 'localhost:8080', origin: ORIGIN },
    });
  assert.ok(fresh.entrance.firstCode!.length >= 16);
  for (let count = 0; count < 20; count++)
    assert.equal((await post('/entry/begin', { code: `guess ${count}`, name: 'x' })).status, 401);
  assert.equal((await post('/entry/begin', { code: fresh.entrance.firstCode!, name: 'x' })).status, 429);
});
