/** The fixed places that the records point to, told with what each rests on. */
import { betaInterval } from '../time/rates.ts';
import { type Fit, fitAnchors } from './anchors.ts';
import { significant } from './figures.ts';
import type { Grid } from './grid.ts';
import { type Area, areaOf, hdr, members } from './hdr.ts';
import { densitiesOf, type Layer, layerOf, reachedKm2 } from './layer.ts';
import { type ErrorUnit, sessionsIn } from './units.ts';

/** How far a person moves about a fixed place, metres in each direction. */
const MOVEMENT_METRES = 100;
const NO_STABLE_PLACE = 0.4;

export type Anchor = {
  /** `single-antenna area` when one error unit carries it: then the unit's own surface, not a sharper one. */
  kind: 'area of several error units' | 'single-antenna area';
  hdr50: Area;
  hdr90: Area;
  units: string[];
  sources: string[];
  sessions: number;
  localDays: number;
  share: number;
  low: number;
  high: number;
  /** Size of the 90 % area under the cautious variant, which trusts each unit less, over this one. */
  cautiousRatio: number | null;
};

export type Anchors = { anchors: Anchor[]; background: number; noStablePlace: boolean; movementMetres: number };

export function anchorsOf(grid: Grid, units: readonly ErrorUnit[], layers: readonly Layer[]): Anchors {
  // A cell that is wrong is wrong within the network, an address within its country: each class has a region of its own.
  const regions = new Map(
    [...new Set(units.map(({ surface }) => surface.class))].map((one) => {
      const alike = layers.filter((_, u) => units[u]!.surface.class === one);
      return [one, reachedKm2(grid, alike)] as const;
    }),
  );
  const moved = units.map(({ id, surface, sessionsByDay }) => {
    const layer = layerOf(grid, surface.moved(MOVEMENT_METRES), regions.get(surface.class));
    return { id, sessionsByDay, layer };
  });
  const fit = fitAnchors(grid, moved);
  const cautious = fitAnchors(grid, moved, 0.7);
  const order = [...fit.anchors.keys()].sort((a, b) => fit.shares[b]! - fit.shares[a]! || a - b);
  const anchors = order.map((k) =>
    anchorAt(grid, units, layers, fit, k, sameCount(fit, cautious) ? cautious.anchors[k]! : null),
  );
  return {
    anchors: anchors.filter(({ units: own }) => own.length > 0),
    background: significant(fit.background, 2),
    noStablePlace: fit.background > NO_STABLE_PLACE,
    movementMetres: MOVEMENT_METRES,
  };
}

function sameCount(a: Fit, b: Fit): boolean {
  return a.anchors.length === b.anchors.length;
}

function anchorAt(
  grid: Grid,
  units: readonly ErrorUnit[],
  layers: readonly Layer[],
  fit: Fit,
  k: number,
  cautious: Float64Array | null,
): Anchor {
  const own = units.flatMap((unit, u) => (fit.parts[k]![u]! > 0.5 ? [{ unit, layer: layers[u]! }] : []));
  const total = units.reduce((sum, unit) => sum + sessionsIn(unit), 0);
  const sessions = units.reduce((sum, unit, u) => sum + fit.parts[k]![u]! * sessionsIn(unit), 0);
  const single = own.length === 1;
  const densities = single ? densitiesOf(grid, own[0]!.layer) : perKm2(grid, fit.anchors[k]!);
  const share = betaInterval(sessions + 0.5, Math.max(0, total - sessions) + 0.5 * fit.anchors.length);
  const km2 = (mass: Float64Array) => areaOf(grid, members(grid, perKm2(grid, mass), 0.9));
  return {
    kind: single ? 'single-antenna area' : 'area of several error units',
    hdr50: hdr(grid, densities, 0.5),
    hdr90: hdr(grid, densities, 0.9),
    units: own.map(({ unit }) => unit.label),
    sources: [...new Set(own.flatMap(({ unit }) => [...unit.bySource.keys()]))].sort(),
    sessions: significant(sessions),
    localDays: new Set(own.flatMap(({ unit }) => [...unit.sessionsByDay.keys()])).size,
    share: significant(fit.shares[k]!, 2),
    low: significant(share.low, 2),
    high: significant(share.high, 2),
    cautiousRatio: single || !cautious ? null : significant(km2(cautious) / km2(fit.anchors[k]!), 2),
  };
}

function perKm2(grid: Grid, mass: Float64Array): Float64Array {
  return mass.map((one, n) => one / grid.areasKm2[n]!);
}
