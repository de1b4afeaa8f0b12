/** A data directory to measure in, with a matter and an approved paper. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { init } from '../src/desk/data-directory.ts';
import { instrumentAdd, instrumentApprove } from '../src/desk/instrument.ts';
import { matterCreate } from '../src/desk/matter.ts';
import type { Operation } from '../src/desk/operation.ts';
import { perform } from '../src/desk/perform.ts';

export const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

export async function bench(targets: { type: string; value: string }[]) {
  const folder = mkdtempSync(join(tmpdir(), 'fourcorners-bench-'));
  const dir = join(folder, 'data');
  const by = async (actor: string, operation: Operation, given: unknown) =>
    (await perform(operation, given, { dir, actor })) as Record<string, string>;
  await by('A', init, {});
  const items = targets.map((target) => ({
    target,
    categories: ['DC-02'],
    began: '2017-02-01T00:00:00Z',
    ended: '2017-04-02T00:00:00Z',
  }));
  const file = join(folder, 'paper.json');
  const issuer = { name: 'Example Court', role: 'magistrate judge' };
  writeFileSync(
    file,
    JSON.stringify({
      kind: 'US-WARRANT',
      number: '1',
      servedOn: 'Example',
      issuedOn: '2017-04-03',
      issuer,
      purpose: 'measuring',
      items,
    }),
  );
  const newMatter = async () => {
    const { matter } = await by('A', matterCreate, { name: 'bench' });
    const { instrument } = await by('A', instrumentAdd, { matter, file });
    await by('B', instrumentApprove, { matter, instrument });
    return { matter: matter!, instrument: instrument! };
  };
  return { folder, dir, newMatter, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
