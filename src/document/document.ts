/**
 * The report as a document of plain blocks, before it is a page: both renderings are made from this and say the same.
 *
 * Texts are as stored; making hostile characters visible and escaping is each renderer's duty.
 */

/** `mono` is for digests, addresses and other text that is read letter by letter. */
export type Column = { title: string; align?: 'right'; mono?: boolean };

export type Table = {
  caption: string;
  columns: Column[];
  rows: string[][];
  /** Number of rows at the end that are sums. */
  totals?: number;
  note?: string;
};

export type Figure = {
  /** Unique in the document; letters, digits and hyphens. */
  id: string;
  /** A complete `<svg>` without scripts, styles or references outside itself. */
  svg: string;
  widthPx: number;
  heightPx: number;
  caption: string;
  alt: string;
  data: Table;
  /** Print the table under the picture even when it has three rows or fewer: the picture does not say all of it. */
  printData?: boolean;
};

export type Fact = { term: string; value: string; mono?: boolean };

export type Block =
  | { kind: 'heading'; level: 3 | 4; text: string }
  | { kind: 'paragraph'; text: string; small?: boolean }
  | { kind: 'statement'; text: string }
  /** A boxed remark with its own title: caveat, limits, refusal, warning. */
  | { kind: 'note'; tone: 'caveat' | 'refusal' | 'warning'; title: string; texts: string[] }
  | { kind: 'list'; items: string[]; ordered?: boolean }
  | { kind: 'facts'; facts: Fact[] }
  | ({ kind: 'table' } & Table)
  | ({ kind: 'figure' } & Figure)
  | { kind: 'code'; text: string };

export type Section = { id: string; title: string; blocks: Block[]; newPage: boolean };

export type Cover = {
  kicker: string;
  title: string;
  subtitle: string;
  facts: Fact[];
  instruments: { title: string; facts: Fact[]; scope: string[] }[];
  mode: { name: string; says: string };
};

export type ReportDocument = {
  title: string;
  matter: { id: string; name: string };
  /** `YYYY-MM-DD`, or null. */
  day: string | null;
  cover: Cover;
  sections: Section[];
};
