/** Whatever a request says, a rule answers: it never throws, points at a place, and changes nothing it was given. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findingsOf } from '../judge.ts';
import { CATEGORIES, INSTRUMENT_KINDS } from '../kinds.ts';
import { type LegalRequest, LegalRequestInput } from '../legal-request.ts';
import { NO_HISTORY } from '../rule.ts';
import { type Change, CONFIRMED, contextFor, DIRECTORY, emergency, europeanOrder, order, warrant } from './example.ts';
import { everyRule } from './register.ts';

const RULES = (await everyRule()).map(({ rule }) => rule);

const text = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '@',
    'a@',
    '@b',
    'https://',
    'x://[',
    'portal',
    'É́ß',
    '２７０３(d)',
    '|',
    '\u202Egov.example',
  ),
  fc.string({ maxLength: 12 }),
);
const words = fc.option(
  text.filter((one) => one.trim() !== ''),
  { nil: undefined },
);
const day = fc.option(fc.constantFrom('0001-01-01', '2026-02-28', '2026-09-11', '2028-02-29', '9999-12-31'), {
  nil: undefined,
});
const bound = fc.option(
  fc.constantFrom(
    '2026-02-30', '2026-09-11', '0000-01-01', '9999-12-31', '2026-02-01T23:59:60Z', '2026-02-01 24:61', '2026-02-01T00:00',
    '2026-02-01T00:00:00.123456+14:00', '2026-02-01T00:00-99:99',
  ),
  { nil: undefined },
); // biome-ignore format: one list
const flag = fc.option(fc.boolean(), { nil: undefined });
const one = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined });

const instrument = fc.record(
  {
    type: one(...INSTRUMENT_KINDS),
    statutes: fc.array(text.filter((said) => said.trim() !== ''), { maxLength: 2 }),
    issuerRole: one('judge', 'prosecutor', 'special agent', 'other'),
    courtBasis: one('offence', 'none'),
    issuedOn: day,
    expiresOn: day,
    returnOn: fc.option(fc.constantFrom('2026-09-11', '9999-12-31', '2026-09-11T14:00:00Z'), { nil: undefined }),
    signed: fc.boolean(),
    caseNo: words,
    addressedTo: words,
    language: fc.constantFrom('en', 'it', 'zzz', 'xh', 'de-AT'),
    translation: fc.option(text, { nil: undefined }),
    fileType: one('pdf', 'docx', 'xyz'),
    pages: one(0, 3),
    pagesStated: one(0, 4),
    attachmentsReferenced: fc.array(text.filter((said) => said.trim() !== ''), { maxLength: 2 }),
    thingsToBeSeized: flag,
    letterhead: flag,
  },
  { requiredKeys: [] },
); // biome-ignore format: one line a field

const change = fc.record(
  {
    kind: fc.constantFrom('production', 'preservation', 'renewal', 'ndo', 'withdrawal'),
    track: fc.constantFrom('government', 'civil', 'defence'),
    channel: fc.constantFrom('portal', 'email', 'post', 'fax', 'phone', 'chat', 'dits', 'other'),
    deliverTo: words,
    refersTo: words,
    service: words,
    requester: fc.record(
      {
        agencyId: words,
        agencyName: text.filter((said) => said.trim() !== ''),
        country: fc.constantFrom('US', 'GB', 'IT', 'ZZ'),
        email: words,
        phone: words,
        badge: words,
        callback: fc.constantFrom(null, CONFIRMED, { ...CONFIRMED, answer: 'denied', number: '' }),
        secondVerifier: fc.constantFrom(null, '', 'D. Quill'),
        auth: fc.record({ dmarc: fc.constantFrom('pass', 'fail', null), domainAgeDays: fc.constantFrom(null, 0, 90) }),
      },
      { requiredKeys: [] },
    ),
    instrument,
    targets: fc.array(
      fc.record({
        type: fc.constantFrom('account-id', 'ip', 'phone', 'handle', 'display-name', 'area', 'snapshot'),
        value: text.filter((said) => said.trim() !== ''),
        residence: one('US', 'IE', 'ZZ'),
        observedAt: bound,
        resolves: fc.constantFrom(null, [], [{ account: '1', from: null, to: '2026-03-01T00:00:00Z' }]),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    items: fc.array(
      fc.record({ category: one(...CATEGORIES), from: bound, to: bound, rawText: text, throughLastDay: fc.boolean() }),
      { maxLength: 4 },
    ),
    basis: fc.record(
      {
        offences: fc.array(
          fc.record({ text: words, statute: words, from: day, to: day, maxPenaltyMonths: one(0, 36) }),
          { maxLength: 2 },
        ),
        facts: fc.option(text, { nil: undefined }),
        nexus: fc.option(text, { nil: undefined }),
        proceeding: one('criminal', 'civil', 'sentence'),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

const bases = fc.constantFrom(order, warrant, emergency, europeanOrder);

const history = fc.constantFrom(NO_HISTORY, {
  ...NO_HISTORY,
  rows: 2_000_000,
  packageBytes: 40_000_000,
  same: [{ request: 'r-1', because: 'demand' as const, withdrawnOn: '2026-09-09' }],
  seenFrom: [{ what: 'docket' as const, agency: 'Customs Investigations, El Paso', request: 'r-2' }],
  emergenciesOpen: [{ request: 'r-3', grantedAt: '2026-01-01T00:00:00Z' }],
  holds: [
    {
      request: 'r-4',
      target: '1',
      began: '2026-01-01T00:00:00Z',
      until: '2026-04-01T00:00:00Z',
      renewals: 1,
      open: false,
    },
  ],
});

/** A request as a reader could have written it down: every drawn value passes the schema. */
function made(base: (...changes: Change[]) => LegalRequest, drawn: Change): LegalRequest {
  const items = (drawn as { items?: object[] }).items?.map((item, index) => ({
    id: String(index),
    target: 0,
    ...item,
  }));
  return base(items === undefined ? drawn : { ...drawn, items });
}

const FOUND_BY_THE_DESK = ['id', 'version', 'receivedAt', 'tz', 'documents'];

/** What the desk adds is taken out again, so that the schema can be asked. */
function demandOf(request: LegalRequest): unknown {
  const { auth: _, callback: __, secondVerifier: ___, ...requester } = request.requester;
  const rest = Object.fromEntries(Object.entries(request).filter(([name]) => !FOUND_BY_THE_DESK.includes(name)));
  return { ...rest, requester, targets: request.targets.map(({ resolves: _, ...target }) => target) };
}

test('no rule throws for a request that the schema lets in, and none changes it', () => {
  fc.assert(
    fc.property(bases, change, history, fc.boolean(), (base, drawn, past, empty) => {
      const request = made(base, drawn as Change);
      fc.pre(LegalRequestInput.safeParse(JSON.parse(JSON.stringify(demandOf(request)))).success);
      const before = JSON.stringify(request);
      const directory = empty ? { version: 0, agencies: [] } : DIRECTORY;
      for (const rule of RULES) {
        try {
          for (const { message, source, path } of findingsOf([rule], request, contextFor({ history: past, directory })))
            assert.ok(message !== '' && source !== '' && path !== '' && !message.includes('undefined'), message);
        } catch (error) {
          throw new Error(`${rule.id}: ${(error as Error).message}`, { cause: error });
        }
      }
      assert.equal(JSON.stringify(request), before);
    }),
    { seed: 20260912, numRuns: 400 },
  );
});
