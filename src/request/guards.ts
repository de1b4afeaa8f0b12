/**
 * What must hold before an act: each guard says in one sentence why not, or nothing.
 *
 * `refusal` finds the step of the way and asks its guards; what it refuses has not happened and is never written down as
 * an act of the request.
 */
import { Problem } from '../base/problem.ts';
import { concerning, splits } from '../instrument/judge.ts';
import type { Policy } from '../instrument/policy.ts';
import { isEmergency } from '../instrument/process.ts';
import type { Finding } from '../instrument/rule.ts';
import type { Act, ActName } from './act.ts';
import {
  approvalDigest, approvalsComplete, approvalsNeeded, approvedItems, isEuropean, type RequestFile, version,
} from './file.ts'; // biome-ignore format: one list
import { type GuardName, type State, type Step, WAY } from './way.ts';

/** What a guard may look at beside the file and the act. */
export type Around = {
  policy: Policy;
  /** The assurance level that this request needs, with what is missing for it; null where nobody asked. */
  assurance: { floor: number; missing: string[] } | null;
  /** When the waiting for the enforcing authority ends by itself; null when there is none. */
  authorityUntil: string | null;
  /** The later request under which a snapshot would be handed over. */
  under: RequestFile | null;
};

type Guard = (file: RequestFile, act: Act, around: Around) => string | null;

/** A finding that bars going on until it is answered, cured or done. */
export function isAnswered(file: RequestFile, finding: Finding, item: string | null): boolean {
  if (finding.effects.includes('wait for the enforcing authority')) return true;
  if (finding.severity === 'reject' && !splits(finding)) return false;
  const reasons = file.reasons.filter(
    (reason) => reason.rule === finding.rule && (reason.item === null || reason.item === (finding.itemId ?? item)),
  );
  if (finding.severity !== 'block') return reasons.length > 0;
  const other = finding.effects.some((effect) => ['counsel', 'human-rights review', 'filter plan'].includes(effect));
  return other && reasons.some(({ by }) => by.pseudonym !== file.assigned?.pseudonym);
}

/** The findings that still keep an item from being approved: on it, on the request as a whole, and on who asks. */
export function openFindings(file: RequestFile, item: string): Finding[] {
  const findings = file.judgement?.findings ?? [];
  const who = findings.filter(({ about }) => about === 'authenticity');
  return [...who, ...concerning(findings, item)].filter((finding) => !isAnswered(file, finding, item));
}

const GUARDS: Record<GuardName, Guard> = {
  'not a party to the request': (file, act) => {
    const party = version(file).demand.requester.officer.trim().toLowerCase();
    const names = [act.by.name, ...(act.act === 'assign' ? [act.to.name] : [])];
    return names.some((name) => name.trim().toLowerCase() === party)
      ? 'whoever asks takes no part in it here'
      : null;
  },
  'the assurance floor is met': (_, __, { assurance }) =>
    assurance === null || assurance.missing.length > 0
      ? `assurance level ${assurance?.floor ?? '?'} is not reached: ${assurance?.missing.join('; ') ?? 'nobody asked'}`
      : null,
  'it was verified who asks': (file) =>
    file.verification?.outcome === 'verified' ? null : 'nobody has verified yet who asks',
  'no identity finding is open': (file, act) => {
    if (act.act !== 'verify') return null;
    const open = act.judgement.findings.filter(
      (finding) => finding.about === 'authenticity' && !isAnswered(file, finding, null),
    );
    return open.length === 0 ? null : `open findings on who is asking: ${named(open)}`;
  },
  'an identity finding rejects it': (_, act) =>
    act.act === 'verify' && act.outcome === 'fraud' ? null : 'it is not refused as fraud',
  'this version was judged': (file) => (file.judgement ? null : 'this version was not judged yet'),
  'every item is decided': (file) => {
    const open = version(file).demand.items.filter(({ id }) => file.decisions[id] === undefined);
    return open.length === 0 ? null : `no decision on item ${open.map(({ id }) => id).join(', ')}`;
  },
  'every open finding was answered': (file) => {
    for (const item of approvedItems(file)) {
      const open = openFindings(file, item);
      if (open.length > 0) return `item ${item} has open findings: ${named(open)}`;
    }
    return approvedItems(file).length > 0 ? null : 'no item is decided to be produced';
  },
  'something is pushed back, and the letter says so': (file, act) => {
    if (act.act !== 'send letter' || (act.kind !== 'push back' && act.kind !== 'form 3')) return 'no letter of push-back';
    if (file.state === 'verifying') return null;
    const pushed = Object.entries(file.decisions).flatMap(([id, { decision }]) => (decision === 'push back' ? [id] : []));
    if (pushed.length === 0) return 'no item is pushed back';
    const unsaid = pushed.filter((id) => !act.items.includes(id));
    return unsaid.length === 0 ? null : `the letter does not speak of item ${unsaid.join(', ')}`;
  },
  'nothing is said to a fraud': (file) =>
    file.verification?.outcome === 'fraud' ? 'it was refused as a fraud, and its sender is told nothing' : null,
  'every item is rejected': (file) =>
    version(file).demand.items.every(({ id }) => file.decisions[id]?.decision === 'reject')
      ? null
      : 'not every item is rejected',
  'the same requester': (file, act) => {
    if (act.act !== 'cure' && act.act !== 'narrow') return null;
    const [before, now] = [version(file).demand.requester, act.demand.requester];
    return before.agencyName === now.agencyName && before.officer === now.officer && before.email === now.email
      ? null
      : 'it comes from someone else: receive it as a request of its own';
  },
  'narrower than before': (file, act) => (act.act === 'narrow' ? notNarrower(file, act) : null),
  'the requester accepted in writing': (_, act) =>
    act.act === 'narrow' && act.acceptedBy.trim() !== '' && act.acceptance.sizeBytes > 0
      ? null
      : 'the written acceptance is missing',
  'not the only person who decided': (file, act, { policy }) => {
    if (file.approvals.some(({ by, digest }) => by.pseudonym === act.by.pseudonym && digest === approvalDigest(file)))
      return `${act.by.name} has approved this already; another person is needed`;
    if (approvalsNeeded(file, policy.limits.bulkTargets) === 2) return null;
    const own = approvedItems(file).filter((id) => file.decisions[id]!.by.pseudonym === act.by.pseudonym);
    return own.length === 0 ? null : `${act.by.name} decided item ${own.join(', ')} and cannot approve it too`;
  },
  'approved for exactly this': (file, act) =>
    act.act === 'approve' && act.digest === approvalDigest(file) && same(act.items, approvedItems(file))
      ? null
      : 'something was changed since this approval was asked for',
  'approved as often as it needs': (file, _, { policy }) =>
    approvalsComplete(file, policy.limits.bulkTargets) ? null : 'it is not approved by as many people as it needs',
  'it is a production': (file) =>
    ['production', 'emergency'].includes(version(file).demand.kind) ? null : 'it asks for no production',
  'it is a preservation': (file) =>
    version(file).demand.kind === 'preservation' ? null : 'it asks for no preservation',
  'a valid order or ground keeps it silent': (file, act) =>
    act.act === 'decide notice' && act.decision === 'stay silent' ? notSilent(file, act.ground, act.reason) : null,
  'the notice is due before production': (_, act) =>
    act.act === 'decide notice' && act.decision === 'notify' ? null : 'the user is not told first',
  'nothing forbids telling the user': (file, act) => {
    if (act.act !== 'decide notice' || act.decision !== 'notify') return null;
    const forbids = FORBIDDING.find(({ ground }) => notSilent(file, ground, '') === null && !isOver(file, ground, act.at));
    return forbids ? `${forbids.says} forbids telling the user` : null;
  },
  'the wait is over': (file, act) => {
    if (!file.notified.some(({ when }) => when === 'before')) return 'the user was not told yet';
    return file.notice?.due && act.at >= file.notice.due ? null : `the user may object until ${file.notice?.due}`;
  },
  'the waiting for the enforcing authority applies': (file, act, { authorityUntil }) =>
    authorityUntil !== null && act.at < authorityUntil && file.enforcingAuthority === null
      ? null
      : 'nothing is to be waited for',
  'the enforcing authority has cleared it': (file, act, { authorityUntil }) => {
    const said = file.enforcingAuthority;
    if (said?.decision === 'full') return 'the enforcing authority has refused the execution';
    if (said?.decision === 'partial') {
      const barred = approvedItems(file).filter((id) => said.items.includes(id));
      if (barred.length > 0) return `the enforcing authority has refused item ${barred.join(', ')}`;
    }
    if (said !== null || authorityUntil === null || act.at >= authorityUntil) return null;
    return `the enforcing authority may refuse until ${authorityUntil}`;
  },
  'rows within approved items only': (file, act) => {
    const counts = act.act === 'collect' ? act.counts : (file.collection?.counts ?? []);
    const beyond = counts.filter(({ item, produced }) => produced > 0 && !approvedItems(file).includes(item));
    return beyond.length === 0 ? null : `rows of item ${beyond.map(({ item }) => item).join(', ')} are not approved`;
  },
  'another person than who collected': (file, act) =>
    file.collection && file.collection.by.pseudonym !== act.by.pseudonym
      ? null
      : `${act.by.name} collected the rows and cannot check them too`,
  'what was checked is what was collected': (file, act) =>
    act.act === 'check' && act.digest === file.collection?.digest ? null : 'the rows are not the ones collected',
  'checked by another person': (file) => {
    if (!file.collection || !file.check) return 'the rows were not checked yet';
    if (file.check.digest !== file.collection.digest) return 'the rows were collected anew after the check';
    return file.check.by.pseudonym === file.collection.by.pseudonym ? 'who collected has checked' : null;
  },
  'the recipient confirms this package': (file, act) =>
    act.act === 'acknowledge' && act.sha256 === file.package?.sha256
      ? null
      : `the digest confirmed is not that of the package: ${file.package?.sha256 ?? 'there is none'}`,
  'the hold may be renewed': (file, act, { policy }) => {
    if (act.act !== 'renew' || !file.hold) return 'there is no hold';
    if (act.at >= file.hold.until && act.form !== 'Form 5') return 'the hold has ended: a new request is needed';
    if (act.form === 'Form 5') return isEuropean(file) ? null : 'Form 5 belongs to a European order';
    return file.hold.renewals === 0 || policy.preservationExceptions ? null : 'it was renewed once already';
  },
  'the hold has ended': (file, act) =>
    act.act === 'release hold' && (act.because !== 'expired' || (file.hold !== null && act.at >= file.hold.until))
      ? null
      : `the hold lasts until ${file.hold?.until}`,
  'a later paper reaches the snapshot': (file, act, { under, policy }) => {
    if (act.act !== 'convert' || !under || under.id !== act.under) return 'there is no such later request';
    if (act.at >= file.hold!.until && file.state !== 'pr_held_for_production') return 'the hold has ended';
    const named = version(under).demand.items.filter(({ id, snapshot }) => approvedItems(under).includes(id) && snapshot === file.hold!.snapshot);
    return named.length > 0 && approvalsComplete(under, policy.limits.bulkTargets) ? null : 'no approved item of the later request names the snapshot';
  },
  'the issuer was authenticated': (_, act) =>
    act.act === 'withdraw' && act.authenticated.trim() !== '' ? null : 'say how the issuer was authenticated',
  'the cure is overdue or nothing is left to do': (file, act) => {
    const { kind } = version(file).demand;
    if (file.state === 'rejected' || ['withdrawal', 'ndo', 'renewal'].includes(kind)) return null;
    if (file.state !== 'pushed_back') return 'it is neither rejected nor pushed back';
    const due = file.pushedBack?.cureDue;
    return due && act.at >= due ? null : `the requester has until ${due ?? 'no day that is known'}`;
  },
}; // biome-ignore format: one guard after the other

const NONDISCLOSURE = ['R-120', 'R-121', 'R-122', 'R-123', 'R-124', 'R-125', 'R-126', 'R-128'];

/** Grounds that leave the provider no choice. */
const FORBIDDING = [
  { ground: 'nondisclosure order', says: 'the nondisclosure order' },
  { ground: 'the certificate keeps it confidential', says: 'the certificate' },
  { ground: 'national security letter', says: 'the certified letter' },
] as const;

/** An order that has ended forbids nothing. */
function isOver(file: RequestFile, ground: string, at: string): boolean {
  const endsOn = version(file).demand.ndo?.endsOn;
  return ground === 'nondisclosure order' && endsOn !== undefined && endsOn < at.slice(0, 10);
}

function notSilent(file: RequestFile, ground: string | null, reason: string): string | null {
  const { demand } = version(file);
  if (demand.track !== 'government') return 'a private party’s demand is always told to the user';
  switch (ground) {
    case 'nondisclosure order': {
      // A letter's own certification has no end that makes a notice due: it is a ground of its own.
      if (!demand.ndo || (demand.instrument.type === 'US-NSL' && demand.ndo.court === undefined))
        return 'there is no nondisclosure order';
      const wrong = (file.judgement?.findings ?? []).filter(
        ({ rule, severity }) => NONDISCLOSURE.includes(rule) && severity !== 'warn',
      );
      return wrong.length === 0 ? null : `the nondisclosure order does not hold: ${named(wrong)}`;
    }
    case 'the certificate keeps it confidential':
      return isEuropean(file) && demand.eu?.mayInform !== true ? null : 'no certificate keeps it confidential';
    case 'national security letter':
      return demand.instrument.type === 'US-NSL' && demand.ndo?.certification === true && demand.ndo.noticeOfReview
        ? null
        : 'the letter has no certification with notice of review';
    case 'emergency':
      return isEmergency(demand) ? null : 'it is no emergency';
    case 'preservation only':
      return demand.kind === 'preservation' ? null : 'it asks for more than preservation';
    case null:
      return 'say on which ground the user is not told';
    default: {
      const first = toldFirst(file);
      if (first.length > 0) return `the user is told first, and no exception of policy changes that: ${named(first)}`;
      return reason.trim() === '' ? 'say which facts the exception rests on' : null;
    }
  }
}

/** Findings on what is to be produced under which the user is told first. */
function toldFirst(file: RequestFile): Finding[] {
  const findings = file.judgement?.findings ?? [];
  return approvedItems(file)
    .flatMap((item) => concerning(findings, item))
    .filter(({ effects }) => effects.includes('notice first'));
}

function notNarrower(file: RequestFile, act: Extract<Act, { act: 'narrow' }>): string | null {
  const before = version(file).demand;
  if (JSON.stringify({ ...before, items: [] }) !== JSON.stringify({ ...act.demand, items: [] }))
    return 'more than the items was changed';
  for (const item of act.demand.items) {
    const was = before.items.find(({ id }) => id === item.id.replace(/\.\d+$/, ''));
    if (!was) return `item ${item.id} was not in the demand`;
    if (item.target !== was.target) return `item ${item.id} names another target`;
    if (was.category !== undefined && item.category !== was.category) return `item ${item.id} names another category`;
    if (was.from !== undefined && (item.from === undefined || Date.parse(item.from) < Date.parse(was.from)))
      return `item ${item.id} begins earlier`;
    if (was.to !== undefined && (item.to === undefined || Date.parse(item.to) > Date.parse(was.to)))
      return `item ${item.id} ends later`;
  }
  return null;
}

const named = (findings: readonly Finding[]) =>
  [...new Set(findings.map(({ rule, message }) => `${rule} ${message}`))].join(' ');

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((one) => b.includes(one));

/** The step this act takes from where the file is; a string says why there is none. */
function stepFor(file: RequestFile, act: Act, around: Around): Step | string {
  const steps = WAY.filter((step) => step.act === act.act && step.from.includes(file.state));
  if (steps.length === 0) return `from ${words(file.state)} there is no way to “${act.act}”`;
  const step = steps.find(({ when }) => when === undefined || GUARDS[when](file, act, around) === null);
  return step ?? GUARDS[steps.at(-1)!.when!](file, act, around)!;
}

/** Why the act may not come next, or null. */
export function refusal(file: RequestFile, act: Act, around: Around): string | null {
  if (act.at < file.lastAt) return `it would come before the last act, of ${file.lastAt}`;
  const step = stepFor(file, act, around);
  if (typeof step === 'string') return step;
  for (const guard of step.guards) {
    const why = GUARDS[guard](file, act, around);
    if (why !== null) return why;
  }
  return null;
}

/** Where the act leads. Throws `request/not-now` when it may not come next. */
export function landing(file: RequestFile, act: Act, around: Around, after: (state: State) => RequestFile): State {
  const why = refusal(file, act, around);
  if (why !== null) {
    throw new Problem(
      'request/not-now',
      `${file.id} is ${words(file.state)}; ${act.act} is refused: ${why}. Nothing was done.`,
      {
        request: file.id,
        state: file.state,
        act: act.act,
        why,
      },
    );
  }
  const step = stepFor(file, act, around) as Step;
  const european = isEuropean(file);
  switch (step.to) {
    case 'stay':
      return file.state;
    case 'back':
      return file.stayedFrom!;
    case 'verified, or verifying when it never was':
      return file.verification ? 'verified' : 'verifying';
    case 'approved, as a whole or in part, once all approvals are there': {
      const next = after(file.state);
      if (!approvalsComplete(next, around.policy.limits.bulkTargets)) return file.state;
      return approvedItems(file).length === version(file).demand.items.length ? 'approved' : 'part_approved';
    }
    case 'a hold of its kind':
      return european ? 'pr_active' : 'p_active';
    case 'a longer hold of its kind':
      return !european
        ? 'p_renewed'
        : act.act === 'renew' && act.form === 'Form 5'
          ? 'pr_held_for_production'
          : 'pr_extended';
    case 'the end of a hold of its kind': {
      const expired = act.act === 'release hold' && act.because === 'expired';
      if (european) return expired ? 'pr_expired' : 'pr_ended';
      return expired ? 'p_expired' : 'p_released';
    }
    default:
      return step.to;
  }
}

/** Every act there is a step for from here, guards aside: what a page offers. */
export function nextActs(state: State): ActName[] {
  return [...new Set(WAY.filter(({ from }) => from.includes(state)).map(({ act }) => act))];
}

export const words = (state: State): string => state.replaceAll('_', ' ').replace(/^pr? /, 'preserved, ');
