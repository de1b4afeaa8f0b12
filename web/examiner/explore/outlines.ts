/** The areas of a finding as outlines of the map: the smallest area that holds half, and nine tenths, of what it found. */
import { latToY, lonToX, type View } from './mercator.ts';

/** Rings of polygons, longitude first. */
export type Rings = number[][][][];

export type Outline = { level: number; areaKm2: number; parts: number; rings: Rings };
export type AreaFinding = { digest: string; words: string; outlines: Outline[]; population: string };

type Kept = {
  question: string;
  digest: string;
  isCurrent: boolean;
  statement: string;
  parameters: Record<string, unknown>;
  result: Record<string, unknown>;
};
type Area = { level: number; areaKm2: number; parts: number; polygon: { coordinates: Rings } };

/** Those among the findings that drew areas of the records as they are now. */
export function areaFindings(findings: readonly Kept[]): AreaFinding[] {
  return findings.flatMap(({ question, digest, isCurrent, statement, result }) => {
    const areas = result['occupancy'] as { hdr50: Area; hdr90: Area } | null | undefined;
    if (question !== 'areas' || !isCurrent || !areas) return [];
    const outlines = [areas.hdr90, areas.hdr50].map(({ level, areaKm2, parts, polygon }) => ({
      level,
      areaKm2,
      parts,
      rings: polygon.coordinates,
    }));
    return [{ digest, words: statement, outlines, population: String(result['population'] ?? 'not available') }];
  });
}

/** The box around everything outlined; null where nothing is. */
export function around(outlines: readonly Outline[]) {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { rings } of outlines) {
    for (const [longitude, latitude] of rings.flat(2) as [number, number][]) {
      west = Math.min(west, longitude);
      east = Math.max(east, longitude);
      south = Math.min(south, latitude);
      north = Math.max(north, latitude);
    }
  }
  return west <= east ? { west, east, south, north } : null;
}

/** The half is a whole line, nine tenths a broken one: they are told apart without colour. */
export function drawOutlines(
  context: CanvasRenderingContext2D,
  outlines: readonly Outline[],
  view: View,
  width: number,
  height: number,
  colours: { ink: string; paper: string },
): void {
  for (const { level, rings } of outlines) {
    context.beginPath();
    for (const ring of rings.flat()) {
      ring.forEach(([longitude, latitude], corner) => {
        const x = (lonToX(longitude!) - view.x) * view.scale + width / 2;
        const y = (latToY(latitude!) - view.y) * view.scale + height / 2;
        if (corner === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      });
      context.closePath();
    }
    const dashes = level > 0.6 ? [9, 5] : [];
    // A light edge under a dark one is seen on land, water and density alike.
    for (const [line, pixels] of [
      [colours.paper, 5],
      [colours.ink, 2],
    ] as const) {
      context.strokeStyle = line;
      context.lineWidth = pixels;
      context.setLineDash(dashes);
      context.stroke();
    }
    context.setLineDash([]);
  }
}
