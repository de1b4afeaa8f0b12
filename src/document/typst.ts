/** Reports and letters as tagged PDFs: the document goes to Typst as data, never as source. */
import { Worker } from 'node:worker_threads';
import type { Block, ReportDocument } from './document.ts';
import { fontBytes, MONO, REGULAR } from './fonts.ts';
import { drawable, lettersOf } from './glyphs.ts';
import { shortened, visible } from './visible.ts';

const CELL = 2000;
const TEXT = 100_000;

export type Template = 'report' | 'letter';
export type TypstJob = { template: Template; data: string; figures: { path: string; svg: string }[] };

/** The bytes of the report; the same document gives the same bytes. */
export async function pdf(document: ReportDocument): Promise<Uint8Array> {
  return await typeset(
    'report',
    document,
    document.sections.flatMap(({ blocks }) => blocks),
  );
}

/** The bytes of `document` in a layout of the house; `blocks` are all of its blocks, whose pictures go beside the data. */
export async function typeset(template: Template, document: object, blocks: readonly Block[]): Promise<Uint8Array> {
  const figures = blocks.flatMap((one) => (one.kind === 'figure' ? [{ path: `/${one.id}.svg`, svg: one.svg }] : []));
  return await inWorker({ template, data: JSON.stringify(printable(document)), figures });
}

/** The document without its pictures, every text as it is printed. */
function printable(value: unknown, key = ''): unknown {
  if (typeof value === 'string')
    return AS_IS.includes(key) ? value : key === 'code' ? printedCode(value) : printed(value, TEXT, key);
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

/** Fields that the program sets and a template reads. */
const AS_IS = ['id', 'day', 'paper'];

/** Text as the typefaces can draw it, hidden characters and missing letters written out. An address is copied: it stays whole. */
function printed(text: string, most: number, key = ''): string {
  return breakable(drawn(shortened(text, most)), key === 'contact' ? /\S{40,}/g : /\S{24,}/g);
}

/** Lines of code stay lines, and are broken only where they would leave the page: what is copied holds nothing else. */
function printedCode(text: string): string {
  const lines = shortened(text, TEXT).split(/\r?\n/).map(drawn);
  return lines.map((line) => breakable(line, /\S{80,}/g)).join('\n');
}

function drawn(text: string): string {
  letters ??= lettersOf(fontBytes(REGULAR)).intersection(lettersOf(fontBytes(MONO)));
  return drawable(visible(text), letters);
}

let letters: ReadonlySet<number> | undefined;

/** Lets long digests and file names break where a line ends; a zero-width space is not seen and not a character of theirs. */
function breakable(text: string, words: RegExp): string {
  return text.replace(words, (word) => word.replace(/(.{8})/gu, '$1\u200b'));
}

function inWorker(job: TypstJob): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./typst-worker.ts', import.meta.url), { workerData: job, execArgv: [] });
    worker.once('message', (answer: { pdf: Uint8Array } | { failed: string }) => {
      if ('pdf' in answer) resolve(answer.pdf);
      else reject(new Error(`Typst: ${answer.failed}`));
    });
    worker.once('error', reject);
  });
}
