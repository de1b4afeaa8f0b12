/** What goes into a package beside its records: the request, the accounting, what columns mean, and the certificate. */
import { join } from 'node:path';
import { letterPdf, letterText } from '../document/letter.ts';
import type { Accounting } from '../formats/production/accounting.ts';
import type { Policy } from '../instrument/policy.ts';
import type { PackageOf, PayloadFile } from '../package/write.ts';
import { producedDictionary } from '../record/produced-dictionary.ts';
import { type RequestFile, version } from '../request/file.ts';
import type { Unreached } from './approved-scope.ts';
import { certificate } from './certificate.ts';
import type { ProducedFile } from './collection.ts';
import { TOOL } from './tool.ts';

export type PayloadOf = {
  file: RequestFile;
  policy: Policy;
  papers: {
    files: ProducedFile[];
    accounting: Accounting;
    unreached: Unreached[];
    people: number;
    sources: { name: string; engine: string; says: string }[];
    scope: { item: string; target: string; categories: string[]; began: string; ended: string }[];
    collectedAt: string;
  };
  /** Where the collected files lie in the clear. */
  folder: string;
  at: string;
  digests(path: string): { sha256: string; sha512: string; sizeBytes: number };
};

export async function packagePayload(of: PayloadOf): Promise<{ payload: PayloadFile[]; info: PackageOf['info'] }> {
  const { file, policy, papers, folder, at } = of;
  const { demand } = version(file);
  const accounting: Accounting = { ...papers.accounting, madeAt: at };
  const letter = certificate({
    file,
    policy,
    accounting,
    unreached: papers.unreached,
    files: papers.files.map(({ path }) => ({ path: `data/${path}`, ...of.digests(path) })),
    sources: papers.sources,
    maskedPeople: papers.people,
    hashedAt: papers.collectedAt,
    tool: `${TOOL.name} ${TOOL.version}`,
    at,
  });
  const text = (path: string, mediaType: string, describes: string, content: string): PayloadFile => ({
    path,
    mediaType,
    describes,
    bytes: Buffer.from(content),
  });
  const payload: PayloadFile[] = [
    text(
      'data/request/request.json',
      'application/json',
      'The demand as it was answered, and what of it was approved',
      `${JSON.stringify(answered(file, papers.scope), null, 2)}\n`,
    ),
    text(
      'data/accounting.json',
      'application/json',
      'What was found, produced and withheld, by item',
      `${JSON.stringify(accounting, null, 2)}\n`,
    ),
    text('data/dictionary.csv', 'text/csv', 'What each column means', producedDictionary()),
    text('data/certificate.txt', 'text/plain', 'Certificate of the custodian of records', letterText(letter)),
    {
      path: 'data/certificate.pdf',
      mediaType: 'application/pdf',
      describes: 'The same certificate, to print',
      bytes: await letterPdf(letter),
    },
    ...papers.files.map(
      ({ path, mediaType, rows }): PayloadFile => ({
        path: `data/${path}`,
        mediaType,
        describes: `${rows} records`,
        file: join(folder, path),
      }),
    ),
  ];
  return {
    payload,
    info: {
      title: `Records for ${demand.instrument.caseNo ?? file.id}`,
      provider: policy.provider.name,
      custodian: policy.provider.custodian,
      instrument: {
        name: demand.instrument.type ?? 'no compulsory paper',
        number: demand.instrument.caseNo ?? file.id,
        issuer: demand.instrument.court ?? demand.instrument.issuerName ?? demand.requester.agencyName,
        issuedOn: demand.instrument.issuedOn ?? file.receivedAt.slice(0, 10),
      },
      software: TOOL,
    },
  };
}

/** The paper and the items, without what the provider's people wrote among themselves. */
function answered(file: RequestFile, scope: PayloadOf['papers']['scope']) {
  const { demand } = version(file);
  return {
    request: file.id,
    version: file.versions.length,
    receivedAt: file.receivedAt,
    requester: {
      agencyName: demand.requester.agencyName,
      country: demand.requester.country,
      officer: demand.requester.officer,
    },
    instrument: {
      type: demand.instrument.type ?? null,
      number: demand.instrument.caseNo ?? null,
      issuer: demand.instrument.court ?? demand.instrument.issuerName ?? null,
      issuedOn: demand.instrument.issuedOn ?? null,
    },
    targets: demand.targets.map(({ type, value }) => ({ type, value })),
    items: demand.items.map(({ id, target, category, from, to }) => ({
      item: id,
      target,
      category: category ?? null,
      from: from ?? null,
      to: to ?? null,
      decision: file.decisions[id]?.decision ?? null,
    })),
    scope,
  };
}
