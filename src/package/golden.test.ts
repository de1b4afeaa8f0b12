/** Packages of every format ever released lie in the fixtures and stay verifiable, as they were written then. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { memoryFolder } from '../custody/memory.ts';
import { LAB } from './example.ts';
import { verifyPackage } from './verify.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/fourcorners-production');

const GOLDEN = [
  {
    format: 'fourcorners-production/1',
    path: join(FIXTURES, 'six-kinds/return/production.zip'),
    sha256: 'e09b97d9ccca39f2ffa15ccb8767d28f38378308cbc75fb8d61669b2dc70a497',
    vkey: 'desk.example/ledger+2dd9db89+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs',
  },
];

for (const { format, path, sha256, vkey } of GOLDEN) {
  test(`the golden package of ${format} is still verified`, async () => {
    using memory = memoryFolder();
    assert.equal(createHash('sha256').update(readFileSync(path)).digest('hex'), sha256, 'the fixture was changed');
    const verdict = await verifyPackage(path, { identities: [LAB.identity], vkey, memory });
    assert.deepEqual(
      verdict.facts.filter(({ ok }) => !ok),
      [],
    );
    assert.deepEqual([verdict.verdict, verdict.package?.format, verdict.package?.produced], ['VERIFIED', format, 9]);
  });
}
