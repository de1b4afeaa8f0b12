/** What the demo prints: what was kept and sealed, what the records support, and where the truth was. */

import type { Finding } from '../analysis/finding.ts';
import { contains } from '../analysis/place/hdr.ts';
import type { Receipt } from '../importing/receipt.ts';
import type { Truth } from '../sample/truth.ts';

/** The questions of the sample matter, as a person would ask them. */
export const DEMO_QUESTIONS: { question: string; parameters: Record<string, string> }[] = [
  { question: 'timeline', parameters: {} },
  { question: 'corroboration', parameters: {} },
  { question: 'areas', parameters: { around: 'transfers' } },
  { question: 'hours', parameters: { kinds: 'transfer', format: 'table' } },
];

type Area = { areaKm2: number; parts: number; cells: string[] };
type Window = { from: string; to: string; sessions: number; share: number; low: number; high: number };

export type DemoSummary = { areasHoldTruth: boolean; hoursHoldTruth: boolean; lines: string[] };

export function summary(receipts: Receipt[], findings: Finding[], truth: Truth): DemoSummary {
  const by = (question: string) => findings.find((finding) => finding.question === question)!;
  const areas = areasAgainstTruth(by('areas'), truth);
  const hours = hoursAgainstTruth(by('hours'), truth);
  const sum = (pick: (receipt: Receipt) => number) =>
    receipts.reduce((total, receipt) => total + pick(receipt), 0).toLocaleString('en-US');
  return {
    areasHoldTruth: areas.holds,
    hoursHoldTruth: hours.holds,
    lines: [
      'Received',
      ...receipts.map(
        ({ originals, format, seen, kept, sealed, unreadable, duplicates }) =>
          `  ${originals[0]!.name}: ${format}; ${seen} rows seen = ${kept} kept + ${sealed} sealed + ${unreadable} not readable + ${duplicates} duplicates`,
      ),
      `  in all ${sum(({ seen }) => seen)} rows: ${sum(({ kept }) => kept)} kept, ${sum(({ sealed }) => sealed)} sealed where no one on the case can read them`,
      '',
      'Corroboration',
      `  ${by('corroboration').statement}`,
      strongestOf(by('corroboration')),
      '',
      'Area of the transfers',
      `  ${by('areas').statement}`,
      ...areas.lines,
      '',
      'Hours of the transfers',
      `  ${by('hours').statement}`,
      ...hours.lines,
    ],
  };
}

type Login = {
  began: string;
  ip: string;
  port: number | null;
  subscriber: string | null;
  marginSeconds: number | null;
};

function strongestOf(finding: Finding): string {
  const [first] = (finding.result['strongest'] ?? []) as Login[];
  if (!first) return '  No login coincides with exactly one lease.';
  return `  Strongest: the login of ${first.began} from ${first.ip} port ${first.port ?? 'unknown'} coincides with one lease, of ${first.subscriber}, with ${first.marginSeconds} s to its nearer edge`;
}

function areasAgainstTruth(finding: Finding, truth: Truth): { holds: boolean; lines: string[] } {
  const { hdr50, hdr90 } = finding.result['occupancy'] as { hdr50: Area; hdr90: Area };
  const used = truth.agents.filter((agent) =>
    truth.transfers.some((transfer) => transfer.inRange && transfer.agent === agent.name),
  );
  const inside = (area: Area) => used.filter(({ latitude, longitude }) => contains(area, latitude, longitude));
  return {
    holds: inside(hdr90).length === used.length,
    lines: [
      `  90 % area: ${hdr90.areaKm2} km² in ${hdr90.parts} parts; 50 % area: ${hdr50.areaKm2} km²`,
      `  Truth: the transfers were sent at ${used.length} counters; the 90 % area holds ${inside(hdr90).length} of them, the 50 % area ${inside(hdr50).length}`,
    ],
  };
}

function hoursAgainstTruth(finding: Finding, truth: Truth): { holds: boolean; lines: string[] } {
  const { half = [], fourFifths = [] } = (finding.result['windows'] ?? {}) as {
    half?: Window[];
    fourFifths?: Window[];
  };
  const { from, to, peak, zone, habitual, transfers } = truth.hours;
  const clock = (hour: number) =>
    `${String(Math.floor(hour)).padStart(2, '0')}:${String(Math.round((hour % 1) * 60)).padStart(2, '0')}`;
  const words = (window: Window) =>
    `${window.from}–${window.to} (${window.sessions} of ${transfers}; 90 % interval of the share ${window.low} to ${window.high})`;
  return {
    holds: half.length > 0 && half.every((window) => holdsHour(window, peak)),
    lines: [
      `  Half of them within ${half.map(words).join(' or ')}; four fifths within ${fourFifths.map(words).join(' or ')}`,
      `  Truth: ${habitual} of ${transfers} belong to a habit that gathers around ${clock(peak)}, always between ${from}:00 and ${to}:00 ${zone}`,
    ],
  };
}

/** Whether a stretch of the day, which may pass midnight, holds an hour. */
function holdsHour(window: Window, hour: number): boolean {
  const [from, to] = [window.from, window.to].map(
    (text) => Number(text.slice(0, 2)) + Number(text.slice(3, 5)) / 60,
  ) as [number, number];
  return from < to ? from <= hour && hour < to : from <= hour || hour < to;
}
