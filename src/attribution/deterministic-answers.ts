/**
 * Answers from a translator's configuration: the inside address, and who had it where a log of that is declared.
 *
 * Each translator counts from when it was set up so until it was changed; outside that there is nothing to go by.
 */
import { microsFrom, textFrom } from '../base/interval.ts';
import type { Translator } from '../source/leases.ts';
import type { Lease, Reason } from './answer.ts';
import { Translation } from './deterministic.ts';
import { type Answerer, type Replies, type Reply, tallyOf } from './log.ts';
import { addressNumber, addressText } from './network.ts';
import { type Asked, addressAt, asked, microsOf, putAddress } from './question.ts';
import { RowTallies } from './row-tallies.ts';

type Setting = { translation: Translation; began: number; ended: number; stated: Translator };

/** Where the answer is not yet the inside log's: a reply, or the one inside address to go on with. */
type Found = Reply | { inside: string };

/** `inside` says who had an inside address; without it the inside address is the answer. */
export function deterministicAnswers(
  translators: readonly Translator[],
  clockErrorSeconds: number,
  inside: Answerer | null,
): Answerer {
  const settings = translators.map((stated) => ({
    translation: new Translation(stated),
    began: Number(microsFrom(stated.began)!),
    ended: stated.ended === null ? Infinity : Number(microsFrom(stated.ended)!),
    stated,
  }));
  const further = inside ? microsOf(0, inside.clockErrorSeconds) : 0;
  const insideAsked = (questions: Asked, indexes: readonly number[], addresses: readonly string[]): Asked => {
    const out = asked(indexes.length);
    for (const [place, index] of indexes.entries()) {
      putAddress(out, place, 4, addressNumber(addresses[place]!)!.value);
      out.port[place] = -1;
      out.time[place] = questions.time[index]!;
      out.lo[place] = questions.lo[index]! - further;
      out.hi[place] = questions.hi[index]! + further;
    }
    out.count = indexes.length;
    return out;
  };
  return {
    basis: {
      engine: 'deterministic',
      stated: `${translators.length} translator settings as declared, by arithmetic${inside ? `; inside addresses: ${inside.basis.stated}` : ''}.`,
      rows: null,
      unusable: null,
    },
    clockErrorSeconds,
    async one(question) {
      const found = find(settings, question, 0, inside !== null);
      return 'inside' in found ? inside!.one(insideAsked(question, [0], [found.inside])) : found;
    },
    async many(questions): Promise<Replies> {
      const rows = new RowTallies(questions.count);
      const reasons = new Map<number, Reason>();
      const [indexes, addresses]: [number[], string[]] = [[], []];
      for (let index = 0; index < questions.count; index++) {
        if (questions.family[index] === 0) continue;
        const found = find(settings, questions, index, inside !== null);
        if ('inside' in found) {
          indexes.push(index);
          addresses.push(found.inside);
        } else {
          reasons.set(index, found.reason);
          if (found.shown.length > 0)
            rows.put(index, { ...found, atTime: 0, unnamed: false, blocks: false, nearest: found.shown[0]! });
        }
      }
      if (indexes.length === 0) return { ...repliesOf(rows), reason: (index) => reasons.get(index)! };
      const known = await inside!.many(insideAsked(questions, indexes, addresses));
      const places = new Map(indexes.map((index, place) => [index, place]));
      return goneOn(rows, reasons, known, places);
    },
    async [Symbol.asyncDispose]() {
      await inside?.[Symbol.asyncDispose]();
    },
  };
}

function repliesOf(rows: RowTallies): Omit<Replies, 'reason'> {
  return {
    subscribers: (index) => rows.subscribers(index),
    nearest: rows.nearest,
    putCandidates: (index, into) => rows.putCandidates(index, into),
  };
}

/** Replies of which some are the inside log's, at other places. */
function goneOn(rows: RowTallies, reasons: Map<number, Reason>, known: Replies, places: Map<number, number>): Replies {
  const own: Replies = { ...repliesOf(rows), reason: (index) => reasons.get(index)! };
  const of = (index: number) => (places.has(index) ? known : own);
  const at = (index: number) => places.get(index) ?? index;
  return {
    subscribers: (index) => of(index).subscribers(at(index)),
    putCandidates: (index, into) => of(index).putCandidates(at(index), into),
    reason: (index) => of(index).reason(at(index)),
    nearest: {
      began: (index) => of(index).nearest.began(at(index)),
      ended: (index) => of(index).nearest.ended(at(index)),
      exactEnd: (index) => of(index).nearest.exactEnd(at(index)),
      ports: (index) => of(index).nearest.ports(at(index)),
      name: (index, into) => of(index).nearest.name(at(index), into),
      network: (index, into) => of(index).nearest.network(at(index), into),
      row: (index, into) => of(index).nearest.row(at(index), into),
    },
  };
}

function find(settings: readonly Setting[], questions: Asked, index: number, goesOn: boolean): Found {
  const outside = addressText(questions.family[index] as 4 | 6, addressAt(questions, index));
  const own = settings.filter(({ translation }) => translation.sharing(outside) > 0);
  if (own.length === 0) return nothing('address not in this source');
  const [lo, hi, time] = [questions.lo[index]!, questions.hi[index]!, BigInt(questions.time[index]!)];
  const inForce = own.filter(({ began, ended }) => began <= hi && ended > lo);
  const covered = isCovered(inForce, lo, hi);
  const port = questions.port[index]!;
  const all = inForce.map((setting) => ({ setting, ...of(setting, outside, port) }));
  const leases = all.flatMap(({ leases }) => leases);
  const tally = tallyOf(leases, time, true, false);
  const { subscribers, candidates, shown } = tally;
  const said = (reason: Reason): Reply => ({ reason, leases: leases.length, subscribers, candidates, shown });
  if (!covered) return said('no log for that time');
  if (all.some(({ kind }) => kind === 'dynamic')) return said('dynamic port pool');
  if (subscribers === 0)
    return said(all.some(({ kind }) => kind === 'reserved') ? 'port reserved' : 'log names nobody');
  if (subscribers > 1)
    return said(port < 0 ? 'port missing' : tally.atTime > 1 ? 'leases overlap' : 'tolerance reaches a neighbour');
  return goesOn ? { inside: candidates[0]! } : said(tally.atTime > 0 ? 'held' : 'at the edge');
}

function nothing(reason: Reason): Reply {
  return { reason, leases: 0, subscribers: 0, candidates: [], shown: [] };
}

/** Whether settings follow one another without a gap from `lo` to `hi`. */
function isCovered(settings: readonly Setting[], lo: number, hi: number): boolean {
  let to = lo;
  for (const { began, ended } of [...settings].sort((a, b) => a.began - b.began)) {
    if (began > to) return false;
    to = Math.max(to, ended);
  }
  return to > hi;
}

/** A setting's answer, as if each inside address had a lease for as long as it was in force. */
function of({ translation, stated }: Setting, outside: string, port: number): { kind: string; leases: Lease[] } {
  const lease = (inside: string, ports: { low: number; high: number } | null): Lease => ({
    subscriber: inside,
    network: outside,
    portLow: ports?.low ?? null,
    portHigh: ports?.high ?? null,
    began: microsFrom(stated.began)!,
    ended: stated.ended === null ? null : microsFrom(stated.ended)!,
    row: `translator set up ${textFrom(microsFrom(stated.began)!)}`,
  });
  if (port < 0) {
    return {
      kind: 'inside',
      leases: translation.allInside(outside).map((inside) => lease(inside, translation.block(inside))),
    };
  }
  const found = translation.insideOf(outside, port);
  if (found.kind !== 'inside') return { kind: found.kind, leases: [] };
  return {
    kind: 'inside',
    leases: [lease(found.address, translation.block(found.address) ?? { low: port, high: port })],
  };
}
