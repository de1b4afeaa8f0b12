/** One exhibit: a finding with its picture, what was left out, what else would explain it, and the rows behind it. */
import type { Finding } from '../analysis/finding.ts';
import type { Block, Section } from '../document/document.ts';
import { grouped } from '../document/visible.ts';
import type { ReportInput } from './input.ts';
import { drawn } from './question/drawn.ts';

export function exhibit(finding: Finding, number: number, input: ReportInput): Section {
  const refused: Block[] = finding.refused?.length
    ? [{ kind: 'note', tone: 'refusal', title: 'Not answered, or only in part', texts: finding.refused }]
    : [];
  const rows = input.rows[finding.digest];
  const parameters = Object.entries(finding.parameters).filter(([, value]) => value !== undefined && value !== null);
  return {
    id: `exhibit-${number}`,
    title: `Exhibit ${number}. ${finding.asks}`,
    newPage: true,
    blocks: [
      { kind: 'statement', text: finding.statement },
      ...refused,
      ...drawn(finding, `exhibit-${number}`),
      ...listed(
        'Left out',
        finding.leftOut.map(({ what, why, count }) => `${grouped(count)} ${what}: ${why}`),
      ),
      ...listed('What else would explain this', finding.alternatives),
      ...listed(
        'What would change this',
        finding.sensitivity.map(({ change, effect }) => `If ${change}: ${effect}`),
      ),
      ...(finding.question === 'timeline' ? [] : rowsBehind(finding, input, number)),
      { kind: 'note', tone: 'caveat', title: 'Limits', texts: [finding.limits, finding.caveat] },
      {
        kind: 'facts',
        facts: [
          { term: 'Method', value: `${finding.method.name}, version ${finding.method.version}` },
          {
            term: 'Parameters',
            value:
              parameters.length === 0
                ? 'none'
                : parameters.map(([name, value]) => `${name} ${String(value)}`).join('; '),
          },
          { term: 'Records read', value: recordsRead(finding) },
          ...(rows
            ? [
                {
                  term: 'Rows behind it',
                  value: `exhibits/${number}-rows.csv, ${grouped(rows.rows.length)} of ${grouped(rows.total)}`,
                },
              ]
            : []),
          { term: 'Inputs', value: finding.inputs.digest, mono: true },
          { term: 'Finding', value: finding.digest, mono: true },
        ],
      },
    ],
  };
}

function recordsRead({ inputs }: Finding): string {
  const sources = inputs.bySource.map(({ format, kind, records }) => `${format} ${kind} ${grouped(records)}`);
  return [grouped(inputs.records), ...(sources.length > 0 ? [sources.join(', ')] : [])].join(': ');
}

/** The first rows behind an exhibit; all that were handed over are in its file. */
function rowsBehind(finding: Finding, input: ReportInput, number: number): Block[] {
  const behind = input.rows[finding.digest];
  if (!behind || behind.rows.length === 0) return [];
  const shown = SHOWN_COLUMNS.flatMap((name) =>
    behind.columns.includes(name) ? [{ name, index: behind.columns.indexOf(name) }] : [],
  );
  const columns = shown.length > 0 ? shown : behind.columns.map((name, index) => ({ name, index }));
  return [
    {
      kind: 'table',
      caption: `Rows behind it: the first ${Math.min(ROWS_BEHIND, behind.rows.length)} of ${grouped(behind.total)}`,
      columns: columns.map(({ name }) => ({
        title: name.replaceAll('_', ' '),
        mono: name === 'began' || name === 'time_as_stored',
      })),
      rows: behind.rows.slice(0, ROWS_BEHIND).map((row) => columns.map(({ index }) => row[index] ?? '')),
      note: `${grouped(behind.rows.length)} of them are in exhibits/${number}-rows.csv, with their ids.`,
    },
  ];
}

const ROWS_BEHIND = 10;
const SHOWN_COLUMNS = ['began', 'kind', 'time_as_stored', 'file', 'locator'];

function listed(title: string, items: string[]): Block[] {
  return items.length === 0
    ? []
    : [
        { kind: 'heading', level: 3, text: title },
        { kind: 'list', items },
      ];
}
