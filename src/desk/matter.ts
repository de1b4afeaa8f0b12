/** Matters: one purpose, its papers, its records, its people. Nothing crosses them. */
import { z } from 'zod';
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
  input: z.strictObject({ name: z.string().trim().min(1, 'a name').max(500).describe('what people call it') }),
  async run(house, { name }) {
    const matter = house.newMatter();
    const papers: MatterPapers = { name, openedBy: house.actor.name, openedAt: now() };
    await matter.papers.put('matter', papers);
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
  async run(house) {
    const matters = await Promise.all(house.matters().map(async (id) => ({ matter: id, ...(await papersOf(house, id)) })));
    return { matters };
  },
  show: ({ matters }) => (matters.length === 0 ? 'No matters yet: `fourcorners matter create --name …` opens one.' : matters.map(({ matter, name }) => `${matter}  ${name}`).join('\n')),
});

export async function papersOf(house: House, matter: string): Promise<MatterPapers> {
  return house.matter(matter).papers.get<MatterPapers>('matter');
}
