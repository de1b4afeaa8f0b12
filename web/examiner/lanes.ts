/** Logins, contacts and transfers on one clock, as lanes of a stretch of time: which of them lie in it, and where. */

export type Login = {
  id: string;
  account: string;
  began: string;
  ip: string;
  port: number | null;
  answer: 'one' | 'several' | 'none' | 'cannot tell';
  subscribersInScope: number;
  subscriber: string | null;
  leases: number;
  marginSeconds: number | null;
  words: string;
};

export type Lane = {
  name: string;
  /** `to` is the end of what lasts, such as a lease. */
  marks: { at: number; to?: number; login: number | null }[];
};
export type Stretch = { began: number; ended: number };

const ANSWERS = ['one', 'several', 'none', 'cannot tell'] as const;

/** A lane for each answer, then one for each other kind of record. */
export function lanesOf(
  logins: readonly Login[],
  others: ReadonlyMap<string, readonly { at: number; to: number }[]>,
): Lane[] {
  return [
    ...ANSWERS.map((answer) => ({
      name: answer,
      marks: logins.flatMap((login, index) =>
        login.answer === answer ? [{ at: Date.parse(login.began), login: index }] : [],
      ),
    })),
    ...[...others].map(([name, times]) => ({ name, marks: times.map(({ at, to }) => ({ at, to, login: null })) })),
  ];
}

/** The days, in UTC, on which any login lies; each a stretch. */
export function daysOf(logins: readonly Login[]): Stretch[] {
  const DAY = 86_400_000;
  const days = new Set(logins.map(({ began }) => Math.floor(Date.parse(began) / DAY)));
  return [...days].sort((a, b) => a - b).map((day) => ({ began: day * DAY, ended: (day + 1) * DAY }));
}

/** What lies in a stretch, half-open; of what lasts also what only reaches into it. */
export function within(lane: Lane, { began, ended }: Stretch): Lane['marks'] {
  return lane.marks.filter(({ at, to = at }) => at < ended && (at >= began || to > began));
}
