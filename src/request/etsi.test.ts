/** ETSI messages: what each part of a certificate becomes, and what a hostile or broken message cannot do. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { sha256 } from '../base/digest.ts';
import { isProblem } from '../base/problem.ts';
import { LegalRequestInput } from '../instrument/legal-request.ts';
import { MESSAGE_LIMITS } from './etsi/xml.ts';
import { type EtsiMessage, itemsOfTasks, readEtsiMessage } from './etsi.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/requests');
const CASES = readdirSync(FIXTURES).filter((name) => name.startsWith('etsi-'));
const DITS = { transport: 'dits', qualifiedSignature: true } as const;

const source = (name: string) => readFileSync(join(FIXTURES, name, 'message.xml'), 'utf8');
const read = (text: string) => readEtsiMessage(Buffer.from(text), DITS);
const EPOC = source('etsi-epoc');

function demandOf(message: EtsiMessage) {
  assert.ok('demand' in message, message.kind);
  return message.demand;
}

const codeOf = (bytes: Uint8Array | string): string => {
  try {
    readEtsiMessage(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  } catch (error) {
    if (isProblem(error)) return error.code;
    throw error;
  }
  return 'read';
};

for (const name of CASES) {
  test(`${name} reads as expected`, () => {
    const message = read(source(name));
    const documents = message.documents.map(({ bytes, ...more }) => ({ ...more, sha256: sha256(bytes) }));
    const actual = `${JSON.stringify({ ...message, documents }, null, 2)}\n`;
    const place = join(FIXTURES, name, 'expected.json');
    if (process.env['UPDATE'] === '1') writeFileSync(place, actual);
    assert.ok(existsSync(place) && existsSync(join(FIXTURES, name, 'about.md')));
    assert.equal(actual, readFileSync(place, 'utf8'));
    if ('demand' in message)
      assert.ok(LegalRequestInput.safeParse(message.demand).success, 'a demand that is received');
  });
}

/** A field of the demand, by its path. */
function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((here, part) => (here as Record<string, unknown> | undefined)?.[part], value);
}

const SECTIONS: [section: string, path: string, value: unknown][] = [
  ['A, the issuing State', 'eu.issuingState', 'IT'],
  ['A, the issuing authority', 'eu.ia', 'Procura della Repubblica, Milano'],
  ['A, the validating authority', 'eu.va', 'Tribunale di Milano'],
  ['A, the file number', 'instrument.caseNo', 'RGNR 2026/4471'],
  ['B, the addressee', 'instrument.addressedTo', 'Example Social Ireland Limited'],
  ['B, what kind of addressee', 'eu.addresseeKind', 'designated establishment'],
  ['B, the service', 'service', 'Example Social'],
  ['C, no emergency', 'eu.emergency', false],
  ['D, the related order', 'eu.relatedOrder', 'EPOC-PR 2026/0098'],
  ['D, the related order as a link', 'refersTo', 'EPOC-PR 2026/0098'],
  ['E, a telephone number', 'targets.0', { type: 'phone', value: '+390255550142', residence: 'ES' }],
  ['E, a second identifier of the account', 'targets.1.second', '100000000000042'],
  ['E, the port of an address', 'targets.2.port', 51_812],
  ['E, when the address was seen', 'targets.2.observedAt', '2026-03-14T08:21:09.000000Z'],
  ['F, subscriber data', 'items.0.category', 'DC-01'],
  ['F, payment', 'items.1.category', 'DC-04'],
  ['F, traffic data', 'items.3.category', 'DC-02'],
  ['F, its own range', 'items.3.from', '2026-02-01T00:00:00.000000+01:00'],
  ['F, content, of the same task', 'items.4.category', 'DC-12'],
  ['F, with the words of its task', 'items.4.rawText', 'TrafficDataAndStoredContentData; IPConnectionLog; MailboxContent; Only messages exchanged with buyers.'],
  ['F, only to identify', 'items.5.asks', ['only to identify']],
  ['F, another range', 'items.5.to', '2026-03-14T09:00:00.000000Z'],
  ['F, the kind of certificate', 'instrument.type', 'EU-EPOC-T'],
  ['G, the proceeding', 'basis.proceeding', 'criminal'],
  ['G, the provisions', 'basis.offences.0.statute', 'art. 640, comma 2, c.p.'],
  ['G, the highest penalty', 'basis.offences.0.maxPenaltyMonths', 60],
  ['G, a listed offence', 'basis.offences.1.listed', true],
  ['G, where it was', 'eu.offenceState', 'IT'],
  ['G, the ground for asking a processor', 'eu.processorGround', 'detriment to the investigation'],
  ['G, a public authority', 'eu.publicAuthorityState', 'IT'],
  ['G, protected data', 'eu.privileged', true],
  ['H, the user is not to be told', 'eu.mayInform', false],
  ['I, its role', 'eu.iaRole', 'prosecutor'],
  ['I, the person', 'requester.officer', 'Chiara Riva'],
  ['I, the post', 'requester.rank', 'Sostituto Procuratore'],
  ['I, e-mail', 'requester.email', 'chiara.riva@procura.milano.example'],
  ['I, the date', 'instrument.issuedOn', '2026-09-10'],
  ['J, its role', 'eu.vaRole', 'investigating judge'],
  ['K, the enforcing authority was notified', 'eu.notifiedEA', true],
  ['K, its State', 'eu.enforcingState', 'IE'],
  ['L, where the data goes', 'deliverTo', 'IT procura-milano-1 (issuing authority)'],
]; // biome-ignore format: one line a section

for (const [section, path, value] of SECTIONS) {
  test(`Section ${section}`, () => {
    assert.deepEqual(at(demandOf(read(EPOC)), path), value);
  });
}

test('Section M is passed over: it is said to have been there, and nothing of it is anywhere', () => {
  const message = read(EPOC);
  assert.doesNotMatch(JSON.stringify(message), /UNREAD/);
  assert.match(EPOC, /UNREAD/);
  const told = message.notes.filter(({ place }) => place.endsWith('SectionM'));
  assert.equal(told.length, 1);
  const elsewhere = read(EPOC.replaceAll('SectionM', 'SectionN'));
  assert.doesNotMatch(JSON.stringify(elsewhere), /UNREAD/, 'its parts are known by their own names too');
});

test('what is not understood is told with its place', () => {
  const text = EPOC.replace('MailboxContent', 'Dreams').replace('InvestigatingJudge', 'Oracle');
  const message = read(text.replace('EmailAddress</task:FormatName>', 'Aura</task:FormatName>'));
  const says = message.notes.map((note) => note.says).join('\n');
  for (const word of ['Dreams', 'Oracle', 'Aura', 'hearing on 2026-10-20', 'Marta Conti'])
    assert.match(says, new RegExp(word));
  const demand = demandOf(message);
  assert.equal(demand.items?.[4]?.category, undefined, 'a kind of data that is not known has no category');
  assert.equal(demand.eu?.vaRole, undefined);
});

test('a class that is asked for whole is opened up only where the law says what is in it', () => {
  const none = (type: string) =>
    EPOC.replace('>TrafficDataAndStoredContentData<', `>${type}<`).replace(
      /<task:Subtype>[\s\S]*?<\/task:Subtype>/g,
      '',
    );
  const second = (type: string) =>
    (demandOf(read(none(type))).items ?? []).filter(({ target }) => target === 1).map(({ category }) => category);
  assert.deepEqual(second('SubscriberData'), ['DC-01', 'DC-03', 'DC-04']);
  assert.deepEqual(second('UserIdentifyingData'), ['DC-02']);
  assert.deepEqual(second('TrafficData'), [undefined]);
  assert.deepEqual(second('StoredContentData'), [undefined]);
});

test('ten days and nobody notified mean an offence and a resident of the issuing State, and it is said so', () => {
  const domestic = EPOC.replace('EndOfTenDays', 'WithinTenDays')
    .replace('EnforcingAuthorityNotified', 'DelayInformingUser')
    .replace(/<epoc:SectionK>[\s\S]*<\/epoc:SectionK>/, '')
    .replace('<epoc:CountryOfResidence>ES</epoc:CountryOfResidence>', '');
  const message = read(domestic);
  const { eu } = demandOf(message);
  assert.deepEqual([eu?.notifiedEA, eu?.offenceState, eu?.residenceState], [false, 'IT', 'IT']);
  assert.ok(message.notes.some(({ place }) => place === 'Sections C and K'));
  const abroad = demandOf(
    read(domestic.replace('<epoc:SectionE>', '<epoc:SectionE><epoc:CountryOfResidence>ES</epoc:CountryOfResidence>')),
  );
  assert.equal(abroad.eu?.residenceState, 'ES', 'what the certificate states is never overwritten');
});

test('an emergency is read with its reasons and what is said of validation', () => {
  const { eu, kind, instrument } = demandOf(read(source('etsi-epoc-emergency')));
  assert.deepEqual(
    [kind, instrument?.type, eu?.emergency, eu?.iaRole, eu?.exPostValidation],
    ['production', 'EU-EPOC-S', true, 'police', 'sought'],
  );
  assert.match(eu?.emergencyGround ?? '', /held captive/);
});

test('the message vouches neither for the way it came nor for its signature', () => {
  const unknown = demandOf(readEtsiMessage(Buffer.from(EPOC)));
  assert.deepEqual([unknown.channel, unknown.eu?.transport, unknown.eu?.qes], ['other', 'alternative', false]);
  const told = demandOf(read(EPOC));
  assert.deepEqual(
    [told.channel, told.eu?.transport, told.eu?.qes, told.instrument?.signatureKind],
    ['dits', 'dits', true, 'qualified'],
  );
});

test('a refusal names tasks, and the items made of them are found', () => {
  const order = read(EPOC);
  const refusal = read(source('etsi-refusal-partial'));
  assert.ok(refusal.kind === 'enforcing authority decision');
  assert.equal(refusal.refersTo, order.order);
  const items = demandOf(order).items ?? [];
  const { tasks, grounds, decision } = refusal.decision;
  assert.deepEqual([decision, grounds], ['partial', ['DataProtectedByImmunities']]);
  assert.deepEqual(
    itemsOfTasks(items, tasks),
    ['1', '2'].map((part) => `${tasks[0]}-${part}`),
  );
  assert.deepEqual(itemsOfTasks(items, ['7d0a3c52-6a4b-4b1d-8c1e-3f5a9e7b2c1']), [], 'a shorter id is another task');
});

test('a decision is known by the word in its document type, and its explanation is no decision', () => {
  const text = source('etsi-refusal-none')
    .replace('>NoGroundsForRefusal<', '>EPOC NoGroundsForRefusal<')
    .replace(
      '</HI1Object>',
      '<x:Explanation xmlns:x="urn:x">No FullGroundsForRefusal were found.</x:Explanation></HI1Object>',
    );
  const message = read(text);
  assert.ok('decision' in message);
  assert.equal(message.decision.decision, 'no ground');
});

test('a text of a megabyte in a field of one word is not searched at length', () => {
  const long = 'investigat'.repeat(100_000);
  const message = read(EPOC.replace('InvestigatingJudge', long).replace('MailboxContent', long));
  assert.ok(message.notes.every(({ says }) => says.length <= 500));
  assert.ok(LegalRequestInput.safeParse(demandOf(message)).success);
});

test('of two decisions in one message the graver counts', () => {
  const text = source('etsi-refusal-none').replace(
    '</HI1Object>',
    '<x:FullGroundsForRefusal xmlns:x="urn:x"/></HI1Object>',
  );
  const message = read(text);
  assert.ok('decision' in message);
  assert.equal(message.decision.decision, 'full');
  assert.ok(message.notes.some(({ says }) => says.startsWith('More than one decision')));
});

test('documents come out as they went in; a wrong checksum and broken base64 are told', () => {
  const [form] = read(EPOC).documents;
  assert.equal(form?.mediaType, 'application/pdf');
  assert.match(Buffer.from(form!.bytes).toString(), /^%PDF-1\.7\n/);
  const checksum = /<doc:Checksum>[0-9a-f]{64}/;
  const wrong = read(EPOC.replace(checksum, `<doc:Checksum>${'0'.repeat(64)}`));
  assert.ok(wrong.notes.some(({ says }) => /checksum/.test(says)));
  assert.equal(wrong.documents.length, 1);
  const broken = read(EPOC.replace('<doc:Contents>', '<doc:Contents>!'));
  assert.equal(broken.documents.length, 0);
  assert.ok(broken.notes.some(({ says }) => /base64/.test(says)));
});

const OPEN = EPOC.indexOf('<HI1Message');
const withDoctype = (doctype: string, inside = '') =>
  `${EPOC.slice(0, OPEN)}${doctype}${EPOC.slice(OPEN).replace('Example Social Ireland Limited', inside)}`;
const LAUGHS = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');

const HOSTILE: [string, Uint8Array | string, string][] = [
  ['an external entity', withDoctype('<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hostname">]>', '&x;'), 'request/message-refused'],
  ['a billion laughs', withDoctype(`<!DOCTYPE m [<!ENTITY l0 "ha">${LAUGHS}]>`, '&l9;'), 'request/message-refused'],
  ['an external DTD', withDoctype('<!DOCTYPE m SYSTEM "http://dtd.example/m.dtd">'), 'request/message-refused'],
  ['an empty document type declaration', withDoctype('<!DOCTYPE HI1Message>'), 'request/message-refused'],
  ['an entity nobody declared', EPOC.replace('Example Social Ireland Limited', '&nbsp;'), 'request/message-not-xml'],
  ['elements nested too deep', `${'<a>'.repeat(50)}${'</a>'.repeat(50)}`, 'request/message-refused'],
  ['too many elements', `<a>${'<b/>'.repeat(MESSAGE_LIMITS.elements)}</a>`, 'request/message-refused'],
  ['too many attributes', `<a ${Array.from({ length: 60 }, (_, n) => `b${n}=""`).join(' ')}/>`, 'request/message-refused'],
  ['another encoding', EPOC.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"'), 'request/message-refused'],
  ['UTF-16', Buffer.from(`\ufeff${EPOC}`, 'utf16le'), 'request/message-not-xml'],
  ['bytes that are not UTF-8', Buffer.concat([Buffer.from(EPOC), Buffer.from([0xff, 0xfe])]), 'request/message-not-xml'],
  ['nothing', '', 'request/message-not-xml'],
  ['text', 'Please send us everything.', 'request/message-not-xml'],
  ['a tag that is not closed', EPOC.replace('</Header>', ''), 'request/message-not-xml'],
  ['another root', '<Document xmlns="urn:iso:std:iso:20022"/>', 'request/not-etsi'],
  ['a section M and nothing else', '<SectionM>UNREAD</SectionM>', 'request/message-refused'],
  ['a response', EPOC.replaceAll('RequestPayload', 'ResponsePayload'), 'request/not-etsi'],
  ['no objects', EPOC.replace(/<ActionRequests>[\s\S]*<\/ActionRequests>/, '<ActionRequests/>'), 'request/etsi-not-understood'],
  ['a legal type that is none of the two', EPOC.replace('>EPOC<', '>EIO<'), 'request/etsi-not-understood'],
]; // biome-ignore format: one line a message

for (const [what, message, code] of HOSTILE) {
  test(`${what}: ${code}`, () => {
    assert.equal(codeOf(message), code);
  });
}

test('a message larger than the limit is not even parsed', () => {
  assert.equal(codeOf(new Uint8Array(MESSAGE_LIMITS.sizeBytes + 1)), 'request/message-too-large');
});

test("XML's own five entities and numbered characters are read", () => {
  const text = EPOC.replace(
    'Example Social Ireland Limited',
    'A &amp; B &lt;C&gt; &quot;D&quot; &apos;E&apos; &#70; <![CDATA[&x;]]>',
  );
  assert.equal(demandOf(read(text)).instrument?.addressedTo, `A & B <C> "D" 'E' F &x;`);
});

test('a message cut short at any byte is refused and nothing of it is read', () => {
  const bytes = Buffer.from(EPOC.trimEnd());
  for (let length = 0; length < bytes.length; length += 61)
    assert.equal(codeOf(bytes.subarray(0, length)), 'request/message-not-xml', `${length} bytes`);
});

/** Fields that stand on a line of their own. */
const LINES = EPOC.split('\n');
const LEAVES = LINES.flatMap((line, index) => (/^\s*<([\w:]+)>[^<]*<\/\1>\s*$/.test(line) ? [index] : []));

test('any field may be missing: the rest is read, and what a demand needs is told to be missing', () => {
  assert.ok(LEAVES.length > 150, `${LEAVES.length} fields`);
  for (const left of LEAVES) {
    const text = LINES.filter((_, index) => index !== left).join('\n');
    const code = codeOf(text);
    if (code !== 'read') assert.equal(code, 'request/etsi-not-understood', `without line ${left + 1}`);
    else assert.ok(LegalRequestInput.safeParse(demandOf(read(text))).success, `without line ${left + 1}`);
  }
});

test('whole objects may be missing: without tasks nothing is asked, without authorities that is said', () => {
  const bare = read(
    EPOC.replace(/<ActionRequest>(?:(?!<ActionRequest>)[\s\S])*?TaskObject"[\s\S]*?<\/ActionRequest>/g, ''),
  );
  assert.deepEqual([demandOf(bare).targets, demandOf(bare).items, bare.tasks], [[], [], []]);
  const alone = read(
    EPOC.replace(/<auth:AuthorisationApprovalDetails>[\s\S]*<\/auth:AuthorisationApprovalDetails>/, ''),
  );
  assert.equal(demandOf(alone).requester.officer, 'not stated');
  assert.equal(demandOf(alone).requester.agencyName, 'procura-milano-1');
  assert.ok(alone.notes.some(({ says }) => says.includes('a person to contact')));
});

test('a task without an identifier keeps its place, so that it is asked for', () => {
  const text = EPOC.replace(
    /<task:RequestValues>(?:(?!<\/task:RequestValues>)[\s\S])*203\.0\.113\.77[\s\S]*?<\/task:RequestValues>/,
    '',
  );
  const { targets, items } = demandOf(read(text));
  assert.deepEqual([targets?.[2]?.type, targets?.[2]?.value, items?.at(-1)?.target], ['real-name', 'not stated', 2]);
});

test('whatever a field says, the message is read into a demand that can be received, or refused by name', () => {
  const escaped = (text: string) =>
    text
      .replace(/[^\n\r\t\u0020-\ud7ff\ue000-\ufffd]/gu, '?')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;');
  const word = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom(
      '9999-99-99',
      '2026-02-30T00:00:00Z',
      '99999999999',
      '-1',
      'true',
      'ZZZ',
      '1970-01-01',
      'x'.repeat(30_000),
      '2026-01-01T00:00:00.1234567Z',
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...LEAVES), fc.constantFrom(...LEAVES), word, word, (one, other, a, b) => {
      const text = LINES.map((line, index) => {
        const says = index === one ? a : index === other ? b : null;
        return says === null ? line : line.replace(/>[^<]*</, () => `>${escaped(says)}<`);
      }).join('\n');
      const code = codeOf(text);
      if (code !== 'read') return assert.match(code, /^request\/etsi-not-understood$/);
      const message = read(text);
      if ('demand' in message) assert.deepEqual(LegalRequestInput.safeParse(message.demand).error?.issues ?? [], []);
    }),
    { seed: 20_260_818, numRuns: 150 },
  );
});
