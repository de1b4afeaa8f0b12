/**
 * The cells of a T-Mobile call: LTE site and sector, or LAC and cell number of the older networks, first and last.
 *
 * The two ways of naming a cell exclude each other; a row that fills both says no cell, and nothing is chosen for it. The
 * azimuth is the middle of the sector; the width of a sector is the carrier's rule of thumb and is not stored.
 */
import type { KindValues } from '../../record/record.ts';
import type { Header } from './header.ts';
import { digitsOf } from './party.ts';
import { azimuthOf, latitudeOf, longitudeOf } from './position.ts';

type Cell = { id: string; latitude?: number | undefined; longitude?: number | undefined; azimuth?: number | undefined };

export function cellsIn(header: Header, row: string[]): KindValues {
  const [first, last] = [cellIn(header, row, '1st'), cellIn(header, row, 'Last')];
  return {
    cell_first: first?.id,
    cell_last: last?.id,
    place_kind: first ? 'sector' : undefined,
    latitude: first?.latitude,
    longitude: first?.longitude,
    azimuth: first?.azimuth,
    last_latitude: last?.latitude,
    last_longitude: last?.longitude,
    last_azimuth: last?.azimuth,
  };
}

function cellIn(header: Header, row: string[], which: '1st' | 'Last'): Cell | null {
  const text = (name: string) => digitsOf(header.cell(row, `${which} ${name}`));
  const id = idOf(text('LTE Site ID'), text('LTE Sector ID'), text('LAC'), text('Cell ID'));
  if (id === null) return null;
  const latitude = latitudeOf(text('Tower LAT'));
  const longitude = longitudeOf(text('Tower LONG'));
  const azimuth = azimuthOf(text('Tower Azimuth')) ?? undefined;
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return { id, azimuth };
  // Zero, zero is how an empty pair is written, not a tower.
  return latitude === 0 && longitude === 0 ? { id, azimuth } : { id, latitude, longitude, azimuth };
}

function idOf(site: string, sector: string, lac: string, cell: string): string | null {
  const lte = site !== '' || sector !== '';
  const older = lac !== '' || cell !== '';
  if (lte === older) return null;
  if (lte) return site !== '' && sector !== '' ? `LTE ${site}-${sector}` : null;
  return lac !== '' && cell !== '' ? `LAC ${lac} CI ${cell}` : null;
}
