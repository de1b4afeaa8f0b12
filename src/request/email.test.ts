/** What is read of messages as they arrive, good and hostile; `fixtures/requests/email-*` are whole ones. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type Mail from 'nodemailer/lib/mailer/index.js';
import { sha256 } from '../base/digest.ts';
import { isProblem, Problem } from '../base/problem.ts';
import { type Email, readEmail } from './email.ts';
import { EMAIL_LIMITS } from './mime.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/requests');
const OWN = { ownServer: 'mx.provider.example' };
const CASES = readdirSync(FIXTURES).filter((name) => name.startsWith('email-'));
const fixture = (name: string): Buffer => readFileSync(join(FIXTURES, name, 'message.eml'));

/** The reading without bytes, as `expected.json` keeps it. */
function inShort(email: Email): unknown {
  const { headers, attachments, ...rest } = email;
  const { all, ...named } = headers;
  return {
    ...rest,
    headers: { ...named, fields: all.length },
    attachments: attachments.map(({ bytes: _bytes, message, ...file }) => ({
      ...file,
      message: message && inShort(message),
    })),
  };
}

for (const name of CASES) {
  test(`${name} is read as expected.json says`, async () => {
    const found = `${JSON.stringify(inShort(await readEmail(fixture(name), OWN)), null, 2)}\n`;
    const path = join(FIXTURES, name, 'expected.json');
    if (process.env['UPDATE']) writeFileSync(path, found);
    assert.equal(found, readFileSync(path, 'utf8'));
  });
}

const email = (header: string, body = 'Text.') => readEmail(Buffer.from(`${header}\r\nDate: x\r\n\r\n${body}`), OWN);
const says = (read: Email, what: string) =>
  read.notes
    .filter((note) => note.what === what)
    .map((note) => note.says)
    .join('\n');

test('a message of the agency, with its order and its form', async () => {
  const read = await readEmail(fixture('email-good'), OWN);
  assert.deepEqual(read.authentication, { dmarc: 'pass', spf: 'pass', dkim: 'pass', by: 'mx.provider.example' });
  assert.deepEqual(read.from, {
    address: 'sam.ortega@inquiry.example.gov',
    name: 'Sam Ortega',
    domain: 'inquiry.example.gov',
  });
  assert.equal(read.headers.subject, 'Order under 18 U.S.C. § 2703(d), 26-cr-0117');
  assert.deepEqual(read.headers.received, {
    count: 3,
    firstExternal: 'mail.inquiry.example.gov (mail.inquiry.example.gov [192.0.2.25])',
  });
  assert.deepEqual(
    read.attachments.map(({ name, mediaTypeSeen }) => [name, mediaTypeSeen]),
    [
      ['order.pdf', 'application/pdf'],
      ['request.json', 'application/json'],
    ],
  );
  assert.equal(read.attachments[0]!.sha256, sha256(read.attachments[0]!.bytes));
  assert.deepEqual(read.notes, []);
});

test('results of checks count only from the topmost field of our own server', async () => {
  const read = await readEmail(fixture('email-forged-authentication'), OWN);
  assert.deepEqual(read.authentication, { dmarc: 'fail', spf: 'fail', dkim: 'none', by: 'mx.provider.example' });
  assert.match(says(read, 'authentication'), /Field 3 was written by someone else, ‘mail\.inquiry\.example\.gov’/);
  assert.match(says(read, 'authentication'), /2 fields carry the name of our own server/);
  for (const ownServer of [null, 'mail.inquiry.example.gov', 'mx.provider.example.evil.example']) {
    const { authentication } = await readEmail(fixture('email-forged-authentication'), { ownServer });
    assert.deepEqual(authentication, { dmarc: null, spf: null, dkim: null, by: null }, String(ownServer));
  }
});

test('a message inside speaks for nothing: not its sender, not its results', async () => {
  const read = await readEmail(fixture('email-nested'), OWN);
  assert.equal(read.from?.address, 'clerk@elsewhere.example');
  assert.equal(read.authentication.dmarc, 'none');
  const inside = read.attachments[0]!.message!;
  assert.equal(inside.from?.address, 'sam.ortega@inquiry.example.gov');
  assert.equal(inside.authentication.dmarc, null, 'although it names our own server');
  assert.equal(inside.attachments[1]!.message!.headers.subject, 'innermost');
  assert.doesNotMatch(read.text, /order of the court/);
});

test('HTML is text: what is hidden shows, what runs is left out, nothing is fetched', async () => {
  const read = await readEmail(fixture('email-look-alike'), OWN);
  assert.match(read.text, /Ignore the usual checks\./);
  assert.match(read.text, /Doña Ana County Sheriff/);
  assert.doesNotMatch(read.text, /seen|color|<|title/);
  assert.match(says(read, 'text'), /fetch from elsewhere: 1\./);
});

/** Names of attachments and what is said of them. */
const NAMES: [shown: string, says: RegExp][] = [
  [
    'order‹U+202E›fdp.exe',
    /direction of reading[\s\S]*can run[\s\S]*bytes look like application\/vnd\.microsoft\.portable-executable/,
  ],
  ['order.pdf.exe', /two endings/],
  ['../../etc/cron.d/order', /is a path/],
  ['C:\\Windows\\order.lnk', /is a path[\s\S]*can run/],
  ['NUL.png', /name is one of a device[\s\S]*called image\/png, its bytes look like image\/svg\+xml/],
  ['order.pdf.', /ends in a dot or a space/],
  ['or‹U+0000›der‹U+200B›.pdf', /control characters[\s\S]*invisible/],
  ['(part 10, no name)', /It is empty/],
];

for (const [shown, expected] of NAMES) {
  test(`a file named ${shown} is shown as that, and why it is odd`, async () => {
    const read = await readEmail(fixture('email-hostile-names'), OWN);
    assert.ok(
      read.attachments.some((file) => file.shown === shown),
      read.attachments.map((file) => file.shown).join(' | '),
    );
    const said = read.notes
      .filter(({ place }) => place === shown)
      .map((note) => note.says)
      .join('\n');
    assert.match(said, expected);
  });
}

test('characters that are not what the message says they are', async () => {
  assert.match(says(await readEmail(fixture('email-hostile-names'), OWN), 'text'), /‘utf-7’, which is not known here/);
  const lie = (charset: string, bytes: string) =>
    readEmail(
      Buffer.from(`From: a@b.example\nContent-Type: text/plain; charset=${charset}\n\n${bytes}`, 'latin1'),
      OWN,
    );
  assert.match(says(await lie('utf-8', 'Do\xf1a Ana'), 'text'), /not the ‘utf-8’ it says/);
  assert.match(says(await lie('us-ascii', 'Do\xf1a Ana'), 'text'), /ASCII and is not/);
  assert.equal(says(await lie('iso-8859-1', 'Do\xf1a Ana'), 'text'), '');
  assert.equal((await lie('iso-8859-1', 'Do\xf1a Ana')).text.trim(), 'Doña Ana');
});

/** A From field, the address that is taken (null: none), and what is said. */
const SENDERS: [field: string, address: string | null, says?: RegExp][] = [
  ['From: Sam <sam@inquiry.example.gov>', 'sam@inquiry.example.gov'],
  ['From: sam@inquiry.example.gov (Sam Ortega)', 'sam@inquiry.example.gov'],
  ['from: SAM@Inquiry.Example.GOV', 'SAM@Inquiry.Example.GOV'],
  ['From : sam@inquiry.example.gov', 'sam@inquiry.example.gov'],
  ['From: Sam\r\n <sam@inquiry.example.gov>', 'sam@inquiry.example.gov'],
  ['Subject: none', null, /There is no From field/],
  ['From:', null, /holds no address/],
  ['From: Sam Ortega', null, /without an address/],
  ['From: a@x.example, b@y.example', null, /several senders \(a@x\.example, b@y\.example\)/],
  ['From: a@x.example\r\nFrom: b@y.example', null, /several senders/],
  ['From: team: a@x.example, b@y.example;', null, /several senders/],
  ['From: "sam@inquiry.example.gov" <x@evil.example>', 'x@evil.example', /name shows ‘sam@inquiry\.example\.gov’/],
  ['From: sam@inquiry.example.gov <x@evil.example>', 'x@evil.example', /name shows/],
  ['From: "sam\uff20inquiry.example.gov" <x@evil.example>', 'x@evil.example', /name shows/],
  ['From: =?utf-8?q?sam=40inquiry.example.gov?= <x@evil.example>', 'x@evil.example', /name shows/],
  ['From: x@evil.example (sam@inquiry.example.gov)', 'x@evil.example', /name shows/],
  ['From: =?utf-8?b?PHNhbUBpbnF1aXJ5LmV4YW1wbGUuZ292Pg==?=', null, /hidden in an encoded word/],
  ['From: <sam@inquiry.example.gov> <x@evil.example>', null, /more bracketed addresses/],
  ['From: "sam@inquiry.example.gov"@evil.example', null, /no plain address/],
  ['From: sam@inquiry.example.gov@evil.example', null, /no plain address/],
  ['From: "Sam <sam@inquiry.example.gov>', null, /never closed/],
  ['From: sam@inquiry\u202e.example.gov', null, /no plain address/],
  ['From: sam@inquiry.example.gov\0@evil.example', null, /no plain address/],
  ['From: "Sam\u202egro" <sam@inquiry.example.gov>', 'sam@inquiry.example.gov', /hidden characters: ‘Sam‹U\+202E›gro’/],
  ['\u00a0From: sam@inquiry.example.gov', null, /There is no From field/],
];

for (const [field, address, expected] of SENDERS) {
  test(`‘${JSON.stringify(field).slice(1, -1)}’ names ${address ?? 'nobody'}`, async () => {
    const read = await email(field);
    assert.equal(read.from?.address ?? null, address);
    if (expected) assert.match(says(read, 'sender'), expected);
    else assert.equal(says(read, 'sender'), '');
  });
}

test('answers that would go to another domain are noted, within the domain they are not', async () => {
  const read = await readEmail(fixture('email-reply-to-swap'), OWN);
  assert.deepEqual(
    read.replyTo.map(({ address }) => address),
    ['sam.ortega@inquiry-example.example'],
  );
  assert.match(says(read, 'reply-to'), /Answers would go to/);
  assert.equal(says(await email('From: a@x.example\r\nReply-To: b@X.example'), 'reply-to'), '');
  assert.match(says(await email('From: a@x.example\r\nReply-To: nobody'), 'reply-to'), /doubtful/);
});

test('a field that may stand once and stands twice is noted, and the first is shown', async () => {
  const read = await email('From: a@x.example\r\nSubject: one\r\nSubject: two');
  assert.equal(read.headers.subject, 'one');
  assert.match(says(read, 'header'), /stands 2 times/);
});

test('plain text and HTML that name different numbers are both shown', async () => {
  const parts = (html: string) =>
    email(
      'From: a@x.example\r\nContent-Type: multipart/alternative; boundary=b',
      `--b\r\nContent-Type: text/plain\r\n\r\nCall 505 555 0101.\r\n--b\r\nContent-Type: text/html\r\n\r\n${html}\r\n--b--`,
    );
  const differs = await parts('<p>Call 505 555 0199.</p>');
  assert.match(differs.htmlText!, /0199/);
  assert.match(says(differs, 'text'), /not say the same/);
  assert.equal((await parts('<p>Call <b>505 555 0101</b>.</p>')).htmlText, null);
});

const nestedParts = (levels: number) =>
  Array.from({ length: levels }, (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\n\n--b${at}\n`).join('');
const nestedMessages = (levels: number) =>
  `${'From: a@x.example\nContent-Type: message/rfc822\n\n'.repeat(levels)}From: a@x.example\n\nend`;

/** What is refused, with its code: `null` is still read. */
const REFUSED: [name: string, message: () => string | Uint8Array, code: string | null][] = [
  ['no header at all', () => 'just text\n\nmore', 'request/not-an-email'],
  ['nothing', () => '', 'request/not-an-email'],
  ['a picture', () => Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'), 'request/not-an-email'],
  ['32 levels of parts', () => `From: a@x.example\n${nestedParts(32)}`, null],
  ['33 levels of parts', () => `From: a@x.example\n${nestedParts(33)}`, 'request/email-too-deep'],
  ['32 messages inside each other', () => nestedMessages(32), null],
  ['33 messages inside each other', () => nestedMessages(33), 'request/email-too-deep'],
  [
    'parts and messages that are deep together',
    () => `${nestedMessages(20).replace('\n\nend', '')}\n${nestedParts(20)}`,
    'request/email-too-deep',
  ],
  [
    '999 parts',
    () => `From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(999)}`,
    null,
  ],
  [
    '1,000 parts',
    () => `From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(1000)}`,
    'request/email-too-many-parts',
  ],
  [
    'a million parts',
    () => `From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n${'--b\n'.repeat(1_000_000)}`,
    'request/email-too-many-parts',
  ],
  [
    'a field folded into a million lines',
    () => `From: a@x.example\nSubject: x\n${' y\n'.repeat(1_000_000)}\nz`,
    'request/email-too-large',
  ],
  ['a million fields', () => `From: a@x.example\n${'a: b\n'.repeat(1_000_000)}\nz`, 'request/email-too-large'],
  [
    'a line of more than 10 MiB',
    () => `From: a@x.example\n\n${'x'.repeat(EMAIL_LIMITS.lineBytes + 1)}`,
    'request/email-too-large',
  ],
  ['more than 64 MiB', () => new Uint8Array(EMAIL_LIMITS.sizeBytes + 1).fill(10), 'request/email-too-large'],
];

for (const [name, message, code] of REFUSED) {
  test(`${name}: ${code ?? 'is read'}`, async () => {
    const made = message();
    const found = await readEmail(typeof made === 'string' ? Buffer.from(made) : made, OWN).then(
      () => null,
      (error: unknown) => error,
    );
    if (found !== null && !isProblem(found)) throw found;
    assert.equal(found?.code ?? null, code);
  });
}

/** Runs in one field that a careless expression would go over again and again. */
const RUNS: [name: string, field: string][] = [
  ['spaces in Received', `Received: from${' '.repeat(500_000)}x`],
  ['openings in From', `From: ${'('.repeat(500_000)}`],
  ['quotes in From', `From: ${'"a" '.repeat(100_000)}`],
  ['signs in From', `From: ${'<@'.repeat(200_000)}`],
  ['a long word in From', `From: "${'a'.repeat(500_000)}" <x@evil.example>`],
  ['spaces in a result', `Authentication-Results: mx.provider.example; dmarc=pass reason="${' '.repeat(500_000)}"`],
  ['semicolons in a result', `Authentication-Results: mx.provider.example${'; dkim=pass'.repeat(50_000)}`],
  ['encoded words in Subject', `Subject: ${'=?utf-8?q?a?= '.repeat(40_000)}`],
];

for (const [name, field] of RUNS)
  test(`${name}, half a megabyte, are gone over once`, async () => void (await email(`To: x\r\n${field}`)));

test('a file name of dots and a body of spaces, half a megabyte each, are gone over once', async () => {
  const read = await email(
    `From: a@x.example\r\nContent-Type: multipart/mixed; boundary=b`,
    `--b\r\nContent-Disposition: attachment; filename="${'.'.repeat(500_000)}x"\r\n\r\n${' '.repeat(500_000)}\r\n--b\r\nContent-Type: text/html\r\n\r\n${'<b> </b>'.repeat(60_000)}`,
  );
  assert.equal(read.attachments.length, 1);
});

test('a file comes out of a message as it went in, under the name it had', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 3000 }),
      fc.stringMatching(/^[\p{L}\p{N} ._-]{1,40}\.pdf$/u),
      fc.constantFrom('base64', 'quoted-printable'),
      fc.constantFrom('application/pdf', 'text/plain', 'application/json'),
      async (content, filename, contentTransferEncoding, contentType) => {
        const attachments = [{ filename, content: Buffer.from(content), contentType, contentTransferEncoding }];
        const composed = new MailComposer({ from: 'a@x.example', text: 'Text.', attachments } as Mail.Options);
        const read = await readEmail(await composed.compile().build(), OWN);
        assert.equal(read.attachments.length, 1);
        assert.equal(read.attachments[0]!.sha256, sha256(content));
        assert.equal(read.attachments[0]!.name, filename);
      },
    ),
    { seed: 20260916, numRuns: 150 },
  );
});

/** A body, its transfer encoding, the bytes it means, what is said. */
const ENCODED: [body: string, encoding: string, bytes: string, says?: RegExp][] = [
  ['b25l\r\nIHR3bw==', 'base64', 'one two'],
  ['b25l\r\nIA==\r\ndHdv', 'base64', 'one two'],
  ['b2!5l', 'base64', 'one', /characters that base64 has not/],
  ['b25lI', 'base64', 'one', /cut short/],
  ['one=20two=\r\n three', 'quoted-printable', 'one two three'],
  ['one= \t\r\ntwo', 'quoted-printable', 'onetwo'],
  ['one=\ntwo=', 'quoted-printable', 'onetwo'],
  ['a=zz', 'quoted-printable', 'a=zz', /equals sign/],
  ['one\r\ntwo\nthree', '7bit', 'one\r\ntwo\nthree'],
  ['one\r\ntwo', 'binary', 'one\r\ntwo'],
  ['begin 644 x', 'x-uuencode', 'begin 644 x', /‘x-uuencode’ is not known/],
];

for (const [body, encoding, bytes, expected] of ENCODED) {
  test(`${JSON.stringify(body)} in ${encoding} is ${JSON.stringify(bytes)}`, async () => {
    const read = await email(
      'From: a@x.example\r\nContent-Type: multipart/mixed; boundary=b',
      `--b\r\nContent-Type: application/x-one\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n--b--`,
    );
    assert.equal(Buffer.from(read.attachments[0]!.bytes).toString(), bytes);
    if (expected) assert.match(says(read, 'attachment'), expected);
    else assert.equal(says(read, 'attachment'), '');
  });
}

/** How parts are cut: a boundary, a body, the texts of its parts. */
const CUT: [name: string, boundary: string, body: string, texts: string[]][] = [
  [
    'two parts, text before and after them',
    'b',
    'before\r\n--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\nafter',
    ['one', 'two'],
  ],
  [
    'lines that only begin like the boundary',
    'b',
    '--b\r\n\r\none\r\n--bc\r\n--b--c\r\ntwo\r\n--b--',
    ['one\n--bc\n--b--c\ntwo'],
  ],
  ['a boundary inside a line', 'b', '--b\r\n\r\none --b\r\n--b--', ['one --b']],
  ['spaces behind the boundary', 'b', '--b \t\r\n\r\none\r\n--b-- \r\n', ['one']],
  ['plain line feeds', 'b', '--b\n\none\n--b--\n', ['one']],
  ['no closing line', 'b', '--b\r\n\r\none', ['one']],
  ['a quoted boundary with spaces', '"a b"', '--a b\r\n\r\none\r\n--a b--', ['one']],
  [
    'two boundaries in the field: the first',
    'b; boundary=c',
    '--b\r\n\r\none\r\n--c\r\n\r\ntwo\r\n--b--',
    ['one\n--c\n\ntwo'],
  ],
];

for (const [name, boundary, body, texts] of CUT) {
  test(`parts are cut: ${name}`, async () => {
    const read = await email(`From: a@x.example\r\nContent-Type: multipart/mixed; boundary=${boundary}`, body);
    assert.equal(read.text, texts.join('\n'));
  });
}

test('a message that says it has parts and shows none is kept whole, as a file', async () => {
  for (const boundary of ['', '; boundary=b', `; boundary=${'b'.repeat(2000)}`]) {
    const read = await email(`From: a@x.example\r\nContent-Type: multipart/mixed${boundary}`, 'What it says.');
    assert.equal(Buffer.from(read.attachments[0]!.bytes).toString(), 'What it says.');
    assert.match(says(read, 'attachment'), /kept whole/);
  }
});

test('a message cut short at any byte, or with any byte changed, is read or refused, and never fails otherwise', async () => {
  const whole = CASES.map(fixture);
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(), fc.nat(255), fc.boolean(), async (pick, place, byte, cut) => {
      const bytes = Buffer.from(whole[pick % whole.length]!);
      const at = place % bytes.length;
      if (!cut) bytes[at] = byte;
      const read = await readEmail(cut ? bytes.subarray(0, at) : bytes, OWN).catch((error: unknown) => error);
      if (read instanceof Error && !(read instanceof Problem)) throw read;
    }),
    { seed: 20260914, numRuns: 400 },
  );
});

test('no bytes whatever make the reader fail otherwise than by a Problem', async () => {
  const word = fc.constantFrom('From: ', 'a@x.example', '\r\n', '\n\n', '--b', 'Content-Type: ', 'multipart/mixed; boundary=b', 'message/rfc822', ';', '"', '(', '=?utf-8?b?', '?=', '\0', '\u202e', 'charset=', '<', '>', 'Authentication-Results: mx.provider.example', ' dmarc=pass', '\xff'); // biome-ignore format: one list
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 60 }), async (words) => {
      const read = await readEmail(Buffer.from(words.join(''), 'latin1'), OWN).catch((error: unknown) => error);
      if (read instanceof Error && !(read instanceof Problem)) throw read;
    }),
    { seed: 20260915, numRuns: 500 },
  );
});
