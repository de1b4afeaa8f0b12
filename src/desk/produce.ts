/**
 * Producing: the approved items as bounded queries, the rows counted before one is written, checked by another person, and
 * handed over as a package.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { digestOf } from '../base/canonical.ts';
import { sha256 } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';
import { memoryFolder } from '../custody/memory.ts';
import { agencyOf } from '../instrument/agency.ts';
import { accountingOf } from '../production/account.ts';
import { approvedScope, itemOf, scopeFacts, type Unreached } from '../production/approved-scope.ts';
import type { Collection } from '../production/collection.ts';
import { asJudged, type RequestFile, version } from '../request/file.ts';
import type { Scope } from '../scope/scope.ts';
import type { Count } from '../source/count.ts';
import type { Source } from '../source/source.ts';
import {
  type CollectionPapers,
  collectionPapers,
  dropCollection,
  keepCollection,
  openCollection,
} from './collection-store.ts';
import { type House, now } from './house.ts';
import { operation } from './operation.ts';
import { DoneAt, directoryInForce, mayTake, policyInForce, RequestId, take } from './provider.ts';
import { folderOf } from './request-documents.ts';
import { snapshotRows } from './snapshot-store.ts';
import { closeSources, openSources } from './sources.ts';

const hasTables = ({ tables }: { tables: unknown[] }) => tables.length > 0;

export const producePreview = operation({
  words: 'produce preview',
  desk: 'provider',
  op: 'consultation',
  does: 'Count, per item, what would be produced and what withheld, without reading or writing a row.',
  example: 'fourcorners produce preview --request r-1a2b3c4d5e',
  input: z.strictObject({ request: RequestId }),
  async run(house, { request }) {
    const file = house.docket().file(request);
    const { scope, unreached } = approvedScope(file);
    const sources = await openSources(house, hasTables);
    try {
      const counts: Count[] = [];
      for (const source of sources) counts.push(...(await source.count(scope)));
      return { request, ...preview(scope, counts, unreached), sources: sources.map(({ name }) => name) };
    } finally {
      await closeSources(sources);
    }
  },
  show: ({ request, items, unreached, sources }) =>
    [
      `${request} from ${sources.join(', ') || 'no source: declare one with `fourcorners source add`'}`,
      ...items.map(
        ({ item, target, produced, withheld, partsWithheld }) =>
          `  item ${item} ${target}: ${produced} would be produced; ${reasons(withheld)} withheld${partsWithheld > 0 ? `; a part withheld of ${partsWithheld}` : ''}`,
      ),
      ...unreached.map(({ item, why }) => `  item ${item}: nothing to look for: ${why}`),
    ].join('\n'),
});

const reasons = (withheld: Record<string, number>) =>
  Object.entries(withheld)
    .map(([reason, count]) => `${count} ${reason}`)
    .join(', ') || '0';

function preview(scope: Scope, counts: Count[], unreached: Unreached[]) {
  return {
    items: scope.items.map(({ id, target, categories }) => {
      const own = counts.filter(({ item }) => item === id);
      const withheld: Record<string, number> = {};
      for (const count of own)
        for (const [reason, rows] of Object.entries(count.withheld)) withheld[reason] = (withheld[reason] ?? 0) + rows;
      return {
        item: itemOf(id),
        target: `${target.type} ${target.value}`,
        category: categories[0]!,
        produced: own.reduce((sum, { produced }) => sum + produced, 0),
        withheld,
        partsWithheld: own.reduce(
          (sum, { parts }) => sum + Object.values(parts).reduce((all, rows) => all + rows, 0),
          0,
        ),
      };
    }),
    unreached,
  };
}

export const produceCollect = operation({
  words: 'produce',
  desk: 'provider',
  op: 'collection',
  does: 'Gather the rows of the approved items, and nothing else. They lie encrypted here until another person has checked them.',
  example: 'fourcorners produce --request r-1a2b3c4d5e',
  input: z.strictObject({ request: RequestId, at: DoneAt }),
  async run(house, input, task) {
    const file = mayTake(house, task, input, { act: 'collect', digest: '', counts: [], sources: [], ended: [] });
    const { scope, unreached } = approvedScope(file);
    using memory = memoryFolder();
    const { Collection: Rows } = await import('../production/collection.ts');
    const collection = new Rows(memory.path, scope);
    const sources = await openSources(house, hasTables);
    const counts: Count[] = [];
    try {
      for (const source of sources)
        counts.push(
          ...(await gathered(source, withoutSnapshots(file, scope), collection, (rows) =>
            task.progress(`${rows} rows gathered`),
          )),
        );
      counts.push(...(await snapshotRows(house, file, scope, (row) => collection.add(row))));
      const written = await collection.finish();
      const { accounting, items } = accountingOf(scope, counts, written);
      const papers: CollectionPapers = {
        digest: written.digest,
        files: written.files,
        accounting,
        unreached,
        people: written.people,
        sources: sources.map(({ name, engine, declaration }) => ({
          name,
          engine,
          says: declaration.tables.map(({ kind, category }) => `${category} ${kind}`).join(', '),
        })),
        scope: scopeFacts(scope),
        collectedAt: now(),
      };
      const key = house.docket().keyFor(file.id);
      await keepCollection(house, file.id, key, memory.path, papers);
      const after = take(
        house,
        task,
        {
          ...input,
          counts: { produced: accounting.produced, withheld: sum(accounting.withheld), items: items.length },
        },
        {
          act: 'collect',
          digest: written.digest,
          counts: items,
          sources: papers.sources.map(({ name }) => name),
          ended: unreached.map(({ item }) => item),
        },
      );
      return {
        request: file.id,
        state: after.state,
        digest: written.digest,
        accounting,
        unreached,
        files: written.files,
      };
    } finally {
      await closeSources(sources);
    }
  },
  show: ({ request, accounting, state }) =>
    `${request}: ${accounting.produced} rows gathered, ${sum(accounting.withheld)} withheld. It is ${state}; another person checks it with \`fourcorners produce check\`.`,
});

/** Items that name a snapshot are answered from it, not from what the systems hold today. */
function withoutSnapshots(file: RequestFile, scope: Scope): Scope {
  const frozen = new Set(
    version(file).demand.items.flatMap(({ id, snapshot }) => (snapshot === undefined ? [] : [id])),
  );
  return { ...scope, items: scope.items.filter(({ id }) => !frozen.has(itemOf(id))) };
}

async function gathered(
  source: Source,
  scope: Scope,
  collection: Collection,
  progress: (rows: number) => void,
): Promise<Count[]> {
  const rows = source.gather(scope);
  let seen = 0;
  for (;;) {
    const next = await rows.next();
    if (next.done) return next.value;
    for (const row of next.value) collection.add(row);
    seen += next.value.length;
    progress(seen);
  }
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);

export const produceCheck = operation({
  words: 'produce check',
  desk: 'provider',
  op: 'consultation',
  does: 'Check a collection, as another person than who made it: every row decided anew, every file against its digest.',
  example: 'fourcorners produce check --request r-1a2b3c4d5e --as "D. Quill"',
  input: z.strictObject({ request: RequestId, note: z.string().max(2000).default(''), at: DoneAt }),
  async run(house, input, task) {
    const docket = house.docket();
    const key = docket.keyFor(input.request);
    const before = docket.file(input.request);
    mayTake(house, task, input, { act: 'check', digest: before.collection?.digest ?? '', note: input.note });
    const papers = await collectionPapers(house, input.request, key);
    using memory = memoryFolder();
    await openCollection(house, input.request, key, papers, memory.path);
    const { recheck } = await import('../production/check.ts');
    const checked = await recheck(memory.path, approvedScope(before).scope, papers.files, papers.accounting);
    const file = take(
      house,
      task,
      { ...input, counts: { rows: checked.rows } },
      { act: 'check', digest: checked.digest, note: input.note },
    );
    return {
      request: file.id,
      state: file.state,
      ...checked,
      accounting: papers.accounting,
      unreached: papers.unreached,
    };
  },
  show: ({ request, rows, items }) =>
    [
      `${request}: ${rows} rows, each decided anew`,
      ...items.map(
        ({ item, rows: count, began, ended }) =>
          `  item ${item}: ${count} rows${began ? `, ${began} to ${ended}` : ''}`,
      ),
    ].join('\n'),
});

export const produceReturn = operation({
  words: 'produce return',
  desk: 'provider',
  op: 'alteration',
  does: 'Send a collection back to be made anew, and say why.',
  example: 'fourcorners produce return --request r-1a2b3c4d5e --reason "Source of September was down."',
  input: z.strictObject({ request: RequestId, reason: z.string().trim().min(1).max(2000), at: DoneAt }),
  async run(house, input, task) {
    const file = take(house, task, input, { act: 'return for correction', reason: input.reason });
    dropCollection(house, file.id);
    return { request: file.id, state: file.state };
  },
  show: ({ request, state }) => `${request} is ${state}.`,
});

export const producePackage = operation({
  words: 'produce package',
  desk: 'provider',
  op: 'disclosure',
  does: 'Hand over what was checked: a package signed by this desk and sealed to the key the directory has for the agency.',
  example: 'fourcorners produce package --request r-1a2b3c4d5e --out outgoing',
  input: z.strictObject({
    request: RequestId,
    out: z.string().min(1).describe('folder for the package and its label'),
    at: DoneAt,
  }),
  async run(house, input, task) {
    // Whenever it is entered as handed over: the package and its certificate are made now, and say so.
    const createdAt = now();
    const docket = house.docket();
    const packageId = `p-${task.act.replaceAll('-', '').slice(0, 12)}`;
    const nothing = {
      act: 'package' as const,
      package: packageId,
      sha256: '',
      sizeBytes: 0,
      manifest: '',
      recipients: [],
      rows: 0,
    };
    const file = mayTake(house, task, input, nothing);
    const policy = policyInForce(house).paper;
    const recipient = recipientOf(house, file);
    const key = docket.keyFor(file.id);
    const papers = await collectionPapers(house, file.id, key);
    if (papers.digest !== file.collection!.digest)
      throw new Problem(
        'production/other-collection',
        `The files of ${file.id} are not the ones that were checked. Nothing was packaged; collect them anew.`,
        { request: file.id },
      );
    using memory = memoryFolder();
    await openCollection(house, file.id, key, papers, memory.path);
    const { packagePayload } = await import('../production/payload.ts');
    const { writePackage } = await import('../package/write.ts');
    const { payload, info } = await packagePayload({
      file,
      policy,
      papers,
      folder: memory.path,
      at: createdAt,
      digests: digestsIn(memory.path),
    });
    const proofs = await house.ledger.proofsOf(file.id);
    const outgoing = join(folderOf(house, file.id), 'outgoing');
    rmSync(outgoing, { recursive: true, force: true });
    mkdirSync(outgoing, { recursive: true, mode: 0o700 });
    const written = await writePackage({
      id: packageId,
      payload,
      info,
      binding: {
        request: file.id,
        requestDigest: digestOf(version(file).demand),
        scopeDigest: digestOf(papers.scope),
        recipients: [{ recipient: recipient.key, name: recipient.name }],
      },
      sender: { origin: house.ledger.origin, key: house.keys.ledger },
      proofs,
      checkpoint: await house.ledger.checkpoint(),
      vkey: house.ledger.vkey,
      createdAt,
      folder: memory,
      out: outgoing,
    });
    const after = take(
      house,
      task,
      { ...input, counts: { rows: papers.accounting.produced } },
      {
        ...nothing,
        sha256: written.sha256,
        sizeBytes: written.sizeBytes,
        manifest: written.manifestSha256,
        recipients: [recipient.key],
        rows: papers.accounting.produced,
      },
    );
    // It leaves only now: had the machine stopped before, nothing was handed over; from here on it counts as handed over.
    dropCollection(house, file.id);
    return {
      request: file.id,
      state: after.state,
      package: written.id,
      file: delivered(house, file.id, input.out),
      sha256: written.sha256,
      manifest: written.manifestSha256,
      recipient,
      rows: papers.accounting.produced,
      vkey: house.ledger.vkey,
    };
  },
  show: ({ request, file, rows, recipient, sha256: digest }) =>
    `${request}: ${rows} rows in ${file}, sealed to ${recipient.name}. Its digest, for the acknowledgement: ${digest}`,
});

export const produceDeliver = operation({
  words: 'produce deliver',
  desk: 'provider',
  op: 'disclosure',
  does: 'Write the sealed package of a production once more: it was made and counted before, and is the same bytes.',
  example: 'fourcorners produce deliver --request r-1a2b3c4d5e --out outgoing',
  input: z.strictObject({
    request: RequestId,
    out: z.string().min(1).describe('folder for the package and its label'),
  }),
  async run(house, { request, out }) {
    const { package: made } = house.docket().file(request);
    if (made === null) {
      throw new Problem(
        'production/nothing-packaged',
        `Nothing is packaged for ${request}. Run \`fourcorners produce package\` first.`,
        { request },
      );
    }
    return { request, file: delivered(house, request, out), sha256: made.sha256 };
  },
  show: ({ file, sha256: digest }) => `${file}\n${digest}`,
});

/** Copies the sealed package and its label, which are ciphertext and nothing else, to where they are handed over. */
function delivered(house: House, request: string, out: string): string {
  const outgoing = join(folderOf(house, request), 'outgoing');
  const names = existsSync(outgoing) ? readdirSync(outgoing).filter((name) => /\.fcp(\.json)?$/.test(name)) : [];
  if (names.length === 0) {
    throw new Problem(
      'production/nothing-packaged',
      `The package of ${request} is not here any more. Restore it from a backup.`,
      { request },
    );
  }
  const folder = resolve(out);
  mkdirSync(folder, { recursive: true });
  for (const name of names) copyFileSync(join(outgoing, name), join(folder, name));
  return join(folder, names.find((name) => name.endsWith('.fcp'))!);
}

/** The key the directory has, which two people put there: none that stands in a request is ever taken. */
function recipientOf(house: House, file: RequestFile): { key: string; name: string } {
  const agency = agencyOf(directoryInForce(house).paper, asJudged(file).requester);
  if (agency?.recipient) return { key: agency.recipient, name: agency.name };
  throw new Problem(
    'production/no-recipient',
    `The directory has no key for ${version(file).demand.requester.agencyName}. Nothing was packaged. Get its key over the verified channel and put it into the directory.`,
    { agency: version(file).demand.requester.agencyName },
  );
}

/** The acts of this request in the ledger, each with its proof: whoever has the package can see that they are in the log. */
/** Both digests of a collected file, for the certificate. */
function digestsIn(folder: string) {
  return (path: string) => {
    const bytes = readFileSync(join(folder, path));
    return { sha256: sha256(bytes), sha512: createHash('sha512').update(bytes).digest('hex'), sizeBytes: bytes.length };
  };
}
