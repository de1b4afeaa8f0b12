/**
 * The keys of a data directory: one root, one key a matter, the ledger's signing key, the oversight recipient.
 *
 * The root key wraps the others. It lies in `keys/root.key`, in the clear unless FOURCORNERS_PASSPHRASE was set when it
 * was made; then it is wrapped by scrypt (N = 2^17, r = 8, p = 1). Dropping a matter's key destroys the matter.
 */
import { createPrivateKey, generateKeyPairSync, hkdfSync, type KeyObject, randomBytes, scryptSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../base/problem.ts';
import { boxed, unboxed } from './box.ts';
import { writeSmallDurably } from './small.ts';

const SCRYPT = { N: 1 << 17, r: 8, p: 1, maxmem: 256 << 20 };

export type Keys = {
  ledger: KeyObject;
  oversightRecipient: string;
  /** For digests that must tell nothing to whoever has not this directory's keys. */
  commitments: Buffer;
  /** For the desk's own state: requests, the directory, the policy. */
  desk: Buffer;
  matter(id: string): Buffer;
  newMatter(id: string): Buffer;
  /** The secret of this desk's own recipient key, an age identity; null before one was made. */
  identity(): string | null;
  /** Keeps that secret, wrapped; one that is there is never replaced. */
  keepIdentity(identity: string): void;
};

/** Makes the keys of a new data directory in `folder`, which must be empty. */
export function makeKeys(folder: string, oversightRecipient: string): void {
  const root = randomBytes(32);
  const phrase = process.env['FOURCORNERS_PASSPHRASE'];
  const salt = randomBytes(16);
  const kept = phrase
    ? { salt: salt.toString('base64'), wrapped: wrap(stretch(phrase, salt), root, 'root') }
    : { key: root.toString('base64') };
  writeSmallDurably(join(folder, 'root.key'), JSON.stringify(kept));
  const { privateKey } = generateKeyPairSync('ed25519');
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  writeSmallDurably(join(folder, 'ledger.key'), wrap(root, pkcs8, 'ledger'));
  writeSmallDurably(join(folder, 'oversight.recipient'), `${oversightRecipient}\n`);
}

/** Throws `keys/none`, `keys/passphrase-needed` or `keys/wrong`. */
export function openKeys(folder: string): Keys {
  const rootPath = join(folder, 'root.key');
  if (!existsSync(rootPath)) {
    throw new Problem(
      'keys/none',
      `There are no keys in ${folder}. Restore them, or start a new data directory with \`fourcorners init\`.`,
    );
  }
  const root = openRoot(rootPath);
  return {
    ledger: createPrivateKey({
      key: unwrap(root, readFileSync(join(folder, 'ledger.key'), 'utf8'), 'ledger'),
      format: 'der',
      type: 'pkcs8',
    }),
    commitments: Buffer.from(hkdfSync('sha256', root, '', 'fourcorners/v1/commitments', 32)),
    desk: Buffer.from(hkdfSync('sha256', root, '', 'fourcorners/v1/desk', 32)),
    oversightRecipient: readFileSync(join(folder, 'oversight.recipient'), 'utf8').trim(),
    matter(id) {
      const path = matterPath(folder, id);
      if (!existsSync(path))
        throw new Problem(
          'keys/none',
          `Matter ${id} has no key: it was destroyed or belongs to another data directory.`,
          { matter: id },
        );
      return unwrap(root, readFileSync(path, 'utf8'), `matter/${id}`);
    },
    identity() {
      const path = join(folder, 'identity.key');
      return existsSync(path) ? unwrap(root, readFileSync(path, 'utf8'), 'identity').toString('utf8') : null;
    },
    keepIdentity(identity) {
      const path = join(folder, 'identity.key');
      if (!existsSync(path)) writeSmallDurably(path, wrap(root, Buffer.from(identity), 'identity'));
    },
    newMatter(id) {
      const key = randomBytes(32);
      writeSmallDurably(matterPath(folder, id), wrap(root, key, `matter/${id}`));
      return key;
    },
  };
}

function matterPath(folder: string, id: string): string {
  return join(folder, `matter-${id}.key`);
}

function openRoot(path: string): Buffer {
  const kept = keptRoot(path);
  if (kept.key !== undefined) return Buffer.from(kept.key, 'base64');
  const phrase = process.env['FOURCORNERS_PASSPHRASE'];
  if (!phrase) {
    throw new Problem(
      'keys/passphrase-needed',
      'This data directory is locked. Set FOURCORNERS_PASSPHRASE to its passphrase and call again.',
    );
  }
  return unwrap(stretch(phrase, Buffer.from(kept.salt!, 'base64')), kept.wrapped!, 'root');
}

function keptRoot(path: string): { key?: string; salt?: string; wrapped?: string } {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ReturnType<typeof keptRoot>;
  } catch {
    throw new Problem('keys/wrong', 'The root key cannot be read: the file was changed. Restore it from a backup.', {
      key: 'root',
    });
  }
}

function stretch(phrase: string, salt: Uint8Array): Buffer {
  return scryptSync(phrase.normalize('NFC'), salt, 32, SCRYPT);
}

function wrap(key: Uint8Array, secret: Uint8Array, name: string): string {
  return boxed(key, name, secret).toString('base64');
}

function unwrap(key: Uint8Array, wrapped: string, name: string): Buffer {
  const secret = unboxed(key, name, Buffer.from(wrapped, 'base64'));
  if (secret) return secret;
  throw new Problem(
    'keys/wrong',
    `The key for ${name} does not open: the passphrase is wrong or the file was changed.`,
    { key: name },
  );
}
