/** An office whose acts go through the one door in this process: for stories in which the command line is not the point. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { init } from '../src/desk/data-directory.ts';
import { instrumentAdd, instrumentApprove } from '../src/desk/instrument.ts';
import { matterCreate } from '../src/desk/matter.ts';
import type { Operation } from '../src/desk/operation.ts';
import { perform } from '../src/desk/perform.ts';
import { records } from '../src/desk/records.ts';
import { importOperation } from '../src/desk/return.ts';
import type { Receipt } from '../src/importing/receipt.ts';

export type Row = Record<string, unknown> & { raw: Record<string, string> };

export type Door = {
  data: string;
  as<T = Record<string, unknown>>(person: string, operation: Operation, given: unknown): Promise<T>;
  /** A new matter with an approved paper. */
  matterWith(paper: unknown): Promise<{ matter: string; instrument: string }>;
  import(under: { matter: string; instrument: string }, files: string[], more?: object): Promise<Receipt>;
  /** The records as anyone is shown them. */
  records(matter: string): Promise<Row[]>;
  /** Writes a file beside the data directory and says where. */
  write(name: string, content: unknown): string;
  [Symbol.dispose](): void;
};

export const EXAMINER = 'R. Alder';
export const SECOND = 'D. Quill';

export async function door(): Promise<Door> {
  const folder = mkdtempSync(join(tmpdir(), 'fourcorners-door-'));
  const data = join(folder, 'data');
  const made: Door = {
    data,
    as: async <T>(actor: string, operation: Operation, given: unknown) =>
      (await perform(operation, given, { dir: data, actor })) as T,
    async matterWith(paper) {
      const { matter } = await made.as<{ matter: string }>(EXAMINER, matterCreate, { name: 'Story' });
      const file = made.write('paper.json', paper);
      const { instrument } = await made.as<{ instrument: string }>(EXAMINER, instrumentAdd, { matter, file });
      await made.as(SECOND, instrumentApprove, { matter, instrument });
      return { matter, instrument };
    },
    import: (under, files, more) => made.as<Receipt>(EXAMINER, importOperation, { ...under, files, ...more }),
    async records(matter) {
      let text = '';
      const out = async (bytes: Uint8Array | string) => {
        text += bytes;
      };
      await perform(records, { matter }, { dir: data, actor: EXAMINER, out });
      const lines = text.split('\n').filter((line) => line !== '');
      return lines.map((line) => JSON.parse(line) as Row);
    },
    write(name, content) {
      const path = join(folder, name);
      writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
      return path;
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
  await made.as(EXAMINER, init, {});
  return made;
}
