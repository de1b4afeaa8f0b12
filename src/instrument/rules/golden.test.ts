/**
 * The golden cases of the project's legal reference that turn on scope, reach, purpose, emergency, secrecy and holds.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concerning, type Judgement, judge } from '../judge.ts';
import type { LegalRequest } from '../legal-request.ts';
import { type Context, type Effect, NO_HISTORY } from '../rule.ts';
import { type Change, CONFIRMED, contextFor, emergency, order, preservation, subpoena, warrant } from './example.ts';
import { belongs, everyRule, RULE_SETS } from './register.ts';

/** Sections 4.4 to 4.7 alone: what others find of the same requests is held elsewhere. */
const RULES = (await everyRule()).map(({ rule }) => rule).filter(({ id }) => 'R-050' <= id && id <= 'R-146');

function judged(
  request: LegalRequest,
  more: Partial<Context> = {},
  version: string = RULE_SETS.at(-1)!.version,
): Judgement {
  const rules = RULES.filter((rule) => belongs(rule, version));
  return judge({ version, digest: '', rules }, request, contextFor(more));
}

const found = ({ findings }: Judgement) =>
  findings.map(({ rule, severity, itemId }) => (itemId === undefined ? [rule, severity] : [rule, severity, itemId]));

const effectsOf = ({ findings }: Judgement, id: string): Effect[] =>
  findings.filter(({ rule }) => rule === id).flatMap(({ effects }) => effects);

/** Nothing stands against the item: no finding about it and none about the whole. */
function free(judgement: Judgement, ...items: string[]): void {
  for (const item of items) assert.deepEqual(concerning(judgement.findings, item), [], `item ${item} can be approved`);
}

const RANGE = { from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z' };
const item = (id: string, category: string, more: Change = {}) => ({ id, target: 0, category, ...RANGE, ...more });

test('every rule of sections 4.4 to 4.7 is there, and reverse searches have a rule before and after Chatrie', () => {
  const span = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const missing = [63, 68, 109, 127, 143];
  const ids = [...span(50, 90), ...span(100, 108), ...span(120, 128), ...span(140, 146)]
    .filter((number) => !missing.includes(number))
    .map((number) => `R-${String(number).padStart(3, '0')}`);
  assert.deepEqual([...new Set(RULES.map(({ id }) => id))].sort(), ids);
  assert.deepEqual(
    RULES.filter(({ id }) => id === 'R-064').map(({ since, until }) => [since, until]),
    [
      [undefined, '2026-06-29'],
      ['2026-06-29', undefined],
    ],
  );
});

test('G-01: a customs summons for the owner of a critic’s account, for “officer safety”, is refused and the user told', () => {
  const judgement = judged(
    subpoena({
      requester: { agencyId: 'ag-customs', agencyName: 'Customs Investigations, El Paso' },
      instrument: { type: 'US-1509', statutes: ['19 U.S.C. § 1509'], issuerRole: 'special agent in charge' },
      targets: [{ type: 'handle', value: 'river.watch', traits: ['anonymous critic'], resolves: [{ account: '42', from: null, to: null }] }],
      items: [{ id: '1', target: 0, category: 'DC-01', rawText: 'name and address of the owner of the account' }],
      basis: { purpose: 'officer safety', offences: [], facts: 'The account posts about our officers.', nexus: undefined },
    }),
  ); // biome-ignore format: one line a field
  assert.deepEqual(found(judgement), [
    ['R-080', 'reject'],
    ['R-081', 'reject', '1'],
    ['R-085', 'block', '1'],
    ['R-085', 'block'],
  ]);
  assert.equal(judgement.sufficiency, 'fails');
  assert.deepEqual(effectsOf(judgement, 'R-080'), ['counsel']);
  assert.ok(effectsOf(judgement, 'R-085').includes('notice first'));
});

test('G-02: an emergency from a hijacked county mailbox, called back at the number in its signature, is blocked', () => {
  const hijacked = emergency({
    requester: {
      agencyId: 'ag-dona-ana',
      agencyName: 'Doña Ana County Sheriff',
      callback: { ...CONFIRMED, number: '+15755550199', numberSource: 'request' },
    },
  });
  assert.deepEqual(found(judged(hijacked)), [['R-104', 'block']]);
  const denied = judged(emergency({ requester: { callback: { ...CONFIRMED, answer: 'denied' } } }));
  assert.deepEqual(found(denied), [['R-104', 'block']]);
  assert.deepEqual(effectsOf(denied, 'R-104'), ['alert', 'no reply']);
  assert.equal(denied.findings[0]!.cure, null, 'nobody is tipped off');
});

test('G-03: a grand jury’s subpoena without dates holds the sessions and refuses the messages', () => {
  const undated = (id: string, category: string, rawText: string) => ({ id, target: 0, category, rawText });
  const judgement = judged(
    subpoena({
      items: [
        undated('1', 'DC-01', 'subscriber name and contact details'),
        undated('2', 'DC-02', 'session times and addresses'),
        undated('3', 'DC-03', 'length and types of service'),
        undated('4', 'DC-12', 'all messages'),
      ],
    }),
  );
  assert.deepEqual(found(judgement), [
    ['R-057', 'pushback', '2'],
    ['R-057', 'pushback', '4'],
    ['R-071', 'reject', '4'],
  ]);
  free(judgement, '1', '3');
});

test('G-03: once dates were stated, everything but the messages can be approved', () => {
  const cured = judged(
    subpoena({ items: [item('1', 'DC-01'), item('2', 'DC-02'), item('3', 'DC-03'), item('4', 'DC-12')] }),
  );
  assert.deepEqual(found(cured), [['R-071', 'reject', '4']]);
  free(cured, '1', '2', '3');
});

test('G-04: a (d) order for six months of headers and for GPS gives the headers', () => {
  const judgement = judged(
    order({
      items: [
        item('1', 'DC-06', { to: '2026-08-01T00:00:00Z', rawText: 'headers of messages sent and received' }),
        item('2', 'DC-11', { to: '2026-08-01T00:00:00Z', rawText: 'GPS positions' }),
      ],
    }),
  );
  assert.deepEqual(found(judgement), [['R-072', 'reject', '2']]);
  free(judgement, '1');
});

test('G-05: a warrant for “the entire account, creation to present” is narrowed in writing', () => {
  const judgement = judged(
    warrant({ items: [{ id: '1', target: 0, category: 'DC-12', rawText: 'The entire account, creation to present' }] }),
  );
  assert.deepEqual(found(judgement), [
    ['R-057', 'pushback', '1'],
    ['R-058', 'reject', '1'],
    ['R-061', 'pushback', '1'],
  ]);
  assert.deepEqual(effectsOf(judgement, 'R-058'), ['split item'], 'the past part is not refused');
  assert.deepEqual(found(judged(warrant())), [], 'three months of messages, as narrowed');
});

test('G-06: an endless nondisclosure order, a month older than the subpoena, silences nobody yet', () => {
  const judgement = judged(
    subpoena({
      ndo: {
        court: 'U.S. District Court, District of New Mexico', signed: true, signedBy: 'judge', issuedOn: '2026-08-08',
        linkedTo: '26-cr-0117', harms: ['flight from prosecution'], scope: 'this',
      },
    }),
  ); // biome-ignore format: one line
  assert.deepEqual(found(judgement), [
    ['R-122', 'pushback'],
    ['R-124', 'block'],
  ]);
  assert.deepEqual(effectsOf(judgement, 'R-124'), ['counsel']);
});

test('G-07: the third letter on one target is refused, and the other target is held', () => {
  const hold = {
    request: 'r-0000000009', target: '100000000000042', began: '2026-04-01T16:00:00Z', until: '2026-09-28T16:00:00Z', renewals: 1, open: true,
  }; // biome-ignore format: one line
  const judgement = judged(
    preservation({
      targets: ['100000000000042', '100000000000043'].map((value) => ({
        type: 'account-id',
        value,
        resolves: [{ account: value, from: null, to: null }],
      })),
      items: [item('1', 'DC-12'), item('2', 'DC-12', { target: 1 })],
    }),
    { history: { ...NO_HISTORY, holds: [hold] } },
  );
  assert.deepEqual(found(judgement), [['R-142', 'reject', '1']]);
  free(judgement, '2');
});

test('G-11: a British production order against a person in Texas goes by treaty instead', () => {
  const judgement = judged(
    warrant({
      requester: { agencyId: 'ag-london', agencyName: 'Metropolitan Inquiry Service', country: 'GB', level: 'foreign' },
      instrument: { type: 'XB-CLOUD', statutes: ['Crime (Overseas Production Orders) Act 2019'] },
      targets: [
        { type: 'account-id', value: '100000000000042', residence: 'US', resolves: [{ account: '42', from: null, to: null }] },
        { type: 'account-id', value: '100000000000043', residence: 'GB', usPerson: false, resolves: [{ account: '43', from: null, to: null }] },
      ],
      items: [item('1', 'DC-12'), item('2', 'DC-12', { target: 1 })],
    }),
  ); // biome-ignore format: one line a target
  assert.deepEqual(found(judgement), [['R-089', 'reject', '1']]);
  free(judgement, '2');
});

test('G-12: a geofence of 150 metres and an hour goes to counsel and, since Chatrie, to two approvers', () => {
  const geofence = {
    instrument: { type: 'US-REVERSE' },
    targets: [{ type: 'area', value: 'within 150 m of 35.0844, -106.6504' }],
    items: [
      item('1', 'DC-21', { from: '2026-02-03T20:00:00Z', to: '2026-02-03T21:00:00Z', rawText: 'devices in the area' }),
    ],
  };
  const now = judged(warrant(geofence));
  assert.deepEqual(found(now), [['R-064', 'block', '1']]);
  assert.deepEqual(effectsOf(now, 'R-064'), ['counsel', 'two approvers']);
  const before = judged(warrant(geofence), {}, '2026-01-01');
  assert.deepEqual(found(before), [['R-064', 'block', '1']]);
  assert.deepEqual(effectsOf(before, 'R-064'), ['counsel']);
  for (const version of ['2026-01-01', '2026-06-29'])
    assert.deepEqual(
      found(judged(order(geofence, { instrument: { type: 'US-2703D' } }), {}, version)),
      [['R-064', 'reject', '1']],
      version,
    );
});

test('G-13: a shared address with a time and no zone is asked for its zone and its port', () => {
  const judgement = judged(
    subpoena({
      targets: [
        { type: 'ip', value: '203.0.113.7', observedAt: '2026-03-04T17:10:00', shared: true },
        { type: 'account-id', value: '100000000000042', resolves: [{ account: '42', from: null, to: null }] },
      ],
      items: [{ id: '1', target: 0, category: 'DC-01' }, item('2', 'DC-01', { target: 1 })],
    }),
  );
  assert.deepEqual(found(judgement), [
    ['R-056', 'pushback', '1'],
    ['R-060', 'warn', '1'],
  ]);
  free(judgement, '2');
});

test('G-15: a national security letter that asks for headers gives the name only', () => {
  const judgement = judged(
    order({
      instrument: { type: 'US-NSL', statutes: ['18 U.S.C. § 2709'], issuerRole: 'special agent in charge' },
      basis: { purpose: 'international terrorism', offences: [{ statute: '18 U.S.C. § 2339B', kind: 'terrorism' }] },
      items: [item('1', 'DC-01'), item('2', 'DC-06', { rawText: 'headers' })],
    }),
  );
  assert.deepEqual(found(judgement), [['R-074', 'reject', '2']]);
  free(judgement, '1');
});
