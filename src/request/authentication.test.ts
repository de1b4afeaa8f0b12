/** What the desk can find out about the system that sent a request. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Authentication } from '../instrument/legal-request.ts';
import { DIRECTORY, POLICY } from '../instrument/rules/example.ts';
import { authenticate, type SendingSystem } from './authentication.ts';
import { readEmail } from './email.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/requests');
const OWN = { ownServer: 'mx.provider.example' };
const fixture = (name: string) => readEmail(readFileSync(join(FIXTURES, name, 'message.eml')), OWN);
const message = (from: string, more = '') =>
  readEmail(Buffer.from(`Authentication-Results: mx.provider.example; dmarc=pass\nFrom: ${from}\n${more}\nText.`), OWN);

const find = (more: Partial<SendingSystem>): Authentication =>
  authenticate({ email: null, address: null, directory: DIRECTORY, policy: POLICY, priorVerified: 0, ...more });

const GOOD: Authentication = {
  dmarc: 'pass',
  replyToDiffers: false,
  freeMail: false,
  domainInDirectory: true,
  domainAgeDays: null,
  lookalikeOf: null,
  credential: 'ok',
  priorVerified: 0,
};

const CASES: [name: string, more: () => Promise<Partial<SendingSystem>>, expected: Partial<Authentication>][] = [
  ['an agency writes from its own domain', async () => ({ email: await fixture('email-good') }), {}],
  ['the same with the address that the form names', async () => ({ email: await fixture('email-good'), address: 'Sam.Ortega@Inquiry.example.gov' }), {}],
  ['a hijacked mailbox looks the same', async () => ({ email: await fixture('email-hijacked-county') }), {}],
  ['a look-alike passes its own DMARC', async () => ({ email: await fixture('email-look-alike') }), { domainInDirectory: false, lookalikeOf: 'sheriff.donaana.example', credential: 'unknown' }],
  ['answers go elsewhere', async () => ({ email: await fixture('email-reply-to-swap') }), { replyToDiffers: true }],
  ['the results are forged', async () => ({ email: await fixture('email-forged-authentication') }), { dmarc: 'fail' }],
  ['no server said anything', async () => ({ email: await fixture('email-hostile-names') }), { dmarc: null }],
  ['a forwarded order is the forwarder’s', async () => ({ email: await fixture('email-nested') }), { dmarc: null, domainInDirectory: false, credential: 'unknown' }],
  ['the form names another address of the agency', async () => ({ email: await fixture('email-good'), address: 'x@mail.inquiry.example.gov' }), { dmarc: null }],
  ['the form names a private address', async () => ({ email: await fixture('email-good'), address: 'sam@gmail.com' }), { dmarc: null, freeMail: true, domainInDirectory: false, credential: 'unknown' }],
  ['the form names what is no address', async () => ({ email: await fixture('email-good'), address: 'Sam' }), { freeMail: null, domainInDirectory: false, credential: 'unknown' }],
  ['a private mailbox', async () => ({ email: await message('x@gmail.com') }), { freeMail: true, domainInDirectory: false, credential: 'unknown' }],
  ['nobody is named as the sender', async () => ({ email: await message('a@inquiry.example.gov, b@inquiry.example.gov') }), { dmarc: null, replyToDiffers: null, freeMail: null, domainInDirectory: false, credential: 'unknown' }],
  ['answers go to another domain of the same agency', async () => ({ email: await message('a@inquiry.example.gov', 'Reply-To: b@mail.inquiry.example.gov\n') }), {}],
  ['answers go to another agency', async () => ({ email: await message('a@inquiry.example.gov', 'Reply-To: b@customs.example.gov\n') }), { replyToDiffers: true }],
  ['one of two answers goes elsewhere', async () => ({ email: await message('a@inquiry.example.gov', 'Reply-To: a@inquiry.example.gov, b@x.example\n') }), { replyToDiffers: true }],
  ['where answers go cannot be read', async () => ({ email: await message('a@inquiry.example.gov', 'Reply-To: somebody\n') }), { replyToDiffers: null }],
  ['the portal: nothing is known of a mail', async () => ({ address: 'a@inquiry.example.gov', credential: 'ok' }), { dmarc: null, replyToDiffers: null }],
  ['a form without an address', async () => ({ credential: 'ok' }), { dmarc: null, replyToDiffers: null, freeMail: null, domainInDirectory: false }],
  ['nothing at all', async () => ({}), { dmarc: null, replyToDiffers: null, freeMail: null, domainInDirectory: false, credential: 'unknown' }],
  ['an agency whose credential is suspended', async () => ({ email: await fixture('email-good'), credential: 'suspended' }), { credential: 'suspended' }],
  ['a credential claimed from a stranger’s domain', async () => ({ address: 'a@elsewhere.example', credential: 'ok' }), { dmarc: null, replyToDiffers: null, domainInDirectory: false, credential: 'unknown' }],
  ['what others know is passed on', async () => ({ email: await fixture('email-good'), priorVerified: 7, domainAgeDays: 12 }), { priorVerified: 7, domainAgeDays: 12 }],
]; // biome-ignore format: one line a case

for (const [name, more, expected] of CASES)
  test(name, async () => assert.deepEqual(find(await more()), { ...GOOD, ...expected }));

test('a suspended agency of the directory is found by its domain', async () => {
  const agencies = DIRECTORY.agencies.map((agency) => ({ ...agency, credential: 'suspended' as const }));
  const email = await fixture('email-good');
  assert.equal(find({ email, directory: { version: 2, agencies }, credential: 'ok' }).credential, 'suspended');
});

test('an empty directory knows nobody and accuses nobody', async () => {
  const found = find({ email: await fixture('email-look-alike'), directory: { version: 0, agencies: [] } });
  assert.deepEqual([found.domainInDirectory, found.lookalikeOf, found.credential], [false, null, 'unknown']);
});
