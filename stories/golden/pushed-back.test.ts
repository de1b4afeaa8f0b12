/** Golden cases that are cured or narrowed and then produced: G-03, G-05, G-13. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { subpoena, warrant } from '../../src/instrument/rules/example.ts';
import { rowsOf, SELLER } from './data.ts';
import {
  asForm,
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

/** G-03: who it is, since when, its sessions, and all its messages. */
const grandJury = (range: object, more: object = {}) =>
  subpoena(
    {
      instrument: { caseNo: '26-gj-0103' },
      items: [
        { id: '1', target: 0, category: 'DC-01', rawText: 'subscriber name and contact details' },
        { id: '2', target: 0, category: 'DC-02', rawText: 'session times and addresses', ...range },
        { id: '3', target: 0, category: 'DC-03', rawText: 'length and types of service' },
        { id: '4', target: 0, category: 'DC-12', rawText: 'all messages', ...range },
      ],
    },
    more,
  );

test('G-03: a grand jury’s subpoena without dates is cured, and gives everything but the messages', async () => {
  const one = desk.receive('2026-09-10T16:00:00Z', grandJury({}));
  assert.equal(due(one.received, 'acknowledge'), '2026-09-12T07:00:00.000Z');
  assert.equal(
    due(one.received, 'produce'),
    '2026-10-14T07:00:00.000Z',
    'day 30 is a Saturday, and Columbus Day follows',
  );
  verified(one, '2026-09-10T17:00:00Z');
  const reviewed = one.does('2026-09-11T15:00:00Z', 'request review');
  assert.deepEqual(reviewed.verdicts, { authenticity: 'holds', sufficiency: 'fails', scope: 'open' });
  assert.deepEqual(found(reviewed), ['R-057 pushback 2', 'R-057 pushback 4', 'R-071 reject 4']);
  assert.deepEqual(standings(reviewed), { 1: 'holds', 2: 'open', 3: 'holds', 4: 'fails' });

  one.decides('2026-09-11T15:10:00Z', '2', 'push-back', 'Sessions of which days?');
  one.decides('2026-09-11T15:10:00Z', '4', 'reject', 'Messages are content.');
  const letter = one.letter('2026-09-11T15:20:00Z');
  assert.match(letter, /What we need before we can go on -+ Item 2: .*State the first and the last day/);
  assert.match(letter, /What cannot be produced on this paper -+ Item 4: .*Serve a search warrant/);
  assert.match(letter, /What is not in question .*Item 1: .*Item 3: /);
  assert.match(letter, /We keep the request open until 2026-09-26/);
  assert.doesNotMatch(letter, /Sunny Goods|ann@mail|R-0\d\d|\[V/);
  const sent = one.does('2026-09-11T15:30:00Z', 'request send', ...LETTER);
  assert.deepEqual(
    [sent['kind'], sent.state, sent['cureDue']],
    ['push back', 'pushed_back', '2026-09-26T07:00:00.000Z'],
  );

  one.refused('2026-09-14T15:00:00Z', 'request review', NOT_NOW, /from pushed back there is no way/);
  one.refused(
    '2026-09-25T15:00:00Z',
    'request close',
    NOT_NOW,
    /the requester has until 2026-09-26/,
    '--reason',
    'no answer',
  );
  const other = grandJury(RANGE, { requester: { officer: 'Pat Sims', email: 'pat.sims@inquiry.example.gov' } });
  const cure = (name: string, demand: object) => ['--file', desk.write(name, asForm(demand))];
  one.refused(
    '2026-09-14T15:00:00Z',
    'request cure',
    NOT_NOW,
    /it comes from someone else/,
    ...cure('other.json', other),
  );
  const cured = one.does('2026-09-14T15:00:00Z', 'request cure', ...cure('cured.json', grandJury(RANGE)));
  assert.deepEqual([cured.state, cured.version], ['verified', 2]);
  assert.deepEqual(
    standings(cured),
    { 1: null, 2: null, 3: null, 4: null },
    'nothing decided of the first version stands',
  );

  const again = one.does('2026-09-14T16:00:00Z', 'request review');
  assert.deepEqual(found(again), ['R-071 reject 4']);
  one.decides('2026-09-14T16:10:00Z', 'all', 'approve', 'Reached by a subpoena; three months.');
  one.refusedTo(SECOND, '2026-09-14T16:20:00Z', 'request approve', NOT_NOW, /item 4 has open findings: R-071/);
  one.decides('2026-09-14T16:30:00Z', '4', 'reject', 'Messages are content.');
  one.refused(
    '2026-09-14T16:30:00Z',
    'request approve',
    NOT_NOW,
    /R\. Alder decided item 1, 2, 3 and cannot approve it too/,
  );
  const approved = one.as(SECOND, '2026-09-14T16:40:00Z', 'request approve');
  assert.deepEqual(
    [approved.state, standings(approved)],
    ['part_approved', { 1: 'approve', 2: 'approve', 3: 'approve', 4: 'reject' }],
  );

  one.refused('2026-09-14T16:50:00Z', 'produce', NOT_NOW, /from part approved there is no way/);
  assert.equal(told(one, '2026-09-14T17:00:00Z', 'ann@mail.example').state, 'notice_wait');
  one.refused('2026-09-25T06:59:00Z', 'produce', NOT_NOW, /the user may object until 2026-09-25T07:00:00.000Z/);
  const sessions = rowsOf('sessions', SELLER, RANGE.from, RANGE.to);
  const preview = one.does('', 'produce preview')['items'] as unknown as { item: string; produced: number }[];
  assert.deepEqual(
    preview.map(({ item, produced }) => [item, produced]),
    [
      ['1', 2],
      ['2', sessions],
      ['3', 1],
    ],
  );
  const collected = one.does('2026-09-25T07:00:00Z', 'produce')['accounting'] as { produced: number };
  assert.equal(collected.produced, 3 + sessions);
  one.refused(
    '2026-09-25T07:10:00Z',
    'produce check',
    NOT_NOW,
    /R\. Alder collected the rows and cannot check them too/,
  );
  one.refused('2026-09-25T07:10:00Z', 'produce package', NOT_NOW, /were not checked yet/, '--out', desk.path('out-3'));
  one.as(SECOND, '2026-09-25T07:10:00Z', 'produce check');
  const packaged = one.does('2026-09-25T07:20:00Z', 'produce package', '--out', desk.path('out-3'));
  assert.deepEqual([packaged.state, packaged['rows']], ['produced', 3 + sessions]);

  const files = await readPackage(String(packaged['file']));
  const all = [...files.values()].join('\n');
  assert.match(all, /Sunny Goods/);
  assert.doesNotMatch(all, /Text of message|River Watch|100000000000043/);
  assert.match(files.get('data/certificate.txt')!.replace(/\s+/g, ' '), /Item 4.*Messages are content/);

  one.refused(
    '2026-09-26T15:00:00Z',
    'request acknowledge',
    NOT_NOW,
    /is not that of the package/,
    '--sha256',
    '0'.repeat(64),
    '--by',
    'Sam Ortega',
  );
  const acknowledged = one.does(
    '2026-09-26T15:00:00Z',
    'request acknowledge',
    '--sha256',
    String(packaged['sha256']),
    '--by',
    'Sam Ortega',
  );
  assert.equal(acknowledged.state, 'acknowledged');
  const acts = one.ledger();
  assert.deepEqual(
    acts.filter((act) => !act.includes('problem:')),
    [
      'request.receive',
      'request.assign',
      'request.call',
      'request.verify',
      'request.review',
      'request.decide',
      'request.decide',
      'request.letter',
      'request.send',
      'request.cure',
      'request.review',
      'request.decide',
      'request.decide',
      'request.approve',
      'notice.decide',
      'notice.send',
      'produce.preview',
      'produce',
      'produce.check',
      'produce.package',
      'request.acknowledge',
    ],
  );
  assert.equal(acts.filter((act) => act.endsWith('problem:request/not-now')).length, 10);
});

test('G-05: a warrant for the entire account is narrowed in writing, approved by two, and produced as narrowed', async () => {
  const whole = { id: '1', target: 0, category: 'DC-12', rawText: 'The entire account, creation to present' };
  const one = desk.receive('2026-09-15T16:00:00Z', warrant({ instrument: { caseNo: '26-mr-0442' }, items: [whole] }));
  verified(one, '2026-09-15T17:00:00Z');
  const reviewed = one.does('2026-09-15T18:00:00Z', 'request review');
  assert.deepEqual(found(reviewed), ['R-057 pushback 1', 'R-058 reject 1', 'R-061 pushback 1']);
  assert.deepEqual(
    reviewed.verdicts,
    { authenticity: 'holds', sufficiency: 'holds', scope: 'open' },
    'the past part is not refused',
  );
  one.decides('2026-09-15T18:10:00Z', '1', 'push-back', 'Which months, and which records?');
  const letter = one.letter('2026-09-15T18:20:00Z');
  assert.match(letter, /reaches what was stored when we received it/);
  assert.match(letter, /We cannot act on demands for everything\. List the categories/);
  one.does('2026-09-15T18:30:00Z', 'request send', ...LETTER);

  const accepted = [
    '--accepted-by',
    'Sam Ortega',
    '--acceptance',
    desk.write('reply.eml', 'Three months will do. S. Ortega'),
  ];
  const narrow = (name: string, ...items: object[]) => ['--items', desk.write(name, items), ...accepted];
  const months = { ...whole, ...RANGE, rawText: 'messages of the account' };
  one.refused(
    '2026-09-16T15:00:00Z',
    'request narrow',
    NOT_NOW,
    /item 2 was not in the demand/,
    ...narrow('wider.json', months, { ...months, id: '2' }),
  );
  one.refused(
    '2026-09-16T15:00:00Z',
    'request narrow',
    NOT_NOW,
    /names another category/,
    ...narrow('files.json', { ...months, category: 'DC-13' }),
  );
  const narrowed = one.does('2026-09-16T15:00:00Z', 'request narrow', ...narrow('narrower.json', months));
  assert.equal(narrowed.state, 'narrowed');
  assert.deepEqual(narrowed['narrowing'], [
    {
      item: '1',
      before: `Item 1: content of communications (DC-12); account-id ${SELLER}; no dates`,
      after: `Item 1: content of communications (DC-12); account-id ${SELLER}; from ${RANGE.from} to before ${RANGE.to}`,
    },
  ]);

  const again = one.does('2026-09-16T16:00:00Z', 'request review');
  assert.deepEqual(found(again), []);
  one.decides('2026-09-16T16:10:00Z', '1', 'approve', 'Three months, as narrowed.');
  const first = one.as(SECOND, '2026-09-16T16:20:00Z', 'request approve');
  assert.deepEqual([first.state, first.approvals.needed], ['in_review', 2], 'content takes two people');
  one.refusedTo(SECOND, '2026-09-16T16:21:00Z', 'request approve', NOT_NOW, /another person is needed/);
  const approved = one.does('2026-09-16T16:30:00Z', 'request approve');
  assert.equal(approved.state, 'approved');
  assert.deepEqual(
    approved.narrowings.map(({ before, after: now }) => [before[0]!.from, now[0]!.from]),
    [[undefined, RANGE.from]],
  );

  // A federal holiday moves the last day of ten only when it falls on it: 26 September is a Saturday.
  assert.equal(told(one, '2026-09-16T17:00:00Z', 'ann@mail.example')['due'], '2026-09-29T07:00:00.000Z');
  const { packaged } = handedOver(one, '2026-09-29T07:00:00Z', desk.path('out-5'));
  const messages = rowsOf('messages', SELLER, RANGE.from, RANGE.to);
  assert.equal(packaged.rows, messages);
  const files = await readPackage(packaged.file);
  const all = [...files.values()].join('\n');
  assert.equal(files.get('data/records/contact.csv')!.match(/Text of message \d+/g)!.length, messages);
  assert.doesNotMatch(all, /buyer\d@mail\.example/, 'whom the warrant does not name is masked');
});

/** G-13: whoever had an address that several subscribers share. */
const address = (seen: object) =>
  subpoena({
    instrument: { caseNo: '26-gj-0131' },
    targets: [{ type: 'ip', value: '203.0.113.7', shared: true, ...seen }],
    items: [{ id: '1', target: 0, category: 'DC-01', rawText: 'subscriber of the address' }],
  });

test('G-13: a shared address with a time and no zone is asked for zone and port, and then gives one holder', async () => {
  const one = desk.receive('2026-09-17T16:00:00Z', address({ observedAt: '2026-03-04T17:10:00' }));
  verified(one, '2026-09-17T17:00:00Z');
  const reviewed = one.does('2026-09-17T18:00:00Z', 'request review');
  assert.deepEqual(reviewed.verdicts, { authenticity: 'holds', sufficiency: 'holds', scope: 'open' });
  assert.deepEqual(found(reviewed), ['R-056 pushback 1', 'R-060 warn 1']);
  assert.deepEqual(grave(reviewed), []);
  one.decides('2026-09-17T18:10:00Z', '1', 'approve', 'Perhaps it is UTC.');
  one.refusedTo(SECOND, '2026-09-17T18:10:00Z', 'request approve', NOT_NOW, /item 1 has open findings: R-056 .*R-060/);
  one.decides('2026-09-17T18:20:00Z', '1', 'push-back', 'At 17:10 of which zone, from which port?');
  const letter = one.letter('2026-09-17T18:30:00Z');
  assert.match(letter, /State the date, the time with its zone, and the source port/);
  assert.doesNotMatch(letter, /Neighbour|Sunny|holder/);
  one.does('2026-09-17T18:30:00Z', 'request send', ...LETTER);

  const answer = address({ observedAt: '2026-03-04T17:10:00-07:00', port: 40_112 });
  one.does('2026-09-18T15:00:00Z', 'request cure', '--file', desk.write('answer.json', asForm(answer)));
  const again = one.does('2026-09-18T16:00:00Z', 'request review');
  assert.deepEqual(found(again), []);
  one.decides('2026-09-18T16:10:00Z', '1', 'approve', 'One holder at that moment.');
  one.as(SECOND, '2026-09-18T16:20:00Z', 'request approve');
  told(one, '2026-09-18T17:00:00Z', 'ann@mail.example');
  const { packaged } = handedOver(one, '2026-09-29T07:00:00Z', desk.path('out-13'));
  const all = [...(await readPackage(packaged.file)).values()].join('\n');
  assert.match(all, /Sunny Goods/, 'who had it at 00:10 UTC on 5 March');
  assert.doesNotMatch(all, /Neighbour/, 'who would have had it at 17:10 UTC');
  assert.equal(packaged.rows, rowsOf('profiles', SELLER));
});
