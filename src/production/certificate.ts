/**
 * The certificate of the custodian of records: how the records were made and kept, how these copies were made, what was
 * produced under which authority and what was not, and what the certificate does not show.
 *
 * Variants: Fed. R. Evid. 902(11), (13) and (14) in the United States; the manifest of a European order. A custodian signs
 * it; this composes it and adds up nothing that the accounting does not.
 */
import type { Block, Table } from '../document/document.ts';
import type { Letter } from '../document/letter.ts';
import type { Accounting } from '../formats/production/accounting.ts';
import { CATEGORY_WORDS } from '../instrument/kinds.ts';
import type { Policy } from '../instrument/policy.ts';
import { isEuropean, type RequestFile, version } from '../request/file.ts';
import { letterOf } from '../request/reply.ts';
import type { Unreached } from './approved-scope.ts';

export type CertifiedFile = { path: string; sizeBytes: number; sha256: string; sha512: string };

export type Certified = {
  file: RequestFile;
  policy: Policy;
  accounting: Accounting;
  unreached: Unreached[];
  files: CertifiedFile[];
  /** Systems the records came from, as declared. */
  sources: { name: string; engine: string; says: string }[];
  maskedPeople: number;
  hashedAt: string;
  /** Program and version. */
  tool: string;
  at: string;
};

/** Which of them a reader must hold it to. */
const VARIANTS = {
  us: 'Fed. R. Evid. 902(11), 902(13), 902(14)',
  foreign: 'Fed. R. Evid. 902(12); 18 U.S.C. § 3505',
  eu: 'Regulation (EU) 2023/1543',
} as const;

function certificateVariant({ file, policy }: Pick<Certified, 'file' | 'policy'>): keyof typeof VARIANTS {
  if (isEuropean(file)) return 'eu';
  return policy.provider.country === 'US' ? 'us' : 'foreign';
}

export function certificate(of: Certified): Letter {
  const { file, policy, accounting, at } = of;
  const { custodian } = policy.provider;
  const variant = certificateVariant(of);
  const none = accounting.produced === 0;
  const blocks: Block[] = [
    ...declarant(of),
    ...(variant === 'eu' ? [] : businessRecord()),
    ...system(of),
    ...copies(of),
    ...process(of),
    ...(none ? [noRecords()] : []),
    ...negatives(of),
    ...time(),
    ...alterations(of),
    ...limits(variant),
    ...attestation(of, variant),
  ];
  return {
    ...letterOf(file, policy, at, custodian, {
      subject:
        variant === 'eu' ? 'Manifest and declaration of the addressee' : 'Certificate of the custodian of records',
      blocks,
    }),
    salutation: null,
    closing:
      variant === 'us' ? 'I declare under penalty of perjury that the foregoing is true and correct.' : 'Signed,',
  };
}

const heading = (text: string): Block => ({ kind: 'heading', level: 3, text });
const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

function declarant({ policy }: Certified): Block[] {
  const { custodian, name } = policy.provider;
  return [
    heading('Who declares'),
    paragraph(
      `I, ${custodian.name}, am ${custodian.title} at ${name}. I am a custodian of its records or otherwise qualified, by my work, to make this declaration.`,
    ),
  ];
}

function businessRecord(): Block[] {
  return [
    heading('How the records were made and kept'),
    {
      kind: 'list',
      items: [
        'They were made at or near the time of what they record, by someone with knowledge of it or from what such a person or system passed on.',
        'They were kept in the course of a regularly conducted activity of the business.',
        'Making them was a regular practice of that activity.',
      ],
    },
  ];
}

function system({ sources, tool }: Certified): Block[] {
  return [
    heading('The systems'),
    paragraph(
      `The records were generated and are kept by electronic systems whose process produces an accurate result. They were gathered from these systems by queries bound to each approved item, without a person choosing rows (${tool}).`,
    ),
    table(
      'Systems the records came from',
      ['System', 'Kind', 'What it keeps'],
      sources.map(({ name, engine, says }) => [name, engine, says]),
    ),
  ];
}

function copies({ files, hashedAt, tool }: Certified): Block[] {
  return [
    heading('The copies'),
    paragraph(
      `The files below are copies of data from those systems, identified by size and two digests taken at ${hashedAt} with ${tool}. Whoever takes the same digests of a file and finds them equal holds the same bytes.`,
    ),
    table(
      'Files',
      ['File', 'Bytes', 'SHA-256', 'SHA-512'],
      files.map(({ path, sizeBytes, sha256, sha512 }) => [path, String(sizeBytes), sha256, sha512]),
      [1],
      [2, 3],
    ),
  ];
}

function process({ file, accounting }: Certified): Block[] {
  const { demand } = version(file);
  const { instrument, requester } = demand;
  return [
    heading('The authority, and what was produced under it'),
    {
      kind: 'facts',
      facts: [
        { term: 'Paper', value: instrument.type ?? 'none' },
        { term: 'Issued by', value: instrument.court ?? instrument.issuerName ?? requester.agencyName },
        { term: 'Number', value: instrument.caseNo ?? 'not stated' },
        { term: 'Issued on', value: instrument.issuedOn ?? 'not stated' },
        { term: 'Received', value: file.receivedAt },
        { term: 'Our reference', value: `${file.id}, version ${file.versions.length}`, mono: true },
      ],
    },
    table(
      'Rows by item',
      ['Item', 'Category', 'Account', 'Range (UTC)', 'Found', 'Produced', 'Withheld'],
      accounting.items.map(({ item, category, account, began, ended, found, produced, withheld }) => [
        item,
        `${category} ${CATEGORY_WORDS[category] ?? ''}`.trim(),
        account,
        began && ended ? `${began} to before ${ended}` : 'a state, without a range',
        String(found),
        String(produced),
        reasons(withheld),
      ]),
      [4, 5],
    ),
    ...(Object.keys(accounting.withheld).length > 0
      ? [
          paragraph(
            `Withheld in all, by reason: ${reasons(accounting.withheld)}. Withheld rows were counted and not read.`,
          ),
        ]
      : []),
  ];
}

const reasons = (withheld: Record<string, number>) =>
  Object.entries(withheld)
    .map(([reason, count]) => `${count} ${reason}`)
    .join('; ') || '0';

/** One sentence, whatever the cause: no account, no rows in the range, not held. */
const NO_RESPONSIVE_RECORDS = 'A diligent search found no responsive records for what was approved.';

const noRecords = (): Block => ({ kind: 'statement', text: NO_RESPONSIVE_RECORDS });

function negatives({ file, unreached, accounting }: Certified): Block[] {
  const { demand } = version(file);
  const refused = demand.items.filter(({ id }) => file.decisions[id]?.decision !== 'approve');
  const lines = [
    ...refused.map(
      ({ id }) => `Item ${id} is not part of this production: ${file.decisions[id]?.reason ?? 'it was not approved'}`,
    ),
    ...(accounting.produced === 0 || unreached.length === 0
      ? []
      : unreached.map(({ item }) => `Item ${item}: no responsive records.`)),
    ...(demand.items.some(({ category }) => category === 'DC-22')
      ? ['Where content is kept only as ciphertext it is produced as kept; the provider holds no plaintext of it.']
      : []),
    'What a user said of themselves when signing up was not verified by the provider.',
  ];
  return [heading('What is not here'), { kind: 'list', items: lines }];
}

function time(): Block[] {
  return [
    heading('Times'),
    paragraph(
      'Every time is given in UTC beside the text as the system stores it. A row whose time could not be placed with certainty is withheld and counted.',
    ),
  ];
}

function alterations({ maskedPeople, file }: Certified): Block[] {
  const inPart = (file.collection?.counts ?? []).reduce((sum, { partsWithheld }) => sum + partsWithheld, 0);
  const said = [
    ...(inPart === 0
      ? []
      : [`From ${inPart} records a part was left out that belongs to a category not produced here.`]),
    ...(maskedPeople === 0
      ? []
      : [
          `${maskedPeople} people who stand in these records and whom the paper does not name are shown by a number; the same number is the same person.`,
        ]),
  ];
  return [
    heading('Alterations'),
    paragraph(
      said.length === 0
        ? 'No value was altered.'
        : `${said.join(' ')} The records as kept are preserved by the provider.`,
    ),
  ];
}

function limits(variant: keyof typeof VARIANTS): Block[] {
  const shared =
    'This certificate shows where the records come from and that these are copies of them. It does not show that what they say is true, nor who used an account.';
  return [
    heading('What this does not show'),
    paragraph(
      variant === 'eu'
        ? shared
        : `${shared} Whoever offers them still gives reasonable written notice, and the other side may challenge them.`,
    ),
  ];
}

function attestation({ policy, at }: Certified, variant: keyof typeof VARIANTS): Block[] {
  const { name } = policy.provider;
  const how =
    variant === 'us'
      ? `Made under ${VARIANTS.us} and 28 U.S.C. § 1746.`
      : variant === 'foreign'
        ? `Made under ${VARIANTS.foreign}; a false declaration is punishable where it is signed.`
        : `Made for an order under ${VARIANTS.eu}.`;
  return [
    heading('Attestation'),
    paragraph(
      `${how} Dated ${at.slice(0, 10)}, at ${policy.provider.address.at(-1) ?? name}. The signature over the manifest of the package binds this certificate to its files.`,
    ),
  ];
}

function table(
  caption: string,
  titles: string[],
  rows: string[][],
  right: number[] = [],
  mono: number[] = [],
): { kind: 'table' } & Table {
  return {
    kind: 'table',
    caption,
    columns: titles.map((title, index) => ({
      title,
      ...(right.includes(index) ? { align: 'right' as const } : {}),
      ...(mono.includes(index) ? { mono: true } : {}),
    })),
    rows,
  };
}
