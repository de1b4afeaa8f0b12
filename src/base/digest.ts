/** Digests as this house writes them: SHA-256 in lower-case hex, 64 characters. */
import { createHash } from 'node:crypto';

export type Digest = string;

export function sha256(...parts: (Uint8Array | string)[]): Digest {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

export function isDigest(text: unknown): text is Digest {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
}
