/** Who held this address: one question, a table of them, and the index that makes both fast. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ANSWERS } from '../attribution/answer.ts';
import type { Attribution } from '../attribution/attribution.ts';
import { microsFrom, textFrom } from '../base/interval.ts';
import { Problem } from '../base/problem.ts';
import { memoryFolder } from '../custody/memory.ts';
import { address } from '../record/identifier.ts';
import type { LeaseSource } from '../source/leases.ts';
import { type House, now } from './house.ts';
import { operation } from './operation.ts';
import { type Declared, declaredSources } from './sources.ts';

const SourceName = z.string().min(1).describe('the declared source with the lease log');
const Tolerance = z.coerce
  .number()
  .min(0)
  .max(86_400)
  .default(0)
  .describe('seconds by which the two clocks may differ');

export const attributeOperation = operation({
  words: 'attribute',
  desk: 'provider',
  op: 'consultation',
  does: 'Say who held an address at a time: one, several, none, or that it cannot be told and why. Or for a table of logins.',
  example:
    'fourcorners attribute --source leases --ip 203.0.113.7 --port 40001 --time 2026-03-01T12:00:00Z --tolerance 60',
  input: z.strictObject({
    source: SourceName,
    ip: z.string().min(1).optional().describe('the address'),
    port: z.coerce.number().int().min(0).max(65_535).optional().describe('its source port'),
    time: z.string().min(1).optional().describe('the time, with its zone'),
    tolerance: Tolerance,
    file: z.string().min(1).optional().describe('a table of logins (CSV), answered row by row'),
    out: z.string().min(1).optional().describe('where the answered table goes'),
    'ip-column': z.string().default('ip'),
    'port-column': z.string().default('port'),
    'time-column': z.string().default('time'),
    'whole-check': z.boolean().default(false).describe('compare every byte of the index and its source first'),
  }),
  async run(house, input, task) {
    const batch = input.file !== undefined;
    if (batch === (input.ip !== undefined)) {
      throw new Problem(
        'input/invalid',
        'Ask of one address with --ip and --time, or of a table with --file and --out. Nothing was looked up.',
      );
    }
    const { declared, lease } = leaseSourceOf(house, input.source);
    await using opened = await openedFor(house, declared, lease, input['whole-check']);
    const { attribution } = opened;
    if (batch) {
      if (input.out === undefined)
        throw new Problem('input/invalid', 'Say with --out where the answered table goes. Nothing was looked up.');
      const columns = { ip: input['ip-column'], port: input['port-column'], time: input['time-column'] };
      const receipt = await attribution.batch(resolve(input.file!), resolve(input.out), {
        columns,
        toleranceSeconds: input.tolerance,
      });
      task.tell({
        counts: {
          rows: receipt.rows,
          one: receipt.answers.one,
          several: receipt.answers.several,
          none: receipt.answers.none,
          cannotTell: receipt.answers['cannot tell'],
          unreadable: receipt.answers.unreadable,
        },
      });
      return { source: input.source, out: resolve(input.out), basis: attribution.basis, ...receipt };
    }
    const ip = address(input.ip!.trim());
    const time = input.time === undefined ? null : microsFrom(input.time);
    if (ip === null) throw new Problem('input/invalid', `ip: ${input.ip} is no address. Nothing was looked up.`);
    if (time === null)
      throw new Problem(
        'attribution/no-zone',
        `time: ${input.time ?? 'none'} is no time with its zone, such as 2026-03-01T12:00:00Z. A zone is not guessed; nothing was looked up.`,
      );
    const answer = await attribution.one({ ip, port: input.port ?? null, time, toleranceSeconds: input.tolerance });
    task.tell({ counts: { candidates: answer.subscribers } });
    return {
      source: input.source,
      ip,
      port: input.port ?? null,
      time: textFrom(time),
      toleranceSeconds: input.tolerance,
      basis: attribution.basis,
      ...answer,
      looked: { began: textFrom(answer.looked.began), ended: textFrom(answer.looked.ended) },
      shown: answer.shown.map(({ began, ended, ...row }) => ({
        ...row,
        began: textFrom(began),
        ended: ended === null ? null : textFrom(ended),
      })),
    };
  },
  show: (output) =>
    'rows' in output
      ? [
          `${output.rows} rows answered in ${output.out}`,
          ...[...ANSWERS, 'unreadable' as const].map((word) => `  ${word}: ${output.answers[word]}`),
          ...Object.entries(output.reasons).map(([reason, count]) => `    ${reason}: ${count}`),
        ].join('\n')
      : [
          `${output.ip}${output.port === null ? '' : ` port ${output.port}`} at ${output.time}: ${output.answer}${output.subscriber ? `: ${output.subscriber}` : ''} (${output.reason})`,
          ...(output.subscribers > 1
            ? [
                `  ${output.subscribers} subscribers could have had it: ${output.candidates.join(', ')}${output.subscribers > output.candidates.length ? ', …' : ''}`,
              ]
            : []),
          ...output.shown
            .slice(0, 5)
            .map(
              ({ subscriber, began, ended, portLow, portHigh, row }) =>
                `  ${subscriber ?? 'names nobody'}  ${began} to ${ended ?? 'still open'}${portLow === null ? '' : `  ports ${portLow} to ${portHigh}`}  ${row}`,
            ),
        ].join('\n'),
});

export const attributeIndex = operation({
  words: 'attribute index',
  desk: 'provider',
  op: 'consultation',
  does: 'Build the index of a lease log of Parquet files: questions become fast, the log stays where it is and is checked.',
  example: 'fourcorners attribute index --source leases',
  input: z.strictObject({ source: SourceName }),
  async run(house, input, task) {
    const { declared, lease } = leaseSourceOf(house, input.source);
    const table = lease.engine === 'deterministic' ? lease.inside : lease;
    if (table?.engine !== 'duckdb')
      throw new Problem(
        'attribution/no-index',
        `${input.source} is not a log of Parquet files, so it needs no index. Nothing was built.`,
        { source: input.source },
      );
    const { buildIndex } = await import('../attribution/index-build.ts');
    const built = await buildIndex(table, {
      folder: folderOf(declared),
      into: indexOf(house, input.source),
      progress: task.progress,
    });
    task.tell({ counts: { rows: built.rows } });
    return { source: input.source, ...built };
  },
  show: ({ source, rows, sizeBytes }) => `${source}: ${rows} leases indexed in ${sizeBytes} bytes.`,
});

const folderOf = ({ declaration, folder }: Declared) =>
  declaration.engine === 'duckdb' ? join(folder, declaration.folder) : folder;

const indexOf = (house: House, source: string) => join(house.dir, 'sources', `${source}.index`);

function leaseSourceOf(house: House, name: string): { declared: Declared; lease: LeaseSource } {
  const all = declaredSources(house);
  const declared = all.find(({ declaration }) => declaration.name === name);
  const lease = declared?.declaration.leases[0];
  if (declared === undefined || lease === undefined) {
    const having = all
      .filter(({ declaration }) => declaration.leases.length > 0)
      .map(({ declaration }) => declaration.name);
    throw new Problem(
      'attribution/no-source',
      `There is no source ${name} with a lease log${having.length > 0 ? `; there are ${having.join(', ')}` : ''}. Declare one with \`fourcorners source add\`.`,
      { source: name },
    );
  }
  return { declared, lease };
}

/** Opened for one act: what lies in memory and what is connected goes with it. */
async function openedFor(
  house: House,
  declared: Declared,
  lease: LeaseSource,
  wholeCheck: boolean,
): Promise<{ attribution: Attribution; [Symbol.asyncDispose](): Promise<void> }> {
  const { declaration } = declared;
  // Loaded when they are wanted: no other command needs them.
  const { openAttribution } = await import('../attribution/attribution.ts');
  const { createClient } = await import('@clickhouse/client');
  const memory = memoryFolder();
  const index = indexOf(house, declaration.name);
  const client =
    declaration.engine === 'clickhouse'
      ? createClient({
          url: declaration.url,
          username: declaration.user,
          password: declaration.passwordVariable === undefined ? '' : (process.env[declaration.passwordVariable] ?? ''),
          database: declaration.database,
        })
      : undefined;
  try {
    const attribution = await openAttribution(lease, {
      folder: folderOf(declared),
      memoryFolder: memory.path,
      ...(existsSync(index) ? { index } : {}),
      wholeCheck,
      ...(client ? { client } : {}),
      now: microsFrom(now())!,
    });
    return {
      attribution,
      async [Symbol.asyncDispose]() {
        await attribution[Symbol.asyncDispose]();
        await client?.close();
        memory[Symbol.dispose]();
      },
    };
  } catch (error) {
    await client?.close();
    memory[Symbol.dispose]();
    throw error;
  }
}
