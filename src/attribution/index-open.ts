/** Opens an index against the files it was built from: another size or another end of a file, and it is not used. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../base/canonical.ts';
import { Problem } from '../base/problem.ts';
import type { ParquetLeases } from '../source/leases.ts';
import { declarationOf, endDigest, fileDigest } from './index-build.ts';
import { type Header, readHeader } from './index-files.ts';
import { IndexLog } from './index-log.ts';
import { filesOf } from './parquet-view.ts';

/**
 * Null when there is no index in `index`. Throws `attribution/index-stale` when the source is not as it was,
 * `attribution/index-damaged` when the index is not as it was built. `whole` reads every byte of both.
 */
export async function openIndex(
  source: ParquetLeases,
  { folder, index, whole = false }: { folder: string; index: string; whole?: boolean },
): Promise<IndexLog | null> {
  const header = readHeader(index);
  if (!header) return null;
  const files = filesOf(source, folder);
  const stale = (why: string) =>
    new Problem(
      'attribution/index-stale',
      `The index of ${header.built} does not go with its source any more: ${why}. Nothing was answered. Build it again, or ask without it.`,
      { index, why },
    );
  if (header.declaration !== declarationOf(source)) throw stale('the columns are declared otherwise');
  if (files.length !== header.source.length) throw stale(`${files.length} files instead of ${header.source.length}`);
  for (const [at, { name, sizeBytes, endSha256, sha256 }] of header.source.entries()) {
    const path = join(folder, name);
    if (files[at] !== path) throw stale(`${name} is not where it was`);
    if (statSync(path).size !== sizeBytes) throw stale(`${name} has another size`);
    if (endDigest(path) !== endSha256) throw stale(`the end of ${name} differs`);
    if (whole && (await fileDigest(path)) !== sha256) throw stale(`${name} differs`);
  }
  await checkFiles(index, header, whole);
  const { rows, unusable, built } = header;
  const checked = whole ? 'every byte of them' : 'their sizes and ends';
  const digest = digestOf(header.source.map(({ name, sha256 }) => ({ name, sha256 })));
  return new IndexLog(index, header, {
    engine: 'index',
    stated: `Index of ${built} over ${header.source.length} Parquet files, sources’ digest ${digest}; ${checked} checked on opening.`,
    rows: rows + Object.values(unusable).reduce((sum, count) => sum + count, 0),
    unusable,
  });
}

async function checkFiles(index: string, header: Header, whole: boolean): Promise<void> {
  for (const [name, { sizeBytes, sha256 }] of Object.entries(header.files)) {
    const path = join(index, name);
    const size = statSync(path, { throwIfNoEntry: false })?.size;
    if (size !== sizeBytes || (whole && (await fileDigest(path)) !== sha256)) {
      throw new Problem(
        'attribution/index-damaged',
        `${path} is not as the index was built. Nothing was answered; build the index again.`,
        { file: path },
      );
    }
  }
}
