/**
 * A request's file: everything its acts say, folded into what is so now. The same acts always give the same file.
 *
 * `taken` adds one act by the way (`way.ts`). It refuses nothing; whether an act may come next is `refusal` in `guards.ts`.
 */
import { digestOf } from '../base/canonical.ts';
import type { Judgement } from '../instrument/judge.ts';
import type { Authentication, CallBack, Demand, LegalRequest, Resolved } from '../instrument/legal-request.ts';
import { isContent } from '../instrument/papers.ts';
import { isEmergency } from '../instrument/process.ts';
import type { Finding, Hold } from '../instrument/rule.ts';
import type { Act, Decision, Done, ItemCount, KeptDocument, LetterKind, SilenceGround, Who } from './act.ts';
import { ENDED, type State } from './way.ts';

export type VersionOf = {
  demand: Demand;
  documents: KeptDocument[];
  auth: Authentication;
  at: string;
  because: 'received' | 'cured' | 'narrowed';
};

export type Decided = { decision: Decision; reason: string; by: Who; at: string };

export type RequestFile = {
  id: string;
  seq: number;
  state: State;
  /** Where a stay goes back to. */
  stayedFrom: State | null;
  receivedAt: string;
  /** When the desk first did anything with it, and when it first said anything to the requester. */
  firstActAt: string | null;
  firstAnswerAt: string | null;
  lastAt: string;
  tz: string;
  intake: Extract<Done, { act: 'receive' }>['intake'];
  clerk: Who;
  versions: VersionOf[];
  assigned: Who | null;
  callbacks: (CallBack & { note: string; who: Who })[];
  secondChecks: { holds: boolean; by: Who; at: string }[];
  verification: { level: number; because: string[]; by: Who; at: string; outcome: 'verified' | 'fraud'; findings: Finding[] } | null;
  /** Of the newest version, target by target. */
  resolved: (Resolved[] | null)[];
  /** Of the newest version. */
  judgement: Judgement | null;
  judgedUnder: { policy: number; directory: number } | null;
  holdsSeen: Hold[];
  /** Every judgement ever stored, oldest first. */
  judgements: Judgement[];
  reasons: { rule: string; item: string | null; reason: string; by: Who; at: string }[];
  decisions: Record<string, Decided>;
  approvals: { by: Who; items: string[]; digest: string; at: string }[];
  approvedAt: string | null;
  letters: { kind: LetterKind; sha256: string; items: string[]; at: string; by: Who; to: string | null }[];
  pushedBack: { at: string; cureDue: string | null } | null;
  /** How long the provider's duty was suspended while the requester had to answer. */
  pauses: { from: string; to: string | null }[];
  narrowings: { before: Demand['items']; after: Demand['items']; acceptedBy: string; at: string }[];
  enforcingAuthority: { decision: 'no ground' | 'partial' | 'full'; items: string[]; at: string } | null;
  notice: { decision: 'notify' | 'stay silent'; ground: SilenceGround | null; reason: string; due: string | null; at: string; by: Who; address: string | null } | null;
  notified: { when: 'before' | 'delayed'; at: string; sha256: string }[];
  collection: { digest: string; counts: ItemCount[]; sources: string[]; by: Who; at: string; ended: string[] } | null;
  check: { digest: string; by: Who; at: string } | null;
  package: { package: string; sha256: string; sizeBytes: number; manifest: string; recipients: string[]; rows: number; at: string; by: Who } | null;
  acknowledgedAt: string | null;
  followedUpAt: string | null;
  hold: { snapshot: string; digest: string; began: string; until: string; renewals: number; counts: ItemCount[]; convertedUnder: string | null } | null;
  endedBecause: string | null;
}; // biome-ignore format: one line a field

export const version = (file: RequestFile): VersionOf => file.versions.at(-1)!;

export const isEnded = (file: RequestFile): boolean => ENDED.includes(file.state);

/** The file that begins with this act. */
export function opened(id: string, act: Extract<Act, { act: 'receive' }>): RequestFile {
  return {
    id,
    seq: act.seq,
    state: 'received',
    stayedFrom: null,
    receivedAt: act.at,
    firstActAt: null,
    firstAnswerAt: null,
    lastAt: act.at,
    tz: act.tz,
    intake: act.intake,
    clerk: act.by,
    versions: [{ demand: act.demand, documents: act.documents, auth: act.auth, at: act.at, because: 'received' }],
    assigned: null,
    callbacks: [],
    secondChecks: [],
    verification: null,
    resolved: act.demand.targets.map(() => null),
    judgement: null,
    judgedUnder: null,
    holdsSeen: [],
    judgements: [],
    reasons: [],
    decisions: {},
    approvals: [],
    approvedAt: null,
    letters: [],
    pushedBack: null,
    pauses: [],
    narrowings: [],
    enforcingAuthority: null,
    notice: null,
    notified: [],
    collection: null,
    check: null,
    package: null,
    acknowledgedAt: null,
    followedUpAt: null,
    hold: null,
    endedBecause: null,
  };
}

/** The demand as rules judge it: the newest version, with what the desk found out. */
export function asJudged(file: RequestFile): LegalRequest {
  const { demand, documents, auth } = version(file);
  const callback = file.callbacks.at(-1) ?? null;
  const second = file.secondChecks.findLast(({ holds, by }) => holds && by.pseudonym !== callbackBy(file)) ?? null;
  return {
    ...demand,
    id: file.id,
    version: file.versions.length,
    receivedAt: file.receivedAt,
    tz: file.tz,
    documents: documents.map(({ name, sha256 }) => ({ name, sha256 })),
    requester: {
      ...demand.requester,
      auth,
      callback: callback && { number: callback.number, numberSource: callback.numberSource, at: callback.at, by: callback.by, answer: callback.answer },
      secondVerifier: second?.by.name ?? null,
    },
    targets: demand.targets.map((target, index) => ({ ...target, resolves: file.resolved[index] ?? null })),
  }; // biome-ignore format: one line a field
}

const callbackBy = (file: RequestFile) => file.callbacks.at(-1)?.who.pseudonym;

/** Items decided to be produced, in the order of the demand. */
export function approvedItems(file: RequestFile): string[] {
  return version(file)
    .demand.items.map(({ id }) => id)
    .filter((id) => file.decisions[id]?.decision === 'approve');
}

/** What an approval is for: this version, these items, these judgements. Anything changed later is another digest. */
export function approvalDigest(file: RequestFile): string {
  const { demand } = version(file);
  const items = approvedItems(file);
  return digestOf({
    request: file.id,
    version: file.versions.length,
    instrument: demand.instrument,
    targets: demand.targets,
    items: demand.items.filter(({ id }) => items.includes(id)),
    decisions: items.map((id) => file.decisions[id]!),
    judgement: file.judgement?.at ?? null,
  });
}

const WEIGHTY = ['R-064', 'R-085', 'R-086'];

/** Two where it is an emergency, content, many accounts, or touches protected people. */
export function approvalsNeeded(file: RequestFile, bulkTargets: number): 1 | 2 {
  const { demand } = version(file);
  const items = demand.items.filter(({ id }) => approvedItems(file).includes(id));
  const findings = file.judgement?.findings ?? [];
  const two =
    isEmergency(demand) ||
    items.some(({ category }) => isContent(category)) ||
    demand.targets.length >= bulkTargets ||
    findings.some(({ rule, effects }) => WEIGHTY.includes(rule) || effects.includes('two approvers'));
  return two ? 2 : 1;
}

/** Whether enough different people have approved, for each item one who did not decide it alone. */
export function approvalsComplete(file: RequestFile, bulkTargets: number): boolean {
  const digest = approvalDigest(file);
  const people = new Set(file.approvals.filter((one) => one.digest === digest).map(({ by }) => by.pseudonym));
  const items = approvedItems(file);
  return (
    items.length > 0 &&
    people.size >= approvalsNeeded(file, bulkTargets) &&
    items.every((id) => [...people].some((person) => person !== file.decisions[id]!.by.pseudonym))
  );
}

export const isEuropean = (file: RequestFile): boolean =>
  version(file).demand.instrument.type?.startsWith('EU-EPOC') === true;

const nothingDecided = () => ({ decisions: {}, approvals: [], approvedAt: null, judgement: null, judgedUnder: null });

/** The file after one more act, which leads to `state`. */
export function taken(file: RequestFile, act: Act, state: State): RequestFile {
  const next: RequestFile = {
    ...file,
    ...after(file, act),
    seq: act.seq,
    state,
    lastAt: act.at > file.lastAt ? act.at : file.lastAt,
    firstActAt: file.firstActAt ?? act.at,
  };
  if (state === 'stayed' && file.state !== 'stayed') next.stayedFrom = file.state;
  if (state === 'pushed_back' && file.state !== 'pushed_back')
    next.pauses = [...file.pauses, { from: act.at, to: null }];
  if (file.state === 'pushed_back' && state !== 'pushed_back') {
    next.pauses = file.pauses.map((pause) => (pause.to === null ? { ...pause, to: act.at } : pause));
  }
  if ((state === 'approved' || state === 'part_approved') && file.approvedAt === null) next.approvedAt = act.at;
  if (ENDED.includes(state) && !ENDED.includes(file.state)) next.endedBecause = endOf(act);
  return next;
}

function endOf(act: Act): string {
  switch (act.act) {
    case 'verify':
      return `fraud: ${act.reason}`;
    case 'reject':
      return act.reasons.join('; ');
    case 'withdraw':
    case 'close':
      return act.reason;
    case 'release hold':
      return act.because;
    default:
      return act.act;
  }
}

function after(file: RequestFile, act: Act): Partial<RequestFile> {
  const { at, by } = act;
  switch (act.act) {
    case 'assign':
      return { assigned: act.to };
    case 'call back':
      return {
        callbacks: [
          ...file.callbacks,
          {
            number: act.number,
            numberSource: act.numberSource,
            at,
            by: by.name,
            answer: act.answer,
            note: act.note,
            who: by,
          },
        ],
      };
    case 'second check':
      return { secondChecks: [...file.secondChecks, { holds: act.holds, by, at }] };
    case 'verify':
      return {
        verification: {
          level: act.level,
          because: act.because,
          by,
          at,
          outcome: act.outcome,
          findings: act.judgement.findings,
        },
      };
    case 'resolve':
      return { resolved: act.resolved, judgement: null, judgedUnder: null };
    case 'review':
      return {
        judgement: act.judgement,
        judgedUnder: { policy: act.policy, directory: act.directory },
        judgements: [...file.judgements, act.judgement],
        holdsSeen: act.holds,
        decisions: {},
        approvals: [],
        approvedAt: null,
        pushedBack: null,
      };
    case 'give reason':
      return { reasons: [...file.reasons, { rule: act.rule, item: act.item, reason: act.reason, by, at }] };
    case 'decide':
      return {
        decisions: { ...file.decisions, [act.item]: { decision: act.decision, reason: act.reason, by, at } },
        approvals: [],
        approvedAt: null,
      };
    case 'send letter':
      return {
        letters: [...file.letters, { kind: act.kind, sha256: act.sha256, items: act.items, at, by, to: act.to }],
        firstAnswerAt: file.firstAnswerAt ?? at,
        ...(act.kind === 'push back' || act.kind === 'form 3' ? { pushedBack: { at, cureDue: act.cureDue } } : {}),
      };
    case 'cure':
      return {
        ...nothingDecided(),
        versions: [
          ...file.versions,
          { demand: act.demand, documents: act.documents, auth: act.auth, at, because: 'cured' },
        ],
        resolved: act.demand.targets.map(() => null),
        reasons: [],
        pushedBack: null,
      };
    case 'narrow': {
      const before = version(file);
      return {
        ...nothingDecided(),
        versions: [
          ...file.versions,
          { ...before, demand: act.demand, documents: [...before.documents, act.acceptance], at, because: 'narrowed' },
        ],
        narrowings: [
          ...file.narrowings,
          { before: before.demand.items, after: act.demand.items, acceptedBy: act.acceptedBy, at },
        ],
        reasons: [],
        pushedBack: null,
      };
    }
    case 'approve':
      return { approvals: [...file.approvals, { by, items: act.items, digest: act.digest, at }] };
    case 'enforcing authority':
      return { enforcingAuthority: { decision: act.decision, items: act.items, at } };
    case 'decide notice':
      return {
        notice: {
          decision: act.decision,
          ground: act.ground,
          reason: act.reason,
          due: act.due,
          at,
          by,
          address: act.address ?? null,
        },
      };
    case 'notify user':
      return { notified: [...file.notified, { when: act.when, at, sha256: act.sha256 }] };
    case 'collect':
      return {
        collection: { digest: act.digest, counts: act.counts, sources: act.sources, by, at, ended: act.ended },
        check: null,
      };
    case 'check':
      return { check: { digest: act.digest, by, at } };
    case 'return for correction':
      return { collection: null, check: null };
    case 'package': {
      const { package: id, sha256, sizeBytes, manifest, recipients, rows } = act;
      return {
        package: { package: id, sha256, sizeBytes, manifest, recipients, rows, at, by },
        firstAnswerAt: file.firstAnswerAt ?? at,
      };
    }
    case 'acknowledge':
      return { acknowledgedAt: at };
    case 'follow up':
      return { followedUpAt: at };
    case 'preserve':
      return {
        hold: { snapshot: act.snapshot, digest: act.digest, began: at, until: act.until, renewals: 0, counts: act.counts, convertedUnder: null },
      }; // biome-ignore format: one line
    case 'renew':
      return { hold: { ...file.hold!, until: act.until, renewals: file.hold!.renewals + 1 } };
    case 'convert':
      return { hold: { ...file.hold!, convertedUnder: act.under } };
    case 'lift stay':
      return { stayedFrom: null };
    default:
      return {};
  }
}
