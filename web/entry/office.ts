/** Going to the office's own sign-in and coming back: a secret that only this tab has says that it was begun here. */
import { base64url } from '../browser-key.ts';
import { plain } from '../desk.ts';

const KEPT = 'office';

/** Leaves the page. */
export async function toOffice(path: '/entry/office/begin' | '/entry/office/link'): Promise<void> {
  const secret = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret)));
  const { url } = (await plain(path, { proof: base64url(digest) })) as { url: string };
  sessionStorage.setItem(KEPT, secret);
  location.assign(url);
}

/** What the page came back with; null when it was not there. Taken once. */
export function officeTicket(): { ticket: string; secret: string } | null {
  const ticket = new URLSearchParams(location.hash.slice(1)).get('office');
  if (ticket === null) return null;
  history.replaceState(null, '', location.pathname + location.search);
  const secret = sessionStorage.getItem(KEPT) ?? '';
  sessionStorage.removeItem(KEPT);
  return { ticket, secret };
}
