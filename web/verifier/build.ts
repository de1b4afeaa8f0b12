/** Makes the verifier: one HTML file with its script and style inside, allowed by their digests and nothing else. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const HERE = import.meta.dirname;

/** The same bytes each time. */
export async function verifierHtml(): Promise<string> {
  const made = await build({
    root: HERE,
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2023',
      minify: true,
      modulePreload: false,
      lib: { entry: join(HERE, 'page.ts'), formats: ['iife'], name: 'verifier' },
    },
  });
  const [{ output }] = made as unknown as [{ output: { type: string; code: string }[] }];
  // A script inside a page ends at the first closing tag, even within a text.
  const script = output
    .find(({ type }) => type === 'chunk')!
    .code.trim()
    .replaceAll('</script', '<\\/script');
  const style = readFileSync(join(HERE, 'verifier.css'), 'utf8').trim();
  const digestOf = (words: string) => `'sha256-${createHash('sha256').update(words).digest('base64')}'`;
  const policy = `default-src 'none'; script-src ${digestOf(script)}; style-src ${digestOf(style)}; base-uri 'none'; form-action 'none'`;
  return readFileSync(join(HERE, 'verifier.html'), 'utf8')
    .replace('POLICY', () => policy)
    .replace('STYLE', () => style)
    .replace('SCRIPT', () => script);
}
