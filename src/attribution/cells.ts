/** Cells of a delimited table written as bytes, quoted where they must be (RFC 4180). */
import { createHash } from 'node:crypto';
import { textFrom } from '../base/interval.ts';
import type { Cells } from './log.ts';

const [LF, CR, SPACE, QUOTE, DOT, ZERO, COLON, Z, BACKSLASH] = [10, 13, 32, 34, 46, 48, 58, 90, 92];
/** A JSON array as a quoted cell: its quotes are doubled. */
const [LIST_START, LIST_MORE, LIST_END] = ['"[""', '"",""', '""]"'].map((text) => Buffer.from(text)) as [
  Buffer,
  Buffer,
  Buffer,
];
/** Longer ones are copied by the engine at once. */
const LONG_BYTES = 32;
const DATES_HELD = 4096;
const FULL_BYTES = 1 << 20;
const MICROS_PER_DAY = 86_400_000_000;
/** Times of four-digit years, which are written here; others are left to `textFrom`. */
const [FIRST_DAY, LAST_DAY] = [-719_162, 2_932_896];

export class CellWriter implements Cells {
  sizeBytes = 0;
  readonly #hash = createHash('sha256');
  readonly #delimiter: number;
  readonly #sink: (bytes: Uint8Array) => void | Promise<void>;
  #buffer = Buffer.allocUnsafe(FULL_BYTES * 2);
  #at = 0;
  readonly #dates = new Map<number, Buffer>();

  /** `sink` must be done with the bytes when it returns or its promise is kept. */
  constructor(delimiter: number, sink: (bytes: Uint8Array) => void | Promise<void>) {
    this.#delimiter = delimiter;
    this.#sink = sink;
  }

  /** Whether it is time to `flush`. */
  get full(): boolean {
    return this.#at >= FULL_BYTES;
  }

  async flush(): Promise<void> {
    const bytes = this.#buffer.subarray(0, this.#at);
    this.#hash.update(bytes);
    this.sizeBytes += bytes.length;
    this.#at = 0;
    await this.#sink(bytes);
  }

  /** Hands on what another writer made. */
  async pass(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    this.sizeBytes += bytes.length;
    await this.#sink(bytes);
  }

  digest(): string {
    return this.#hash.digest('hex');
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#at + bytes));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }

  next(): void {
    this.#room(1);
    this.#buffer[this.#at++] = this.#delimiter;
  }

  /** Bytes as they are, without quoting. */
  raw(bytes: Buffer, from = 0, to = bytes.length): void {
    this.#room(to - from);
    const buffer = this.#buffer;
    let at = this.#at;
    if (to - from > LONG_BYTES) {
      bytes.copy(buffer, at, from, to);
      at += to - from;
    } else for (let index = from; index < to; index++) buffer[at++] = bytes[index]!;
    this.#at = at;
  }

  bytes(bytes: Uint8Array, from: number, to: number): void {
    this.#room(to - from);
    const buffer = this.#buffer;
    const delimiter = this.#delimiter;
    let at = this.#at;
    for (let index = from; index < to; index++) {
      const byte = bytes[index]!;
      if (byte === delimiter || byte === QUOTE || byte === LF || byte === CR) {
        this.#quoted(bytes, from, to);
        return;
      }
      buffer[at++] = byte;
    }
    this.#at = at;
  }

  #quoted(bytes: Uint8Array, from: number, to: number): void {
    this.#room((to - from) * 2 + 2);
    this.#buffer[this.#at++] = QUOTE;
    for (let index = from; index < to; index++) {
      if (bytes[index] === QUOTE) this.#buffer[this.#at++] = QUOTE;
      this.#buffer[this.#at++] = bytes[index]!;
    }
    this.#buffer[this.#at++] = QUOTE;
  }

  list(bytes: Buffer, places: readonly number[]): void {
    for (let place = 0; place < places.length; place += 2) {
      for (let index = places[place]!; index < places[place + 1]!; index++) {
        const byte = bytes[index]!;
        if (byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH) continue;
        const texts = Array.from({ length: places.length / 2 }, (_, one) =>
          bytes.toString('utf8', places[one * 2], places[one * 2 + 1]),
        );
        this.text(JSON.stringify(texts));
        return;
      }
    }
    for (let place = 0; place < places.length; place += 2) {
      this.raw(place === 0 ? LIST_START : LIST_MORE);
      this.raw(bytes, places[place]!, places[place + 1]!);
    }
    this.raw(LIST_END);
  }

  text(text: string): void {
    const bytes = Buffer.from(text);
    this.bytes(bytes, 0, bytes.length);
  }

  whole(value: number): void {
    this.#room(16);
    let count = 1;
    for (let limit = 10; value >= limit; limit *= 10) count += 1;
    this.#digits(value, count);
  }

  #digits(value: number, count: number): void {
    const buffer = this.#buffer;
    let rest = value >>> 0;
    for (let place = this.#at + count - 1; place >= this.#at; place--) {
      const tens = (rest / 10) >>> 0;
      buffer[place] = ZERO + rest - tens * 10;
      rest = tens;
    }
    this.#at += count;
  }

  #two(value: number): void {
    const tens = (value / 10) | 0;
    this.#buffer[this.#at++] = ZERO + tens;
    this.#buffer[this.#at++] = ZERO + value - tens * 10;
  }

  exactTime(micros: bigint): void {
    this.text(textFrom(micros));
  }

  fourBytes(value: number): void {
    for (let shift = 24; shift >= 0; shift -= 8) {
      this.whole((value >>> shift) & 255);
      if (shift > 0) this.#buffer[this.#at++] = DOT;
    }
  }

  /** As `textFrom` writes it. */
  time(micros: number): void {
    const day = Math.floor(micros / MICROS_PER_DAY);
    if (!(day >= FIRST_DAY && day <= LAST_DAY)) {
      this.text(textFrom(BigInt(micros)));
      return;
    }
    this.raw(this.#dateOf(day));
    this.#room(16);
    const rest = micros - day * MICROS_PER_DAY;
    const second = (rest / 1e6) | 0;
    const minute = (second / 60) | 0;
    const hour = (minute / 60) | 0;
    this.#two(hour);
    this.#buffer[this.#at++] = COLON;
    this.#two(minute - hour * 60);
    this.#buffer[this.#at++] = COLON;
    this.#two(second - minute * 60);
    const fraction = rest - second * 1e6;
    if (fraction > 0) {
      this.#buffer[this.#at++] = DOT;
      this.#digits(fraction, 6);
      while (this.#buffer[this.#at - 1] === ZERO) this.#at -= 1;
    }
    this.#buffer[this.#at++] = Z;
  }

  #dateOf(day: number): Buffer {
    const held = this.#dates.get(day);
    if (held) return held;
    if (this.#dates.size >= DATES_HELD) this.#dates.clear();
    const date = Buffer.from(new Date(day * 86_400_000).toISOString().slice(0, 11));
    this.#dates.set(day, date);
    return date;
  }
}
