/** How sure the desk can be of who asks; which evidence counts, which does not, and that none takes away from another. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LegalRequest } from '../instrument/legal-request.ts';
import { assuranceOf } from '../instrument/rules/assurance.ts';
import {
  type Change,
  CONFIRMED,
  DIRECTORY,
  emergency,
  europeanOrder,
  order,
  POLICY,
  preservation,
  warrant,
} from '../instrument/rules/example.ts';
import { floorOf, LEVELS, levelOf } from './assurance.ts';

const asker = (change: object): Change => ({ requester: change });
const auth = (change: object): Change => asker({ auth: change });
const called = (change: object): Change => asker({ callback: { ...CONFIRMED, ...change } });
const uncalled = asker({ callback: null });
const seconded = asker({ secondVerifier: 'D. Quill' });
const email: Change = { channel: 'email' };

/** What is changed in a portal request of a vetted agency that was called and confirmed; its level; what is said. */
const TABLE: [name: string, changes: Change[], level: number, says?: RegExp][] = [
  ['mail of the agency’s domain, DMARC passed', [email, uncalled], 1],
  ['the same from a host below it', [email, uncalled, asker({ email: 'x@mail.inquiry.example.gov' })], 1],
  ['mail without a result of DMARC', [email, uncalled, auth({ dmarc: null })], 0, /a DMARC result of our own server/],
  ['mail whose DMARC failed, and a call', [email, auth({ dmarc: 'fail' })], 0, /DMARC failed/],
  ['mail whose answers go elsewhere, and a call', [email, auth({ replyToDiffers: true })], 0, /another domain/],
  [
    'mail of which nobody knows where answers go',
    [email, uncalled, auth({ replyToDiffers: null })],
    0,
    /where answers go/,
  ],
  [
    'mail of another listed agency',
    [email, asker({ email: 'x@customs.example.gov' })],
    0,
    /domain the directory lists for the agency/,
  ],
  [
    'mail of a domain nobody lists, and a call',
    [email, asker({ email: 'x@x.example' }), auth({ domainInDirectory: false })],
    0,
  ],
  ['mail without an address, and a call', [email, asker({ email: undefined })], 0],
  ['mail whose address cannot be read', [email, asker({ email: 'Sam' })], 0, /cannot be read/],
  ['a private mailbox, and a call', [email, auth({ freeMail: true })], 0, /anyone can open/],
  [
    'a look-alike, a call, a second person',
    [seconded, auth({ lookalikeOf: 'customs.example.gov' })],
    0,
    /taken for customs/,
  ],
  ['an agency the directory has not', [asker({ agencyId: 'ag-none' })], 0],
  ['the portal with an unknown credential', [uncalled, auth({ credential: 'unknown' })], 1, /vetted/],
  ['the portal of a vetted agency', [uncalled], 2],
  ['a suspended credential, a call, a second person', [seconded, auth({ credential: 'suspended' })], 0, /suspended/],
  ['a vetted credential without an address of the agency', [asker({ email: 'x@x.example' })], 0],
  ['the directory’s number confirmed', [], 3],
  ['the same by mail', [email], 3],
  ['the same by post', [{ channel: 'post' }], 3, /post does not show who sent it/],
  ['post without a call', [{ channel: 'post' }, uncalled], 0],
  ['the telephone', [{ channel: 'phone' }, uncalled], 0],
  ['a number of the request confirmed', [called({ numberSource: 'request' })], 2, /taken from the request/],
  [
    'a number of the request, said to be the directory’s',
    [called({ number: '+15055550199' })],
    2,
    /not the agency's in the directory/,
  ],
  ['the number of another agency', [called({ number: '+19155550103' })], 2, /not the agency's/],
  ['the directory’s number written with spaces', [called({ number: '+1 505 555-0101' })], 3],
  ['nobody answered', [called({ answer: 'no answer' })], 2, /nobody confirmed/],
  ['the agency denied it', [seconded, called({ answer: 'denied' })], 0, /not theirs/],
  ['a call from before the request came', [called({ at: '2026-09-11T13:59:59Z' })], 2, /before the request/],
  ['a call in the minute it came', [called({ at: '2026-09-11T14:00:00Z' })], 3],
  ['a call at a time nobody can read', [called({ at: 'this afternoon' })], 2],
  ['a call by nobody', [called({ by: ' ' })], 2, /who called/],
  ['two people', [seconded], 4],
  ['two people, by mail', [email, seconded], 4],
  ['the same person twice', [asker({ secondVerifier: 'r.  ALDER ' })], 3, /cannot be the second/],
  ['a second person who is nobody', [asker({ secondVerifier: ' ' })], 3, /second person/],
  ['a second person without a call', [uncalled, seconded], 2],
  ['a second person after a number of the request', [seconded, called({ numberSource: 'request' })], 2],
];

for (const [name, changes, level, says] of TABLE) {
  test(`${name}: level ${level}`, () => {
    const found = levelOf(order(...changes), DIRECTORY);
    assert.equal(found.level, level, JSON.stringify(found));
    if (says) assert.match(found.missing.join('\n'), says);
  });
}

const EUROPEAN: [name: string, changes: Change[], level: number][] = [
  ['over the decentralised IT system with a qualified signature', [uncalled], 4],
  ['over it, without such a signature', [uncalled, { eu: { qes: false } }], 2],
  ['the same by mail', [email, uncalled], 1],
  ['with such a signature, over it, of a suspended agency', [auth({ credential: 'suspended' })], 0],
];

for (const [name, changes, level] of EUROPEAN)
  test(`a European order ${name}: level ${level}`, () =>
    assert.equal(levelOf(europeanOrder(...changes), DIRECTORY).level, level));

test('a hijacked county mailbox with a number in its signature stays a mailbox (G-02)', () => {
  const request = emergency(
    email,
    asker({
      agencyId: 'ag-dona-ana',
      agencyName: 'Doña Ana County Sheriff',
      email: 'r.salas@sheriff.donaana.example',
      secondVerifier: 'D. Quill',
      callback: { ...CONFIRMED, number: '+15755550188', numberSource: 'request' },
    }),
  );
  assert.equal(levelOf(request, DIRECTORY).level, 1);
  assert.equal(floorOf(request, POLICY).level, 4);
});

const many = (count: number): Change => ({
  targets: Array.from({ length: count }, (_, at) => ({ type: 'account-id', value: `10000000000${1000 + at}` })),
});

const FLOORS: [name: string, request: LegalRequest, level: number][] = [
  ['a hold', preservation(), 1],
  ['a first hold of many', preservation(many(30), auth({ priorVerified: 0 })), 1],
  ['subscriber facts and sessions', order(), 2],
  ['content', warrant(), 3],
  ['a first contact', order(auth({ priorVerified: 0 })), 3],
  ['ten targets', order(many(10)), 2],
  ['eleven targets', order(many(11)), 3],
  ['twenty-five targets', order(many(25)), 4],
  ['a cohort', warrant({ items: [{ id: '1', target: 0, category: 'DC-21' }] }), 4],
  ['an emergency', emergency(), 4],
];

for (const [name, request, level] of FLOORS)
  test(`${name} needs level ${level}`, () => {
    const floor = floorOf(request, POLICY);
    assert.equal(floor.level, level);
    assert.ok(floor.because.length > 0);
  });

test('the levels are five, each with its name', () => {
  assert.deepEqual(
    LEVELS.map(({ level }) => level),
    [0, 1, 2, 3, 4],
  );
});

/** Evidence from the weakest to the strongest; each step of one of these is more of it. */
const STEPS = {
  dmarc: ['fail', null, 'pass'],
  replyToDiffers: [true, null, false],
  freeMail: [true, null, false],
  domainInDirectory: [false, true],
  lookalikeOf: ['customs.example.gov', null],
  credential: ['suspended', 'unknown', 'ok'],
  callback: [
    { ...CONFIRMED, answer: 'denied' },
    { ...CONFIRMED, numberSource: 'request' },
    { ...CONFIRMED, answer: 'no answer' },
    { ...CONFIRMED, at: '2026-09-10T15:00:00Z' },
    null,
    CONFIRMED,
  ],
  secondVerifier: [null, 'R. Alder', 'D. Quill'],
  email: ['x@x.example', 'sam.ortega@inquiry.example.gov'],
  channel: ['email', 'portal'],
} as const;

type Evidence = { [Name in keyof typeof STEPS]: number };
const evidence = fc.record(
  Object.fromEntries(Object.entries(STEPS).map(([name, steps]) => [name, fc.nat(steps.length - 1)])),
) as fc.Arbitrary<Evidence>;

function requestWith(chosen: Evidence): LegalRequest {
  const value = <Name extends keyof typeof STEPS>(name: Name) =>
    STEPS[name][chosen[name]] as (typeof STEPS)[Name][number];
  const made = order();
  return {
    ...made,
    channel: value('channel'),
    requester: {
      ...made.requester,
      email: value('email'),
      callback: value('callback'),
      secondVerifier: value('secondVerifier'),
      auth: {
        ...made.requester.auth,
        dmarc: value('dmarc'),
        replyToDiffers: value('replyToDiffers'),
        freeMail: value('freeMail'),
        domainInDirectory: value('domainInDirectory'),
        lookalikeOf: value('lookalikeOf'),
        credential: value('credential'),
      },
    },
  };
}

test('more evidence never lowers the level', () => {
  fc.assert(
    fc.property(evidence, fc.constantFrom(...(Object.keys(STEPS) as (keyof Evidence)[])), (chosen, name) => {
      fc.pre(chosen[name] < STEPS[name].length - 1);
      const more = { ...chosen, [name]: chosen[name] + 1 };
      assert.ok(levelOf(requestWith(more), DIRECTORY).level >= levelOf(requestWith(chosen), DIRECTORY).level);
    }),
    { seed: 20260920, numRuns: 2000 },
  );
});

test('a number taken from the request never raises the level', () => {
  fc.assert(
    fc.property(evidence, fc.constantFrom('confirmed' as const, 'no answer' as const), (chosen, answer) => {
      const request = requestWith({ ...chosen, callback: STEPS.callback.indexOf(null) });
      for (const number of ['+15055550199', '+15055550101']) {
        const callback = { ...CONFIRMED, number, numberSource: 'request' as const, answer };
        const asked = { ...request, requester: { ...request.requester, callback } };
        assert.equal(levelOf(asked, DIRECTORY).level, levelOf(request, DIRECTORY).level);
      }
    }),
    { seed: 20260921, numRuns: 1000 },
  );
});

test('what the request says of itself raises nothing', () => {
  fc.assert(
    fc.property(evidence, (chosen) => {
      const request = requestWith(chosen);
      const boasting: LegalRequest = {
        ...request,
        instrument: { ...request.instrument, signed: true, signatureKind: 'qualified', letterhead: true },
        requester: { ...request.requester, phone: '+15055550101', badge: '1', rank: 'director' },
        eu: { ...europeanOrder().eu!, qes: true, transport: 'dits' },
      };
      assert.equal(levelOf(boasting, DIRECTORY).level, levelOf(request, DIRECTORY).level);
    }),
    { seed: 20260922 },
  );
});

test('from the second level on it never says more than the rules do', () => {
  fc.assert(
    fc.property(evidence, (chosen) => {
      const { level } = levelOf(requestWith(chosen), DIRECTORY);
      assert.ok(level < 2 || level <= assuranceOf(requestWith(chosen), POLICY).level);
    }),
    { seed: 20260923, numRuns: 1000 },
  );
});
