/** The pictures of a report, drawn from what is published and from nothing else. */
import { type BarChart, barChart } from '../document/bar-chart.ts';
import type { Block } from '../document/document.ts';
import { OUTCOMES } from './definitions.ts';
import { paperInWords } from './paper-words.ts';
import type { Period } from './period.ts';
import type { Published, PublishedTable } from './publish.ts';

const OUTCOME_WORDS = ['in full', 'in part', 'nothing held', 'rejected', 'withdrawn', 'open or lapsed'];

/** A row as its cells by column. */
export type Cells = Record<string, string>;

export const cellsOf = ({ columns, rows }: PublishedTable): Cells[] =>
  rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]!])));

/** The number in a cell, or null where none is published. */
const number = (cell: string | undefined): number | null =>
  cell !== undefined && /^\d+$/.test(cell) ? Number(cell) : null;

export const partName = (period: Period, cells: Cells): string =>
  period.parts.find(({ from }) => from === cells['period_start'])?.name ?? '';

const figure = (chart: BarChart): Block => ({
  kind: 'figure',
  ...barChart({ ...chart, unpublished: 'not published' }),
});

/** One picture for each part of the period, since papers differ from one to the next. */
export function byPaper({ totals }: Published, period: Period): Block[] {
  return period.parts.flatMap((part) => {
    const papers = cellsOf(totals).filter(
      (cells) =>
        cells['period_start'] === part.from && cells['counted'] !== 'all' && cells['requests_received'] !== '0',
    );
    if (papers.length === 0) return [];
    return [
      figure({
        id: `by-paper-${part.name}`,
        caption: `${part.name}: demands for data by kind of paper, and what came of them.`,
        bar: 'kind of paper',
        counted: 'requests',
        parts: OUTCOME_WORDS,
        bars: papers.map((cells) => ({
          name: paperInWords(cells['counted']!),
          values: drawable(OUTCOMES.map((outcome) => number(cells[outcome]))),
        })),
        note: 'Only demands for data are counted. Where a number is not published, nothing is drawn for it.',
      }),
    ];
  });
}

/** Where nothing is known but that some are nought, nothing is. */
function drawable(values: (number | null)[]): (number | null)[] {
  return values.includes(null) && values.every((value) => value === null || value === 0)
    ? values.map(() => null)
    : values;
}

const ANSWERS: [string, string][] = [
  ['requests_produced_full', 'produced in full'],
  ['requests_produced_partial', 'produced in part'],
  ['no_responsive_records', 'nothing held'],
  ['requests_rejected', 'rejected'],
  ['requests_pushed_back', 'pushed back'],
  ['requests_narrowed', 'narrowed'],
];

export function answers(published: Published, period: Period): Block {
  return ofTotals(published, period, ANSWERS, {
    id: 'answers',
    caption: 'How demands were answered. A request that was pushed back or narrowed also counts under what came of it.',
    bar: 'answer',
  });
}

const EMERGENCIES: [string, string][] = [
  ['emergency_received', 'received'],
  ['emergency_granted', 'answered with a package'],
  ['emergency_rejected_verification', 'refused: sender not verified'],
];

export function emergencies(published: Published, period: Period): Block {
  return ofTotals(published, period, EMERGENCIES, {
    id: 'emergencies',
    caption: 'Emergency demands. Those neither answered nor refused for who sent them were rejected on other grounds, withdrawn, or are open.', // biome-ignore format: one sentence
    bar: 'emergency demands',
  });
}

function ofTotals(
  { totals }: Published,
  period: Period,
  columns: [string, string][],
  about: Pick<BarChart, 'id' | 'caption' | 'bar'>,
): Block {
  const all = cellsOf(totals).filter((cells) => cells['counted'] === 'all');
  return figure({
    ...about,
    counted: 'requests',
    parts: all.map((cells) => partName(period, cells)),
    bars: columns.map(([column, name]) => ({ name, values: all.map((cells) => number(cells[column])) })),
  });
}

export function firstResponse({ firstResponse: waits }: Published, period: Period): Block {
  const cells = cellsOf(waits);
  const labels = [...new Set(cells.map(({ label }) => label!))];
  return figure({
    id: 'first-response',
    caption: 'Time from receipt to the first letter or package.',
    bar: 'time to first response',
    counted: 'requests',
    parts: period.parts.map(({ name }) => name),
    bars: labels.map((label) => ({
      name: label,
      values: period.parts.map(({ from }) =>
        number(cells.find((one) => one['label'] === label && one['period_start'] === from)?.['requests']),
      ),
    })),
  });
}
