/** Golden cases that end in a refusal: G-01 the critic, G-11 the person in Texas, G-12 the geofence. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { subpoena, warrant } from '../../src/instrument/rules/example.ts';
import { COUNSEL, due, found, goldenDesk, grave, SECOND, standings, verified } from './desk.ts';

const desk = await goldenDesk();
after(() => desk[Symbol.dispose]());

const NOT_NOW = 'request/not-now';

test('G-01: a customs summons for the owner of a critic’s account is refused, and the user is told', () => {
  const one = desk.receive(
    '2026-09-14T09:30:00-07:00',
    subpoena({
      requester: {
        agencyId: 'ag-customs',
        agencyName: 'Customs Investigations, El Paso',
        officer: 'J. Reyes',
        email: 'j.reyes@customs.example.gov',
      },
      instrument: {
        type: 'US-1509',
        statutes: ['19 U.S.C. § 1509'],
        issuerName: 'Customs Investigations, El Paso',
        issuerRole: 'special agent in charge',
        caseNo: 'EP-26-0311',
        recites: [],
      },
      targets: [{ type: 'handle', value: 'river.watch', traits: ['anonymous critic'] }],
      items: [{ id: '1', target: 0, category: 'DC-01', rawText: 'name and address of the owner of the account' }],
      basis: {
        purpose: 'officer safety',
        offences: [],
        facts: 'The account posts about our officers.',
        nexus: 'It is the account that posts.',
      },
    }),
  );
  // One business day, thirty days, and the day the paper names: each ends with its day in Los Angeles.
  assert.equal(due(one.received, 'acknowledge'), '2026-09-16T07:00:00.000Z');
  assert.equal(due(one.received, 'produce'), '2026-10-15T07:00:00.000Z');
  assert.equal(due(one.received, 'return date'), '2026-10-01T07:00:00.000Z');
  one.refused('2026-09-14T17:00:00Z', 'request review', NOT_NOW, /from received there is no way to “review”/);

  verified(one, '2026-09-14T17:00:00Z');
  const reviewed = one.does('2026-09-14T18:00:00Z', 'request review');
  assert.deepEqual(reviewed.verdicts, { authenticity: 'holds', sufficiency: 'fails', scope: 'holds' });
  assert.deepEqual(grave(reviewed), ['R-080 reject', 'R-081 reject 1', 'R-085 block 1', 'R-085 block']);
  assert.deepEqual(found(reviewed).toSorted(), [...grave(reviewed), 'R-040 pushback'].toSorted());
  assert.deepEqual(standings(reviewed), { 1: 'fails' });

  one.decides('2026-09-14T18:10:00Z', 'all', 'approve', 'tried');
  one.refusedTo(SECOND, '2026-09-14T18:10:00Z', 'request approve', NOT_NOW, /item 1 has open findings: .*R-080.*R-085/);
  one.decides('2026-09-14T18:20:00Z', 'all', 'reject', 'No customs matter is stated.');
  const rejected = one.does('2026-09-14T18:20:00Z', 'request reject');
  assert.equal(rejected.state, 'rejected');
  assert.deepEqual(rejected.clocks, [], 'nothing of it is due any more');
  one.refused('2026-09-14T18:20:00Z', 'produce', NOT_NOW, /from rejected there is no way/);

  const letter = one.letter('2026-09-14T18:30:00Z');
  assert.match(letter, /cannot be produced/);
  assert.match(letter, /limited to customs matters, and none is stated/);
  assert.match(letter, /not within the statute’s definition of records/);
  assert.match(letter, /touch protected speech are reviewed at senior level, and we notify the user first/);
  for (const word of [/critic/i, /River Watch/, /100000000000043/, /mail\.example/, /\[V/])
    assert.doesNotMatch(letter, word);
  const sent = one.does('2026-09-14T18:30:00Z', 'request send', '--letter', desk.path('letter/letter.txt'));
  assert.deepEqual([sent['kind'], sent['to'], sent.state], ['rejection', 'j.reyes@customs.example.gov', 'rejected']);

  one.refused(
    '2026-09-14T18:40:00Z',
    'notice send',
    'notice/not-decided',
    /not decided yet/,
    '--to',
    'river@mail.example',
  );
  assert.equal(one.does('2026-09-14T18:40:00Z', 'notice decide')['due'], null);
  const notice = one.does('2026-09-14T18:40:00Z', 'notice send', '--to', 'river@mail.example');
  const message = readFileSync((notice['sent'] as { file: string }).file, 'utf8').replaceAll('=\r\n', '');
  assert.match(message, /^To: river@mail\.example/m);
  assert.match(message, /Customs Investigations, El Paso \(US\) has demanded data of your account/);
  assert.match(message, /19 U\.S\.C\./);
  assert.match(message, /We refused the demand and handed nothing over/);
  assert.doesNotMatch(message, /officer safety|critic|R-0\d\d/);

  assert.deepEqual(one.ledger(), [
    'request.receive',
    'request.review problem:request/not-now',
    'request.assign',
    'request.call',
    'request.verify',
    'request.review',
    'request.decide',
    'request.approve problem:request/not-now',
    'request.decide',
    'request.reject',
    'produce problem:request/not-now',
    'request.letter',
    'request.send',
    'notice.send problem:notice/not-decided',
    'notice.decide',
    'notice.send',
  ]);
});

test('G-11: a British production order about a person in Texas goes by treaty instead', () => {
  const one = desk.receive(
    '2026-09-21T10:00:00+01:00',
    warrant({
      requester: {
        agencyId: 'ag-london',
        agencyName: 'Metropolitan Inquiry Service',
        country: 'GB',
        level: 'foreign',
        officer: 'K. Moor',
        rank: 'inspector',
        email: 'k.moor@inquiry.example.uk',
      },
      instrument: {
        type: 'XB-CLOUD',
        statutes: ['Crime (Overseas Production Orders) Act 2019'],
        issuerName: 'Crown Court at Southwark',
        court: 'Crown Court at Southwark',
        issuedOn: '2026-09-18',
        returnOn: '2026-09-28',
        caseNo: 'OPO 2026/77',
      },
      targets: [{ type: 'account-id', value: '100000000000042', residence: 'US' }],
      basis: {
        offences: [
          {
            text: 'fraud by false representation',
            statute: 'Fraud Act 2006, s. 2',
            maxPenaltyMonths: 120,
            from: '2026-02-01',
            to: '2026-04-30',
            kind: 'fraud',
            dual: true,
          },
        ],
      },
    }),
  );
  one.does('2026-09-21T16:00:00Z', 'request assign');
  one.refused(
    '2026-09-21T16:00:00Z',
    'request verify',
    NOT_NOW,
    /assurance level 3 is not reached: a call to the agency's number/,
  );
  one.does('2026-09-21T16:05:00Z', 'request call', '--answer', 'confirmed');
  one.does('2026-09-21T16:06:00Z', 'request verify');
  const reviewed = one.does('2026-09-21T16:30:00Z', 'request review');
  assert.deepEqual(reviewed.verdicts, { authenticity: 'holds', sufficiency: 'fails', scope: 'holds' });
  assert.deepEqual(found(reviewed), ['R-089 reject 1']);
  one.refused('2026-09-21T16:30:00Z', 'request reject', NOT_NOW, /not every item is rejected/);
  one.decides('2026-09-21T16:40:00Z', 'all', 'reject', 'The agreement does not reach this person.');
  assert.equal(one.does('2026-09-21T16:40:00Z', 'request reject').state, 'rejected');
  const letter = one.letter('2026-09-21T16:40:00Z');
  assert.match(letter, /outside the agreement\. Please use mutual legal assistance/);
  assert.match(letter, /18 U\.S\.C\. § 2523\(b\)\(4\)/);
  assert.doesNotMatch(letter, /Texas|ann@mail\.example|Sunny Goods/);
  assert.equal(
    one.does('2026-09-21T16:50:00Z', 'request send', '--letter', desk.path('letter/letter.txt'))['kind'],
    'rejection',
  );
  assert.equal(
    one.does('2026-09-21T16:50:00Z', 'request close', '--reason', 'Refused; the treaty is the way.').state,
    'closed',
  );
});

/** 150 metres and one hour, under a warrant. */
const geofence = (caseNo: string, issuedOn: string, returnOn: string) =>
  warrant({
    instrument: { type: 'US-REVERSE', caseNo, issuedOn, returnOn },
    targets: [{ type: 'area', value: 'within 150 m of 35.0844, -106.6504' }],
    items: [
      {
        id: '1',
        target: 0,
        category: 'DC-21',
        from: '2026-02-03T20:00:00Z',
        to: '2026-02-03T21:00:00Z',
        rawText: 'devices in the area',
      },
    ],
  });

test('G-12: before Chatrie a geofence under a warrant is counsel’s, who refuses it', () => {
  const one = desk.receive('2026-06-10T15:00:00Z', geofence('26-mr-0301', '2026-06-09', '2026-06-30'));
  assert.equal(due(one.received, 'produce'), '2026-07-11T07:00:00.000Z');
  verified(one, '2026-06-10T16:00:00Z', SECOND);
  const reviewed = one.does('2026-06-10T17:00:00Z', 'request review');
  assert.equal(reviewed.ruleSet, '2026-01-01');
  assert.deepEqual(reviewed.verdicts, { authenticity: 'holds', sufficiency: 'holds', scope: 'open' });
  assert.deepEqual(found(reviewed), ['R-064 block 1']);
  assert.deepEqual(reviewed.findings[0]!.effects, ['counsel']);
  one.decides('2026-06-10T17:10:00Z', '1', 'reject', 'Counsel does not clear it: a search of everyone who was there.');
  assert.equal(one.does('2026-06-10T17:10:00Z', 'request reject').state, 'rejected');
  const letter = one.letter('2026-06-10T17:10:00Z');
  assert.match(letter, /We refuse or litigate searches for everyone at a place/);
  assert.match(letter, /Name the accounts you are looking for/);
});

test('G-12: since Chatrie it needs counsel and two approvers, and a motion stops it where it stands', () => {
  const one = desk.receive('2026-07-06T15:00:00Z', geofence('26-mr-0388', '2026-07-06', '2026-07-27'));
  one.does('2026-07-06T16:00:00Z', 'request assign');
  one.does('2026-07-06T16:00:00Z', 'request call', '--answer', 'confirmed');
  one.refused('2026-07-06T16:00:00Z', 'request verify', NOT_NOW, /level 4 is not reached: a second person/);
  one.as(SECOND, '2026-07-06T16:10:00Z', 'request second', '--note', 'The clerk of the court confirmed the number.');
  one.does('2026-07-06T16:10:00Z', 'request verify');
  const reviewed = one.does('2026-07-06T17:00:00Z', 'request review');
  assert.equal(reviewed.ruleSet, '2026-06-29');
  assert.deepEqual(found(reviewed), ['R-064 block 1']);
  assert.deepEqual(reviewed.findings[0]!.effects, ['counsel', 'two approvers']);

  one.decides('2026-07-06T17:10:00Z', '1', 'approve', 'One hour, 150 metres, under a warrant.');
  one.does('2026-07-06T17:10:00Z', 'request reason', '--rule', 'R-064', '--reason', 'It looks narrow to me.');
  one.refusedTo(SECOND, '2026-07-06T17:20:00Z', 'request approve', NOT_NOW, /item 1 has open findings: R-064/);
  one.as(
    COUNSEL,
    '2026-07-06T17:30:00Z',
    'request reason',
    '--rule',
    'R-064',
    '--reason',
    'Three steps, each back to the judge; cleared.',
  );
  const first = one.as(SECOND, '2026-07-06T17:40:00Z', 'request approve');
  assert.deepEqual([first.state, first.approvals.needed, first.approvals.complete], ['in_review', 2, false]);
  one.refusedTo(
    SECOND,
    '2026-07-06T17:41:00Z',
    'request approve',
    NOT_NOW,
    /has approved this already; another person is needed/,
  );
  assert.equal(one.as(COUNSEL, '2026-07-06T17:50:00Z', 'request approve').state, 'approved');

  const stayed = one.does('2026-07-07T15:00:00Z', 'request stay', '--ground', 'Motion to quash filed, 26-mc-0031');
  assert.equal(stayed.state, 'stayed');
  one.refused('2026-07-07T15:00:00Z', 'notice decide', NOT_NOW, /from stayed there is no way/);
  one.refused('2026-07-07T15:00:00Z', 'produce', NOT_NOW, /from stayed there is no way/);
  const ended = one.does(
    '2026-07-20T15:00:00Z',
    'request withdraw',
    '--reason',
    'The court quashed the warrant.',
    '--authenticated',
    'order of the court, 26-mc-0031',
  );
  assert.deepEqual(
    [ended.state, ended.endedBecause, ended.package],
    ['withdrawn', 'The court quashed the warrant.', null],
  );
});
