/**
 * Which login coincides with which lease: by address, port, time and an allowance for two clocks.
 *
 * Each login gets one of four answers, and each answer its reason. That the log holds no lease for a login is an answer
 * too, and is shown in the same size. It compares lines of subscribers, never persons.
 */
import { z } from 'zod';
import { textFrom } from '../base/interval.ts';
import type { Kind } from '../record/record.ts';
import type { Scoped } from '../store/scoped.ts';
import { type Ground, isLoginSql } from './corroborate/answers.ts';
import { type Counts, type Listed, listed, strongestOf, tallied } from './corroborate/comparison.ts';
import { evaluation } from './corroborate/evaluation.ts';
import { shapesOf } from './corroborate/leases.ts';
import { type LogCoverage, logCoverage } from './corroborate/log-coverage.ts';
import { inWords, REASONS } from './corroborate/reasons.ts';
import { assumedOf, sensitivityOf } from './corroborate/sensitivity.ts';
import { type Analysis, type Answer, analysis } from './finding.ts';
import { counted } from './place/figures.ts';
import { inSql, kindsIn } from './time/kinds.ts';

const SUBSCRIBERS_SHOWN = 100;

const params = z.object({
  clock_allowance_seconds: z.coerce.number().min(0).max(86_400).default(120).describe('how far the two clocks may differ'),
  login_kinds: z.string().default('session,contact').describe('kinds of record that are logins; of contacts only those sent'),
  subscribers_per_address: z.coerce.number().int().min(1).max(10_000_000).optional().describe('how many share an address, as the carrier states'),
  population: z.coerce.number().int().min(2).optional().describe('size of the relevant population, for a likelihood ratio'),
  population_is: z.string().min(1).optional().describe('who the relevant population is, in words'),
  limit: z.coerce.number().int().min(0).max(100_000).default(1000).describe('how many logins are listed; counts are whole'),
}); // biome-ignore format: a line each

const corroboration: Analysis<typeof params> = analysis({
  asks: 'Which logins coincide with which leases of an address?',
  limits:
    'Compares what an account’s company and a carrier each wrote down. A lease shows who held an address and ports, not that ' +
    'anything was sent. Leases of subscribers whom no paper names, and leases that cross the edge of the ordered range, are ' +
    'sealed, so how many others fit is not known from these records. Networks other than those of the log are not compared.',
  caveat:
    'A login that coincides with one lease points to the line of a subscriber, not to a person: a line and a device can be ' +
    'shared, and an account can be used by more than one. A login that fits no lease counts against, and is shown beside.',
  version: '1',
  params,
  async run({ scoped }, asked): Promise<Answer> {
    const kinds = kindsIn(asked.login_kinds);
    const shapes = await shapesOf(scoped);
    const coverage = await logCoverage(scoped);
    const ground: Ground = { levels: shapes.levels, coverage, loginKinds: kinds };
    const assumed = assumedOf(asked.clock_allowance_seconds);
    const { counts, reasons, subscribers } = await tallied(scoped, ground, assumed);
    const logins = total(counts);
    const leftOut = [...(await notLogins(scoped, kinds, logins)), ...shapes.unusable];
    const refused = [
      ...(logins === 0 ? ['No record in scope is a login with an address.'] : []),
      ...(shapes.usable === 0n ? ['No lease in scope can be compared.'] : []),
    ];
    const rows = await listed(scoped, ground, assumed, asked.limit);
    const sharing = asked.subscribers_per_address ?? null;
    const shown = (row: Listed) => rowOf(row, sharing);
    const comparisons = subscribers.reduce((sum, one) => sum + one.comparisons, 0);
    const likelihood = evaluation({
      population: asked.population,
      populationIs: asked.population_is,
      sharing: asked.subscribers_per_address,
      allowanceSeconds: asked.clock_allowance_seconds,
      holdSeconds: shapes.holdSeconds,
    });
    return {
      statement: refused.length > 0 ? `Nothing is compared. ${refused.join(' ')}` : statementOf(counts, comparisons, subscribers.length),
      ...(refused.length > 0 ? { refused } : {}),
      result: {
        mode: likelihood.computed ? 'evaluative' : 'investigative',
        logins,
        counts,
        reasons: reasons.map((one) => ({ ...one, words: REASONS[one.reason] })),
        comparisons,
        perSubscriber: subscribers.slice(0, SUBSCRIBERS_SHOWN).map(({ first, last, ...one }) => ({ ...one, first: textFrom(first), last: textFrom(last) })),
        subscribersPointedTo: subscribers.length,
        absences: rows.filter(({ answer, placeInAnswer }) => answer === 'none' && placeInAnswer <= BigInt(asked.limit)).map(shown),
        strongest: strongestOf(rows).map(shown),
        rows: rows.filter(({ placeInTime }) => placeInTime <= BigInt(asked.limit)).map(shown),
        listed: { limit: asked.limit, rows: Math.min(asked.limit, logins), of: logins },
        clockAllowanceSeconds: asked.clock_allowance_seconds,
        subscribersPerAddress: sharing ?? { notStated: true, usual: [16, 4096] },
        leaseLog: coverageOf(coverage),
        leases: Number(shapes.usable),
        likelihood,
      },
      leftOut,
      alternatives: [
        'Another person used the line or a device of the subscriber.',
        'Another person used the account from a line of their own; logins that fit no lease show where to look.',
        'The address or port written down is that of a service in between, such as a proxy, and not the device’s.',
        'One of the two clocks, or the zone in which one was read, is wrong.',
        'The lease log is incomplete, or a lease was attributed to the wrong subscriber.',
      ],
      sensitivity: await sensitivityOf(scoped, ground, asked.clock_allowance_seconds, counts),
    };
  },
}); // biome-ignore format: a column each
export default corroboration;

const total = ({ one, several, none, cannotTell }: Counts) => one + several + none + cannotTell;

function statementOf(counts: Counts, comparisons: number, subscribers: number): string {
  const { one, several, none, cannotTell } = counts;
  const against =
    none === 0
      ? 'no login lacks a lease that fits where the lease log speaks of its address and time'
      : `${none} ${none === 1 ? 'fits' : 'fit'} no lease although the lease log speaks of their address and time, which counts against`;
  const inLeases =
    one === 0
      ? ''
      : ` (${counted(comparisons, 'comparison')}: logins inside one lease count once; ${counted(subscribers, 'subscriber')})`;
  return (
    `Of ${counted(total(counts), 'login')} with an address, ${against}. ${one} ${one === 1 ? 'coincides' : 'coincide'} with the lease of ` +
    `exactly one subscriber${inLeases}, ${several} with an address that several subscribers shared, and for ${cannotTell} the records cannot tell.`
  );
}

function rowOf(row: Listed, sharing: number | null) {
  const { id, account, t, ip, port, answer, reason, leases, margin, leaseIds } = row;
  const [subscribers, against] = [Number(row.subscribers ?? 0n), Number(row.against)];
  return {
    id,
    account,
    began: t === null ? null : textFrom(t),
    ip,
    port,
    answer,
    subscribersInScope: subscribers,
    subscriber:
      answer === 'one' || (answer === 'cannot tell' && subscribers === 1) || reason === 'no port'
        ? row.subscriber
        : null,
    leases: Number(leases ?? 0n),
    leaseIds,
    /** Seconds from the login to the nearer edge of the lease; below zero when the login lies outside it. */
    marginSeconds: margin === null || answer === 'several' ? null : Number(margin) / 1e6,
    against: answer === 'none' ? against : 0,
    reason,
    words: inWords(reason, { subscribers, against }, sharing),
  };
}

function coverageOf({ named, open }: LogCoverage) {
  const told = ({ began, ended }: { began: bigint; ended: bigint }) => ({
    began: textFrom(began),
    ended: textFrom(ended),
  });
  return {
    named: named.map(({ speaks, ordered, ...log }) => ({
      ...log,
      ordered: ordered.map(told),
      showsAbsence: speaks.map(told),
    })),
    open: open.map(({ base, level, began, ended }) => ({
      address: `${base}/${level.bits}`,
      ...told({ began, ended }),
    })),
  };
}

/** Records of these kinds that are not among the `logins` compared. */
async function notLogins(scoped: Scoped, kinds: readonly Kind[], logins: number): Promise<Answer['leftOut']> {
  const rows = await scoped.rows<{ kind: string; why: string | null; n: bigint }>(
    `select kind, case when coalesce(${isLoginSql(kinds)}, false) then null
         when kind = 'contact' and direction is distinct from 'outbound' then 'not sent by the account, so the address is another’s'
         else 'no address' end as why, count(*) as n
     from records where kind in ${inSql(kinds)} and kind in ('session', 'contact') group by all order by all`,
  );
  const repeated = rows.reduce((sum, { why, n }) => sum + (why === null ? Number(n) : 0), 0) - logins;
  return [
    ...rows.flatMap(({ kind, why, n }) => (why === null ? [] : [{ what: `${kind} records`, why, count: Number(n) }])),
    ...(repeated > 0
      ? [{ what: 'logins', why: 'the same account, time, address and port stand in another row', count: repeated }]
      : []),
  ];
}
