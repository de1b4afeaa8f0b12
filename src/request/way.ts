/**
 * The way of a request as data: from which state an act leads to which, and what must hold first.
 *
 * There is no other way. Guards are named here and written in `guards.ts`; `file.ts` takes the step.
 */
import type { ActName } from './act.ts';

export const STATES = [
  'received', 'verifying', 'verified', 'in_review', 'pushed_back', 'narrowed', 'approved', 'part_approved', 'rejected',
  'notice_wait', 'ea_hold', 'collecting', 'qa', 'produced', 'acknowledged', 'closed', 'withdrawn', 'stayed',
  'p_active', 'p_renewed', 'p_converted', 'p_released', 'p_expired',
  'pr_active', 'pr_extended', 'pr_held_for_production', 'pr_ended', 'pr_expired',
] as const; // biome-ignore format: the main way, the side ways, holds of the United States and of the Union

export type State = (typeof STATES)[number];

export const ENDED: readonly State[] = [
  'closed', 'rejected', 'withdrawn', 'p_converted', 'p_released', 'p_expired', 'pr_ended', 'pr_expired',
]; // biome-ignore format: a list

/** Where a hold lives. */
export const HELD: readonly State[] = ['p_active', 'p_renewed', 'pr_active', 'pr_extended', 'pr_held_for_production'];

const OPEN: readonly State[] = STATES.filter((state) => !ENDED.includes(state));

/** Before anything was handed over: a stay, a withdrawal or an end can still keep it here. */
const BEFORE_PRODUCTION: readonly State[] = [
  'received', 'verifying', 'verified', 'in_review', 'pushed_back', 'narrowed', 'approved', 'part_approved', 'notice_wait',
  'ea_hold', 'collecting', 'qa',
]; // biome-ignore format: a list

export type GuardName =
  | 'not a party to the request'
  | 'it was verified who asks'
  | 'the assurance floor is met'
  | 'no identity finding is open'
  | 'an identity finding rejects it'
  | 'this version was judged'
  | 'every item is decided'
  | 'every open finding was answered'
  | 'something is pushed back, and the letter says so'
  | 'nothing is said to a fraud'
  | 'every item is rejected'
  | 'the same requester'
  | 'narrower than before'
  | 'the requester accepted in writing'
  | 'not the only person who decided'
  | 'approved for exactly this'
  | 'approved as often as it needs'
  | 'it is a production'
  | 'it is a preservation'
  | 'a valid order or ground keeps it silent'
  | 'the notice is due before production'
  | 'nothing forbids telling the user'
  | 'the wait is over'
  | 'the enforcing authority has cleared it'
  | 'rows within approved items only'
  | 'another person than who collected'
  | 'what was checked is what was collected'
  | 'checked by another person'
  | 'the recipient confirms this package'
  | 'the hold may be renewed'
  | 'the hold has ended'
  | 'a later paper reaches the snapshot'
  | 'the issuer was authenticated'
  | 'the cure is overdue or nothing is left to do'
  | 'the waiting for the enforcing authority applies';

/** Where a step ends when that follows from what was done: worked out in `file.ts`. */
export type Landing =
  | 'approved, as a whole or in part, once all approvals are there'
  | 'verified, or verifying when it never was'
  | 'a hold of its kind'
  | 'a longer hold of its kind'
  | 'the end of a hold of its kind';

export type Step = {
  from: readonly State[];
  act: ActName;
  /** Which of several steps of the same act this is; the first that applies is taken. */
  when?: GuardName;
  /** `stay`: the act changes the file, not the state. `back`: to where it was before the stay. */
  to: State | 'stay' | 'back' | Landing;
  guards: readonly GuardName[];
};

export const WAY: readonly Step[] = [
  { from: ['received'], act: 'assign', to: 'verifying', guards: ['not a party to the request'] },
  { from: ['verifying', 'verified', 'in_review'], act: 'assign', to: 'stay', guards: ['not a party to the request'] },
  { from: ['verifying', 'verified', 'in_review'], act: 'call back', to: 'stay', guards: ['not a party to the request'] },
  { from: ['verifying', 'verified', 'in_review'], act: 'second check', to: 'stay', guards: ['not a party to the request'] },
  { from: ['received', 'verifying', 'verified', 'in_review', 'narrowed'], act: 'give reason', to: 'stay', guards: ['not a party to the request'] },
  { from: ['verifying'], act: 'verify', when: 'an identity finding rejects it', to: 'rejected', guards: ['not a party to the request'] },
  { from: ['verifying'], act: 'verify', to: 'verified', guards: ['not a party to the request', 'the assurance floor is met', 'no identity finding is open'] },
  { from: ['verified', 'in_review', 'narrowed'], act: 'resolve', to: 'stay', guards: ['not a party to the request'] },
  { from: ['verified', 'in_review', 'narrowed'], act: 'review', to: 'in_review', guards: ['not a party to the request', 'it was verified who asks', 'the assurance floor is met'] },
  { from: ['in_review'], act: 'decide', to: 'stay', guards: ['not a party to the request', 'this version was judged'] },
  { from: ['verifying', 'in_review'], act: 'send letter', when: 'something is pushed back, and the letter says so', to: 'pushed_back', guards: [] },
  { from: OPEN.filter((state) => state !== 'stayed'), act: 'send letter', to: 'stay', guards: ['nothing is said to a fraud'] },
  { from: ['rejected', 'closed', 'p_expired', 'pr_expired', 'withdrawn'], act: 'send letter', to: 'stay', guards: ['nothing is said to a fraud'] },
  { from: ['pushed_back'], act: 'cure', to: 'verified, or verifying when it never was', guards: ['the same requester'] },
  { from: ['in_review', 'pushed_back'], act: 'narrow', to: 'narrowed', guards: ['it was verified who asks', 'the same requester', 'narrower than before', 'the requester accepted in writing'] },
  { from: ['in_review'], act: 'reject', to: 'rejected', guards: ['not a party to the request', 'this version was judged', 'every item is rejected'] },
  { from: ['in_review'], act: 'approve', to: 'approved, as a whole or in part, once all approvals are there', guards: ['not a party to the request', 'this version was judged', 'every item is decided', 'every open finding was answered', 'approved for exactly this', 'not the only person who decided'] },
  { from: ['approved', 'part_approved', 'ea_hold', 'collecting', 'qa', 'notice_wait', 'in_review'], act: 'enforcing authority', to: 'stay', guards: ['not a party to the request'] },
  { from: ['approved', 'part_approved'], act: 'decide notice', when: 'the waiting for the enforcing authority applies', to: 'ea_hold', guards: ['not a party to the request', 'it is a production', 'a valid order or ground keeps it silent', 'nothing forbids telling the user'] },
  { from: ['approved', 'part_approved'], act: 'decide notice', when: 'the notice is due before production', to: 'notice_wait', guards: ['not a party to the request', 'it is a production', 'nothing forbids telling the user'] },
  { from: ['approved', 'part_approved'], act: 'decide notice', to: 'collecting', guards: ['not a party to the request', 'it is a production', 'a valid order or ground keeps it silent'] },
  { from: ['rejected'], act: 'decide notice', to: 'stay', guards: ['not a party to the request', 'it is a production', 'it was verified who asks', 'a valid order or ground keeps it silent', 'nothing forbids telling the user'] },
  { from: ['notice_wait', 'collecting', 'qa', 'produced', 'acknowledged', 'closed', 'rejected'], act: 'notify user', to: 'stay', guards: [] },
  { from: ['notice_wait'], act: 'collect', to: 'qa', guards: ['not a party to the request', 'the wait is over', 'rows within approved items only'] },
  { from: ['ea_hold'], act: 'collect', to: 'qa', guards: ['not a party to the request', 'the enforcing authority has cleared it', 'rows within approved items only'] },
  { from: ['collecting'], act: 'collect', to: 'qa', guards: ['not a party to the request', 'rows within approved items only'] },
  { from: ['qa'], act: 'return for correction', to: 'collecting', guards: [] },
  { from: ['qa'], act: 'check', to: 'stay', guards: ['not a party to the request', 'another person than who collected', 'what was checked is what was collected'] },
  { from: ['qa'], act: 'package', to: 'produced', guards: ['not a party to the request', 'approved as often as it needs', 'checked by another person', 'rows within approved items only', 'the enforcing authority has cleared it'] },
  { from: ['produced'], act: 'acknowledge', to: 'acknowledged', guards: ['the recipient confirms this package'] },
  { from: ['produced', 'acknowledged', 'closed'], act: 'follow up', to: 'stay', guards: [] },
  { from: ['acknowledged', 'produced'], act: 'close', to: 'closed', guards: [] },
  { from: ['pushed_back', 'rejected', 'received', 'verifying', 'verified', 'in_review'], act: 'close', to: 'closed', guards: ['the cure is overdue or nothing is left to do'] },
  { from: BEFORE_PRODUCTION, act: 'stay', to: 'stayed', guards: [] },
  { from: ['stayed'], act: 'lift stay', to: 'back', guards: [] },
  { from: [...BEFORE_PRODUCTION, 'stayed', ...HELD], act: 'withdraw', to: 'withdrawn', guards: ['the issuer was authenticated'] },
  { from: ['approved', 'part_approved'], act: 'preserve', to: 'a hold of its kind', guards: ['it is a preservation', 'approved as often as it needs'] },
  { from: ['p_active', 'pr_active', 'pr_extended'], act: 'renew', to: 'a longer hold of its kind', guards: ['the hold may be renewed'] },
  { from: HELD, act: 'convert', to: 'p_converted', guards: ['a later paper reaches the snapshot'] },
  { from: HELD, act: 'release hold', to: 'the end of a hold of its kind', guards: ['the hold has ended'] },
]; // biome-ignore format: one line a step
