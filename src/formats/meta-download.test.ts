import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Reading, ReturnFile } from './format.ts';
import { repaired } from './meta-download/mojibake.ts';
import metaDownload from './meta-download.ts';
import { fileInMemory } from './reading/files.ts';

const LOGINS = 'security_and_login_information/';

/** Every file of a fixture, the asked one first. */
function fixture(name: string, asked: string): [ReturnFile, ReturnFile[]] {
  const root = fileURLToPath(new URL(`../../fixtures/meta-download/${name}/return/`, import.meta.url));
  const all = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/').replaceAll('//', '/');
      return fileInMemory(path.slice(root.length), readFileSync(path));
    });
  const file = all.find((one) => one.name === asked);
  assert.ok(file, asked);
  return [file, all.filter((one) => one !== file)];
}

async function readings(file: ReturnFile, siblings: ReturnFile[] = []): Promise<Reading[]> {
  const read: Reading[] = [];
  for await (const one of metaDownload.read(file, { siblings })) read.push(one);
  return read;
}

const records = (read: Reading[]) => read.flatMap((one) => ('record' in one ? [one.record] : []));
const unreadable = (read: Reading[]) => read.flatMap((one) => ('unreadable' in one ? [one] : []));

function recognised(name: string, text: string, siblings: string[] = []): string | null {
  return metaDownload.recognise({ name, sizeBytes: 1, head: new Uint8Array(), text, sheets: null, siblings });
}

test('a login without an address keeps its own time and takes no neighbour\u2019s address', async () => {
  const rows = records(await readings(...fixture('facebook-2023', `${LOGINS}account_activity.json`)));
  assert.deepEqual(
    rows.map((row) => [row.timeAsStored, row.values.ip, row.values.port]),
    [
      ['1520139967', '203.0.113.7', undefined],
      ['1520140000', undefined, undefined],
      ['1520140100', '2001:db8::7', 51515],
      ['0', undefined, undefined],
    ],
  );
});

test('Meta\u2019s city and country stay in the source fields and become no place', async () => {
  const [row] = records(await readings(...fixture('facebook-2023', `${LOGINS}account_activity.json`)));
  assert.equal(row?.raw.city, 'Anytown');
  assert.deepEqual(Object.keys(row!.values).filter((key) => row!.values[key as 'ip'] !== undefined), [
    'action', 'ip', 'user_agent',
  ]); // biome-ignore format: one line
});

test('the holder comes from the profile of the same export and from nowhere else', async () => {
  const [file, siblings] = fixture('facebook-2023', `${LOGINS}account_activity.json`);
  const [row] = records(await readings(file, siblings));
  assert.deepEqual(row?.subjects.map((one) => `${one.type} ${one.value}`), [
    'facebook-id 100000000000042', 'handle ann.example.7', 'email ann@example.com', 'phone +12025550142',
    'name ann example',
  ]); // biome-ignore format: one line
  const profile = siblings.find((one) => one.name.endsWith('profile_information.json'))!;
  const elsewhere = { ...profile, name: `other-export/${profile.name}` };
  assert.deepEqual(records(await readings(file, [elsewhere]))[0]?.subjects, []);
});

test('translated labels: time, address and agent are known by their shape and every label is kept', async () => {
  const name = `${LOGINS}login_and_profile_creation/login_activity.json`;
  const read = await readings(...fixture('instagram-german-keys', name));
  assert.deepEqual(
    records(read).map((row) => [row.timeAsStored, row.values.ip, row.values.port]),
    [
      ['1683356889', '203.0.113.7', undefined],
      ['1683356890', undefined, undefined],
      ['2023-05-06T07:08:11+00:00', '2001:db8::7', 51515],
    ],
  );
  assert.equal(records(read)[0]?.raw['string_map_data.IP-Adresse.value'], '203.0.113.7');
  assert.match(records(read)[0]?.values.user_agent ?? '', /^Instagram /);
  assert.deepEqual(
    unreadable(read).map((one) => one.locator),
    ['$.account_history_login_history[3]'],
  );
});

test('text written byte by byte is put right only when it round-trips', () => {
  const cases: [string, string][] = [
    ['\u00c3\u00a9', 'é'], ['\u00e9', 'é'], ['東京', '東京'], ['\u00c3\u00a9 東', '\u00c3\u00a9 東'],
    ['\u00f0\u009f\u0098\u0080', '😀'], ['\u00c3', '\u00c3'], ['plain', 'plain'],
  ]; // biome-ignore format: pairs
  for (const [stored, expected] of cases) {
    assert.equal(repaired(stored), expected);
    if (repaired(stored) !== stored) assert.equal(Buffer.from(repaired(stored), 'utf8').toString('latin1'), stored);
  }
});

test('an object that names a field twice is unreadable and its neighbours are read', async () => {
  const read = await readings(...fixture('mojibake', `${LOGINS}account_activity.json`));
  assert.deepEqual(
    unreadable(read).map((one) => one.locator),
    ['$.account_activity_v2[4]'],
  );
  assert.equal(records(read).length, 5);
});

test('a seen-interval is a span and an event is a point', async () => {
  const rows = records(await readings(...fixture('facebook-2023', `${LOGINS}login_protection_data.json`)));
  assert.deepEqual(
    rows.map((row) => row.ended),
    [1_520_139_967_000_000n, null],
  );
});

test('the address of a device and the new contact of an account are parts of their own category', async () => {
  const [device] = records(await readings(...fixture('facebook-2023', `${LOGINS}recognized_devices.json`)));
  assert.deepEqual([device?.category, device?.parts], [
    'DC-05', [{ category: 'DC-02', columns: ['ip', 'port'], fields: ['ip_address'] }],
  ]); // biome-ignore format: pairs
  const [change] = records(await readings(...fixture('facebook-2023', `${LOGINS}record_details.json`)));
  assert.deepEqual(change?.parts?.[0]?.fields, ['extra_info.old_email', 'extra_info.new_email']);
});

test('views and beliefs in a profile are listed as unread and become no record', async () => {
  const name = 'personal_information/profile_information/profile_information.json';
  const read = await readings(...fixture('facebook-2023', name));
  assert.deepEqual(
    unreadable(read).map((one) => one.locator),
    ['$.profile_v2.political_view'],
  );
  assert.ok(records(read).every((row) => !JSON.stringify(row.raw).includes('invented view')));
});

test('every other file of the export is listed and not opened', async () => {
  const [file, siblings] = fixture('facebook-2023', 'your_facebook_activity/messages/inbox/bosample_1/message_1.json');
  const names = siblings.map((one) => one.name);
  assert.ok(recognised(file.name, '{"participants": []}', names));
  assert.equal(recognised(file.name, '{"participants": []}', []), null);
  assert.deepEqual(await readings(file, siblings), [
    { unreadable: 'not a file of this format that is read', locator: 'file' },
  ]);
});

test('an HTML export is refused with what to ask for', async () => {
  const read = await readings(...fixture('facebook-2023', `${LOGINS}ip_address_activity.html`));
  assert.deepEqual(read, [{ unreadable: 'an HTML export: ask for the JSON form', locator: 'file' }]);
});

test('a key as plain as devices says nothing without its folder', () => {
  assert.equal(recognised('devices.json', '{"devices": []}'), null);
  assert.equal(recognised('profile.json', '{"profile": {}}'), null);
  assert.ok(recognised('devices.json', '{"devices_v2": []}'));
  assert.ok(recognised('anything.json', '{ "account_activity": [ {"action": "Login"} ] }'));
});

test('bytes that are not UTF-8 give one word and no record', async () => {
  const bytes = Buffer.from('{"account_activity_v2": [{"action": "\xff"}]}', 'latin1');
  const read = await readings(fileInMemory('account_activity.json', bytes));
  assert.deepEqual(read, [{ unreadable: 'the bytes are not UTF-8', locator: 'file' }]);
});

test('a list that is no list and a row that is no object are said', async () => {
  for (const text of [
    '{"account_activity_v2": "x"}',
    '{"account_activity_v2": [1]}',
    '{"account_activity_v2": {"a": []}}',
  ]) {
    const read = await readings(fileInMemory('account_activity.json', Buffer.from(text)));
    assert.deepEqual([unreadable(read).length, records(read).length], [1, 0], text);
  }
});

test('a file cut at any byte never throws, says so, and keeps only whole rows', async () => {
  for (const [name, path] of [
    ['facebook-2023', `${LOGINS}account_activity.json`],
    ['instagram-german-keys', `${LOGINS}login_and_profile_creation/login_activity.json`],
    ['facebook-2023', 'personal_information/profile_information/profile_information.json'],
  ] as const) {
    const [file, siblings] = fixture(name, path);
    const bytes = await file.bytes(file.sizeBytes);
    const whole = new Set(records(await readings(file, siblings)).map((row) => JSON.stringify(row.raw)));
    for (let length = 0; length < bytes.length - 2; length += 5) {
      const read = await readings(fileInMemory(path, bytes.subarray(0, length)), siblings);
      assert.ok(unreadable(read).length > 0, `${path} cut at ${length} is silent`);
      for (const row of records(read)) assert.ok(whole.has(JSON.stringify(row.raw)), `${path} cut at ${length}`);
    }
  }
});
