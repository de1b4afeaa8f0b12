/**
 * What is known about networks and sites: the tables an office brings, each with its digest and date.
 *
 * An operator's own answer (an overlay) outranks a database. Nothing here is about people.
 */
import type { Micros } from '../base/interval.ts';

export type AddressClass = 'fixed' | 'mobile-gateway' | 'vpn' | 'hosting' | 'anycast' | 'satellite' | 'unknown';

/** One statement about an address at a time. `radiusMetres` is the source's own; null when it states none. */
export type AddressPlace = {
  /** The row of its source that says so, such as `203.0.113.0/26`: rows share one error. */
  row: string;
  class: AddressClass;
  latitude: number | null;
  longitude: number | null;
  radiusMetres: number | null;
  area: string | null;
  operator: string | null;
  source: string;
  /** `overlay` is an operator's own answer, `database` a vendor's estimate. */
  kind: 'overlay' | 'database';
  /** When the source was made, and for an overlay how long it holds. */
  built: Micros | null;
  /** Set for a point that many rows share: a country or region default, not a place. */
  sharedDefault: boolean;
};

export type CellSite = {
  site: string;
  sector: string | null;
  latitude: number;
  longitude: number;
  azimuth: number | null;
  technology: string | null;
  validFrom: Micros | null;
  validTo: Micros | null;
};

export type KnownPlaces = {
  /** The statements about an address at an instant, the one that outranks the others first. Empty: nothing known. */
  address(ip: string, instant: Micros): AddressPlace[];
  /** All sites of all tables valid at an instant; empty when no table covers it. */
  cellSites(instant: Micros): CellSite[];
  /** The references, for the finding's inputs. */
  used: { name: string; digest: string; dated: string | null }[];
};

/** Nothing brought: every address unknown, no site table. */
export const NOTHING_KNOWN: KnownPlaces = { address: () => [], cellSites: () => [], used: [] };
