/**
 * When the account was used, from where and through which address: the truth behind the rows of the Meta record.
 *
 * Use follows one profile of local hours. At home most goes through the line of the house, elsewhere through the phone;
 * some through a VPN; a few times another person used the account from a phone of their own.
 */
import { ASSOCIATE_PHONE, HOME_LINE, MOBILE_IPV6, SECOND_LINE, SENDER, VPN_EXITS } from './cast.ts';
import { type Chance, chance } from './chance.ts';
import { CENTRE, moved, type Point, rounded } from './city.ts';
import { LOCAL_ZONE, type Seconds, secondsFrom, wallClock } from './clock.ts';
import { type Lease, leaseAt } from './leases.ts';
import type { Life } from './life.ts';

export type Channel = 'home line' | 'second line' | 'mobile' | 'vpn' | 'another phone';

export type Login = {
  at: Seconds;
  ip: string;
  /** The source port as the account's company kept it; null where it kept none. */
  port: number | null;
  channel: Channel;
  /** The lease it truly went through; null for lines, VPN and IPv6. */
  lease: Lease | null;
  place: string;
  point: Point;
};

/** What the return itself says it covers: a few days more, at both ends, than what was ordered. */
export const RECORDED = { began: secondsFrom('2017-01-28T00:00:00Z'), ended: secondsFrom('2017-04-04T00:00:00Z') };

/** Share of a day's logins in each local hour, midnight first; sums to one. */
export const HOURS_OF_USE = [3.2, 1.4, 0.4, 0.1, 0.1, 0.1, 0.4, 1.2, 2, 2.2, 2, 2.2, 3, 2.6, 2.2, 2.4, 3.4, 4.6, 6.4, 8.6, 10.4,
  11, 9, 6.1].map((weight, _, all) => weight / all.reduce((sum, other) => sum + other, 0)); // biome-ignore format: 24 hours
const LOGINS_A_DAY = 6.1;
const PORT_KEPT = 0.5;
const OTHERS_USE = 0.015;

/** Logins by time. A local hour that a clock change skips has none. */
export function loginsOf(seed: number, life: Life, leases: Lease[]): Login[] {
  const draw = chance(seed, 'logins');
  const logins: Login[] = [];
  for (let hour = RECORDED.began; hour < RECORDED.ended; hour += 3600) {
    const share = HOURS_OF_USE[wallClock(hour, LOCAL_ZONE).hour]!;
    const times = Array.from({ length: draw.poisson(LOGINS_A_DAY * share) }, () => hour + draw.whole(0, 3599));
    for (const at of times.sort((a, b) => a - b)) logins.push(loginAt(at, life, leases, draw));
  }
  return logins;
}

function loginAt(at: Seconds, life: Life, leases: Lease[], draw: Chance): Login {
  const whereabouts = life.placeAt(at)?.name ?? 'on the way';
  const channel = channelAt(whereabouts, draw);
  const elsewhere = channel === 'another phone';
  const lease = leaseOf(channel, leases, at);
  const portSeen = lease ? draw.whole(lease.portLow, lease.portHigh) : draw.whole(32_768, 60_999);
  return {
    at,
    ip: addressOf(channel, lease, draw),
    port: draw.happens(elsewhere ? 1 : PORT_KEPT) ? portSeen : null,
    channel,
    lease,
    place: elsewhere ? 'elsewhere' : whereabouts,
    point: rounded(elsewhere ? moved(CENTRE, 2500, -1800) : life.pointAt(at, draw)),
  };
}

function channelAt(place: string, draw: Chance): Channel {
  if (draw.happens(OTHERS_USE)) return 'another phone';
  if (place === 'home') return (['home line', 'mobile', 'vpn'] as const)[draw.weighted([68, 24, 8])]!;
  if (place === 'second place') return (['second line', 'mobile', 'vpn'] as const)[draw.weighted([40, 54, 6])]!;
  return 'mobile';
}

function leaseOf(channel: Channel, leases: Lease[], at: Seconds): Lease | null {
  if (channel === 'mobile') return leaseAt(leases, SENDER.phone, at);
  return channel === 'another phone' ? leaseAt(leases, ASSOCIATE_PHONE, at) : null;
}

/** A phone without a block of its own at that instant goes out over IPv6, which needs none. */
function addressOf(channel: Channel, lease: Lease | null, draw: Chance): string {
  const interfaceId = () => Array.from({ length: 4 }, () => draw.whole(0x1000, 0xffff).toString(16)).join(':');
  switch (channel) {
    case 'home line':
      return draw.happens(0.12) ? HOME_LINE.ipv6 : HOME_LINE.ip;
    case 'second line':
      return SECOND_LINE.ip;
    case 'vpn':
      return draw.pick(VPN_EXITS);
    case 'mobile':
      return lease?.ip ?? `${MOBILE_IPV6}:${interfaceId()}`;
    case 'another phone':
      return lease?.ip ?? `2001:db8:b:5117:${interfaceId()}`;
  }
}
