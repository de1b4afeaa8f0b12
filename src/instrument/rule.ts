/**
 * A rule of law as one question: what it asks, on which authority, when it applies, what it finds, and what would cure it.
 *
 * A rule shows a reviewer something; it approves nothing and discloses nothing. It is pure: what it may look at is in the
 * request and the context, and its examples are its test and its documentation.
 */
import type { Directory } from './agency.ts';
import type { LegalRequest } from './legal-request.ts';
import type { Policy } from './policy.ts';

/**
 * `reject`: this cannot be produced on this paper. `pushback`: hold, preserve, ask to cure or narrow. `warn`: a reviewer
 * records a reason to go on. `block`: a step is refused until something is done.
 */
export type Severity = 'reject' | 'pushback' | 'warn' | 'block';

/** Which of the three verdicts a finding belongs to; they are never added up. */
export type About = 'authenticity' | 'sufficiency' | 'scope';

/** What has to happen beside the finding itself. */
export type Effect =
  | 'alert'
  | 'no reply'
  | 'counsel'
  | 'human-rights review'
  | 'filter plan'
  | 'two approvers'
  | 'notice first'
  | 'notice due'
  | 'split item'
  | 'reroute'
  | 'release hold'
  | 'wait for the enforcing authority'
  | 'private-party process';

/** The grounds of Form 3 (Regulation (EU) 2023/1543, Annex III). */
export type Form3Ground =
  | 'incomplete'
  | 'manifest error'
  | 'insufficient information'
  | 'not stored'
  | 'impossibility'
  | 'not a competent authority'
  | 'offence'
  | 'service not covered'
  | 'immunity, privilege or press'
  | 'conflict with third-country law'
  | 'wrong addressee'
  | 'other';

export type Finding = {
  rule: string;
  about: About;
  severity: Severity;
  /** The field it is about, `items[2].category`. */
  path: string;
  /** The item it is about; absent when it is about the request as a whole. */
  itemId?: string;
  /** For the reviewer. */
  message: string;
  /** For the requester, in plain words; null when nothing is to be said to them. */
  cure: string | null;
  source: string;
  effects: Effect[];
  form3?: Form3Ground;
};

/** What of the finding the judgement itself says; the rest is the rule's. */
export type Judged = {
  path: string;
  item?: string;
  severity?: Severity;
  message?: string;
  cure?: string | null;
  effects?: Effect[];
};

/** An earlier demand that this one repeats. */
export type Same = { request: string; because: 'document' | 'demand'; withdrawnOn: string | null };

/** A hold on one of this request's targets, by the same agency. `until` is its expiry, renewals counted. */
export type Hold = { request: string; target: string; began: string; until: string; renewals: number; open: boolean };

/** What the desk remembers that bears on a request. Times are instants as text. */
export type History = {
  same: Same[];
  /** The same seal image or docket, seen in a request of another agency. */
  seenFrom: { what: 'seal' | 'docket'; agency: string; request: string }[];
  holds: Hold[];
  /** Emergencies granted to this agency whose paper has not followed. */
  emergenciesOpen: { request: string; grantedAt: string }[];
  /** What the enforcing authority has said of this order, with the items it named. */
  enforcingAuthority: { decision: 'no ground' | 'partial' | 'full'; items: string[]; at: string } | null;
  /** Bytes of the package, once there is one. */
  packageBytes: number | null;
  /** Rows the approved items would give, once they were counted. */
  rows: number | null;
};

export const NO_HISTORY: History = {
  same: [],
  seenFrom: [],
  holds: [],
  emergenciesOpen: [],
  enforcingAuthority: null,
  packageBytes: null,
  rows: null,
};

export type Context = { at: string; directory: Directory; policy: Policy; history: History };

export type Example = {
  /** In a few words, what is special about it. */
  says: string;
  request: LegalRequest;
  context?: Partial<Context>;
  /** `met`: it applies and finds nothing. One severity: every finding has it. A list: item and severity of each finding. */
  expect: 'met' | 'not applicable' | Severity | { item?: string; severity: Severity }[];
};

export type Rule = {
  /** `R-057`, as in the project's legal reference. */
  id: string;
  asks: string;
  /** Statute, article, case or published practice. */
  authority: string;
  /** How well that is known: read at the source, read elsewhere, general knowledge to be checked. */
  mark: 'V' | 'V2' | 'GK';
  about: About;
  severity: Severity;
  /** First rule set it belongs to, and the first it no longer belongs to (`register.ts`); absent: always. */
  since?: string;
  until?: string;
  appliesTo(request: LegalRequest, context: Context): boolean;
  /** Empty when the rule is met. */
  judge(request: LegalRequest, context: Context): Judged[];
  message: string;
  cure: string | null;
  effects?: Effect[];
  form3?: Form3Ground;
  examples: Example[];
};

export function rule(declared: Rule): Rule {
  return declared;
}

/** One finding when `wrong`, none otherwise: for rules about a single field. */
export function when(wrong: boolean, judged: Judged): Judged[] {
  return wrong ? [judged] : [];
}

/** A finding for each item that `wrong` picks, at its `field`. */
export function eachItem(
  request: LegalRequest,
  field: string,
  wrong: (item: LegalRequest['items'][number], index: number) => boolean | Omit<Judged, 'path' | 'item'>,
): Judged[] {
  return request.items.flatMap((item, index) => {
    const found = wrong(item, index);
    if (found === false) return [];
    return [{ path: `items[${index}]${field ? `.${field}` : ''}`, item: item.id, ...(found === true ? {} : found) }];
  });
}
