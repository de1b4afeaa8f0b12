/**
 * Many questions against a log in one statement, in SQL that both engines read: which leases fit each, and what they add
 * up to. An equality join, so that the log is read once and every lease that fits is found, overlapping ones too.
 *
 * Questions of a crowded address (`hot`) are also joined by time: a lease stands in the slot of its length class in which
 * it began, and a question looks into the slots from which one of that class could still reach it.
 */

/** Bits of the slots, in microseconds: an hour, nineteen hours, twelve days, a year, all time. */
export const CLASSES = [32, 36, 40, 45, 62] as const;
const ALL_TIME = 62;

/** Keeps what is shifted above zero. */
const ORIGIN = 1n << 60n;

/** Questions of one address and block from which on time is part of the join. */
export const HOT = 16;

/** Of a lease: the smallest class no shorter than it. `b` and `e` are SQL; `e` is null for an open end. */
export function classSql(b: string, e: string): string {
  const steps = CLASSES.slice(0, -1).map((bits) => `when ${e} - ${b} <= ${2n ** BigInt(bits)} then ${bits}`);
  return `case when ${e} is null then ${ALL_TIME} ${steps.join(' ')} else ${ALL_TIME} end`;
}

/** The slot of a class that a time lies in; whole-number division, because both engines write it alike. */
export function slotSql(time: string, bits: string, divide: (value: string, by: string) => string): string {
  const sizes = CLASSES.slice(0, -1).map(
    (one) => `when ${one} then ${divide(`(${time} + ${ORIGIN})`, String(2n ** BigInt(one)))}`,
  );
  return `case ${bits} ${sizes.join(' ')} else 0 end`;
}

/** First and last slot in which a lease of the class may have begun that still holds an instant from `lo` to `hi`. */
export function slotRange(bits: number, lo: number, hi: number): [bigint, bigint] {
  if (bits === ALL_TIME) return [0n, 0n];
  const size = BigInt(bits);
  return [(BigInt(lo) + ORIGIN - (1n << size)) >> size, (BigInt(hi) + ORIGIN) >> size];
}
