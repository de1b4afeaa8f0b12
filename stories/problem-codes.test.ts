/** Every problem a caller can meet is explained under its code in `docs/problems.md`. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

function codesIn(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    for (const [, code] of text.matchAll(/new Problem\(\s*['`]([a-z-]+\/[a-z-]+)['`]/g)) found.set(code!, name);
  }
  return found;
}

test('each code that is thrown has a heading in docs/problems.md', () => {
  const codes = codesIn(join(ROOT, 'src'));
  assert.ok(codes.size > 40, 'the scan finds what it looks for');
  const headings = new Set<string>();
  for (const [, heading] of readFileSync(join(ROOT, 'docs/problems.md'), 'utf8').matchAll(
    /^#+ +`?([a-z-]+\/[a-z-]+)`?\s*$/gm,
  )) {
    headings.add(heading!);
  }
  const missing = [...codes].filter(([code]) => !headings.has(code)).map(([code, file]) => `${code} (${file})`);
  assert.deepEqual(missing, []);
});
