import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { isProblem } from '../base/problem.ts';
import { closedLedger, fill, header, keyOf, opening, temporaryFolder } from './example.ts';
import { frame, readFrames } from './frames.ts';
import { Ledger } from './ledger.ts';
import { leafHash } from './tree.ts';

const code = (expected: string) => (error: unknown) => isProblem(error) && error.code === expected;

test('an act is an intent and an outcome, chained within its matter, and is there when opened again', async () => {
  await using folder = await temporaryFolder();
  const options = opening(folder.path);
  {
    await using ledger = await Ledger.create(options);
    const intent = await ledger.intent(header('m1'));
    assert.deepEqual(ledger.pending(), [intent]);
    const outcome = await ledger.outcome(intent, { result: 'problem:scope/empty' });
    assert.deepEqual([outcome.ref, outcome.act, outcome.matterSeq], [intent.id, intent.act, 1]);
    assert.equal(outcome.matterPrev, Buffer.from(leafHash((await ledger.proveEntry(0)).entry)).toString('hex'));
    assert.deepEqual(ledger.pending(), []);
    await assert.rejects(ledger.outcome(intent, { result: 'ok' }), code('ledger/not-pending'));
  }
  await using ledger = await Ledger.open(options);
  assert.equal(ledger.recovered, null);
  assert.deepEqual(
    [...ledger.entries()].map(({ phase }) => phase),
    ['intent', 'outcome'],
  );
  assert.deepEqual([ledger.head('m1')?.matterSeq, ledger.head('m2')], [1, null]);
  assert.equal(ledger.indexOf([...ledger.entries()][1]!.id), 1);
});

test('acts asked for at the same time are kept one after the other', async () => {
  await using folder = await temporaryFolder();
  await using ledger = await Ledger.create(opening(folder.path));
  const kept = await Promise.all(Array.from({ length: 20 }, () => ledger.intent(header('m1'))));
  assert.deepEqual(
    kept.map(({ matterSeq }) => matterSeq),
    [...Array(20).keys()],
  );
  assert.match(await ledger.checkpoint(), /^desk\.example\/ledger\n20\n/);
});

test('an entry with text in it is a bug of the caller, and the ledger goes on', async () => {
  await using folder = await temporaryFolder();
  await using ledger = await Ledger.create(opening(folder.path));
  await assert.rejects(ledger.intent({ ...header('m1'), actor: 'Jo Example' }), TypeError);
  await ledger.fact(header('m1'));
  assert.equal(ledger.size, 1);
});

test('the folder holds the public key and no other', async () => {
  await using folder = await temporaryFolder();
  const vkey = await closedLedger(folder.path, 1);
  assert.deepEqual((await readdir(folder.path)).sort(), ['checkpoint', 'entries.log', 'log.vkey']);
  assert.equal(await readFile(join(folder.path, 'log.vkey'), 'utf8'), `${vkey}\n`);
});

test('a ledger is not begun twice, not opened where there is none, and not with another key', async () => {
  await using folder = await temporaryFolder();
  const options = opening(folder.path);
  await assert.rejects(Ledger.open(options), code('ledger/not-found'));
  await assert.rejects(Ledger.open({ ...options, dir: join(folder.path, 'none') }), code('ledger/not-found'));
  await closedLedger(folder.path, 1);
  await assert.rejects(Ledger.create(options), code('ledger/exists'));
  await assert.rejects(Ledger.open({ ...options, key: keyOf(8) }), code('ledger/key-differs'));
  await assert.rejects(Ledger.open({ ...options, origin: 'other.example' }), code('ledger/key-differs'));
});

test('a second writer is refused while the first is open', async () => {
  await using folder = await temporaryFolder();
  const options = opening(folder.path);
  await using first = await Ledger.create(options);
  await assert.rejects(Ledger.open({ ...options, waitMs: 100 }), code('ledger/busy'));
  await first.close();
  await using second = await Ledger.open(options);
  assert.equal(second.size, 0);
});

test('the lock of a process that is gone is taken over; that of another host is not', async () => {
  await using folder = await temporaryFolder();
  await closedLedger(folder.path, 1);
  const gone = spawn(process.execPath, ['-e', '0']);
  await once(gone, 'exit');
  const { hostname } = await import('node:os');
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
  const held = (pid: number, started: string | null, host: string) =>
    writeFile(join(folder.path, 'lock'), JSON.stringify({ token: 't', pid, started, boot, host }));
  await held(gone.pid!, null, hostname());
  await (await Ledger.open(opening(folder.path))).close();
  await held(process.pid, 'another start', hostname());
  await (await Ledger.open(opening(folder.path))).close();
  await held(gone.pid!, null, 'elsewhere.example');
  await assert.rejects(Ledger.open(opening(folder.path)), code('ledger/busy'));
});

test('a log that something else has written to is not written to again', async () => {
  await using folder = await temporaryFolder();
  const ledger = await Ledger.create(opening(folder.path));
  await ledger.fact(header('m1'));
  await appendFile(join(folder.path, 'entries.log'), frame(Buffer.from('{}')));
  await assert.rejects(ledger.fact(header('m1')), code('ledger/second-writer'));
  assert.throws(() => ledger.pending(), code('ledger/second-writer'));
  await ledger.close();
});

test('a log cut at any byte behind its checkpoint opens with exactly the whole entries', async () => {
  await using folder = await temporaryFolder();
  await closedLedger(folder.path, 1);
  const path = join(folder.path, 'entries.log');
  const checkpoint = await readFile(join(folder.path, 'checkpoint'));
  const signed = (await readFile(path)).length;
  {
    await using ledger = await Ledger.open(opening(folder.path));
    await ledger.intent(header('matter-0'));
  }
  const whole = await readFile(path);
  for (let length = signed; length < whole.length; length += 7) {
    await writeFile(path, whole.subarray(0, length));
    await writeFile(join(folder.path, 'checkpoint'), checkpoint);
    await using ledger = await Ledger.open(opening(folder.path));
    assert.equal(ledger.size, 3);
    assert.deepEqual(ledger.recovered, length === signed ? null : { cutBytes: length - signed, unsigned: 0 });
    assert.equal((await readFile(path)).length, signed);
  }
  await writeFile(path, whole);
  await writeFile(join(folder.path, 'checkpoint'), checkpoint);
  await using ledger = await Ledger.open(opening(folder.path));
  assert.deepEqual([ledger.size, ledger.recovered], [4, { cutBytes: 0, unsigned: 1 }]);
  assert.match(await ledger.checkpoint(), /^desk\.example\/ledger\n4\n/);
});

test('damage, a put-back state and a changed history are told apart, and nothing is changed by looking', async () => {
  await using folder = await temporaryFolder();
  await closedLedger(folder.path, 2);
  const path = join(folder.path, 'entries.log');
  const whole = await readFile(path);
  const { offsets, entries } = readFrames(whole);
  const edited = Buffer.from(entries[2]!.toString().replaceAll('person-1', 'person-2'));
  const states: [string, Uint8Array][] = [
    ['ledger/damaged', whole.with(offsets[3]! + 50, 0)],
    ['ledger/damaged', whole.with(whole.length - 2, 0)],
    ['ledger/rolled-back', whole.subarray(0, offsets[5])],
    ['ledger/rolled-back', whole.subarray(0, offsets[5]! + 20)],
    ['ledger/rolled-back', Buffer.alloc(0)],
    ['ledger/checkpoint-differs', Buffer.concat(entries.with(2, edited).map(frame))],
    ['ledger/checkpoint-differs', Buffer.concat(entries.with(2, entries[5]!).with(5, entries[2]!).map(frame))],
  ];
  for (const [expected, bytes] of states) {
    await writeFile(path, bytes);
    await assert.rejects(Ledger.open(opening(folder.path)), code(expected));
    assert.deepEqual(await readFile(path), Buffer.from(bytes));
  }
  await writeFile(path, whole.with(offsets[3]! + 50, 0));
  await assert.rejects(Ledger.open(opening(folder.path)), { facts: { index: 3, offset: offsets[3] } });
});

test('a whole older copy put back is seen by a checkpoint remembered elsewhere', async () => {
  await using folder = await temporaryFolder();
  await closedLedger(folder.path, 1);
  const names = ['entries.log', 'checkpoint'].map((name) => join(folder.path, name));
  const backup = await Promise.all(names.map((name) => readFile(name)));
  const options = opening(folder.path);
  let remembered: string;
  {
    await using ledger = await Ledger.open(options);
    await fill(ledger, 1);
    remembered = await ledger.checkpoint();
  }
  for (const [index, name] of names.entries()) await writeFile(name, backup[index]!);
  await assert.rejects(Ledger.open({ ...options, remembered }), code('ledger/rolled-back'));
  await (await Ledger.open(options)).close();
});

/** A process that keeps intents for as long as it lives and says each id once it is acknowledged. */
function writerProcess(dir: string, before: string[] = []): ReturnType<typeof spawn> {
  const here = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const script = `
    const { opening, header } = await import(${here('./example.ts')});
    const { Ledger } = await import(${here('./ledger.ts')});
    const ledger = await Ledger.open({ ...opening(${JSON.stringify(dir)}), waitMs: 5000 });
    try {
      for (;;) console.log((await ledger.intent(header('m1'))).id);
    } catch (problem) {
      console.log('refused', problem.code);
      await ledger.fact(header('m1')).catch(({ code }) => console.log('refused', code));
    }
  `;
  const [command = process.execPath, ...rest] = before;
  const args = [...rest, ...(before.length > 0 ? [process.execPath] : []), '--input-type=module', '-e', script];
  return spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

test('a writer killed in the middle of its work loses no act it acknowledged', async () => {
  await using folder = await temporaryFolder();
  await (await Ledger.create(opening(folder.path))).close();
  const acknowledged: string[] = [];
  for (const after of [1, 12, 25]) {
    const child = writerProcess(folder.path);
    let seen = 0;
    for await (const line of createInterface({ input: child.stdout! })) {
      acknowledged.push(line);
      seen += 1;
      if (seen === after) child.kill('SIGKILL');
    }
  }
  await using ledger = await Ledger.open({ ...opening(folder.path), waitMs: 5000 });
  const kept = new Set([...ledger.entries()].map(({ id }) => id));
  assert.ok(acknowledged.length >= 38);
  assert.deepEqual(
    acknowledged.filter((id) => !kept.has(id)),
    [],
  );
});

test('a disk that takes no more refuses the act and every act after, and keeps what it acknowledged', {
  skip: process.platform !== 'linux' && 'needs a limit on file size',
}, async () => {
  await using folder = await temporaryFolder();
  await (await Ledger.create(opening(folder.path))).close();
  const child = writerProcess(folder.path, ['bash', '-c', 'ulimit -f 8 && exec "$0" "$@"']);
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout! })) lines.push(line);
  const refused = lines.filter((line) => line.startsWith('refused'));
  assert.deepEqual(refused, ['refused ledger/write-failed', 'refused ledger/write-failed']);
  await using ledger = await Ledger.open({ ...opening(folder.path), waitMs: 5000 });
  assert.deepEqual(
    [...ledger.entries()].map(({ id }) => id),
    lines.slice(0, -2),
  );
  assert.ok(lines.length > 5 && ledger.recovered!.cutBytes > 0);
});
