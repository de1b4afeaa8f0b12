/** What a listing shows of a request, and by which marks it is found again. */
import { digestOf } from '../base/canonical.ts';
import type { Policy } from '../instrument/policy.ts';
import { nextDue } from './clocks.ts';
import type { Mark, Summary } from './docket.ts';
import { type RequestFile, version } from './file.ts';

export function summaryOf(file: RequestFile, policy: Policy): Summary {
  const { demand } = version(file);
  const next = nextDue(file, policy);
  return {
    request: file.id,
    state: file.state,
    receivedAt: file.receivedAt,
    kind: demand.kind,
    paper: demand.instrument.type ?? null,
    caseNo: demand.instrument.caseNo ?? null,
    agency: demand.requester.agencyName,
    officer: demand.requester.officer,
    items: demand.items.length,
    authenticity: file.judgement?.authenticity ?? (file.verification?.outcome === 'verified' ? 'holds' : null),
    sufficiency: file.judgement?.sufficiency ?? null,
    scope: file.judgement?.scope ?? null,
    next: next && { clock: next.name, due: next.target ?? next.due, whose: next.whose },
  };
}

/** One agency, however it writes its name. */
export function agencyKey({ demand }: { demand: RequestFile['versions'][number]['demand'] }): string {
  return demand.requester.agencyId ?? demand.requester.agencyName.normalize('NFKC').trim().toLowerCase();
}

/** The same agency asking the same about the same account: a demand that was sent twice. */
function demandDigest(file: RequestFile): string {
  const { demand } = version(file);
  return digestOf({
    agency: agencyKey({ demand }),
    kind: demand.kind,
    caseNo: demand.instrument.caseNo ?? null,
    targets: demand.targets.map(({ type, value }) => [type, value]),
    items: demand.items.map(({ category, from, to }) => [category ?? null, from ?? null, to ?? null]),
  });
}

/** The marks a file has by what it says now. Marks are added, never moved, so earlier versions are found too. */
export function marksOf(file: RequestFile): Mark[] {
  const { demand, documents } = version(file);
  const agency = agencyKey({ demand });
  const { caseNo, sealImageHash } = demand.instrument;
  return [
    ...documents.map(({ sha256 }): Mark => ({ kind: 'document', value: sha256 })),
    { kind: 'demand', value: demandDigest(file) },
    ...(caseNo === undefined ? [] : [{ kind: 'docket number' as const, value: caseNo.trim().toLowerCase() }]),
    ...(sealImageHash === undefined ? [] : [{ kind: 'seal' as const, value: sealImageHash }]),
    ...demand.targets.map(({ type, value }): Mark => ({ kind: 'target', value: `${agency}\n${type}\n${value}` })),
    ...(file.verification?.outcome === 'verified' ? [{ kind: 'agency verified' as const, value: agency }] : []),
    ...(file.hold ? [{ kind: 'snapshot' as const, value: file.hold.snapshot }] : []),
    ...(isOpenEmergency(file) ? [{ kind: 'emergency open' as const, value: agency }] : []),
  ];
}

/** Marks that no longer hold: an emergency whose paper has come. */
export function marksGone(file: RequestFile): Mark[] {
  if (version(file).demand.kind !== 'emergency' || isOpenEmergency(file)) return [];
  return [{ kind: 'emergency open', value: agencyKey(version(file)) }];
}

const isOpenEmergency = (file: RequestFile) =>
  version(file).demand.kind === 'emergency' && file.package !== null && file.followedUpAt === null;
