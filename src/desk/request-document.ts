/** One paper of a request, as it came. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { version } from '../request/file.ts';
import { operation } from './operation.ts';
import { RequestId } from './provider.ts';
import { readPaper } from './request-documents.ts';

const SHOWN_BYTES = 200_000;
const TEXT = new Set(['application/json', 'message/rfc822', 'application/xml', 'text/plain', 'text/csv', 'text/html']);

export const requestDocument = operation({
  words: 'request document',
  desk: 'provider',
  op: 'consultation',
  does: 'Write one paper of a request as it came, and give the beginning of it as text where it is text.',
  example: 'fourcorners request document --request r-1a2b3c4d5e --sha256 529d44f6… --out papers',
  input: z.strictObject({
    request: RequestId,
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex, as `request show` lists it'),
    out: z.string().min(1).describe('a folder'),
  }),
  async run(house, input) {
    const file = house.docket().file(input.request);
    const kept = file.versions.flatMap(({ documents }) => documents).find(({ sha256 }) => sha256 === input.sha256);
    if (!kept) {
      throw new Problem('request/no-such-document', `${input.request} has no paper with this digest.`, {
        sha256: input.sha256,
      });
    }
    const bytes = await readPaper(house, input.request, input.sha256);
    const out = resolve(input.out);
    mkdirSync(out, { recursive: true });
    // Named by its digest: what the sender called it is only a name.
    const name = `${input.sha256.slice(0, 16)}${/\.[A-Za-z0-9]{1,5}$/.exec(kept.name)?.[0] ?? ''}`;
    writeFileSync(join(out, name), bytes);
    const isText = TEXT.has(kept.mediaType);
    return {
      ...kept,
      file: name,
      text: isText ? bytes.subarray(0, SHOWN_BYTES).toString('utf8') : null,
      isWhole: bytes.length <= SHOWN_BYTES,
      version: file.versions.indexOf(version(file)) + 1,
    };
  },
  show: ({ file }) => `Written: ${file}`,
});
