/**
 * What was done with a request, act by act: never changed, never taken back. A request's file is what its acts say.
 *
 * `at` is when it was done, as whoever did it states; `recordedAt` is when this desk wrote it down. The two are shown
 * apart where they differ. `salt` keeps the digest in the ledger from being guessed.
 */

import type { Judgement } from '../instrument/judge.ts';
import type { Authentication, CallBack, Demand, Resolved } from '../instrument/legal-request.ts';
import type { Hold, Same } from '../instrument/rule.ts';

export type Who = { name: string; pseudonym: string };

/** A paper kept with the request, under its digest. */
export type KeptDocument = { name: string; sha256: string; sizeBytes: number; mediaType: string };

export type Decision = 'approve' | 'reject' | 'push back';

export type LetterKind =
  | 'push back'
  | 'rejection'
  | 'form 3'
  | 'narrowing'
  | 'no responsive records'
  | 'acknowledgement';

/** Why a user is not told before their data are handed over. */
export type SilenceGround =
  | 'nondisclosure order'
  | 'the certificate keeps it confidential'
  | 'national security letter'
  | 'child exploitation'
  | 'imminent danger'
  | 'compromised account'
  | 'notice would be counter-productive'
  | 'emergency'
  | 'preservation only';

/** How many rows of an item there were, and what became of them. */
export type ItemCount = {
  item: string;
  category: string;
  account: string;
  found: number;
  produced: number;
  withheld: Record<string, number>;
  partsWithheld: number;
};

export type Done =
  | {
      act: 'receive';
      demand: Demand;
      documents: KeptDocument[];
      auth: Authentication;
      tz: string;
      intake: {
        by: 'form' | 'e-mail' | 'ETSI message';
        messageId: string | null;
        notes: { place: string; says: string }[];
      };
      same: Same[];
      policy: number;
    }
  | { act: 'assign'; to: Who }
  | ({ act: 'call back'; note: string } & Pick<CallBack, 'number' | 'numberSource' | 'answer'>)
  | { act: 'second check'; holds: boolean; note: string }
  | {
      act: 'verify';
      outcome: 'verified' | 'fraud';
      level: number;
      because: string[];
      reason: string;
      judgement: Judgement;
    }
  | { act: 'resolve'; resolved: (Resolved[] | null)[]; sources: string[] }
  | { act: 'review'; judgement: Judgement; policy: number; directory: number; holds: Hold[] }
  | { act: 'give reason'; rule: string; item: string | null; reason: string }
  | { act: 'decide'; item: string; decision: Decision; reason: string }
  | { act: 'send letter'; kind: LetterKind; sha256: string; items: string[]; to: string | null; cureDue: string | null }
  | { act: 'cure'; demand: Demand; documents: KeptDocument[]; auth: Authentication }
  | { act: 'narrow'; demand: Demand; acceptedBy: string; acceptance: KeptDocument }
  | { act: 'approve'; items: string[]; digest: string }
  | { act: 'reject'; reasons: string[] }
  | { act: 'enforcing authority'; decision: 'no ground' | 'partial' | 'full'; items: string[]; reference: string }
  | {
      act: 'decide notice';
      decision: 'notify' | 'stay silent';
      ground: SilenceGround | null;
      reason: string;
      due: string | null;
      /** The verified address of the account, where the notice goes when a silence ends by itself. */
      address?: string;
    }
  | { act: 'notify user'; when: 'before' | 'delayed'; sha256: string; by_way_of: 'outbox' | 'smtp' }
  | { act: 'collect'; digest: string; counts: ItemCount[]; sources: string[]; ended: string[] }
  | { act: 'check'; digest: string; note: string }
  | { act: 'return for correction'; reason: string }
  | {
      act: 'package';
      package: string;
      sha256: string;
      sizeBytes: number;
      manifest: string;
      recipients: string[];
      rows: number;
    }
  | { act: 'acknowledge'; sha256: string; by_whom: string }
  | { act: 'follow up'; note: string }
  | { act: 'stay'; ground: string }
  | { act: 'lift stay'; reason: string }
  | { act: 'withdraw'; reason: string; authenticated: string }
  | { act: 'close'; reason: string }
  | { act: 'preserve'; snapshot: string; digest: string; counts: ItemCount[]; until: string; rule: string }
  | { act: 'renew'; until: string; rule: string; form: 'letter' | 'Form 6' | 'Form 5'; reference: string }
  | { act: 'convert'; snapshot: string; under: string }
  | { act: 'release hold'; because: 'expired' | 'ended by the issuer' | 'withdrawn'; snapshot: string };

export type ActName = Done['act'];

export type Act = Done & {
  seq: number;
  at: string;
  recordedAt: string;
  by: Who;
  /** The id of the act's intent in the ledger. */
  entry: string;
  salt: string;
};
