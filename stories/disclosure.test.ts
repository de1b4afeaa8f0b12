/** The report as it is arranged, and what the other side is given: everything asked, and a schedule that hides nothing. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { office } from './command.ts';

const examiner = office();
const defence = office();
after(() => {
  examiner[Symbol.dispose]();
  defence[Symbol.dispose]();
});

const paper = (kind: string) => ({
  kind,
  number: '17-mr-0009',
  servedOn: 'Example Mobile',
  issuedOn: '2017-04-03',
  issuer: { name: 'U.S. District Court, District of New Mexico', role: 'magistrate judge' },
  purpose: 'wire fraud',
  offences: [{ statute: '18 U.S.C. § 1343' }],
  basis: 'Invented for a story.',
  items: [
    {
      target: { type: 'phone', value: '+15755550142' },
      categories: ['DC-01', 'DC-02'],
      began: '2017-02-01T00:00:00Z',
      ended: '2017-03-01T00:00:00Z',
    },
  ],
});

const LEASES = [
  'subscriber,start,end,public_ip,port_low,port_high',
  ...Array.from({ length: 40 }, (_, day) => {
    const date = new Date(Date.UTC(2017, 1, 1 + day)).toISOString().slice(0, 10);
    return `15755550142,${date}T0${day % 9}:00:00Z,${date}T0${day % 9}:30:00Z,203.0.113.${day + 1},1024,1535`;
  }),
  '15755550199,2017-02-03T00:00:00Z,2017-02-03T01:00:00Z,198.51.100.7,1024,1535',
].join('\n');

const { matter, instrument } = examiner.matterWith(paper('US-WARRANT'));
writeFileSync(examiner.path('leases.csv'), `${LEASES}\n`);
const run = (...words: string[]) => examiner.run(...words, '--matter', matter, '--json');
const receipt = run('import', '--instrument', instrument, examiner.path('leases.csv')).json() as Record<string, number>;

test('a report is arranged: exhibits in an order, text between, and what was not placed is there all the same', () => {
  const arrangement = {
    parts: [
      { heading: 'What was looked for', text: 'The hours of the leases.\n\nNothing else was ordered.' },
      { question: 'hours', parameters: { kinds: 'lease' } },
      { heading: 'Then', text: 'The order of events.' },
      { question: 'timeline' },
    ],
  };
  const file = examiner.path('arrangement.json');
  writeFileSync(file, JSON.stringify(arrangement));
  assert.equal(run('report', 'arrange', '--file', file).status, 0);
  const out = examiner.path('report');
  const made = run('report', '--out', out);
  assert.equal(made.status, 0, made.err);
  const html = readFileSync(join(out, 'report.html'), 'utf8');
  const places = [
    'What was looked for',
    'Exhibit 1. ',
    'Then',
    'Exhibit 2. ',
    'What else was asked',
    'Exhibit 3. ',
  ].map((words) => html.lastIndexOf(`${words}`));
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
    'each stands where it was put',
  );
  assert.ok(places.every((place) => place > 0));
  assert.match(html, /Written by R\. Alder, .*; not computed\./);
  assert.ok(existsSync(join(out, 'exhibits/1-hours.json')) && existsSync(join(out, 'exhibits/2-timeline.json')));

  // What a record cannot bear is refused in a person's own words too, when it is written.
  writeFileSync(file, JSON.stringify({ parts: [{ heading: 'Where', text: 'The suspect was at the shop.' }] }));
  assert.match(run('report', 'arrange', '--file', file).err, /^report\/wording/);
  writeFileSync(file, '{"parts": [{"heading": 7}]}');
  assert.match(run('report', 'arrange', '--file', file).err, /^report\/arrangement/);
});

test('the other side gets a package that verifies, holds every record, and lists what it does not hold', () => {
  run('note', 'add', '--text', 'Ask the carrier about its clock.');
  run('note', 'add', '--text', 'Counsel says to wait.');
  run('ask', 'hours', '--kinds', 'lease');
  const key = defence.run('recipient').out.trim();
  const withhold = examiner.path('withhold.json');
  writeFileSync(
    withhold,
    JSON.stringify([{ thing: 'note 9', ground: 'legal privilege', reason: 'advice of counsel' }]),
  );
  const give = (...more: string[]) =>
    run('disclose', '--to', key, '--for', 'Counsel for the defence', '--out', examiner.path('disclosed'), ...more);
  assert.match(give('--withhold', withhold).err, /^disclosure\/withhold: There is no note 9/);
  writeFileSync(withhold, JSON.stringify([{ thing: 'note 2', ground: 'because', reason: 'advice of counsel' }]));
  assert.match(give('--withhold', withhold).err, /^disclosure\/withhold/);
  writeFileSync(
    withhold,
    JSON.stringify([{ thing: 'note 2', ground: 'legal privilege', reason: 'advice of counsel' }]),
  );
  const given = give('--withhold', withhold);
  assert.equal(given.status, 0, given.err);
  const { file, records, schedule } = given.json() as unknown as Given;
  assert.equal(records, receipt['kept']);

  // Everything in the matter is on the schedule: originals, sealed rows by reason, records, findings, notes.
  const things = schedule.map(({ thing, given: how }) => [thing, how]);
  const all = (run('finding', 'list').json() as unknown as { findings: { question: string }[] }).findings;
  for (const { question } of all) assert.ok(things.some(([thing]) => thing === `finding ${question}`));
  assert.deepEqual(
    things.filter(([thing]) => /^(note|original|records)/.test(thing!)),
    [
      ['original leases.csv', 'counted'],
      ['records of kind lease', 'whole'],
      ['note 1', 'whole'],
      ['note 2', 'withheld'],
    ],
  );
  const sealed = schedule.filter(({ thing }) => thing.startsWith('sealed rows'));
  assert.equal(
    sealed.reduce((sum, { rows }) => sum + rows!, 0),
    receipt['sealed'],
  );

  // The other side checks it alone, and reads it into a matter of its own under the same paper.
  defence.run('recipient', 'identity', '--out', defence.path('identity.txt'));
  const verified = defence.run('verify', file, '--identity', defence.path('identity.txt'), '--json');
  assert.equal(verified.status, 0, verified.err + verified.out);
  const own = defence.matterWith(paper('US-WARRANT'));
  const imported = defence.run('import', '--matter', own.matter, '--instrument', own.instrument, file, '--json');
  assert.equal(imported.status, 0, imported.err);
  const theirs = imported.json() as Record<string, number>;
  assert.equal(theirs['kept'], records);
  const rows = (desk: typeof defence, of: string) =>
    desk.run('records', '--matter', of).out.trim().split('\n').map((line) => JSON.parse(line) as { began: string; ip: string; raw: unknown }); // biome-ignore format: one line
  const told = (list: ReturnType<typeof rows>) => list.map(({ began, ip }) => `${began} ${ip}`).sort();
  assert.deepEqual(told(rows(defence, own.matter)), told(rows(examiner, matter)));
});

test('a changed byte is found by the other side', () => {
  mkdirSync(examiner.path('changed'));
  const key = defence.run('recipient').out.trim();
  const given = run('disclose', '--to', key, '--for', 'Counsel', '--out', examiner.path('changed'));
  const { file } = given.json() as unknown as Given;
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(file, bytes);
  const verdict = defence.run('verify', file, '--identity', defence.path('identity.txt'), '--json');
  assert.equal(verdict.status, 1);
  assert.match(verdict.out, /NOT VERIFIED/);
});

type Given = { file: string; records: number; schedule: { thing: string; given: string; rows: number | null }[] };
