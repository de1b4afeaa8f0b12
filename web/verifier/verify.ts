/** What was dropped: a sealed package, its zip, a bag, an exported ledger, a report, or a report with its ledger; and its verdict. */
import { Decrypter } from 'age-encryption';
import { type Bytes, type Files, text, within } from './bytes.ts';
import { Facts, type Verdict } from './facts.ts';
import { checkLedger } from './ledger.ts';
import { readKey } from './notes.ts';
import { checkPackage } from './package.ts';
import { checkReport, isReport } from './report.ts';
import { readZip } from './zip.ts';

export type Given = {
  files: Files;
  /** The sender's or the log's public key, got another way. */
  key: string | null;
  /** age identities, as text, that may open a sealed package. Kept nowhere. */
  identities: string;
};

const AGE = 'age-encryption.org/v1';

export async function verify({ files, key, identities }: Given): Promise<Verdict> {
  const names = [...files.keys()];
  if (names.length === 1) {
    const bytes = await files.get(names[0]!)!();
    if (text(bytes.subarray(0, AGE.length)) === AGE) {
      const opened = await unsealed(bytes, identities);
      if ('code' in opened) return refusal(opened.code, names[0]!, opened.said);
      return await verify({ files: zipped(opened.bytes), key, identities });
    }
    const zip = readZip(bytes);
    if (zip) return await verify({ files: below(zip), key, identities });
    return refusal(
      'package/not-a-package',
      names[0]!,
      'this is no sealed package, no zip of one, and no ledger; of a report or a ledger bring the folder',
    );
  }
  const own = below(files);
  if (own.has('bagit.txt') || own.has('production.note')) return await checkPackage(own, key);
  const [report, ledger] = [besides(files, 'recompute.md'), besides(files, 'checkpoint')];
  if (report && isReport(report.files)) return await reportVerdict(apart(report, ledger), ledger?.files ?? null, key);
  if (own.has('checkpoint')) return await checkLedger(own, key);
  return refusal(
    'package/nothing-here',
    null,
    names.length === 0 ? 'nothing was dropped' : 'there is no package, no report and no ledger among these files',
  );
}

type Lying = { folder: string; files: Files };

/** The folder in which a file of this name lies highest; null where none does. */
function besides(files: Files, name: string): Lying | null {
  const found = [...files.keys()].filter((path) => path === name || path.endsWith(`/${name}`));
  const [first] = found.toSorted((a, b) => a.length - b.length);
  if (first === undefined) return null;
  const folder = first.slice(0, first.length - name.length);
  return { folder, files: within(files, folder) };
}

/** The files of a report without those of a ledger that lies in the same folder or below. */
function apart({ folder, files }: Lying, ledger: Lying | null): Files {
  if (!ledger?.folder.startsWith(folder)) return files;
  const of = ledger.folder.slice(folder.length);
  const isLedgers = (path: string) =>
    path.startsWith(of) && /^(checkpoint|log\.vkey|tile\/)/.test(path.slice(of.length));
  return new Map([...files].filter(([path]) => !isLedgers(path)));
}

async function reportVerdict(report: Files, ledger: Files | null, given: string | null): Promise<Verdict> {
  const facts = new Facts();
  const log = ledger && (await checkLedger(ledger, given));
  if (log) for (const fact of log.facts) facts.list.push(fact);
  else facts.fails('report/no-ledger', null, 'nothing signs a report: bring the exported ledger with it, or the package that holds it'); // biome-ignore format: one line
  const key = given === null ? null : await readKey(given.trim());
  if (given !== null && !key) facts.fails('ledger/vkey-unreadable', null, 'the key you gave is no verifier key');
  const counted = await checkReport(report, facts, { ledger: log?.known ?? null, key });
  const { word, code } = facts.word;
  return {
    word,
    code,
    facts: facts.list,
    against: log?.against ?? 'itself alone, which shows only that the report agrees with itself',
    upTo: log?.upTo ?? '',
    counted,
    notChecked: [
      ...facts.notes,
      'That the PDF and the maps say what the findings say, and the figures of corroboration and areas: import the originals and ask again, as recompute.md says.',
      'That every finding was put into the report: the ledger counts how often each question was asked.',
      ...(log?.notChecked ?? []),
    ],
  };
}

function zipped(bytes: Bytes): Files {
  return readZip(bytes) ?? new Map();
}

/** Without the one folder that holds everything. */
function below(files: Files): Files {
  const tops = new Set([...files.keys()].map((path) => path.split('/')[0]!));
  if (tops.size !== 1 || [...files.keys()].some((path) => !path.includes('/'))) return files;
  return new Map([...files].map(([path, read]) => [path.slice(path.indexOf('/') + 1), read]));
}

async function unsealed(bytes: Bytes, identities: string): Promise<{ bytes: Bytes } | { code: string; said: string }> {
  const keys = identities.split(/\s+/).filter((word) => word.startsWith('AGE-SECRET-KEY-'));
  if (keys.length === 0)
    return { code: 'package/no-identity', said: 'it is sealed: name the file with the age identity that opens it' };
  for (const key of keys) {
    try {
      const decrypter = new Decrypter();
      decrypter.addIdentity(key);
      return { bytes: new Uint8Array(await decrypter.decrypt(bytes)) };
    } catch (error) {
      if (!String((error as Error).message).startsWith('no identity matched'))
        return { code: 'package/damaged', said: 'it does not open to its end: it was changed or cut' };
    }
  }
  return { code: 'package/wrong-identity', said: 'none of the identities given opens it' };
}

function refusal(code: string, place: string | null, said: string): Verdict {
  const facts = new Facts();
  facts.fails(code, place, said);
  return { word: facts.word.word, code, facts: facts.list, against: '', upTo: '', counted: [], notChecked: [] };
}
