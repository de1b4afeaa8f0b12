/** The entries of a log in order, with the tree over them and the state of its acts. Knows nothing of files or keys. */
import { Acts, type Objection } from './acts.ts';
import { type Entry, readEntry } from './entry.ts';
import { leafHash, Tree } from './tree.ts';

export class Contents {
  readonly bytes: Uint8Array[] = [];
  readonly tree = new Tree();
  readonly acts = new Acts();

  get size(): number {
    return this.bytes.length;
  }

  /** Adds what comes next, whatever it is; says what it holds, and what is wrong with it. */
  add(bytes: Uint8Array): { entry: Entry | null; objection: Objection | 'entry-unreadable' | null } {
    const leaf = leafHash(bytes);
    this.bytes.push(bytes);
    this.tree.add(leaf);
    const entry = readEntry(bytes);
    if (entry === null) return { entry, objection: 'entry-unreadable' };
    const objection = this.acts.objection(entry);
    this.acts.take(entry, this.size - 1, Buffer.from(leaf).toString('hex'));
    return { entry, objection };
  }

  /** The entry at an index that was added and readable; null elsewhere. */
  entryAt(index: number): Entry | null {
    const bytes = this.bytes[index];
    return bytes === undefined ? null : readEntry(bytes);
  }
}
