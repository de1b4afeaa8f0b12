/**
 * The carrier's network as physics, not as the model sees it: which sector serves a phone at a point.
 *
 * Jittered hexagon grid, three sectors a site, urban path loss, sector pattern, shadow fixed at a place, fading anew for
 * every record; the strongest serves (reference: inference, section 7, S1). It shares no formula with the surfaces the
 * questions use, so agreement with them is a test.
 */
import { type Chance, chance } from './chance.ts';
import { bearing, CENTRE, metresBetween, moved, type Point, rounded } from './city.ts';

export type Sector = {
  sector: string /** As the carrier's table states it. */;
  azimuth: number /** As built. */;
  trueAzimuth: number;
};
export type Site = Point & { site: string; sectors: Sector[] };
export type Cell = { site: Site; sector: Sector };

const SPACING_METRES = 1600;
const HALF_WIDTH_METRES = 13_000;
const HALF_HEIGHT_METRES = 15_000;
const REACH_METRES = 12_000;
const SHADOW_TILE_METRES = 300;
const SHADOW_DB = 5.6;
const FADING_DB = 4;

export function networkOf(seed: number): Site[] {
  const draw = chance(seed, 'network');
  const rowHeight = SPACING_METRES * Math.sqrt(0.75);
  const rows = Math.floor(HALF_HEIGHT_METRES / rowHeight);
  const columns = Math.floor(HALF_WIDTH_METRES / SPACING_METRES);
  const sites: Site[] = [];
  for (let row = -rows; row <= rows; row += 1) {
    for (let column = -columns; column <= columns; column += 1) {
      const east = (column + (row % 2 === 0 ? 0 : 0.5) + 0.18 * draw.normal()) * SPACING_METRES;
      const north = row * rowHeight + 0.18 * draw.normal() * SPACING_METRES;
      const first = draw.whole(0, 119);
      const sectors = [0, 120, 240].map((turn, n) => {
        const azimuth = (first + turn) % 360;
        return { sector: String(n + 1), azimuth, trueAzimuth: azimuth + 10 * draw.normal() };
      });
      sites.push({ site: String(50_100 + sites.length), ...rounded(moved(CENTRE, east, north)), sectors });
    }
  }
  return sites;
}

export type Radio = (at: Point, fading: Chance) => Cell;

/** The serving cell of a phone at a point; `fading` is the chance of that one record. */
export function radioOf(seed: number, network: Site[]): Radio {
  const shadows = new Map<string, Float64Array>();
  const shadowAt = (at: Point) => {
    const east =
      metresBetween(CENTRE, { ...CENTRE, longitude: at.longitude }) * Math.sign(at.longitude - CENTRE.longitude);
    const north =
      metresBetween(CENTRE, { ...CENTRE, latitude: at.latitude }) * Math.sign(at.latitude - CENTRE.latitude);
    const tile = `${Math.floor(east / SHADOW_TILE_METRES)} ${Math.floor(north / SHADOW_TILE_METRES)}`;
    const known = shadows.get(tile);
    if (known) return known;
    const draw = chance(seed, `shadow ${tile}`);
    const fresh = Float64Array.from({ length: network.length * 4 }, () => SHADOW_DB * draw.normal());
    shadows.set(tile, fresh);
    return fresh;
  };
  return (at, fading) => {
    const shadow = shadowAt(at);
    let best: { cell: Cell; lossDb: number } | null = null;
    for (const [n, site] of network.entries()) {
      const metres = Math.max(35, metresBetween(site, at));
      if (metres > REACH_METRES) continue;
      const direction = bearing(site, at);
      for (const [s, sector] of site.sectors.entries()) {
        const turn = ((direction - sector.trueAzimuth + 1260) % 360) - 180;
        const pattern = Math.min(12 * (turn / 65) ** 2, 25);
        const shadowed = shadow[n * 4]! + shadow[n * 4 + 1 + s]!;
        const lossDb = 128.1 + 37.6 * Math.log10(metres / 1000) + pattern + shadowed + FADING_DB * fading.normal();
        if (!best || lossDb < best.lossDb) best = { cell: { site, sector }, lossDb };
      }
    }
    if (!best) throw new TypeError('the story left the network');
    return best.cell;
  };
}

/** The carrier's complete list of sites in the area: `site_id,sector_id,latitude,longitude,…`. */
export function cellSitesCsv(network: Site[]): string {
  const lines = network.flatMap((site) =>
    site.sectors.map(
      ({ sector, azimuth }) =>
      [site.site, sector, site.latitude.toFixed(6), site.longitude.toFixed(6), azimuth, 'LTE',
        '2016-11-01T00:00:00Z', '2017-07-01T00:00:00Z'].join(','), // biome-ignore format: one row
    ),
  );
  return `${['site_id,sector_id,latitude,longitude,azimuth,technology,valid_from,valid_to', ...lines].join('\n')}\n`;
}
