/**
 * What the carrier's address translation did: which subscriber held which 512 ports of which shared address, and when.
 *
 * About forty subscribers share the gateway; a phone gets a block when it first needs one and gives it back when idle.
 * Blocks are handed on, so the same ports belong to different people on different days.
 */
import { ASSOCIATE_PHONE, COUNTERPARTS, GATEWAY, ORDERED, OTHER_SENDERS, SENDER, STORY } from './cast.ts';
import { chance } from './chance.ts';
import { isoUtc, type Seconds, secondsFrom } from './clock.ts';

export type Lease = {
  subscriber: string;
  began: Seconds;
  ended: Seconds;
  ip: string;
  portLow: number;
  /** The last port of the block, itself included. */
  portHigh: number;
};

export const SUBSCRIBERS = 40;
const FIRST_PORT = 1024;
const BLOCK = 512;
const BLOCKS = Math.floor((65_536 - FIRST_PORT) / BLOCK);
const ADDRESS_HELD_SECONDS = 8 * 86_400;

/** All leases of the story, by start. */
export function leasesOf(seed: number): Lease[] {
  const draw = chance(seed, 'leases');
  const [start, stop] = [secondsFrom(`${STORY.firstDay}T00:00:00Z`), secondsFrom(`${STORY.lastDay}T00:00:00Z`)];
  const waiting = subscribersOf(seed).map((phone) => ({ phone, from: start + Math.round(draw.exponential(3600)) }));
  const leases: Lease[] = [];
  let held: Lease[] = [];
  for (;;) {
    waiting.sort((a, b) => a.from - b.from || (a.phone < b.phone ? -1 : 1));
    const next = waiting[0]!;
    if (next.from >= stop) return leases;
    const ip = GATEWAY[Math.floor((next.from - start) / ADDRESS_HELD_SECONDS) % GATEWAY.length]!;
    held = held.filter((lease) => lease.ended > next.from);
    const taken = new Set(held.filter((lease) => lease.ip === ip).map((lease) => lease.portLow));
    const free = Array.from({ length: BLOCKS }, (_, n) => FIRST_PORT + n * BLOCK).filter((port) => !taken.has(port));
    const portLow = draw.pick(free);
    const ended = next.from + Math.round(Math.min(24, 0.5 + draw.exponential(8.2)) * 3600);
    const lease = { subscriber: next.phone, began: next.from, ended, ip, portLow, portHigh: portLow + BLOCK - 1 };
    leases.push(lease);
    held.push(lease);
    next.from = ended + 60 + Math.round(draw.exponential(2700));
  }
}

/** The leases the carrier handed over: all that overlap the ordered dates. */
export function loggedLeases(leases: Lease[]): Lease[] {
  return leases.filter(({ began, ended }) => began < ORDERED.ended && ended > ORDERED.began);
}

/** `subscriber,start,end,public_ip,port_low,port_high`, times in UTC. */
export function natLogCsv(leases: Lease[]): string {
  const lines = loggedLeases(leases).map(({ subscriber, began, ended, ip, portLow, portHigh }) =>
    [subscriber, isoUtc(began), isoUtc(ended), ip, portLow, portHigh].join(','),
  );
  return `${['subscriber,start,end,public_ip,port_low,port_high', ...lines].join('\n')}\n`;
}

export function leaseAt(leases: Lease[], subscriber: string, at: Seconds): Lease | null {
  return leases.find((lease) => lease.subscriber === subscriber && lease.began <= at && at < lease.ended) ?? null;
}

function subscribersOf(seed: number): string[] {
  const others = OTHER_SENDERS.map(({ phone }) => phone) as string[];
  const used = new Set<string>([SENDER.phone, ASSOCIATE_PHONE, ...COUNTERPARTS, ...others]);
  const free = Array.from({ length: 100 }, (_, n) => `+157555501${String(n).padStart(2, '0')}`);
  const rest = chance(seed, 'subscribers').shuffled(free.filter((phone) => !used.has(phone)));
  return [SENDER.phone, ASSOCIATE_PHONE, ...rest.slice(0, SUBSCRIBERS - 2)];
}
