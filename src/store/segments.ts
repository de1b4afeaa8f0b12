/**
 * What an import left in a matter: one folder, its receipt and its parts, all encrypted with the matter's key.
 *
 * The folder appears by one rename. A folder without a receipt does not exist.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument } from '../custody/cabinet.ts';

/** How a stored part becomes rows of the view `records`: SQL for what is not stored but follows from what is. */
export type SegmentView = { columns: Record<string, string> };

export type StoredPart = {
  /** File name within the return's folder. */
  name: string;
  role: 'records' | 'sealed' | 'references' | 'duplicates' | 'original';
  rows: number;
  sizeBytes: number;
  sha256: string;
  view?: SegmentView | undefined;
};

export type Coverage = { file: string; format: string; began: bigint | null; ended: bigint | null };

/** The papers of one import. `receipt` is what people are shown; its shape belongs to importing. */
/** What the store itself needs to know of a receipt. */
export type ReceiptHead = { return: string; instrument: string };

export type ImportPapers<Receipt extends ReceiptHead = ReceiptHead> = {
  sequence: number;
  /** The ledger entry under which it was done. */
  act: string;
  receipt: Receipt;
  parts: StoredPart[];
  coverage: Coverage[];
  people: { number: number; type: string; value: string }[];
};

export function partContext(matter: string, folder: string, part: string): string {
  return `${matter}/returns/${folder}/${part}`;
}

/** Names of the folders of the imports that a matter has now; what is in a folder never changes. */
export function importFolders(matterFolder: string): string[] {
  const returns = join(matterFolder, 'returns');
  if (!existsSync(returns)) return [];
  return readdirSync(returns)
    .filter((folder) => existsSync(join(returns, folder, 'receipt.enc')))
    .sort();
}

/** The imports of a matter in their order, with the name of their folders. */
export async function importsOf<Receipt extends ReceiptHead = ReceiptHead>(
  matterFolder: string,
  key: Uint8Array,
  matter: string,
): Promise<{ folder: string; papers: ImportPapers<Receipt> }[]> {
  const found: { folder: string; papers: ImportPapers<Receipt> }[] = [];
  for (const folder of importFolders(matterFolder)) {
    const path = join(matterFolder, 'returns', folder, 'receipt.enc');
    const papers = (await readDocument(path, key, partContext(matter, folder, 'receipt'))) as ImportPapers<Receipt>;
    found.push({ folder, papers });
  }
  return found.sort((a, b) => a.papers.sequence - b.papers.sequence);
}
