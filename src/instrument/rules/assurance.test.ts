/** Who is asking has to be known the more surely, the more is asked; nothing a sender can do alone reaches past a mailbox. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CATEGORIES } from '../kinds.ts';
import type { LegalRequest } from '../legal-request.ts';
import { assuranceOf } from './assurance.ts';
import { type Change, CONFIRMED, emergency, europeanOrder, order, POLICY, preservation, warrant } from './example.ts';

const targets = (count: number): Change => ({
  targets: Array.from({ length: count }, (_, index) => ({ type: 'account-id', value: `10000000000${1000 + index}` })),
});
const asker = (change: object): Change => ({ requester: change });
const nobody = asker({ callback: null, auth: { credential: 'unknown', dmarc: null, domainInDirectory: false } });

const FLOORS: [string, LegalRequest, number][] = [
  ['a hold', preservation(), 1],
  ['a renewal', preservation({ kind: 'renewal' }), 1],
  ['a withdrawal', order({ kind: 'withdrawal' }), 1],
  ['a first hold', preservation(asker({ auth: { priorVerified: 0 } })), 1],
  ['subscriber facts and sessions', order(), 2],
  ['ten targets', order(targets(10)), 2],
  ['eleven targets', order(targets(11)), 3],
  ['content', warrant(), 3],
  ['a first request', order(asker({ auth: { priorVerified: 0 } })), 3],
  ['a civil party’s first request', order({ track: 'civil', requester: { auth: { priorVerified: 0 } } }), 3],
  ['bulk', order(targets(25)), 4],
  ['a cohort', warrant({ items: [{ id: '1', target: 0, category: 'DC-21' }] }), 4],
  ['everyone in an area', warrant({ targets: [{ type: 'area', value: '150 m around 32.31 N, 106.78 W' }] }), 4],
  ['an emergency', emergency(), 4],
  ['a European emergency order', europeanOrder({ eu: { emergency: true } }), 4],
];

for (const [name, request, floor] of FLOORS)
  test(`${name} asks for level ${floor}`, () => assert.equal(assuranceOf(request, POLICY).floor, floor));

const LEVELS: [string, Change, number][] = [
  ['nothing known', nobody, 0],
  ['mail that authenticates, from a domain nobody vetted', { channel: 'email', requester: { callback: null, auth: { domainInDirectory: false } } }, 0],
  ['an official domain without a result of DMARC', { channel: 'email', requester: { callback: null, auth: { dmarc: null } } }, 0],
  ['an official domain, answers going elsewhere', { channel: 'email', requester: { callback: null, auth: { replyToDiffers: true } } }, 0],
  ['mail of an official domain', { channel: 'email', requester: { callback: null } }, 1],
  ['a vetted credential', asker({ callback: null }), 2],
  ['a number from the request confirmed', asker({ callback: { ...CONFIRMED, numberSource: 'request' } }), 2],
  ['nobody answered', asker({ callback: { ...CONFIRMED, answer: 'no answer' } }), 2],
  ['the directory’s number confirmed', {}, 3],
  ['the same person looked twice', asker({ secondVerifier: ' r. alder' }), 3],
  ['a second person without a call', asker({ callback: null, secondVerifier: 'D. Quill' }), 2],
  ['two people', asker({ secondVerifier: 'D. Quill' }), 4],
  ['sealed, over the decentralised IT system', { ...nobody, channel: 'dits', eu: { qes: true } }, 4],
  ['sealed, by mail', { ...nobody, channel: 'email', eu: { qes: true } }, 0],
]; // biome-ignore format: one line a case

for (const [name, change, level] of LEVELS)
  test(`${name} is level ${level}`, () => assert.equal(assuranceOf(order(change), POLICY).level, level));

test('an emergency lacks a call and a second person, then only the person', () => {
  const { missing } = assuranceOf(emergency(nobody, asker({ secondVerifier: null })), POLICY);
  assert.equal(missing.length, 2);
  assert.deepEqual(assuranceOf(emergency(asker({ secondVerifier: null })), POLICY).missing, [
    'a second verifier, other than who called back',
  ]);
  assert.deepEqual(assuranceOf(emergency(), POLICY).missing, []);
});

test('something is missing exactly when the level is below the floor, and asking for more never lowers the floor', () => {
  const category = fc.constantFrom(...CATEGORIES);
  const request = fc.record({
    kind: fc.constantFrom('production', 'preservation', 'emergency'),
    channel: fc.constantFrom('portal', 'email', 'post', 'dits'),
    categories: fc.array(category, { maxLength: 3 }),
    targets: fc.integer({ min: 1, max: 30 }),
    answer: fc.constantFrom('confirmed', 'no answer', null),
    second: fc.constantFrom('D. Quill', 'R. Alder', null),
    priorVerified: fc.constantFrom(0, 3),
  });
  fc.assert(
    fc.property(request, category, (drawn, more) => {
      const made = (categories: readonly string[]) =>
        emergency(targets(drawn.targets), {
          kind: drawn.kind,
          channel: drawn.channel,
          items: categories.map((one, index) => ({ id: String(index), target: 0, category: one })),
          requester: {
            callback: drawn.answer === null ? null : { ...CONFIRMED, answer: drawn.answer },
            secondVerifier: drawn.second,
            auth: { priorVerified: drawn.priorVerified },
          },
        });
      const { floor, level, missing } = assuranceOf(made(drawn.categories), POLICY);
      assert.equal(missing.length > 0, level < floor);
      assert.ok(assuranceOf(made([...drawn.categories, more]), POLICY).floor >= floor);
    }),
    { seed: 20260911 },
  );
});
