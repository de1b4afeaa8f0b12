import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { header, opening } from '../ledger/example.ts';
import { Ledger } from '../ledger/ledger.ts';
import { recordsCsv, STRANGER } from './example.ts';
import { asFolder, failed, fresh, OTHER_VKEY, verify } from './example-package.ts';
import { type Change, gone, put, replaced, resigned } from './resigned.ts';

const CRATE = 'data/ro-crate-metadata.json';
const SUMS = 'data/accounting.json';
const SESSIONS = 'data/records/session.csv';

/** The head of a ledger of the same key that had one entry only, the first. */
async function firstHead(): Promise<string> {
  const dir = fresh('');
  let at = 0;
  await using ledger = await Ledger.create({ ...opening(dir), newId: () => `entry-${at++}` });
  await ledger.intent({ ...header('m-1', 'provider.produce'), op: 'disclosure', desk: 'provider' });
  return await ledger.checkpoint();
}
const FIRST_HEAD = await firstHead();
const swapped: Change = {
  files(given) {
    for (const ending of ['entry', 'tlog-proof']) {
      const [one, other] = [given.get(`proof/0.${ending}`)!, given.get(`proof/1.${ending}`)!];
      given.set(`proof/0.${ending}`, other).set(`proof/1.${ending}`, one);
    }
  },
};

/** What a careless or a lying sender may sign, with the fact by which it is refused and the word over it. */
const SIGNED: [what: string, change: Change, fact: string, word?: string][] = [
  ['a total that is not the sum', replaced(SUMS, '"produced": 9', '"produced": 8'), `package/sums-differ ${SUMS}`],
  ['an item whose found is not produced and withheld', replaced(SUMS, '"found": 4', '"found": 5'), `package/sums-differ ${SUMS}`],
  ['an item whose files have another sum', replaced(SUMS, '"rows": 3', '"rows": 2'), `package/sums-differ ${SUMS}`],
  ['rows that are not in the file', { files: (given) => given.set(SESSIONS, given.get(SESSIONS)!.subarray(0, given.get(SESSIONS)!.lastIndexOf('\n2,session'))) }, `package/rows-differ ${SESSIONS}`],
  ['a row put to another item', replaced(SESSIONS, '\n2,session', '\n1,session'), `package/rows-differ ${SESSIONS}`],
  ['a row in another category', replaced('data/records/lease.csv', ',DC-05,', ',DC-02,'), 'package/rows-differ data/records/lease.csv'],
  ['a file that is accounted for and not there', gone(SESSIONS), `package/rows-differ ${SESSIONS}`],
  ['a file of records nobody accounted for', { files: (given) => given.set('data/records/visit.csv', given.get(SESSIONS)!) }, 'package/records-unreadable data/records/visit.csv'],
  ['records with other columns', replaced(SESSIONS, ',user_agent,', ',browser,'), `package/records-unreadable ${SESSIONS}`],
  ['records with a quote that is not closed', put(SESSIONS, `${recordsCsv('session')}"`), `package/records-unreadable ${SESSIONS}`],
  ['an empty file of records', put(SESSIONS, ''), `package/records-unreadable ${SESSIONS}`],
  ['a Parquet file without its CSV', put('data/records/visit.parquet', 'x'), 'package/rows-differ data/records/visit.parquet'],
  ['a withheld total below that of an item', replaced(SUMS, '"outside the range": 2,', '"outside the range": 1,'), `package/sums-differ ${SUMS}`],
  ['accounting in another zone', replaced(SUMS, '"UTC"', '"America/Denver"'), `package/accounting-unreadable ${SUMS}`],
  ['accounting that is no JSON', put(SUMS, '{'), `package/accounting-unreadable ${SUMS}`],
  ['no accounting', gone(SUMS), `package/accounting-missing ${SUMS}`],
  ['a crate that lists one file less', replaced(CRATE, '"@id": "certificate.txt"', '"@id": "certificate"'), 'package/crate-differs data/certificate.txt'],
  ['a crate with another size', replaced(CRATE, '"contentSize": "44"', '"contentSize": "45"'), 'package/crate-differs data/certificate.txt'],
  ['a crate with another digest', { files: (given) => given.set('data/certificate.txt', Buffer.from(given.get('data/certificate.txt')!.toString().replace('Casey', 'Robin'))) }, 'package/crate-differs data/certificate.txt'],
  ['a crate without a sort of file', replaced(CRATE, '"encodingFormat": "application/pdf"', '"encodingFormat": ""'), 'package/crate-differs data/certificate.pdf'],
  ['a crate without a custodian', replaced(CRATE, '"Casey Example"', '""'), `package/crate-differs ${CRATE}`],
  ['a crate without the paper', replaced(CRATE, '"isBasedOn"', '"mentionsToo"'), `package/crate-differs ${CRATE}`],
  ['a crate without the software', replaced(CRATE, '"instrument": {', '"tool": {'), `package/crate-differs ${CRATE}`],
  ['a crate of a version that is not known', replaced(CRATE, 'ro/crate/1.2', 'ro/crate/1.4'), `package/crate-unreadable ${CRATE}`],
  ['a crate with the words of another version', replaced(CRATE, 'ro/crate/1.2/context', 'ro/crate/1.1/context'), `package/crate-unreadable ${CRATE}`],
  ['a crate that is no JSON', put(CRATE, '{'), `package/crate-unreadable ${CRATE}`],
  ['no crate', gone(CRATE), `package/crate-missing ${CRATE}`, 'INCOMPLETE'],
  ['proofs that were swapped', swapped, 'package/proof-differs proof/0.tlog-proof'],
  ['a proof with another entry', { files: (given) => given.set('proof/0.entry', given.get('proof/1.entry')!) }, 'package/proof-differs proof/0.tlog-proof'],
  ['an act without its proof', gone('proof/1.tlog-proof'), 'package/proof-missing proof/1.tlog-proof', 'INCOMPLETE'],
  ['a proof without its act', gone('proof/1.entry'), 'package/proof-missing proof/1.entry', 'INCOMPLETE'],
  ['no act at all', gone('proof/0.entry', 'proof/0.tlog-proof', 'proof/1.entry', 'proof/1.tlog-proof'), 'package/no-proof proof', 'INCOMPLETE'],
  ['no head of the ledger', gone('proof/checkpoint'), 'package/checkpoint-missing proof/checkpoint', 'INCOMPLETE'],
  ['a head that is none', put('proof/checkpoint', 'x\n'), 'package/checkpoint-differs proof/checkpoint'],
  ['a head from before the acts', put('proof/checkpoint', FIRST_HEAD), 'package/proof-ahead proof/0.tlog-proof'],
  ['another key in the package', { files: (given) => given.set('proof/log.vkey', Buffer.from(`${OTHER_VKEY}\n`)) }, 'package/sender-differs proof/log.vkey'],
  ['a key that is none', put('proof/log.vkey', 'desk.example\n'), 'package/key-unreadable proof/log.vkey'],
  ['a note signed with another key', { key: 9 }, 'package/sender-differs production.note'],
  ['a note whose signature is not of its text', { signed: (note) => note.replace('request r-0001', 'request r-0002') }, 'package/signature-differs production.note'],
  ['a note with a second signature', { signed: (note) => note + note.slice(note.lastIndexOf('— ')).replace('desk.example/ledger', 'witness.example') }, 'package/note-unreadable production.note'],
  ['a note of a later format', { note: (text) => text.replace('production/1', 'production/2') }, 'package/format-unknown production.note'],
  ['a note without recipients', { note: (text) => text.replace(/recipient .*\n/g, '') }, 'package/note-unreadable production.note'],
  ['a note without the request', { note: (text) => text.replace(/request-sha256 .*\n/, '') }, 'package/note-unreadable production.note'],
  ['a note of other tag manifests', { note: (text) => text.replace(/tagmanifest-sha512 .*/, `tagmanifest-sha512 ${'0'.repeat(128)}`) }, 'package/tagmanifest-differs tagmanifest-sha512.txt'],
  ['a note of another package', { note: (text) => text.replace('package p-0001', 'package p-0002') }, 'package/id-differs bag-info.txt'],
  ['a note to somebody else', { note: (text) => text.replace(/recipient .*\nrecipient/, `recipient ${STRANGER.recipient} A stranger\nrecipient`) }, 'package/other-recipient production.note'],
  ['an old version of BagIt', replaced('bagit.txt', '1.0', '0.97'), 'package/bag-version bagit.txt'],
  ['a file that lies elsewhere', put('fetch.txt', 'https://files.example.org/x 44 data/certificate.txt\n'), 'package/fetch fetch.txt'],
  ['a name that turns text around', put('data/\u202etxt.exe', 'x'), 'bag/unportable-name data/\\u202etxt.exe'],
  ['two names that are one on some machines', put('data/Certificate.txt', 'x'), 'bag/collision data/certificate.txt'],
  ['what a system left behind', put('data/.DS_Store', 'x'), 'bag/left-behind data/.DS_Store'],
]; // biome-ignore format: one line a case

for (const [what, change, fact, word = 'NOT VERIFIED'] of SIGNED) {
  test(`refused although signed: ${what}`, async () => {
    const verdict = await verify(asFolder(await resigned(change)));
    assert.ok(failed(verdict).includes(fact), `${fact} is missing from ${failed(verdict).join(', ')}`);
    assert.equal(verdict.verdict, word, failed(verdict).join(', '));
  });
}

test('a package made anew without a change is verified, also with a crate of version 1.1 or 1.3', async () => {
  assert.deepEqual(failed(await verify(asFolder(await resigned({})))), []);
  for (const version of ['1.1', '1.3']) {
    const verdict = await verify(asFolder(await resigned(replaced(CRATE, 'ro/crate/1.2', `ro/crate/${version}`))));
    assert.deepEqual(failed(verdict), []);
    assert.match(verdict.facts.find(({ code }) => code === 'package/crate')!.said, new RegExp(`RO-Crate ${version}`));
  }
});

test('what a later program adds and signs is kept and listed', async () => {
  const later = await resigned({ ...put('proof/timestamp.tsr', 'x'), note: (text) => `${text}quorum 2\n` });
  const verdict = await verify(asFolder(later));
  assert.deepEqual([failed(verdict), verdict.package?.further], [[], ['quorum', 'proof/timestamp.tsr']]);
});

test('whatever a sender signs in place of a file, the verdict is a word and never an error', async () => {
  const paths = [SUMS, CRATE, SESSIONS, 'proof/checkpoint', 'proof/log.vkey', 'proof/0.entry', 'proof/0.tlog-proof'];
  const crate = fc.json().map((text) => `{"@context":["https://w3id.org/ro/crate/1.2/context"],"@graph":[${text}]}`);
  const sums = fc.json().map((text) => `{"items":[${text}],"withheld":{},"produced":9,"zone":"UTC"}`);
  const content = fc.oneof(fc.json(), crate, sums, fc.string({ unit: 'binary' }));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), content, async (path, text) => {
      const folder = asFolder(await resigned(put(path, text)));
      const { verdict, facts } = await verify(folder);
      assert.equal(verdict, 'NOT VERIFIED');
      assert.ok(facts.some(({ ok }) => !ok));
      rmSync(dirname(folder), { recursive: true });
    }),
    { numRuns: 150, seed: 31 },
  );
});
