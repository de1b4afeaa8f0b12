/** Results of checks as mail servers write them (RFC 8601), and what of them counts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readAuthentication } from './authentication-results.ts';

const OWN = 'mx.provider.example';
const FROM = { address: 'a@inquiry.example.gov', name: '', domain: 'inquiry.example.gov' };
const read = (...fields: string[]) => readAuthentication(fields, OWN, FROM);

const TABLE: [field: string, dmarc: string | null, says?: RegExp][] = [
  ['mx.provider.example; dmarc=pass', 'pass'],
  ['mx.provider.example 1; dmarc=pass header.from=inquiry.example.gov', 'pass'],
  ['MX.Provider.Example; DMARC=PASS header.from=Inquiry.Example.GOV', 'pass'],
  ['"mx.provider.example"; dmarc = pass', 'pass'],
  ['mx.provider.example; dmarc/1=fail reason="not aligned"', 'fail'],
  [
    'mx.provider.example (a; b (c) \\) d); spf=pass (x) smtp.mailfrom=a; dmarc=pass (p=none) header.from=inquiry.example.gov',
    'pass',
  ],
  ['mx.provider.example; dkim=pass header.b="a;dmarc=pass;b"; dmarc=fail', 'fail'],
  ['mx.provider.example; dmarc=fail (dmarc=pass)', 'fail'],
  ['mx.provider.example; spf=pass smtp.mailfrom="x; dmarc=pass"', null],
  ['mx.provider.example; none', null],
  ['mx.provider.example', null],
  ['mx.provider.example;', null],
  ['mx.provider.example; dmarc=none', 'none'],
  ['mx.provider.example; dmarc=temperror', 'temperror'],
  ['mx.provider.example; dmarc=pass; dmarc=fail', null, /more than one thing of dmarc: fail, pass/],
  ['mx.provider.example; dmarc=pass header.from=evil.example', null, /about ‘evil\.example’/],
  ['mx.provider.example.evil.example; dmarc=pass', null, /written by someone else/],
  ['evil.example; dmarc=pass', null, /written by someone else, ‘evil\.example’/],
  ['mx.provider.example dmarc=pass', null, /cannot be read/],
  ['mx.provider.example; dmarc', null, /cannot be read/],
  ['mx.provider.example; dmarc=', null, /cannot be read/],
  ['mx.provider.example; =pass', null, /cannot be read/],
  ['mx.provider.example; dmarc=pass (open', null, /cannot be read/],
  ['mx.provider.example; dmarc=pass reason="open', null, /cannot be read/],
  ['', null, /cannot be read/],
];

for (const [field, dmarc, expected] of TABLE) {
  test(`‘${field}’ says ${dmarc ?? 'nothing that counts'}`, () => {
    const { authentication, notes } = read(field);
    assert.equal(authentication.dmarc, dmarc);
    assert.equal(authentication.by === null, /written by|cannot be read/.test(expected?.source ?? ''));
    const said = notes.map(({ says }) => says).join('\n');
    if (expected) assert.match(said, expected);
    else assert.equal(said, '');
  });
}

test('one of several signatures that holds is enough to say that one holds', () => {
  assert.equal(read(`${OWN}; dkim=fail; dkim=pass header.d=x.example`).authentication.dkim, 'pass');
  assert.equal(read(`${OWN}; dkim=neutral; dkim=fail`).authentication.dkim, 'neutral');
});

test('a field of our own server below one of someone else does not count', () => {
  const { authentication, notes } = read('list.example; dmarc=fail', `${OWN}; dmarc=pass`);
  assert.equal(authentication.by, null);
  assert.match(notes.at(-1)!.says, /stands below one of someone else/);
});

test('where no sender is named, a result for one says nothing', () => {
  assert.equal(readAuthentication([`${OWN}; dmarc=pass`], OWN, null).authentication.dmarc, null);
});

test('where no server of our own is named, nothing counts and that is said', () => {
  const { authentication, notes } = readAuthentication([`${OWN}; dmarc=pass`], null, FROM);
  assert.deepEqual(authentication, { dmarc: null, spf: null, dkim: null, by: null });
  assert.match(notes[0]!.says, /none counts/);
  assert.deepEqual(readAuthentication([], null, FROM).notes, []);
});

test('whatever a sender writes below our own field changes nothing', () => {
  const word = fc.constantFrom(
    OWN,
    ';',
    'dmarc',
    '=',
    'pass',
    'fail',
    '"',
    '(',
    ')',
    '\\',
    ' ',
    'header.from=inquiry.example.gov',
    'spf',
    '1',
    'none',
  );
  const written = fc.array(word, { maxLength: 20 }).map((words) => words.join(''));
  fc.assert(
    fc.property(fc.array(written, { maxLength: 4 }), (below) => {
      assert.deepEqual(read(`${OWN}; dmarc=fail; spf=none`, ...below).authentication, {
        dmarc: 'fail',
        spf: 'none',
        dkim: null,
        by: OWN,
      });
    }),
    { seed: 20260917 },
  );
});
