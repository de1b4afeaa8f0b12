/**
 * A package of a provider's desk on its way into a matter: verified first, held against the paper, opened in memory only.
 *
 * What is not verified is not read. What was made for another paper is refused; what reaches beyond the paper is sealed
 * row by row like any other return, and said to.
 */

import { microsFrom } from '../base/interval.ts';
import { Problem } from '../base/problem.ts';
import { type AccountingLine, readAccounting } from '../formats/production/accounting.ts';
import type { VerifiedPackage } from '../importing/receipt.ts';
import type { Instrument } from '../instrument/instrument.ts';
import { verifyPackage } from '../package/verify.ts';
import { IDENTIFIER_TYPES, type IdentifierType, identifier, names } from '../record/identifier.ts';
import type { Scope } from '../scope/scope.ts';
import type { House } from './house.ts';

export type ReceivedPackage = { clear: string; verified: VerifiedPackage };

/** Throws `package/not-verified`, `package/no-key`, `package/other-paper`. `vkey` is the sender's key from elsewhere. */
export async function receivedPackage(
  house: House,
  path: string,
  memory: { path: string },
  paper: Instrument,
  scope: Scope,
  vkey: string | undefined,
): Promise<ReceivedPackage> {
  const identity = house.keys.identity();
  if (identity === null) {
    throw new Problem(
      'package/no-key',
      `This desk has no key of its own, so no package can have been sealed to it. Nothing was imported; make one with \`fourcorners recipient\`.`,
      { path },
    );
  }
  const verdict = await verifyPackage(path, { identities: [identity], memory, ...(vkey ? { vkey } : {}) });
  if (verdict.verdict !== 'VERIFIED' || verdict.package === null || verdict.archive === null) {
    throw new Problem(
      'package/not-verified',
      `${path}: ${verdict.said} Nothing was imported, and nothing of it was kept.`,
      { path, code: verdict.code, place: verdict.place },
    );
  }
  const lines = await linesOf(verdict.contents);
  const request = await requestOf(verdict.contents);
  refuseOtherPaper(path, request, paper, lines, scope);
  return {
    clear: verdict.archive.path,
    verified: {
      package: verdict.package.id,
      request: verdict.package.request,
      sender: verdict.package.sender,
      against: verdict.against,
      upTo: verdict.upTo && { size: verdict.upTo.size, to: verdict.upTo.recordedAt },
      said: verdict.said,
      withheld: verdict.package.withheld ?? {},
      beyond: lines
        .filter((line) => !within(line, scope))
        .map(
          (line) =>
            `item ${line.item}: ${line.category} of ${line.account}${line.began ? `, ${line.began} to before ${line.ended}` : ''}`,
        ),
    },
  };
}

type Contents = Awaited<ReturnType<typeof verifyPackage>>['contents'];

async function linesOf(contents: Contents): Promise<AccountingLine[]> {
  const accounting = readAccounting(await bytesOf(contents, 'data/accounting.json'));
  return typeof accounting === 'string' ? [] : accounting.items;
}

/** The number of the paper that the provider says it answered. */
async function requestOf(contents: Contents): Promise<string | null> {
  try {
    const request = JSON.parse((await bytesOf(contents, 'data/request/request.json')).toString('utf8')) as {
      instrument?: { number?: unknown };
    };
    return typeof request.instrument?.number === 'string' ? request.instrument.number : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function bytesOf(contents: Contents, path: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const file = contents.get(path);
  if (file) for await (const piece of file.stream()) pieces.push(piece);
  return Buffer.concat(pieces);
}

function refuseOtherPaper(
  path: string,
  number: string | null,
  paper: Instrument,
  lines: AccountingLine[],
  scope: Scope,
): void {
  const same = (text: string) => text.trim().toLowerCase();
  const otherNumber = number !== null && paper.number !== undefined && same(number) !== same(paper.number);
  const named = lines.length === 0 || lines.some((line) => scope.items.some(({ target }) => isNamed(line, target)));
  if (!otherNumber && named) return;
  throw new Problem(
    'package/other-paper',
    `${path} answers ${number ?? 'a paper without a number'}, about ${[...new Set(lines.map(({ account }) => account))].join(', ') || 'nobody'}; this paper is ${paper.number ?? 'without a number'}, about ${scope.items.map(({ target }) => target.value).join(', ')}. Nothing was imported. Import it under the paper it answers.`,
    { path, answered: number, paper: paper.number ?? null },
  );
}

function isNamed({ account, accountType }: AccountingLine, target: Scope['items'][number]['target']): boolean {
  const type = (IDENTIFIER_TYPES as readonly string[]).includes(accountType ?? '')
    ? (accountType as IdentifierType)
    : 'untyped';
  const stated = identifier(type, account);
  return stated !== null && names(target, stated);
}

function within(line: AccountingLine, scope: Scope): boolean {
  const began = line.began === undefined ? null : microsFrom(line.began);
  const ended = line.ended === undefined ? null : microsFrom(line.ended);
  const states = ['DC-01', 'DC-03'].includes(line.category);
  return scope.items.some(
    ({ target, categories, range }) =>
      categories.includes(line.category) &&
      isNamed(line, target) &&
      (states || (began !== null && ended !== null && range.began <= began && ended <= range.ended)),
  );
}
