/** A table of logins as it arrives: its header, and then its bytes in blocks. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Problem } from '../base/problem.ts';
import { type RowPlan, RowReader } from './login-rows.ts';

export type TableForm = {
  columns?: { ip?: string; port?: string; time?: string } | undefined;
  /** One ASCII character; a comma unless given. */
  delimiter?: string | undefined;
  /** For times that carry none; an IANA name or an offset that someone declares. */
  zone?: string | undefined;
  /** Times as text unless given: otherwise a count since 1970. */
  unit?: 's' | 'ms' | 'us' | undefined;
};

export type LoginHeader = { bytes: Buffer; isCrlf: boolean; plan: RowPlan };

/** `isPlain`: no quotes, so that every line is a row; and it ends with a whole one. */
export type Block = { bytes: Buffer; ended: boolean; isPlain: boolean };

const BLOCK_BYTES = 64 << 20;
const HEADER_BYTES = 1 << 20;
const READ_BYTES = 4 << 20;
const [LF, CR, QUOTE] = [10, 13, 34];

export class LoginTable {
  readonly #form: TableForm;
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #hash = createHash('sha256');
  #held: Buffer = Buffer.alloc(0);
  #ended = false;

  constructor(source: string | AsyncIterable<Uint8Array>, form: TableForm) {
    this.#form = form;
    this.#source = (typeof source === 'string' ? bytesOf(source) : source)[Symbol.asyncIterator]();
  }

  /** `tolerance` in microseconds. Throws `attribution/columns` when a column that is needed is not there. */
  async header(tolerance: number): Promise<LoginHeader> {
    await this.#fill(HEADER_BYTES);
    const bytes = this.#held;
    const { zone, unit, columns } = this.#form;
    const delimiter = (this.#form.delimiter ?? ',').charCodeAt(0);
    const start = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    const names: string[] = [];
    const plan: RowPlan = { delimiter, columns: 0, wanted: [-1, -1, -1], zone, unit, tolerance };
    const reader = new RowReader(plan);
    const next = reader.row(bytes, start, this.#ended, (from, to, doubled) => {
      const name = bytes.toString('utf8', from, to);
      names.push(doubled ? name.replaceAll('""', '"') : name);
    });
    if (next <= 0)
      throw new Problem('attribution/columns', 'The table has no header row that can be read. Nothing was looked up.');
    plan.columns = names.length;
    plan.wanted = [
      placeOf(names, columns?.ip ?? 'ip', true),
      placeOf(names, columns?.port ?? 'port', columns?.port !== undefined),
      placeOf(names, columns?.time ?? 'time', true),
    ];
    this.#held = bytes.subarray(next);
    return { bytes: Buffer.from(bytes.subarray(0, reader.end)), isCrlf: bytes[reader.end] === CR, plan };
  }

  /** SHA-256 of all bytes read. */
  digest(): string {
    return this.#hash.digest('hex');
  }

  /** The next bytes, or null at the end. What of them is not used is given back with `keep`. */
  async block(): Promise<Block | null> {
    await this.#fill(BLOCK_BYTES);
    const bytes = this.#held;
    if (bytes.length === 0) return null;
    this.#held = Buffer.alloc(0);
    if (bytes.includes(QUOTE)) return { bytes, ended: this.#ended, isPlain: false };
    const end = this.#ended ? bytes.length : bytes.lastIndexOf(LF) + 1;
    this.#held = bytes.subarray(end);
    return end === 0
      ? { bytes, ended: false, isPlain: false }
      : { bytes: bytes.subarray(0, end), ended: this.#ended, isPlain: true };
  }

  keep(bytes: Buffer): void {
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([bytes, this.#held]);
  }

  /** Holds more than it did, up to `bytes` bytes, or all that is left. */
  async #fill(bytes: number): Promise<void> {
    const parts: Uint8Array[] = [this.#held];
    for (let size = this.#held.length; size < bytes && !this.#ended; ) {
      const { value, done } = await this.#source.next();
      if (done) this.#ended = true;
      else {
        parts.push(value);
        this.#hash.update(value);
        size += value.length;
      }
    }
    if (parts.length > 1) this.#held = Buffer.concat(parts);
  }
}

function placeOf(names: readonly string[], wanted: string, isNeeded: boolean): number {
  const places = names.flatMap((name, place) => (name.trim().toLowerCase() === wanted.toLowerCase() ? [place] : []));
  if (places.length > 1 || (places.length === 0 && isNeeded)) {
    throw new Problem(
      'attribution/columns',
      `The table has ${places.length === 0 ? 'no' : 'more than one'} column ${wanted}. Nothing was looked up. Its columns are ${names.join(', ')}.`,
      { column: wanted },
    );
  }
  return places[0] ?? -1;
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(READ_BYTES));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
