/**
 * The directory of agencies: who they are, from which domains they write, and at which number they are called back.
 *
 * It comes from outside any request. A number or an address that stands in a request is never taken from there into here.
 */
export type Agency = {
  id: string;
  name: string;
  country: string;
  level: 'federal' | 'state' | 'local' | 'foreign' | 'eu_ms' | 'private';
  /** Registrable domains it writes from, in lower case. */
  domains: string[];
  /** The switchboard, E.164, and where that number was found. */
  phone: string;
  phoneSource: string;
  /** The key productions are encrypted to (age X25519), where it was handed over. */
  recipient: string | null;
  credential: 'ok' | 'suspended';
};

export type Directory = { version: number; agencies: Agency[] };

export const EMPTY_DIRECTORY: Directory = { version: 0, agencies: [] };

/** The agency a requester says to be: by id, else by name written alike. Null when the directory has none. */
export function agencyOf(
  directory: Directory,
  requester: { agencyId?: string | undefined; agencyName: string },
): Agency | null {
  if (requester.agencyId !== undefined) return directory.agencies.find(({ id }) => id === requester.agencyId) ?? null;
  const wanted = alike(requester.agencyName);
  return directory.agencies.find(({ name }) => alike(name) === wanted) ?? null;
}

function alike(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s.,]+/g, ' ')
    .trim()
    .toLowerCase();
}
