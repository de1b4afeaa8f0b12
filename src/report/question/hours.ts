/** Sessions by local hour with their intervals, and the stretches of the day that hold half and four fifths of them. */
import type { Finding } from '../../analysis/finding.ts';
import type { Block } from '../../document/document.ts';
import { type HourBin, hoursChart } from '../figure/hours-chart.ts';

type Window = { from: string; to: string; sessions: number; share: number; low: number; high: number };
type Result = {
  zone?: string;
  zoneBasis?: string;
  sessions?: number;
  bins?: HourBin[];
  windows?: { half: Window[]; fourFifths: Window[] };
  times?: string[];
};

export function hoursDrawn(finding: Finding, id: string): Block[] {
  const result = finding.result as Result;
  const blocks: Block[] = [];
  if (result.bins?.length) {
    const made = hoursChart(result.bins, result.zone ?? 'unknown zone');
    blocks.push({
      kind: 'figure',
      id: `${id}-hours`,
      svg: made.svg,
      widthPx: made.width,
      heightPx: made.height,
      caption: `Sessions per hour in which a record could have been made, by local hour in ${result.zone} (${result.zoneBasis}). Bars are rates; lines are 90 % intervals. Hours that a clock change skipped or repeated count as what they were.`,
      alt: `Bar chart of ${result.sessions} sessions over the hours of the day.`,
      data: {
        caption: 'Sessions by local hour',
        columns: ['Hour', 'Sessions', 'Exposure, h', 'Rate', '90 % low', '90 % high'].map((title) => ({
          title,
          align: 'right' as const,
        })),
        rows: result.bins.map((one) =>
          [one.bin, one.sessions, one.exposureHours, one.rate, one.low, one.high].map(String),
        ),
      },
    });
  }
  const { half = [], fourFifths = [] } = result.windows ?? {};
  if (half.length + fourFifths.length > 0) {
    const row = (holds: string) => (one: Window) => [
      holds,
      `${one.from}–${one.to}`,
      String(one.sessions),
      `${one.share} (${one.low}–${one.high})`,
    ];
    blocks.push({
      kind: 'table',
      caption: 'Shortest stretches of the day that hold',
      columns: [
        { title: 'At least' },
        { title: 'Local time' },
        { title: 'Sessions', align: 'right' },
        { title: 'Share (90 % interval)', align: 'right' },
      ],
      rows: [...half.map(row('half')), ...fourFifths.map(row('four fifths'))],
    });
  }
  if (result.times?.length) blocks.push({ kind: 'list', items: result.times.map(String) });
  return blocks;
}
