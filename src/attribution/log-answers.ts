/** Answers from a lease log: what its leases amount to, judged by what the provider declares of it. */
import { judge } from './answer.ts';
import type { Ground } from './ground.ts';
import type { Answerer, LeaseLog, Replies, Reply } from './log.ts';

export function answererOn(log: LeaseLog, ground: Ground): Answerer {
  return {
    basis: log.basis,
    clockErrorSeconds: ground.clockErrorSeconds,
    async one(asked): Promise<Reply> {
      const tally = await log.tally(asked);
      const { leases, subscribers, candidates, shown } = tally;
      const reason = judge({
        ofSource: ground.speaksOf(asked, 0) ?? tally.known,
        covered: ground.covered(asked.lo[0]!, asked.hi[0]!),
        portGiven: asked.port[0]! >= 0,
        ...tally,
      });
      return { reason, leases, subscribers, candidates, shown };
    },
    async many(asked): Promise<Replies> {
      const tallies = await log.tallies(asked);
      const { nearest } = tallies;
      // One object for all rows: a million of them are judged in a second.
      const known = {
        ofSource: true, covered: true as boolean | null, portGiven: true,
        known: true, unread: false, subscribers: 0, atTime: 0, unnamed: false, blocks: false,
      }; // biome-ignore format: filled in for each row
      return {
        nearest,
        subscribers: (index) => tallies.subscribers(index),
        putCandidates: (index, into) => tallies.putCandidates(index, into),
        reason(index) {
          tallies.facts(index, known);
          known.ofSource = ground.speaksOf(asked, index) ?? known.known;
          known.covered = ground.covered(asked.lo[index]!, asked.hi[index]!);
          known.portGiven = asked.port[index]! >= 0;
          return judge(known);
        },
      };
    },
    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  };
}
