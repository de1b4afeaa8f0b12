/**
 * Acts of the provider's desk killed at any moment: what was acknowledged is there, nothing is there by half, and nothing
 * counts as handed over that was not.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { sha256 } from '../../src/base/digest.ts';
import { memoryFolder } from '../../src/custody/memory.ts';
import { collectionPapers } from '../../src/desk/collection-store.ts';
import { type House, openHouse } from '../../src/desk/house.ts';
import { produceCheck, produceCollect, produceDeliver, producePackage, produceReturn } from '../../src/desk/produce.ts';
import { readPaper } from '../../src/desk/request-documents.ts';
import { requestList } from '../../src/desk/request-list.ts';
import { sourceAdd } from '../../src/desk/sources.ts';
import { transparencyOperation } from '../../src/desk/transparency.ts';
import { verify as verifyLedger } from '../../src/ledger/verify.ts';
import { verifyPackage } from '../../src/package/verify.ts';
import { SENDER } from '../../src/sample/cast.ts';
import { LedgerOfRequests } from '../../src/transparency/against-ledger.ts';
import { filesBelow } from '../canaries.ts';
import { type Office, office } from '../command.ts';
import { identityOf } from './package-file.ts';
import {
  acts, approve, CHECKED, messageOn, openDesk, PACKAGED, PRODUCED, REVIEWER, receive, review, SECOND, verify,
} from './sample-desk.ts'; // biome-ignore format: a list
import { demand, RANGE, write } from './sample-order.ts';

const KILLS = 8;
const SEED = 20_261_125;
const ROWS = 8_000;

const generator = xoroshiro128plus(SEED);
const random = () => (generator.next() >>> 0) / 2 ** 32;

let desk: Office;
let lab: Office;
let identity: string;
let request: string;
before(async () => {
  desk = office();
  lab = office();
  const { recipient } = lab.run('recipient', '--json').json() as unknown as { recipient: string };
  identity = await identityOf(lab.data);
  await openDesk(desk, recipient);
  mkdirSync(desk.path('files'));
  const second = (index: number) => new Date(Date.parse(RANGE.from) + index * 250_000).toISOString();
  const rows = Array.from(
    { length: ROWS },
    (_, index) => `${SENDER.facebookId},${second(index)},203.0.113.${index % 250}`,
  );
  writeFileSync(desk.path('files/sessions.csv'), `account,began,ip\n${rows.join('\n')}\n`);
  await acts(desk)(REVIEWER, sourceAdd, { file: write(desk.path('files.json'), SOURCE) });
  copied(desk.data, 'opened');
  request = await receive(desk, await messageOn(desk, FORM));
  await verify(desk, request);
  copied(desk.data, 'verified');
  await review(desk, request);
  await approve(desk, request, ['1']);
  copied(desk.data, 'ready');
});
after(() => {
  desk[Symbol.dispose]();
  lab[Symbol.dispose]();
});

const SOURCE = {
  name: 'files', engine: 'duckdb', folder: 'files',
  tables: [{
    files: 'sessions.csv', kind: 'session', category: 'DC-02', identifiers: [{ column: 'account', type: 'facebook-id' }],
    time: { began: 'began', type: 'instant', precision: 'second' }, columns: { ip: 'ip' },
  }],
}; // biome-ignore format: as a file has it
const FORM = { ...demand(), items: [{ id: '1', target: 0, category: 'DC-02' as const, ...RANGE, rawText: 'sessions' }] }; // biome-ignore format: one line

/** The data directory as it is now, to begin from: each story has its own. */
function copied(data: string, name: string): string {
  cpSync(data, desk.path(name), { recursive: true, verbatimSymlinks: true });
  return desk.path(name);
}

/** When a process is killed: so long after its intent is in the ledger, or after `sign` of its work is on the disk. */
type Moment = { afterMs: number; sign?: ((data: string) => boolean) | undefined };
type Ended = { how: 'killed' | 'done'; tookMs: number };

/** A command against a data directory, killed at the moment or let be. */
async function ran(data: string, words: string[], moment: Moment | null): Promise<Ended> {
  const log = join(data, 'ledger', 'entries.log');
  const entries = statSync(log).size;
  const running = desk.start('--data', data, ...words);
  const exit = once(running, 'exit') as Promise<[number | null]>;
  const until = async (is: () => boolean) => {
    while (running.exitCode === null && !is()) await wait(1);
  };
  await until(() => statSync(log).size > entries);
  const began = performance.now();
  if (moment !== null) {
    await until(() => moment.sign?.(data) ?? true);
    await Promise.race([wait(moment.afterMs), exit]);
    running.kill('SIGKILL');
  }
  const [code] = await exit;
  if (code !== null) assert.equal(code, 0, `${words.join(' ')} failed`);
  return { how: code === null ? 'killed' : 'done', tookMs: performance.now() - began };
}

/** Moments spread over how long the act takes, and as many around the one at which its files are there. */
function moments(spanMs: number, sign?: (data: string) => boolean): Moment[] {
  const spread = Array.from({ length: KILLS }, (_, index) => ({
    afterMs: ((index + random()) / KILLS) * 1.1 * spanMs,
  }));
  return sign ? spread.map((moment, index) => (index % 2 ? { sign, afterMs: random() * 60 } : moment)) : spread;
}

/** What must hold whatever was killed, as the next act finds it; then whatever else `look` asks. */
async function settled(data: string, look: (house: House) => Promise<void>): Promise<void> {
  {
    await using house = await openHouse(data, REVIEWER);
    assert.deepEqual(house.ledger.pending(), [], 'what was left open is settled');
    const docket = house.docket();
    const held = new LedgerOfRequests(house.ledger.entries());
    for (const request of docket.every()) {
      held.compare({ request, acts: docket.acts(request) });
      const file = docket.file(request);
      assert.equal(file.seq, docket.acts(request).at(-1)!.seq, 'the file is what its acts say');
      for (const { sha256: digest } of file.versions.flatMap(({ documents }) => documents))
        assert.equal(sha256(await readPaper(house, request, digest)), digest);
      assert.ok(!existsSync(join(data, 'requests', request, 'staging')));
    }
    assert.deepEqual(held.result().differences, [], 'each act is one the ledger has, and none is missing');
    assert.deepEqual(readdirSync(join(data, 'requests')).sort(), docket.every().sort(), 'no folder without a request');
    await look(house);
  }
  const verdict = await verifyLedger(join(data, 'ledger'));
  assert.equal(verdict.verdict, 'VERIFIED', verdict.said);
}

const on = (words: string, request: string, at: string, ...flags: string[]) => [...words.split(' '), '--request', request, '--at', at, ...flags]; // biome-ignore format: one line

test(`a demand killed while it is received is there whole or not at all (seed ${SEED})`, async (t) => {
  const data = desk.path('opened');
  const words = ['request', 'receive', '--file', desk.path('order.eml'), '--received', '2017-04-13T16:20:00Z'];
  const { tookMs } = await ran(data, words, null);
  const known = new Set<string>();
  const isThere = () => existsSync(join(data, 'requests')) && readdirSync(join(data, 'requests')).length > known.size;
  const ends: Ended[] = [];
  for (const moment of moments(tookMs, isThere)) {
    const ended = await ran(data, words, moment);
    ends.push(ended);
    await settled(data, async (house) => {
      const now = house.docket().every();
      for (const one of known) assert.ok(now.includes(one), 'what was acknowledged is there');
      const fresh = now.filter((one) => !known.has(one));
      if (ended.how === 'done') assert.ok(fresh.length > 0);
      for (const one of fresh) known.add(one);
    });
  }
  told(t, ends);
  const { requests } = await acts(desk, data)<{ requests: unknown[] }>(REVIEWER, requestList, { limit: 1000 });
  assert.equal(requests.length, known.size);
});

test(`a review killed is judged and looked up, or neither (seed ${SEED})`, async (t) => {
  const data = desk.path('verified');
  const words = on('request review', request, '2017-04-13T17:30:00Z');
  const { tookMs } = await ran(data, words, null);
  let reviews = 1;
  const ends: Ended[] = [];
  for (const moment of moments(tookMs)) {
    const ended = await ran(data, words, moment);
    ends.push(ended);
    await settled(data, async (house) => {
      const { judgements, state } = house.docket().file(request);
      if (ended.how === 'done') assert.equal(judgements.length, reviews + 1);
      assert.ok(judgements.length === reviews || judgements.length === reviews + 1);
      reviews = judgements.length;
      assert.equal(state, 'in_review');
      const made = house
        .docket()
        .acts(request)
        .filter(({ act }) => act === 'review');
      assert.equal(made.length, reviews);
    });
  }
  told(t, ends);
});

test(`a collection killed is gathered and counted, or neither (seed ${SEED})`, async (t) => {
  const data = desk.path('ready');
  const act = acts(desk, data);
  const words = on('produce', request, PRODUCED);
  const { tookMs } = await ran(data, words, null);
  const back = () => act(REVIEWER, produceReturn, { request, reason: 'Once more.', at: PRODUCED });
  await back();
  const isThere = () => existsSync(join(data, 'requests', request, 'staging'));
  const ends: Ended[] = [];
  for (const moment of moments(tookMs, isThere)) {
    const ended = await ran(data, words, moment);
    ends.push(ended);
    let gathered = false;
    await settled(data, async (house) => {
      const { collection, state } = house.docket().file(request);
      const onDisk = existsSync(join(data, 'requests', request, 'collection'));
      gathered = collection !== null;
      if (ended.how === 'done') assert.ok(gathered);
      assert.deepEqual([state, onDisk], gathered ? ['qa', true] : ['collecting', false]);
      if (collection === null) return;
      assert.deepEqual(
        collection.counts.map(({ produced }) => produced),
        [ROWS],
      );
      assert.equal((await collectionPapers(house, request, house.docket().keyFor(request))).digest, collection.digest);
    });
    if (!gathered) continue;
    const { rows } = await act<{ rows: number }>(SECOND, produceCheck, { request, at: PRODUCED });
    assert.equal(rows, ROWS);
    await back();
  }
  told(t, ends);
});

test(`a package killed is handed over and counted, or neither; one that was can be delivered again (seed ${SEED})`, async (t) => {
  const checked = copied(desk.data, 'checked');
  await acts(desk, checked)(REVIEWER, produceCollect, { request, at: PRODUCED });
  await acts(desk, checked)(SECOND, produceCheck, { request, at: CHECKED });
  const words = on('produce package', request, PACKAGED);
  const packaged = (name: string, moment: Moment | null) =>
    ran(copied(checked, name), [...words, '--out', desk.path(`${name}-out`)], moment);
  const whole = await packaged('whole', null);
  assert.equal(await handedOver('whole', whole), true);
  const isThere = (data: string) => filesBelow(join(data, 'requests', request)).some((path) => path.endsWith('.fcp.json'));
  const ends: Ended[] = [];
  const left: boolean[] = [];
  for (const [index, moment] of moments(whole.tookMs, isThere).entries()) {
    const ended = await packaged(`copy-${index}`, moment);
    ends.push(ended);
    left.push(await handedOver(`copy-${index}`, ended));
  }
  told(t, ends);
  t.diagnostic(`${left.filter((one) => one).length} had left the house`);
  assert.ok(left.includes(false), 'some were stopped before');
}); // biome-ignore format: one line each

/** Whether the package counts as handed over; either way there is one in the end, once, and it verifies. */
async function handedOver(name: string, ended: Ended): Promise<boolean> {
  const [data, out] = [desk.path(name), desk.path(`${name}-out`)];
  let counted: string | null = null;
  await settled(data, async (house) => {
    const file = house.docket().file(request);
    counted = file.package?.sha256 ?? null;
    if (ended.how === 'done') assert.ok(counted !== null);
    const folders = readdirSync(join(data, 'requests', request)).filter((one) => one !== 'documents');
    assert.deepEqual([file.state, folders], counted === null ? ['qa', ['collection']] : ['produced', ['outgoing']]);
  });
  const act = acts(desk, data);
  const isCounted = counted !== null;
  await act(REVIEWER, transparencyOperation, { period: '2017-H1', out: join(data, 'report') });
  assert.equal(producedIn(join(data, 'report', 'totals.csv')), isCounted ? 1 : 0);
  if (isCounted) await act(REVIEWER, produceDeliver, { request, out });
  else {
    assert.deepEqual(existsSync(out) ? readdirSync(out) : [], [], 'nothing left the house');
    await assert.rejects(act(REVIEWER, produceDeliver, { request, out }), { code: 'production/nothing-packaged' });
    ({ sha256: counted } = await act<{ sha256: string }>(REVIEWER, producePackage, { request, at: PACKAGED, out }));
  }
  const [sealed, ...more] = readdirSync(out).filter((one) => one.endsWith('.fcp'));
  assert.deepEqual([more, sha256(readFileSync(join(out, sealed!)))], [[], counted]);
  using memory = memoryFolder();
  const verdict = await verifyPackage(join(out, sealed!), { identities: [identity], memory });
  assert.deepEqual([verdict.verdict, verdict.package?.produced], ['VERIFIED', ROWS], verdict.said);
  return isCounted;
}

function told(t: TestContext, ends: Ended[]): void {
  const killed = ends.filter(({ how }) => how === 'killed').length;
  t.diagnostic(`${killed} killed, ${ends.length - killed} ended first`);
  assert.ok(killed > 0, 'none was stopped');
}

/** How many requests of the report were answered with rows. */
function producedIn(path: string): number {
  const [header, ...rows] = readFileSync(path, 'utf8')
    .replace('\ufeff', '')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const all = rows.find((row) => row[header!.indexOf('counted')] === 'all')!;
  return ['requests_produced_full', 'requests_produced_partial'].reduce(
    (sum, name) => sum + Number(all[header!.indexOf(name)]),
    0,
  );
}
