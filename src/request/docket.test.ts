import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { emergency, europeanOrder, order, POLICY, warrant } from '../instrument/rules/example.ts';
import type { Act } from './act.ts';
import { Docket } from './docket.ts';
import { fileAfter, receiveAct, receivedFile } from './example.ts';
import { historyOf } from './history.ts';
import { marksOf, summaryOf } from './summary.ts';

function place() {
  const folder = mkdtempSync(join(tmpdir(), 'fourcorners-docket-'));
  const secret = Buffer.alloc(32, 7);
  return {
    folder,
    path: join(folder, 'docket.sqlite'),
    open: () => new Docket(join(folder, 'docket.sqlite'), secret),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function put(docket: Docket, request: Parameters<typeof receivedFile>[0], id: string) {
  const file = receivedFile(request, id);
  docket.add(file, [receiveAct(request)], summaryOf(file, POLICY), marksOf(file));
  return file;
}

test('a request comes back as it was put, after the docket is opened again', () => {
  using at = place();
  {
    using docket = at.open();
    put(docket, order(), 'r-0000000001');
  }
  using docket = at.open();
  assert.deepEqual(docket.file('r-0000000001'), receivedFile(order(), 'r-0000000001'));
  assert.equal(docket.acts('r-0000000001')[0]!.act, 'receive');
  assert.throws(() => docket.file('r-0000000009'), { code: 'request/not-found' });
});

test('the inbox is sorted by what is due next, what is never due comes last, and ended requests are apart', () => {
  using at = place();
  using docket = at.open();
  put(docket, warrant(), 'r-000000000b');
  put(docket, emergency(), 'r-000000000a');
  put(docket, europeanOrder({ eu: { emergency: true, emergencyGround: 'a person' } }), 'r-000000000c');
  const ended = fileAfter(receivedFile(order({ receivedAt: '2026-01-02T10:00:00Z' }), 'r-000000000d'), [{ act: 'close', reason: 'r' }, 'closed']);
  docket.add(ended, [], summaryOf(ended, POLICY), []);
  const open = docket.list({ limit: 10 });
  assert.deepEqual(open.map(({ request }) => request), ['r-000000000a', 'r-000000000c', 'r-000000000b']);
  assert.deepEqual([...open.map(({ next }) => next!.due)], [...open.map(({ next }) => next!.due)].sort());
  assert.deepEqual(docket.list({ ended: true, limit: 10 }).map(({ request }) => request), ['r-000000000d']);
  assert.deepEqual(docket.list({ state: 'received', limit: 1 }).length, 1);
  assert.deepEqual(docket.counts(), { closed: 1, received: 3 });
}); // biome-ignore format: one line each

test('nothing of a request is readable in the file of the docket', () => {
  using at = place();
  {
    using docket = at.open();
    put(docket, order({ basis: { facts: 'canary-of-the-facts' } }), 'r-0000000001');
  }
  const bytes = Buffer.concat(readdirSync(at.folder).map((name) => readFileSync(join(at.folder, name)))).toString(
    'latin1',
  );
  for (const canary of ['canary-of-the-facts', '100000000000042', 'Ortega', '26-cr-0117', 'inquiry.example.gov']) {
    assert.ok(!bytes.includes(canary), canary);
  }
  assert.ok(bytes.includes('r-0000000001'), 'the id itself is in the clear');
});

test('a docket that was tampered with says so and gives nothing', () => {
  using at = place();
  {
    using docket = at.open();
    put(docket, order(), 'r-0000000001');
    put(docket, warrant(), 'r-0000000002');
  }
  const database = new DatabaseSync(at.path);
  database.exec(
    "update requests set file = (select file from requests where request = 'r-0000000002') where request = 'r-0000000001'",
  );
  database.close();
  using docket = at.open();
  assert.throws(() => docket.file('r-0000000001'), { code: 'request/docket-damaged' });
  assert.equal(docket.file('r-0000000002').id, 'r-0000000002');
  using other = new Docket(at.path, Buffer.alloc(32, 8));
  assert.throws(() => other.file('r-0000000002'), { code: 'request/docket-damaged' });
});

test('an act that cannot be written leaves the file as it was', () => {
  using at = place();
  using docket = at.open();
  const file = put(docket, order(), 'r-0000000001');
  const act: Act = {
    act: 'close',
    reason: 'r',
    seq: 0,
    at: file.lastAt,
    recordedAt: file.lastAt,
    by: file.clerk,
    entry: 'e-1',
    salt: 's',
  };
  const after = fileAfter(file, [{ act: 'close', reason: 'r' }, 'closed']);
  assert.throws(() => docket.add(after, [act], summaryOf(after, POLICY), []), 'sequence 0 is taken');
  assert.equal(docket.file('r-0000000001').state, 'received');
  assert.equal(docket.applied('e-1'), false);
  assert.equal(docket.applied('e-0'), true);
});

test('what came before is found by its document, its demand, its docket number and its target', () => {
  using at = place();
  using docket = at.open();
  const first = put(docket, order(), 'r-0000000001');
  const again = receivedFile(order(), 'r-0000000002');
  assert.deepEqual(historyOf(docket, again, marksOf(again)).same, [
    { request: 'r-0000000001', because: 'document', withdrawnOn: null },
  ]);
  const retyped = receivedFile(order({ documents: [{ name: 'scan.pdf', sha256: 'b'.repeat(64) }] }), 'r-0000000003');
  assert.equal(historyOf(docket, retyped, marksOf(retyped)).same[0]!.because, 'demand');
  const other = receivedFile(
    order({ requester: { agencyId: 'ag-dona-ana', agencyName: 'Doña Ana County Sheriff' }, documents: [] }),
    'r-0000000004',
  );
  const history = historyOf(docket, other, marksOf(other));
  assert.deepEqual(history.same, []);
  assert.deepEqual(history.seenFrom, [
    { what: 'docket', agency: 'Federal Bureau of Inquiry, Albuquerque', request: 'r-0000000001' },
  ]);
  const withdrawn = fileAfter(first, [{ act: 'withdraw', reason: 'r', authenticated: 'a' }, 'withdrawn']);
  docket.add(withdrawn, [], summaryOf(withdrawn, POLICY), []);
  assert.equal(historyOf(docket, again, marksOf(again)).same[0]!.withdrawnOn, withdrawn.lastAt);
});
