/** Golden cases of European orders, for an addressee in Ireland: G-08 Form 3, G-09 the waiting, G-10 a Friday evening. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { europeanOrder } from '../../src/instrument/rules/example.ts';
import { NEIGHBOUR, rowsOf, SPANIARD } from './data.ts';
import { due, found, goldenDesk, handedOver, REVIEWER, readPackage, SECOND, standings } from './desk.ts';

const desk = await goldenDesk();
after(() => desk[Symbol.dispose]());

const NOT_NOW = 'request/not-now';
const OVER_DITS = ['--over', 'dits', '--signature-checked'];
const CONFIDENTIAL = ['--silent', 'the certificate keeps it confidential'];
const fixture = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/requests/${name}/message.xml`, import.meta.url));

test('G-08: messages ordered by a prosecutor for a two-year offence go back by Form 3, and nothing is produced', () => {
  const one = desk.receive(
    '2026-09-11T15:00:00+01:00',
    europeanOrder({
      instrument: {
        issuerRole: 'prosecutor',
        issuerName: 'Procura della Repubblica, Milano',
        caseNo: 'RGNR 2026/4480',
      },
      eu: { ia: 'Procura della Repubblica, Milano', iaRole: 'prosecutor' },
      basis: { offences: [{ text: 'simple fraud', statute: 'art. 640 c.p.', maxPenaltyMonths: 24, dual: true }] },
      items: [
        {
          id: '1',
          target: 0,
          category: 'DC-12',
          from: '2026-02-01T00:00:00Z',
          to: '2026-05-01T00:00:00Z',
          rawText: 'messages',
        },
      ],
    }),
  );
  assert.equal(due(one.received, 'produce'), '2026-09-21T23:00:00.000Z', 'day 10 ends at midnight in Dublin');
  one.does('2026-09-11T15:00:00Z', 'request assign');
  one.does('2026-09-11T15:00:00Z', 'request verify');
  const reviewed = one.does('2026-09-11T15:10:00Z', 'request review');
  assert.equal(reviewed.ruleSet, '2026-08-18');
  assert.deepEqual(reviewed.verdicts, { authenticity: 'holds', sufficiency: 'open', scope: 'holds' });
  assert.deepEqual(found(reviewed), ['R-161 pushback 1', 'R-163 pushback 1']);
  one.decides('2026-09-11T15:20:00Z', '1', 'push-back', 'Who is competent, and for which offence?');

  const form = one.letter('2026-09-14T09:00:00Z');
  assert.match(form, /Form 3: RGNR 2026\/4480/);
  const ticked = [...form.matchAll(/\b(yes|no) +(?:│ |\| )?(The |It |Carrying |Another )/g)];
  assert.equal(ticked.length, 12, 'every ground is there, ticked or not');
  assert.equal(ticked.filter(([, yes]) => yes === 'yes').length, 2);
  assert.match(form, /yes [^a-z]*It was not issued or validated by a competent authority/);
  assert.match(form, /yes [^a-z]*It was not issued for an offence for which this data may be/);
  assert.match(form, /The highest penalty stated is 24 months, below three years/);
  assert.match(form, /This form goes to:? +issuing authority(?! and)/);
  assert.doesNotMatch(form, /Sunny Goods|ann@mail/);
  const sent = one.does('2026-09-14T10:00:00Z', 'request send', '--letter', desk.path('letter/letter.txt'));
  // Five days after 14 September end on a Saturday, so with Monday.
  assert.deepEqual([sent['kind'], sent.state, sent['cureDue']], ['form 3', 'pushed_back', '2026-09-21T23:00:00.000Z']);
  const waiting = one.show('2026-09-15T00:00:00Z');
  assert.equal(due(waiting, 'answer of the issuing authority'), '2026-09-21T23:00:00.000Z');
  assert.deepEqual(
    waiting.clocks.filter(({ paused }) => paused).map(({ name }) => name),
    ['produce'],
    'the duty is suspended',
  );
  one.refused('2026-09-15T10:00:00Z', 'request approve', NOT_NOW, /from pushed back there is no way/);
  one.refused(
    '2026-09-21T22:59:00Z',
    'request close',
    NOT_NOW,
    /the requester has until 2026-09-21T23:00/,
    '--reason',
    'no answer',
  );
  const closed = one.does('2026-09-21T23:00:00Z', 'request close', '--reason', 'No answer to Form 3.');
  assert.deepEqual([closed.state, closed.package], ['closed', null]);
});

test('G-09: sessions of a resident of Spain wait for the enforcing authority, and go out when day 10 has ended', async () => {
  const one = desk.receive('2026-09-11T15:00:00+01:00', fixture('etsi-epoc-traffic'), ...OVER_DITS);
  const { received } = one;
  assert.deepEqual([received.intake.by, received.paper, received.assurance.level], ['ETSI message', 'EU-EPOC-T', 4]);
  assert.equal(due(received, 'produce'), '2026-09-21T23:00:00.000Z');
  one.does('2026-09-11T15:00:00Z', 'request assign');
  one.does('2026-09-11T15:00:00Z', 'request verify');
  const [item] = received.items.map(({ item: id }) => id);
  const reviewed = one.does('2026-09-11T15:10:00Z', 'request review');
  assert.deepEqual(reviewed.verdicts, { authenticity: 'holds', sufficiency: 'open', scope: 'holds' });
  assert.deepEqual(found(reviewed), [`R-164 block ${item}`]);
  assert.equal(due(reviewed, 'enforcing authority'), '2026-09-21T23:00:00.000Z');
  one.decides('2026-09-11T15:20:00Z', 'all', 'approve', 'Traffic data, validated by a judge.');
  assert.equal(one.as(SECOND, '2026-09-11T15:30:00Z', 'request approve').state, 'approved');

  one.refused('2026-09-11T15:40:00Z', 'notice decide', NOT_NOW, /the certificate forbids telling the user/);
  assert.equal(one.does('2026-09-11T15:40:00Z', 'notice decide', ...CONFIDENTIAL).state, 'ea_hold');
  const mayRefuse = /the enforcing authority may refuse until 2026-09-21T23:00:00\.000Z/;
  one.refused('2026-09-20T12:00:00Z', 'produce', NOT_NOW, mayRefuse);
  one.refused('2026-09-21T22:59:59Z', 'produce', NOT_NOW, mayRefuse);
  const { collected, packaged } = handedOver(one, '2026-09-21T23:00:00Z', desk.path('out-9'));
  const sessions = rowsOf('sessions', SPANIARD, '2026-01-31T23:00:00Z', '2026-04-30T22:00:00Z');
  assert.deepEqual(
    [collected.accounting.produced, packaged.rows],
    [sessions, sessions],
    'February to April by the clock of Rome',
  );
  const files = await readPackage(packaged.file);
  assert.match(files.get('data/certificate.txt')!, /Manifest and declaration of the addressee/);
  assert.doesNotMatch([...files.values()].join('\n'), /UNREAD/, 'Section M is for the enforcing authority alone');
  const shown = one.show('2026-09-22T00:00:00Z');
  assert.deepEqual([shown.state, shown.clocks, standings(shown)], ['produced', [], { [item!]: 'approve' }]);
});

test('G-10: an emergency order of Friday 17:10 is due on Saturday at 02:00, by our own target at 01:10', async () => {
  const one = desk.receive('2026-09-11T17:10:00+01:00', fixture('etsi-epoc-emergency'), ...OVER_DITS);
  const produce = one.received.clocks.find(({ name }) => name === 'produce')!;
  assert.deepEqual([produce.due, produce.target], ['2026-09-12T01:00:00.000Z', '2026-09-12T00:10:00.000Z']);
  const inDublin = (instant: string) =>
    Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/Dublin').toPlainDateTime().toString();
  assert.deepEqual([inDublin(produce.due), inDublin(produce.target!)], ['2026-09-12T02:00:00', '2026-09-12T01:10:00']);
  const firstIn = (at: string) => desk.run('request', 'list', '--at', at).out.split('\n')[0]!;
  assert.match(
    firstIn('2026-09-11T16:15:00Z'),
    new RegExp(`^${one.request} +2026-09-11T16:25Z +acknowledge`),
    'whoever asks hears within a quarter of an hour that it has come',
  );
  assert.match(
    desk.run('request', 'show', '--request', one.request, '--at', '2026-09-11T16:20:00Z').out,
    /produce: 2026-09-12T00:10:00\.000Z, at the latest 2026-09-12T01:00:00\.000Z/,
  );

  one.does('2026-09-11T16:20:00Z', 'request assign');
  assert.match(
    firstIn('2026-09-11T16:20:00Z'),
    new RegExp(`^${one.request} +2026-09-12T00:10Z +produce`),
    'then it is the first in the list by when it is due',
  );
  assert.match(
    desk.run('request', 'list', '--at', '2026-09-12T00:10:00Z').out,
    new RegExp(`^${one.request}.*OVERDUE`, 'm'),
  );
  one.does('2026-09-11T16:20:00Z', 'request verify');
  assert.deepEqual(found(one.does('2026-09-11T16:30:00Z', 'request review')), []);
  one.decides('2026-09-11T16:40:00Z', 'all', 'approve', 'A person is held captive.');
  const first = one.as(SECOND, '2026-09-11T16:50:00Z', 'request approve');
  assert.deepEqual([first.state, first.approvals.needed], ['in_review', 2], 'an emergency takes two people');
  one.refused('2026-09-11T16:50:00Z', 'produce', NOT_NOW, /from in review there is no way/);
  assert.equal(one.as(REVIEWER, '2026-09-11T17:00:00Z', 'request approve').state, 'approved');
  assert.equal(
    one.does('2026-09-11T17:00:00Z', 'notice decide', ...CONFIDENTIAL).state,
    'collecting',
    'nobody waits in an emergency',
  );
  const { packaged } = handedOver(one, '2026-09-11T17:10:00Z', desk.path('out-10'));
  assert.equal(
    packaged.rows,
    rowsOf('profiles', NEIGHBOUR) + rowsOf('sessions', NEIGHBOUR, '2026-09-10T00:00:00Z', '2026-09-11T15:00:00Z'),
  );
  assert.equal(packaged.recipient.name, 'Questura di Milano');
  assert.match(readFileSync(packaged.file).subarray(0, 30).toString(), /^age-encryption\.org/);
});
