/** Which domains are an agency's, which are anyone's, and which are made to be taken for an agency's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Agency, Directory } from '../instrument/agency.ts';
import { PolicyInput } from '../instrument/policy.ts';
import { DIRECTORY, POLICY } from '../instrument/rules/example.ts';
import { isFreeMail, listedAgency, lookAlike, registrable } from './domain.ts';

const agency = (id: string, ...domains: string[]): Agency => ({
  id,
  name: id,
  country: 'US',
  level: 'federal',
  domains,
  phone: '+15055550101',
  phoneSource: 'published list',
  recipient: null,
  credential: 'ok',
});

/** Name, of which listed domain, and a word of how; `null`: it is not to be accused. */
const TABLE: [domain: string, of: string | null, how?: RegExp][] = [
  // Listed, below, above.
  ['inquiry.example.gov', null],
  ['INQUIRY.Example.GOV', null],
  ['inquiry.example.gov.', null],
  ['mail.inquiry.example.gov', null],
  ['abq.field.inquiry.example.gov', null],
  ['example.gov', null],
  ['sheriff.donaana.example', null],
  ['donaana.example', null],
  ['inquiry.example.uk', null],
  // Another body of the same zone, or somebody else altogether.
  ['tax.example.gov', null],
  ['records.donaana.example', null],
  ['sheriff.otero.example', null],
  ['court.example.org', null],
  ['customs-broker.example', null],
  ['police.example.com', null],
  ['example.com', null],
  ['justice.example.fr', null],
  ['', null],
  ['localhost', null],
  ['192.0.2.7', null],
  // Digits for letters, letters that fonts make alike.
  ['inqu1ry.example.gov', 'inquiry.example.gov', /drawn like/],
  ['lnquiry.example.gov', 'inquiry.example.gov', /drawn like.*both lie in example\.gov/],
  ['inquiry.examp1e.gov', 'inquiry.example.gov', /drawn like/],
  ['custorns.example.gov', 'customs.example.gov', /drawn like/],
  ['pr0cura.mi1ano.example', 'procura.milano.example', /drawn like/],
  ['sheriff.d0naana.example', 'sheriff.donaana.example', /drawn like/],
  ['mail.inqu1ry.example.gov', 'inquiry.example.gov', /drawn like/],
  // Letters of other scripts, written out or in the ASCII form; what is invisible; wide letters.
  ['\u0456nquiry.example.gov', 'inquiry.example.gov', /drawn like/],
  ['xn--nquiry-ovf.example.gov', 'inquiry.example.gov', /drawn like.*xn--nquiry-ovf/],
  ['sheriff.d\u043enaana.example', 'sheriff.donaana.example', /drawn like/],
  ['sheriff.do\u00f1aana.example', 'sheriff.donaana.example', /drawn like/],
  ['inqu\u200biry.example.gov', 'inquiry.example.gov', /drawn like.*U\+200B/],
  ['\uff49nquiry.example.gov', 'inquiry.example.gov', /drawn like/],
  // A few letters away.
  ['inquiri.example.gov', 'inquiry.example.gov', /one letter away/],
  ['inqiury.example.gov', 'inquiry.example.gov', /2 letters away/],
  ['inquiry.exampel.gov', 'inquiry.example.gov', /2 letters away/],
  ['sheriff.donaanna.example', 'sheriff.donaana.example', /one letter away/],
  ['records.donaanna.example', 'sheriff.donaana.example', /donaanna\.example is one letter away/],
  ['procura.milan.example', 'procura.milano.example', /one letter away/],
  ['customs.example.gob', 'customs.example.gov', /one letter away/],
  ['inquiry.elsewhere.gov', null],
  // Hyphens and dots moved.
  ['in-quiry.example.gov', 'inquiry.example.gov', /hyphens or dots/],
  ['sheriff-donaana.example', 'sheriff.donaana.example', /hyphens or dots/],
  ['sheriffdonaana.example', 'sheriff.donaana.example', /hyphens or dots/],
  // The name inside another.
  ['inquiry.example.gov.evil.example', 'inquiry.example.gov', /ends elsewhere/],
  ['inquiry-example.gov.example', 'inquiry.example.gov', /ends elsewhere/],
  ['inquiry-example-gov.example', 'inquiry.example.gov', /ends elsewhere/],
  ['inquiryexamplegov.example', 'inquiry.example.gov', /written together/],
  ['secure-inquiryexamplegov.example', 'inquiry.example.gov', /written together/],
  ['abq.example.gov.evil.example', 'inquiry.example.gov', /zone of/],
  ['lnquiry-example.gov.example', 'inquiry.example.gov', /ends elsewhere/],
  // Another ending.
  ['inquiry.example.org', 'inquiry.example.gov', /another ending, \.org/],
  ['customs.example.com', 'customs.example.gov', /another ending, \.com/],
  ['sheriff.donaana.com', 'sheriff.donaana.example', /another ending, \.com/],
  // Another word, another order.
  ['sheriff-donaana-records.example', 'sheriff.donaana.example', /and another/],
  ['donaana-sheriff.example', 'sheriff.donaana.example', /another order/],
  ['procura-milano.legal.example', 'procura.milano.example', /and another/],
];

for (const [domain, of, how] of TABLE) {
  test(of === null ? `‘${domain}’ is taken for nobody` : `‘${domain}’ could be taken for ${of}`, () => {
    const found = lookAlike(domain, DIRECTORY, POLICY);
    assert.equal(found?.of ?? null, of, found?.how ?? 'nothing found');
    if (how) assert.match(found!.how, how);
  });
}

test('a name of two or three letters is not accused of being near another', () => {
  const directory: Directory = {
    version: 1,
    agencies: [agency('fbi', 'fbi.gov'), agency('nm', 'nm.doj.gov'), agency('de', 'bka.de')],
  };
  for (const name of ['fda.gov', 'irs.gov', 'nd.doj.gov', 'bka.at'])
    assert.equal(lookAlike(name, directory, POLICY), null, name);
  assert.equal(lookAlike('fbl.gov', directory, POLICY)?.of, 'fbi.gov');
  assert.equal(lookAlike('fbi-records.com', directory, POLICY)?.of, 'fbi.gov');
});

test('a government of another country is not accused because its name holds a listed one', () => {
  const directory: Directory = { version: 1, agencies: [agency('us', 'justice.gov')] };
  assert.equal(lookAlike('justice.gov.uk', directory, POLICY), null);
  assert.equal(lookAlike('justice.gov.evil.example', directory, POLICY)?.of, 'justice.gov');
});

test('the policy says how many letters are too near', () => {
  const strict = PolicyInput.parse({ limits: { lookalikeDistance: 0 } });
  assert.equal(lookAlike('inquiri.example.gov', DIRECTORY, strict), null);
  assert.notEqual(
    lookAlike('inqu1ry.example.gov', DIRECTORY, strict),
    null,
    'what is drawn alike does not depend on it',
  );
});

test('two listed agencies with close domains do not accuse each other', () => {
  const directory: Directory = {
    version: 1,
    agencies: [
      agency('a', 'sheriff.alpha.example'),
      agency('b', 'sheriff.alpah.example'),
      agency('c', 'sherif.alpha.example'),
    ],
  };
  for (const { domains } of directory.agencies) {
    assert.equal(lookAlike(domains[0]!, directory, POLICY), null);
    assert.equal(lookAlike(`mail.${domains[0]!}`, directory, POLICY), null);
  }
});

test('a body in the zone of a listed agency is not accused of resembling an agency elsewhere', () => {
  const directory: Directory = {
    version: 1,
    agencies: [agency('a', 'sheriff.alpha.example'), agency('b', 'police.alpah.example')],
  };
  assert.equal(lookAlike('records.alpah.example', directory, POLICY), null);
});

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
const domain = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 3 }), fc.constantFrom('gov', 'example', 'police.uk', 'de', 'us'))
  .map(([labels, ending]) => [...labels, ending].join('.'));

test('a listed domain, whatever is listed beside it, and every name below it are never accused', () => {
  fc.assert(
    fc.property(
      fc.array(domain, { minLength: 1, maxLength: 6 }),
      fc.array(label, { maxLength: 3 }),
      fc.nat(),
      fc.integer({ min: 0, max: 5 }),
      (domains, below, pick, lookalikeDistance) => {
        const directory: Directory = { version: 1, agencies: domains.map((one, index) => agency(`a${index}`, one)) };
        const name = [...below, domains[pick % domains.length]!].join('.');
        assert.equal(lookAlike(name, directory, PolicyInput.parse({ limits: { lookalikeDistance } })), null);
        assert.notEqual(listedAgency(name, directory), null);
      },
    ),
    { seed: 20260911, numRuns: 300 },
  );
});

test('a name with one letter of its longest word drawn otherwise is always noticed', () => {
  fc.assert(
    fc.property(fc.constantFrom(...DIRECTORY.agencies.map(({ domains }) => domains[0]!)), fc.nat(), (listed, pick) => {
      const places = [...listed].flatMap((letter, at) => (/[oil]/.test(letter) ? [at] : []));
      const at = places[pick % places.length]!;
      const swapped =
        listed.slice(0, at) + { o: '0', i: '1', l: '1' }[listed[at] as 'o' | 'i' | 'l'] + listed.slice(at + 1);
      assert.equal(lookAlike(swapped, DIRECTORY, POLICY)?.of, listed);
    }),
    { seed: 20260912 },
  );
});

test('whatever text stands for a domain, it is read without failing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      lookAlike(text, DIRECTORY, POLICY);
      registrable(text);
      isFreeMail(text, POLICY);
    }),
    { seed: 20260913 },
  );
});

test('the agency is the one that lists the closest domain', () => {
  const directory: Directory = {
    version: 1,
    agencies: [agency('county', 'county.example'), agency('sheriff', 'sheriff.county.example')],
  };
  assert.equal(listedAgency('mail.sheriff.county.example', directory)?.id, 'sheriff');
  assert.equal(listedAgency('clerk.county.example', directory)?.id, 'county');
  assert.equal(listedAgency('notsheriff.example', directory), null);
  assert.equal(listedAgency('xcounty.example', directory), null);
});

for (const [name, zone] of [
  ['sheriff.donaana.example', 'donaana.example'],
  ['mail.met.police.uk', 'met.police.uk'],
  ['someone.github.io', 'someone.github.io'],
  ['gov', null],
  ['192.0.2.1', null],
  ['', null],
] as const) {
  test(`the registered part of ‘${name}’ is ${zone}`, () => assert.equal(registrable(name), zone));
}

for (const [name, free] of [
  ['gmail.com', true],
  ['GMAIL.com', true],
  ['mail.yahoo.co.jp', true],
  ['outlook.de', true],
  ['proton.me', true],
  ['mailinator.com', true],
  ['notgmail.com', false],
  ['gmail.com.example', false],
  ['inquiry.example.gov', false],
  ['letters.example.net', true],
  ['x.letters.example.net', true],
] as const) {
  test(`‘${name}’ is ${free ? '' : 'not '}a mailbox anyone can open`, () => {
    assert.equal(isFreeMail(name, PolicyInput.parse({ freeMailDomains: ['letters.example.net'] })), free);
  });
}
