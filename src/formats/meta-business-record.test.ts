/** The traps of Meta business records, each by name. Whole files stand in `fixtures/meta-business-record`. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { sha256 } from '../base/digest.ts';
import { textFrom } from '../base/interval.ts';
import type { Draft } from '../record/record.ts';
import type { Reading, Sample } from './format.ts';
import { readEndpoint, readTime } from './meta/values.ts';
import record from './meta-business-record.ts';
import { fileInMemory, fileOnDisk, openReturn } from './reading/open.ts';

const block = (label: string, value: string) =>
  `<div class="t o"><div class="t i">${label}<div class="m"><div>${value}<div class="p"></div></div></div></div></div>`;
const blocks = (rows: [string, string][]) => rows.map(([label, value]) => block(label, value)).join('');
const section = (id: string, title: string, inner: string) =>
  `<div class="content-pane" id="property-${id}">${block(title, inner)}</div>`;
const request = (service: string, target: string) =>
  section('request_parameters', 'Request Parameters', blocks([['Service', service], ['Target', target]])); // biome-ignore format: short
const page = (...sections: string[]) => `<html><body>${sections.join('')}</body></html>`;

async function readingsOf(html: string | Uint8Array): Promise<Reading[]> {
  const bytes = typeof html === 'string' ? new TextEncoder().encode(html) : html;
  return gathered(record.read(fileInMemory('records.html', bytes), { siblings: [] }));
}

async function gathered<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function draftsOf(html: string): Promise<Draft[]> {
  return (await readingsOf(html)).flatMap((reading) => ('record' in reading ? [reading.record] : []));
}

/** Address and time of each session, `-` where the row has none. */
async function sessions(service: string, rows: [string, string][], id = 'ip_addresses'): Promise<string[]> {
  const drafts = await draftsOf(page(request(service, '42'), section(id, 'Ip Addresses', blocks(rows))));
  return drafts.map(({ values, began }) => `${values.ip ?? '-'} ${began === null ? '-' : textFrom(began)}`);
}

const at = (day: number) => `2024-05-0${day} 07:08:09 UTC`;

test('reads each address row once', async () => {
  const rows: [string, string][] = [['IP Address', '203.0.113.1'], ['Time', at(1)], ['IP Address', '203.0.113.2'], ['Time', at(2)]]; // biome-ignore format: rows
  assert.deepEqual(await sessions('Facebook', rows), [
    '203.0.113.1 2024-05-01T07:08:09Z',
    '203.0.113.2 2024-05-02T07:08:09Z',
  ]);
});

test('a missing field never shifts another row, in the order of Facebook and in that of WhatsApp', async () => {
  const facebook: [string, string][] = [
    ['Time', at(1)], ['IP Address', '203.0.113.2'], ['Time', at(2)], ['IP Address', '203.0.113.3'],
    ['IP Address', '203.0.113.4'], ['Time', at(4)], ['Time', at(5)], ['IP Address', '203.0.113.6'], ['Time', at(6)],
  ]; // biome-ignore format: rows
  const expected = ['- 2024-05-01T07:08:09Z', '203.0.113.2 2024-05-02T07:08:09Z', '203.0.113.3 -',
    '203.0.113.4 2024-05-04T07:08:09Z', '- 2024-05-05T07:08:09Z', '203.0.113.6 2024-05-06T07:08:09Z']; // biome-ignore format: rows
  assert.deepEqual(await sessions('Facebook', facebook), expected);
  const whatsapp: [string, string][] = [
    ['IP Address', '203.0.113.1'], ['Time', at(2)], ['IP Address', '203.0.113.2'], ['Time', at(3)], ['Time', at(4)],
    ['IP Address', '203.0.113.4'],
  ]; // biome-ignore format: rows
  assert.deepEqual(await sessions('WhatsApp', whatsapp), [
    '203.0.113.1 -', '203.0.113.2 2024-05-02T07:08:09Z', '- 2024-05-03T07:08:09Z', '203.0.113.4 2024-05-04T07:08:09Z',
  ]); // biome-ignore format: rows
});

test('a row list of which only the first row lacks its address keeps its pairs', async () => {
  const rows: [string, string][] = [
    ['Time', at(1)],
    ['IP Address', '203.0.113.2'],
    ['Time', at(2)],
  ];
  assert.deepEqual(await sessions('Facebook', rows), ['- 2024-05-01T07:08:09Z', '203.0.113.2 2024-05-02T07:08:09Z']);
  assert.deepEqual(await sessions('WhatsApp', rows), ['203.0.113.2 2024-05-01T07:08:09Z', '- 2024-05-02T07:08:09Z']);
});

test('a list in the other order than its service usually writes is read in its own', async () => {
  const rows: [string, string][] = [['Time', at(1)], ['IP Address', '203.0.113.1'], ['Time', at(2)], ['IP Address', '203.0.113.2']]; // biome-ignore format: rows
  assert.deepEqual(await sessions('Instagram', rows), [
    '203.0.113.1 2024-05-01T07:08:09Z',
    '203.0.113.2 2024-05-02T07:08:09Z',
  ]);
});

test('no field of a row leaks into the next, and the last row is kept', async () => {
  const rows: [string, string][] = [['IP Address', '203.0.113.1'], ['Time', at(1)], ['Action', 'logout'], ['IP Address', '203.0.113.2'], ['Time', at(2)]]; // biome-ignore format: rows
  const drafts = await draftsOf(page(request('Facebook', '42'), section('ip_addresses', 'Ip Addresses', blocks(rows))));
  assert.deepEqual(
    drafts.map(({ values }) => values.action),
    ['logout', undefined],
  );
  assert.deepEqual(Object.keys(drafts[1]!.raw), ['IP Address', 'Time']);
});

test('an address that is none is unreadable and says where, not what', async () => {
  const rows: [string, string][] = [
    ['IP Address', '203.0.113.999'],
    ['Time', at(1)],
  ];
  const readings = await readingsOf(
    page(request('Facebook', '42'), section('ip_addresses', 'Ip Addresses', blocks(rows))),
  );
  assert.deepEqual(readings.at(-1), {
    unreadable: 'IP address not readable',
    locator: 'property-ip_addresses 1',
    raw: { 'IP Address': '203.0.113.999', Time: at(1) },
  });
});

test('a label that its value repeats stays whole', async () => {
  const [draft] = await draftsOf(page(request('Facebook', '42'), section('website', 'Site', block('Website', 'Web'))));
  assert.deepEqual(draft!.raw, { Website: 'Web' });
});

test('a banner between a label and its value, inside a time and inside a label leaves no trace', async () => {
  const banner = '<div>Instagram Business Record Page 4</div>';
  const html = page(request('Instagram', '42'), section('ip_addresses', 'Ip Addresses',
    block(`IP Add${banner}ress`, '[2001:db8::7]:51515') + block('Time', `2024-05-06 07:${banner}08:09 UTC`)
    + `<div class="t o"><div class="t i">IP Address${banner}<div class="m"><div>2001:db8::8</div></div></div></div>`
    + block('Time', '2024-05-07') + banner + block('', '07:08:09 UTC'))); // biome-ignore format: markup
  const drafts = await draftsOf(html);
  assert.deepEqual(drafts.map(({ values, timeAsStored }) => [values.ip, values.port, timeAsStored]), [
    ['2001:db8::7', 51515, '2024-05-06 07:08:09 UTC'], ['2001:db8::8', undefined, '2024-05-07 07:08:09 UTC'],
  ]); // biome-ignore format: rows
});

test('a list that a page break cuts where nobody can tell is shown as unreadable', async () => {
  const cut = block('Registered Email Addresses', 'jane@example.co') + block('', 'm');
  const readings = await readingsOf(page(request('Facebook', '42'), section('emails', 'Emails', cut)));
  assert.deepEqual(readings.slice(1).map((reading) => 'unreadable' in reading && reading.unreadable), [
    'a page break cuts the list here', 'a page break cuts the list here',
  ]); // biome-ignore format: rows
});

test('request parameters are found in any order and wherever they stand', async () => {
  const rows = section('logins', 'Logins', blocks([['IP Address', '203.0.113.1'], ['Time', at(1)]])); // biome-ignore format: short
  const parameters = section('request_parameters', 'Request Parameters', blocks([
    ['Date Range', '2024-05-01 00:00:00 UTC to 2024-05-31 23:59:59 UTC'], ['Ticket of a new kind', '7'],
    ['Account Identifier', 'https://www.instagram.com/Wren.Hollow/'], ['Target', '17841400000000044'], ['Service', 'Instagram'],
  ])); // biome-ignore format: rows
  const [stated, login] = await readingsOf(page(rows, parameters));
  assert.ok(stated && 'stated' in stated && login && 'record' in login);
  assert.equal(textFrom(stated.stated.ended!), '2024-06-01T00:00:00Z');
  assert.equal(stated.stated.fields['Ticket of a new kind'], '7');
  assert.deepEqual(login.record.subjects.map(({ type, value }) => [type, value]), [
    ['instagram-id', '17841400000000044'], ['handle', 'wren.hollow'],
  ]); // biome-ignore format: rows
});

test('a record without request parameters, or with two targets, belongs to no account', async () => {
  const rows = section('logins', 'Logins', blocks([['IP Address', '203.0.113.1'], ['Time', at(1)]])); // biome-ignore format: short
  assert.deepEqual((await draftsOf(page(rows)))[0]!.subjects, []);
  const two = page(request('Facebook', '42'), rows, request('Facebook', '43'));
  assert.deepEqual((await draftsOf(two))[0]!.subjects, []);
});

test('two accounts in two zips, one inside the other, stay two', async () => {
  const path = new URL('../../fixtures/meta-business-record/zip-with-preservation/return/5550149.zip', import.meta.url)
    .pathname;
  const opened = await gathered(openReturn([fileOnDisk(path)]));
  const files = opened.flatMap((one) => ('file' in one ? [one.file] : []));
  const seen: Record<string, string[]> = {};
  for (const file of files) {
    for await (const reading of record.read(file, { siblings: files })) {
      if ('record' in reading) seen[file.name] = reading.record.subjects.map(({ value }) => value);
    }
  }
  assert.deepEqual(seen, {
    '5550149.zip!records.html': ['17841400000000049', 'heron.mill'],
    '5550149.zip!preservation-1.html': ['17841400000000049', 'heron.mill'],
    '5550149.zip!linked_media/profile_picture_1.jpg': ['17841400000000049', 'heron.mill'],
    '5550149.zip!5550150.zip!records.html': ['17841400000000050', 'otter.bay'],
  });
});

test('a message is counted by the length and digest of its body', async () => {
  const text = 'see <script>alert(1)</script>';
  const rows = blocks([['Author', 'Jo Pell (100000000000301)'], ['Sent', at(1)], ['Body', text]]); // biome-ignore format: short
  const [draft] = await draftsOf(
    page(request('Facebook', '42'), section('unified_messages', 'Unified Messages', rows)),
  );
  assert.equal(draft!.raw.Body, `[${text.length} characters, sha-256 ${sha256(text)}]`);
  assert.deepEqual(
    draft!.mentions?.map(({ who, fields }) => [who.value, fields]),
    [['100000000000301', ['Author']]],
  );
  assert.ok(
    !JSON.stringify(draft, (_, value) => (typeof value === 'bigint' ? String(value) : value)).includes('alert'),
  );
});

test('an unknown section and text outside any block are shown, not dropped', async () => {
  const html = page(
    request('Facebook', '42'),
    section('badges', 'Badges', block('Badge', 'Early')),
    '<div id="property-bio">loose words</div>',
  );
  const readings = await readingsOf(html);
  assert.deepEqual(readings.slice(1).map((reading) => 'unreadable' in reading && `${reading.locator}: ${reading.unreadable}`), [
    'property-badges 1: section not known: badges', 'property-bio 1: text outside any block',
  ]); // biome-ignore format: rows
});

test('a record cut anywhere gives the readings before the cut and says that it was cut', async () => {
  for (const name of [
    'g1-2018/return/index.html',
    'g4-2026-page-breaks/return/records.html',
    'messages-and-content/return/records.html',
  ]) {
    const whole = await readFile(new URL(`../../fixtures/meta-business-record/${name}`, import.meta.url));
    const all = (await readingsOf(whole)).map(told);
    // The statement is complete once its section has ended; before, less of it is told.
    const stated = whole.indexOf(
      '</div>',
      whole.indexOf('id="property-', whole.indexOf('id="property-request_parameters"') + 10),
    );
    for (let length = stated; length < whole.length - 8; length += 37) {
      const readings = await readingsOf(whole.subarray(0, length));
      const last = readings.pop();
      assert.ok(last && 'unreadable' in last && last.unreadable.startsWith('cut short'), `${name} at ${length}`);
      assert.deepEqual(readings.map(told), all.slice(0, readings.length), `${name} at ${length}`);
    }
  }
});

test('a page without html around it that ends inside a tag is said to be cut short', async () => {
  const page =
    '<div id="property-request_parameters"><div class="t o"><div class="t i">Service<div class="m"><div>Facebook</div></div></div></div></div>';
  assert.ok((await readingsOf(Buffer.from(page))).every((reading) => !('unreadable' in reading)));
  const last = (await readingsOf(Buffer.from(`${page}\n<div id="property-ip`))).at(-1);
  assert.ok(last && 'unreadable' in last && last.unreadable.startsWith('cut short'));
});

function told(reading: Reading): string {
  return JSON.stringify(reading, (_, value) => (typeof value === 'bigint' ? String(value) : value));
}

test('address and port come back as they were written', () => {
  const port = fc.integer({ min: 0, max: 65_535 });
  fc.assert(
    fc.property(fc.ipV4(), port, (ip, number) =>
      assert.deepEqual(readEndpoint(`${ip}:${number}`), { ip, port: number }),
    ),
    { seed: 1 },
  );
  fc.assert(
    fc.property(fc.ipV6(), port, (ip, number) => {
      const bare = readEndpoint(ip);
      assert.equal(bare?.port, undefined);
      assert.deepEqual(readEndpoint(`[${ip}]:${number}`), { ip: bare?.ip, port: number });
    }),
    { seed: 1 },
  );
  for (const text of ['203.0.113.7:', '203.0.113.7:70000', '[2001:db8::7', '203.0.113', ':80'])
    assert.equal(readEndpoint(text), null);
});

test('a date that does not exist is no time, and a clock time without zone stays undetermined', () => {
  assert.equal(readTime('2023-02-29 01:02:03 UTC', undefined), null);
  assert.equal(readTime('2023-02-28 24:00:00 UTC', undefined), null);
  assert.equal(readTime('2023-02-28 01:02:03', undefined)?.undetermined, 'no zone');
  assert.equal(readTime('1715065689', undefined)?.began, 1_715_065_689_000_000n);
});

test('claims a record by its content, and a companion only beside a record', () => {
  const sample = (name: string, text: string, siblings: string[] = []): Sample => ({
    name,
    text,
    siblings,
    sizeBytes: text.length,
    head: new TextEncoder().encode(text),
    sheets: null,
  });
  assert.ok(record.recognise(sample('anything.html', page(request('Facebook', '42')))));
  assert.equal(record.recognise(sample('records.html', '<html><body><table><tr><th>Service</th></tr></table>')), null);
  assert.ok(record.recognise(sample('a.zip!instructions.txt', 'Open it.', ['a.zip!records.html'])));
  assert.equal(record.recognise(sample('a.zip!instructions.txt', 'Open it.', ['b.zip!records.html'])), null);
});
