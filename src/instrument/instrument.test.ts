import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem } from '../base/problem.ts';
import { readInstrument, scopeOf } from './instrument.ts';
import { reachFindings } from './kinds.ts';

const PAPER = {
  kind: 'US-2703D',
  number: '17-mc-0042',
  servedOn: 'Facebook',
  issuedOn: '2017-03-20',
  issuer: { name: 'U.S. District Court, District of New Mexico', role: 'magistrate judge' },
  purpose: 'wire fraud',
  offences: [{ statute: '18 U.S.C. § 1343' }],
  basis: '…',
  items: [
    {
      target: { type: 'facebook-id', value: '100000000000042' },
      categories: ['DC-01', 'DC-02'],
      began: '2017-02-01T00:00:00Z',
      ended: '2017-04-01T00:00:00Z',
    },
  ],
};
const item = (over: object) => ({ ...PAPER, items: [{ ...PAPER.items[0], ...over }] });

test('the paper of the design is read, and its scope is its items', () => {
  const scope = scopeOf('i-1', 1, readInstrument(JSON.stringify(PAPER)));
  assert.deepEqual(
    scope.items.map(({ id, target, categories }) => [id, target.value, categories]),
    [['1', '100000000000042', ['DC-01', 'DC-02']]],
  );
});

const WRONG: [string, object, RegExp][] = [
  ['a kind nobody knows', { ...PAPER, kind: 'US-LETTER' }, /kind/],
  ['a field nobody knows', { ...PAPER, urgent: true }, /urgent/],
  ['no items', { ...PAPER, items: [] }, /items: at least one item/],
  ['no issuer', { ...PAPER, issuer: undefined }, /issuer: needed for US-2703D/],
  ['a day that is a time', { ...PAPER, issuedOn: '20 March 2017' }, /issuedOn: a date as YYYY-MM-DD/],
  ['a range that ends before it begins', item({ ended: '2017-01-01T00:00:00Z' }), /items\[0\]\.ended: after began/],
  ['an empty range', item({ ended: '2017-02-01T00:00:00Z' }), /items\[0\]\.ended/],
  ['a time without a zone', item({ began: '2017-02-01T00:00:00' }), /items\[0\]\.began: a time with its zone/],
  ['a category nobody knows', item({ categories: ['DC-99'] }), /items\[0\]\.categories\[0\]/],
  ['a type of target nobody knows', item({ target: { type: 'nickname', value: 'x' } }), /items\[0\]\.target\.type/],
  [
    'a number without its country',
    item({ target: { type: 'phone', value: '5755550142' } }),
    /items\[0\]\.target\.value: a phone number with \+/,
  ],
  [
    'an account holder who states nothing',
    { kind: 'OWN-DATA', servedOn: 'Facebook', purpose: 'own records', items: PAPER.items },
    /statement/,
  ],
];

for (const [name, paper, expected] of WRONG) {
  test(`${name} is refused by name of the field`, () => {
    assert.throws(
      () => readInstrument(JSON.stringify(paper)),
      (error) => isProblem(error) && error.code === 'instrument/invalid' && expected.test(error.message),
    );
  });
}

test('what is not JSON is said to be none', () => {
  assert.throws(() => readInstrument('{"kind": '), { code: 'instrument/invalid' });
});

test('a subpoena that asks for content is shown to ask for more than it reaches', () => {
  const [finding] = reachFindings('US-SUBP', [{ categories: ['DC-01', 'DC-12'] }]);
  assert.equal(finding!.severity, 'reject');
  assert.equal(finding!.path, 'items[0].categories');
  assert.deepEqual(reachFindings('US-WARRANT', [{ categories: ['DC-01', 'DC-12'] }]), []);
});
