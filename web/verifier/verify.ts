/** What was dropped: a sealed package, its zip, a bag, or an exported ledger; and its verdict. */
import { Decrypter } from 'age-encryption';
import { type Bytes, type Files, text } from './bytes.ts';
import { Facts, type Verdict } from './facts.ts';
import { checkLedger } from './ledger.ts';
import { checkPackage } from './package.ts';
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
    return refusal('package/not-a-package', names[0]!, 'this is no sealed package, no zip of one, and no ledger');
  }
  const own = below(files);
  if (own.has('bagit.txt') || own.has('production.note')) return await checkPackage(own, key);
  if (own.has('checkpoint')) return await checkLedger(own, key);
  return refusal(
    'package/nothing-here',
    null,
    names.length === 0 ? 'nothing was dropped' : 'there is no package and no ledger among these files',
  );
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
