/**
 * A provider's desk on the command line as the golden cases find it: agencies and policy approved by two people, a source
 * declared, and nothing received. A case then does one act after another, each at its own time.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryFolder } from '../../src/custody/memory.ts';
import { directoryApprove, directoryImport } from '../../src/desk/directory.ts';
import type { Operation } from '../../src/desk/operation.ts';
import { perform } from '../../src/desk/perform.ts';
import { policyApprove, policyPropose } from '../../src/desk/policy.ts';
import type { ShownFile } from '../../src/desk/request-shown.ts';
import { sourceAdd } from '../../src/desk/sources.ts';
import type { LegalRequest } from '../../src/instrument/legal-request.ts';
import { DIRECTORY, POLICY } from '../../src/instrument/rules/example.ts';
import { LAB } from '../../src/package/example.ts';
import { verifyPackage } from '../../src/package/verify.ts';
import type { ClockName } from '../../src/request/clocks.ts';
import { type Office, office, type Ran } from '../command.ts';
import { writeTables } from './data.ts';

export const REVIEWER = 'R. Alder';
export const SECOND = 'D. Quill';
export const COUNSEL = 'M. Stone';

const MORE_AGENCIES = [
  'ag-milano-police,Questura di Milano,IT,eu_ms,questura.milano.example,+390255550105,judicial atlas,,ok',
];

export type Desk = Office & {
  /** A file beside the data directory. */
  write(name: string, content: unknown): string;
  /** Takes a demand in: a file, or what the form says. */
  receive(received: string, demand: LegalRequest | object | string, ...flags: string[]): Case;
};

/** Words and flags of a command; the request and the time of the act are added. */
export type Case = {
  request: string;
  received: Said;
  does(at: string, words: string, ...flags: string[]): Said;
  as(person: string, at: string, words: string, ...flags: string[]): Said;
  decides(at: string, item: string, decision: 'approve' | 'reject' | 'push-back', reason: string): Said;
  /** What may not be done: the code it is refused with, and why. */
  refused(at: string, words: string, code: string, why: RegExp, ...flags: string[]): void;
  refusedTo(person: string, at: string, words: string, code: string, why: RegExp, ...flags: string[]): void;
  /** The letter the findings call for, as text, its lines joined. */
  letter(at: string): string;
  show(at?: string): Said;
  /** Every act on it that the ledger has, with how it ended. */
  ledger(): string[];
};

/** A request as the command line shows it, or whatever else an act says. */
export type Said = ShownFile & Record<string, unknown>;

export async function goldenDesk(recipients: Record<string, string> = {}): Promise<Desk> {
  const desk = office();
  const write = (name: string, content: unknown) => {
    const path = desk.path(name);
    writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
    return path;
  };
  await setUp(desk, write, recipients);
  let forms = 0;
  const receive = (received: string, demand: object | string, ...flags: string[]): Case => {
    const file = typeof demand === 'string' ? demand : write(`request-${++forms}.json`, asForm(demand));
    const shown = said(desk.run('request', 'receive', '--file', file, '--received', received, ...flags, '--json'));
    return caseOf(desk, shown);
  };
  return { ...desk, write, receive, [Symbol.dispose]: () => desk[Symbol.dispose]() };
}

/** Through the one door in this process: the golden cases are about what comes after. */
async function setUp(
  desk: Office,
  write: (name: string, content: unknown) => string,
  recipients: Record<string, string>,
) {
  const act = (actor: string, operation: Operation, given: object) =>
    perform(operation, given, { dir: desk.data, actor });
  const rows = DIRECTORY.agencies.map(({ id, name, country, level, domains, phone, phoneSource }) =>
    [
      id,
      `"${name}"`,
      country,
      level,
      domains.join(' '),
      phone,
      phoneSource,
      recipients[id] ?? LAB.recipient,
      'ok',
    ].join(),
  );
  const header = 'id,name,country,level,domains,phone,phone_source,recipient,credential';
  const more = MORE_AGENCIES.map((row) => row.replace(',,ok', `,${LAB.recipient},ok`));
  await act(REVIEWER, directoryImport, { file: write('agencies.csv', [header, ...rows, ...more, ''].join('\n')) });
  await act(SECOND, directoryApprove, {});
  const policy = { ...POLICY, provider: { ...POLICY.provider, mailServer: 'mx.provider.example' } };
  await act(REVIEWER, policyPropose, { file: write('policy.json', policy) });
  await act(SECOND, policyApprove, {});
  await act(REVIEWER, sourceAdd, { file: writeTables(desk.folder) });
}

/** A demand as a sender writes it: without what the desk finds out itself. */
export function asForm(demand: LegalRequest | object): object {
  if (!('receivedAt' in demand)) return demand;
  const {
    id: _id,
    version: _version,
    receivedAt: _at,
    tz: _tz,
    documents: _papers,
    requester,
    targets,
    ...rest
  } = demand;
  const { auth: _auth, callback: _callback, secondVerifier: _second, ...named } = requester;
  return { ...rest, requester: named, targets: targets.map(({ resolves: _resolves, ...target }) => target) };
}

const said = (ran: Ran): Said => {
  assert.equal(ran.status, 0, ran.err);
  return ran.json() as unknown as Said;
};

function caseOf(desk: Office, received: Said): Case {
  const { request } = received;
  const line = (at: string, words: string, flags: string[]) => [
    ...words.split(' '),
    '--request',
    request,
    ...(at === '' ? [] : ['--at', at]),
    ...flags,
    '--json',
  ];
  const refusedTo: Case['refusedTo'] = (person, at, words, code, why, ...flags) => {
    const { status, err } = desk.as(person, ...line(at, words, flags));
    assert.equal(status, 1, `${words} at ${at} was not refused`);
    assert.ok(err.startsWith(`${code}: `), err);
    assert.match(err, why);
  };
  const as: Case['as'] = (person, at, words, ...flags) => said(desk.as(person, ...line(at, words, flags)));
  return {
    request,
    received,
    as,
    refusedTo,
    does: (at, words, ...flags) => as(REVIEWER, at, words, ...flags),
    decides: (at, item, decision, reason) =>
      as(REVIEWER, at, 'request decide', '--item', item, '--decision', decision, '--reason', reason),
    refused: (at, words, code, why, ...flags) => refusedTo(REVIEWER, at, words, code, why, ...flags),
    letter(at) {
      as(REVIEWER, at, 'request letter', '--out', desk.path('letter'), '--no-pdf');
      return readFileSync(join(desk.path('letter'), 'letter.txt'), 'utf8').replace(/\s+/g, ' ');
    },
    show: (at) => as(REVIEWER, at ?? '', 'request show'),
    ledger() {
      const shown = desk.run('ledger', 'show', '--matter', request, '--json');
      const { entries } = said(shown) as unknown as { entries: { act: string; phase: string; result?: string }[] };
      return entries
        .filter(({ phase }) => phase === 'outcome')
        .map(({ act, result }) => (result === 'ok' ? act : `${act} ${result}`));
    },
  };
}

/** Rule, severity and item of each finding. */
export const found = ({ findings }: Pick<ShownFile, 'findings'>): string[] =>
  findings.map(({ rule, severity, itemId }) => `${rule} ${severity}${itemId === undefined ? '' : ` ${itemId}`}`);

/** Findings that keep an item back or a step from being taken; the rest warns, or asks for a cure. */
export const grave = (shown: Pick<ShownFile, 'findings'>): string[] =>
  found({ findings: shown.findings.filter(({ severity }) => severity === 'reject' || severity === 'block') });

/** When a clock of it runs out. */
export function due(shown: Pick<ShownFile, 'clocks'>, name: ClockName): string | null {
  return shown.clocks.find((clock) => clock.name === name)?.due ?? null;
}

/** Item and what was decided of it, or how it stands. */
export const standings = ({ items }: Pick<ShownFile, 'items'>): Record<string, string | null> =>
  Object.fromEntries(items.map(({ item, standing, decision }) => [item, decision ?? standing]));

/** Whoever asks is verified: assigned, called back at the directory's number, and confirmed. */
export function verified(one: Case, at: string, second?: string): Said {
  one.does(at, 'request assign');
  one.does(at, 'request call', '--answer', 'confirmed', '--note', 'The switchboard put us through.');
  if (second) one.as(second, at, 'request second', '--note', 'Badge number checked with the state register.');
  return one.does(at, 'request verify');
}

/** The user is told, and their time to object runs. */
export function told(one: Case, at: string, to: string): Said {
  const decided = one.does(at, 'notice decide');
  one.does(at, 'notice send', '--to', to, '--with-process');
  return decided;
}

type Collected = { accounting: { produced: number; withheld: Record<string, number> }; state: string };
type Packaged = { file: string; rows: number; sha256: string; recipient: { name: string } };

/** Collected by the reviewer, checked by another person, and handed over. */
export function handedOver(one: Case, at: string, out: string): { collected: Collected; packaged: Packaged } {
  const collected = one.does(at, 'produce') as unknown as Collected;
  one.as(SECOND, at, 'produce check');
  const packaged = one.does(at, 'produce package', '--out', out) as unknown as Packaged;
  return { collected, packaged };
}

/** What the recipient reads once the package is verified and open: every file of it, by its path. */
export async function readPackage(path: string, identity = LAB.identity): Promise<Map<string, string>> {
  using memory = memoryFolder();
  const { verdict, contents, said: why } = await verifyPackage(path, { identities: [identity], memory });
  assert.equal(verdict, 'VERIFIED', why);
  const files = new Map<string, string>();
  for (const [name, file] of contents) {
    if (name.endsWith('.pdf')) continue;
    const pieces: Uint8Array[] = [];
    for await (const piece of file.stream()) pieces.push(piece);
    files.set(name, Buffer.concat(pieces).toString('utf8'));
  }
  return files;
}
