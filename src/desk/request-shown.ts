/** A request as people are shown it: where it stands, the three verdicts apart, item by item, and what is due. */

import { agencyOf, type Directory } from '../instrument/agency.ts';
import { CATEGORY_WORDS } from '../instrument/kinds.ts';
import type { Policy } from '../instrument/policy.ts';
import type { Finding } from '../instrument/rule.ts';
import { assuranceFor } from '../request/assurance.ts';
import { clocksOf } from '../request/clocks.ts';
import {
  approvalsComplete,
  approvalsNeeded,
  approvedItems,
  asJudged,
  type RequestFile,
  version,
} from '../request/file.ts';
import { isAnswered, nextActs, openFindings, words } from '../request/guards.ts';
import { rangeInWords } from '../request/item-words.ts';
import type { House } from './house.ts';
import { directoryInForce, policyInForce } from './provider.ts';

function shownFile(file: RequestFile, policy: Policy, directory: Directory, at: string) {
  const { demand, documents, auth } = version(file);
  const findings = file.judgement?.findings ?? [];
  return {
    request: file.id,
    state: file.state,
    receivedAt: file.receivedAt,
    version: file.versions.length,
    versions: file.versions.map(({ at: since, because }, index) => ({ version: index + 1, at: since, because })),
    kind: demand.kind,
    track: demand.track,
    paper: demand.instrument.type ?? null,
    caseNo: demand.instrument.caseNo ?? null,
    requester: demand.requester,
    demand,
    /** Where a call-back goes; null where the directory does not know the agency. */
    agencyPhone: agencyOf(directory, demand.requester)?.phone ?? null,
    assigned: file.assigned?.name ?? null,
    documents,
    intake: file.intake,
    authentication: auth,
    assurance: assuranceFor(asJudged(file), directory, policy),
    callbacks: file.callbacks.map(({ who: _who, ...call }) => call),
    verification: file.verification && {
      outcome: file.verification.outcome,
      level: file.verification.level,
      by: file.verification.by.name,
      at: file.verification.at,
    },
    verdicts: {
      authenticity: file.judgement?.authenticity ?? null,
      sufficiency: file.judgement?.sufficiency ?? null,
      scope: file.judgement?.scope ?? null,
    },
    ruleSet: file.judgement?.ruleSet ?? null,
    judgedUnder: file.judgedUnder,
    findings: findings.map((finding) => ({ ...finding, answered: isAnswered(file, finding, finding.itemId ?? null) })),
    alerts: alertsOf(file).map(({ rule, message }) => ({ rule, message })),
    items: demand.items.map((item) => ({
      item: item.id,
      category: item.category ?? null,
      target: demand.targets[item.target] ?? null,
      range: rangeInWords(item),
      standing: file.judgement?.items.find(({ id }) => id === item.id)?.standing ?? null,
      decision: file.decisions[item.id]?.decision ?? null,
      reason: file.decisions[item.id]?.reason ?? null,
      decidedBy: file.decisions[item.id]?.by.name ?? null,
      open: openFindings(file, item.id).map(({ rule }) => rule),
    })),
    approvals: {
      needed: approvedItems(file).length > 0 ? approvalsNeeded(file, policy.limits.bulkTargets) : null,
      by: file.approvals.map(({ by }) => by.name),
      complete: approvalsComplete(file, policy.limits.bulkTargets),
    },
    letters: file.letters.map(({ by, ...letter }) => ({ ...letter, by: by.name })),
    narrowings: file.narrowings,
    notice: file.notice && { ...file.notice, by: file.notice.by.name },
    notified: file.notified,
    hold: file.hold,
    collection: file.collection && { ...file.collection, by: file.collection.by.name },
    package: file.package && { ...file.package, by: file.package.by.name },
    endedBecause: file.endedBecause,
    clocks: clocksOf(file, policy).map((clock) => ({ ...clock, overdue: !clock.paused && clock.due <= at })),
    next: nextActs(file.state),
  };
}

/** What somebody has to look into beside the request: a forged paper, a mailbox in other hands. */
function alertsOf({ verification, judgement }: RequestFile): Finding[] {
  const found = [...(verification?.findings ?? []), ...(judgement?.findings ?? [])];
  const alerting = found.filter(({ effects }) => effects.includes('alert'));
  return [...new Map(alerting.map((finding) => [finding.message, finding])).values()];
}

export type ShownFile = ReturnType<typeof shownFile>;

/** The file under the policy and the directory in force. */
export function shownFor(house: House, file: RequestFile, at: string): ShownFile {
  return shownFile(file, policyInForce(house).paper, directoryInForce(house).paper, at);
}

export function fileLines(shown: ShownFile): string {
  const lines = [
    `${shown.request}  ${words(shown.state)}  ${shown.kind}${shown.paper ? ` on ${shown.paper}` : ''}${shown.caseNo ? `, ${shown.caseNo}` : ''}`,
    `  from ${shown.requester.agencyName} (${shown.requester.officer}), received ${shown.receivedAt}, version ${shown.version}`,
    `  who is asking: ${shown.verdicts.authenticity ?? 'not judged'} (level ${shown.assurance.level} of ${shown.assurance.floor} needed${shown.assurance.missing.length > 0 ? `; missing: ${shown.assurance.missing.join('; ')}` : ''})`,
    `  the paper: ${shown.verdicts.sufficiency ?? 'not judged'}   the scope: ${shown.verdicts.scope ?? 'not judged'}`,
    ...shown.items.map(
      (item) =>
        `  item ${item.item}: ${item.category ? `${item.category} ${CATEGORY_WORDS[item.category]}` : 'no category'}; ${item.target ? `${item.target.type} ${item.target.value}` : '?'}; ${item.range}: ${item.decision ?? item.standing ?? 'not judged'}${item.open.length > 0 ? ` (open: ${item.open.join(', ')})` : ''}`,
    ),
    ...shown.alerts.map(({ rule, message }) => `  ALERT ${rule}: ${message}`),
    ...findingLines(shown.findings),
    ...shown.clocks.map(
      ({ name, due, target, overdue, paused }) =>
        `  ${overdue ? 'OVERDUE ' : ''}${name}: ${target && target !== due ? `${target}, at the latest ${due}` : due}${paused ? ' (paused)' : ''}`,
    ),
    ...(shown.endedBecause ? [`  ended: ${shown.endedBecause}`] : []),
  ];
  return lines.join('\n');
}

export function findingLines(findings: readonly (Finding & { answered?: boolean })[]): string[] {
  return findings.map(
    ({ rule, severity, path, message, effects, answered }) =>
      `  ${rule} ${severity}${answered ? ' (answered)' : ''} at ${path}: ${message}${effects.length > 0 ? ` [${effects.join(', ')}]` : ''}`,
  );
}
