/** Writes the files of an index, leases in order; and sets apart leases that lie within others of the same ports. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBValue } from '@duckdb/node-api';
import { FAR, FAR_HIGH, NAMES, OPEN_END, OPEN_LOW, UNREAD, WORDS } from './index-files.ts';

const BUFFER_WORDS = 1 << 18;

/** A file of words, with its size and digest when it is closed. */
class WordFile {
  readonly #file: number;
  readonly #hash = createHash('sha256');
  #waiting = new Uint32Array(BUFFER_WORDS);
  #count = 0;
  #sizeBytes = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'wx', 0o600);
  }

  put(word: number): void {
    if (this.#count === BUFFER_WORDS) this.#flush();
    this.#waiting[this.#count++] = word;
  }

  close(): { sizeBytes: number; sha256: string } {
    this.#flush();
    closeSync(this.#file);
    return { sizeBytes: this.#sizeBytes, sha256: this.#hash.digest('hex') };
  }

  #flush(): void {
    const bytes = new Uint8Array(this.#waiting.buffer, 0, this.#count * 4);
    this.bytes(bytes);
    this.#count = 0;
  }

  /** Bytes as they are, for the file of names. */
  bytes(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done);
    this.#sizeBytes += bytes.length;
  }
}

/** Leases of one network and one range of ports, in order of their beginning and then their end. */
class Group {
  size = 0;
  began = new Float64Array(1024);
  ended = new Float64Array(1024);
  name = new Uint32Array(1024);
  row = new Uint32Array(1024);
  /** Whether each ends no sooner than the one before it. */
  inOrder = true;

  add(began: number, ended: number, name: number, row: number): void {
    if (this.size === this.began.length) this.#grow();
    if (this.size > 0 && ended < this.ended[this.size - 1]!) this.inOrder = false;
    this.began[this.size] = began;
    this.ended[this.size] = ended;
    this.name[this.size] = name;
    this.row[this.size] = row;
    this.size += 1;
  }

  #grow(): void {
    const length = this.began.length * 2;
    const [began, ended, name, row] = [this.began, this.ended, this.name, this.row];
    this.began = new Float64Array(length);
    this.ended = new Float64Array(length);
    this.name = new Uint32Array(length);
    this.row = new Uint32Array(length);
    this.began.set(began);
    this.ended.set(ended);
    this.name.set(name);
    this.row.set(row);
  }

  clear(): void {
    this.size = 0;
    this.inOrder = true;
  }

  /**
   * Runs in which beginnings and ends both rise, as few as there can be: each lease goes to the first run whose last one
   * ends no later than it does. The ends of the runs fall from first to last, so that run is found by halving.
   */
  runs(): Uint32Array[] {
    const runs: number[][] = [];
    for (let index = 0; index < this.size; index++) {
      let [from, to] = [0, runs.length];
      while (from < to) {
        const middle = (from + to) >> 1;
        if (this.ended[runs[middle]!.at(-1)!]! <= this.ended[index]!) to = middle;
        else from = middle + 1;
      }
      if (from === runs.length) runs.push([]);
      runs[from]!.push(index);
    }
    return runs.map((run) => Uint32Array.from(run));
  }
}

export class LeaseWriter {
  rows = 0;
  #slots = 0;
  #network = -1;
  #ports = -1;
  #networkFirstSlot = 0;
  #wholeSlots = 0;
  #longest = 0;
  #isWhole = false;
  readonly #group = new Group();
  readonly #slotFile: WordFile;
  readonly #leaseFile: WordFile;
  readonly #networkFile: WordFile;

  /** Networks of which a row could not be read. */
  readonly #unread: ReadonlySet<number>;

  constructor(folder: string, unread: ReadonlySet<number>) {
    this.#unread = unread;
    this.#slotFile = new WordFile(join(folder, 'slots'));
    this.#leaseFile = new WordFile(join(folder, 'leases'));
    this.#networkFile = new WordFile(join(folder, 'network-slots'));
  }

  /** `ports` is `low << 16 | high`, as an unsigned word; low above high where the row states none. */
  add(network: number, ports: number, isWhole: boolean, began: number, ended: number, name: number, row: number): void {
    if (network !== this.#network || ports !== this.#ports) {
      this.#endGroup();
      if (network !== this.#network) this.#endNetworks(network);
      this.#ports = ports;
      this.#isWhole = isWhole;
    }
    this.#group.add(began, ended, name, row);
  }

  #endGroup(): void {
    const group = this.#group;
    if (group.size === 0) return;
    if (group.inOrder) this.#slot(group, null);
    else for (const run of group.runs()) this.#slot(group, run);
    group.clear();
  }

  #slot(group: Group, run: Uint32Array | null): void {
    this.#slotFile.put(this.#ports);
    this.#slotFile.put(this.rows);
    this.#slots += 1;
    if (this.#isWhole) this.#wholeSlots += 1;
    else this.#longest = Math.max(this.#longest, (this.#ports & 0xffff) - (this.#ports >>> 16));
    const count = run ? run.length : group.size;
    for (let place = 0; place < count; place++) {
      const index = run ? run[place]! : place;
      const began = group.began[index]!;
      const ended = group.ended[index]!;
      const beganHigh = Math.floor(began / 0x1_0000_0000);
      const isFar = ended >= FAR;
      const endedHigh = isFar ? FAR_HIGH : Math.floor(ended / 0x1_0000_0000);
      this.#leaseFile.put(began % 0x1_0000_0000);
      this.#leaseFile.put(isFar ? (ended === OPEN_END ? OPEN_LOW : ended - FAR) : ended % 0x1_0000_0000);
      this.#leaseFile.put(beganHigh | (endedHigh << 16));
      this.#leaseFile.put(group.name[index]!);
      this.#leaseFile.put(group.row[index]!);
    }
    this.rows += count;
  }

  /** Ends the network before `next`, and those between that have no lease. */
  #endNetworks(next: number): void {
    for (; this.#network < next; this.#network++) {
      if (this.#network === -1) continue;
      this.#networkFile.put(this.#networkFirstSlot);
      this.#networkFile.put(this.#wholeSlots);
      this.#networkFile.put(this.#longest | (this.#unread.has(this.#network) ? UNREAD : 0));
      this.#networkFirstSlot = this.#slots;
      this.#wholeSlots = 0;
      this.#longest = 0;
    }
  }

  /** `networks` is how many there are. */
  close(networks: number): Record<string, { sizeBytes: number; sha256: string }> {
    this.#endGroup();
    this.#endNetworks(networks);
    this.#slotFile.put(0);
    this.#slotFile.put(this.rows);
    this.#networkFile.put(this.#slots);
    this.#networkFile.put(0);
    this.#networkFile.put(0);
    return {
      slots: this.#slotFile.close(),
      leases: this.#leaseFile.close(),
      'network-slots': this.#networkFile.close(),
    };
  }
}

/** Networks in their order. Words are put most significant first. */
export class NetworkWriter {
  readonly #files: Record<4 | 6, WordFile>;
  readonly counts: Record<4 | 6, number> = { 4: 0, 6: 0 };

  constructor(folder: string) {
    this.#files = {
      4: new WordFile(join(folder, 'networks-4')),
      6: new WordFile(join(folder, 'networks-6')),
    };
  }

  add(family: 4 | 6, low: bigint, high: bigint): void {
    this.counts[family] += 1;
    const file = this.#files[family];
    const words = WORDS[`networks-${family}`] / 2;
    for (const value of [low, high]) {
      for (let word = words - 1; word >= 0; word--) file.put(Number((value >> BigInt(32 * word)) & 0xffff_ffffn));
    }
  }

  close(): Record<string, { sizeBytes: number; sha256: string }> {
    return { 'networks-4': this.#files[4].close(), 'networks-6': this.#files[6].close() };
  }
}

/** Names in order of their bytes; their place is their number. */
export class NameWriter {
  readonly #starts: WordFile;
  readonly #names: WordFile;
  #at = 0;

  constructor(folder: string) {
    this.#starts = new WordFile(join(folder, 'name-starts'));
    this.#names = new WordFile(join(folder, NAMES));
  }

  add(values: readonly DuckDBValue[]): void {
    const bytes = values.map((value) => Buffer.from(String(value)));
    for (const one of bytes) {
      this.#start();
      this.#at += one.length;
    }
    this.#names.bytes(Buffer.concat(bytes));
  }

  #start(): void {
    this.#starts.put(this.#at % 0x1_0000_0000);
    this.#starts.put(Math.floor(this.#at / 0x1_0000_0000));
  }

  close(): Record<string, { sizeBytes: number; sha256: string }> {
    this.#start();
    return { 'name-starts': this.#starts.close(), [NAMES]: this.#names.close() };
  }
}
