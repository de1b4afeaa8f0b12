/**
 * The files of an index, and what its header says.
 *
 * An index is derived from a lease log and holds nothing that is not in it. Networks are sorted by family, size and
 * first address. Each has slots: one a range of ports, those for the whole address first. A slot holds leases sorted by
 * their beginning and, at the same time, by their end, so that those that fit a time lie side by side; leases that lie
 * within others go to a further slot of the same ports.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../base/problem.ts';

/** Words of 32 bits in a record of each file. */
export const WORDS = {
  /** First and last address of an IPv4 network. */
  'networks-4': 2,
  'networks-6': 8,
  /** Of each network, IPv4 before IPv6: its first slot, its slots for the whole address, its longest range of ports with `UNREAD`. */
  'network-slots': 3,
  /** Ports, high and low half of a word, and the first lease. One more at the end. */
  slots: 2,
  /** Beginning and end (48 bits each, in units since the base; high halves share a word), subscriber, row. */
  leases: 5,
  /** Where each name starts in `names`; one more at the end. */
  'name-starts': 2,
} as const;

export const NAMES = 'names';

/** Ends far beyond all beginnings are numbered from here; an open end is above them all. */
export const FAR = 0xffff * 2 ** 32;
export const OPEN_END = FAR + 2 ** 47;
/** High half of such an end in its file; the low word is its number, or all ones for an open end. */
export const FAR_HIGH = 0xffff;
export const OPEN_LOW = 0xffff_ffff;
/** Mark of a network of which a row could not be read as a lease. */
export const UNREAD = 0x1_0000;
export const NO_NAME = 0xffff_ffff;

const SourceFile = z.strictObject({
  name: z.string(),
  sizeBytes: z.number(),
  sha256: z.string(),
  /** Digest of the end of the file, where a Parquet file describes itself: quick to check on opening. */
  endSha256: z.string(),
  /** Rows in the files before it. */
  rowsBefore: z.number(),
});

const Header = z.strictObject({
  version: z.literal(1),
  built: z.string(),
  source: z.array(SourceFile),
  /** Digest of what was declared of the columns, when the index was built. */
  declaration: z.string(),
  rows: z.number(),
  unusable: z.record(z.string(), z.number()),
  base: z.string(),
  unitMicros: z.number(),
  /** Ends from here on are listed in `farEnds` and numbered by their place there. */
  farFrom: z.string(),
  farEnds: z.array(z.string()),
  networks: z.strictObject({ 4: z.number(), 6: z.number() }),
  /** Runs of networks whose sizes need as many bits; zero bits is a single address. */
  levels: z.array(
    z.strictObject({ family: z.literal([4, 6]), bits: z.number(), first: z.number(), count: z.number() }),
  ),
  files: z.record(z.string(), z.strictObject({ sizeBytes: z.number(), sha256: z.string() })),
});

export type Header = z.infer<typeof Header>;
export type SourceFile = z.infer<typeof SourceFile>;

export const HEADER = 'index.json';

/** Null when there is no index in the folder. Throws `attribution/index-damaged`. */
export function readHeader(folder: string): Header | null {
  const path = join(folder, HEADER);
  if (!existsSync(path)) return null;
  try {
    return Header.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new Problem(
      'attribution/index-damaged',
      `${path} is not the header of an index of this version. Nothing was answered; build the index again.`,
      { file: path },
    );
  }
}
