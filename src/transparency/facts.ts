/**
 * The acts of a request as rows of flat tables: what the published query counts, and nothing else.
 *
 * Everything here is read off the acts. No name, identifier or text of a demand goes in; accounts are numbered within their
 * request, and a service is named only where the policy names it.
 */
import { type Micros, microsFrom } from '../base/interval.ts';
import { classOfItem } from '../instrument/eu-classes.ts';
import type { Demand, LegalRequest } from '../instrument/legal-request.ts';
import { secrecyOf } from '../instrument/nondisclosure.ts';
import { isContent, isReverse, REVERSE_TARGETS } from '../instrument/papers.ts';
import type { Policy } from '../instrument/policy.ts';
import type { Act, ItemCount } from '../request/act.ts';
import { asJudged, opened } from '../request/file.ts';

/** A request as the docket keeps it: its acts, oldest first. */
export type Kept = { request: string; acts: readonly Act[] };

export type Cell = string | number | bigint | boolean | null;

/** Rows of each table, columns in the order of `schema.ts`. */
export type Facts = { requests: Cell[][]; items: Cell[][]; acts: Cell[][]; counts: Cell[][]; findings: Cell[][] };

export const noFacts = (): Facts => ({ requests: [], items: [], acts: [], counts: [], findings: [] });

/** When a request was received, by its first act; null where that act is missing. */
export function receivedAt({ acts }: Kept): Micros | null {
  return acts[0]?.act === 'receive' ? microsFrom(acts[0].at) : null;
}

/** Adds the rows of one request. A request whose first act is missing has none. */
export function addFacts(facts: Facts, { request, acts }: Kept, policy: Policy): void {
  const demands = demandsOf(request, acts);
  if (demands.length === 0) return;
  facts.requests.push(requestRow(request, microsFrom(acts[0]!.at)!, demands, policy));
  demands.forEach((demand, index) => {
    for (const item of demand.items) {
      facts.items.push([
        request,
        index + 1,
        item.id,
        item.category ?? null,
        classOfItem(demand, item),
        isContent(item.category),
        isReverse(demand, item),
      ]);
    }
  });
  const accounts = new Map<string, number>();
  const numberOf = (account: string) => accounts.get(account) ?? accounts.set(account, accounts.size + 1).size;
  let version = 0;
  for (const act of acts) {
    if (act.act === 'receive' || act.act === 'cure' || act.act === 'narrow') version += 1;
    facts.acts.push(actRow(request, act, version));
    if (act.act === 'collect' || act.act === 'preserve') {
      facts.counts.push(...act.counts.map((count) => countRow(request, act.seq, count, numberOf(count.account))));
    }
    if (act.act === 'verify' || act.act === 'review') {
      for (const { rule, severity } of act.judgement.findings)
        facts.findings.push([request, act.seq, version, rule, severity]);
    }
  }
}

/** Every version of the demand, the first as it was received. */
function demandsOf(request: string, acts: readonly Act[]): LegalRequest[] {
  const first = acts[0];
  if (first?.act !== 'receive') return [];
  const file = opened(request, first);
  return acts.flatMap((act) =>
    act.act === 'receive' || act.act === 'cure' || act.act === 'narrow'
      ? [asJudged({ ...file, versions: [{ ...file.versions[0]!, demand: act.demand }] })]
      : [],
  );
}

function requestRow(request: string, received: Micros, demands: LegalRequest[], policy: Policy): Cell[] {
  const newest = demands.at(-1)!;
  const ordered = demands.filter((demand) => ['order', 'statute'].includes(secrecyOf(demand) ?? ''));
  return [
    request,
    received,
    newest.kind,
    newest.track,
    newest.eu?.issuingState ?? newest.requester.country,
    newest.requester.level ?? 'unknown',
    newest.instrument.type ?? 'none',
    serviceOf(newest, policy),
    newest.kind === 'emergency' || newest.eu?.emergency === true,
    demands.length,
    accountsNamed(demands[0]!),
    ordered.length > 0,
    ordered.some((demand) => secrecyOf(demand) === 'order' && demand.ndo?.endsOn === undefined),
    demands.some((demand) => demand.items.some((item) => isReverse(demand, item))),
  ];
}

/** A sender can write anything there: only a service the provider has is named. */
function serviceOf({ service }: Demand | LegalRequest, policy: Policy): string {
  if (service === undefined) return 'unspecified';
  return policy.provider.services.find((known) => alike(known) === alike(service)) ?? 'other';
}

const alike = (name: string) => name.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();

/** A place, a tower, a term or a snapshot names nobody's account. */
function accountsNamed({ targets }: LegalRequest): number {
  const named = targets.filter(({ type }) => type !== 'snapshot' && !REVERSE_TARGETS.includes(type));
  return new Set(named.map(({ type, value }) => `${type}\n${value}`)).size;
}

function actRow(request: string, act: Act, version: number): Cell[] {
  return [
    request,
    act.seq,
    act.act,
    version,
    microsFrom(act.at),
    act.act === 'decide' ? act.item : null,
    outcomeOf(act),
    act.act === 'package' ? act.rows : null,
    act.act === 'resolve' ? accountsFound(act.resolved) : null,
    act.entry,
  ];
}

/** The one word of an act that the query counts by. */
function outcomeOf(act: Act): string | null {
  switch (act.act) {
    case 'verify':
      return act.outcome;
    case 'call back':
      return act.answer;
    case 'decide':
    case 'enforcing authority':
    case 'decide notice':
      return act.decision;
    case 'send letter':
      return act.kind;
    case 'notify user':
      return act.when;
    case 'renew':
      return act.form;
    case 'release hold':
      return act.because;
    default:
      return null;
  }
}

function accountsFound(resolved: Extract<Act, { act: 'resolve' }>['resolved']): number {
  return new Set(resolved.flatMap((accounts) => (accounts ?? []).map(({ account }) => account))).size;
}

function countRow(request: string, seq: number, count: ItemCount, account: number): Cell[] {
  return [request, seq, count.item, account, count.category, isContent(count.category), count.found, count.produced];
}
