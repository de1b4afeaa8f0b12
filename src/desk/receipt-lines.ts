/** A receipt as a person at a terminal reads it. */
import type { Receipt } from '../importing/receipt.ts';

const number = (count: number) => count.toLocaleString('en-US');

export function receiptLines(receipt: Receipt): string {
  const { seen, kept, sealed, unreadable, duplicates } = receipt;
  return [
    `Return ${receipt.return}  ${receipt.format || 'no format'}  ${receipt.originals.map((original) => original.name).join(', ')}`,
    ...(receipt.alreadyImported
      ? ['  This very production was imported under this paper before. Nothing was added.']
      : []),
    ...(receipt.unsealed
      ? [
          `  read anew out of what was sealed of return ${receipt.unsealed.from} (${receipt.unsealed.unsealing}): asked for by ${receipt.unsealed.proposedBy}, opened by ${receipt.unsealed.openedBy}; ${receipt.unsealed.reason}`,
        ]
      : []),
    ...(receipt.verified
      ? [
          `  ${receipt.verified.said}`,
          ...Object.entries(receipt.verified.withheld).map(
            ([reason, count]) => `  withheld by the provider: ${reason}: ${number(count)}`,
          ),
          ...receipt.verified.beyond.map((line) => `  BEYOND THE PAPER, its rows are sealed: ${line}`),
        ]
      : []),
    `  seen ${number(seen)} = kept ${number(kept)} + sealed ${number(sealed)} + unreadable ${number(unreadable)} + duplicates ${number(duplicates)}`,
    ...Object.entries(receipt.sealedBy).map(([reason, count]) => `  sealed: ${reason}: ${number(count)}`),
    ...(receipt.partlySealed > 0
      ? [`  kept, with a part sealed (its category is not covered): ${number(receipt.partlySealed)}`]
      : []),
    ...(receipt.reference > 0 ? [`  reference rows about networks and sites: ${number(receipt.reference)}`] : []),
    ...receipt.files.flatMap((file) =>
      file.unreadablePlaces.slice(0, 5).map(({ locator, why }) => `  not readable: ${file.file}, ${locator}: ${why}`),
    ),
    ...receipt.mismatches.map(
      (mismatch) =>
        `  MISMATCH (${mismatch.about}) ${mismatch.file}: ${mismatch.says} The return states ${mismatch.stated}; the paper says ${mismatch.instrument}.`,
    ),
  ].join('\n');
}
