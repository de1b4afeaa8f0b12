/** The report as it is arranged, and what the other side is given: everything asked, and a schedule that hides nothing. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DRAWERS } from '../src/desk/schedule.ts';
import { verify as onAStick } from '../web/verifier/verify.ts';
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

test('the other side gets a package that verifies, holds every record, and lists what it does not hold', async () => {
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
  const stick = await onAStick({
    files: new Map([['given.fcp', async () => new Uint8Array(readFileSync(file))]]),
    key: null,
    identities: readFileSync(defence.path('identity.txt'), 'utf8'),
  });
  assert.equal(stick.word, 'VERIFIED', JSON.stringify(stick.facts.filter(({ ok }) => !ok)));
  for (const code of ['package/accounting', 'report/finding', 'report/table', 'report/checkpoint'])
    assert.ok(
      stick.facts.some((fact) => fact.ok && fact.code === code),
      code,
    );
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

test('whatever a matter holds is on the schedule, and a call keeps its cell; a return is read from the package again', () => {
  const calls = {
    ...paper('US-WARRANT'),
    items: [
      {
        target: { type: 'phone', value: '+15755550123' },
        categories: ['DC-01', 'DC-02', 'DC-03', 'DC-06', 'DC-11'],
        began: '2018-01-01T00:00:00Z',
        ended: '2018-03-05T00:00:00Z',
      },
    ],
  };
  const under = examiner.matterWith(calls);
  const there = (...words: string[]) => {
    const ran = examiner.run(...words, '--matter', under.matter, '--json');
    assert.equal(ran.status, 0, `${words.join(' ')}: ${ran.err}`);
    return ran.json() as Record<string, unknown>;
  };
  const key = defence.run('recipient').out.trim();
  const give = (to: string) =>
    examiner.run('disclose', '--matter', under.matter, '--to', to, '--for', 'Counsel', '--out', examiner.path('all'), '--json'); // biome-ignore format: one line
  assert.match(give(key).err, /^report\/nothing-imported/, 'of nothing there is no package');

  const first = there('import', '--instrument', under.instrument, CALLS);
  assert.ok(Number(first['kept']) > 0 && Number(first['sealed']) > 0);
  there('note', 'add', '--text', 'Ask the carrier about the azimuths.');
  there('hypothesis', 'add', '--one', 'The phone was in the city.', '--other', 'The phone was elsewhere.');
  there('selection', 'save', '--name', 'mornings', '--selection', '{}');
  const arrangement = examiner.path('all.json');
  writeFileSync(arrangement, JSON.stringify({ parts: [{ question: 'hours' }] }));
  there('report', 'arrange', '--file', arrangement);
  there('person', 'reveal', '--number', '1', '--reason', 'named in the second subpoena');
  writeFileSync(examiner.path('sites.csv'), SITES);
  there('reference', 'add', examiner.path('sites.csv'));
  there('ask', 'hours');
  writeFileSync(examiner.path('later.json'), JSON.stringify({ ...calls, number: '18-mr-0002' }));
  const later = String(there('instrument', 'add', '--file', examiner.path('later.json'))['instrument']);
  examiner.as('D. Quill', 'instrument', 'approve', '--matter', under.matter, '--instrument', later);
  there('unseal', 'propose', '--return', String(first['return']), '--instrument', later, '--reason', 'The second paper reaches later days.'); // biome-ignore format: one line

  assert.match(give('age1nobody').err, /^package\/recipient/, 'a wrong key is refused before anything is made');
  assert.ok(!existsSync(examiner.path('all')));
  const given = give(key);
  assert.equal(given.status, 0, given.err);
  const { file, schedule, records } = given.json() as unknown as Given;
  for (const drawer of readdirSync(join(examiner.data, 'matters', under.matter), { withFileTypes: true })) {
    if (!drawer.isDirectory()) continue;
    const of = DRAWERS[drawer.name];
    assert.ok(of !== undefined, `the schedule says nothing of ${drawer.name}`);
    if (of !== null) assert.ok(schedule.some(({ thing }) => thing.startsWith(of)), `${drawer.name}: no “${of}” on the schedule`); // biome-ignore format: one line
  }
  for (const name of Object.keys(DRAWERS).filter((one) => DRAWERS[one] !== null)) {
    assert.ok(existsSync(join(examiner.data, 'matters', under.matter, name)), `this story must leave something in ${name}`); // biome-ignore format: one line
  }

  // The other side's rows are the examiner's, cells and places with them.
  const own = defence.matterWith(calls);
  const read = defence.run('import', '--matter', own.matter, '--instrument', own.instrument, file, '--json');
  assert.equal(read.status, 0, read.err);
  assert.equal((read.json() as Record<string, unknown>)['kept'], records);
  const places = (desk: typeof defence, of: string) =>
    desk.run('records', '--matter', of).out.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
      .map(({ kind, began, ended, counterpart, latitude, longitude, azimuth, cell_first }) => JSON.stringify([kind, began, ended, counterpart === null, latitude, longitude, azimuth, cell_first])).sort(); // biome-ignore format: one line
  const told = places(examiner, under.matter);
  assert.ok(
    told.some((row) => row.includes('LTE 50123')),
    'a cell is among them',
  );
  assert.deepEqual(places(defence, own.matter), told);

  // Under a narrower paper of theirs some of it is sealed; a later paper opens it from the package as it came.
  const short = { ...calls, items: [{ ...calls.items[0]!, ended: '2018-03-04T05:10:00Z' }] };
  const narrow = defence.matterWith(short);
  const theirs = (...words: string[]) => defence.run(...words, '--matter', narrow.matter, '--json');
  const sealed = theirs('import', '--instrument', narrow.instrument, file).json() as Record<string, unknown>;
  assert.ok(Number(sealed['kept']) < records && Number(sealed['sealed']) > 0);
  writeFileSync(defence.path('later.json'), JSON.stringify({ ...calls, number: '18-mr-0003' }));
  const wider = String(theirs('instrument', 'add', '--file', defence.path('later.json')).json()['instrument']);
  defence.as('D. Quill', 'instrument', 'approve', '--matter', narrow.matter, '--instrument', wider);
  const reason = 'The third paper reaches the whole day.';
  const proposed = theirs('unseal', 'propose', '--return', String(sealed['return']), '--instrument', wider, '--reason', reason); // biome-ignore format: one line
  assert.equal(proposed.status, 0, proposed.err);
  const unsealing = String(proposed.json()['unsealing']);
  const opened = defence.as('M. Stone', 'unseal', 'open', '--matter', narrow.matter, '--unsealing', unsealing, '--key', `${defence.data}.oversight-key`, '--json'); // biome-ignore format: one line
  assert.equal(opened.status, 0, opened.err);
  assert.deepEqual(places(defence, narrow.matter), told);
});

const SITES =
  'site_id,sector_id,latitude,longitude,azimuth,technology,valid_from,valid_to\nLTE 50123,2,32.319,-106.765,120,LTE,,\n';
const CALLS = fileURLToPath(
  new URL('../fixtures/t-mobile-cdr/location-version/return/CDR_15755550123.xlsx', import.meta.url),
);

type Given = { file: string; records: number; schedule: { thing: string; given: string; rows: number | null }[] };
