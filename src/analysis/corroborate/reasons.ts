/** Why a login got its answer, in words a reader can check against the rows. */
import { counted } from '../place/figures.ts';

export const REASONS = {
  held: 'One lease in scope has this address and port, and holds the login with the whole clock allowance on either side.',
  alone:
    'One subscriber’s lease fits, and the leases of everyone who held this address are in scope: no other fits within the clock allowance.',
  neighbour: 'Leases of more than one subscriber fit within the clock allowance.',
  shared: 'The login has no source port, and the address was shared by port blocks of more than one subscriber.',
  'no port':
    'The login has no source port, and the address is shared by port blocks: everyone behind it could have made the row. The leases of others are sealed.',
  absent: 'The lease log speaks of this address and this time, and no lease in it fits.',
  edge: 'A lease fits only at its edge, within the clock allowance: who held the port just before or after is sealed.',
  unsure: 'A lease whose beginning or end is not in its log could reach this far.',
  address: 'No lease of this address was produced: the log says nothing of it.',
  family:
    'Not comparable: the log holds addresses of the other family only, and a translator’s own log would be needed.',
  uncovered: 'Outside the time for which the lease log can show absence.',
  inside: 'An inside address of a network: it needs that network’s own translation log.',
  time: 'The time of the login is known to the day at best.',
} as const;

export type Reason = keyof typeof REASONS;

/** The reason with its numbers. `sharing` is a carrier's statement of how many share the address. */
export function inWords(
  reason: Reason,
  { subscribers, against }: { subscribers: number; against: number },
  sharing: number | null,
): string {
  if (reason === 'neighbour' || reason === 'shared')
    return `${REASONS[reason]} In scope: ${counted(subscribers, 'subscriber')}.`;
  if (reason === 'no port') {
    return `${REASONS[reason]} ${sharing === null ? 'How many that is was not stated.' : `The number given for the address is ${sharing}.`}`;
  }
  if (reason === 'absent' && against > 0)
    return `${REASONS[reason]} This counts against ${counted(against, 'subscriber')} named.`;
  return REASONS[reason];
}
