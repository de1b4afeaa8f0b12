/**
 * Taking an import back, while nobody has used it: a wrong file, a wrong paper, a wrong zone.
 *
 * Used is: any question, listing, look or report over the matter after it, or another import that was compared with it.
 * Then it stays, and what was wrong is said beside it. The import and its undoing both stay in the ledger.
 */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { syncFolder } from '../custody/frames.ts';
import type { Receipt } from '../importing/receipt.ts';
import { importsOf } from '../store/segments.ts';
import { MatterId } from './matter.ts';
import { operation } from './operation.ts';

/** Acts that look at records or rest on them. */
const USES = new Set([
  'records', 'ask', 'report', 'disclose', 'person.reveal', 'explore.columns', 'explore.rows', 'explore.record', 'import', 'unseal.open',
]); // biome-ignore format: one list

export const importUndo = operation({
  words: 'import undo',
  desk: 'examiner',
  op: 'erasure',
  does: 'Take the last import back, while nobody has looked at its records. What came is deleted; both acts stay in the ledger.',
  example: 'fourcorners import undo --matter m-1a2b3c4d5e --return 1f2e3d4c5b6a7988',
  input: z.strictObject({
    matter: MatterId,
    return: z.string().min(1).describe('the return, as its receipt names it'),
  }),
  async run(house, input, task) {
    const matter = house.matter(input.matter);
    const imports = await importsOf<Receipt>(matter.folder, matter.key, matter.id);
    const found = imports.findLast(({ papers }) => papers.receipt.return === input.return);
    if (!found) {
      throw new Problem('import/no-such-return', `No return ${input.return} was imported into this matter.`, {
        return: input.return,
      });
    }
    if (found.papers.receipt.unsealed) {
      throw new Problem('import/used', 'What was unsealed stays: its opening is done. Nothing was changed.');
    }
    const entries = [...house.ledger.entries()].filter((entry) => entry.matter === matter.id);
    const at = entries.findIndex((entry) => entry.ref === found.papers.act && entry.phase === 'outcome');
    const use = entries.slice(at + 1).find((entry) => entry.phase === 'intent' && USES.has(entry.act));
    if (use) {
      throw new Problem(
        'import/used',
        `This import has been used: ${use.act.replaceAll('.', ' ')} at ${use.recordedAt}. It stays; nothing was changed.`,
        { act: use.act, at: use.recordedAt },
      );
    }
    // Out of sight by one rename; what is left in staging after a crash is cleared when the house is opened.
    const staging = join(matter.folder, 'staging');
    mkdirSync(staging, { recursive: true, mode: 0o700 });
    renameSync(join(matter.folder, 'returns', found.folder), join(staging, found.folder));
    rmSync(join(matter.folder, 'views'), { recursive: true, force: true });
    await syncFolder(join(matter.folder, 'returns'));
    rmSync(staging, { recursive: true, force: true });
    const { receipt } = found.papers;
    task.tell({ objects: { count: receipt.seen, digest: receipt.sha256 } });
    return { matter: matter.id, return: receipt.return, rows: receipt.seen };
  },
  show: ({ return: taken, rows }) => `The import of return ${taken} (${rows} rows) was taken back.`,
});
