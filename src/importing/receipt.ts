/**
 * The receipt of an import: what came, what was kept, what was sealed and why, adding up to the last row.
 *
 * It says what the return states of itself and where that differs from the paper, before any row is shown.
 */

import { sha256 } from '../base/digest.ts';
import { type Micros, textFrom } from '../base/interval.ts';
import type { Stated } from '../formats/format.ts';
import { names } from '../record/identifier.ts';
import type { Scope } from '../scope/scope.ts';
import type { FileAccount } from './account.ts';

export type Mismatch = {
  about: 'target' | 'range' | 'generated';
  file: string;
  stated: string;
  instrument: string;
  says: string;
};

export type StatedScope = {
  file: string;
  targets: { type: string; value: string }[];
  began: string | null;
  ended: string | null;
  generated: string | null;
  fields: Record<string, string>;
};

export type Original = { name: string; sha256: string; sizeBytes: number };

/** A package that was verified before it was read: whose, against which key, and up to when. */
export type VerifiedPackage = {
  package: string;
  request: string;
  sender: { origin: string; key: string };
  against: string;
  /** The sender's ledger, up to this many entries and this recorded time. */
  upTo: { size: number; to: string | null } | null;
  said: string;
  /** What the sender says it withheld, by reason. */
  withheld: Record<string, number>;
  /** Lines of its scope that reach beyond the paper; their rows are sealed. */
  beyond: string[];
};

/** Rows read anew out of what was sealed: which return they came with, and who asked and who opened. */
export type Unsealed = { from: string; unsealing: string; reason: string; proposedBy: string; openedBy: string };

export type Receipt = {
  return: string;
  /** Of the file; of several files, of the list of their digests. */
  sha256: string;
  instrument: string;
  version: number;
  importedAt: string;
  importedBy: string;
  format: string;
  seen: number;
  kept: number;
  sealed: number;
  unreadable: number;
  duplicates: number;
  sealedBy: Record<string, number>;
  /** Kept rows of which a part, such as the cells of a call, is sealed. */
  partlySealed: number;
  /** Rows about networks and sites, kept beside the records and outside the sums. */
  reference: number;
  statedScope: StatedScope[];
  mismatches: Mismatch[];
  declaredZone: string | null;
  profile: { name: string; sha256: string } | null;
  originals: Original[];
  files: FileAccount[];
  /** Set for a package of a provider's desk. */
  verified?: VerifiedPackage;
  /** Set when this was read out of an original the matter held, under a new authority. */
  unsealed?: Unsealed;
  /** Set when this very production was imported under this paper before: nothing was added. */
  alreadyImported?: string;
};

export type ReceiptOf = Pick<
  Receipt,
  'return' | 'importedAt' | 'importedBy' | 'declaredZone' | 'profile' | 'originals'
> & {
  scope: Scope;
  files: FileAccount[];
  stated: (Stated & { file: string })[];
  verified?: VerifiedPackage;
  unsealed?: Unsealed;
};

export function receiptOf(of: ReceiptOf): Receipt {
  const { scope, files, stated } = of;
  const sum = (pick: (file: FileAccount) => number) => files.reduce((total, file) => total + pick(file), 0);
  const formats = [...new Set(files.flatMap((file) => (file.format === null ? [] : [file.format])))].sort();
  return {
    return: of.return,
    sha256: digestOfFiles(of.originals),
    instrument: scope.instrument,
    version: scope.version,
    importedAt: of.importedAt,
    importedBy: of.importedBy,
    format: formats.join(' + '),
    seen: sum((file) => file.seen),
    kept: sum((file) => file.kept),
    sealed: sum((file) => file.sealed),
    unreadable: sum((file) => file.unreadable),
    duplicates: sum((file) => file.duplicates),
    sealedBy: added(files.map((file) => file.sealedBy)),
    partlySealed: sum((file) => file.partlySealed),
    reference: sum((file) => file.reference),
    statedScope: stated.map(shown),
    mismatches: stated.flatMap((one) => mismatchesOf(scope, one)),
    declaredZone: of.declaredZone,
    profile: of.profile,
    originals: of.originals,
    files,
    ...(of.verified ? { verified: of.verified } : {}),
    ...(of.unsealed ? { unsealed: of.unsealed } : {}),
  };
}

/**
 * Of the rows that were sealed when a return came, how many nothing has read since. Null for a reading of sealed rows
 * themselves: what it left sealed is counted with the return it was of.
 */
export function stillSealed(receipt: Receipt, all: readonly Receipt[]): number | null {
  if (receipt.unsealed) return null;
  const first = all.find((one) => one.return === receipt.return && !one.unsealed);
  if (first !== receipt) return receipt.sealed;
  const since = all.filter(({ unsealed }) => unsealed?.from === receipt.return);
  return receipt.sealed - since.reduce((sum, { kept }) => sum + kept, 0);
}

/** The digest of one file is its own; of several, of the sorted list of theirs. */
export function digestOfFiles(originals: Original[]): string {
  if (originals.length === 1) return originals[0]!.sha256;
  return sha256(
    originals
      .map((original) => original.sha256)
      .sort()
      .join('\n'),
  );
}

function added(counts: Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const one of counts) for (const [key, value] of Object.entries(one)) total[key] = (total[key] ?? 0) + value;
  return Object.fromEntries(Object.entries(total).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** From UTC+14 to UTC−12: how far apart the readings of one day's edge can be. */
const EVERY_ZONE = 26n * 3_600_000_000n;

const instant = (micros: Micros | null) => (micros === null ? null : textFrom(micros));

function shown(stated: Stated & { file: string }): StatedScope {
  return {
    file: stated.file,
    targets: stated.targets.map(({ type, text }) => ({ type, value: text })),
    began: instant(stated.began),
    ended: instant(stated.ended),
    generated: instant(stated.generated),
    fields: stated.fields,
  };
}

function mismatchesOf(scope: Scope, stated: Stated & { file: string }): Mismatch[] {
  const { file } = stated;
  const ordered = scope.items.filter((item) => stated.targets.some((target) => names(item.target, target)));
  const found: Mismatch[] = [];
  if (stated.targets.length > 0 && ordered.length === 0) {
    found.push({
      about: 'target',
      file,
      stated: stated.targets.map((target) => `${target.type} ${target.text}`).join(', '),
      instrument: scope.items.map((item) => `${item.target.type} ${item.target.value}`).join(', '),
      says: 'The return is about an account that no item of the paper names.',
    });
    return found;
  }
  const items = ordered.length > 0 ? ordered : scope.items;
  const low = items.reduce(
    (least, item) => (item.range.began < least ? item.range.began : least),
    items[0]!.range.began,
  );
  const high = items.reduce((most, item) => (item.range.ended > most ? item.range.ended : most), items[0]!.range.ended);
  const ranges = `${textFrom(low)} to before ${textFrom(high)}`;
  // Days of no zone reach beyond the paper only when they do so in every zone.
  const leeway = stated.days ? EVERY_ZONE : 0n;
  const wider =
    (stated.began !== null && stated.began + leeway < low) || (stated.ended !== null && stated.ended - leeway > high);
  const narrower = (stated.began !== null && stated.began > low) || (stated.ended !== null && stated.ended < high);
  if (wider || narrower) {
    found.push({
      about: 'range',
      file,
      stated: `${instant(stated.began) ?? 'not stated'} to before ${instant(stated.ended) ?? 'not stated'}`,
      instrument: ranges,
      says: [
        ...(wider ? ['The return reaches beyond the range of the paper.'] : []),
        ...(narrower ? ['The return covers less than the range of the paper: absence outside it means nothing.'] : []),
      ].join(' '),
    });
  }
  if (stated.generated !== null && stated.generated < high) {
    found.push({
      about: 'generated',
      file,
      stated: textFrom(stated.generated),
      instrument: ranges,
      says: 'The return was made before the range of the paper ended: later rows cannot be in it.',
    });
  }
  return found;
}
