/** What is asked: an address, a port if it is known, a time, and how far the clock that wrote it may be off. */
import { type Micros, textFrom } from '../base/interval.ts';
import { Problem } from '../base/problem.ts';
import { addressNumber } from './network.ts';

export type Question = {
  ip: string;
  port: number | null;
  time: Micros;
  /** How much later the time may have been because it was written to the minute or the hour only. */
  slackMicros?: Micros;
  toleranceSeconds: number;
};

/** Times in columns are doubles: exact to the microsecond up to the year 2255. */
export const LAST_TIME = Number.MAX_SAFE_INTEGER;

/**
 * Many questions as columns. An address is four words, most significant first; IPv4 is the first word alone.
 * `lo` and `hi` are the time with its tolerance, both included.
 */
export type Asked = {
  count: number;
  family: Uint8Array;
  words: Uint32Array;
  /** -1 where no port is known. */
  port: Int32Array;
  time: Float64Array;
  lo: Float64Array;
  hi: Float64Array;
};

export function asked(capacity: number): Asked {
  return {
    count: 0,
    family: new Uint8Array(capacity),
    words: new Uint32Array(capacity * 4),
    port: new Int32Array(capacity),
    time: new Float64Array(capacity),
    lo: new Float64Array(capacity),
    hi: new Float64Array(capacity),
  };
}

export function putAddress(into: Asked, index: number, family: 4 | 6, value: bigint): void {
  into.family[index] = family;
  const at = index * 4;
  if (family === 4) into.words[at] = Number(value);
  else for (let word = 0; word < 4; word++) into.words[at + word] = Number((value >> BigInt(96 - 32 * word)) & MASK);
}

const MASK = 0xffff_ffffn;

export function addressAt({ family, words }: Asked, index: number): bigint {
  const at = index * 4;
  if (family[index] === 4) return BigInt(words[at]!);
  let value = 0n;
  for (let word = 0; word < 4; word++) value = (value << 32n) | BigInt(words[at + word]!);
  return value;
}

/** Throws `attribution/not-an-address`, `attribution/not-a-port`, `attribution/time-range`. */
export function askedOf(questions: readonly Question[], clockErrorSeconds: number): Asked {
  const all = asked(questions.length);
  for (const [index, { ip, port, time, slackMicros = 0n, toleranceSeconds }] of questions.entries()) {
    const number = addressNumber(ip);
    if (!number)
      throw new Problem('attribution/not-an-address', `“${ip}” is not an IP address. Nothing was looked up.`);
    if (port !== null && !isPort(port)) {
      throw new Problem('attribution/not-a-port', `${port} is not a port: 0 to 65535. Nothing was looked up.`);
    }
    const tolerance = microsOf(toleranceSeconds, clockErrorSeconds);
    const [lo, hi] = [Number(time) - tolerance, Number(time + slackMicros) + tolerance];
    if (!(toleranceSeconds >= 0) || hi > LAST_TIME || lo < -LAST_TIME) {
      throw new Problem(
        'attribution/time-range',
        `${textFrom(time)} with a tolerance of ${toleranceSeconds} s is outside what can be looked up. Nothing was.`,
      );
    }
    putAddress(all, index, number.family, number.value);
    all.port[index] = port ?? -1;
    all.time[index] = Number(time);
    all.lo[index] = lo;
    all.hi[index] = hi;
  }
  all.count = questions.length;
  return all;
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 0 && port <= 65_535;
}

/** The tolerance of a question and the clock error of the log together, rounded up to the microsecond. */
export function microsOf(toleranceSeconds: number, clockErrorSeconds: number): number {
  return Math.ceil(Math.round((toleranceSeconds + clockErrorSeconds) * 1e9) / 1e3);
}
