/** The pages: where each is, whose desk it is on, and who may open it. Loaded when they are opened. */
import type { Component } from 'svelte';
import type { Role } from '../src/entry/roles.ts';

export type Desk = 'examiner' | 'provider' | 'oversight' | 'everyone';

export type Route = {
  /** `:name` stands for one part of the path, and is given to the page as a property. */
  path: string;
  title: string;
  desk: Desk;
  /** Any of these roles; empty for whoever is in. */
  roles: readonly Role[];
  /** Listed in the menu; pages of one matter or request are reached from it. */
  inMenu?: true;
  page: () => Promise<{ default: Component<Record<string, string>> }>;
};

const DESK: readonly Role[] = ['clerk', 'reviewer', 'releaser'];

/** One cast in one place: a page takes the parts of its path, and the shell gives just those. */
const page = (load: () => Promise<unknown>) => load as Route['page'];

export const ROUTES: Route[] = [
  { path: '/', title: 'Desks', desk: 'everyone', roles: [], page: page(() => import('./entry/Home.svelte')) },
  { path: '/you', title: 'You', desk: 'everyone', roles: [], page: page(() => import('./entry/You.svelte')) },
  {
    path: '/people',
    title: 'People and roles',
    desk: 'everyone',
    roles: ['administrator', 'oversight'],
    inMenu: true,
    page: page(() => import('./entry/People.svelte')),
  },
  {
    path: '/matters',
    title: 'Matters',
    desk: 'examiner',
    roles: [],
    inMenu: true,
    page: page(() => import('./examiner/Matters.svelte')),
  },
  {
    path: '/requests',
    title: 'Inbox',
    desk: 'provider',
    roles: DESK,
    inMenu: true,
    page: page(() => import('./provider/Inbox.svelte')),
  },
];

export type Found = { route: Route; params: Record<string, string> };

/** The page of a path, with the parts its pattern names; null where there is none. */
export function routeOf(path: string, routes: readonly Route[] = ROUTES): Found | null {
  const parts = path.replace(/\/+$/, '').split('/');
  for (const route of routes) {
    const wanted = route.path.replace(/\/+$/, '').split('/');
    if (wanted.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((one, index) => {
      if (!one.startsWith(':')) return one === parts[index];
      params[one.slice(1)] = decodeURIComponent(parts[index]!);
      return parts[index] !== '';
    });
    if (fits) return { route, params };
  }
  return null;
}
