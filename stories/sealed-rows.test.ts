/** What the paper does not cover is found nowhere: not in any file, not in any output, in no encoding. */
import assert from 'node:assert/strict';
import { createReadStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { unseal } from '../src/custody/seal.ts';
import { filesBelow, formsOf, layersOf } from './canaries.ts';
import { office, paperFor } from './command.ts';

let made = 0;
const canaries: string[] = [];
const kept: string[] = [];
const canary = () => {
  const word = `Zq${(++made).toString(36).padStart(3, '0')}Canary${(made * 7919).toString(36)}`;
  canaries.push(word);
  return word;
};
const wanted = () => {
  const word = `Wanted${(++made).toString(36)}Row`;
  kept.push(word);
  return word;
};

function metaRecord(target: string, rows: string): string {
  const pair = (label: string, value: string) =>
    `<div class="t o"><div class="t i">${label}<div class="m"><div>${value}</div></div></div></div>`;
  return `<html><head><title>Facebook Business Record</title></head><body>
<div class="content-pane" id="property-request_parameters">${pair('Service', 'Facebook')}${pair('Target', target)}${pair('Date Range', '2017-01-01 00:00:00 UTC to 2017-04-30 23:59:59 UTC')}</div>
<div class="content-pane" id="property-name">${pair('First', target === '100000000000042' ? wanted() : canary())}</div>
<div class="content-pane" id="property-ip_addresses">${rows.replaceAll(/\[(\w+)\|(.*?)\]/g, (_, label: string, value: string) => pair(label === 'IP' ? 'IP Address' : label, value))}</div>
<div class="content-pane" id="property-unified_messages">${pair('Thread', '(1)')}${pair('Author', canary())}${pair('Sent', '2017-02-10 00:00:00 UTC')}${pair('Body', canary())}</div>
<div class="content-pane" id="property-searches">${pair('Query', canary())}${pair('Time', '2017-02-11 00:00:00 UTC')}</div>
</body></html>`;
}

async function zipped(files: Record<string, Uint8Array | string>): Promise<Uint8Array> {
  const zip = new ZipWriter(new Uint8ArrayWriter());
  for (const [name, content] of Object.entries(files)) {
    await zip.add(name, new Uint8ArrayReader(typeof content === 'string' ? Buffer.from(content) : content));
  }
  return await zip.close();
}

function leaseTable(rows: number, padding: boolean): string {
  const lines = ['subscriber,start,end,public_ip,port_low,port_high'];
  for (let index = 0; index < rows; index++) {
    const inside = index % 3 === 0;
    const subscriber = inside ? '15755550142' : canary();
    const day = inside && index % 2 === 0 ? '2017-02-10' : inside ? '2017-05-10' : '2017-02-11';
    lines.push(`${subscriber},${day}T00:00:00Z,${day}T01:00:00Z,203.0.113.${index % 250},1024,1535`);
  }
  if (padding)
    for (let index = 0; index < 60_000; index++)
      lines.push(`other${index}x${'y'.repeat(20)},2017-02-12T00:00:00Z,2017-02-12T01:00:00Z,198.51.100.7,1024,1535`);
  lines.push(
    `${canary()},nonsense,2017-02-11T01:00:00Z,203.0.113.9,1,2`,
    `${canary()},broken row`,
    `${canary()},2017-02-11T00:00:00,2017-02-11T01:00:00,203.0.113.9,1,2`,
  );
  return `${lines.join('\n')}\n`;
}

/** Memory of another story that ended meanwhile is gone, and holds nothing; what this story left must be there to look at. */
function bytesStillAt(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    if (path.startsWith('/dev/shm/') && (cause as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw cause;
  }
}

test('a word in every row outside the paper is on no disk and in no output; oversight alone can open it', async () => {
  using desk = office({ ownProcesses: true });
  const temporary = desk.path('tmp');
  mkdirSync(temporary);
  desk.env['TMPDIR'] = temporary;
  const rows = [
    `[IP|203.0.113.7][Time|2017-02-10 00:00:00 UTC][Action|${wanted()}]`,
    `[IP|203.0.113.7][Time|2017-01-31 23:59:59 UTC][Action|${canary()}]`,
    `[IP|203.0.113.7][Time|2017-04-01 00:00:00 UTC][Action|${canary()}]`,
    `[IP|203.0.113.7][Time|some day][Action|${canary()}]`,
    `[IP|${canary()}][Time|2017-02-10 00:00:00 UTC]`,
  ].join('');
  const inner = await zipped({ 'records.html': metaRecord('100000000000077', rows.replaceAll('Wanted', canary())) });
  writeFileSync(
    desk.path('records.zip'),
    await zipped({
      'records.html': metaRecord('100000000000042', rows),
      'inner.zip': inner,
      'instructions.txt': canary(),
    }),
  );
  writeFileSync(desk.path('small.csv'), leaseTable(60, false));
  writeFileSync(desk.path('large.csv'), leaseTable(600, true));

  const { matter, instrument } = desk.matterWith({
    ...paperFor('facebook-id', '100000000000042', ['DC-01', 'DC-02']),
    items: [
      ...paperFor('facebook-id', '100000000000042', ['DC-01', 'DC-02']).items,
      ...paperFor('phone', '+15755550142', ['DC-02']).items,
    ],
  });
  const outputs: string[] = [];
  const say = (...words: string[]) => {
    const ran = desk.run(...words);
    assert.equal(ran.status, 0, ran.err);
    outputs.push(ran.out, ran.err);
    return ran;
  };
  for (const file of ['records.zip', 'small.csv', 'large.csv']) {
    const receipt = say('import', '--matter', matter, '--instrument', instrument, file, '--json').json() as Record<
      string,
      number
    >;
    assert.equal(
      receipt['seen'],
      receipt['kept']! + receipt['sealed']! + receipt['unreadable']! + receipt['duplicates']!,
    );
    assert.ok(receipt['kept']! > 0 && receipt['sealed']! > 0 && receipt['unreadable']! > 0);
  }
  const shown = say('records', '--matter', matter).out;
  for (const word of kept.filter((one) => !canaries.some((other) => one.includes(other))))
    assert.ok(shown.includes(word), `${word} is in scope and must be shown`);
  say('receipts', '--matter', matter, '--json');
  if (existsSync(new URL('../src/analysis/timeline.ts', import.meta.url)))
    say('ask', 'timeline', '--matter', matter, '--json');
  say('ask', 'hours', '--matter', matter, '--json');
  say('ledger', 'show', '--json');
  say('ledger', 'export', '--out', desk.path('data/ledger-copy'));

  const forms = canaries.flatMap((word) => formsOf(word).map((form) => ({ word, form })));
  assert.ok(canaries.length > 400);
  const looked = [
    ...filesBelow(desk.data),
    ...filesBelow(temporary),
    ...filesBelow('/dev/shm').filter((path) => path.includes('fourcorners-')),
  ];
  assert.ok(looked.length > 20);
  for (const path of looked) {
    for (const layer of layersOf(bytesStillAt(path))) {
      for (const { word, form } of forms) assert.equal(layer.indexOf(form), -1, `${word} is in ${path}`);
    }
  }
  for (const text of outputs) for (const word of canaries) assert.ok(!text.includes(word), `${word} was printed`);

  // The other side of the same promise: nothing is lost, and the holder of the oversight key can open all of it.
  const identity = readFileSync(`${desk.data}.oversight-key`, 'utf8').match(/AGE-SECRET-KEY-\S+/)![0];
  let opened = '';
  for (const path of filesBelow(desk.data).filter((one) => /sealed-.*\.age$/.test(one))) {
    for await (const chunk of unseal(identity, createReadStream(path))) opened += Buffer.from(chunk).toString('latin1');
  }
  const inTables = canaries.filter((word) => !opened.includes(word));
  assert.ok(
    inTables.length < canaries.length / 2,
    'rows of the large table are in compressed columns; all others are lines of text',
  );
});

test('the scan finds what it looks for', () => {
  const word = 'Zq000CanaryTest';
  for (const form of formsOf(word)) assert.ok(form.length > 8);
  const hidden = [
    Buffer.from(`x${Buffer.from(`ab${word}cd`).toString('base64')}`),
    Buffer.from(`x${Buffer.from(`a${word}cd`).toString('base64')}`),
    Buffer.from(`x${Buffer.from(`${word}cd`).toString('base64')}`),
    Buffer.from(word, 'utf16le'),
    Buffer.from(Buffer.from(word).toString('hex')),
  ];
  for (const bytes of hidden)
    assert.ok(
      formsOf(word).some((form) => bytes.includes(form)),
      bytes.toString(),
    );
});
