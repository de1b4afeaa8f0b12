/** Who is in, and what the pages should look like for them. */
import type { Grant, Role } from '../src/entry/roles.ts';
import { forgetKey } from './browser-key.ts';
import { plain, Refused } from './desk.ts';
import { draftsOf, forgetDrafts } from './parts/draft.svelte.ts';

export type Me = { person: string; name: string; method: string; opened: string; grants: Grant[]; office: boolean };

export const PROVIDER: readonly Role[] = ['clerk', 'reviewer', 'releaser'];
export const OVERSIGHT: readonly Role[] = ['oversight', 'seal holder'];

class Session {
  me = $state<Me | null>(null);
  /** False until the server has said whether anyone is in. */
  known = $state(false);
  /** Why the person is out, where they were in. */
  said = $state('');
  /** The zone times are shown in, always named beside them. */
  zone = $state(localStorage.getItem('zone') ?? 'UTC');
  theme = $state<'light' | 'dark' | 'system'>((localStorage.getItem('theme') as 'light' | 'dark' | null) ?? 'system');
  /** What is shown now, also when the machine changes it: what is drawn on a canvas is drawn anew. */
  isDark = $state(false);
}

export const session = new Session();

export async function lookWhoIsIn(): Promise<void> {
  try {
    session.me = (await plain('/entry/me', {})) as Me;
    draftsOf(session.me.person);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    session.me = null;
  }
  session.known = true;
}

export async function leave(): Promise<void> {
  await plain('/entry/leave', {}).catch(() => {});
  await forgetKey();
  forgetDrafts();
  session.me = null;
}

/** Whether the person holds any of these roles, anywhere or in this matter. */
export function holds(roles: readonly Role[], matter?: string): boolean {
  return (
    session.me?.grants.some(
      (grant) =>
        roles.includes(grant.role) && (matter === undefined || grant.matter === null || grant.matter === matter),
    ) ?? false
  );
}

export function setZone(zone: string): void {
  session.zone = zone;
  localStorage.setItem('zone', zone);
}

export function setTheme(theme: Session['theme']): void {
  session.theme = theme;
  if (theme === 'system') localStorage.removeItem('theme');
  else localStorage.setItem('theme', theme);
  applyTheme();
}

const dark = matchMedia('(prefers-color-scheme: dark)');
dark.addEventListener('change', applyTheme);

export function applyTheme(): void {
  session.isDark = session.theme === 'dark' || (session.theme === 'system' && dark.matches);
  document.documentElement.dataset['theme'] = session.isDark ? 'dark' : 'light';
}
