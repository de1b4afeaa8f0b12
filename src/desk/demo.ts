/** The sample matter, end to end, each step through the same door a person uses. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Finding } from '../analysis/finding.ts';
import { Problem } from '../base/problem.ts';
import type { Receipt } from '../importing/receipt.ts';
import { init } from './data-directory.ts';
import { instrumentAdd, instrumentApprove } from './instrument.ts';
import { matterCreate } from './matter.ts';
import { free, type Operation } from './operation.ts';
import { perform } from './perform.ts';
import { ask } from './question.ts';
import { referenceAdd } from './reference.ts';
import { report } from './report.ts';
import { importOperation } from './return.ts';

const EXAMINER = 'R. Alder';
const SECOND = 'D. Quill';

export const demo = free({
  words: 'demo',
  desk: 'everyone',
  op: 'governance',
  does: 'Run the sample matter end to end: four companies’ returns in, one report out, one order answered; the truth beside it.',
  example: 'fourcorners demo --no-serve',
  input: z.strictObject({
    seed: z.coerce.number().int().min(0).default(42).describe('which invented matter'),
    'no-serve': z.boolean().default(false).describe('do not serve the workbench afterwards'),
    port: z.coerce
      .number()
      .int()
      .min(0)
      .max(65535)
      .default(0)
      .describe('port on this machine to serve the workbench on; 0 takes a free one'),
    out: z
      .string()
      .min(1)
      .optional()
      .describe('folder for the sample’s files, its data directory and the report; by default a new one'),
  }),
  async run(_, input, task) {
    const folder = resolve(input.out ?? join('demo', new Date().toISOString().slice(0, 19).replaceAll(':', '')));
    // Loaded when they are wanted: no other command needs the simulator or its truth.
    const { sampleMatter } = await import('../sample/matter.ts');
    const { DEMO_QUESTIONS, summary } = await import('./demo-summary.ts');
    const sample = await sampleMatter(input.seed);
    const files = join(folder, 'as-received');
    makeNew(folder, files);
    for (const { name, bytes } of [...sample.files, ...sample.references]) writeFileSync(join(files, name), bytes);
    writeFileSync(join(files, 'western-union.profile.json'), JSON.stringify(sample.profile, null, 2));

    const dir = join(folder, 'data');
    const by = async <T>(actor: string, operation: Operation, given: unknown): Promise<T> =>
      (await perform(operation, given, { dir, actor, progress: task.progress })) as T;
    await by(EXAMINER, init, { 'oversight-key': join(folder, 'oversight.key') });
    const { matter } = await by<{ matter: string }>(EXAMINER, matterCreate, {
      name: 'Sample: transfers from Doña Ana County, 2017',
    });

    const receipts: Receipt[] = [];
    for (const paper of sample.instruments) {
      const file = join(files, `instrument-${paper.number}.json`);
      writeFileSync(file, JSON.stringify(paper, null, 2));
      const { instrument } = await by<{ instrument: string }>(EXAMINER, instrumentAdd, { matter, file });
      await by(SECOND, instrumentApprove, { matter, instrument });
      for (const { name, withProfile } of sample.files.filter((one) => one.instrument === paper.number)) {
        task.progress(`importing ${name}`);
        const profile = withProfile ? { profile: join(files, 'western-union.profile.json') } : {};
        receipts.push(
          await by<Receipt>(EXAMINER, importOperation, { matter, instrument, files: [join(files, name)], ...profile }),
        );
      }
    }
    await by(EXAMINER, referenceAdd, { matter, files: sample.references.map(({ name }) => join(files, name)) });
    const findings: Finding[] = [];
    for (const { question, parameters } of DEMO_QUESTIONS) {
      task.progress(`asking ${question}`);
      findings.push(await by<Finding>(EXAMINER, ask, { question, matter, parameters }));
    }
    task.progress('writing the report');
    const out = join(folder, 'report');
    await by(EXAMINER, report, { matter, out });
    const { demoInbox, demoProduction } = await import('./demo-provider.ts');
    const production = await demoProduction(folder, dir, sample, task.progress);
    const inbox = await demoInbox(folder, dir, sample, matter);
    const found = summary(receipts, findings, sample.truth);
    return {
      folder,
      data: dir,
      matter,
      reportFolder: out,
      serveOn: input['no-serve'] ? null : input.port,
      ...found,
      productionHoldsTruth: production.holdsTruth,
      providerData: production.data,
      request: production.request,
      package: production.package,
      waiting: inbox.request,
      codes: inbox.codes,
      lines: [...found.lines, ...production.lines],
    };
  },
  serves: ({ data, serveOn }) => (serveOn === null ? null : { dir: data, port: serveOn }),
  show: (output) =>
    output.lines.join('\n') +
    `\n\nReport    ${join(output.reportFolder, 'report.html')}\nMatter    ${output.matter} in ${output.data}\nRequest   ${output.request} in ${output.providerData}\nPackage   ${output.package}` +
    `\n\nThe workbench lets these people in, each once by a code; the order waits in its inbox as ${output.waiting}:\n` +
    output.codes.map(({ name, role, code }) => `  ${code}  ${name}, ${role}`).join('\n'),
});

function makeNew(folder: string, files: string): void {
  try {
    mkdirSync(folder, { recursive: false });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST')
      throw new Problem(
        'demo/folder-exists',
        `${folder} is there already. Nothing was changed; name another with --out.`,
        { folder },
      );
    if (code !== 'ENOENT') throw error;
    mkdirSync(folder, { recursive: true });
  }
  mkdirSync(files);
}
