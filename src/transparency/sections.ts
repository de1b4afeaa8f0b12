/** The sections of the page: pictures and tables of what is published, and how it was counted. */
import type { Block, Column, Section } from '../document/document.ts';
import { grouped } from '../document/visible.ts';
import { answers, byPaper, type Cells, cellsOf, emergencies, firstResponse, partName } from './charts.ts';
import { DIMENSIONS, DSA_COLUMNS, EPOC_COLUMNS, MEASURES, OUTCOMES, TOTALS_COLUMNS } from './definitions.ts';
import type { PageInput } from './page.ts';
import { paperInWords } from './paper-words.ts';
import { marksInWords } from './publish.ts';

/** A count with its thousands apart; a mark as it is. */
export const shown = (cell: string | undefined): string =>
  cell !== undefined && /^\d{4,}$/.test(cell) ? grouped(Number(cell)) : (cell ?? '');

export function sectionsOf(input: PageInput): Omit<Section, 'newPage'>[] {
  const { period, published } = input;
  return [
    { id: 'papers', title: 'What was asked, and what came of it', blocks: [...papersBlocks(input)] },
    { id: 'answers', title: 'Rejected, pushed back, narrowed, produced', blocks: [answers(published, period)] },
    { id: 'emergencies', title: 'Emergencies', blocks: [emergencies(published, period)] },
    { id: 'time', title: 'Time to the first response', blocks: [firstResponse(published, period), timesTable(input)] },
    { id: 'users', title: 'Users, secrecy, preservation, and what was escalated', blocks: [totalsTable(input)] },
    ...europeanSections(input),
    { id: 'letters', title: 'National security letters', blocks: [lettersBlock(input)] },
    { id: 'rows', title: 'By country, agency, paper and service', blocks: rowsBlocks(input) },
    { id: 'how', title: 'How this was counted', blocks: howBlocks(input) },
  ];
}

const right = (title: string): Column => ({ title, align: 'right' });

function papersBlocks({ period, published }: PageInput): Block[] {
  const cells = cellsOf(published.totals);
  const line = (one: Cells) => [
    ...(period.parts.length > 1 ? [partName(period, one)] : []),
    paperInWords(one['counted']!),
    ...['requests_received', ...OUTCOMES].map((column) => shown(one[column])),
  ];
  const papers = cells.filter((one) => one['counted'] !== 'all' && one['requests_received'] !== '0');
  const all = cells.filter((one) => one['counted'] === 'all');
  const pictures = byPaper(published, period);
  return [
    ...(pictures.length > 0 ? pictures : [{ kind: 'paragraph' as const, text: 'No demand for data was received.' }]),
    {
      kind: 'table',
      caption: 'Demands for data by kind of paper',
      columns: [
        ...(period.parts.length > 1 ? [{ title: 'Period' }] : []),
        { title: 'Paper' },
        ...['Received', 'In full', 'In part', 'Nothing held', 'Rejected', 'Withdrawn', 'Open or lapsed'].map(right),
      ],
      rows: [...papers, ...all].map(line),
      totals: all.length,
      note: 'Mutual legal assistance is in no total. Preservation is counted apart; national security letters are told of in bands only.',
    },
  ];
}

function timesTable({ period, published }: PageInput): Block {
  const papers = cellsOf(published.totals).filter((one) => one['requests_received'] !== '0');
  return {
    kind: 'table',
    caption: 'Median times',
    columns: [
      ...(period.parts.length > 1 ? [{ title: 'Period' }] : []),
      { title: 'Paper' },
      right('Hours to first response'),
      right('Days to production'),
    ],
    rows: papers.map((one) => [
      ...(period.parts.length > 1 ? [partName(period, one)] : []),
      paperInWords(one['counted']!),
      one['median_hours_to_first_response'] || '–',
      one['median_days_to_production'] || '–',
    ]),
    totals: papers.at(-1)?.['counted'] === 'all' ? 1 : 0,
    note: '– stands where nothing of the kind happened.',
  };
}

const TOLD: [string, string][] = [
  ['accounts_specified', 'Accounts specified'],
  ['accounts_affected', 'Accounts found'],
  ['accounts_disclosed', 'Accounts of which data were handed over'],
  ['content_disclosed_accounts', '… of which content'],
  ['users_notified_before', 'Users told before'],
  ['users_notified_delayed', 'Users told afterwards'],
  ['users_not_notified', 'Users not told'],
  ['preservation_requests', 'Demands to preserve'],
  ['preservation_accounts', 'Accounts preserved'],
  ['preservation_converted', 'Preservations followed by a paper'],
  ['ndo_attached', 'Nondisclosure orders'],
  ['ndo_indefinite_received', '… of which without an end'],
  ['ndo_challenged', '… of which pushed back'],
  ['reverse_requests', 'Searches for whoever was somewhere or wrote something'],
  ['speech_escalations', 'Escalated: may be after protected speech'],
  ['fraud_suspected', 'Fraud suspected'],
];

function totalsTable({ period, published }: PageInput): Block {
  const all = cellsOf(published.totals).filter((one) => one['counted'] === 'all');
  return {
    kind: 'table',
    caption: 'All papers together',
    columns: [{ title: 'Counted' }, ...all.map((one) => right(partName(period, one)))],
    rows: TOLD.map(([column, words]) => [words, ...all.map((one) => shown(one[column]))]),
    note: 'Without mutual legal assistance and national security letters. What each line counts is said at the end.',
  };
}

function europeanSections({ published: { epoc, dsa } }: PageInput): Omit<Section, 'newPage'>[] {
  const orders: Block = {
    kind: 'table',
    caption: 'European Production and Preservation Orders (Regulation (EU) 2023/1543, Article 28(4))',
    columns: [
      { title: 'Certificate' },
      { title: 'Class of data' },
      { title: 'Issuing State' },
      { title: 'Emergency' },
      ...['Received', 'Fulfilled', 'Not fulfilled', 'Open', 'Average hours to data', 'Average days to follow-up'].map(
        right,
      ),
    ],
    rows: cellsOf(epoc).map((one) => EPOC_COLUMNS.slice(2).map(([column]) => shown(one[column]) || '–')),
    note: 'An order for several classes counts in each.',
  };
  const articleTen: Block = {
    kind: 'table',
    caption: 'Orders to provide information (Regulation (EU) 2022/2065, Articles 10 and 15(1)(a))',
    columns: [
      { title: 'From' },
      { title: 'Member State' },
      ...['Received', 'Median hours to acknowledge', 'Median hours to effect'].map(right),
    ],
    rows: cellsOf(dsa).map((one) => ['period_start', ...DSA_COLUMNS.slice(2).map(([name]) => name)].map((column) => shown(one[column]) || '–')), // biome-ignore format: one line
  };
  const blocks = [...(epoc.rows.length > 0 ? [orders] : []), ...(dsa.rows.length > 0 ? [articleTen] : [])];
  return blocks.length === 0 ? [] : [{ id: 'european', title: 'Orders of the European Union', blocks }];
}

function lettersBlock({ period, published }: PageInput): Block {
  const letters = cellsOf(published.rows).filter((one) => one['instrument_id'] === 'US-NSL');
  if (letters.length === 0) {
    const text = period.parts.every(({ isHalfYear }) => isHalfYear)
      ? 'Not reported on: this provider is not in the United States.'
      : 'Reported for half-years only.';
    return { kind: 'paragraph', text };
  }
  return {
    kind: 'table',
    caption: 'In bands (50 U.S.C. § 1874); a band may begin at nought',
    columns: [{ title: 'Period' }, right('Letters'), right('Identifiers named')],
    rows: letters.map((one) => [partName(period, one), one['requests_received']!, one['accounts_specified']!]),
  };
}

const ROW_LIMIT = 200;

function rowsBlocks({ period, published }: PageInput): Block[] {
  const rows = cellsOf(published.rows).filter((one) => one['instrument_id'] !== 'US-NSL');
  const columns = ['requests_received', 'accounts_specified', 'accounts_disclosed', 'requests_rejected', 'requests_pushed_back', 'requests_narrowed', 'preservation_requests']; // biome-ignore format: a list
  const about = ['country_iso2', 'agency_level', 'instrument_id', 'service'];
  return [
    {
      kind: 'table',
      caption: 'Each row of transparency.csv, shortened',
      columns: [
        ...(period.parts.length > 1 ? [{ title: 'Period' }] : []),
        ...['Country', 'Level', 'Paper', 'Service'].map((title) => ({ title })),
        ...[
          'Received',
          'Accounts specified',
          'Accounts disclosed',
          'Rejected',
          'Pushed back',
          'Narrowed',
          'Preserve',
        ].map(right),
      ],
      rows: rows
        .slice(0, ROW_LIMIT)
        .map((one) => [
          ...(period.parts.length > 1 ? [partName(period, one)] : []),
          ...about.map((column) => one[column]!),
          ...columns.map((column) => shown(one[column])),
        ]),
      note: `All columns of all ${grouped(rows.length)} rows are in transparency.csv.`,
    },
  ];
}

function howBlocks({ small, published, ledger }: PageInput): Block[] {
  const { hidden } = published;
  return [
    {
      kind: 'list',
      items: [
        'A request counts in the period it was received in; what became of it is counted whenever it happened, as far as it is recorded. A later report on the same period can differ.',
        'Each number is the result of transparency.sql, run over the acts recorded of each request; nothing is entered by hand.',
        ledger.differences > 0
          ? 'The acts were held against the ledger and differ from it.'
          : 'Before counting, the acts of each request were held against the ledger: each act is under an entry that has its digest, and no entry is without its acts.',
        `${marksInWords(small)} ${grouped(hidden.small)} counts are small, and ${grouped(hidden.withheld)} more are not shown because of them.`,
        'Someone who has reports on overlapping periods, or on the same period made at two times, may learn more from both than from one.',
        'readme.txt has the digests of the files and the steps to recompute them.',
      ],
    },
    {
      kind: 'table',
      caption: 'What each column counts',
      columns: [{ title: 'Column', mono: true }, { title: 'What it says' }, { title: 'Counted from' }],
      rows: [...DIMENSIONS, ...MEASURES.map(({ name, says, from }) => [name, says, from]), ...TOTALS_COLUMNS].map((row) => [...row]), // biome-ignore format: one line
      note: 'The columns of epoc.csv and dsa.csv are in definitions.csv.',
    },
  ];
}
