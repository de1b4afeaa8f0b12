/**
 * A package, from its manifests to its rows: every file against both digests, the tag manifests against the sender's note, the
 * note against the sender's key, the accounting against the rows, the acts against the sender's ledger.
 */
import { type Bytes, digest, type Files, hex, text, within } from './bytes.ts';
import { csvRows } from './csv.ts';
import { Facts, type Verdict } from './facts.ts';
import { included, type Key, leaf, readCheckpoint, readKey, readNote, readProof, signed } from './notes.ts';
import { checkReport, isReport } from './report.ts';

const NOTE = 'production.note';
const MANIFEST = /^([0-9a-f]+) {2}(.+)$/;

/** `files` by their path below the bag; `given` the sender's key from elsewhere. */
export async function checkPackage(files: Files, given: string | null): Promise<Verdict> {
  const facts = new Facts();
  const bytesOf = async (path: string) => (await files.get(path)?.()) ?? null;
  const declaration = await bytesOf('bagit.txt');
  if (!declaration) facts.fails('bag/no-declaration', 'bagit.txt', 'it is missing');
  else if (!/^BagIt-Version: 1\.0\nTag-File-Character-Encoding: UTF-8\n?$/.test(text(declaration) ?? ''))
    facts.fails('bag/declaration-malformed', 'bagit.txt', 'it is no bag of version 1.0');
  else facts.holds('package/bag', 'bagit.txt', 'a bag of version 1.0');
  const escaping = [...files.keys()].filter(
    (path) => path.split('/').includes('..') || path.startsWith('/') || path.includes('\\'),
  );
  for (const path of escaping) facts.fails('bag/path-escape', path, 'its name may lead out of the bag');
  await manifests(files, facts);
  const key = await senderKey(await bytesOf('proof/log.vkey'), given, facts);
  const upTo = key ? await noteAndProofs(files, key, facts) : '';
  const counted = await sums(files, facts);
  const report = within(files, 'data/report/');
  if (isReport(report)) counted.push(...(await checkReport(report, facts, { ledger: null, key })));
  const { word, code } = facts.word;
  return {
    word,
    code,
    facts: facts.list,
    against: given
      ? 'the key you gave'
      : 'the key in the package itself, which shows only that it agrees with itself: compare it with the sender',
    upTo,
    counted,
    notChecked: [
      ...facts.notes,
      'That the Parquet files hold the rows of the CSV files: import the CSV, or use the program.',
      'The crate (ro-crate-metadata.json) beyond its digest, and that the zip is the one its files make: `fourcorners verify` checks both.',
      'That everything there was to find was found: the certificate speaks to that.',
    ],
  };
}

async function manifests(files: Files, facts: Facts): Promise<void> {
  const digests = new Map<string, { sha256: string; sha512: string }>();
  const of = async (path: string) => {
    const known = digests.get(path);
    if (known) return known;
    const bytes = await files.get(path)!();
    const made = { sha256: await digest('SHA-256', bytes), sha512: await digest('SHA-512', bytes) };
    digests.set(path, made);
    return made;
  };
  let failed = false;
  const fails = (code: string, place: string, said: string) => {
    failed = true;
    facts.fails(code, place, said);
  };
  const listed = { payload: new Set<string>(), tags: new Set<string>() };
  for (const [what, isPayload] of [
    ['manifest', true],
    ['tagmanifest', false],
  ] as const) {
    for (const algorithm of ['sha256', 'sha512'] as const) {
      const name = `${what}-${algorithm}.txt`;
      const bytes = await files.get(name)?.();
      if (!bytes) {
        fails('package/manifest-missing', name, 'it is missing');
        continue;
      }
      const here = new Set<string>();
      for (const line of (text(bytes) ?? '\u0000').replace(/\n$/, '').split('\n')) {
        const [, stated, path] = MANIFEST.exec(line) ?? [];
        if (stated === undefined || path === undefined || path.split('/').includes('..') || path.startsWith('/'))
          fails('bag/line-malformed', name, 'a line is no digest and path');
        else if (here.has(path)) fails('bag/listed-twice', path, `listed twice in ${name}`);
        else if (path.startsWith('data/') !== isPayload)
          fails(isPayload ? 'bag/outside-payload' : 'bag/payload-in-tagmanifest', path, `does not belong in ${name}`);
        else {
          here.add(path);
          (isPayload ? listed.payload : listed.tags).add(path);
          if (!files.has(path)) fails('bag/missing-file', path, 'it is listed and not here');
          else if ((await of(path))[algorithm] !== stated)
            fails('bag/digest-differs', path, `its ${algorithm} is another than listed`);
        }
      }
    }
  }
  for (const path of files.keys()) {
    if (path === NOTE || /^tagmanifest-sha(256|512)\.txt$/.test(path)) continue;
    if (!(path.startsWith('data/') ? listed.payload : listed.tags).has(path))
      fails(path.startsWith('data/') ? 'bag/unlisted-file' : 'bag/tag-file-unlisted', path, 'no manifest lists it');
  }
  if (!failed)
    facts.holds(
      'package/manifests',
      null,
      `${files.size} files: every one has the SHA-256 and SHA-512 listed, and none is unlisted`,
    );
}

async function senderKey(own: Bytes | null, given: string | null, facts: Facts): Promise<Key | null> {
  const words = own ? (text(own) ?? '').replace(/\n$/, '') : null;
  const brought = words === null ? null : await readKey(words);
  if (words !== null && !brought) facts.fails('package/key-unreadable', 'proof/log.vkey', 'it is no verifier key');
  if (given === null) {
    if (words === null)
      facts.fails('package/key-missing', 'proof/log.vkey', 'no key was given, and the package brings none');
    return brought;
  }
  const key = await readKey(given.trim());
  if (!key) facts.fails('package/key-unreadable', null, 'the key you gave is no verifier key');
  else if (brought && brought.id !== key.id)
    facts.fails('package/sender-differs', 'proof/log.vkey', 'the package names another key than you gave');
  return key;
}

/** The note, and the acts; gives up to when they reach. */
async function noteAndProofs(files: Files, key: Key, facts: Facts): Promise<string> {
  const bytes = await files.get(NOTE)?.();
  if (!bytes) facts.fails('package/note-missing', NOTE, 'nothing is signed: the note of the sender is missing');
  else {
    const note = readNote(bytes);
    const lines = note?.text.split('\n') ?? [];
    const value = (name: string) => lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? '';
    if (note?.signatures.length !== 1) facts.fails('package/note-unreadable', NOTE, 'it is no signed note');
    else if (lines[0] !== 'fourcorners-production/1')
      facts.fails(
        lines[0]?.startsWith('fourcorners-production/') ? 'package/format-unknown' : 'package/note-unreadable',
        NOTE,
        'it is of another format',
      );
    else {
      const holds = await signed(note, key);
      if (holds === null)
        facts.fails('package/sender-differs', NOTE, `it is signed with another key than that of ${key.name}`);
      else if (!holds) facts.fails('package/signature-differs', NOTE, 'the signature of this key does not hold');
      for (const [algorithm, name] of [
        ['SHA-256', 'sha256'],
        ['SHA-512', 'sha512'],
      ] as const) {
        const manifest = await files.get(`tagmanifest-${name}.txt`)?.();
        if (manifest && (await digest(algorithm, manifest)) !== value(`tagmanifest-${name}`))
          facts.fails('package/tagmanifest-differs', `tagmanifest-${name}.txt`, 'it is not the one the note signs');
      }
      if (holds) {
        const to = lines
          .filter((line) => line.startsWith('recipient '))
          .map((line) => line.split(' ').slice(2).join(' '));
        facts.holds(
          'package/note',
          NOTE,
          `signed by ${key.name} (key ${key.id}) on ${value('created')} by its clock, for request ${value('request')}; sealed to ${to.join(', ')}`,
        );
      }
    }
  }
  return await proofs(files, key, facts);
}

async function proofs(files: Files, key: Key, facts: Facts): Promise<string> {
  const headBytes = await files.get('proof/checkpoint')?.();
  const head = headBytes ? await readCheckpoint(headBytes, key) : null;
  if (head === null)
    facts.fails('package/checkpoint-missing', 'proof/checkpoint', 'the signed head of the sender’s ledger is missing');
  else if (typeof head === 'string')
    facts.fails('package/checkpoint-differs', 'proof/checkpoint', `it is not the sender’s: ${head}`);
  const numbers = [
    ...new Set([...files.keys()].flatMap((path) => /^proof\/(\d+)\.(?:entry|tlog-proof)$/.exec(path)?.[1] ?? [])),
  ];
  if (numbers.length === 0) facts.fails('package/no-proof', 'proof', 'it brings no act of the sender’s ledger');
  let [good, latest] = [0, ''];
  for (const number of numbers) {
    const [entry, bytes] = [
      await files.get(`proof/${number}.entry`)?.(),
      await files.get(`proof/${number}.tlog-proof`)?.(),
    ];
    const place = `proof/${number}.tlog-proof`;
    if (!entry || !bytes) {
      facts.fails('package/proof-missing', place, 'an act and its proof come together, and one is missing');
      continue;
    }
    const proof = readProof(bytes);
    const reached = proof && (await readCheckpoint(proof.checkpoint, key));
    if (
      !proof ||
      !reached ||
      typeof reached === 'string' ||
      String(proof.index) !== number ||
      !(await included(await leaf(entry), proof.index, reached.size, proof.path, reached.root))
    ) {
      facts.fails('package/proof-differs', place, 'the proof does not hold');
    } else if (
      head &&
      typeof head !== 'string' &&
      (reached.size > head.size || (reached.size === head.size && hex(reached.root) !== hex(head.root)))
    ) {
      facts.fails('package/proof-ahead', place, 'the proof leads to another head of the ledger');
    } else {
      good += 1;
      const { recordedAt } = JSON.parse(text(entry) ?? '{}') as { recordedAt?: string };
      latest = recordedAt && recordedAt > latest ? recordedAt : latest;
    }
  }
  if (good === numbers.length && good > 0)
    facts.holds('package/proofs', 'proof', `${good} acts are in the sender’s ledger`);
  return head && typeof head !== 'string'
    ? `entry ${head.size} of ${head.origin}${latest ? `, recorded ${latest} by its clock` : ''}`
    : '';
}

type Accounting = {
  items: {
    item: string;
    category: string;
    found: number;
    produced: number;
    withheld: Record<string, number>;
    files: { file?: string; path?: string; rows: number }[];
  }[];
  withheld: Record<string, number>;
  produced: number;
};
const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, one) => all + one, 0);

/** The accounting against itself and against the rows; gives the counts made anew. */
async function sums(files: Files, facts: Facts): Promise<Verdict['counted']> {
  const place = 'data/accounting.json';
  const bytes = await files.get(place)?.();
  const counted: Verdict['counted'] = [];
  const rowsOf = new Map<string, number>();
  const perHour = new Map<string, number>();
  const perKind: [string, number][] = [];
  let unreadable = false;
  for (const [path, read] of files) {
    const [, kind] = /^data\/records\/([a-z]+)\.csv$/.exec(path) ?? [];
    if (kind === undefined) continue;
    try {
      const rows = csvRows(text(await read()) ?? '"');
      const header = rows.next().value ?? [];
      const [item, category, began] = ['item', 'category', 'began'].map((name) => header.indexOf(name)) as [
        number,
        number,
        number,
      ];
      let count = 0;
      for (const row of rows) {
        if (row.length !== header.length) throw new TypeError('a row has another number of cells');
        count += 1;
        const key = JSON.stringify([row[item], row[category]]);
        rowsOf.set(key, (rowsOf.get(key) ?? 0) + 1);
        const hour = row[began]?.slice(11, 13);
        if (hour) perHour.set(hour, (perHour.get(hour) ?? 0) + 1);
      }
      perKind.push([kind, count]);
    } catch (error) {
      unreadable = true;
      facts.fails('package/records-unreadable', path, `it is no such table: ${(error as Error).message}`);
    }
  }
  counted.push({ heading: 'Records by kind', rows: perKind });
  counted.push({
    heading: 'Records by item and category',
    rows: [...rowsOf].map(([key, count]) => [(JSON.parse(key) as string[]).join(', '), count]),
  });
  counted.push({
    heading: 'Records by hour of the day, in UTC',
    rows: [...perHour].sort(([a], [b]) => (a < b ? -1 : 1)).map(([hour, count]) => [`${hour}:00`, count]),
  });
  if (!bytes) {
    facts.fails('package/accounting-missing', place, 'there is no account of what was found and produced');
    return counted;
  }
  let accounting: Accounting;
  try {
    accounting = JSON.parse(text(bytes) ?? '') as Accounting;
    const wrong: string[] = [];
    for (const { item, category, found, produced, withheld, files: of } of accounting.items) {
      if (found !== produced + sum(Object.values(withheld)))
        wrong.push(`item ${item}, ${category}: found is not produced and withheld`);
      if (produced !== sum(of.map(({ rows }) => rows)))
        wrong.push(`item ${item}, ${category}: produced is not the rows of its files`);
    }
    if (accounting.produced !== sum(accounting.items.map(({ produced }) => produced)))
      wrong.push('the total produced is not that of the items');
    for (const said of wrong) facts.fails('package/sums-differ', place, said);
    const stated = new Map<string, number>();
    for (const { item, category, produced } of accounting.items)
      stated.set(JSON.stringify([item, category]), (stated.get(JSON.stringify([item, category])) ?? 0) + produced);
    const differing = [...new Set([...stated.keys(), ...rowsOf.keys()])].filter(
      (key) => (stated.get(key) ?? 0) !== (rowsOf.get(key) ?? 0),
    );
    const isOpen = facts.list.some(
      ({ code, place: gone }) => code === 'bag/missing-file' && /^data\/records\/[a-z]+\.csv$/.test(gone ?? ''),
    );
    const named = (key: string) => (JSON.parse(key) as string[]).join(', ');
    for (const key of unreadable ? [] : differing) {
      const [said, here] = [stated.get(key) ?? 0, rowsOf.get(key) ?? 0];
      // While a file is missing, fewer rows than stated show nothing yet.
      if (isOpen && here < said)
        facts.fails(
          'package/accounting-open',
          place,
          `rows of ${named(key)} cannot be counted while a file is missing`,
        );
      else facts.fails('package/rows-differ', place, `of ${named(key)} ${said} rows are stated and ${here} are here`);
    }
    if (wrong.length === 0 && differing.length === 0 && !unreadable)
      facts.holds(
        'package/accounting',
        place,
        `the accounting adds up and counts the rows: ${accounting.produced} were produced and ${sum(Object.values(accounting.withheld))} withheld`,
      );
    counted.push({ heading: 'Withheld, as the sender states it', rows: Object.entries(accounting.withheld) });
  } catch {
    facts.fails('package/accounting-unreadable', place, 'it is no accounting');
  }
  return counted;
}
