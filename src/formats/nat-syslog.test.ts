import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textFrom } from '../base/interval.ts';
import { readSyslog } from './carrier/syslog.ts';
import type { Reading } from './format.ts';
import natSyslog from './nat-syslog.ts';
import { fileInMemory } from './reading/open.ts';

async function listed(readings: AsyncIterable<Reading>): Promise<Reading[]> {
  const list: Reading[] = [];
  for await (const reading of readings) list.push(reading);
  return list;
}

const mapping = (more = '') =>
  `[nsess ISADDR="100.64.1.2" ISPORT="50001" XSADDR="203.0.113.3" XSPORT="16401" PROTO="6" XDADDR="198.51.100.2"${more}]`;
const message = (time: string, id: string, data: string) => `<134>1 ${time} 198.51.100.1 NAT 2112 ${id} ${data}`;

async function read(text: string): Promise<Reading[]> {
  return listed(natSyslog.read(fileInMemory('nat.log', new TextEncoder().encode(text)), { siblings: [] }));
}

function leases(readings: Reading[]) {
  return readings.flatMap((reading) => {
    if (!('record' in reading)) return [];
    const { began, ended, values } = reading.record;
    return [[reading.locator, values.action, began && textFrom(began), ended && textFrom(ended)]];
  });
}

const ADD = message('2024-05-06T07:08:09Z', 'SADD', mapping());
const DEL = message('2024-05-06T07:09:09Z', 'SDEL', mapping());

test('the making and the removal of a mapping are one lease with both lines as its place', async () => {
  assert.deepEqual(leases(await read(`${ADD}\n${DEL}\n`)), [
    ['line 1 + line 2', 'add and delete', '2024-05-06T07:08:09Z', '2024-05-06T07:09:09Z'],
  ]);
});

test('another destination, tunnel or routing instance is another mapping', async () => {
  const others = [
    mapping(' SSUBIX="7"'),
    mapping(' SV6ENC="2001:db8::1"'),
    mapping().replace('198.51.100.2', '198.51.100.3'),
  ];
  for (const other of others) {
    const found = leases(await read(`${ADD}\n${message('2024-05-06T07:09:09Z', 'SDEL', other)}\n`));
    assert.deepEqual(
      found.map(([, action]) => action),
      ['delete without add', 'open end'],
    );
  }
});

test('what the log does not show stays open: an end without a start is an instant, a start without an end has none', async () => {
  assert.deepEqual(leases(await read(DEL)), [
    ['line 1', 'delete without add', '2024-05-06T07:09:09Z', '2024-05-06T07:09:09Z'],
  ]);
  assert.deepEqual(
    leases(await read(`${ADD}\n${ADD}`)).map(([line, action, , ended]) => [line, action, ended]),
    [
      ['line 1', 'open end', null],
      ['line 2', 'open end', null],
    ],
  );
});

test('a removal before the making by its own clock is not its end', async () => {
  const early = message('2024-05-06T07:00:00Z', 'SDEL', mapping());
  assert.deepEqual(
    leases(await read(`${ADD}\n${early}`)).map(([, action]) => action),
    ['open end', 'delete without add'],
  );
});

test('whom the subscriber was in contact with needs a category of its own', async () => {
  const [reading] = await read(ADD);
  assert.ok(reading && 'record' in reading);
  assert.deepEqual(reading.record.parts, [{ category: 'DC-06', columns: [], fields: ['XDADDR'] }]);
  assert.deepEqual(
    reading.record.subjects.map(({ type, value }) => `${type} ${value}`),
    ['untyped 100.64.1.2', 'ip 203.0.113.3'],
  );
});

test('a message without a time has none', async () => {
  const [reading] = await read(message('-', 'SADD', mapping()));
  assert.ok(reading && 'record' in reading);
  assert.deepEqual([reading.record.began, reading.record.undetermined], [null, 'no time']);
});

test('messages counted in bytes are read, and a broken count ends the reading', async () => {
  const text = mapping(' NOTE="ü <script>"');
  const counted = [message('2024-05-06T07:08:09Z', 'SADD', text), message('2024-05-06T07:09:09Z', 'SDEL', text)]
    .map((one) => `${Buffer.byteLength(one)} ${one}`)
    .join('');
  assert.deepEqual(
    leases(await read(counted)).map(([place]) => place),
    ['frame 1 + frame 2'],
  );
  const broken = await read(`${counted}<134>1 `);
  assert.deepEqual(
    broken.flatMap((one) => ('unreadable' in one ? [one.locator] : [])),
    ['frame 3'],
  );
});

test('structured data keeps what was escaped and refuses what is not closed', () => {
  const line = (data: string) => `<134>1 - - - - SADD ${data}`;
  assert.deepEqual(readSyslog(line('[a x="\\] \\" \\\\ \\n"][b]  text'))?.elements, [
    { id: 'a', params: [['x', '] " \\ \\n']] },
    { id: 'b', params: [] },
  ]);
  for (const bad of ['[a x="1"', '[a x="]"]', '[a x=1]', '[]', '', '[a x="1"]y', '[a  x="1"]']) {
    assert.equal(readSyslog(line(bad)), null, bad);
  }
  assert.equal(readSyslog('<192>1 - - - - SADD -'), null);
  assert.equal(readSyslog('<134>2 - - - - SADD -'), null);
});

test('a log cut short at any byte never throws and leaves no line uncounted', async () => {
  const whole = `${ADD}\n${DEL}\n`;
  for (let end = 0; end <= whole.length; end += 1) {
    const readings = await read(whole.slice(0, end));
    assert.ok(readings.length >= (end > 0 ? 1 : 0));
  }
});
