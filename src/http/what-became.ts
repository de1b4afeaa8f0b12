/** What became of an act whose answer never came: the server ended in the middle of it, or the line broke. */
import type { Keeper } from '../desk/keeper.ts';
import type { Roll } from '../entry/roll.ts';

export type Became = {
  became: 'done' | 'not done' | 'refused' | 'going on';
  act: string | null;
  result: string | null;
};

/** `key` is the number the browser gave the act. Only whoever did it is told. */
export async function actAfter(keeper: Keeper, roll: Roll, name: string, key: string): Promise<Became> {
  // Opening the house settles what a killed process left.
  return await keeper.within(name, async (house) => {
    const act = roll.actOfKey(key);
    const nothing: Became = { became: 'not done', act: null, result: null };
    if (act === null) return nothing;
    let isMine = false;
    for (const entry of house.ledger.entries()) {
      if (entry.id === act) isMine = entry.actor === house.actor.pseudonym;
      if (isMine && entry.ref === act && entry.phase === 'outcome') {
        const result = entry.result ?? '';
        const became = result.startsWith('ok') ? 'done' : result.startsWith('problem:') ? 'refused' : 'not done';
        return { became, act, result };
      }
    }
    return isMine ? { became: 'going on', act, result: null } : nothing;
  });
}
