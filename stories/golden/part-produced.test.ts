/** Golden cases of which a part goes out: G-04 headers without positions, G-06 in spite of a secrecy order, G-15 a name only. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { order, subpoena } from '../../src/instrument/rules/example.ts';
import { rowsOf, SELLER } from './data.ts';
import {
  COUNSEL,
  due,
  found,
  goldenDesk,
  grave,
  handedOver,
  readPackage,
  SECOND,
  standings,
  told,
  verified,
} from './desk.ts';

const desk = await goldenDesk();
after(() => desk[Symbol.dispose]());

const NOT_NOW = 'request/not-now';
const RANGE = { from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z' };
const LETTER = ['--letter', desk.path('letter/letter.txt')];

test('G-04: a (d) order gives six months of headers, and no GPS', async () => {
  const half = { from: RANGE.from, to: '2026-08-01T00:00:00Z', target: 0 };
  const one = desk.receive(
    '2026-09-08T16:00:00Z',
    order({
      instrument: { caseNo: '26-mc-0442' },
      items: [
        { ...half, id: '1', category: 'DC-06', rawText: 'headers of messages sent and received' },
        { ...half, id: '2', category: 'DC-11', rawText: 'GPS positions' },
      ],
    }),
  );
  verified(one, '2026-09-08T17:00:00Z');
  const reviewed = one.does('2026-09-08T18:00:00Z', 'request review');
  assert.deepEqual(reviewed.verdicts, { authenticity: 'holds', sufficiency: 'fails', scope: 'holds' });
  assert.deepEqual(found(reviewed), ['R-072 reject 2']);
  assert.deepEqual(standings(reviewed), { 1: 'holds', 2: 'fails' });
  one.decides('2026-09-08T18:10:00Z', 'all', 'approve', 'Reached by the order.');
  one.does('2026-09-08T18:10:00Z', 'request reason', '--rule', 'R-072', '--reason', 'The order names GPS.');
  one.refusedTo(SECOND, '2026-09-08T18:20:00Z', 'request approve', NOT_NOW, /item 2 has open findings: R-072/);
  one.decides('2026-09-08T18:30:00Z', '2', 'reject', 'Positions are not on an order.');
  const letter = one.letter('2026-09-08T18:40:00Z');
  assert.match(letter, /What cannot be produced on this paper -+ Item 2: .*location.*warrant/i);
  assert.match(letter, /What is not in question .*Item 1: /);
  assert.doesNotMatch(letter, /What we need before we can go on/);
  assert.equal(one.as(SECOND, '2026-09-08T19:00:00Z', 'request approve').state, 'part_approved');
  const inPart = one.letter('2026-09-08T19:00:00Z');
  assert.match(inPart, /answered in part/);
  assert.match(inPart, /What will be produced .*Item 1: /);
  assert.doesNotMatch(inPart, /keep the request open until|new version of the whole demand/);
  one.does('2026-09-08T19:00:00Z', 'request send', ...LETTER);
  told(one, '2026-09-08T20:00:00Z', 'ann@mail.example');
  const { collected, packaged } = handedOver(one, '2026-09-22T07:00:00Z', desk.path('out-4'));
  const headers = rowsOf('headers', SELLER, half.from, half.to);
  assert.deepEqual([collected.accounting.produced, packaged.rows], [headers, headers]);
  const files = await readPackage(packaged.file);
  const all = [...files.values()].join('\n');
  assert.doesNotMatch(all, /About offer|-106\.6/, 'subject lines are content, and positions were not approved');
  assert.doesNotMatch(all, /buyer\d@mail\.example/, 'whom the order does not name is masked');
  const certificate = files.get('data/certificate.txt')!.replace(/\s+/g, ' ');
  assert.match(certificate, new RegExp(`From ${headers} records a part was left out`));
  assert.match(certificate, /7 people .* are shown by a number/);
  assert.match(certificate, /Item 2 is not part of this production: Positions are not on an order/);
});

test('G-06: a secrecy order without an end, older than its subpoena, silences nobody', async () => {
  const one = desk.receive(
    '2026-09-09T16:00:00Z',
    subpoena({
      instrument: { caseNo: '26-gj-0106' },
      ndo: {
        court: 'U.S. District Court, District of New Mexico',
        signed: true,
        signedBy: 'judge',
        issuedOn: '2026-08-08',
        linkedTo: '26-gj-0106',
        harms: ['flight from prosecution'],
        scope: 'this',
      },
    }),
  );
  verified(one, '2026-09-09T17:00:00Z');
  const reviewed = one.does('2026-09-09T18:00:00Z', 'request review');
  assert.deepEqual(found(reviewed), ['R-122 pushback', 'R-124 block']);
  assert.deepEqual(reviewed.verdicts, { authenticity: 'holds', sufficiency: 'open', scope: 'holds' });
  const letter = one.letter('2026-09-09T18:10:00Z');
  assert.match(
    letter,
    /About the request as a whole -+ - We do not treat indefinite orders as valid\. Give the day on which it ends/,
  );
  assert.match(letter, /we may move to vacate it\. Obtain one for this process/);

  one.decides('2026-09-09T18:20:00Z', 'all', 'approve', 'Reached by the subpoena.');
  one.refusedTo(SECOND, '2026-09-09T18:20:00Z', 'request approve', NOT_NOW, /item 1 has open findings: R-122.*R-124/);
  one.does('2026-09-09T18:30:00Z', 'request reason', '--rule', 'R-122', '--reason', 'The user is told.');
  one.does('2026-09-09T18:30:00Z', 'request reason', '--rule', 'R-124', '--reason', 'The user is told.');
  one.refusedTo(SECOND, '2026-09-09T18:40:00Z', 'request approve', NOT_NOW, /item 1 has open findings: R-124/);
  one.as(
    COUNSEL,
    '2026-09-09T18:50:00Z',
    'request reason',
    '--rule',
    'R-124',
    '--reason',
    'No motion needed: it binds nobody.',
  );
  assert.equal(one.as(SECOND, '2026-09-09T19:00:00Z', 'request approve').state, 'approved');

  const silent = ['--silent', 'nondisclosure order'];
  one.refused(
    '2026-09-09T19:10:00Z',
    'notice decide',
    NOT_NOW,
    /the nondisclosure order does not hold: R-122.*R-124/,
    ...silent,
  );
  one.refused('2026-09-09T19:10:00Z', 'notice decide', NOT_NOW, /it is no emergency/, '--silent', 'emergency');
  const decided = told(one, '2026-09-09T19:20:00Z', 'ann@mail.example');
  assert.deepEqual(
    [decided.state, decided['due']],
    ['notice_wait', '2026-09-22T07:00:00.000Z'],
    'day 10 is a Saturday',
  );
  const notices = desk.run('notice', 'list', '--json').json() as unknown as { notices: { request: string }[] };
  assert.ok(!notices.notices.some(({ request }) => request === one.request), 'told, so nothing is outstanding');
  const { packaged } = handedOver(one, '2026-09-22T07:00:00Z', desk.path('out-6'));
  assert.equal(packaged.rows, rowsOf('profiles', SELLER) + rowsOf('sessions', SELLER, RANGE.from, RANGE.to));
});

test('G-15: a national security letter that asks for headers gives a name, in silence', async () => {
  const item = (id: string, category: string, rawText: string) => ({ id, target: 0, category, ...RANGE, rawText });
  const one = desk.receive(
    '2026-09-10T16:00:00Z',
    order({
      instrument: {
        type: 'US-NSL',
        statutes: ['18 U.S.C. § 2709'],
        issuerName: 'Federal Bureau of Inquiry',
        issuerRole: 'special agent in charge',
        caseNo: 'NSL-26-0015',
        recites: [],
        recitedBy: undefined,
        court: undefined,
        courtBasis: undefined,
      },
      basis: { purpose: 'international terrorism', offences: [{ statute: '18 U.S.C. § 2339B', kind: 'terrorism' }] },
      items: [item('1', 'DC-01', 'name and address'), item('2', 'DC-06', 'headers')],
      ndo: {
        statute: '18 U.S.C. § 2709(c)',
        signed: true,
        signedBy: 'agent',
        issuedOn: '2026-09-08',
        linkedTo: 'NSL-26-0015',
        certification: true,
        noticeOfReview: true,
      },
    }),
  );
  verified(one, '2026-09-10T17:00:00Z');
  const reviewed = one.does('2026-09-10T18:00:00Z', 'request review');
  assert.deepEqual(reviewed.verdicts, { authenticity: 'holds', sufficiency: 'fails', scope: 'holds' });
  assert.deepEqual(found(reviewed), ['R-074 reject 2']);
  assert.deepEqual(grave(reviewed), found(reviewed));
  one.decides('2026-09-10T18:10:00Z', '1', 'approve', 'Within the letter.');
  one.decides('2026-09-10T18:10:00Z', '2', 'reject', 'Beyond the letter.');
  const letter = one.letter('2026-09-10T18:20:00Z');
  assert.match(letter, /The letter reaches name, address and length of service/);
  assert.doesNotMatch(letter, /terrorism|buyer|Sunny/);
  one.as(SECOND, '2026-09-10T18:30:00Z', 'request approve');

  one.refused('2026-09-10T18:40:00Z', 'notice decide', NOT_NOW, /the certified letter forbids telling the user/);
  const silent = one.does('2026-09-10T18:40:00Z', 'notice decide', '--silent', 'national security letter');
  assert.deepEqual([silent.state, silent['due']], ['collecting', null]);
  one.refused(
    '2026-09-10T18:50:00Z',
    'notice send',
    'notice/barred',
    /national security letter/,
    '--to',
    'ann@mail.example',
  );
  const { packaged } = handedOver(one, '2026-09-10T19:00:00Z', desk.path('out-15'));
  assert.equal(packaged.rows, rowsOf('profiles', SELLER));
  const files = await readPackage(packaged.file);
  const all = [...files.values()].join('\n');
  assert.match(all, /Sunny Goods/);
  assert.doesNotMatch(all, /buyer\d@|About offer/);
  assert.equal(due(one.show('2026-09-11T00:00:00Z'), 'user notice'), null);
  assert.match(readFileSync(packaged.file).subarray(0, 30).toString(), /^age-encryption\.org/, 'it left sealed');
});
