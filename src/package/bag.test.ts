import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { zipOf } from '../formats/reading/crafted-zip.ts';
import { fileInMemory } from '../formats/reading/files.ts';
import { tagFiles } from './bag.ts';
import { digestsOf } from './bag-digests.ts';
import { decodedPath, encodedPath } from './bag-path.ts';
import { type BagVerdict, checkBag } from './bag-read.ts';
import { type Listing, listArchive, listFolder } from './listing.ts';

type Files = Record<string, string | Buffer>;

const PAYLOAD: Files = { 'data/hello.txt': 'hello\n', 'data/records/calls.csv': 'a,b\n1,2\n', 'data/empty': '' };

/** A bag of these payload files as version 1.0 has it. */
async function bagOf(payload: Files = PAYLOAD, algorithms = ['sha256', 'sha512'], others: Files = {}): Promise<Files> {
  const digested = await Promise.all(
    Object.entries(payload).map(async ([path, bytes]) => ({
      path,
      digests: await digestsOf([Buffer.from(bytes)], algorithms),
    })),
  );
  const info = [
    { label: 'Bagging-Date', value: '2026-01-02' },
    { label: 'Source-Organization', value: 'Example Networks' },
  ];
  const more = new Map(Object.entries(others).map(([path, bytes]) => [path, Buffer.from(bytes)]));
  const tags = await tagFiles(digested, info, more, algorithms);
  return { ...payload, ...Object.fromEntries([...tags].map(([path, bytes]) => [path, Buffer.from(bytes)])) };
}

function listingOf(files: Files): Listing {
  return {
    name: 'bag',
    folders: [],
    refused: [],
    files: Object.entries(files).map(([path, content]) => {
      const bytes = Buffer.from(content);
      return { path, sizeBytes: bytes.length, stream: () => fileInMemory(path, bytes).stream() };
    }),
  };
}

const hashed = (algorithm: string, content: string | Buffer) => createHash(algorithm).update(content).digest('hex');

/** A bag of an older version, written line by line: one manifest, no tag manifest, unless `files` brings its own. */
function oldBag(version: string, payload: Files, files: Files = {}, algorithm = 'md5'): Files {
  const lines = Object.entries(payload).map(([path, bytes]) => `${hashed(algorithm, bytes)}  ${path}\n`);
  return {
    'bagit.txt': `BagIt-Version: ${version}\nTag-File-Character-Encoding: UTF-8\n`,
    [`manifest-${algorithm}.txt`]: lines.join(''),
    ...payload,
    ...files,
  };
}

const codes = (findings: BagVerdict['errors']) => findings.map(({ code, place }) => `${code} ${place}`);
const withoutFile = (files: Files, path: string) =>
  Object.fromEntries(Object.entries(files).filter(([name]) => name !== path));

test('a bag we write is sound, without a warning, in a folder and in a zip', async () => {
  const files = await bagOf({ ...PAYLOAD, 'data/50% of Ä.txt': 'x' });
  const verdict = await checkBag(listingOf(files));
  assert.deepEqual([verdict.sound, verdict.version, verdict.errors, verdict.warnings], [true, '1.0', [], []]);
  using folder = onDisk(files);
  assert.deepEqual(codes((await checkBag(await listFolder(folder.path))).errors), []);
  const parts = Object.entries(files).map(([name, bytes]) => ({
    name: Buffer.from(`bag/${name}`),
    flags: 0x800,
    bytes: Buffer.from(bytes),
  }));
  const zip = fileInMemory('bag.zip', zipOf(parts));
  const listing = await listArchive(zip);
  const zipped = await checkBag(listing);
  assert.deepEqual([listing.name, codes(zipped.errors), zipped.files.size], ['bag', [], Object.keys(files).length]);
});

function onDisk(files: Files): { path: string; [Symbol.dispose](): void } {
  const base = mkdtempSync(join(tmpdir(), 'fourcorners-bag-'));
  const path = join(base, 'bag');
  mkdirSync(path);
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), bytes);
  }
  return { path, [Symbol.dispose]: () => rmSync(base, { recursive: true, force: true }) };
}

const A = { 'data/a.txt': 'a\n' };
const utf16 = (text: string) => Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text, 'utf16le')]);
const NFC = 'data/\u00e9.txt';
const NFD = 'data/e\u0301.txt';

/** Sound bags of every sort the Library of Congress suite has, and the warnings each must give. */
const SOUND: [what: string, files: () => Files | Promise<Files>, warnings: string[]][] = [
  ['version 1.0', () => bagOf(), []],
  ['minimal', () => oldBag('0.97', A), ['bag/old-version', 'bag/weak-digests', 'bag/no-tag-manifest', 'bag/no-oxum']],
  ['version 0.93', () => oldBag('0.93', A, { 'package-info.txt': 'Payload-Oxum: 2.1\n' }), ['bag/old-version']],
  ['version 0.96', () => oldBag('0.96', A), ['bag/old-version']],
  ...['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'].map((algorithm): (typeof SOUND)[number] => [
    `digests of ${algorithm}`, () => bagOf(A, [algorithm]), algorithm.length < 5 ? ['bag/weak-digests'] : [],
  ]),
  ['a bag in a bag', async () => bagOf(Object.fromEntries(Object.entries(await bagOf(A)).map(([path, bytes]) => [`data/inner/${path}`, bytes]))), []],
  ['a space in a name', () => bagOf({ 'data/two words.txt': 'x' }), []],
  ['names to be encoded', () => bagOf({ 'data/a%b': 'x', 'data/a\nb': 'y', 'data/a\rb': 'z' }), ['bag/unportable-name']],
  ['an old bag with a name that only looks encoded', () => oldBag('0.97', { 'data/two%20words.txt': 'x' }), []],
  ['an old bag with an encoded line feed', () => oldBag('0.97', { 'data/a\nb': 'x' }, { 'manifest-md5.txt': `${hashed('md5', 'x')}  data/a%0Ab\n` }), ['bag/unportable-name']],
  ['tag files in UTF-16', () => oldBag('0.97', A, { 'bagit.txt': 'BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-16\n', 'manifest-md5.txt': utf16(`${hashed('md5', 'a\n')}  data/a.txt\n`), 'bag-info.txt': utf16('Contact-Name: Zoë\nPayload-Oxum: 2.1\n') }), []],
  ['tag files in ISO 8859-1', () => oldBag('0.97', { 'data/é.txt': 'x' }, { 'bagit.txt': 'BagIt-Version: 0.97\nTag-File-Character-Encoding: ISO-8859-1\n', 'manifest-md5.txt': Buffer.from(`${hashed('md5', 'x')}  data/é.txt\n`, 'latin1') }), []],
  ['labels more than once', () => oldBag('0.97', A, { 'bag-info.txt': 'Contact-Name: A\nContact-Name: B\n' }), []],
  ['odd separators of labels', () => oldBag('0.97', A, { 'bag-info.txt': 'Contact-Name : A\nX:B\n\tgoes on\n' }), ['bag/info-malformed']],
  ['a file said to lie elsewhere that is here', () => oldBag('0.97', A, { 'fetch.txt': 'https://files.example.org/a.txt 2 data/a.txt\n' }), ['bag/fetch']],
  ['a path with ./', () => oldBag('0.97', A, { 'manifest-md5.txt': `${hashed('md5', 'a\n')}  ./data/a.txt\n` }), ['bag/line-unusual']],
  ['a line of md5sum', () => oldBag('0.97', A, { 'manifest-md5.txt': `${hashed('md5', 'a\n')} *data/a.txt\n` }), ['bag/line-unusual']],
  ['the same line twice', () => oldBag('0.97', A, { 'manifest-md5.txt': `${hashed('md5', 'a\n')}  data/a.txt\n`.repeat(2) }), ['bag/listed-twice']],
  ['a name in another Unicode form', () => oldBag('0.97', { [NFC]: 'x' }, { 'manifest-md5.txt': `${hashed('md5', 'x')}  ${NFD}\n` }), ['bag/other-unicode-form']],
  ['one name in both Unicode forms', () => oldBag('0.97', { [NFC]: 'x' }, { 'manifest-md5.txt': `${hashed('md5', 'x')}  ${NFD}\n${hashed('md5', 'x')}  ${NFC}\n` }), ['bag/other-unicode-form']],
  ['two names that differ in case', () => bagOf({ 'data/a.txt': 'x', 'data/A.txt': 'y' }), ['bag/collision']],
  ['what a system left behind', () => bagOf({ ...A, 'data/.DS_Store': 'x' }), ['bag/left-behind']],
  ['an old bag where two manifests share the files', () => oldBag('0.97', { 'data/a': 'a', 'data/b': 'b' }, { 'manifest-md5.txt': `${hashed('md5', 'a')}  data/a\n`, 'manifest-sha256.txt': `${hashed('sha256', 'b')}  data/b\n` }), []],
  ['a manifest of an unknown digest beside a known one', () => oldBag('1.0', A, { 'manifest-whirl9.txt': 'x' }), ['bag/algorithm-unknown']],
  ['a device’s name, a trailing dot, a mark that turns text', () => bagOf({ 'data/AUX.txt': '1', 'data/b.': '2', 'data/\u202egnp.exe': '3' }), ['bag/unportable-name']],
  ['digests in capitals and line ends of another system', () => oldBag('1.0', A, { 'manifest-sha512.txt': `${hashed('sha512', 'a\n').toUpperCase()}\tdata/a.txt\r\n` }, 'sha512'), ['bag/line-unusual', 'bag/unusual-lines']],
]; // biome-ignore format: one line a bag

for (const [what, files, warnings] of SOUND) {
  test(`sound: ${what}`, async () => {
    const verdict = await checkBag(listingOf(await files()));
    assert.deepEqual(codes(verdict.errors), []);
    const given = new Set(verdict.warnings.map(({ code }) => code));
    for (const code of warnings) assert.ok(given.has(code), `${code} is missing from ${[...given]}`);
  });
}

/** A 1.0 bag whose manifests are replaced, so that nothing but the named trouble is in it. */
const line = (path: string, content = 'x', algorithm = 'md5') => `${hashed(algorithm, content)}  ${path}\n`;
const listing = (written: string, version = '0.97') =>
  oldBag(version, A, { 'manifest-md5.txt': line('data/a.txt', 'a\n') + line(written) });
const fetching = (path: string) => oldBag('0.97', A, { 'fetch.txt': `https://files.example.org/x 1 ${path}\n` });

/** Every way in which a bag of the Library of Congress suite is invalid, and more; with the error that must be named. */
const UNSOUND: [what: string, files: () => Files | Promise<Files>, error: string][] = [
  ['no bagit.txt', async () => withoutFile(await bagOf(), 'bagit.txt'), 'bag/no-declaration bagit.txt'],
  ['bagit.txt with white space before the colon', () => oldBag('0.97', A, { 'bagit.txt': 'BagIt-Version : 0.97\nTag-File-Character-Encoding: UTF-8\n' }), 'bag/declaration-malformed bagit.txt'],
  ['the same in 1.0', () => oldBag('1.0', A, { 'bagit.txt': 'BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n' }), 'bag/declaration-malformed bagit.txt'],
  ['bagit.txt with a byte order mark', () => oldBag('0.97', A, { 'bagit.txt': '\ufeffBagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n' }), 'bag/declaration-malformed bagit.txt'],
  ['bagit.txt without the encoding', () => oldBag('0.97', A, { 'bagit.txt': 'BagIt-Version: 0.97\n' }), 'bag/declaration-malformed bagit.txt'],
  ['bagit.txt with a third line', () => oldBag('1.0', A, { 'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n\n' }), 'bag/declaration-malformed bagit.txt'],
  ['a version that is no number', () => oldBag('.97', A), 'bag/declaration-malformed bagit.txt'],
  ['a version that does not exist', () => oldBag('1.7', A), 'bag/version-unknown bagit.txt'],
  ['an encoding that does not exist', () => oldBag('1.0', A, { 'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-9\n' }), 'bag/encoding-unknown bagit.txt'],
  ['tag files in another encoding than declared', () => oldBag('0.97', A, { 'bag-info.txt': Buffer.from('Contact-Name: Zoë\n', 'latin1') }), 'bag/not-in-encoding bag-info.txt'],
  ['no payload folder', () => ({ 'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n', 'manifest-md5.txt': '' }), 'bag/no-payload-folder data'],
  ['no manifest', () => ({ 'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n', ...A }), 'bag/no-manifest data'],
  ['a changed payload file', async () => ({ ...(await bagOf()), 'data/hello.txt': 'Hello\n' }), 'bag/digest-differs data/hello.txt'],
  ['a changed tag file', async () => ({ ...(await bagOf()), 'bag-info.txt': 'Contact-Name: A\n' }), 'bag/digest-differs bag-info.txt'],
  ['a payload file nobody listed', async () => ({ ...(await bagOf()), 'data/more': 'x' }), 'bag/unlisted-file data/more'],
  ['a payload file that is gone', async () => withoutFile(await bagOf(), 'data/hello.txt'), 'bag/missing-file data/hello.txt'],
  ['a tag file that is gone', async () => withoutFile(await bagOf(), 'bag-info.txt'), 'bag/missing-file bag-info.txt'],
  ['one file with two digests', () => oldBag('0.97', A, { 'manifest-md5.txt': line('data/a.txt', 'a\n') + line('data/a.txt', 'b') }), 'bag/listed-with-two-digests data/a.txt'],
  ['one file with two digests in 1.0', () => oldBag('1.0', A, { 'manifest-sha512.txt': line('data/a.txt', 'a\n', 'sha512') + line('data/a.txt', 'b', 'sha512') }, 'sha512'), 'bag/listed-with-two-digests data/a.txt'],
  ['one file twice in 1.0', () => oldBag('1.0', A, { 'manifest-sha512.txt': line('data/a.txt', 'a\n', 'sha512').repeat(2) }, 'sha512'), 'bag/listed-twice data/a.txt'],
  ['a file missing from one manifest in 1.0', () => oldBag('1.0', { 'data/a': 'a', 'data/b': 'b' }, { 'manifest-md5.txt': line('data/a', 'a'), 'manifest-sha512.txt': line('data/a', 'a', 'sha512') + line('data/b', 'b', 'sha512') }), 'bag/not-in-every-manifest data/b'],
  ['a path with dots', () => listing('data/../../README.md'), 'bag/path-escape data/../../README.md'],
  ['a path with dots to fetch', () => fetching('data/../../README.md'), 'bag/path-escape data/../../README.md'],
  ['an absolute path', () => listing('/tmp/foo'), 'bag/path-escape /tmp/foo'],
  ['an absolute path to fetch', () => fetching('/tmp/foo'), 'bag/path-escape /tmp/foo'],
  ['a home folder', () => listing('~/foo'), 'bag/path-escape ~/foo'],
  ['a home folder to fetch', () => fetching('~/foo'), 'bag/path-escape ~/foo'],
  ['somebody’s home folder', () => listing('~root/foo'), 'bag/path-escape ~root/foo'],
  ['somebody’s home folder to fetch', () => fetching('~root/foo'), 'bag/path-escape ~root/foo'],
  ['a drive', () => listing('C:\\Windows\\System32\\setx.exe'), 'bag/path-escape C:\\Windows\\System32\\setx.exe'],
  ['a drive to fetch', () => fetching('C:\\Windows\\System32\\setx.exe'), 'bag/path-escape C:\\Windows\\System32\\setx.exe'],
  ['a share', () => listing('\\\\?\\UNC\\server\\share\\x'), 'bag/path-escape \\\\?\\UNC\\server\\share\\x'],
  ['a share to fetch', () => fetching('\\\\server\\share\\x'), 'bag/path-escape \\\\server\\share\\x'],
  ['a variable of the machine', () => listing('%HomeDrive%\\Windows\\x'), 'bag/path-escape %HomeDrive%\\Windows\\x'],
  ['a variable of the machine to fetch', () => fetching('%HomeDrive%\\Windows\\x'), 'bag/path-escape %HomeDrive%\\Windows\\x'],
  ['dots between backslashes', () => listing('data/x\\..\\..\\y'), 'bag/path-escape data/x\\..\\..\\y'],
  ['dots of a tag manifest', () => oldBag('0.97', A, { 'tagmanifest-md5.txt': line('../outside') }), 'bag/path-escape ../outside'],
  ['a payload manifest that lists a tag file', () => oldBag('0.97', A, { 'manifest-md5.txt': line('data/a.txt', 'a\n') + line('bagit.txt') }), 'bag/outside-payload bagit.txt'],
  ['a tag manifest that lists payload', () => oldBag('1.0', A, { 'tagmanifest-md5.txt': line('data/a.txt', 'a\n') }), 'bag/payload-in-tagmanifest data/a.txt'],
  ['a tag manifest that lists itself', () => oldBag('1.0', A, { 'tagmanifest-md5.txt': line('tagmanifest-md5.txt') }), 'bag/lists-tagmanifest tagmanifest-md5.txt'],
  ['a tag manifest without a payload manifest', () => oldBag('1.0', A, { 'tagmanifest-md5.txt': '' }), 'bag/manifest-unlisted manifest-md5.txt'],
  ['a line without a path', () => oldBag('1.0', A, { 'manifest-md5.txt': `${hashed('md5', 'a\n')}\n` }), 'bag/line-malformed manifest-md5.txt'],
  ['a digest cut short', () => oldBag('1.0', A, { 'manifest-md5.txt': `${hashed('md5', 'a\n').slice(1)}  data/a.txt\n` }), 'bag/line-malformed manifest-md5.txt'],
  ['a folder in a manifest', () => listing('data/folder/', '1.0'), 'bag/line-malformed manifest-md5.txt'],
  ['a percent sign that is not encoded', () => listing('data/50%25 of 50%', '1.0'), 'bag/line-malformed manifest-md5.txt'],
  ['a star of md5sum in 1.0', () => oldBag('1.0', A, { 'manifest-md5.txt': `${hashed('md5', 'a\n')} *data/a.txt\n` }), 'bag/outside-payload *data/a.txt'],
  ['a label with a space before its colon in 1.0', () => oldBag('1.0', A, { 'bag-info.txt': 'Contact-Name : A\n' }), 'bag/info-malformed bag-info.txt'],
  ['Payload-Oxum of another payload', () => oldBag('1.0', A, { 'bag-info.txt': 'Payload-Oxum: 3.1\n' }), 'bag/oxum-differs bag-info.txt'],
  ['Payload-Oxum that is no sum', () => oldBag('1.0', A, { 'bag-info.txt': 'Payload-Oxum: 2\n' }), 'bag/oxum-malformed bag-info.txt'],
  ['a file to fetch that is not here', () => oldBag('0.97', A, { 'manifest-md5.txt': line('data/a.txt', 'a\n') + line('data/b'), 'fetch.txt': 'https://files.example.org/b - data/b\n' }), 'bag/missing-file data/b'],
  ['a file to fetch that nobody listed', () => fetching('data/b'), 'bag/fetch-unlisted data/b'],
  ['a file to fetch outside the payload', () => fetching('bag-info.txt'), 'bag/outside-payload bag-info.txt'],
  ['a line to fetch without a length', () => oldBag('0.97', A, { 'fetch.txt': 'https://files.example.org/a data/a.txt\n' }), 'bag/fetch-malformed fetch.txt'],
]; // biome-ignore format: one line a bag

for (const [what, files, error] of UNSOUND) {
  test(`not sound: ${what}`, async () => {
    const verdict = await checkBag(listingOf(await files()));
    assert.equal(verdict.sound, false);
    assert.ok(codes(verdict.errors).includes(error), `${error} is missing from ${codes(verdict.errors).join(', ')}`);
  });
}

test('links are refused, and nothing outside the bag is opened', async () => {
  using folder = onDisk(await bagOf());
  const outside = join(dirname(folder.path), 'outside');
  writeFileSync(outside, 'secret');
  symlinkSync(outside, join(folder.path, 'data/link'));
  symlinkSync(dirname(folder.path), join(folder.path, 'data/folder'));
  linkSync(outside, join(folder.path, 'data/hard'));
  const verdict = await checkBag(await listFolder(folder.path));
  const refused = ['bag/link data/folder', 'bag/link data/hard', 'bag/link data/link'];
  assert.deepEqual(codes(verdict.errors).sort(), refused);
  assert.ok(![...verdict.files.keys()].some((path) => /link|hard|folder/.test(path)));
});

test('a zip with more than one folder at the top, or a name that leads out, is refused', async () => {
  const zipped = async (names: string[]) => {
    const zip = zipOf(names.map((name) => ({ name, bytes: Buffer.from('x') })));
    return (await listArchive(fileInMemory('bag.zip', zip))).refused.map(({ code }) => code);
  };
  assert.deepEqual(await zipped(['bag/bagit.txt', 'other/data/x']), ['bag/top-folder']);
  assert.deepEqual(await zipped(['bagit.txt', 'data/x']), ['bag/top-folder']);
  assert.deepEqual(await zipped(['bag/bagit.txt', 'bag/../../x']), ['zip/traversal']);
  assert.deepEqual(
    (await listArchive(fileInMemory('bag.zip', Buffer.from('PK')))).refused.map(({ code }) => code),
    ['zip/damaged'],
  );
});

test('one byte changed, added or removed anywhere in a bag is found, and the file is named', async () => {
  const files = await bagOf(PAYLOAD, ['sha256', 'sha512'], { 'proof/log.vkey': 'x\n' });
  const paths = Object.keys(files);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...paths), fc.nat(), fc.integer({ min: 1, max: 255 }), fc.constantFrom('change', 'add', 'remove'),
      async (path, where, by, how) => {
        const bytes = Buffer.from(files[path]!);
        if (bytes.length === 0 && how !== 'add') return;
        const at = where % (bytes.length + (how === 'add' ? 1 : 0));
        const [before, after] = [bytes.subarray(0, at), bytes.subarray(how === 'add' ? at : at + 1)];
        const middle = how === 'remove' ? [] : [how === 'add' ? by : bytes[at]! ^ by];
        const changed = Buffer.concat([before, Buffer.from(middle), after]);
        if (changed.equals(bytes)) return;
        const { errors, warnings } = await checkBag(listingOf({ ...files, [path]: changed }));
        const named = [...errors, ...warnings].some(({ place, by: other }) => place === path || other === path);
        assert.ok(named, `${how} at ${at} of ${path} by ${by}`);
        if (!path.startsWith('tagmanifest')) assert.ok(errors.length > 0, `${how} at ${at} of ${path} by ${by}`);
      },
    ),
    { numRuns: 3000, seed: 5 },
  );
}); // biome-ignore format: long arguments

test('a path of a manifest is read as it was written, and percent signs stand for three characters only', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '%', '\n', '\r', '0', 'A', 'D', '2', '5') }), (path) => {
      assert.equal(decodedPath(encodedPath(path)), path);
    }),
    { seed: 2 },
  );
  for (const written of ['%', '%2', '%20', 'a%0', '%0B']) assert.equal(decodedPath(written), null);
});

const SUITE = join(import.meta.dirname, '../../../shared/bagit-conformance-suite');
const HAS_SUITE = existsSync(SUITE);

test('the Library of Congress suite is judged as it asks', {
  skip: HAS_SUITE ? false : 'the suite is not beside this checkout',
}, async () => {
  const folders = (path: string) =>
    readdirSync(path, { withFileTypes: true })
      .filter((one) => one.isDirectory() && !one.name.startsWith('.'))
      .map(({ name }) => name);
  const wrong: string[] = [];
  for (const version of folders(SUITE).filter((name) => name.startsWith('v'))) {
    for (const sort of folders(join(SUITE, version))) {
      for (const bag of folders(join(SUITE, version, sort))) {
        const { sound, errors, warnings } = await checkBag(await listFolder(join(SUITE, version, sort, bag)));
        const expected = sort === 'valid' || sort === 'warning';
        const dependsOnDisk = /different-(case|normalization)|special-system-files|darwin/.test(`${sort}/${bag}`);
        if (sound !== expected && !dependsOnDisk) wrong.push(`${version}/${sort}/${bag}: ${codes(errors)}`);
        if (sort === 'warning' && warnings.length === 0) wrong.push(`${version}/${sort}/${bag}: no warning`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});
