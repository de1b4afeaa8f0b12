/** Serving: the workbench on a data directory, or one finished report, in a browser on this machine. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { free, type ServedOn } from './operation.ts';

export const serve = free({
  words: 'serve',
  desk: 'everyone',
  op: 'consultation',
  does: 'Open the workbench in a browser on this machine; or, with --report, show one finished report.',
  example: 'fourcorners serve --data case-data --port 8080',
  input: z.strictObject({
    port: z.coerce.number().int().min(0).max(65535).default(0).describe('port on this machine; 0 takes a free one'),
    report: z.string().min(1).optional().describe('show the folder that `fourcorners report` wrote, and nothing else'),
    origin: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('what browsers call it where a proxy stands before it, such as https://desk.example'),
    oidc: z
      .string()
      .min(1)
      .optional()
      .describe(
        'a file that declares the office’s own sign-in: {"issuer", "clientId", "clientSecretVariable", "name"}',
      ),
    'tls-key': z.string().min(1).optional().describe('a file with the key, to serve over TLS'),
    'tls-cert': z.string().min(1).optional().describe('a file with the certificate, to serve over TLS'),
  }),
  async run({ dir }, input): Promise<{ folder: string; port: number } | { workbench: ServedOn }> {
    if (input.report !== undefined) {
      const folder = resolve(input.report);
      if (existsSync(`${folder}/report.html`)) return { folder, port: input.port };
      throw new Problem(
        'report/not-there',
        `There is no report in ${folder}. \`fourcorners report --out\` writes one.`,
        { folder },
      );
    }
    if (!existsSync(join(dir, 'keys'))) {
      throw new Problem(
        'house/none',
        `${dir} is not a data directory. Make one with \`fourcorners init\`, or name yours with --data or FOURCORNERS_DATA.`,
        { dir },
      );
    }
    const { 'tls-key': key, 'tls-cert': cert, origin } = input;
    if ((key === undefined) !== (cert === undefined))
      throw new Problem('input/invalid', 'tls-key: name the key and the certificate, or neither');
    const tls = key !== undefined && cert !== undefined ? { key: resolve(key), cert: resolve(cert) } : undefined;
    return {
      workbench: {
        dir: resolve(dir),
        port: input.port,
        origin: origin && new URL(origin).origin,
        ...(tls ? { tls } : {}),
        ...(input.oidc === undefined ? {} : { oidc: resolve(input.oidc) }),
      },
    };
  },
  shows: (output) => ('folder' in output ? output : null),
  serves: (output) => ('workbench' in output ? output.workbench : null),
  show: (output) => ('folder' in output ? `Showing ${output.folder}` : `The workbench of ${output.workbench.dir}`),
});
