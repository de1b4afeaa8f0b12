/**
 * An invented production for the tests of this room: a small company's records of one account, with a ledger, a fixed key
 * and a clock that ticks. Run with a folder, it writes the fixture of the return format there.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sha256 } from '../base/digest.ts';
import { microsFrom } from '../base/interval.ts';
import { memoryFolder } from '../custody/memory.ts';
import type { Accounting, AccountingLine } from '../formats/production/accounting.ts';
import { header, keyOf, ORIGIN, opening } from '../ledger/example.ts';
import { Ledger } from '../ledger/ledger.ts';
import { identifier } from '../record/identifier.ts';
import { producedCells, producedHeader, producedLine } from '../record/produced.ts';
import { producedDictionary } from '../record/produced-dictionary.ts';
import { type Draft, KINDS, type Kind } from '../record/record.ts';
import { openEngine, quoted } from '../store/engine.ts';
import { openPackage } from './open.ts';
import type { Recipient } from './production-note.ts';
import { type PackageOf, type PayloadFile, writePackage } from './write.ts';

/** age keys made for these tests: two to whom packages are sealed, and one to whom they are not. */
export const LAB = {
  name: 'Example Digital Lab',
  recipient: 'age1hjazdncugvu9x2pwch6tkhxjrl8ddmfdenudjcs2jx6kc2wz0vmsq43yw6',
  identity: 'AGE-SECRET-KEY-1J86YPELTUUKM7ACZDXV8RNEZ5JXFVWWY5ARVP9FCJ4LSUVKH8DGQULT5UU',
};

export const COURT = {
  name: 'Example Court, clerk',
  recipient: 'age148ycszprfasy6zqs7jhlmect5gt9seh8k0zaafwhjsvurjpwppcsnafp2y',
  identity: 'AGE-SECRET-KEY-1CUURS7LLE9DKGU7LKK50AZJR0QM7ZQW2GJJCMRUP2P8HDLQCU8JQ4PK4TX',
};

export const STRANGER = {
  name: 'A stranger',
  recipient: 'age1lvxurcl7sgsxacx3ud6l6wup6r6ztpld6y2kl359yrhmpt7agfasdd3p03',
  identity: 'AGE-SECRET-KEY-1WKXQH8YUJ9W29XUMQL5JGN8RR4MX679F6CNM239QPLGF45V39T0QYJQWH8',
};

const ACCOUNT = identifier('email', 'morgan.example@example.org')!;
const OTHER_NAME = identifier('account-id', 'user-0042')!;

function draft(kind: Kind, category: string, began: string | null, of: Partial<Draft>): Draft {
  return {
    kind,
    category,
    subjects: [ACCOUNT, OTHER_NAME],
    began: began === null ? null : microsFrom(began)!,
    ended: null,
    precision: began === null ? 'none' : 'second',
    timeAsStored: began ?? '',
    zoneBasis: began === null ? 'unknown' : 'stated',
    values: {},
    raw: {},
    ...of,
  };
}

const CALLED = identifier('phone', '+1 575 555 0142')!;
const PAID = identifier('name', 'Riley Example')!;

/** One item a category; a record of every kind. */
export const RECORDS: { item: string; draft: Draft }[] = [
  {
    item: '1',
    draft: draft('fact', 'DC-01', null, {
      undetermined: 'no time',
      values: { name: 'display name', value: 'Morgan, "M" Example' },
      raw: { display_name: 'Morgan, "M" Example' },
    }),
  },
  {
    item: '1',
    draft: draft('fact', 'DC-01', '2017-01-05T10:00:00Z', {
      values: { name: 'registered', value: 'yes', as_of: microsFrom('2017-01-05T10:00:00Z')! },
      raw: { registered_at: '2017-01-05T10:00:00Z' },
    }),
  },
  ...['2017-02-03T04:05:06Z', '2017-02-03T04:05:06.250001Z', '2017-03-31T23:59:59Z'].map((began, i) => ({
    item: '2',
    draft: draft('session', 'DC-02', began, {
      precision: began.includes('.') ? 'microsecond' : 'second',
      values: {
        action: 'login',
        ip: `203.0.113.${i + 1}`,
        port: 40_000 + i,
        user_agent: '=HYPERLINK("x")\n(line two)',
      },
      raw: { ts: began, ip: `203.0.113.${i + 1}`, ua: '=HYPERLINK("x")\n(line two)' },
    }),
  })),
  {
    item: '3',
    draft: draft('lease', 'DC-05', '2017-02-03T00:00:00Z', {
      ended: microsFrom('2017-02-04T00:00:00Z')!,
      values: { subscriber: 'user-0042', ip: '198.51.100.7', inside_ip: '100.64.0.9', port_low: 1024, port_high: 1535 },
      raw: { sub: 'user-0042', pub: '198.51.100.7' },
    }),
  },
  {
    item: '4',
    draft: draft('contact', 'DC-06', '2017-02-05T12:00:00Z', {
      values: {
        counterpart: CALLED.value,
        direction: 'out',
        medium: 'call',
        duration_seconds: 61.5,
        cell_first: 'C-1',
      },
      raw: { to: '+1 575 555 0142', cell: 'C-1' },
      parts: [{ category: 'DC-11', columns: ['cell_first', 'cell_last'], fields: ['cell'] }],
      mentions: [{ column: 'counterpart', who: CALLED, fields: ['to'] }],
    }),
  },
  {
    item: '5',
    draft: draft('place', 'DC-11', '2017-02-05T12:00:00Z', {
      values: { latitude: 32.3199, longitude: -106.7637, place_kind: 'sector', azimuth: 120, beam_degrees: 65 },
      raw: { lat: '32.3199', lon: '-106.7637', az: '120' },
    }),
  },
  {
    item: '6',
    draft: draft('transfer', 'DC-09', '2017-02-06T09:30:00Z', {
      values: { reference: 'T-1', sender: 'Morgan Example', receiver: PAID.text, amount: '120.50', currency: 'USD' },
      raw: { receiver: PAID.text, amount: '120.50' },
      mentions: [{ column: 'receiver', who: PAID, fields: ['receiver'] }],
    }),
  },
];

const WITHHELD = { 'outside the range': 2, 'category not covered': 1 };

/** The accounting of `records`; what was withheld is put to the first item. */
export function accountingOf(records = RECORDS): Accounting {
  const lines = new Map<string, AccountingLine>();
  for (const { item, draft: record } of records) {
    const line = lines.get(item) ?? {
      item,
      category: record.category,
      account: ACCOUNT.value,
      accountType: ACCOUNT.type,
      began: '2017-01-01T00:00:00Z',
      ended: '2017-04-01T00:00:00Z',
      found: 0,
      produced: 0,
      withheld: {},
      files: [],
    };
    lines.set(item, line);
    line.found++;
    line.produced++;
    const path = `data/records/${record.kind}.csv`;
    const file = line.files.find((one) => one.path === path);
    if (file === undefined) line.files.push({ path, rows: 1 });
    else file.rows++;
  }
  const first = [...lines.values()][0]!;
  first.withheld = { 'outside the range': 2 };
  first.found += 2;
  return {
    items: [...lines.values()],
    withheld: WITHHELD,
    produced: records.length,
    zone: 'UTC',
    madeAt: '2026-01-02T03:04:05.000Z',
  };
}

export function recordsCsv(kind: Kind, records = RECORDS): string {
  const rows = records.filter(({ draft: record }) => record.kind === kind);
  return [producedHeader(kind), ...rows.map(({ item, draft: record }) => producedCells(record, item))]
    .map(producedLine)
    .join('');
}

/** The smallest page a PDF reader opens. */
const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`;

/** Everything below `data/` but the crate. `twins` adds the Parquet of each CSV, made in `folder`. */
export async function examplePayload(folder: string, twins: boolean): Promise<PayloadFile[]> {
  const text = (path: string, mediaType: string, describes: string, content: string): PayloadFile => ({
    path,
    mediaType,
    describes,
    bytes: Buffer.from(content),
  });
  const request = { number: '17-mc-0042', kind: 'US-2703D', issuer: 'U.S. District Court, District of Example' };
  const payload = [
    text('data/request/request.json', 'application/json', 'The request as received', `${JSON.stringify(request)}\n`),
    text(
      'data/accounting.json',
      'application/json',
      'What was found, produced and withheld',
      `${JSON.stringify(accountingOf(), null, 2)}\n`,
    ),
    text('data/dictionary.csv', 'text/csv', 'What each column means', producedDictionary()),
    text(
      'data/certificate.txt',
      'text/plain',
      'Certificate of the custodian',
      'I, Casey Example, custodian of records, …\n',
    ),
    text('data/certificate.pdf', 'application/pdf', 'The certificate, to print', PDF),
    ...KINDS.map((kind) => text(`data/records/${kind}.csv`, 'text/csv', `Records: ${kind}`, recordsCsv(kind))),
  ];
  if (!twins) return payload;
  await using engine = await openEngine([folder]);
  for (const kind of KINDS) {
    const [csv, twin] = [join(folder, `${kind}.csv`), join(folder, `${kind}.parquet`)];
    writeFileSync(csv, recordsCsv(kind));
    const read = `read_csv(${quoted(csv)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`;
    await engine.run(`copy (select * from ${read}) to ${quoted(twin)} (format parquet)`);
    payload.push({
      path: `data/records/${kind}.parquet`,
      mediaType: 'application/vnd.apache.parquet',
      describes: `The same rows as ${kind}.csv`,
      bytes: readFileSync(twin),
    });
  }
  return payload;
}

/** A package ready to be written into `out`; `folder` is in memory. */
export async function examplePackage(
  folder: string,
  out: string,
  recipients: Recipient[],
  over: Partial<PackageOf> = {},
  byte = 7,
): Promise<PackageOf> {
  const dir = join(folder, `ledger-${byte}-${process.hrtime.bigint()}`);
  let made = 0;
  const key = keyOf(byte);
  await using ledger = await Ledger.create({ ...opening(dir), key, newId: () => `entry-${made++}` });
  const about = { ...header('m-1', 'provider.produce'), op: 'disclosure' as const, desk: 'provider' };
  const intent = await ledger.intent(about);
  await ledger.fact({ ...about, act: 'provider.approve', result: 'ok', ref: intent.id });
  const proofs = [];
  for (const index of [0, 1]) proofs.push({ index, ...(await ledger.proveEntry(index)) });
  return {
    id: 'p-0001',
    payload: await examplePayload(folder, false),
    info: {
      title: 'Records of one account for 17-mc-0042',
      provider: 'Example Social, Inc.',
      custodian: { name: 'Casey Example', title: 'Custodian of Records' },
      instrument: {
        name: 'Order under 18 U.S.C. § 2703(d)',
        number: '17-mc-0042',
        issuer: 'U.S. District Court, District of Example',
        issuedOn: '2017-03-20',
      },
      software: { name: 'Fourcorners', version: '0.1.0' },
    },
    binding: {
      request: 'r-0001',
      requestDigest: sha256('request'),
      scopeDigest: sha256('scope'),
      recipients: recipients.map(({ recipient, name }) => ({ recipient, name })),
    },
    sender: { origin: ORIGIN, key },
    proofs,
    checkpoint: await ledger.checkpoint(),
    vkey: ledger.vkey,
    createdAt: '2026-01-02T03:04:05.678Z',
    folder: { path: folder },
    out,
    ...over,
  };
}

/** The clear zip of the package, as whoever opened it has it. */
async function exampleArchive(): Promise<Buffer> {
  using memory = memoryFolder();
  const payload = await examplePayload(memory.path, true);
  const of = await examplePackage(memory.path, memory.path, [LAB, COURT], { payload });
  const { file } = await writePackage(of);
  const { archive } = await openPackage(file, { identities: [LAB.identity], memory });
  return readFileSync(archive!.path);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  mkdirSync(process.argv[2]!, { recursive: true });
  writeFileSync(join(process.argv[2]!, 'production.zip'), await exampleArchive());
}
