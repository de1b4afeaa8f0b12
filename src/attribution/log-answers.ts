/** Answers from a lease log: what its leases amount to, judged by what the provider declares of it. */
import { judge, type Known } from './answer.ts';
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
      const { subscribers, nearest } = tallies;
      // One object for all rows: a million of them are judged in a second.
      const known: Known = {
        ofSource: true, covered: true, unread: false, portGiven: true, subscribers: 0, atTime: 0, unnamed: false, blocks: false,
      }; // biome-ignore format: filled in for each row
      return {
        subscribers,
        nearest,
        candidates: (index) => tallies.candidates(index),
        reason(index) {
          known.ofSource = ground.speaksOf(asked, index) ?? tallies.known[index] === 1;
          known.covered = ground.covered(asked.lo[index]!, asked.hi[index]!);
          known.unread = tallies.unread[index] === 1;
          known.portGiven = asked.port[index]! >= 0;
          known.subscribers = subscribers[index]!;
          known.atTime = tallies.atTime[index]!;
          known.unnamed = tallies.unnamed[index] === 1;
          known.blocks = tallies.blocks[index] === 1;
          return judge(known);
        },
      };
    },
    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  };
}
