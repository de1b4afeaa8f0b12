/**
 * How a report is arranged: which findings come in which order, and what an examiner writes between them.
 *
 * An arrangement orders; it hides nothing. A finding it does not name is in the report all the same, after the others. An
 * exhibit is named by its question and parameters, so that it is the finding of the records as they are when it is written.
 */
import { z } from 'zod';
import { refuseOverclaims } from '../report/wording.ts';
import { jsonGiven } from './given.ts';
import { type Matter, now } from './house.ts';
import { MatterId } from './matter.ts';
import { operation } from './operation.ts';
import { parametersOf } from './question.ts';

const Part = z.union([
  z.strictObject({
    heading: z.string().trim().min(1).max(200),
    text: z.string().trim().min(1).max(20_000),
  }),
  z.strictObject({
    question: z.string().min(1).max(60),
    parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
  }),
]);
const Parts = z.strictObject({ parts: z.array(Part).min(1).max(200) });

export type Arrangement = { version: number; by: string; at: string; parts: z.infer<typeof Part>[] };

const NOTHING = 'Nothing was kept.';

/** Parameters as a question takes them from the command line; what was left to its default is absent. */
export const wordsFor = (parameters: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]])),
  );

export const reportArrange = operation({
  words: 'report arrange',
  desk: 'examiner',
  op: 'alteration',
  does: 'Arrange the report: its exhibits in an order, with text between them. Findings that are not named come after.',
  example: 'fourcorners report arrange --matter m-1a2b3c4d5e --file arrangement.json',
  input: z.strictObject({
    matter: MatterId,
    file: z
      .string()
      .min(1)
      .describe('{"parts": [{"heading", "text"} or {"question", "parameters"}, …]}, in the order of the report'),
  }),
  async run(house, input): Promise<Arrangement> {
    const matter = house.matter(input.matter);
    const { parts } = jsonGiven(input.file, Parts, 'report/arrangement', NOTHING);
    for (const part of parts) if ('question' in part) await parametersOf(part.question, wordsFor(part.parameters));
    const written = parts.flatMap((part) => ('text' in part ? [part] : []));
    refuseOverclaims(written.map(({ heading, text }) => ({ place: `“${heading}”`, text: `${heading}\n${text}` })));
    const version = matter.papers.list('arrangements').length + 1;
    const arrangement: Arrangement = { version, by: house.actor.name, at: now(), parts };
    await matter.papers.put(`arrangements/v${String(version).padStart(4, '0')}`, arrangement);
    return arrangement;
  },
  show: ({ version, parts }) => `Arrangement ${version} is kept: ${parts.length} parts.`,
});

export const reportArrangement = operation({
  words: 'report arrangement',
  desk: 'examiner',
  op: 'consultation',
  does: 'Show how the report of a matter is arranged, and who arranged it.',
  example: 'fourcorners report arrangement --matter m-1a2b3c4d5e --json',
  input: z.strictObject({ matter: MatterId }),
  async run(house, input): Promise<{ arrangement: Arrangement | null }> {
    return { arrangement: await arrangementOf(house.matter(input.matter)) };
  },
  show: ({ arrangement }) => (arrangement ? JSON.stringify(arrangement, null, 2) : 'The report is in the usual order.'),
});

/** The newest; null where nobody arranged anything. */
export async function arrangementOf(matter: Matter): Promise<Arrangement | null> {
  const last = matter.papers.list('arrangements').at(-1);
  return last === undefined ? null : await matter.papers.get<Arrangement>(`arrangements/${last}`);
}
