/** What of a message becomes a demand: the sender's form, or the little that can be read without guessing. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkedDemand } from '../instrument/legal-request.ts';
import { DIRECTORY } from '../instrument/rules/example.ts';
import { readEmail } from './email.ts';
import { canBeOneNumber, numbersIn } from './number.ts';
import { NOT_STATED, UNKNOWN_COUNTRY, writtenDemand } from './written-demand.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/requests');
const OWN = { ownServer: 'mx.provider.example' };
const fixture = async (name: string) =>
  writtenDemand(await readEmail(readFileSync(join(FIXTURES, name, 'message.eml')), OWN), DIRECTORY);
const written = async (text: string) => writtenDemand(await readEmail(Buffer.from(text), OWN), DIRECTORY);
const said = ({ notes }: { notes: { what: string; says: string }[] }, what: string) =>
  notes
    .filter((note) => note.what === what)
    .map(({ says }) => says)
    .join('\n');
const withForm = (form: string | Uint8Array, name = 'request.json', from = 'sam.ortega@inquiry.example.gov') =>
  written(
    `From: ${from}\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nText.\n--b\nContent-Type: application/json\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64\n\n${Buffer.from(form).toString('base64')}\n--b--`,
  );
const FORM = {
  requester: { agencyName: 'Federal Bureau of Inquiry, Albuquerque', country: 'US', officer: 'Sam Ortega' },
};

test('a form that came with the message is the demand', async () => {
  const found = await fixture('email-good');
  assert.equal(found.by, 'request.json');
  const demand = checkedDemand(found.demand);
  assert.equal(demand.channel, 'email');
  assert.deepEqual(
    demand.items.map(({ category }) => category),
    ['DC-01', 'DC-02'],
  );
  assert.deepEqual(
    found.documents.map(({ name }) => name),
    ['order.pdf', 'request.json'],
  );
  assert.equal(found.proposed?.id, 'ag-fbi-abq');
});

test('a hijacked county mailbox: nothing is made up, and its numbers are not to be called (G-02)', async () => {
  const found = await fixture('email-hijacked-county');
  const demand = checkedDemand(found.demand);
  assert.equal(found.by, 'text');
  assert.equal(demand.kind, 'production', 'haste in the text makes no emergency request');
  assert.match(said(found, 'emergency'), /A person reads it now/);
  assert.deepEqual([demand.items, demand.targets], [[], []]);
  assert.deepEqual(found.numbers, ['100000000000042', '5755550188', '5755550177']);
  assert.match(said(found, 'number'), /never these/);
  const county = DIRECTORY.agencies.find(({ id }) => id === 'ag-dona-ana')!;
  assert.equal(
    found.numbers.some((number) => canBeOneNumber(number, county.phone)),
    false,
  );
  assert.equal(demand.requester.phone, undefined);
  assert.equal(demand.requester.agencyId, undefined);
  assert.equal(demand.requester.agencyName, county.name);
  assert.match(said(found, 'agency'), /is proposed as the agency/);
  assert.match(demand.instrument.text!, /There is no time for a court order/);
  assert.equal(demand.instrument.issuedOn, undefined);
  assert.equal(demand.instrument.type, undefined);
});

test('a look-alike is nobody’s domain: no agency is proposed', async () => {
  const found = await fixture('email-look-alike');
  assert.equal(found.proposed, null);
  const { requester } = checkedDemand(found.demand);
  assert.deepEqual([requester.agencyName, requester.country], [NOT_STATED, UNKNOWN_COUNTRY]);
  assert.equal(requester.officer, 'Doña Ana County Sheriff');
  assert.match(said(found, 'agency'), /not known/);
});

test('a form in a message inside is not the demand', async () => {
  const found = await fixture('email-nested');
  assert.equal(found.by, 'text');
  assert.equal(checkedDemand(found.demand).requester.email, 'clerk@elsewhere.example');
});

test('a form that is not valid is not used, and the reason names the fields', async () => {
  const found = await fixture('email-hostile-names');
  assert.equal(found.by, 'text');
  assert.match(said(found, 'structured demand'), /requester\.agencyName/);
});

/** A form, whether it is used, what is said. */
const FORMS: [name: string, form: string | Uint8Array, used: boolean, says?: RegExp][] = [
  ['a short one', JSON.stringify(FORM), true],
  [
    'one that says it came through the portal',
    JSON.stringify({ ...FORM, channel: 'portal' }),
    true,
    /It says it came by portal; it came by e-mail/,
  ],
  [
    'one that says it came over the decentralised IT system',
    JSON.stringify({ ...FORM, channel: 'dits', eu: { transport: 'dits', qes: true } }),
    true,
    /decentralised IT system; it came by e-mail/,
  ],
  ['one that is cut short', JSON.stringify(FORM).slice(0, -2), false, /not JSON/],
  ['one with a field that there is not', JSON.stringify({ ...FORM, verified: true }), false, /verified/],
  [
    'one that vouches for itself',
    JSON.stringify({ ...FORM, requester: { ...FORM.requester, auth: { dmarc: 'pass' } } }),
    false,
    /auth/,
  ],
  ['one that is not UTF-8', Buffer.from('{"a":"\xff"}', 'latin1'), false, /not UTF-8/],
  ['a list', '[]', false],
];

for (const [name, form, used, says] of FORMS) {
  test(`a form: ${name} is ${used ? '' : 'not '}used, and it came by e-mail`, async () => {
    const found = await withForm(form);
    assert.equal(found.by, used ? 'request.json' : 'text');
    const demand = checkedDemand(found.demand);
    assert.equal(demand.channel, 'email');
    assert.notEqual(demand.eu?.transport, 'dits');
    assert.equal(demand.requester.email, 'sam.ortega@inquiry.example.gov');
    if (says) assert.match(said(found, 'structured demand'), says);
  });
}

test('a form that names another address than the message came from keeps it, and that is said', async () => {
  const found = await withForm(
    JSON.stringify({ ...FORM, requester: { ...FORM.requester, email: 'boss@inquiry.example.gov' } }),
  );
  assert.equal(checkedDemand(found.demand).requester.email, 'boss@inquiry.example.gov');
  assert.match(said(found, 'sender'), /names ‘boss@inquiry\.example\.gov’; the message is from ‘sam\.ortega/);
});

test('a file of another name is no form, and two of the name are none', async () => {
  assert.equal((await withForm(JSON.stringify(FORM), 'request.json.txt')).by, 'text');
  assert.equal((await withForm(JSON.stringify(FORM), '../request.json')).by, 'text');
  const form = Buffer.from(JSON.stringify(FORM)).toString('base64');
  const part = `--b\nContent-Disposition: attachment; filename=request.json\nContent-Transfer-Encoding: base64\n\n${form}\n`;
  const two = await written(`From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n${part}${part}--b--`);
  assert.equal(two.by, 'text');
  assert.match(said(two, 'structured demand'), /2 files have this name/);
});

test('an ETSI message among the files is left to whoever calls', async () => {
  const { xml, by } = await withForm('<?xml version="1.0"?><HI1Message/>', 'order.xml');
  assert.equal(by, 'text');
  assert.deepEqual(
    xml.map(({ name }) => name),
    ['order.xml'],
  );
});

test('a language is taken only from a field that names one', async () => {
  const language = async (field: string) =>
    (await written(`From: a@x.example\n${field}\n\nText.`)).demand.instrument?.language;
  assert.equal(await language('Content-Language: it'), 'it');
  assert.equal(await language('Content-Language: it, en'), undefined);
  assert.equal(await language('X-Mailer: x'), undefined);
});

test('a message without sender and text is a demand of nobody for nothing', async () => {
  const found = await written('Subject: \n\n');
  assert.deepEqual(checkedDemand(found.demand).requester, {
    agencyName: NOT_STATED,
    country: UNKNOWN_COUNTRY,
    officer: NOT_STATED,
  });
  assert.match(said(found, 'text'), /no text/);
});

test('whatever a message says, no item, date, category or paper comes of its text, and the demand is well formed', async () => {
  const word = fc.constantFrom(
    'Subpoena',
    '2026-09-01',
    'all records',
    'DC-12',
    'warrant',
    '\u202e',
    '\0',
    '<b>',
    'EMERGENCY',
    '100000000000042',
    '\n',
    'x@y.example',
    '18 U.S.C. § 2703(d)',
    ' ',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 30 }), fc.array(word, { maxLength: 4 }), async (body, name) => {
      const found = await written(`From: "${name.join('').replace(/[\n"]/g, '')}" <a@x.example>\n\n${body.join(' ')}`);
      const { items, targets, instrument, emergency, ndo, eu, kind } = checkedDemand(found.demand);
      assert.deepEqual(
        [items, targets, emergency, ndo, eu, kind],
        [[], [], undefined, undefined, undefined, 'production'],
      );
      assert.deepEqual(
        Object.entries(instrument)
          .filter(([, value]) => typeof value === 'string')
          .map(([field]) => field)
          .filter((field) => field !== 'text'),
        ['language'],
      );
    }),
    { seed: 20260924, numRuns: 200 },
  );
});

test('three megabytes of text are cut to what a demand holds, and say so', async () => {
  const { demand } = await written(`From: a@x.example\n\n${'word '.repeat(600_000)}`);
  assert.match(checkedDemand(demand).instrument.text!, /characters, cut here\]$/);
});

for (const [text, numbers] of [
  ['cell (575) 555-0188, office 575.555.0177', ['5755550188', '5755550177']],
  ['+1 505 555 0101', ['15055550101']],
  ['+44 20 5555 0105 or +39 02 5555 0104', ['442055550105', '390255550104']],
  ['on 2026-09-11 17:00 from 203.0.113.7', []],
  ['26-cr-0117, 18 U.S.C. § 2703', []],
  ['5550101', ['5550101']],
  ['call 575-555-0188 or 575 555 0188', ['5755550188']],
] as const) {
  test(`the numbers in ‘${text}’ are ${numbers.join(', ') || 'none'}`, () =>
    assert.deepEqual(numbersIn(text), numbers));
}

for (const [one, other, same] of [
  ['+1 (575) 555-0188', '575.555.0188', true],
  ['020 5555 0105', '+442055550105', true],
  ['+15755550188', '+15755550102', false],
  ['0188', '+15755550188', false],
] as const) {
  test(`${one} and ${other} can${same ? '' : 'not'} be one number`, () =>
    assert.equal(canBeOneNumber(one, other), same));
}
