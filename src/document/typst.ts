/** The report as a tagged PDF: the document goes to Typst as data, never as source. */
import { Worker } from 'node:worker_threads';
import type { ReportDocument } from './document.ts';
import { fontBytes, MONO, REGULAR } from './fonts.ts';
import { drawable, lettersOf } from './glyphs.ts';
import { shortened, visible } from './visible.ts';

const CELL = 2000;
const TEXT = 100_000;

export type TypstJob = { data: string; figures: { path: string; svg: string }[] };

/** The bytes of the PDF; the same document gives the same bytes. */
export async function pdf(document: ReportDocument): Promise<Uint8Array> {
  const figures = document.sections.flatMap(({ blocks }) =>
    blocks.flatMap((one) => (one.kind === 'figure' ? [{ path: `/${one.id}.svg`, svg: one.svg }] : [])),
  );
  const data = JSON.stringify(printable(document));
  return await inWorker({ data, figures });
}

/** The document without its pictures, every text as it is printed. */
function printable(value: unknown, key = ''): unknown {
  if (typeof value === 'string')
    return key === 'id' || key === 'day' ? value : key === 'code' ? value : printed(value, TEXT);
  if (Array.isArray(value))
    return value.map((one) =>
      key === 'rows' && Array.isArray(one) ? one.map((cell) => printed(String(cell), CELL)) : printable(one, key),
    );
  if (value === null || typeof value !== 'object') return value;
  const { kind } = value as { kind?: string };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'svg')
      .map(([name, one]) => [name, printable(one, kind === 'code' && name === 'text' ? 'code' : name)]),
  );
}

/** Text as the typefaces can draw it, hidden characters and missing letters written out. */
function printed(text: string, most: number): string {
  letters ??= lettersOf(fontBytes(REGULAR)).intersection(lettersOf(fontBytes(MONO)));
  return breakable(drawable(visible(shortened(text, most)), letters));
}

let letters: ReadonlySet<number> | undefined;

/** Lets long digests and file names break where a line ends; a zero-width space is not seen and not a character of theirs. */
function breakable(text: string): string {
  return text.replace(/\S{24,}/g, (word) => word.replace(/(.{8})/gu, '$1\u200b'));
}

function inWorker(job: TypstJob): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./typst-worker.ts', import.meta.url), { workerData: job });
    worker.once('message', (answer: { pdf: Uint8Array } | { failed: string }) => {
      if ('pdf' in answer) resolve(answer.pdf);
      else reject(new Error(`Typst: ${answer.failed}`));
    });
    worker.once('error', reject);
  });
}
