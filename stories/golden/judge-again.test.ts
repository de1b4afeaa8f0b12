/** A request is judged by the rules and the policy of its day, and can be judged by them again, or by others, for looking only. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Judgement } from '../../src/instrument/judge.ts';
import { europeanOrder, order, POLICY, warrant } from '../../src/instrument/rules/example.ts';
import { type Case, found, goldenDesk, SECOND, verified } from './desk.ts';

const desk = await goldenDesk();
after(() => desk[Symbol.dispose]());

type Again = { judgement: Judgement; stored: Judgement; differs: string[] };
const again = (one: Case, ...flags: string[]) => one.does('', 'request judge', ...flags) as unknown as Again;
const findings = ({ findings: all }: Judgement) =>
  found({ findings: all.map((finding) => ({ ...finding, answered: false })) });

test('what was judged before Chatrie is judged the same by the set of its day, and otherwise by the next', () => {
  const one = desk.receive(
    '2026-06-10T15:00:00Z',
    warrant({
      instrument: { type: 'US-REVERSE', caseNo: '26-mr-0301', issuedOn: '2026-06-09', returnOn: '2026-06-30' },
      targets: [{ type: 'area', value: 'within 150 m of 35.0844, -106.6504' }],
      items: [
        {
          id: '1',
          target: 0,
          category: 'DC-21',
          from: '2026-02-03T20:00:00Z',
          to: '2026-02-03T21:00:00Z',
          rawText: 'devices',
        },
      ],
    }),
  );
  verified(one, '2026-06-10T16:00:00Z', SECOND);
  const reviewed = one.does('2026-06-10T17:00:00Z', 'request review');
  assert.equal(reviewed.ruleSet, '2026-01-01');
  const same = again(one);
  assert.deepEqual(same.differs, []);
  assert.deepEqual(same.judgement, same.stored, 'to the last word and digest');

  const newer = again(one, '--rules', '2026-06-29');
  assert.deepEqual(findings(newer.judgement), findings(same.stored));
  assert.deepEqual(same.judgement.findings[0]!.effects, ['counsel']);
  assert.deepEqual(newer.judgement.findings[0]!.effects, ['counsel', 'two approvers']);
  assert.notEqual(newer.judgement.findings[0]!.source, same.judgement.findings[0]!.source);
  assert.deepEqual(newer.differs, ['the rules themselves have another digest']);
  assert.deepEqual(newer.stored, same.stored);
  one.refused(
    '',
    'request judge',
    'rules/no-such-set',
    /There are 2026-01-01, 2026-06-29, 2026-08-18/,
    '--rules',
    '2025-01-01',
  );
});

test('a certificate that came before the Regulation applied has no finding of it, and has by a later set', () => {
  const one = desk.receive(
    '2026-08-10T14:00:00Z',
    europeanOrder({
      instrument: { issuerRole: 'prosecutor', caseNo: 'RGNR 2026/3301', issuedOn: '2026-08-07' },
      eu: { iaRole: 'prosecutor' },
      basis: {
        offences: [
          {
            text: 'simple fraud',
            statute: 'art. 640 c.p.',
            maxPenaltyMonths: 24,
            from: '2026-02-01',
            to: '2026-04-30',
            dual: true,
          },
        ],
      },
    }),
  );
  verified(one, '2026-08-10T15:00:00Z');
  const reviewed = one.does('2026-08-10T16:00:00Z', 'request review');
  assert.equal(reviewed.ruleSet, '2026-06-29');
  assert.deepEqual(
    found(reviewed).filter((finding) => finding > 'R-160'),
    [],
  );
  const later = again(one, '--rules', '2026-08-18');
  const european = findings(later.judgement).filter((finding) => finding > 'R-160');
  assert.deepEqual(european, ['R-161 pushback 1', 'R-163 pushback 1']);
  assert.deepEqual(
    later.differs.filter((line) => line.startsWith('found now: R-16')),
    ['found now: R-161 pushback at items[0]', 'found now: R-163 pushback at items[0]'],
  );
});

test('a changed policy changes no judgement that is stored; the next review rests on it', () => {
  const one = desk.receive('2026-09-08T16:00:00Z', order({ instrument: { caseNo: '26-mc-0777' } }));
  verified(one, '2026-09-08T17:00:00Z');
  const before = one.does('2026-09-08T18:00:00Z', 'request review');
  assert.deepEqual([found(before), before.judgedUnder?.policy], [[], 1]);

  const policy = { ...POLICY, windowMonths: { ...POLICY.windowMonths, 'DC-02': 1 } };
  const proposed = desk.run('policy', 'propose', '--file', desk.write('narrower.json', policy));
  assert.match(proposed.out, /windowMonths\.DC-02: 12 → 1/);
  assert.equal(desk.run('policy', 'approve').status, 1, 'whoever proposed it cannot approve it');
  assert.equal(desk.as(SECOND, 'policy', 'approve').status, 0);

  const shown = one.show('2026-09-09T00:00:00Z');
  assert.deepEqual(
    [shown.findings, shown.verdicts, shown.judgedUnder],
    [before.findings, before.verdicts, before.judgedUnder],
  );
  assert.deepEqual(again(one).differs, [], 'by the policy of its day');
  const byNew = again(one, '--policy', '2');
  assert.deepEqual(findings(byNew.judgement), ['R-059 pushback 2']);
  assert.deepEqual(byNew.differs, ['found now: R-059 pushback at items[1].from']);
  assert.deepEqual(one.show('2026-09-09T00:00:00Z').findings, [], 'looking changes nothing');

  const next = one.does('2026-09-09T17:00:00Z', 'request review');
  assert.deepEqual([found(next), next.judgedUnder?.policy], [['R-059 pushback 2'], 2]);
  assert.deepEqual(findings(again(one, '--policy', '1').judgement), []);
});

test('a time that has passed is an alarm of oversight, with the clock it is on', () => {
  const late = desk.receive('2026-09-09T16:00:00Z', order());
  verified(late, '2026-09-09T16:30:00Z', SECOND);
  const alarms = desk.run('oversight', 'alarms', '--json').json() as unknown as {
    overdue: { request: string; clock: string; due: string }[];
  };
  const found = alarms.overdue.find(({ request }) => request === late.request);
  assert.ok(found && found.due < new Date().toISOString(), JSON.stringify(alarms.overdue));
  const next = late.show('2026-09-10T00:00:00Z').clocks.find(({ name }) => name === found.clock);
  assert.equal(next?.due, found.due);
});
