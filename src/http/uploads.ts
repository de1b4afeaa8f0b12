/**
 * Files on their way in: streamed to the disk encrypted, under a key that only this process has, until an act reads them.
 *
 * Constant memory whatever the size. Nothing is in the clear on a disk; what no act took is deleted after an hour, and what a
 * stopped process left cannot be opened by anyone and is deleted when the next one starts.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../base/problem.ts';
import { type SealedPlace, WHOLE_BYTES } from '../custody/framed.ts';
import { decryptFile, encrypt } from '../custody/frames.ts';
import { memoryFolder } from '../custody/memory.ts';

const KEPT_MS = 60 * 60_000;
const PREFIX = 'upload:';

export type Upload = { upload: string; name: string; sizeBytes: number; sha256: string };
type Kept = Upload & { person: string; path: string; secret: Buffer; timer: NodeJS.Timeout };

export class Uploads {
  readonly #folder: string;
  readonly #kept = new Map<string, Kept>();

  constructor(dir: string) {
    this.#folder = join(dir, 'uploads');
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  [Symbol.dispose](): void {
    for (const { timer } of this.#kept.values()) clearTimeout(timer);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Throws `http/upload-broken` when the bytes end before they should; then nothing is kept. */
  async take(person: string, name: string, bytes: AsyncIterable<Uint8Array>, expected: number | null): Promise<Upload> {
    const id = randomBytes(12).toString('hex');
    const path = join(this.#folder, id);
    const secret = randomBytes(32);
    const hash = createHash('sha256');
    let sizeBytes = 0;
    const counted = async function* () {
      for await (const chunk of bytes) {
        hash.update(chunk);
        sizeBytes += chunk.length;
        yield chunk;
      }
    };
    try {
      await pipeline(Readable.from(encrypt(secret, id, counted())), createWriteStream(path, { mode: 0o600 }));
      if (expected !== null && expected !== sizeBytes) throw new Error('cut short');
    } catch (error) {
      rmSync(path, { force: true });
      const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
      throw new Problem(
        full ? 'http/no-room' : 'http/upload-broken',
        full
          ? `There is no room for ${shortened(name)} on this machine. Nothing of it was kept.`
          : `${shortened(name)} did not arrive whole: ${sizeBytes} bytes came. Nothing of it was kept; send it again.`,
        { sizeBytes },
      );
    }
    const upload = { upload: PREFIX + id, name: fileName(name), sizeBytes, sha256: hash.digest('hex') };
    const timer = setTimeout(() => this.drop(person, upload.upload), KEPT_MS).unref();
    this.#kept.set(id, { ...upload, person, path, secret, timer });
    return upload;
  }

  drop(person: string, upload: string): void {
    const kept = this.#find(person, upload);
    if (!kept) return;
    clearTimeout(kept.timer);
    this.#kept.delete(kept.upload.slice(PREFIX.length));
    rmSync(kept.path, { force: true });
  }

  /**
   * Gives an act the files its input names: small ones lie in memory under their own names until `dispose`, large ones stay
   * sealed and are read in place. Throws `input/no-upload`.
   */
  async lend(person: string, uploads: readonly string[]): Promise<Lent> {
    const memory = memoryFolder();
    const paths = new Map<string, string>();
    const sealed = new Map<string, SealedPlace>();
    try {
      for (const [index, upload] of uploads.entries()) {
        const kept = this.#find(person, upload);
        if (!kept) {
          throw new Problem(
            'input/no-upload',
            'A file named here has not been sent, or was sent more than an hour ago. Send it again.',
            {
              upload: shortened(upload),
            },
          );
        }
        const folder = join(memory.path, String(index));
        mkdirSync(folder);
        const path = join(folder, kept.name);
        const context = kept.upload.slice(PREFIX.length);
        if (kept.sizeBytes > WHOLE_BYTES)
          sealed.set(path, { at: kept.path, secret: kept.secret.toString('base64'), context });
        else
          await pipeline(
            Readable.from(decryptFile(kept.path, kept.secret, context)),
            createWriteStream(path, { mode: 0o600 }),
          );
        paths.set(upload, path);
      }
      return { paths, sealed, [Symbol.dispose]: () => memory[Symbol.dispose]() };
    } catch (error) {
      memory[Symbol.dispose]();
      throw error;
    }
  }

  #find(person: string, upload: string): Kept | undefined {
    const kept = upload.startsWith(PREFIX) ? this.#kept.get(upload.slice(PREFIX.length)) : undefined;
    return kept?.person === person ? kept : undefined;
  }
}

export type Lent = { paths: Map<string, string>; sealed: Map<string, SealedPlace>; [Symbol.dispose](): void };

/** A name that is one: no folders, nothing unseen, not too long. What the sender called it is only a name. */
function fileName(name: string): string {
  const last = name
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
  const safe = /^\.*$/.test(last) ? 'file' : last;
  const bytes = Buffer.from(safe);
  if (bytes.length <= 200) return safe;
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(safe)?.[0] ?? '';
  return `${bytes
    .subarray(0, 180)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')}${ending}`;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
