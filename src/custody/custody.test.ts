import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { cabinetIn } from './cabinet.ts';
import { decryptFile, encrypt, FRAME_BYTES, writeDurably } from './frames.ts';
import { makeKeys, openKeys } from './keys.ts';
import { memoryFolder } from './memory.ts';
import { newOversightKey, sealTo, unseal } from './seal.ts';

const KEY = Buffer.alloc(32, 7);

async function whole(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}

function folder(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'fourcorners-custody-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

test('what is encrypted comes back the same, whatever its length', async () => {
  using place = folder();
  for (const length of [0, 1, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 2 * FRAME_BYTES]) {
    const bytes = randomBytes(length);
    const path = join(place.path, String(length));
    await writeDurably(path, encrypt(KEY, 'm/returns/r/part', once(bytes)));
    assert.deepEqual(await whole(decryptFile(path, KEY, 'm/returns/r/part')), bytes, `${length} bytes`);
  }
});

test('a file that was changed, cut, lengthened, moved or opened with another key does not open', async () => {
  using place = folder();
  const path = join(place.path, 'kept');
  await writeDurably(path, encrypt(KEY, 'here', once(randomBytes(FRAME_BYTES + 500))));
  const kept = readFileSync(path);
  const refused = async (bytes: Buffer, key = KEY, context = 'here') => {
    writeFileSync(path, bytes);
    await assert.rejects(whole(decryptFile(path, key, context)), { code: 'custody/damaged' });
  };
  await fc.assert(
    fc.asyncProperty(fc.nat(kept.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = Buffer.from(kept);
      changed[at] = changed[at]! ^ by;
      await refused(changed);
    }),
    { numRuns: 60, seed: 3 },
  );
  for (const length of [0, 3, 36, 37, 52, FRAME_BYTES, FRAME_BYTES + 52, kept.length - 1])
    await refused(kept.subarray(0, length));
  await refused(Buffer.concat([kept, Buffer.from([0])]));
  await refused(kept, Buffer.alloc(32, 8));
  await refused(kept, KEY, 'elsewhere');
});

test('what is sealed opens with the oversight key and with no other', async () => {
  const [court, other] = [await newOversightKey(), await newOversightKey()];
  const rows = randomBytes(300_000);
  const sealed = await whole(sealTo(court.recipient, once(rows)));
  assert.deepEqual(await whole(unseal(court.identity, once(sealed))), rows);
  await assert.rejects(whole(unseal(other.identity, once(sealed))));
  assert.equal(sealed.indexOf(rows.subarray(0, 32)), -1);
});

test('keys open again, a locked directory asks for its passphrase, and a dropped key destroys its matter', () => {
  using place = folder();
  const open = join(place.path, 'open');
  mkdirSync(open);
  makeKeys(open, 'age1example');
  const matter = openKeys(open).newMatter('m-1');
  assert.deepEqual(openKeys(open).matter('m-1'), matter);
  assert.equal(openKeys(open).oversightRecipient, 'age1example');
  rmSync(join(open, 'matter-m-1.key'));
  assert.throws(() => openKeys(open).matter('m-1'), { code: 'keys/none' });

  const locked = join(place.path, 'locked');
  mkdirSync(locked);
  process.env['FOURCORNERS_PASSPHRASE'] = 'four corners';
  makeKeys(locked, 'age1example');
  const secret = openKeys(locked).newMatter('m-2');
  assert.ok(!readFileSync(join(locked, 'root.key'), 'utf8').includes('"key"'), 'the root key is not in the clear');
  process.env['FOURCORNERS_PASSPHRASE'] = 'five corners';
  assert.throws(() => openKeys(locked), { code: 'keys/wrong' });
  delete process.env['FOURCORNERS_PASSPHRASE'];
  assert.throws(() => openKeys(locked), { code: 'keys/passphrase-needed' });
  process.env['FOURCORNERS_PASSPHRASE'] = 'four corners';
  assert.deepEqual(openKeys(locked).matter('m-2'), secret);
  delete process.env['FOURCORNERS_PASSPHRASE'];
});

test('a document is never written over, and big numbers and odd texts survive', async () => {
  using place = folder();
  const papers = cabinetIn(place.path, KEY, 'm-1');
  const document = { micros: 9_007_199_254_740_993n, text: '12n', nested: [{ $integer: 'x' }, null, 'Ü\u202e'] };
  await papers.put('instruments/i-1/v1', document);
  assert.deepEqual(await papers.get('instruments/i-1/v1'), document);
  await assert.rejects(papers.put('instruments/i-1/v1', {}), { code: 'custody/exists' });
  await assert.rejects(papers.get('instruments/i-1/v2'), { code: 'custody/missing' });
  assert.deepEqual([papers.list('instruments/i-1'), papers.drawers('instruments')], [['v1'], ['i-1']]);
  assert.ok(!readFileSync(join(place.path, 'instruments/i-1/v1.enc')).includes('nested'));
});

test('a memory folder is on a memory file system, private, and gone when it is closed', () => {
  let path = '';
  {
    using memory = memoryFolder();
    path = memory.path;
    assert.ok(existsSync(path));
  }
  assert.ok(!existsSync(path));
  process.env['FOURCORNERS_MEMORY'] = tmpdir() === '/dev/shm' ? '/' : tmpdir();
  try {
    assert.throws(() => memoryFolder(), { code: 'custody/no-memory-folder' });
  } finally {
    delete process.env['FOURCORNERS_MEMORY'];
  }
});

test('a memory folder of a process that is gone is removed by the next', () => {
  const abandoned = '/dev/shm/fourcorners-4194303-0123456789ab';
  mkdirSync(abandoned, { recursive: true });
  using _ = memoryFolder();
  assert.ok(!existsSync(abandoned));
});
