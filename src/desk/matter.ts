/** Matters: one purpose, its papers, its records, its people. Nothing crosses them. */
import { z } from 'zod';
import { isProblem } from '../base/problem.ts';
import { refuseConflict } from './granting.ts';
import { type House, now } from './house.ts';
import { operation } from './operation.ts';

export type MatterPapers = { name: string; openedBy: string; openedAt: string };

export const MatterId = z.string().min(1).describe('the matter, as `matter create` named it');

export const matterCreate = operation({
  words: 'matter create',
  desk: 'examiner',
  op: 'governance',
  does: 'Open a matter: the folder in which one purpose’s papers, records and findings stay together.',
  example: 'fourcorners matter create --name "Transfers from Doña Ana County"',
  input: z.strictObject({
    name: z.string().trim().min(1, 'not empty: what people call the matter').max(500).describe('what people call it'),
  }),
  async run(house, { name }) {
    refuseConflict(house, house.actor.pseudonym, { role: 'lead', matter: '' });
    const matter = house.newMatter();
    const papers: MatterPapers = { name, openedBy: house.actor.name, openedAt: now() };
    await matter.papers.put('matter', papers);
    house.roll().grant(house.actor.pseudonym, { role: 'lead', matter: matter.id }, papers.openedAt);
    return { matter: matter.id, name };
  },
  show: ({ matter, name }) => `Matter ${matter} is open: ${name}`,
});

export const matterList = operation({
  words: 'matter list',
  desk: 'examiner',
  op: 'consultation',
  does: 'List the matters of this data directory.',
  example: 'fourcorners matter list',
  input: z.strictObject({}),
  async run(house, _, task) {
    const mine = house.matters().filter((id) => task.reaches(id));
    return { matters: await Promise.all(mine.map((id) => listed(house, id))) };
  },
  show: ({ matters }) =>
    matters.length === 0
      ? 'No matters yet: `fourcorners matter create --name …` opens one.'
      : matters.map(({ matter, name, problem }) => `${matter}  ${name ?? `does not open: ${problem}`}`).join('\n'),
});

/** A matter that was destroyed or damaged is listed as that, and hides no other. */
async function listed(house: House, matter: string) {
  try {
    return { matter, ...(await papersOf(house, matter)), problem: null };
  } catch (error) {
    if (!isProblem(error)) throw error;
    return { matter, name: null, openedBy: null, openedAt: null, problem: error.code };
  }
}

export async function papersOf(house: House, matter: string): Promise<MatterPapers> {
  return house.matter(matter).papers.get<MatterPapers>('matter');
}
