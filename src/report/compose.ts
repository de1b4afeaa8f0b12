/** The report as a document: what was ordered, what came, what was asked, what the records support, how to check it. */
import type { Block, ReportDocument, Section, Table } from '../document/document.ts';
import { grouped } from '../document/visible.ts';
import { exhibit } from './exhibit.ts';
import { type ReportInput, type ReportReceipt, type ReportText, reportDay } from './input.ts';

export function compose(input: ReportInput): ReportDocument {
  return {
    title: `Report on ${input.matter.name}`,
    matter: input.matter,
    day: reportDay(input),
    cover: cover(input),
    sections: [received(input), ...arranged(input), sources(input), recompute(input)],
  };
}

function cover(input: ReportInput): ReportDocument['cover'] {
  const kept = input.receipts.reduce((sum, receipt) => sum + receipt.kept, 0);
  const sealed = input.receipts.reduce((sum, receipt) => sum + (receipt.stillSealed ?? 0), 0);
  return {
    kicker: 'Records, within the four corners of the warrant',
    title: input.matter.name,
    subtitle: 'What was received, what was sealed, and what the records support',
    facts: [
      { term: 'Matter', value: input.matter.id, mono: true },
      { term: 'Date', value: reportDay(input) ?? 'nothing was imported' },
      { term: 'Records in scope', value: grouped(kept) },
      { term: 'Rows sealed', value: `${grouped(sealed)}; nobody working this matter can read them` },
      { term: 'Made with', value: `${input.madeFrom.program}; time zone database ${input.madeFrom.timeZoneDatabase}` },
    ],
    instruments: input.instruments.map((paper) => ({
      title: `${paper.kind}${paper.number ? ` ${paper.number}` : ''}`,
      facts: [
        ...fact('Served on', paper.servedOn),
        ...fact('Issued by', paper.issuer),
        ...fact('Purpose', paper.purpose),
        ...fact('Approved by', paper.approvedBy),
        { term: 'Version', value: String(paper.version) },
      ],
      scope: paper.scopeLines,
    })),
    mode: {
      name: 'Investigative',
      says: 'Findings here rest on one proposition each. They point to where to look and may not be quoted as evidence of who did something.',
    },
  };
}

/** Exhibits and texts as they were arranged, then every finding that the arrangement does not name. */
function arranged(input: ReportInput): Section[] {
  const one = (place: number) => exhibit(input.findings[place]!, place + 1, input);
  const parts = input.arrangement?.parts ?? [];
  const placed = new Set(parts.filter((part) => typeof part === 'number'));
  const others = input.findings.flatMap((_, place) => (placed.has(place) ? [] : [place]));
  const after: Section[] =
    parts.length > 0 && others.length > 0
      ? [
          {
            id: 'also-asked',
            title: 'What else was asked',
            newPage: true,
            blocks: [
              {
                kind: 'paragraph',
                text: 'The exhibits from here on were not placed by whoever arranged this report. They are part of it: what was asked is reported.',
              },
            ],
          },
        ]
      : [];
  return [
    ...parts.map((part, index) => (typeof part === 'number' ? one(part) : written(part, index + 1))),
    ...after,
    ...others.map(one),
  ];
}

function written({ heading, text, by, at }: ReportText, number: number): Section {
  const paragraphs = text.split(/\n\s*\n/).map((paragraph) => paragraph.trim());
  return {
    id: `text-${number}`,
    title: heading,
    newPage: false,
    blocks: [
      ...paragraphs.map((paragraph): Block => ({ kind: 'paragraph', text: paragraph })),
      { kind: 'paragraph', small: true, text: `Written by ${by}, ${at}; not computed.` },
    ],
  };
}

const fact = (term: string, value: string | null) => (value === null ? [] : [{ term, value }]);

function received(input: ReportInput): Section {
  const rows = input.receipts.map((receipt) => [
    fileWords(receipt),
    receipt.formatTitle ?? receipt.format,
    ...[receipt.seen, receipt.kept, receipt.sealed, receipt.unreadable, receipt.duplicates].map(grouped),
  ]);
  // What was read again came once.
  const total = (pick: (receipt: ReportReceipt) => number) =>
    grouped(input.receipts.reduce((sum, receipt) => sum + (receipt.unsealed ? 0 : pick(receipt)), 0));
  const kept = grouped(input.receipts.reduce((sum, receipt) => sum + receipt.kept, 0));
  const right = (title: string) => ({ title, align: 'right' as const });
  const table: Table = {
    caption: 'Every row that came: seen = kept + sealed + not readable + duplicates',
    columns: [
      { title: 'File' },
      { title: 'Format' },
      right('Seen'),
      right('Kept'),
      right('Sealed'),
      right('Not readable'),
      right('Duplicates'),
    ],
    rows: [
      ...rows,
      [
        'In all',
        '',
        total((one) => one.seen),
        kept,
        total((one) => one.stillSealed ?? 0),
        total((one) => one.unreadable),
        total((one) => one.duplicates),
      ],
    ],
    totals: 1,
  };
  return {
    id: 'received',
    title: 'What was received and what was sealed',
    newPage: true,
    blocks: [
      {
        kind: 'paragraph',
        text: 'Rows outside the papers, and rows of which that cannot be decided, were encrypted on arrival to a key that nobody working this matter holds. Only their number is known here.',
      },
      { kind: 'table', ...table },
      sealedTable(input.receipts),
      ...input.receipts.flatMap(differences),
      ...readAgain(input.receipts),
    ],
  };
}

const fileWords = ({ originals, unsealed }: ReportReceipt): string =>
  `${originals.map(({ name }) => name).join(', ')}${unsealed ? `, read again (${unsealed.unsealing})` : ''}`;

function sealedTable(receipts: ReportReceipt[]): Block {
  return {
    kind: 'table',
    caption: 'Why rows were sealed',
    columns: [{ title: 'File' }, { title: 'Reason' }, { title: 'Rows', align: 'right' }],
    rows: receipts
      .filter(({ unsealed }) => !unsealed)
      .flatMap((receipt) => {
        const row = (reason: string, count: number) => [receipt.originals[0]!.name, reason, grouped(count)];
        const since = receipt.sealed - (receipt.stillSealed ?? receipt.sealed);
        return [
          ...Object.entries(receipt.sealedBy).map(([reason, count]) => row(reason, count)),
          ...(since > 0 ? [row('of these, read again since under a later paper', since)] : []),
          ...(receipt.partlySealed > 0
            ? [row('part of a kept row, such as the cells of a call', receipt.partlySealed)]
            : []),
        ];
      }),
  };
}

/** A reason is a person's words, and stands as such. */
function readAgain(receipts: ReportReceipt[]): Block[] {
  const texts = receipts.flatMap(({ originals, unsealed, kept }) =>
    unsealed
      ? [
          `${originals[0]!.name} was read again (${unsealed.unsealing}), asked for by ${unsealed.proposedBy} and opened by ${unsealed.openedBy}: “${unsealed.reason.replace(/[“”]/g, '"')}”. It gave ${grouped(kept)} more records; the rest was sealed again.`,
        ]
      : [],
  );
  return texts.length === 0
    ? []
    : [{ kind: 'note', tone: 'caveat', title: 'What was read again under a later paper', texts }];
}

function differences(receipt: ReportReceipt): Block[] {
  if (receipt.mismatches.length === 0) return [];
  return [
    {
      kind: 'note',
      tone: 'warning',
      title: `What ${receipt.originals[0]!.name} states of itself differs from the paper`,
      texts: receipt.mismatches.map(
        ({ says, stated, instrument }) => `${says} It states ${stated}; the paper says ${instrument}.`,
      ),
    },
  ];
}

function sources(input: ReportInput): Section {
  const references = new Map(
    input.findings.flatMap(({ inputs }) => inputs.references.map((one) => [one.digest, one] as const)),
  );
  return {
    id: 'sources',
    title: 'Sources and digests',
    newPage: true,
    blocks: [
      {
        kind: 'table',
        caption: 'Originals, as received (SHA-256)',
        columns: [
          { title: 'File' },
          { title: 'Bytes', align: 'right' },
          { title: 'Digest', mono: true },
          { title: 'Imported' },
        ],
        rows: input.receipts.flatMap((receipt) =>
          receipt.originals.map(({ name, sizeBytes, sha256 }) => [
            name,
            grouped(sizeBytes),
            sha256,
            `${receipt.importedAt} by ${receipt.importedBy}`,
          ]),
        ),
      },
      {
        kind: 'table',
        caption: 'Reference data used',
        columns: [{ title: 'Name' }, { title: 'Dated' }, { title: 'Digest', mono: true }],
        rows: [...references.values()].map(({ name, dated, digest }) => [name, dated ?? 'not stated', digest]),
      },
      {
        kind: 'table',
        caption: 'Formats and how well they are known',
        columns: [{ title: 'Format' }, { title: 'Support' }, { title: 'Limits' }],
        rows: [...new Map(input.receipts.map((receipt) => [receipt.format, receipt])).values()].map((receipt) => [
          receipt.formatTitle ?? receipt.format,
          receipt.support ?? '',
          receipt.limits ?? '',
        ]),
      },
      ...input.receipts.flatMap((receipt): Block[] =>
        receipt.declaredZone || receipt.profile
          ? [
              {
                kind: 'facts',
                facts: [
                  {
                    term: receipt.originals[0]!.name,
                    value: [
                      receipt.profile
                        ? `read with the profile ${receipt.profile.name} (${receipt.profile.sha256})`
                        : '',
                      receipt.declaredZone ? `zone declared by the examiner: ${receipt.declaredZone}` : '',
                    ]
                      .filter(Boolean)
                      .join('; '),
                  },
                ],
              },
            ]
          : [],
      ),
      {
        kind: 'facts',
        facts: [
          { term: 'Ledger', value: `${grouped(input.ledger.size)} entries up to the last import` },
          { term: 'Root', value: input.ledger.root, mono: true },
          { term: 'Key', value: input.ledger.vkey, mono: true },
        ],
      },
      { kind: 'code', text: input.ledger.checkpoint },
    ],
  };
}

function recompute(input: ReportInput): Section {
  return {
    id: 'recompute',
    title: 'How to recompute this report',
    newPage: false,
    blocks: [
      { kind: 'list', ordered: true, items: recomputeSteps(input) },
      { kind: 'code', text: input.commands.join('\n') },
    ],
  };
}

export function recomputeSteps(input: ReportInput): string[] {
  return [
    'Take the originals named under Sources and check their digests.',
    `Install ${input.madeFrom.program}, make a data directory and a matter, and add and approve the papers on the cover.`,
    'Import each original under its paper, with the profile and zone named, and add the reference data.',
    'Ask the questions below. The digest of each finding is the one printed with its exhibit: same inputs, same bytes.',
    'Check the ledger with `fourcorners verify`, against the key and the checkpoint above.',
  ];
}
