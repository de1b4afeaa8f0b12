/** Asking: one question over the in-scope records of a matter, answered with everything needed to doubt it. */
import { z } from 'zod';
import type { Finding } from '../analysis/finding.ts';
import type { KnownPlaces } from '../analysis/places.ts';
import { questions } from '../analysis/register.ts';
import { digestOf } from '../base/canonical.ts';
import { sha256 } from '../base/digest.ts';
import { microsFrom } from '../base/interval.ts';
import { Problem } from '../base/problem.ts';
import type { Receipt } from '../importing/receipt.ts';
import { type OpenRecords, openRecords } from '../store/records.ts';
import type { Scoped } from '../store/scoped.ts';
import { importFolders } from '../store/segments.ts';
import { fieldWords } from './field-words.ts';
import type { Matter } from './house.ts';
import { instrumentsOf } from './instrument.ts';
import { operation } from './operation.ts';
import { placesOf } from './reference.ts';
import type { Shelf } from './shelf.ts';

export const ask = operation({
  words: 'ask',
  desk: 'examiner',
  op: 'combination',
  does: 'Ask a question of the in-scope records; alone, list the questions and their parameters.',
  example: 'fourcorners ask hours --matter m-1a2b3c4d5e --kinds transfer',
  positional: ['question'],
  open: 'parameters',
  input: z.strictObject({
    question: z.string().optional().describe('timeline, hours, areas, corroboration; none lists them'),
    matter: z.string().min(1).optional().describe('the matter'),
    parameters: z.record(z.string(), z.string()).default({}).describe('the question’s own parameters, as --NAME VALUE'),
  }),
  async run(house, input, task): Promise<Finding | { questions: Awaited<ReturnType<typeof listed>> }> {
    if (input.question === undefined) return { questions: await listed() };
    if (input.matter === undefined)
      throw new Problem('input/invalid', 'matter: name it with --matter; `fourcorners matter list` lists them');
    const matter = house.matter(input.matter);
    await using records = await openMatter(matter, house.shelf);
    const finding = await answer(input.question, input.parameters, { records, places: await placesOf(matter) });
    await keep(matter, finding);
    task.tell({ objects: { count: finding.inputs.records, digest: finding.digest } });
    return finding;
  },
  show: (output) => ('questions' in output ? output.questions.map(shownQuestion).join('\n') : shownFinding(output)),
});

export const findingList = operation({
  words: 'finding list',
  desk: 'examiner',
  op: 'consultation',
  does: 'List the findings kept in a matter, and whether they rest on the records as they are now.',
  example: 'fourcorners finding list --matter m-1a2b3c4d5e',
  input: z.strictObject({ matter: z.string().min(1).describe('the matter') }),
  async run(house, input) {
    const matter = house.matter(input.matter);
    const kept = await Promise.all(
      matter.papers.list('findings').map((digest) => matter.papers.get<Finding>(`findings/${digest}`)),
    );
    await using records = await openMatter(matter, house.shelf);
    const { digest } = await inputsOf(records, await placesOf(matter));
    return { findings: kept.map((finding) => ({ ...finding, isCurrent: finding.inputs.digest === digest })) };
  },
  show: ({ findings }) =>
    findings
      .map(
        ({ question, statement, isCurrent }) => `${question}${isCurrent ? '' : ' (of earlier records)'}: ${statement}`,
      )
      .join('\n') || 'Nothing was asked yet.',
});

async function listed() {
  return Object.entries(await questions()).map(([name, { asks, limits, params }]) => ({
    question: name,
    asks,
    limits,
    parameters: Object.entries(params.shape).map(([parameter, schema]) => ({
      name: parameter,
      about: (schema as z.ZodType).description ?? '',
    })),
  }));
}

/** The records of a matter with the ranges that were ordered, ready for a question; from the shelf where there is one. */
export async function openMatter(matter: Matter, shelf?: Shelf): Promise<OpenRecords> {
  if (!shelf) return await openedAnew(matter);
  // Folders and papers are written once, so their names say whether anything is new.
  const papers = matter.papers
    .drawers('instruments')
    .map((name) => [name, ...matter.papers.list(`instruments/${name}`)]);
  const state = digestOf([importFolders(matter.folder), papers]);
  return await shelf.take(matter.id, state, () => openedAnew(matter));
}

async function openedAnew(matter: Matter): Promise<OpenRecords> {
  const ranges: Scoped['ranges'] = (await instrumentsOf(matter)).flatMap(({ versions }) => {
    const approved = versions.findLast(({ approval }) => approval !== null);
    return (approved?.added.paper.items ?? []).flatMap((item, index) =>
      item.categories.map((category) => ({
        item: String(index + 1),
        target: `${item.target.type} ${item.target.value}`,
        category,
        began: microsFrom(item.began)!,
        ended: microsFrom(item.ended)!,
      })),
    );
  });
  return openRecords(matter.folder, matter.key, matter.id, ranges);
}

export type Asked = { records: OpenRecords; places: KnownPlaces };

/** A question with its parameters checked. Throws `ask/no-such-question` and `ask/parameters`. */
export async function parametersOf(question: string, parameters: Record<string, unknown>) {
  const all = await questions();
  const analysis = Object.hasOwn(all, question) ? all[question] : undefined;
  if (!analysis)
    throw new Problem(
      'ask/no-such-question',
      `There is no question ${question}. Questions are ${Object.keys(all).join(', ')}.`,
      { question },
    );
  const unknown = Object.keys(parameters).filter((name) => !Object.hasOwn(analysis.params.shape, name));
  const parsed = analysis.params.safeParse(parameters, { error: fieldWords });
  if (unknown.length > 0 || !parsed.success) {
    const says = [
      ...unknown.map((name) => `${name}: no parameter of ${question}`),
      ...(parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)),
    ];
    throw new Problem(
      'ask/parameters',
      `${says.join('; ')}. ${question} takes ${Object.keys(analysis.params.shape).join(', ') || 'no parameters'}.`,
    );
  }
  return { analysis, asked: parsed.data };
}

/** Throws what `parametersOf` throws. */
export async function answer(
  question: string,
  parameters: Record<string, unknown>,
  { records, places }: Asked,
): Promise<Finding> {
  const { analysis, asked } = await parametersOf(question, parameters);
  const inputs = await inputsOf(records, places);
  const given = await analysis.run({ scoped: records.scoped, places }, asked);
  const { asks, limits, caveat, version } = analysis;
  const finding = {
    question,
    asks,
    method: { name: question, version },
    parameters: asked as Record<string, unknown>,
    inputs,
    ...given,
    limits,
    caveat,
  };
  return { ...finding, digest: sha256(JSON.stringify(finding)) };
}

/** What was read: how many records of which source, and a digest that another office importing the same would get. */
async function inputsOf(records: OpenRecords, places: KnownPlaces): Promise<Finding['inputs']> {
  const rows = await records.scoped.rows<{ return: string; format: string; kind: string; n: bigint }>(
    'select return, format, kind, count(*) as n from records group by return, format, kind order by return, format, kind',
  );
  const bySource = rows.map(({ n, ...source }) => ({ ...source, records: Number(n) }));
  const returns = records.imports.map(({ papers }) => {
    const { sha256: digest, kept, declaredZone, profile } = papers.receipt as Receipt;
    return { digest, kept, declaredZone, profile: profile?.sha256 ?? null };
  });
  return {
    records: bySource.reduce((total, source) => total + source.records, 0),
    bySource,
    digest: digestOf({ returns, bySource, references: places.used.map(({ digest }) => digest) }),
    references: places.used,
  };
}

/** Kept once: the same finding again is the same document. */
export async function keep(matter: Matter, finding: Finding): Promise<void> {
  if (!matter.papers.has(`findings/${finding.digest}`)) await matter.papers.put(`findings/${finding.digest}`, finding);
}

function shownQuestion(one: Awaited<ReturnType<typeof listed>>[number]): string {
  return [
    `${one.question}: ${one.asks}`,
    ...one.parameters.map(({ name, about }) => `  --${name}  ${about}`),
    `  limits: ${one.limits}`,
  ].join('\n');
}

function shownFinding(finding: Finding): string {
  return [
    finding.asks,
    '',
    finding.statement,
    ...(finding.refused ?? []).map((reason) => `Refused: ${reason}`),
    '',
    ...finding.leftOut.map(({ what, why, count }) => `Left out: ${count} ${what}: ${why}`),
    ...finding.alternatives.map((alternative) => `Also possible: ${alternative}`),
    ...finding.sensitivity.map(({ change, effect }) => `If ${change}: ${effect}`),
    '',
    `Limits: ${finding.limits}`,
    finding.caveat,
    `Method ${finding.method.name} ${finding.method.version}; ${finding.inputs.records} records, inputs ${finding.inputs.digest}`,
    `Finding ${finding.digest}. The whole of it: --json`,
  ].join('\n');
}
