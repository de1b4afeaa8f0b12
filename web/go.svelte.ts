/** Where in the pages we are. Going somewhere is an entry in the browser's history; Back brings everything back. */

class Place {
  path = $state(location.pathname);
  search = $state(location.search);
}

export const place = new Place();

function read(): void {
  place.path = location.pathname;
  place.search = location.search;
}

addEventListener('popstate', read);

/** Goes to a path. `replace` when this is the same page with another selection. */
export function go(to: string, { replace = false }: { replace?: boolean } = {}): void {
  if (replace) history.replaceState(history.state, '', to);
  else history.pushState(null, '', to);
  read();
  if (!replace) {
    scrollTo(0, 0);
    // The heading of the new page takes the focus, so that a reader hears where they are.
    requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector<HTMLElement>('h1')?.focus()));
  }
}

/** Lets links of these pages go without loading anew; what is held with a key, or leads elsewhere, is the browser's. */
export function follow(event: MouseEvent): void {
  const link = (event.target as Element | null)?.closest?.('a');
  if (
    !link ||
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  )
    return;
  if (link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (link.pathname === location.pathname && link.hash) return;
  event.preventDefault();
  go(link.pathname + link.search + link.hash);
}
