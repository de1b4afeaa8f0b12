/**
 * The whole way of one demand, on the command line: an order by e-mail, who asks, the law, a push-back, a narrower demand,
 * two approvals, the user told, a production out of a million rows, and the lab that imports it without retyping.
 *
 * `docs/life-of-a-request.md` tells this story.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ShownFile } from '../../src/desk/request-shown.ts';
import type { Receipt } from '../../src/importing/receipt.ts';
import { type Email, readEmail } from '../../src/request/email.ts';
import { SENDER } from '../../src/sample/cast.ts';
import { office, type Ran } from '../command.ts';
import { startPostgres } from '../servers/postgres.ts';
import { eachChangeIsNamed } from './changed-package.ts';
import { filesIn, identityOf, opened, sealedAgain, withByteChanged } from './package-file.ts';
import { REVIEWER, SECOND, THIRD } from './sample-desk.ts';
import {
  ADDRESS, AGENCY, acceptance, agencies, declaration, email, fill, logins, narrowed, OFFICER, OTHER_ACCOUNTS, PAPER, POLICY,
  READER, ROWS, SERVICE, SUBSCRIBER, write,
} from './sample-order.ts'; // biome-ignore format: a list
import { stranger } from './stranger.ts';

const done = (ran: Ran): Ran => {
  assert.equal(ran.status, 0, ran.err);
  return ran;
};
const said = <T>(ran: Ran): T => done(ran).json() as unknown as T;
const refused = ({ status, err }: Ran, code: string, why: RegExp): void => {
  assert.equal(status, 1, err);
  assert.ok(err.startsWith(`${code}: `), err);
  assert.match(err, why);
};

test('an order that came by e-mail is answered, and its answer imported, without a row too many', async () => {
  const own = await logins();
  const ordered = own.filter(({ inRange }) => inRange);
  await using server = await startPostgres({ password: 'owner' });
  assert.deepEqual(await fill(server, 'owner', own), { sessions: ROWS, accounts: OTHER_ACCOUNTS + 1 });
  using provider = office();
  using lab = office();
  provider.env[READER.variable] = READER.password;

  // The desk: the lab's key comes another way than by e-mail, and two people put it into the directory.
  const { recipient } = said<{ recipient: string }>(lab.run('recipient', '--json'));
  write(provider.path('agencies.csv'), agencies(recipient));
  write(provider.path('policy.json'), POLICY);
  write(provider.path('social.json'), declaration(server));
  done(provider.run('directory', 'import', '--file', 'agencies.csv'));
  refused(provider.run('directory', 'approve'), 'paper/same-person', /R\. Alder proposed this/);
  done(provider.as(SECOND, 'directory', 'approve'));
  done(provider.run('policy', 'propose', '--file', 'policy.json'));
  done(provider.as(SECOND, 'policy', 'approve'));
  const first = said<{ version: number; changes: string[] }>(
    provider.run('policy', 'show', '--version', '1', '--json'),
  );
  assert.ok(first.version === 1 && first.changes.length > 0, 'what the first version changed');
  assert.deepEqual(said<{ changes: string[] }>(provider.run('policy', 'show', '--version', '0', '--json')).changes, []);
  refused(provider.run('policy', 'show', '--version', '2'), 'policy/no-such-version', /version 2/);
  refused(provider.run('directory', 'show', '--version', '2'), 'directory/no-such-version', /version 2/);
  done(provider.run('source', 'add', '--file', 'social.json'));

  // Thursday: the message as our own mail server stored it.
  write(provider.path('order.eml'), await email());
  const received = said<ShownFile>(
    provider.run('request', 'receive', '--file', 'order.eml', '--received', '2017-04-13T16:20:00Z', '--json'),
  );
  const { request } = received;
  assert.deepEqual(
    [received.intake.by, received.paper, received.caseNo, received.requester.agencyName],
    ['e-mail', 'US-2703D', PAPER.number, AGENCY.name],
  );
  assert.deepEqual(
    received.documents.map(({ name }) => name),
    ['order.eml', 'order.pdf', 'request.json'],
  );
  assert.deepEqual(
    [received.authentication.dmarc, received.authentication.domainInDirectory, received.authentication.replyToDiffers],
    ['pass', true, false],
  );
  assert.deepEqual([received.assurance.level, received.assurance.floor], [1, 4], 'a mailbox proves no authority');
  assert.deepEqual(received.clocks.map(({ name, due }) => `${name} ${due}`), [
    'acknowledge 2017-04-15T07:00:00.000Z', 'return date 2017-05-13T07:00:00.000Z', 'produce 2017-05-16T07:00:00.000Z',
  ]); // biome-ignore format: one line

  const act = (person: string, at: string, words: string, ...flags: string[]): Ran =>
    provider.as(person, ...words.split(' '), '--request', request, '--at', at, ...flags);
  const acts = <T = ShownFile>(at: string, words: string, ...flags: string[]): T =>
    said<T>(act(REVIEWER, at, words, ...flags, '--json'));

  // Who is asking: never by a number that stands in the request, and by two people, for nobody has seen this agency before.
  acts('2017-04-13T17:00:00Z', 'request assign');
  const called = acts<ShownFile & { number: string; numberSource: string }>('2017-04-13T17:05:00Z', 'request call',
    '--answer', 'confirmed', '--note', 'The switchboard put us through; she confirmed 17-mc-0042.'); // biome-ignore format: one act
  assert.deepEqual([called.number, called.numberSource], [AGENCY.phone, 'directory']);
  refused(act(REVIEWER, '2017-04-13T17:10:00Z', 'request verify'), 'request/not-now', /a second person who checks it/);
  done(act(SECOND, '2017-04-13T17:15:00Z', 'request second', '--note', 'Badge number checked with the field office.'));
  assert.equal(acts('2017-04-13T17:20:00Z', 'request verify').state, 'verified');

  // The law, item by item. Sessions are asked for over fifteen months; location needs a warrant.
  const judged = acts('2017-04-13T17:30:00Z', 'request review');
  assert.equal(judged.ruleSet, '2026-01-01');
  assert.deepEqual(judged.verdicts, { authenticity: 'holds', sufficiency: 'fails', scope: 'open' });
  assert.deepEqual(judged.findings.map(({ rule, severity, itemId }) => [rule, severity, itemId]), [
    ['R-059', 'pushback', '2'], ['R-072', 'reject', '4'],
  ]); // biome-ignore format: one line
  const decide = (at: string, item: string, decision: string, reason: string) =>
    acts(at, 'request decide', '--item', item, '--decision', decision, '--reason', reason);
  decide('2017-04-13T17:40:00Z', '2', 'push-back', 'The order speaks of February and March 2017.');
  decide('2017-04-13T17:41:00Z', '4', 'reject', 'The order reaches no location.');

  // The push-back: composed, read by a person, sent to the officer's address and nowhere else.
  acts('2017-04-13T17:50:00Z', 'request letter', '--out', 'letter');
  const letter = readFileSync(provider.path('letter/letter.txt'), 'utf8');
  assert.deepEqual(readdirSync(provider.path('letter')).sort(), ['letter.html', 'letter.pdf', 'letter.txt']);
  assert.match(
    letter,
    /Item 2: sessions and IP addresses \(DC-02\)[\s\S]*Narrow the range to the period of the conduct/,
  );
  assert.match(
    letter,
    /What cannot be produced on this paper[\s\S]*Item 4: [\s\S]*Serve a search warrant for location/,
  );
  const pushed = acts<{ state: string; items: string[]; to: string; sent: { file: string }; cureDue: string }>(
    '2017-04-13T18:00:00Z', 'request send', '--letter', 'letter/letter.txt', '--attach', 'letter/letter.pdf'); // biome-ignore format: one act
  assert.deepEqual([pushed.state, pushed.cureDue], ['pushed_back', '2017-04-28T07:00:00.000Z']);
  const message = await readEmail(readFileSync(pushed.sent.file));
  assert.deepEqual([addressee(message), message.text.trim()], [pushed.to, letter.trim()]);
  assert.equal(pushed.to, OFFICER.email);
  assert.deepEqual(
    message.attachments.map(({ name }) => name),
    ['letter.pdf'],
  );

  // Monday: narrowed in writing, and judged anew as a whole.
  write(provider.path('reply.eml'), acceptance());
  write(provider.path('narrower.json'), narrowed());
  const narrow = acts<{ narrowing: { item: string; before: string; after: string }[] }>('2017-04-17T15:10:00Z',
    'request narrow', '--items', 'narrower.json', '--accepted-by', 'Sam Ortega', '--acceptance', 'reply.eml'); // biome-ignore format: one act
  const { before, after } = narrow.narrowing.find(({ item }) => item === '2')!;
  assert.match(before, /from 2016-01-01T00:00:00Z to before 2017-04-01T00:00:00Z$/);
  assert.match(after, /from 2017-02-01T00:00:00Z to before 2017-04-01T00:00:00Z$/);
  refused(act(SECOND, '2017-04-17T15:15:00Z', 'request approve'), 'request/not-now', /narrowed/);
  const anew = acts('2017-04-17T15:20:00Z', 'request review');
  assert.deepEqual(
    [anew.version, anew.items.map(({ standing }) => standing)],
    [2, ['holds', 'holds', 'holds', 'fails']],
  );
  for (const item of ['1', '2', '3']) decide('2017-04-17T15:30:00Z', item, 'approve', 'Within the order.');
  decide('2017-04-17T15:31:00Z', '4', 'reject', 'The order reaches no location.');

  // Two identifiers in one demand need two approvals here, each for exactly what was decided.
  const once = said<ShownFile>(act(SECOND, '2017-04-17T16:00:00Z', 'request approve', '--json'));
  assert.deepEqual([once.state, once.approvals.needed, once.approvals.complete], ['in_review', 2, false]);
  refused(act(SECOND, '2017-04-17T16:05:00Z', 'request approve'), 'request/not-now', /another person is needed/);
  const twice = said<ShownFile>(act(THIRD, '2017-04-17T17:00:00Z', 'request approve', '--json'));
  assert.deepEqual([twice.state, twice.approvals.by], ['part_approved', [SECOND, THIRD]]);

  // The user is told, with the order, and may object for ten days.
  const notice = acts<{ state: string; due: string }>('2017-04-17T17:30:00Z', 'notice decide');
  assert.deepEqual([notice.state, notice.due], ['notice_wait', '2017-04-28T07:00:00.000Z']);
  const told = acts<{ when: string; sent: { file: string } }>(
    '2017-04-17T17:45:00Z',
    'notice send',
    '--to',
    ADDRESS,
    '--with-process',
  );
  const toUser = await readEmail(readFileSync(told.sent.file));
  assert.match(toUser.text, /may object|If you object, file a motion/);
  assert.deepEqual(
    [told.when, addressee(toUser), toUser.attachments.map(({ name }) => name)],
    ['before', ADDRESS, ['order.pdf']],
  );
  refused(act(REVIEWER, '2017-04-20T17:00:00Z', 'produce'), 'request/not-now', /may object until 2017-04-28/);

  // Producing: counted first, gathered as far as approved, checked by another person.
  const counted = said<{ items: { item: string; produced: number; withheld: Record<string, number> }[] }>(
    provider.run('produce', 'preview', '--request', request, '--json'),
  );
  const expected = { '1': SUBSCRIBER.length, '2': ordered.length, '3': SERVICE.length };
  const total = Object.values(expected).reduce((sum, rows) => sum + rows, 0);
  assert.deepEqual(Object.fromEntries(counted.items.map(({ item, produced }) => [item, produced])), expected);
  const produced = acts<{ state: string; accounting: { produced: number; withheld: Record<string, number> } }>(
    '2017-05-01T17:45:00Z', 'produce'); // biome-ignore format: one act
  assert.equal(produced.accounting.produced, total);
  assert.deepEqual(produced.accounting.withheld, {
    'category not covered': 59,
    'outside the range': own.length - ordered.length,
  });
  refused(act(REVIEWER, '2017-05-01T17:50:00Z', 'produce check'), 'request/not-now', /R\. Alder collected the rows/);
  refused(
    act(REVIEWER, '2017-05-01T17:51:00Z', 'produce package', '--out', 'outgoing'),
    'request/not-now',
    /not checked yet/,
  );
  const checked = said<{ rows: number }>(act(SECOND, '2017-05-01T17:55:00Z', 'produce check', '--json'));
  assert.equal(checked.rows, total);
  const handed = acts<{ file: string; sha256: string; vkey: string; rows: number }>(
    '2017-05-01T18:00:00Z', 'produce package', '--out', 'outgoing'); // biome-ignore format: one act
  assert.equal(handed.rows, total);

  // A stranger: the sealed file, the key that opens it, the sender's key; no data directory, no network.
  const identity = await identityOf(lab.data);
  const outside = stranger(lab.path('stranger'), handed.file, identity);
  const verdict = done(outside.run('verify', outside.file, '--identity', 'identity.txt', '--key', handed.vkey)).out;
  assert.match(verdict, new RegExp(`^VERIFIED: package p-[0-9a-f]{12} of [^,]+, ${total} rows produced, for ${AGENCY.name}; against the key given; up to \\d+ entries`)); // biome-ignore format: one line
  assert.doesNotMatch(verdict, /FAILS/);
  refused(outside.run('verify', outside.file, '--key', handed.vkey), 'package/no-identity', /INCOMPLETE/);
  assert.deepEqual(
    outside.table(),
    [outside.file, `${outside.file}.json`, 'identity.txt'].sort(),
    'nothing else was written',
  );

  // The lab imports it under its own paper, the one the sample has. What was changed on the way is refused first.
  const { matter, instrument } = lab.matterWith(PAPER);
  const zip = await opened(handed.file, identity);
  await eachChangeIsNamed(handed.file, zip, recipient, lab.data, { matter, instrument });
  const altered = lab.path('altered.fcp');
  const sessions = filesIn(zip).find(({ path }) => path === 'data/records/session.csv')!;
  await sealedAgain(withByteChanged(zip, sessions.to - 10), recipient, altered);
  refused(
    lab.run('import', '--matter', matter, '--instrument', instrument, altered),
    'package/not-verified',
    /data\/records\/session\.csv/,
  );

  const receipt = said<Receipt>(
    lab.run('import', '--matter', matter, '--instrument', instrument, '--sender', handed.vkey, handed.file, '--json'),
  );
  assert.deepEqual(
    [receipt.format, receipt.seen, receipt.kept, receipt.sealed, receipt.unreadable, receipt.duplicates],
    ['fourcorners-production', total, total, 0, 0, 0],
  );
  assert.deepEqual([receipt.mismatches, receipt.verified!.beyond], [[], []]);
  assert.deepEqual(receipt.verified!.withheld, produced.accounting.withheld);
  const rows = lab.run('records', '--matter', matter).out.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>); // biome-ignore format: one line
  assert.deepEqual(
    rows
      .filter(({ kind }) => kind === 'session')
      .map(({ account, began, ip, port }) => [account, began, ip, port ?? null])
      .sort(),
    ordered.map(({ at, ip, port }) => [SENDER.facebookId, at, ip, port]).sort(),
    'the sessions are the logins of the sample, each once',
  );
  assert.deepEqual(
    rows
      .filter(({ kind }) => kind === 'fact')
      .map(({ category, name, value }) => `${category} ${name}: ${value}`)
      .sort(),
    [...SUBSCRIBER.map((fact) => ['DC-01', fact] as const), ...SERVICE.map((fact) => ['DC-03', fact] as const)]
      .map(([category, { name, value }]) => `${category} ${name}: ${value}`)
      .sort(),
  );
  assert.equal(rows.length, total);
  const listed = done(lab.run('receipts', '--matter', matter)).out;
  assert.match(
    listed,
    /VERIFIED: package p-[0-9a-f]{12} of .* against the key given; up to \d+ entries of .*, recorded \d{4}-/,
  );
  assert.match(listed, new RegExp(`seen ${total} = kept ${total} \\+ sealed 0 \\+ unreadable 0 \\+ duplicates 0`));

  // Acknowledged by the digest of what arrived, closed, and counted.
  refused(
    act(REVIEWER, '2017-05-02T14:59:00Z', 'request acknowledge', '--by', 'Sam Ortega', '--sha256', '0'.repeat(64)),
    'request/not-now',
    /digest/,
  );
  acts('2017-05-02T15:00:00Z', 'request acknowledge', '--by', 'Sam Ortega', '--sha256', receipt.sha256);
  acts('2017-05-02T15:05:00Z', 'request close', '--reason', 'Received and confirmed.');
  const shown = said<ShownFile & { acts: { act: string; by: { name: string } }[] }>(
    provider.run('request', 'show', '--request', request, '--acts', '--json'),
  );
  assert.equal(shown.state, 'closed');
  assert.deepEqual(
    shown.collection!.counts.map(({ item, produced: of }) => [item, of]),
    Object.entries(expected),
  );
  assert.equal(shown.acts.length, 26);

  const report = said<{ requests: number; differences: unknown[] }>(
    provider.run('transparency', '--period', '2017-H1', '--out', 'transparency', '--json'),
  );
  assert.deepEqual([report.requests, report.differences], [1, []]);
  const figures = totalsIn(provider.path('transparency/totals.csv'));
  assert.deepEqual(figures, {
    requests_received: '1', accounts_specified: '2', accounts_affected: '1', requests_produced_partial: '1',
    requests_pushed_back: '1', requests_narrowed: '1', accounts_disclosed: '1', users_notified_before: '1',
    median_hours_to_first_response: '1.7', median_days_to_production: '18.1',
  }); // biome-ignore format: figures

  // The log of either desk holds; the provider's says nothing of what was asked.
  for (const desk of [provider, lab]) assert.match(done(outside.run('verify', desk.data)).out, /^VERIFIED/);
  const { entries } = said<{ entries: { phase: string; result?: string }[] }>(
    provider.run('ledger', 'show', '--matter', request, '--json'),
  );
  const results = entries.filter(({ phase }) => phase === 'outcome').map(({ result }) => result);
  assert.deepEqual(
    results.filter((result) => result !== 'ok'),
    Array.from({ length: 7 }, () => 'problem:request/not-now'),
    'what was refused stands there too',
  );
  const ledger = readFileSync(join(provider.data, 'ledger', 'entries.log'), 'latin1');
  for (const word of [SENDER.facebookId, ADDRESS, PAPER.number, 'Ortega', AGENCY.name, 'location'])
    assert.ok(!ledger.includes(word), `${word} stands in the ledger`);
});

const addressee = ({ headers }: Email): string | undefined => headers.all.find(({ name }) => name === 'To')?.value;

/** Figures of the row for all papers that are not nought. */
function totalsIn(path: string): Record<string, string> {
  const [header, ...rows] = readFileSync(path, 'utf8').replace('\ufeff', '').trim().split(/\r?\n/).map((line) => line.split(',')); // biome-ignore format: one line
  const all = rows.find((row) => row[header!.indexOf('counted')] === 'all')!;
  const figures = header!.map((name, index): [string, string] => [name, all[index]!]);
  return Object.fromEntries(
    figures.filter(([name, figure]) => !['period_start', 'period_end', 'counted'].includes(name) && figure !== '0'),
  );
}
