import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { digestOf } from '../base/canonical.ts';
import { order, preservation } from '../instrument/rules/example.ts';
import type { Entry } from '../ledger/entry.ts';
import { Ledger } from '../ledger/ledger.ts';
import type { Act } from '../request/act.ts';
import { type Comparison, LedgerOfRequests, type What } from './against-ledger.ts';
import { collect, dealtWith, decide, entriesOf, ledgerOf, letter, packaged, review, rows, verify } from './example.ts';
import type { Kept } from './facts.ts';

const DOCKET: Kept[] = [
  dealtWith('r-0000000001', order(), [1, verify('verified')], [2, review(), ...decide('approve', '1')], [3, collect(rows('1', 'DC-01', 'a', 2))], [4, packaged(2)]),
  dealtWith('r-0000000002', order(), [1, verify('verified')], [2, review()], [3, letter('push back')]),
  dealtWith('r-0000000003', preservation()),
]; // biome-ignore format: one line a request

function compared(docket: readonly Kept[], ledger: readonly Entry[]): Comparison {
  const held = new LedgerOfRequests(ledger);
  for (const kept of docket) held.compare(kept);
  return held.result();
}

const changed = (index: number, seq: number, change: (act: Act) => Act | null): Kept[] =>
  DOCKET.map((kept, at) =>
    at === index ? { ...kept, acts: kept.acts.flatMap((act) => (act.seq === seq ? [change(act)].filter((one) => one !== null) : [act])) } : kept,
  ); // biome-ignore format: one line

test('acts that the ledger has the digests of differ in nothing', () => {
  assert.deepEqual(compared(DOCKET, ledgerOf(DOCKET)), { differences: [], recovered: [], compared: 11 });
});

const without = (entry: string) => ledgerOf(DOCKET).filter(({ id, ref }) => id !== entry && ref !== entry);
const ended = (entry: string, ending: Partial<Entry>) =>
  ledgerOf(DOCKET).map((one) => (one.ref === entry ? { ...one, ...ending } : one));
const also = (...entries: Entry[]) => [...ledgerOf(DOCKET), ...entries];
const OBJECTS = { count: 1, digest: 'c'.repeat(64) };

/** What was done to docket or ledger, and what is said of it. */
const table: [string, readonly Kept[], readonly Entry[], [string, string, What][]][] = [
  ['a tampered act: other rows', changed(0, 5, (act) => ({ ...act, rows: 1 }) as Act), ledgerOf(DOCKET), [['r-0000000001', 'r-0000000001-e4', 'the acts are not those of the ledger']]],
  ['a tampered act: another time', changed(1, 3, (act) => ({ ...act, at: '2026-12-01T00:00:00.000Z' })), ledgerOf(DOCKET), [['r-0000000002', 'r-0000000002-e3', 'the acts are not those of the ledger']]],
  ['a tampered act: a number that no act has', changed(0, 5, (act) => ({ ...act, rows: 1.5 }) as Act), ledgerOf(DOCKET), [['r-0000000001', 'r-0000000001-e4', 'the acts are not those of the ledger']]],
  ['a missing act, one of several of an entry', changed(0, 3, () => null), ledgerOf(DOCKET), [['r-0000000001', 'r-0000000001-e2', 'the acts are not those of the ledger'], ['r-0000000001', 'r-0000000001-e3', 'an act is missing']]],
  ['a missing act, alone of its entry', changed(1, 3, () => null), ledgerOf(DOCKET), [['r-0000000002', 'r-0000000002-e3', 'the ledger has an entry without acts']]],
  ['the receipt is missing', changed(2, 0, () => null), ledgerOf(DOCKET), [['r-0000000003', '', 'the first act is not the receipt'], ['r-0000000003', 'r-0000000003-e0', 'the ledger has an entry without acts']]],
  ['a whole request is missing', DOCKET.slice(0, 2), ledgerOf(DOCKET), [['r-0000000003', 'r-0000000003-e0', 'the request is missing']]],
  ['an act that the ledger knows nothing of', DOCKET, without('r-0000000002-e3'), [['r-0000000002', 'r-0000000002-e3', 'the ledger has no such entry']]],
  ['an act that was begun and never ended', DOCKET, ledgerOf(DOCKET).filter(({ ref }) => ref !== 'r-0000000002-e3'), [['r-0000000002', 'r-0000000002-e3', 'the ledger has no such entry']]],
  ['an act of another request', DOCKET, ended('r-0000000001-e4', { matter: 'r-0000000002' }), [['r-0000000001', 'r-0000000001-e4', 'the entry is of another request'], ['r-0000000002', 'r-0000000001-e4', 'the ledger has an entry without acts']]],
  ['an act that the ledger says failed', DOCKET, ended('r-0000000001-e4', { result: 'failed' }), [['r-0000000001', 'r-0000000001-e4', 'the ledger says it was not done']]],
  ['an entry that tells no digest', DOCKET, ended('r-0000000001-e4', { objects: undefined }), [['r-0000000001', 'r-0000000001-e4', 'the acts are not those of the ledger']]],
  ['an extra entry of a request', DOCKET, also(...entriesOf('r-0000000002', 'x-1', 'request.withdraw', { result: 'ok', objects: OBJECTS })), [['r-0000000002', 'x-1', 'the ledger has an entry without acts']]],
  ['an extra production', DOCKET, also(...entriesOf('r-0000000002', 'x-1', 'produce', { result: 'ok', objects: OBJECTS })), [['r-0000000002', 'x-1', 'the ledger has an entry without acts']]],
  ['an extra notice', DOCKET, also(...entriesOf('r-0000000002', 'x-1', 'notice.send', { result: 'ok:recovered' })), [['r-0000000002', 'x-1', 'the ledger has an entry without acts']]],
]; // biome-ignore format: one line a row

for (const [says, docket, ledger, differences] of table) {
  test(`${says}: it is named`, () => {
    assert.deepEqual(
      compared(docket, ledger).differences.map(({ request, entry, what }) => [request, entry, what]),
      differences,
    );
  });
}

test('what only reads, what was refused, a package delivered again, and what is of a matter leave no acts', () => {
  const ledger = also(
    ...entriesOf('r-0000000002', 'x-1', 'request.show', { result: 'ok' }).map((one): Entry => ({ ...one, op: 'consultation' })),
    ...entriesOf('r-0000000002', 'x-2', 'request.withdraw', { result: 'problem:request/not-now' }),
    ...entriesOf('r-0000000002', 'x-4', 'produce.deliver', { result: 'ok' }),
    ...entriesOf('m-1', 'x-3', 'import', { result: 'ok', objects: OBJECTS }),
  ); // biome-ignore format: one line each
  assert.deepEqual(compared(DOCKET, ledger).differences, []);
});

test('an entry that a crash left without a digest is told of, and differs in nothing', () => {
  const { differences, recovered } = compared(DOCKET, ended('r-0000000001-e4', { result: 'ok:recovered', objects: undefined })); // biome-ignore format: one line
  assert.deepEqual(differences, []);
  assert.deepEqual(recovered, [{ request: 'r-0000000001', entry: 'r-0000000001-e4' }]);
});

test('an entry that was recovered with a digest is compared like any other', () => {
  const { differences } = compared(DOCKET, ended('r-0000000001-e4', { result: 'ok:recovered', objects: OBJECTS }));
  assert.equal(differences[0]!.what, 'the acts are not those of the ledger');
});

test('a request of another period is held to the ledger by its receipt alone', () => {
  const moved = changed(1, 0, (act) => ({ ...act, at: '2025-01-01T00:00:00.000Z' }));
  const held = new LedgerOfRequests(without('r-0000000002-e3'));
  for (const kept of moved) held.compare(kept, { receiptOnly: kept.request === 'r-0000000002' });
  assert.deepEqual(held.result().differences, [
    { request: 'r-0000000002', entry: 'r-0000000002-e0', what: 'the acts are not those of the ledger' },
  ]);
});

test('entries as the ledger itself writes them are the ones compared', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'fourcorners-ledger-'));
  try {
    let second = 0;
    const now = () => new Date(Date.UTC(2026, 8, 11, 14, 0, second++)).toISOString();
    const { privateKey } = generateKeyPairSync('ed25519');
    await using ledger = await Ledger.create({ dir, origin: 'desk.example/ledger', key: privateKey, now });
    const [kept] = DOCKET;
    const acts: Act[] = [];
    for (const group of [kept!.acts.slice(0, 1), kept!.acts.slice(1, 2), kept!.acts.slice(2, 4)]) {
      const header = { act: 'request.review', op: 'alteration', actor: 'p-0', desk: 'provider', input: 'd'.repeat(64) } as const;
      const intent = await ledger.intent({ ...header, matter: kept!.request });
      const done = group.map((act) => ({ ...act, entry: intent.id }));
      acts.push(...done);
      await ledger.outcome(intent, { result: 'ok', objects: { count: done.length, digest: digestOf(done) } });
    } // biome-ignore format: one line each
    const entries = [...ledger.entries()];
    assert.deepEqual(compared([{ request: kept!.request, acts }], entries).differences, []);
    const tampered = acts.map((act) => ({ ...act, by: { name: 'Somebody', pseudonym: 'p-9' } }));
    assert.equal(compared([{ request: kept!.request, acts: tampered }], entries).differences.length, 3);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
