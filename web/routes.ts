/** The pages: where each is, whose desk it is on, and who may open it. Loaded when they are opened. */
import type { Component } from 'svelte';
import type { Role } from '../src/entry/roles.ts';

export type Desk = 'examiner' | 'provider' | 'oversight' | 'everyone';

type Load = () => Promise<{ default: Component<Record<string, string>> }>;

export type Route = {
  /** `:name` stands for one part of the path, and is given to the page as a property. */
  path: string;
  title: string;
  desk: Desk;
  /** Any of these roles; empty for whoever is in. */
  roles: readonly Role[];
  /** Listed in the menu; pages of one matter or request are reached from it. */
  inMenu: boolean;
  page: Load;
};

const MATTER: readonly Role[] = ['lead', 'examiner'];
const TWO: readonly Role[] = ['reviewer', 'releaser'];
const DESK: readonly Role[] = ['clerk', ...TWO];
const WATCH: readonly Role[] = ['oversight', 'seal holder'];

/** One cast in one place: a page takes the parts of its path, and the shell gives just those. */
const route = (desk: Desk, path: string, title: string, roles: readonly Role[], page: () => Promise<unknown>, inMenu = true): Route => ({
  desk, path, title, roles, inMenu, page: page as Load,
}); // biome-ignore format: one line
const under = (
  ...given: [desk: Desk, path: string, title: string, roles: readonly Role[], page: () => Promise<unknown>]
) => route(...given, false);

// biome-ignore format: a line a page
export const ROUTES: readonly Route[] = [
  under('everyone', '/', 'Desks', [], () => import('./entry/Home.svelte')),
  under('everyone', '/you', 'You', [], () => import('./entry/You.svelte')),
  route('everyone', '/people', 'People and roles', ['administrator', 'oversight'], () => import('./entry/People.svelte')),
  route('examiner', '/matters', 'Matters', [], () => import('./examiner/Matters.svelte')),
  under('examiner', '/matters/:matter', 'Matter', MATTER, () => import('./examiner/Matter.svelte')),
  under('examiner', '/matters/:matter/import', 'Import', MATTER, () => import('./examiner/Import.svelte')),
  under('examiner', '/matters/:matter/explore', 'Explore', MATTER, () => import('./examiner/explore/Explore.svelte')),
  under('examiner', '/matters/:matter/ask', 'Ask', MATTER, () => import('./examiner/Ask.svelte')),
  under('examiner', '/matters/:matter/corroboration', 'Corroboration', MATTER, () => import('./examiner/Corroboration.svelte')),
  under('examiner', '/matters/:matter/work', 'Work', MATTER, () => import('./examiner/Work.svelte')),
  under('examiner', '/matters/:matter/report', 'Report', MATTER, () => import('./examiner/Report.svelte')),
  route('provider', '/requests', 'Inbox', DESK, () => import('./provider/Inbox.svelte')),
  under('provider', '/requests/:request', 'Request', DESK, () => import('./provider/Request.svelte')),
  route('provider', '/preservation', 'Preservation', TWO, () => import('./provider/Preservation.svelte')),
  route('provider', '/notices', 'Notices', TWO, () => import('./provider/Notices.svelte')),
  route('provider', '/attribution', 'Who held an address', TWO, () => import('./provider/Attribution.svelte')),
  route('provider', '/transparency', 'Transparency report', [...TWO, 'oversight'], () => import('./provider/Transparency.svelte')),
  route('provider', '/policy', 'Policy', [...DESK, ...WATCH], () => import('./provider/Policy.svelte')),
  route('provider', '/directory', 'Directory', [...DESK, ...WATCH], () => import('./provider/Directory.svelte')),
  route('oversight', '/ledger', 'Ledger', WATCH, () => import('./oversight/Ledger.svelte')),
  route('oversight', '/sealed', 'Sealed', WATCH, () => import('./oversight/Sealed.svelte')),
  route('everyone', '/waiting', 'Waiting for approval', [...MATTER, ...TWO, ...WATCH], () => import('./oversight/Waiting.svelte')),
  route('oversight', '/verify', 'Verify', [], () => import('./oversight/Verify.svelte')),
];

export type Found = { route: Route; params: Record<string, string> };

/** The page of a path, with the parts its pattern names; null where there is none. */
export function routeOf(path: string, routes: readonly Route[] = ROUTES): Found | null {
  const parts = path.replace(/\/+$/, '').split('/');
  for (const one of routes) {
    const wanted = one.path.replace(/\/+$/, '').split('/');
    if (wanted.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((part, index) => {
      if (!part.startsWith(':')) return part === parts[index];
      params[part.slice(1)] = decodeURIComponent(parts[index]!);
      return parts[index] !== '';
    });
    if (fits) return { route: one, params };
  }
  return null;
}
