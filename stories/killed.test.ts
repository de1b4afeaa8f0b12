/** An import killed at any moment leaves nothing or the whole of it; nothing is lost and nothing is there twice. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { openHouse } from '../src/desk/house.ts';
import { verify } from '../src/ledger/verify.ts';
import { openRecords } from '../src/store/records.ts';
import { importsOf } from '../src/store/segments.ts';
import { office, paperFor } from './command.ts';

const KILLS = 50;
const SEED = 20_261_123;
const ROWS = 60_000;

test(`an import killed ${KILLS} times at random moments is whole or not there, and the ledger holds (seed ${SEED})`, async () => {
  using desk = office();
  const lines = ['subscriber,start,end,public_ip,port_low,port_high'];
  for (let index = 0; index < ROWS; index++) {
    const minute = String(index % 60).padStart(2, '0');
    const hour = String(Math.floor(index / 60) % 23).padStart(2, '0');
    lines.push(
      `${index % 2 ? '15755550142' : `1575555${index}`},2017-02-10T${hour}:${minute}:00Z,2017-02-10T23:${minute}:30Z,203.0.113.${index % 250},${index % 60_000},${(index % 60_000) + 5}`,
    );
  }
  writeFileSync(desk.path('leases.csv'), `${lines.join('\n')}\n`);
  const paper = paperFor('phone', '+15755550142', ['DC-02']);
  let { matter, instrument } = desk.matterWith(paper);

  const began = performance.now();
  const whole = desk.start('import', '--matter', matter, '--instrument', instrument, 'leases.csv');
  assert.deepEqual(await once(whole, 'exit'), [0, null]);
  let tookMs = performance.now() - began;
  const kept = ROWS / 2;
  ({ matter, instrument } = desk.matterWith(paper));

  const generator = xoroshiro128plus(SEED);
  const random = () => (generator.next() >>> 0) / 2 ** 32;
  let completed = 0;
  let stopped = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const running = desk.start('import', '--matter', matter, '--instrument', instrument, 'leases.csv');
    const ended = new Promise<void>((done) => running.once('exit', () => done()));
    const started = performance.now();
    await Promise.race([wait((0.4 + 0.65 * random()) * tookMs), ended]);
    // Moments follow the machine, which is not equally fast all along.
    tookMs = running.exitCode === null ? tookMs * 1.02 : performance.now() - started;
    running.kill('SIGKILL');
    await ended;

    await using house = await openHouse(desk.data, 'R. Alder');
    const { folder, key } = house.matter(matter);
    const imports = await importsOf(folder, key, matter);
    assert.ok(imports.length <= 1, 'an import is there twice');
    assert.deepEqual(house.ledger.pending(), [], 'what was left open is settled');
    assert.ok(
      !readdirSync(folder).includes('staging') || readdirSync(join(folder, 'staging')).length === 0,
      'a half import is left',
    );
    if (imports.length === 1) {
      await using records = await openRecords(folder, key, matter);
      const [row] = await records.engine.rows<{ n: bigint; ids: bigint }>(
        'select count(*) as n, count(distinct id) as ids from records',
      );
      assert.deepEqual([Number(row!.n), Number(row!.ids)], [kept, kept]);
      completed++;
    } else stopped++;
    await house[Symbol.asyncDispose]();
    const verdict = await verify(join(desk.data, 'ledger'));
    assert.equal(verdict.verdict, 'VERIFIED', verdict.said);
    if (imports.length === 1) ({ matter, instrument } = desk.matterWith(paper));
  }
  assert.ok(
    stopped >= KILLS / 4,
    `too few were stopped in the middle to show anything: ${stopped}, completed ${completed}`,
  );

  const again = desk.run('import', '--matter', matter, '--instrument', instrument, 'leases.csv', '--json');
  assert.equal(again.status, 0, again.err);
  assert.deepEqual([again.json()['seen'], again.json()['kept']], [ROWS, kept], 'running it again completes it');
});
