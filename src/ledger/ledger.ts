/**
 * The append-only log of every act. An act is kept as an intent before it has any effect, and as an outcome after.
 *
 * When `intent`, `outcome` or `fact` resolves, the entry is on the disk; the signed checkpoint follows at once after.
 * A write that fails closes the ledger to every further act and reading until it is opened again: what cannot be logged
 * is not done. Checking a ledger without its key is `verify.ts`.
 */
import { type KeyObject, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';
import { type Head, repeatedFrom } from './acts.ts';
import { signCheckpoint } from './checkpoint.ts';
import type { Contents } from './contents.ts';
import { writeWhole } from './durable.ts';
import { publicKeyOf } from './ed25519.ts';
import { type Ending, type Entry, entryBytes, type Header, readEntry } from './entry.ts';
import { type Lock, lock } from './lock.ts';
import { load, prepare, type Recovered } from './store.ts';
import { exportTiles } from './tiles.ts';
import { proofText } from './tlog-proof.ts';
import { EMPTY_ROOT } from './tree.ts';
import { type VerifierKey, verifierKey, vkeyText } from './verifier-key.ts';
import { Writer } from './writer.ts';

export type Opening = {
  dir: string;
  /** Names the log and its key, without spaces or a plus: `desk.example/ledger`. */
  origin: string;
  /** A private Ed25519 key. It is never written. */
  key: KeyObject;
  /** The time in UTC with milliseconds, `2026-01-02T03:04:05.678Z`. */
  now: () => string;
  /** A random UUID unless given. */
  newId?: () => string;
  /** How long to wait for another writer to end; three seconds unless given. */
  waitMs?: number;
  /** A checkpoint of this ledger kept elsewhere: the ledger must still hold all of it. */
  remembered?: string;
};

/** What an entry says beside what the ledger adds to it. */
type Told = Header & Pick<Entry, 'phase' | 'ref' | 'result'>;

export class Ledger implements AsyncDisposable {
  /** The public key as text, for whoever verifies. */
  readonly vkey: string;
  /** What a crash had left when the ledger was opened, or null. */
  readonly recovered: Recovered | null;
  readonly #opening: Opening;
  readonly #lock: Lock;
  readonly #writer: Writer;
  #closed = false;

  private constructor(opening: Opening, held: Lock, writer: Writer, recovered: Recovered | null) {
    this.#opening = opening;
    this.#lock = held;
    this.#writer = writer;
    this.recovered = recovered;
    this.vkey = vkeyText(publicHalf(opening));
  }

  /** Begins a ledger in a folder that has none, and opens it. Throws `ledger/exists`, `ledger/busy`. */
  static async create(opening: Opening): Promise<Ledger> {
    await mkdir(opening.dir, { recursive: true, mode: 0o700 });
    return Ledger.#start(opening, async () => {
      await prepare(opening.dir, publicHalf(opening));
      const empty = signCheckpoint(opening.origin, 0, EMPTY_ROOT, opening.key);
      await writeWhole(join(opening.dir, 'checkpoint'), empty);
    });
  }

  /**
   * Opens the ledger of a folder. A missing one is never begun anew here: that would hide that it was removed.
   *
   * Throws `ledger/not-found`, `ledger/busy`, `ledger/key-differs`, `ledger/damaged`, `ledger/rolled-back` or
   * `ledger/checkpoint-differs`, each with the folder left as it was.
   */
  static async open(opening: Opening): Promise<Ledger> {
    return Ledger.#start(opening, async () => undefined);
  }

  static async #start(opening: Opening, prepared: () => Promise<void>): Promise<Ledger> {
    const held = await lock(opening.dir, opening.waitMs ?? 3000);
    try {
      await prepared();
      const loaded = await load(opening.dir, publicHalf(opening), opening.remembered);
      return new Ledger(opening, held, await Writer.open(opening, loaded), loaded.recovered);
    } catch (error) {
      await held.release();
      throw error;
    }
  }

  /** Says what is about to be done; do it only when this has resolved. Throws `ledger/write-failed`, `ledger/second-writer`. */
  intent(header: Header): Promise<Entry> {
    return this.#append(() => ({ ...header, phase: 'intent' }));
  }

  /** Says how an intent ended. Throws `ledger/not-pending` when it has its outcome, or none was begun; else as `intent`. */
  outcome(intent: Entry, ending: Ending): Promise<Entry> {
    return this.#append(({ acts }) => {
      if (acts.isPending(intent.id)) return { ...repeatedFrom(intent), ...ending, phase: 'outcome', ref: intent.id };
      throw new Problem('ledger/not-pending', 'This act has its outcome already, or was never begun in this ledger.', {
        id: intent.id,
      });
    });
  }

  /** Says what is so, or was refused, without an effect of its own. `ref` is the id of an earlier entry. Throws as `intent`. */
  fact(header: Header & { ref?: string; result?: string }): Promise<Entry> {
    return this.#append(() => ({ ...header, phase: 'fact' }));
  }

  /** The name of the log, which its key carries too. */
  get origin(): string {
    return this.#opening.origin;
  }

  get size(): number {
    return this.#writer.contents.size;
  }

  /** Every entry, oldest first. */
  *entries(): Generator<Entry> {
    for (let index = 0; index < this.size; index += 1) yield this.#writer.contents.entryAt(index)!;
  }

  /** The intents without an outcome: after a crash, acts that may or may not have happened. */
  pending(): Entry[] {
    return this.#writer.contents.acts.pending();
  }

  /** The last entry of a matter, or null when it has none. */
  head(matter: string): Head | null {
    return this.#writer.contents.acts.head(matter);
  }

  /** The number of an entry, counted from 0 as `proveEntry` wants it; null for an id that is not here. */
  indexOf(id: string): number | null {
    return this.#writer.contents.acts.indexOf(id);
  }

  /** The signed head over every entry kept so far, as text. */
  async checkpoint(): Promise<string> {
    return (await this.#writer.signed()).text;
  }

  /**
   * The signed head over the first `size` entries, as it was when they were all; the same text each time.
   * Throws `ledger/no-such-entry`.
   */
  checkpointAt(size: number): { size: number; root: Digest; checkpoint: string } {
    const { tree } = this.#writer.contents;
    if (size > tree.size) {
      throw new Problem('ledger/no-such-entry', `The ledger has ${tree.size} entries, counted from 0.`, {
        size: tree.size,
      });
    }
    const root = tree.root(size);
    const { origin, key } = this.#opening;
    return { size, root: Buffer.from(root).toString('hex'), checkpoint: signCheckpoint(origin, size, root, key) };
  }

  /**
   * Shows that entry `index` is in the log: its bytes, and a text that stands alone with them and the log's public key.
   * Throws `ledger/no-such-entry`.
   */
  async proveEntry(index: number): Promise<{ entry: Uint8Array; proof: string }> {
    const { contents, size, text } = await this.#writer.signed();
    const entry = contents.bytes[index];
    if (entry === undefined || index >= size) {
      throw new Problem('ledger/no-such-entry', `The ledger has ${size} entries, counted from 0.`, { size });
    }
    return { entry, proof: proofText(index, contents.tree.inclusion(index, size), text) };
  }

  /** Every act of one matter or request with its proof, in the order of the log. */
  async proofsOf(matter: string): Promise<{ index: number; entry: Uint8Array; proof: string }[]> {
    const proofs = [];
    let index = 0;
    for (const entry of this.entries()) {
      if (entry.matter === matter) proofs.push({ index, ...(await this.proveEntry(index)) });
      index++;
    }
    return proofs;
  }

  /** Writes the log as a folder that anyone can read and verify (C2SP tlog-tiles). Throws `ledger/export-exists`. */
  async export(dir: string): Promise<void> {
    const { contents, size, text } = await this.#writer.signed();
    await exportTiles(dir, contents, { size, checkpoint: text, vkey: this.vkey });
  }

  /** Waits for what is being written, then lets the next writer in. Throws a failed write that nobody was told of. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.#writer.close();
    } finally {
      await this.#lock.release();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #append(tell: (contents: Contents) => Told): Promise<Entry> {
    if (this.#closed) throw new Error('the ledger is closed');
    const bytes = await this.#writer.append(() => entryBytes(this.#complete(tell(this.#writer.contents))));
    return readEntry(bytes)!;
  }

  /** Adds what only the ledger knows: the id, the time, and the entry's place in its matter. */
  #complete(told: Told): Entry {
    const { now, newId = randomUUID } = this.#opening;
    const head = told.matter === undefined ? null : this.head(told.matter);
    const entry: Entry = { ...told, v: 1, id: newId(), recordedAt: now() };
    if (told.matter !== undefined) entry.matterSeq = head === null ? 0 : head.matterSeq + 1;
    if (head !== null) entry.matterPrev = head.hash;
    const objection = this.#writer.contents.acts.objection(entry);
    if (objection !== null) throw new TypeError(`this entry may not come next: ${objection}`);
    return entry;
  }
}

function publicHalf({ origin, key }: Opening): VerifierKey {
  return verifierKey(origin, publicKeyOf(key));
}
