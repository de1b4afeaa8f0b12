/**
 * What really happened, and what a faithful import must therefore count. No program but a test may read it.
 *
 * The counts follow from the story alone: nothing here calls the code that decides scope.
 */
import type { BankAccount } from './bank.ts';
import type { Call } from './calls.ts';
import { BANK, GATEWAY, ORDERED, SENDER } from './cast.ts';
import type { Agent, City, Place, Point } from './city.ts';
import { isoUtc, type Seconds } from './clock.ts';
import { type Lease, loggedLeases, SUBSCRIBERS } from './leases.ts';
import { type Channel, HOURS_OF_USE, type Login } from './logins.ts';
import type { MetaReturn } from './meta.ts';
import { HABITUAL_HOURS, type Transfer } from './transfers.ts';

/** What the leases an examiner may read say of a login: in range, of the subscriber, and not straddling. */
type Comparison =
  /** Address, time and port fall in a block of the subscriber. */
  | 'one'
  /** Address and time fit, and no port was kept: every subscriber of that address could have made the row. */
  | 'several'
  /** A shared address of the carrier, and no lease of the subscriber fits. */
  | 'no match'
  /** A line, a VPN or IPv6: port blocks say nothing of it. */
  | 'cannot tell';

type Counts = { rows: number; kept: number; sealed: Record<string, number>; repeated: number };

export type Truth = {
  seed: number;
  subscriber: string;
  facebookId: string;
  home: Place;
  second: Place;
  agents: Agent[];
  /** Local hours with every habitual transfer, `from ≤ hour < to`, what they gather around, and how many are in range. */
  hours: { from: number; to: number; peak: number; zone: string; habitual: number; transfers: number };
  /** Intensity of logins by local hour, midnight first, summing to one. */
  hoursOfUse: number[];
  subscribersSharing: number;
  transfers: { reference: string; sent: string; agent: string; point: Point; inRange: boolean; habitual: boolean }[];
  /** In the order of the rows of `records.html`; `row` counts from one. */
  logins: {
    row: number; at: string; ip: string; port: number | null; inRange: boolean; place: string; point: Point; channel: Channel;
    lease: { subscriber: string; began: string; ended: string; ip: string; portLow: number; portHigh: number } | null;
    /** Null when the row is out of range. */
    comparison: Comparison | null;
  }[]; // biome-ignore format: rows
  calls: {
    at: string;
    medium: string;
    place: string;
    point: Point;
    inRange: boolean;
    site: string | null;
    sector: string | null;
  }[];
  /** Rows with a time, by file: `file` or `file!inner file`. States of an account are in `facts`. */
  counts: Record<string, Counts>;
  /** Rows of the sections about facts, by file and section; that a section is empty is a fact too. */
  facts: Record<string, Record<string, number>>;
};

type Happened = {
  seed: number;
  city: City;
  transfers: Transfer[];
  strangers: Transfer[];
  leases: Lease[];
  meta: MetaReturn;
  calls: Call[];
  accounts: BankAccount[];
};
export type FileNames = { meta: string; calls: string; leases: string; transfers: string; bank: string };

export function truthOf(happened: Happened, names: FileNames): Truth {
  const { seed, city, transfers, meta, calls, leases } = happened;
  const readable = leases.filter((lease) => lease.subscriber === SENDER.phone && isWithin(lease));
  const inRange = transfers.filter(({ sent }) => isOrdered(sent));
  return {
    seed,
    subscriber: SENDER.phone,
    facebookId: SENDER.facebookId,
    ...city,
    hours: {
      ...HABITUAL_HOURS,
      zone: 'America/Denver',
      habitual: inRange.filter(({ habitual }) => habitual).length,
      transfers: inRange.length,
    },
    hoursOfUse: HOURS_OF_USE,
    subscribersSharing: SUBSCRIBERS,
    transfers: transfers.map(({ reference, sent, agent, habitual }) => ({
      reference,
      sent: isoUtc(sent),
      agent: agent.name,
      point: pointOf(agent),
      inRange: isOrdered(sent),
      habitual,
    })),
    logins: meta.logins.map((login, n) => loginTruth(login, n + 1, readable)),
    calls: calls.map(({ at, medium, place, point, first }) => ({
      at: isoUtc(at),
      medium,
      place,
      point,
      inRange: isOrdered(at),
      site: first?.site.site ?? null,
      sector: first?.sector.sector ?? null,
    })),
    counts: countsOf(happened, names),
    facts: {
      [`${names.meta}!records.html`]: meta.facts,
      [`${names.meta}!preservation-1.html`]: meta.facts,
      [`${names.meta}!1190077.zip!records.html`]: meta.other.facts,
      // One of each for either account.
      [names.bank]: { account: 2, balance: 2 },
    },
  };
}

function loginTruth(login: Login, row: number, readable: Lease[]): Truth['logins'][number] {
  const { at, ip, port, place, point, channel, lease } = login;
  return {
    row,
    at: isoUtc(at),
    ip,
    port,
    inRange: isOrdered(at),
    place,
    point,
    channel,
    lease: lease && { ...lease, began: isoUtc(lease.began), ended: isoUtc(lease.ended) },
    comparison: isOrdered(at) ? comparisonOf(login, readable) : null,
  };
}

function comparisonOf({ at, ip, port }: Login, readable: Lease[]): Comparison {
  if (!(GATEWAY as readonly string[]).includes(ip)) return 'cannot tell';
  const fitting = readable.filter((lease) => lease.ip === ip && lease.began <= at && at < lease.ended);
  if (port === null) return fitting.length > 0 ? 'several' : 'no match';
  return fitting.some(({ portLow, portHigh }) => portLow <= port && port <= portHigh) ? 'one' : 'no match';
}

function countsOf(happened: Happened, names: FileNames): Truth['counts'] {
  const { transfers, strangers, leases, meta, calls, accounts } = happened;
  const logged = loggedLeases(leases);
  const [checking, savings] = [
    accounts.find(({ id }) => id === BANK.checking)!,
    accounts.find(({ id }) => id !== BANK.checking)!,
  ];
  const timed = (instants: Seconds[], others = 0): Counts => {
    const outside = instants.filter((at) => !isOrdered(at)).length;
    const sealed = { 'outside the range': outside, 'another account': others };
    return counts(instants.length + others, sealed);
  };
  // The registration, years before, is an event with an address as well.
  const recorded = (logins: Login[]) => timed([SENDER.registered, ...logins.map(({ at }) => at)]);
  const repeats = recorded(meta.repeated);
  const theirs = logged.filter((lease) => lease.subscriber !== SENDER.phone).length;
  const straddling = logged.filter((lease) => lease.subscriber === SENDER.phone && !isWithin(lease)).length;
  return {
    [`${names.meta}!records.html`]: recorded(meta.logins),
    // Every row of the snapshot is in the record as well: it may be counted as a duplicate instead of kept or sealed.
    [`${names.meta}!preservation-1.html`]: { ...repeats, repeated: repeats.rows },
    [`${names.meta}!1190077.zip!records.html`]: timed([], meta.other.logins),
    [names.calls]: timed(calls.map(({ at }) => at)),
    [names.leases]: counts(logged.length, { 'another account': theirs, 'straddles the range': straddling }),
    [names.transfers]: timed(
      transfers.map(({ sent }) => sent),
      strangers.length,
    ),
    [names.bank]: timed(
      checking.entries.map(({ at }) => at),
      savings.entries.length,
    ),
  };
}

function counts(rows: number, sealedBy: Record<string, number>): Counts {
  const sealed = Object.fromEntries(Object.entries(sealedBy).filter(([, count]) => count > 0));
  const kept = rows - Object.values(sealed).reduce((sum, count) => sum + count, 0);
  return { rows, kept, sealed, repeated: 0 };
}

function isOrdered(at: Seconds): boolean {
  return ORDERED.began <= at && at < ORDERED.ended;
}

function isWithin({ began, ended }: { began: Seconds; ended: Seconds }): boolean {
  return ORDERED.began <= began && ended <= ORDERED.ended;
}

function pointOf({ latitude, longitude }: Point): Point {
  return { latitude, longitude };
}
