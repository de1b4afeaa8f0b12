/** Holds an import to it that one changed bit anywhere in a package is refused, naming the file it stands in. */
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProblem } from '../../src/base/problem.ts';
import { perform } from '../../src/desk/perform.ts';
import { importOperation } from '../../src/desk/return.ts';
import { filesIn, sealedAgain, withByteChanged } from './package-file.ts';
import { REVIEWER } from './sample-desk.ts';
import { write } from './sample-order.ts';

/**
 * In the sealed file; or, sealed again by whoever could open it, in any file inside: of the proofs, which are all alike, in
 * those of one act.
 */
export async function eachChangeIsNamed(
  file: string,
  zip: Buffer,
  recipient: string,
  data: string,
  under: object,
): Promise<void> {
  const refusedFor = async (path: string): Promise<Record<string, unknown>> => {
    try {
      await perform(importOperation, { ...under, files: [path] }, { dir: data, actor: REVIEWER });
    } catch (error) {
      assert.ok(isProblem(error), String(error));
      assert.equal(error.code, 'package/not-verified');
      return error.facts;
    }
    return assert.fail(`${path} was imported`);
  };
  const sealed = readFileSync(file);
  const changed = join(data, '..', 'changed.fcp');
  copyFileSync(`${file}.json`, `${changed}.json`);
  for (const at of [0, 40, 200, sealed.length >> 1, sealed.length - 1]) {
    write(changed, withByteChanged(sealed, at));
    assert.equal((await refusedFor(changed))['place'], 'changed.fcp', `byte ${at}`);
  }
  const again = join(data, '..', 'again.fcp');
  const files = filesIn(zip);
  const proofs = files.filter(({ path }) => /^proof\/\d/.test(path)).slice(2);
  for (const inside of files.filter((one) => !proofs.includes(one))) {
    const at = Math.floor((inside.from + inside.to) / 2);
    const facts = await refusedFor(await sealedAgain(withByteChanged(zip, at), recipient, again));
    assert.equal(facts['place'], inside.path);
  }
}
