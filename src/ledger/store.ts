/**
 * A ledger's folder when it is opened for writing: read at once, held against its checkpoint, its torn tail cut.
 *
 * `entries.log` frames, `checkpoint` the signed head, `log.vkey` the public key. The private key is never here.
 * Nothing is changed before everything has been checked, so a damaged ledger stays as it was found.
 */
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../base/problem.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { Contents } from './contents.ts';
import { systemCode, writeWhole } from './durable.ts';
import { type Frames, readFrames } from './frames.ts';
import { equal } from './proof.ts';
import { type VerifierKey, vkeyText } from './verifier-key.ts';

/** What a crash had left: bytes of an unfinished write that were cut, and whole entries that no checkpoint covered yet. */
export type Recovered = { cutBytes: number; unsigned: number };

export type Loaded = {
  contents: Contents;
  lengthBytes: number;
  signed: { size: number; text: string };
  recovered: Recovered | null;
};

/** Makes the files of an empty ledger but for its checkpoint, which comes last and makes it one. Throws `ledger/exists`. */
export async function prepare(dir: string, key: VerifierKey): Promise<void> {
  const log = await fileIn(dir, 'entries.log');
  if ((await fileIn(dir, 'checkpoint')) !== null || (log !== null && log.length > 0)) {
    throw new Problem('ledger/exists', 'A ledger is already in this folder. Nothing was changed. Open it instead.');
  }
  await writeWhole(join(dir, 'log.vkey'), `${vkeyText(key)}\n`);
  await writeWhole(join(dir, 'entries.log'), '');
}

/**
 * Throws `ledger/not-found`, `ledger/key-differs`, `ledger/damaged`, `ledger/rolled-back` or `ledger/checkpoint-differs`.
 * `remembered` is a checkpoint of this ledger kept somewhere else.
 */
export async function load(dir: string, key: VerifierKey, remembered: string | undefined): Promise<Loaded> {
  const [vkey, head, log] = await Promise.all(
    ['log.vkey', 'checkpoint', 'entries.log'].map((name) => fileIn(dir, name)),
  );
  if (!vkey || !head) throw new Problem('ledger/not-found', 'There is no ledger in this folder. Nothing was changed.');
  if (vkey.toString() !== `${vkeyText(key)}\n`) {
    throw new Problem('ledger/key-differs', 'The ledger was begun with another key or origin. Nothing was changed.');
  }
  const checkpoint = signedBy(key, head);
  if (!log) throw rolledBack(checkpoint.size, 0);
  const frames = readFrames(log);
  const contents = new Contents();
  const objections = frames.entries.map((bytes) => contents.add(bytes).objection);
  holdAgainst(frames, checkpoint, contents);
  if (remembered !== undefined) holdAgainst(frames, signedBy(key, Buffer.from(remembered)), contents);
  const wrong = objections.findIndex((objection) => objection !== null);
  if (wrong >= 0) throw damaged(wrong, frames.offsets[wrong]!);

  const lengthBytes = frames.offsets.at(-1)!;
  if (frames.tail !== null) await cut(join(dir, 'entries.log'), lengthBytes);
  const cutBytes = frames.tail?.lengthBytes ?? 0;
  const unsigned = contents.size - checkpoint.size;
  return {
    contents,
    lengthBytes,
    signed: { size: checkpoint.size, text: head.toString() },
    recovered: cutBytes + unsigned > 0 ? { cutBytes, unsigned } : null,
  };
}

function signedBy(key: VerifierKey, text: Uint8Array): Checkpoint {
  const checkpoint = openCheckpoint(text, key);
  if (typeof checkpoint !== 'string') return checkpoint;
  throw new Problem('ledger/checkpoint-differs', "A checkpoint is not one signed with this ledger's key.", {
    why: checkpoint,
  });
}

function holdAgainst(frames: Frames, checkpoint: Checkpoint, contents: Contents): void {
  const next = contents.size;
  if (frames.damaged !== null) throw damaged(frames.damaged.index, frames.damaged.offset);
  if (checkpoint.size > next) {
    // A checkpoint is signed only over entries that were durable: a whole frame that is wrong here was not torn.
    if (frames.tail?.left === 'digest-differs') throw damaged(next, frames.offsets[next]!);
    throw rolledBack(checkpoint.size, next);
  }
  if (equal(contents.tree.root(checkpoint.size), checkpoint.root)) return;
  throw new Problem(
    'ledger/checkpoint-differs',
    `The first ${checkpoint.size} entries are not the ones that were signed. Nothing was changed. Keep the folder as it is and compare it with a copy.`,
    { size: checkpoint.size },
  );
}

function damaged(index: number, offset: number): Problem {
  return new Problem(
    'ledger/damaged',
    `Entry ${index} of the ledger, at byte ${offset} of entries.log, is damaged. Nothing was changed. Keep the folder as it is and compare it with a copy.`,
    { index, offset },
  );
}

function rolledBack(signed: number, kept: number): Problem {
  return new Problem(
    'ledger/rolled-back',
    `A signed checkpoint reaches ${signed} entries and only ${kept} are here: an older state was put back, or the end was removed. Nothing was changed.`,
    { signed, kept },
  );
}

async function cut(path: string, lengthBytes: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.truncate(lengthBytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function fileIn(dir: string, name: string): Promise<Buffer | null> {
  try {
    return await readFile(join(dir, name));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}
