/**
 * Who held an address: one, several, none, or cannot tell, each for a reason from a closed list.
 *
 * It says whose lease it was, not who was at the keyboard. "None" is said only where the log is declared complete;
 * outside that it cannot tell.
 */
import type { Interval, Micros } from '../base/interval.ts';

export const ANSWERS = ['one', 'several', 'none', 'cannot tell'] as const;
export type AnswerWord = (typeof ANSWERS)[number];

/** Every reason, the answer it goes with, and what it says. */
export const REASONS = {
  held: ['one', 'The log names one subscriber for this address and port at this time and within the tolerance.'],
  'at the edge': [
    'one',
    'At the time itself the log names nobody; within the tolerance it names one subscriber and no other.',
  ],
  'leases overlap': ['several', 'At the time itself the log names more than one subscriber for this address and port.'],
  'log names nobody': ['none', 'The log is complete for this time and speaks of this address, and no lease is in it.'],
  'port reserved': ['none', 'The translator gives this port to no subscriber.'],
  'port missing': ['cannot tell', 'The address was shared by port, and the question names no port.'],
  'tolerance reaches a neighbour': [
    'cannot tell',
    'Within the tolerance the address and port passed from one subscriber to another.',
  ],
  'no log for that time': [
    'cannot tell',
    'The log is not declared complete for the time and its tolerance. What it does show is listed.',
  ],
  'row not read': [
    'cannot tell',
    'No lease in the log fits, but a row of this address cannot be read as a lease: it could be the one.',
  ],
  'coverage not declared': ['cannot tell', 'No lease is in the log, and for when it is complete was not declared.'],
  'address not in this source': ['cannot tell', 'The source does not speak of this address.'],
  'lease without subscriber': ['cannot tell', 'A lease of this address and port names no subscriber.'],
  'dynamic port pool': [
    'cannot tell',
    'The translator gives this port to whoever needs more: its log of such blocks would be needed.',
  ],
  'time without zone': ['cannot tell', 'The time says neither its zone nor its offset.'],
  'time exists twice': ['cannot tell', 'The clocks were set back: this local time happened twice.'],
  'time does not exist': ['cannot tell', 'The clocks were set forward: this local time never happened.'],
  'time too coarse': ['cannot tell', 'The time is not stated to the minute or better.'],
} as const satisfies Record<string, readonly [AnswerWord, string]>;

export type Reason = keyof typeof REASONS;

export function answerFor(reason: Reason): AnswerWord {
  return REASONS[reason][0];
}

/** A lease as the source has it. Ports are null where the row speaks of the whole address. */
export type Lease = {
  /** Null where the row names nobody. */
  subscriber: string | null;
  network: string;
  portLow: number | null;
  portHigh: number | null;
  began: Micros;
  /** Null: still held. */
  ended: Micros | null;
  /** Where the row stands: file and number, or what the source calls it. */
  row: string;
};

export type Answer = {
  answer: AnswerWord;
  reason: Reason;
  /** Only with *one*. */
  subscriber: string | null;
  /** How many different subscribers the log names for this address (and port) within the tolerance. */
  subscribers: number;
  /** The first of them in order of their names. */
  candidates: string[];
  /** Leases that fit, the nearest in time first; `leases` counts them all. */
  leases: number;
  shown: Lease[];
  /** The time with its tolerance on either side, both ends included. */
  looked: Interval;
};

export const CANDIDATES_SHOWN = 20;
export const LEASES_SHOWN = 20;

/** What is known of a question once the log has been looked at. */
export type Known = {
  /** Whether the source speaks of the address. */
  ofSource: boolean;
  /** Whether the log is declared complete for the time and its tolerance; null when nothing is declared. */
  covered: boolean | null;
  portGiven: boolean;
  /** Whether a row of the address cannot be read. */
  unread: boolean;
  subscribers: number;
  /** Different subscribers, unnamed ones included, at the time itself. */
  atTime: number;
  unnamed: boolean;
  /** Whether a lease that fits speaks of some ports only. */
  blocks: boolean;
};

/** The one place where it is decided. */
export function judge(known: Known): Reason {
  if (!known.ofSource) return 'address not in this source';
  if (known.covered === false) return 'no log for that time';
  if (known.unnamed) return 'lease without subscriber';
  if (known.subscribers === 0 && known.unread) return 'row not read';
  if (known.subscribers === 0) return known.covered === null ? 'coverage not declared' : 'log names nobody';
  if (known.subscribers === 1) return known.atTime > 0 ? 'held' : 'at the edge';
  if (!known.portGiven && known.blocks) return 'port missing';
  return known.atTime > 1 ? 'leases overlap' : 'tolerance reaches a neighbour';
}
