/** G-02: an emergency that comes from a county's own mailbox, which somebody else is using. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { emergency } from '../../src/instrument/rules/example.ts';
import { asForm, due, goldenDesk, grave, type Said, SECOND } from './desk.ts';

const desk = await goldenDesk();
after(() => desk[Symbol.dispose]());

const NOT_NOW = 'request/not-now';

/** The fixture's message with the form that whoever wrote it filled in as well. */
function fromTheStolenMailbox(): string {
  const message = readFileSync(
    fileURLToPath(new URL('../../fixtures/requests/email-hijacked-county/message.eml', import.meta.url)),
    'utf8',
  );
  const gap = message.search(/\r?\n\r?\n/);
  const [head, body] = [message.slice(0, gap), message.slice(gap).trim()];
  const form = emergency({
    channel: 'email',
    requester: {
      agencyId: 'ag-dona-ana',
      agencyName: 'Doña Ana County Sheriff',
      level: 'local',
      officer: 'Deputy R. Salas',
      badge: '118',
      email: 'r.salas@sheriff.donaana.example',
      phone: '+15755550188',
    },
    instrument: {
      issuerName: 'Doña Ana County Sheriff',
      issuerRole: 'officer',
      caseNo: undefined,
      issuedOn: '2026-09-10',
    },
  });
  const part = (type: string, more: string, text: string) =>
    `--part\r\nContent-Type: ${type}\r\n${more}\r\n${text}\r\n`;
  return [
    head.replace(/^Content-Type: .*$/m, 'Content-Type: multipart/mixed; boundary=part').replaceAll(/\r?\n/g, '\r\n'),
    '\r\n\r\n',
    part('text/plain; charset=us-ascii', '', body.replaceAll(/\r?\n/g, '\r\n')),
    part(
      'application/json',
      'Content-Disposition: attachment; filename=request.json\r\nContent-Transfer-Encoding: base64\r\n',
      Buffer.from(JSON.stringify(asForm(form)))
        .toString('base64')
        .replaceAll(/.{76}/g, '$&\r\n'),
    ),
    '--part--\r\n',
  ].join('');
}

test('G-02: an emergency from a stolen county mailbox is a fraud as soon as the county is called at its own number', () => {
  const one = desk.receive('2026-09-10T21:13:00-06:00', desk.write('urgent.eml', fromTheStolenMailbox()));
  const { received } = one;
  assert.deepEqual([received.kind, received.intake.by, received.authentication.dmarc], ['emergency', 'e-mail', 'pass']);
  assert.equal(due(received, 'acknowledge'), '2026-09-11T03:28:00.000Z', 'a quarter of an hour');
  assert.match(
    received.intake.notes.map(({ says }) => says).join(' '),
    /5755550188.* Call the number in the directory, never these/,
  );
  assert.deepEqual(
    [received.assurance.level, received.assurance.floor],
    [1, 4],
    'the mailbox is real, and that is not enough',
  );

  one.does('2026-09-11T03:16:00Z', 'request assign');
  const called = one.does(
    '2026-09-11T03:20:00Z',
    'request call',
    '--number',
    '(575) 555-0188',
    '--answer',
    'confirmed',
  );
  assert.equal(called['numberSource'], 'request');
  one.as(SECOND, '2026-09-11T03:22:00Z', 'request second', '--note', 'The badge number exists.');
  one.refused(
    '2026-09-11T03:23:00Z',
    'request verify',
    NOT_NOW,
    /assurance level 4 is not reached: .*number called was taken from the request/,
  );
  const before = one.does('2026-09-11T03:23:00Z', 'request judge')['judgement'] as Said;
  assert.deepEqual(grave(before), ['R-007 block', 'R-008 block', 'R-104 block']);
  one.refused('2026-09-11T03:23:00Z', 'request review', NOT_NOW, /from verifying there is no way/);

  const denied = one.does(
    '2026-09-11T03:26:00Z',
    'request call',
    '--answer',
    'denied',
    '--note',
    'Dispatch knows of no such case.',
  );
  assert.equal(denied['numberSource'], 'directory');
  assert.match(denied.assurance.missing.join(), /the agency said it is not theirs/);
  one.refused('2026-09-11T03:27:00Z', 'request verify', NOT_NOW, /assurance level 4/);
  const refused = one.does(
    '2026-09-11T03:27:00Z',
    'request verify',
    '--fraud',
    'The sheriff’s dispatch knows of no such case.',
  );
  assert.deepEqual([refused.state, refused.verification?.outcome], ['rejected', 'fraud']);
  assert.match(refused.endedBecause!, /^fraud: /);
  assert.deepEqual(
    refused.alerts.map(({ rule }) => rule),
    ['R-008', 'R-104'],
  );
  assert.deepEqual(
    refused.verdicts,
    { authenticity: null, sufficiency: null, scope: null },
    'what it asks was never judged',
  );

  // Nobody is told that they were found out.
  const letter = one.letter('2026-09-11T03:30:00Z');
  assert.doesNotMatch(letter, /fraud|dispatch|call|number/i);
  one.refused(
    '2026-09-11T03:30:00Z',
    'request send',
    NOT_NOW,
    /refused as a fraud, and its sender is told nothing/,
    '--letter',
    desk.path('letter/letter.txt'),
  );
  one.refused('2026-09-11T03:30:00Z', 'notice decide', NOT_NOW, /nobody has verified yet who asks/);
  const shown = desk.run('request', 'show', '--request', one.request).out;
  assert.match(shown, /ALERT R-008: The agency was called and does not know of this request/);
  const listed = desk.run('request', 'list', '--ended', '--json').json() as unknown as {
    requests: { request: string; state: string }[];
  };
  assert.ok(listed.requests.some(({ request, state }) => request === one.request && state === 'rejected'));
  assert.deepEqual(
    one.ledger().filter((act) => !act.endsWith('show') && !act.endsWith('judge')),
    [
      'request.receive',
      'request.assign',
      'request.call',
      'request.second',
      'request.verify problem:request/not-now',
      'request.review problem:request/not-now',
      'request.call',
      'request.verify problem:request/not-now',
      'request.verify',
      'request.letter',
      'request.send problem:request/not-now',
      'notice.decide problem:request/not-now',
    ],
  );
});
