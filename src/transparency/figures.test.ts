/** Every column against counts worked out by hand: one invented request, or a few, in a country of its own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LegalRequest } from '../instrument/legal-request.ts';
import {
  type Change,
  emergency,
  europeanOrder,
  order,
  POLICY,
  preservation,
  subpoena,
  warrant,
} from '../instrument/rules/example.ts';
import { COUNTS, MEASURES } from './definitions.ts';
import {
  callBack, close, collect, convert, cure, dealtWith, decide, expired, letter, narrow, packaged, preserve, reject, resolve, review,
  rows, type Step, told, verify, withdraw,
} from './example.ts'; // biome-ignore format: one list
import { addFacts, type Kept, noFacts } from './facts.ts';
import { type Figures, figuresOf, type Row } from './figures.ts';
import { readPeriod } from './period.ts';

const PERIOD = readPeriod('2026-H2');
const in_ = (country: string): Change => ({ requester: { country }, eu: { issuingState: country } });
const usual = (country: string): Change => ({ requester: { country } });
const checked: Step[] = [
  [1, verify('verified')],
  [2, resolve('a'), review()],
];

type Story = { says: string; requests: Kept[]; expect: Record<string, number | null> };

let number = 0;
const kept = (request: LegalRequest, ...steps: Step[]): Kept => dealtWith(`r-${number++}`, request, ...steps);

/** What one answered request has in every column it has anything in. */
const received = { requests_received: 1, accounts_specified: 1 };
const found = { ...received, accounts_affected: 1 };

const stories: Record<string, Story> = {
  AA: { says: 'received, nothing done yet', requests: [kept(order(usual('AA')))], expect: { ...received, requests_open_or_lapsed: 1 } },
  AB: {
    says: 'everything asked for was handed over, users told before',
    requests: [kept(order(usual('AB')), ...checked, [3, ...decide('approve', '1', '2')], [24, told('before')], [240, collect(rows('1', 'DC-01', 'a', 1), rows('2', 'DC-02', 'a', 40))], [264, packaged(41)])],
    expect: { ...found, requests_produced_full: 1, accounts_disclosed: 1, users_notified_before: 1, median_hours_to_first_response: 264, median_days_to_production: 11 },
  },
  AC: {
    says: 'one item pushed back, the other handed over, users never told',
    requests: [kept(order(usual('AC')), ...checked, [3, ...decide('approve', '1'), ...decide('push back', '2')], [5, letter('push back')], [30, collect(rows('1', 'DC-01', 'a', 1))], [36, packaged(1)])],
    expect: { ...found, requests_produced_partial: 1, requests_pushed_back: 1, accounts_disclosed: 1, users_not_notified: 1, median_hours_to_first_response: 5, median_days_to_production: 1.5 },
  },
  AD: {
    says: 'narrowed in writing, then handed over: in part of what was asked',
    requests: [kept(warrant(usual('AD')), ...checked, [4, letter('narrowing')], [10, narrow(warrant(usual('AD')))], [11, review(), ...decide('approve', '1')], [12, collect(rows('1', 'DC-12', 'a', 7), rows('1', 'DC-12', 'b', 2))], [13, packaged(9), told('delayed')])],
    expect: { ...found, requests_produced_partial: 1, requests_narrowed: 1, accounts_disclosed: 2, content_disclosed_accounts: 2, users_notified_delayed: 2, median_hours_to_first_response: 4, median_days_to_production: 0.5 },
  },
  AE: {
    says: 'rejected item by item',
    requests: [kept(subpoena(usual('AE')), ...checked, [3, ...decide('reject', '1', '2')], [4, reject], [4, letter('rejection')])],
    expect: { ...found, requests_rejected: 1, median_hours_to_first_response: 4 },
  },
  AF: {
    says: 'a fraud is refused, and no letter is sent',
    requests: [kept(order(usual('AF')), [1, callBack('denied')], [2, verify('fraud', 'R-010')])],
    expect: { ...received, requests_rejected: 1, fraud_suspected: 1 },
  },
  AG: {
    says: 'denied on a call-back is suspected, though it is still open',
    requests: [kept(order(usual('AG')), [1, callBack('denied')])],
    expect: { ...received, requests_open_or_lapsed: 1, fraud_suspected: 1 },
  },
  AH: {
    says: 'withdrawn after a push-back',
    requests: [kept(order(usual('AH')), ...checked, [5, letter('push back')], [50, withdraw])],
    expect: { ...found, requests_withdrawn: 1, requests_pushed_back: 1, median_hours_to_first_response: 5 },
  },
  AI: {
    says: 'nothing responds: a package without rows, and a letter that says so',
    requests: [
      kept(order(usual('AI')), ...checked, [3, ...decide('approve', '1', '2')], [10, collect()], [12, packaged(0)]),
      kept(order(usual('AI')), [6, letter('no responsive records')]),
    ],
    expect: { requests_received: 2, accounts_specified: 2, accounts_affected: 1, no_responsive_records: 2, median_hours_to_first_response: 9, median_days_to_production: 0.5 },
  },
  AJ: {
    says: 'pushed back and never cured: it lapsed',
    requests: [kept(order(usual('AJ')), ...checked, [5, letter('push back')], [500, close])],
    expect: { ...found, requests_pushed_back: 1, requests_open_or_lapsed: 1, median_hours_to_first_response: 5 },
  },
  AK: {
    says: 'cured: the decisions of the first version no longer count',
    requests: [kept(order(usual('AK')), ...checked, [3, ...decide('push back', '1', '2')], [5, letter('push back')], [20, cure(order(usual('AK')))], [21, review()], [22, ...decide('approve', '1', '2')], [23, collect(rows('1', 'DC-01', 'a', 1))], [24, packaged(1)])],
    expect: { ...found, requests_produced_full: 1, requests_pushed_back: 1, accounts_disclosed: 1, users_not_notified: 1, median_hours_to_first_response: 5, median_days_to_production: 1 },
  },
  AL: {
    says: 'rows collected anew after a correction: the last collection was handed over',
    requests: [kept(order(usual('AL')), ...checked, [3, ...decide('approve', '1', '2')], [9, collect(rows('1', 'DC-01', 'a', 1), rows('2', 'DC-02', 'b', 5))], [10, { act: 'return for correction', reason: 'b is another person' }], [11, collect(rows('1', 'DC-01', 'a', 1), rows('2', 'DC-02', 'b', 0))], [12, packaged(1)])],
    expect: { ...found, requests_produced_full: 1, accounts_disclosed: 1, users_not_notified: 1, median_hours_to_first_response: 12, median_days_to_production: 0.5 },
  },
  BA: {
    says: 'an emergency granted',
    requests: [kept(emergency(usual('BA')), ...checked, [2, ...decide('approve', '1')], [2.5, collect(rows('1', 'DC-02', 'a', 3))], [3, packaged(3)], [2000, told('delayed')])],
    expect: { ...found, requests_produced_full: 1, accounts_disclosed: 1, emergency_received: 1, emergency_granted: 1, users_notified_delayed: 1, median_hours_to_first_response: 3, median_days_to_production: 0.1 },
  },
  BB: {
    says: 'an emergency from a hijacked mailbox, another never verified, a third without danger to life',
    requests: [
      kept(emergency(usual('BB')), [0.25, callBack('denied')], [0.5, verify('fraud')]),
      kept(emergency(usual('BB')), [1, letter('push back')], [400, close]),
      kept(emergency(usual('BB')), ...checked, [3, ...decide('reject', '1')], [4, reject, letter('rejection')]),
    ],
    expect: { requests_received: 3, accounts_specified: 3, accounts_affected: 1, requests_rejected: 2, requests_pushed_back: 1, requests_open_or_lapsed: 1, emergency_received: 3, emergency_rejected_verification: 2, fraud_suspected: 1, median_hours_to_first_response: 2.5 },
  },
  CA: {
    says: 'one preservation converted under a later paper, one expired, one refused: in no count of requests',
    requests: [
      kept(preservation(usual('CA')), ...checked, [4, preserve(rows('1', 'DC-02', 'a', 9), rows('1', 'DC-02', 'b', 0))], [900, convert('r-9')]),
      kept(preservation(usual('CA')), ...checked, [4, preserve(rows('1', 'DC-02', 'a', 9), rows('2', 'DC-01', 'b', 1))], [2200, expired]),
      kept(preservation(usual('CA')), ...checked, [3, ...decide('reject', '1', '2')], [4, reject]),
    ],
    expect: { preservation_requests: 3, preservation_accounts: 3, preservation_converted: 1 },
  },
  DA: {
    says: 'a nondisclosure order without an end, pushed back for it; one with an end; one only asserted; one that came alone',
    requests: [
      kept(order(usual('DA'), { ndo: { court: 'District Court' } }), [1, verify('verified')], [2, review('R-122')], [3, letter('push back')]),
      kept(order(usual('DA'), { ndo: { court: 'District Court', endsOn: '2026-12-31' } })),
      kept(order(usual('DA'), { ndo: { signedBy: 'agent' } })),
      kept(order(usual('DA'), { kind: 'ndo', ndo: { court: 'District Court', endsOn: '2026-12-31' } })),
    ],
    expect: { requests_received: 3, accounts_specified: 3, requests_pushed_back: 1, requests_open_or_lapsed: 3, ndo_attached: 3, ndo_indefinite_received: 1, ndo_challenged: 1, median_hours_to_first_response: 3 },
  },
  DB: {
    says: 'told before, but quashed: whoever was found was told',
    requests: [kept(order(usual('DB')), [1, verify('verified')], [2, resolve('a', 'b')], [5, told('before')], [90, withdraw])],
    expect: { ...received, accounts_affected: 2, requests_withdrawn: 1, users_notified_before: 2 },
  },
  EA: {
    says: 'may be after protected speech (R-085), in a review of a version that was cured',
    requests: [kept(order(usual('EA')), [1, verify('verified')], [2, review('R-085')], [3, review('R-085')], [4, letter('push back')], [9, cure(order(usual('EA')))], [10, review()])],
    expect: { ...received, requests_pushed_back: 1, requests_open_or_lapsed: 1, speech_escalations: 1, median_hours_to_first_response: 4 },
  },
  EB: {
    says: 'a search for whoever was in a place names nobody; a keyword beside an account names one',
    requests: [
      kept(warrant(usual('EB'), { targets: [{ type: 'area', value: 'within 150 m of a bench' }], items: [{ id: '1', target: 0, category: 'DC-21' }] })),
      kept(warrant(usual('EB'), { targets: [{ type: 'account-id', value: '1' }, { type: 'keyword', value: 'Elm Street' }], items: [{ id: '1', target: 1, category: 'DC-09' }] })),
    ],
    expect: { requests_received: 2, accounts_specified: 1, requests_open_or_lapsed: 2, reverse_requests: 2 },
  },
  FA: {
    says: 'a withdrawal and a renewal are part of an earlier request',
    requests: [kept(order(usual('FA'), { kind: 'withdrawal' })), kept(preservation(usual('FA'), { kind: 'renewal' }))],
    expect: {},
  },
  FB: {
    says: 'received a millisecond before the period, and at its end: in no row',
    requests: [kept(order(usual('FB'), { receivedAt: '2026-06-30T23:59:59.999Z' })), kept(order(usual('FB'), { receivedAt: '2027-01-01T00:00:00Z' }))],
    expect: {},
  },
  FC: {
    says: 'at the first instant, with an offset: 1 July in UTC, 30 June where it was sent',
    requests: [kept(order(usual('FC'), { receivedAt: '2026-06-30T17:00:00-07:00' }))],
    expect: { ...received, requests_open_or_lapsed: 1 },
  },
}; // biome-ignore format: one line a line of the story

const european: Kept[] = [
  kept(europeanOrder(in_('IT')), ...checked, [3, ...decide('approve', '1')], [20, collect(rows('1', 'DC-02', 'a', 3))], [30, packaged(3)]),
  kept(europeanOrder(in_('IT'), { items: [{ id: '1', target: 0, category: 'DC-02' }, { id: '2', target: 0, category: 'DC-12' }] }), ...checked, [3, ...decide('approve', '1'), ...decide('reject', '2')], [20, collect(rows('1', 'DC-02', 'a', 3))], [50, packaged(3)]),
  kept(europeanOrder(in_('IT'), { eu: { emergency: true } }), [2, letter('form 3')]),
  kept(europeanOrder(in_('ES'), { instrument: { type: 'EU-EPOC-S' }, items: [{ id: '1', target: 0, category: 'DC-02', asks: ['only to identify'] }, { id: '2', target: 0, category: 'DC-01' }] }), ...checked, [5, ...decide('reject', '1', '2')], [6, reject]),
  kept(europeanOrder(in_('ES'), { kind: 'preservation', instrument: { type: 'EU-EPOC-PR' } }), ...checked, [9, preserve(rows('1', 'DC-02', 'a', 3))], [60, { act: 'renew', until: '9999-12-31T00:00:00Z', rule: '', form: 'Form 5', reference: '' }], [240, convert('r-7')]),
  kept(europeanOrder(in_('ES'), { kind: 'preservation', instrument: { type: 'EU-EPOC-PR' }, items: [] })),
]; // biome-ignore format: one line a request

const apart: Kept[] = [
  kept(order(usual('US'), { instrument: { type: 'US-NSL' } })),
  kept(order(usual('DE'), { instrument: { type: 'XB-MLAT' } })),
  kept(order(usual('FR'), { instrument: { type: 'EU-DSA10' } }), [3, letter('acknowledgement')], [30, collect(rows('1', 'DC-01', 'a', 1)), packaged(1)]),
  kept(order(usual('FR'), { instrument: { type: 'EU-DSA10' } }), [4, letter('push back')], [5, letter('acknowledgement')], [8, letter('no responsive records')]),
]; // biome-ignore format: one line a request

let computed: Promise<Figures> | undefined;
function all(): Promise<Figures> {
  computed ??= (async () => {
    const facts = noFacts();
    for (const one of [...Object.values(stories).flatMap(({ requests }) => requests), ...european, ...apart])
      addFacts(facts, one, POLICY);
    return await figuresOf(facts, PERIOD, 500);
  })();
  return computed;
}

for (const [country, { says, expect }] of Object.entries(stories)) {
  test(`${country}: ${says}`, async () => {
    const found = (await all()).rows.filter((row) => row['country_iso2'] === country);
    const summed = Object.fromEntries(COUNTS.map((name) => [name, found.reduce((sum, row) => sum + (row[name] as number), 0)])); // biome-ignore format: one line
    const times = MEASURES.filter(({ is }) => is === 'time').map(({ name }) => [name, found[0]?.[name] ?? null]);
    const nothing = Object.fromEntries(MEASURES.map(({ name, is }) => [name, is === 'count' ? 0 : null]));
    assert.deepEqual({ ...summed, ...Object.fromEntries(times) }, { ...nothing, ...expect });
  });
}

test('European orders count in each class they ask for, by issuing State and emergency', async () => {
  const { epoc } = await all();
  const line = (row: Row) => Object.values(row).slice(0, 10);
  assert.deepEqual(epoc.map(line), [
    ['EPOC', 'content', 'IT', 'no', 1, 0, 1, 0, null, null],
    ['EPOC', 'identification', 'ES', 'no', 1, 0, 1, 0, null, null],
    ['EPOC', 'subscriber', 'ES', 'no', 1, 0, 1, 0, null, null],
    ['EPOC', 'traffic', 'IT', 'no', 2, 2, 0, 0, 40, null],
    ['EPOC', 'traffic', 'IT', 'yes', 1, 0, 0, 1, null, null],
    ['EPOC-PR', 'traffic', 'ES', 'no', 1, 1, 0, 0, null, 2.5],
    ['EPOC-PR', 'unstated', 'ES', 'no', 1, 0, 0, 1, null, null],
  ]);
});

test('orders under the Digital Services Act have the medians the Act asks for', async () => {
  const { dsa } = await all();
  assert.deepEqual(dsa.map((row) => Object.values(row).slice(2)), [['FR', 2, 4, 19, 2, 2]]); // biome-ignore format: one line
});

test('national security letters are in no row, and told of in a band that begins at nought', async () => {
  const figures = await all();
  assert.ok(figures.rows.every((row) => row['instrument_id'] !== 'US-NSL'));
  assert.ok(figures.totals.every((row) => row['counted'] !== 'US-NSL'));
  assert.deepEqual(figures.bands.map((row) => Object.values(row).slice(2)), [['0–499', '0–499']]); // biome-ignore format: one line
});

test('a band is as wide as it is told to be', async () => {
  const facts = noFacts();
  for (let index = 0; index < 7; index += 1)
    addFacts(facts, dealtWith(`n-${index}`, order({ instrument: { type: 'US-NSL' } })), POLICY);
  assert.equal((await figuresOf(facts, PERIOD, 5)).bands[0]!['requests_received'], '5–9');
  assert.equal((await figuresOf(facts, PERIOD, 500)).rows.length, 0);
});

test('the totals are those of the papers, without mutual legal assistance', async () => {
  const { rows: lines, totals } = await all();
  const whole = totals.find((row) => row['counted'] === 'all')!;
  const assistance = totals.find((row) => row['counted'] === 'XB-MLAT')!;
  assert.equal(assistance['requests_received'], 1);
  for (const column of COUNTS) {
    const sum = (where: (row: Row) => boolean) =>
      lines.filter(where).reduce((n, row) => n + (row[column] as number), 0);
    assert.equal(
      whole[column],
      sum((row) => row['instrument_id'] !== 'XB-MLAT'),
      column,
    );
    for (const total of totals.filter((row) => row['counted'] !== 'all'))
      assert.equal(
        total[column],
        sum((row) => row['instrument_id'] === total['counted']),
        `${column} of ${total['counted']}`,
      );
  }
});

test('each request is in one band of the time to the first response', async () => {
  const { firstResponse, totals } = await all();
  const whole = totals.find((row) => row['counted'] === 'all')!;
  assert.equal(
    firstResponse.reduce((sum, row) => sum + (row['requests'] as number), 0),
    whole['requests_received'],
  );
  assert.deepEqual(firstResponse.map((row) => row['label']).at(0), 'under 1 hour');
});

test('a period in which nothing was received has its totals: of nothing', async () => {
  const figures = await figuresOf(noFacts(), readPeriod('2026'), 500);
  assert.deepEqual([figures.rows, figures.epoc, figures.dsa], [[], [], []]);
  assert.deepEqual(figures.totals.map((row) => [row['period_start'], row['counted'], row['requests_received']]), [
    ['2026-01-01', 'all', 0],
    ['2026-07-01', 'all', 0],
  ]); // biome-ignore format: a table
  assert.equal(figures.firstResponse.length, 14);
});

test('a service is named only where the policy names it', async () => {
  const facts = noFacts();
  const services = ['example  SOCIAL', '=HYPERLINK("http://example.org")', undefined];
  for (const [index, service] of services.entries())
    addFacts(facts, dealtWith(`s-${index}`, order({ service })), POLICY);
  const { rows: lines } = await figuresOf(facts, PERIOD, 500);
  assert.deepEqual(lines.map((row) => row['service']), ['Example Social', 'other', 'unspecified']); // biome-ignore format: one line
});
