/** How far apart an operator's sites stand around one of them: the scale of a sector's surface. */
import { byText } from './figures.ts';
import { centreAt, metresBetween, type Point } from './sphere.ts';

const NEAREST = 3;
/** Sites of one mast may be written a few metres apart. */
const SAME_MAST_METRES = 30;

/** Mean distance in metres to the three nearest other sites; null when fewer than three are known. */
export function spacingAround(site: Point, others: readonly Point[]): number | null {
  const centre = centreAt(site);
  const ordered = others
    .map((other) => ({ other, metres: metresBetween(centre, other.latitude, other.longitude) }))
    .filter(({ metres }) => metres >= SAME_MAST_METRES)
    .toSorted((a, b) => a.metres - b.metres || byText(written(a.other), written(b.other)));
  const nearest: { other: Point; metres: number }[] = [];
  for (const candidate of ordered) {
    const mast = centreAt(candidate.other);
    const known = nearest.some(({ other }) => metresBetween(mast, other.latitude, other.longitude) < SAME_MAST_METRES);
    if (!known) nearest.push(candidate);
    if (nearest.length === NEAREST) return nearest.reduce((sum, { metres }) => sum + metres, 0) / NEAREST;
  }
  return null;
}

function written({ latitude, longitude }: Point): string {
  return `${latitude} ${longitude}`;
}
