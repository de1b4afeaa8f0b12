/** Records a day for each source, what was not covered, and the first of the entries. */
import type { Finding } from '../../analysis/finding.ts';
import type { Block } from '../../document/document.ts';
import { grouped } from '../../document/visible.ts';
import { timelineStrip } from '../figure/timeline-strip.ts';

type Range = { began: string | null; ended: string | null };
type Result = {
  total: number;
  zone: string;
  entries: {
    began: string | null;
    kind: string;
    words: string;
    account: string | null;
    timeAsStored: string;
    source: { file: string; locator: string };
  }[];
  listed: { entries: number; of: number };
  perDay: { day: string; format: string; kind: string; records: number }[];
  coverage: {
    file: string;
    format: string;
    records: number;
    ordered: Range[];
    stated: Range[] | null;
    first: string | null;
    last: string | null;
  }[];
};

const ENTRIES = 40;

export function timelineDrawn(finding: Finding, id: string): Block[] {
  const result = finding.result as unknown as Result;
  const [first, last] = span(result);
  const blocks: Block[] = [];
  if (first && last && first < last) {
    const formats = [...new Set(result.perDay.map(({ format }) => format))].sort();
    const lanes = formats.map((format) => ({
      name: format,
      days: summed(result.perDay.filter((one) => one.format === format)),
      covered: result.coverage
        .filter((one) => one.format === format)
        .flatMap((one) => whole(one.stated ?? one.ordered)),
    }));
    const made = timelineStrip(id, lanes, first, last);
    blocks.push({
      kind: 'figure',
      id: `${id}-timeline`,
      svg: made.svg,
      widthPx: made.width,
      heightPx: made.height,
      caption: `Records a day by source, days in ${result.zone}. Each lane has its own height; hatched days are not covered by what that source states or was ordered to give.`,
      alt: `Timeline of ${result.total} records in ${formats.length} sources.`,
      data: {
        caption: 'Records by source',
        columns: [
          { title: 'Source' },
          { title: 'Days with records', align: 'right' },
          { title: 'Records', align: 'right' },
        ],
        rows: lanes.map(({ name, days }) => [
          name,
          String(days.length),
          grouped(days.reduce((sum, { records }) => sum + records, 0)),
        ]),
      },
    });
  }
  blocks.push({
    kind: 'table',
    caption: 'What each source covers',
    columns: [
      { title: 'File' },
      { title: 'Records', align: 'right' },
      { title: 'Ordered' },
      { title: 'Stated by the return' },
      { title: 'First and last record' },
    ],
    rows: result.coverage.map((one) => [
      one.file,
      grouped(one.records),
      [...new Set(one.ordered.map(range))].join('; ') || 'not ordered',
      one.stated?.map(range).join('; ') ?? 'not stated',
      `${one.first ?? '—'} to ${one.last ?? '—'}`,
    ]),
  });
  blocks.push({
    kind: 'table',
    caption: `The first ${Math.min(ENTRIES, result.entries.length)} of ${grouped(result.listed.of)} records with a time; the others are in the exhibit's files`,
    columns: [{ title: 'UTC', mono: true }, { title: 'What' }, { title: 'As stored', mono: true }, { title: 'Where' }],
    rows: result.entries
      .slice(0, ENTRIES)
      .map((one) => [one.began ?? '', one.words, one.timeAsStored, `${one.source.file}, ${one.source.locator}`]),
  });
  return blocks;
}

/** The days that were ordered, where anything was; else those that have records. */
function span({ coverage, perDay }: Result): [string | undefined, string | undefined] {
  const began = coverage.flatMap(({ ordered }) => ordered.flatMap((one) => one.began ?? [])).sort();
  const ended = coverage.flatMap(({ ordered }) => ordered.flatMap((one) => one.ended ?? [])).sort();
  const days = perDay.map(({ day }) => day).sort();
  return [began[0]?.slice(0, 10) ?? days[0], ended.at(-1)?.slice(0, 10) ?? days.at(-1)];
}

function summed(days: { day: string; records: number }[]): { day: string; records: number }[] {
  const sums = new Map<string, number>();
  for (const { day, records } of days) sums.set(day, (sums.get(day) ?? 0) + records);
  return [...sums].map(([day, records]) => ({ day, records }));
}

const whole = (ranges: Range[]) => ranges.flatMap(({ began, ended }) => (began && ended ? [{ began, ended }] : []));
const range = ({ began, ended }: Range) => `${began ?? 'open'} to before ${ended ?? 'open'}`;
