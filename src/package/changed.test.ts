import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { asFolder, failed, files, memory, saved, sealedBytes, verify, written, zipBytes } from './example-package.ts';

/** One byte changed, added or removed. */
const edit = fc.record({
  where: fc.nat(),
  by: fc.integer({ min: 1, max: 255 }),
  how: fc.constantFrom('change', 'change', 'add', 'remove'),
});
function edited(bytes: Buffer, { where, by, how }: { where: number; by: number; how: string }): Buffer {
  if (bytes.length === 0) return Buffer.of(by);
  const at = where % bytes.length;
  const middle = how === 'remove' ? [] : how === 'add' ? [by, bytes[at]!] : [bytes[at]! ^ by];
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(middle), bytes.subarray(at + 1)]);
}

test('a byte changed anywhere in the sealed file is found, with its label and without', async () => {
  await fc.assert(
    fc.asyncProperty(edit, fc.boolean(), async (how, labelled) => {
      const path = saved(edited(sealedBytes, how), '.fcp');
      if (labelled) writeFileSync(`${path}.json`, readFileSync(`${written.file}.json`));
      const verdict = await verify(path);
      assert.equal(verdict.verdict, 'NOT VERIFIED');
      if (labelled) assert.equal(verdict.code, 'package/ciphertext-differs');
      assert.equal(verdict.contents.size, 0);
      assert.equal(verdict.archive, null);
      rmSync(path);
    }),
    { numRuns: 150, seed: 21 },
  );
});

test('a byte changed anywhere in the zip is found, and where it is in a file, that file is named', async () => {
  const starts = [...files].map(([path, bytes]) => ({
    path,
    at: zipBytes.indexOf(bytes),
    end: zipBytes.indexOf(bytes) + bytes.length,
  }));
  await fc.assert(
    fc.asyncProperty(edit, async (how) => {
      const path = saved(edited(zipBytes, how), '.zip');
      const verdict = await verify(path, { identities: [] });
      assert.notEqual(verdict.verdict, 'VERIFIED', JSON.stringify(how));
      const within = starts.find(
        ({ at, end }) => how.how === 'change' && how.where % zipBytes.length >= at && how.where % zipBytes.length < end,
      );
      if (within)
        assert.ok(
          failed(verdict).some((fact) => fact.endsWith(within.path)),
          `${within.path}: ${failed(verdict)}`,
        );
      rmSync(path);
    }),
    { numRuns: 200, seed: 22 },
  );
});

test('a byte changed anywhere in the folder is found, and the file is named', async () => {
  const paths = [...files.keys()];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), edit, async (name, how) => {
      const folder = asFolder(new Map([...files, [name, edited(files.get(name)!, how)]]));
      const verdict = await verify(folder, { identities: [] });
      assert.equal(verdict.verdict, 'NOT VERIFIED', `${name} ${JSON.stringify(how)}`);
      assert.ok(
        verdict.facts.some(({ ok, place, said }) => !ok && (place === name || said.includes(name))),
        `${name}: ${failed(verdict)}`,
      );
      rmSync(dirname(folder), { recursive: true });
    }),
    { numRuns: 250, seed: 23 },
  );
});

test('a file that is gone leaves the package incomplete, and one that was added is not taken', async () => {
  for (const name of files.keys()) {
    const verdict = await verify(asFolder(new Map([...files].filter(([path]) => path !== name))), { identities: [] });
    assert.equal(verdict.verdict, 'INCOMPLETE', `${name}: ${failed(verdict)}`);
    assert.ok(
      verdict.facts.some(({ ok, place }) => !ok && place === name),
      `${name}: ${failed(verdict)}`,
    );
  }
  for (const name of [
    'data/more.csv',
    'data/records/fact.parquet',
    'more.txt',
    'proof/7.entry',
    'fetch.txt',
    'manifest-md5.txt',
  ]) {
    const verdict = await verify(asFolder(new Map([...files, [name, Buffer.from('x\n')]])), { identities: [] });
    assert.equal(verdict.verdict, 'NOT VERIFIED', name);
    assert.ok(
      verdict.facts.some(({ ok, place }) => !ok && place === name),
      `${name}: ${failed(verdict)}`,
    );
  }
});

test('a label in which a byte was changed is refused', async () => {
  const label = readFileSync(`${written.file}.json`);
  for (let at = 0; at < label.length; at += 7) {
    const path = saved(sealedBytes, '.fcp');
    writeFileSync(`${path}.json`, edited(label, { where: at, by: 1, how: 'change' }));
    const { verdict, code } = await verify(path);
    assert.equal(verdict, 'NOT VERIFIED', `byte ${at}`);
    assert.match(code!, /package\/(label-unreadable|ciphertext-differs|format-unknown|sender-differs)/);
    rmSync(path);
  }
});

test('a package cut short anywhere is refused, and nothing of its beginning is left in the clear', async () => {
  const before = readdirSync(memory.path).filter((name) => name.endsWith('.zip')).length;
  const ends = [
    0,
    1,
    21,
    22,
    100,
    400,
    65_536 + 300,
    sealedBytes.length - 17,
    sealedBytes.length - 16,
    sealedBytes.length - 1,
  ];
  for (const end of ends.filter((one) => one < sealedBytes.length)) {
    const { verdict, contents } = await verify(saved(sealedBytes.subarray(0, end), '.fcp'));
    assert.deepEqual([verdict, contents.size], ['NOT VERIFIED', 0], `cut at ${end}`);
  }
  assert.equal(readdirSync(memory.path).filter((name) => name.endsWith('.zip')).length, before);
});

test('what is no package is said to be none', async () => {
  const cases: [string, string][] = [
    [join(memory.path, 'nothing'), 'package/nothing-here'],
    [saved(Buffer.from('hello'), '.txt'), 'package/not-a-package'],
    [saved(Buffer.from(''), '.zip'), 'package/not-a-package'],
    [saved(Buffer.from('PK\x03\x04 and nothing more of a zip'), '.zip'), 'zip/damaged'],
    [saved(Buffer.from('no age file'), '.fcp'), 'package/damaged'],
    [saved(Buffer.from(`age-encryption.org/v1\n${'x'.repeat(1 << 20)}`), '.fcp'), 'package/damaged'],
    [asFolder(new Map([['a/b', Buffer.from('x')]])), 'bag/no-payload-folder'],
  ];
  for (const [path, code] of cases) {
    const verdict = await verify(path);
    assert.deepEqual([verdict.verdict, verdict.package], ['NOT VERIFIED', null], code);
    assert.ok(
      failed(verdict).some((fact) => fact.startsWith(code)),
      `${code}: ${failed(verdict)}`,
    );
  }
});
