/** Bytes, digests and texts for a verifier that has nothing but a browser. Independent of the program it checks. */

export type Bytes = Uint8Array<ArrayBuffer>;
/** Files by their path, read when they are wanted. */
export type Files = Map<string, () => Promise<Bytes>>;

export async function digest(algorithm: 'SHA-256' | 'SHA-512', bytes: Bytes): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest(algorithm, bytes)));
}

export async function sha256(...parts: Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined(parts)));
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function joined(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** Null for what is not UTF-8. */
export function text(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export const utf8 = (words: string): Bytes => new TextEncoder().encode(words) as Bytes;

/** Null for anything but padded Base64. */
export function base64(words: string): Bytes | null {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(words)) return null;
  const bytes = Uint8Array.from(atob(words), (one) => one.charCodeAt(0));
  return btoa(String.fromCharCode(...bytes)) === words ? bytes : null;
}

/** The files below a folder, by their path there. */
export function within(files: Files, folder: string): Files {
  return new Map(
    [...files].flatMap(([path, read]) => (path.startsWith(folder) ? [[path.slice(folder.length), read] as const] : [])),
  );
}
