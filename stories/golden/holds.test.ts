/** G-07: a hold is taken, renewed once, refused a second time, and ends by itself. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { preservation } from '../../src/instrument/rules/example.ts';
import { rowsOf, SELLER } from './data.ts';
import { due, found, goldenDesk, REVIEWER, SECOND } from './desk.ts';

const desk = await goldenDesk();
after(() => desk[Symbol.dispose]());

const NOT_NOW = 'request/not-now';
const JANUARY = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };

/** Sessions of January; the offence was in January too. */
const letter = (caseNo: string, issuedOn: string) =>
  preservation({
    instrument: { caseNo, issuedOn },
    items: [{ id: '1', target: 0, category: 'DC-02', ...JANUARY, rawText: 'log of sessions' }],
    basis: {
      offences: [
        { text: 'wire fraud', statute: '18 U.S.C. § 1343', from: '2026-01-05', to: '2026-01-30', kind: 'fraud' },
      ],
    },
  });

type Hold = { request: string; until: string; daysLeft: number; alert: unknown; rows: number };
const holds = (at: string) =>
  (desk.run('preserve', 'list', '--at', at, '--json').json() as unknown as { holds: Hold[] }).holds;
const release = (at: string) =>
  desk.run('preserve', 'release', '--expired', '--at', at, '--json').json() as unknown as {
    released: { request: string; state: string }[];
  };

test('G-07: the first letter holds, the second renews, the third is refused, and the hold ends by itself', () => {
  const one = desk.receive('2026-02-02T17:00:00Z', letter('HOLD-26-01', '2026-02-02'));
  one.does('2026-02-02T18:00:00Z', 'request assign');
  one.does('2026-02-02T18:00:00Z', 'request verify');
  assert.deepEqual(found(one.does('2026-02-02T18:10:00Z', 'request review')), []);
  one.decides('2026-02-02T18:20:00Z', '1', 'approve', 'A letter under § 2703(f).');
  one.refused('2026-02-02T18:20:00Z', 'preserve take', NOT_NOW, /from in review there is no way/);
  one.as(SECOND, '2026-02-02T18:30:00Z', 'request approve');
  one.refused('2026-02-02T18:30:00Z', 'notice decide', NOT_NOW, /it asks for no production/);
  const taken = one.does('2026-02-02T19:00:00Z', 'preserve take');
  const rows = rowsOf('sessions', SELLER, JANUARY.from, JANUARY.to);
  // Day 90 after 2 February is Sunday 3 May: the hold lasts to the end of Monday in Los Angeles.
  assert.deepEqual([taken.state, taken['rows'], taken['until']], ['p_active', rows, '2026-05-05T07:00:00.000Z']);
  const snapshots = join(desk.data, 'requests', one.request);
  const kept = () =>
    readdirSync(snapshots, { recursive: true }).filter((name) => String(name).includes(String(taken['snapshot'])));
  assert.ok(kept().length > 0);
  assert.deepEqual(
    holds('2026-04-28T07:00:00Z').map(({ until, daysLeft, alert }) => [until, daysLeft, alert]),
    [['2026-05-05T07:00:00.000Z', 7, 7]],
  );
  assert.deepEqual(release('2026-04-28T07:00:00Z').released, []);

  const renewed = one.does('2026-04-28T17:00:00Z', 'preserve renew', '--reference', 'letter of 28 April 2026');
  // Ninety more from Monday 4 May end on Sunday 2 August, and so with Monday.
  assert.deepEqual([renewed.state, renewed['until']], ['p_renewed', '2026-08-04T07:00:00.000Z']);
  one.refused(
    '2026-07-01T17:00:00Z',
    'preserve renew',
    NOT_NOW,
    /there is no way to “renew”|renewed once already/,
    '--reference',
    'letter of 1 July',
  );

  const third = desk.receive('2026-07-01T17:00:00Z', letter('HOLD-26-03', '2026-07-01'));
  third.does('2026-07-01T18:00:00Z', 'request assign');
  third.does('2026-07-01T18:00:00Z', 'request verify');
  const reviewed = third.does('2026-07-01T18:10:00Z', 'request review');
  assert.deepEqual(found(reviewed), ['R-142 reject 1']);
  assert.deepEqual(reviewed.verdicts, { authenticity: 'holds', sufficiency: 'fails', scope: 'holds' });
  assert.match(reviewed.findings[0]!.message, new RegExp(`The hold ${one.request} .* runs until 2026-08-04`));
  third.decides('2026-07-01T18:20:00Z', '1', 'approve', 'Once more.');
  third.refusedTo(SECOND, '2026-07-01T18:20:00Z', 'request approve', NOT_NOW, /open findings: R-142/);
  third.decides('2026-07-01T18:30:00Z', '1', 'reject', 'It was renewed once.');
  assert.equal(third.does('2026-07-01T18:30:00Z', 'request reject').state, 'rejected');
  const answer = third.letter('2026-07-01T18:40:00Z');
  assert.match(answer, /The statute gives one renewal\. Serve process before the hold ends/);
  assert.doesNotMatch(answer, new RegExp(`${rows} rows|snapshot|Sunny`));
  third.does('2026-07-01T18:40:00Z', 'request send', '--letter', desk.path('letter/letter.txt'));

  assert.equal(due(one.show('2026-08-01T00:00:00Z'), 'hold ends'), '2026-08-04T07:00:00.000Z');
  assert.deepEqual(release('2026-08-04T06:59:59Z').released, [], 'not a second early');
  assert.equal(holds('2026-08-04T07:00:00Z')[0]!.alert, 'expired');
  assert.deepEqual(
    release('2026-08-04T07:00:00Z').released.map(({ request, state }) => [request, state]),
    [[one.request, 'p_expired']],
  );
  assert.deepEqual([kept(), holds('2026-08-04T07:00:00Z')], [[], []], 'what was frozen is gone');
  assert.ok(existsSync(snapshots), 'the papers and acts stay');

  assert.deepEqual(one.ledger(), [
    'request.receive',
    'request.assign',
    'request.verify',
    'request.review',
    'request.decide',
    'preserve.take problem:request/not-now',
    'request.approve',
    'notice.decide problem:request/not-now',
    'preserve.take',
    'preserve.renew',
    'preserve.renew problem:request/not-now',
    'request.show',
    'preserve.release',
  ]);
  const acts = desk.run('request', 'show', '--request', one.request, '--acts').out;
  assert.match(acts, new RegExp(`2026-08-04T07:00:00.000Z {2}${REVIEWER}: release hold`));
});
