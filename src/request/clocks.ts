/**
 * What is due of a request, until when, and by which rule: worked out from its file, so no clock is ever set by hand.
 *
 * A clock shows; it does not act. What lapses by itself (a hold, the waiting for an enforcing authority) is asked of the
 * same computation by whoever acts.
 */

import { microsFrom } from '../base/interval.ts';
import type { Deadline } from '../calendar/deadline.ts';
import { type EnforcingState, type EuOptions, euDays } from '../calendar/eu-days.ts';
import { euEmergency, euHours } from '../calendar/eu-hours.ts';
import { isMemberState, jurisdictionFrom } from '../calendar/jurisdiction.ts';
import { euPreservation, euPreservationExtended } from '../calendar/preservation.ts';
import { businessDays, type UsPlace, usDays, usDaysBy } from '../calendar/us-days.ts';
import type { Policy } from '../instrument/policy.ts';
import { isEmergency } from '../instrument/process.ts';
import { isEnded, isEuropean, type RequestFile, version } from './file.ts';
import { HELD, type State } from './way.ts';

export type ClockName =
  | 'acknowledge'
  | 'produce'
  | 'return date'
  | 'objection under third-country law'
  | 'enforcing authority'
  | 'answer of the issuing authority'
  | 'cure'
  | 'user may object'
  | 'user notice'
  | 'review of the silence'
  | 'nondisclosure ends'
  | 'hold ends'
  | 'motion on comity'
  | 'paper after the emergency';

export type Clock = {
  name: ClockName;
  due: string;
  /** For an emergency certificate: eight hours from the minute of receipt, where that is earlier. */
  target?: string;
  rule: string;
  steps: string[];
  /** Whose time it is: only the provider's own makes the request urgent. */
  whose: 'provider' | 'requester' | 'authority' | 'user';
  paused: boolean;
};

const BEFORE_ANSWER: readonly State[] = ['received', 'verifying', 'verified', 'in_review', 'narrowed', 'approved', 'part_approved', 'notice_wait', 'ea_hold', 'collecting', 'qa']; // biome-ignore format: a list

/** Every clock that runs or is paused, the earliest first. */
export function clocksOf(file: RequestFile, policy: Policy): Clock[] {
  const found = [
    acknowledge(file, policy),
    produce(file, policy),
    returnDate(file, policy),
    thirdCountry(file, policy),
    authority(file, policy),
    issuingAuthority(file, policy),
    cure(file),
    objection(file),
    notice(file, policy),
    silence(file, policy),
    nondisclosure(file, policy),
    holdEnds(file),
    comity(file, policy),
    followUp(file, policy),
  ].filter((clock) => clock !== null);
  return found.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
}

/** What the desk must do next and until when; null when nothing of its own runs. */
export function nextDue(file: RequestFile, policy: Policy): Clock | null {
  const running = clocksOf(file, policy).filter(({ paused }) => !paused);
  return running.find(({ whose }) => whose === 'provider') ?? running[0] ?? null;
}

function acknowledge(file: RequestFile, policy: Policy): Clock | null {
  if (file.state !== 'received') return null;
  const receipt = instant(file.receivedAt);
  if (isEmergency(version(file).demand)) {
    const minutes = policy.clocks.emergencyAcknowledgeMinutes;
    return {
      name: 'acknowledge',
      due: textOf(receipt.add({ minutes })),
      rule: 'policy/emergency-acknowledge',
      steps: [`received ${file.receivedAt}`, `${minutes} minutes later`],
      whose: 'provider',
      paused: false,
    };
  }
  const days = policy.clocks.acknowledgeBusinessDays;
  return days === 0 ? null : clock('acknowledge', businessDays(receipt, days, place(policy)), 'provider');
}

/** The time a European order gives; for others the provider's own aim. */
function produce(file: RequestFile, policy: Policy): Clock | null {
  const { demand } = version(file);
  if (!['production', 'emergency'].includes(demand.kind)) return null;
  if (!BEFORE_ANSWER.includes(file.state) && file.state !== 'pushed_back') return null;
  const receipt = instant(file.receivedAt);
  const paused = file.state === 'pushed_back' || file.state === 'stayed';
  if (isEuropean(file)) {
    const state = enforcingState(file, policy);
    if (demand.eu?.emergency) {
      const emergency = euEmergency(receipt, state);
      return { ...clock('produce', emergency, 'provider'), target: textOf(emergency.earlier), paused };
    }
    const deadline = euDays(receipt, 10, state, euOptions(policy, state));
    return { ...clock('produce', suspended(file, deadline), 'provider'), paused };
  }
  if (demand.kind === 'emergency' || policy.clocks.productionDays === 0) return null;
  const deadline = usDays(receipt, policy.clocks.productionDays, place(policy));
  return { ...clock('produce', deadline, 'provider'), rule: `policy/production, ${deadline.rule}`, paused };
}

/**
 * While the issuing authority had to answer, the duty was suspended (Art. 10(6)). The text does not say whether the days
 * begin again: they are taken to go on, and the issuing authority is asked to name a day.
 */
function suspended(file: RequestFile, deadline: Deadline): Deadline {
  const ended = file.pauses.filter(({ to }) => to !== null);
  if (ended.length === 0) return deadline;
  const milliseconds = ended.reduce((sum, { from, to }) => sum + Date.parse(to!) - Date.parse(from), 0);
  const due = deadline.due.add({ milliseconds });
  return {
    ...deadline,
    due,
    steps: [
      ...deadline.steps,
      ...ended.map(({ from, to }) => `suspended from ${from} to ${to} (Art. 10(6))`),
      `taken to resume, so due ${due}; ask the issuing authority to state a date`,
    ],
  };
}

function returnDate(file: RequestFile, policy: Policy): Clock | null {
  const { returnOn } = version(file).demand.instrument;
  if (returnOn === undefined || !BEFORE_ANSWER.includes(file.state)) return null;
  const zone = policy.provider.zone;
  const due =
    microsFrom(returnOn) === null
      ? Temporal.PlainDate.from(returnOn).add({ days: 1 }).toZonedDateTime(zone).toInstant()
      : instant(returnOn);
  return {
    name: 'return date',
    due: textOf(due),
    rule: 'paper/return-date',
    steps: [
      `the paper names ${returnOn}`,
      ...(microsFrom(returnOn) === null ? [`read as the end of that day, ${zone}`] : []),
    ],
    whose: 'provider',
    paused: false,
  };
}

function thirdCountry(file: RequestFile, policy: Policy): Clock | null {
  if (!isEuropean(file) || !version(file).demand.eu?.conflict || !BEFORE_ANSWER.includes(file.state)) return null;
  const state = enforcingState(file, policy);
  return clock(
    'objection under third-country law',
    euDays(instant(file.receivedAt), 10, state, euOptions(policy, state)),
    'provider',
  );
}

/** When the waiting for the enforcing authority ends by itself; null when there is none. */
export function authorityUntil(file: RequestFile, policy: Policy): Deadline | null {
  if (!isEuropean(file)) return null;
  const waits = (file.judgement?.findings ?? []).some(({ effects }) =>
    effects.includes('wait for the enforcing authority'),
  );
  if (!waits) return null;
  const state = enforcingState(file, policy);
  return euDays(instant(file.receivedAt), 10, state, { ...euOptions(policy, state), event: 'notified and received' });
}

function authority(file: RequestFile, policy: Policy): Clock | null {
  if (file.enforcingAuthority !== null || !BEFORE_ANSWER.includes(file.state)) return null;
  const { demand } = version(file);
  if (demand.eu?.emergency && demand.eu.notifiedEA)
    return clock(
      'enforcing authority',
      euHours(instant(file.receivedAt), 96, enforcingState(file, policy)),
      'authority',
    );
  const until = authorityUntil(file, policy);
  return until && clock('enforcing authority', until, 'authority');
}

function issuingAuthority(file: RequestFile, policy: Policy): Clock | null {
  if (file.state !== 'pushed_back' || !isEuropean(file)) return null;
  const state = enforcingState(file, policy);
  const sent = instant(file.pushedBack!.at);
  return clock(
    'answer of the issuing authority',
    euDays(sent, 5, state, { ...euOptions(policy, state), event: 'Form 3 sent' }),
    'requester',
  );
}

function cure(file: RequestFile): Clock | null {
  const due = file.pushedBack?.cureDue;
  if (file.state !== 'pushed_back' || !due) return null;
  return {
    name: 'cure',
    due,
    rule: 'policy/cure',
    steps: [`pushed back ${file.pushedBack!.at}`],
    whose: 'requester',
    paused: false,
  };
}

/** When a push-back sent now must be answered. */
export function cureDue(file: RequestFile, policy: Policy, at: string): string {
  if (isEuropean(file)) {
    const state = enforcingState(file, policy);
    return textOf(euDays(instant(at), 5, state, euOptions(policy, state)).due);
  }
  return textOf(usDays(instant(at), Math.max(1, policy.clocks.cureDays), place(policy)).due);
}

function objection(file: RequestFile): Clock | null {
  const due = file.notice?.due;
  if (file.state !== 'notice_wait' || !due) return null;
  const told = file.notified.some(({ when }) => when === 'before');
  return {
    name: 'user may object',
    due,
    rule: 'policy/notice-wait',
    steps: [told ? 'the user was told' : 'the user is to be told'],
    whose: told ? 'user' : 'provider',
    paused: false,
  };
}

/** When a notice decided now ends the user's time to object. */
export function noticeWaitUntil(policy: Policy, at: string): string {
  const told = { ...place(policy), event: 'user told' };
  return textOf(usDays(instant(at), Math.max(1, policy.clocks.noticeWaitDays), told).due);
}

/** A user who was not told before is told when the ground for silence ends. */
export function noticeDue(file: RequestFile, policy: Policy): { due: string; rule: string; steps: string[] } | null {
  if (file.notice?.decision !== 'stay silent' || file.notified.length > 0) return null;
  const { demand } = version(file);
  const zone = policy.provider.zone;
  switch (file.notice.ground) {
    case 'nondisclosure order': {
      const endsOn = demand.ndo?.endsOn;
      if (endsOn === undefined) return { due: file.notice.at, rule: 'R-122', steps: ['the order names no end'] };
      const due = Temporal.PlainDate.from(endsOn).add({ days: 1 }).toZonedDateTime(zone).toInstant();
      return { due: textOf(due), rule: 'R-126', steps: [`the order ends with ${endsOn}, ${zone}`] };
    }
    case 'emergency': {
      const days = policy.clocks.emergencyNoticeDays;
      const deadline = usDays(instant(file.notice.at), Math.max(1, days), { ...place(policy), event: 'decided' });
      return { due: textOf(deadline.due), rule: 'policy/emergency-notice', steps: deadline.steps };
    }
    default:
      return null;
  }
}

function notice(file: RequestFile, policy: Policy): Clock | null {
  const due = noticeDue(file, policy);
  return due && { name: 'user notice', ...due, whose: 'provider', paused: false };
}

const EXCEPTIONS = [
  'child exploitation',
  'imminent danger',
  'compromised account',
  'notice would be counter-productive',
];

function silence(file: RequestFile, policy: Policy): Clock | null {
  if (file.notice?.decision !== 'stay silent' || !EXCEPTIONS.includes(file.notice.ground ?? '')) return null;
  if (file.notified.length > 0 || isEnded(file)) return null;
  const days = Math.max(1, policy.clocks.withheldNoticeReviewDays);
  return clock(
    'review of the silence',
    usDays(instant(file.notice.at), days, { ...place(policy), event: 'decided' }),
    'provider',
  );
}

/** Shown some weeks before the order ends, so that the notice is ready. */
function nondisclosure(file: RequestFile, policy: Policy): Clock | null {
  const endsOn = version(file).demand.ndo?.endsOn;
  if (endsOn === undefined || file.notice?.ground !== 'nondisclosure order' || file.notified.length > 0) return null;
  const day = Temporal.PlainDate.from(endsOn).subtract({ days: policy.clocks.nondisclosureAlertDays });
  const due = day.toZonedDateTime(policy.provider.zone).toInstant();
  return {
    name: 'nondisclosure ends',
    due: textOf(due),
    rule: 'policy/nondisclosure-alert',
    steps: [`${policy.clocks.nondisclosureAlertDays} days before ${endsOn}`],
    whose: 'provider',
    paused: false,
  };
}

function holdEnds(file: RequestFile): Clock | null {
  if (!file.hold || !HELD.includes(file.state)) return null;
  if (file.state === 'pr_held_for_production') return null;
  return {
    name: 'hold ends',
    due: file.hold.until,
    rule: 'hold',
    steps: [`kept since ${file.hold.began}, renewed ${file.hold.renewals} times`],
    whose: 'provider',
    paused: false,
  };
}

/** Until when a hold begun now lasts. */
export function holdUntil(file: RequestFile, policy: Policy): { until: string; rule: string } {
  const receipt = instant(file.receivedAt);
  const deadline = isEuropean(file)
    ? euPreservation(receipt, enforcingState(file, policy), euOptions(policy, enforcingState(file, policy)))
    : usDaysBy('us-preservation/1', receipt, Math.max(1, policy.clocks.preservationDays), place(policy));
  return { until: textOf(deadline.due), rule: deadline.rule };
}

/** Until when it lasts once renewed. Form 5 keeps it without an end. */
export function renewedUntil(
  file: RequestFile,
  policy: Policy,
  form: 'letter' | 'Form 6' | 'Form 5',
): { until: string; rule: string } {
  if (form === 'Form 5') return { until: '9999-12-31T00:00:00Z', rule: 'Regulation (EU) 2023/1543, Art. 11(2)' };
  const first = instant(file.hold!.until);
  const deadline = isEuropean(file)
    ? euPreservationExtended(first, enforcingState(file, policy), euOptions(policy, enforcingState(file, policy)))
    : usDaysBy('us-preservation-renewed/1', first.subtract({ minutes: 1 }), Math.max(1, policy.clocks.renewalDays), {
        ...place(policy),
        event: 'first period ended',
      });
  return { until: textOf(deadline.due), rule: deadline.rule };
}

function comity(file: RequestFile, policy: Policy): Clock | null {
  if (!(file.judgement?.findings ?? []).some(({ rule }) => rule === 'R-090') || !BEFORE_ANSWER.includes(file.state))
    return null;
  return clock(
    'motion on comity',
    usDays(instant(file.receivedAt), Math.max(1, policy.clocks.comityDays), { ...place(policy), event: 'served' }),
    'provider',
  );
}

function followUp(file: RequestFile, policy: Policy): Clock | null {
  if (version(file).demand.kind !== 'emergency' || !file.package || file.followedUpAt !== null || isEnded(file))
    return null;
  const days = Math.max(1, policy.clocks.emergencyFollowUpDays);
  return clock(
    'paper after the emergency',
    usDays(instant(file.package.at), days, { ...place(policy), event: 'produced' }),
    'requester',
  );
}

function clock(name: ClockName, { due, rule, steps }: Deadline, whose: Clock['whose']): Clock {
  return { name, due: textOf(due), rule, steps, whose, paused: false };
}

/** Twenty-four characters, so that instants compare as text. */
const textOf = (due: Temporal.Instant): string => due.toString({ fractionalSecondDigits: 3 });

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text);

function place(policy: Policy): UsPlace {
  const { jurisdiction, zone } = policy.provider;
  const named = jurisdictionFrom(jurisdiction);
  const holidays = { extraHolidays: policy.extraHolidays.filter((one) => one.jurisdiction === jurisdiction) };
  return { jurisdiction: (named.startsWith('US') ? named : 'US') as 'US', zone, ...holidays };
}

function enforcingState(file: RequestFile, policy: Policy): EnforcingState {
  const stated = version(file).demand.eu?.enforcingState ?? policy.provider.euAddressee?.state ?? 'IE';
  return isMemberState(stated) ? stated : 'IE';
}

function euOptions(policy: Policy, state: EnforcingState): EuOptions {
  return { extraHolidays: policy.extraHolidays.filter(({ jurisdiction }) => jurisdiction === state) };
}
