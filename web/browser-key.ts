/**
 * The key of this browser's session: made here, kept by the browser, never readable, not even by these pages. It signs
 * every request, so that a copied cookie is worth nothing elsewhere.
 */
const STORE = 'keys';
const NAME = 'session';

function database(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const opening = indexedDB.open('fourcorners', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
}

function within<T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return database().then(
    (db) =>
      new Promise<T>((done, failed) => {
        const asked = run(db.transaction(STORE, mode).objectStore(STORE));
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => failed(asked.error);
        asked.transaction!.oncomplete = () => db.close();
      }),
  );
}

let held: Promise<CryptoKeyPair | undefined> | null = null;

/** A new key, and its public half for the server. */
export async function newKey(): Promise<JsonWebKey> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  await within('readwrite', (store) => store.put(pair, NAME));
  held = Promise.resolve(pair);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { kty: kty!, crv: crv!, x: x!, y: y! };
}

export async function forgetKey(): Promise<void> {
  held = null;
  await within('readwrite', (store) => store.delete(NAME));
}

/** The headers that sign a request; none before anyone is in. `body` null for what is streamed. */
export async function signedHeaders(
  method: string,
  path: string,
  body: Uint8Array<ArrayBuffer> | null,
): Promise<Record<string, string>> {
  held ??= within<CryptoKeyPair | undefined>('readonly', (store) => store.get(NAME));
  const pair = await held;
  if (!pair) return {};
  const at = String(Date.now());
  const once = base64url(crypto.getRandomValues(new Uint8Array(18)));
  const digest = body === null ? '-' : base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', body)));
  const text = new TextEncoder().encode(['fourcorners/v1/request', method, path, digest, at, once].join('\n'));
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, text);
  return { 'x-at': at, 'x-once': once, 'x-signature': base64url(new Uint8Array(signature)) };
}

export function base64url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
