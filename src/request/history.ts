/** What the docket remembers that bears on a request: the same demand before, holds, open emergencies, borrowed seals. */
import type { History, Hold, Same } from '../instrument/rule.ts';
import type { Docket, Mark } from './docket.ts';
import { type RequestFile, version } from './file.ts';
import { agencyKey } from './summary.ts';
import { HELD } from './way.ts';

/** At most so many earlier requests are opened for one mark; a reviewer is shown that there are some, not all. */
const MOST = 20;

/** `file` need not be in the docket yet: a request being received is compared with what is there. */
export function historyOf(docket: Docket, file: RequestFile, marks: readonly Mark[]): History {
  const { demand } = version(file);
  const agency = agencyKey({ demand });
  const others = (kinds: Mark['kind'][]) =>
    marks
      .filter(({ kind }) => kinds.includes(kind))
      .flatMap((mark) => docket.marked(mark, MOST).map((request) => ({ mark, request })))
      .filter(({ request }) => request !== file.id);
  const opened = new Map<string, RequestFile>();
  const open = (request: string) => {
    const known = opened.get(request) ?? docket.file(request);
    opened.set(request, known);
    return known;
  };
  return {
    same: sameAs(others(['document', 'demand']), open),
    seenFrom: others(['docket number', 'seal']).flatMap(({ mark, request }) => {
      const other = open(request);
      const named = version(other).demand.requester.agencyName;
      return agencyKey(version(other)) === agency
        ? []
        : [{ what: mark.kind === 'seal' ? ('seal' as const) : ('docket' as const), agency: named, request }];
    }),
    holds: others(['target']).flatMap(({ mark, request }): Hold[] => {
      const other = open(request);
      if (!other.hold) return [];
      return [
        {
          request,
          target: mark.value.split('\n').at(-1)!,
          began: other.hold.began,
          until: other.hold.until,
          renewals: other.hold.renewals,
          open: HELD.includes(other.state),
        },
      ];
    }),
    emergenciesOpen: docket
      .marked({ kind: 'emergency open', value: agency }, MOST)
      .filter((request) => request !== file.id)
      .map((request) => ({ request, grantedAt: open(request).package!.at })),
    enforcingAuthority: file.enforcingAuthority,
    packageBytes: file.package?.sizeBytes ?? null,
    rows: file.collection ? file.collection.counts.reduce((sum, { produced }) => sum + produced, 0) : null,
  };
}

function sameAs(found: { mark: Mark; request: string }[], open: (request: string) => RequestFile): Same[] {
  const seen = new Map<string, Same>();
  for (const { mark, request } of found) {
    const other = open(request);
    const because = mark.kind === 'document' ? 'document' : 'demand';
    const known = seen.get(request);
    if (known === undefined || because === 'document') {
      seen.set(request, { request, because, withdrawnOn: other.state === 'withdrawn' ? other.lastAt : null });
    }
  }
  return [...seen.values()];
}
