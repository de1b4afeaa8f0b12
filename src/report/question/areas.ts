/** Areas on a map, what they rest on, and how far they move when a source is taken away. */
import type { MultiPolygon } from 'geojson';
import type { Finding } from '../../analysis/finding.ts';
import type { Block } from '../../document/document.ts';
import { grouped } from '../../document/visible.ts';
import { map } from '../figure/map.ts';

type Area = { areaKm2: number; parts: number; polygon: MultiPolygon };
type Surface = {
  label: string;
  class: string;
  latitude: number;
  longitude: number;
  r50Metres: number;
  r90Metres: number;
  records: number;
};
type Result = {
  headline: string | null;
  occupancy?: { hdr50: Area; hdr90: Area } | null;
  surfaces?: Surface[];
  /** Where not all are listed. */
  surfacesInAll?: number;
  refusedStatements?: { class: string; why: string; statements: number }[];
  anchors?: { kind: string; hdr50: Area; hdr90: Area; sessions: number; share: number; low: number; high: number }[];
  leaveOneSourceOut?: {
    source: string;
    areaRatio: number | null;
    jaccard: number | null;
    modeShiftKm: number | null;
  }[];
};

const RINGS = 40;
const letter = (index: number) => String.fromCharCode(65 + (index % 26));
const text = (value: number | null) => (value === null ? '—' : String(value));

export function areasDrawn(finding: Finding, id: string): Block[] {
  const result = finding.result as unknown as Result;
  const surfaces = result.surfaces ?? [];
  const anchors = (result.anchors ?? []).map(({ hdr90 }, index) => ({ letter: letter(index), shape: hdr90.polygon }));
  const repeated = result.headline !== null && finding.statement.startsWith(result.headline);
  const blocks: Block[] = result.headline && !repeated ? [{ kind: 'paragraph', text: result.headline }] : [];
  if (result.occupancy) blocks.push(occupancyMap(result.occupancy, surfaces, anchors, id));
  if (result.anchors?.length) {
    blocks.push({
      kind: 'table',
      caption: 'Places the records point to, strongest first',
      columns: [
        { title: 'Area' },
        { title: '50 % km²', align: 'right' },
        { title: '90 % km²', align: 'right' },
        { title: 'Sessions', align: 'right' },
        { title: 'Share (90 % interval)', align: 'right' },
      ],
      rows: result.anchors.map((anchor, index) => [
        `${letter(index)}, ${anchor.kind}`,
        text(anchor.hdr50.areaKm2),
        text(anchor.hdr90.areaKm2),
        text(anchor.sessions),
        `${anchor.share} (${anchor.low}–${anchor.high})`,
      ]),
    });
  }
  if (surfaces.length > 0) {
    blocks.push({
      kind: 'table',
      caption: 'Statements of place, one vote for each source of error',
      columns: [
        { title: 'Class' },
        { title: 'Statement' },
        { title: '50 % radius, m', align: 'right' },
        { title: '90 % radius, m', align: 'right' },
        { title: 'Records', align: 'right' },
      ],
      rows: surfaces.map((one) => [
        one.class,
        one.label,
        grouped(Math.round(one.r50Metres)),
        grouped(Math.round(one.r90Metres)),
        grouped(one.records),
      ]),
      ...(result.surfacesInAll === undefined
        ? {}
        : { note: `Of ${grouped(result.surfacesInAll)}, the ${surfaces.length} heard in most sessions.` }),
    });
  }
  if (result.refusedStatements?.length) {
    blocks.push({
      kind: 'table',
      caption: 'Statements that say nothing about a place, and why',
      columns: [{ title: 'Class' }, { title: 'Why' }, { title: 'Statements', align: 'right' }],
      rows: result.refusedStatements.map((one) => [one.class, one.why, grouped(one.statements)]),
    });
  }
  if (result.leaveOneSourceOut?.length) {
    blocks.push({
      kind: 'table',
      caption: 'Without one source: how the 90 % area changes',
      columns: [
        { title: 'Without' },
        { title: 'Size', align: 'right' },
        { title: 'Overlap', align: 'right' },
        { title: 'Densest place moves, km', align: 'right' },
      ],
      rows: result.leaveOneSourceOut.map((one) => [
        one.source,
        text(one.areaRatio),
        text(one.jaccard),
        text(one.modeShiftKm),
      ]),
      note: 'Size is a ratio to the whole; overlap is the part shared by both (1 is the same area).',
    });
  }
  return blocks;
}

function occupancyMap(
  { hdr50, hdr90 }: { hdr50: Area; hdr90: Area },
  surfaces: Surface[],
  anchors: { letter: string; shape: MultiPolygon }[],
  id: string,
): Block {
  const rings = surfaces
    .slice(0, RINGS)
    .map(({ latitude, longitude, r50Metres, label }) => ({ latitude, longitude, radiusMetres: r50Metres, label }));
  const made = map({ id, half: hdr50.polygon, nineTenths: hdr90.polygon, rings, anchors });
  return {
    kind: 'figure',
    id: `${id}-map`,
    svg: made.svg,
    widthPx: made.width,
    heightPx: made.height,
    caption: `Where the records of these sessions were likely made: the 50 % area (${hdr50.areaKm2} km² in ${hdr50.parts} parts, hatched) and the 90 % area (${hdr90.areaKm2} km² in ${hdr90.parts} parts, dashed). Thin rings are the 50 % radius of single statements; letters name the places of the table below. ${made.sources}`,
    alt: `Map with the 50 % area of ${hdr50.areaKm2} square kilometres and the 90 % area of ${hdr90.areaKm2} square kilometres.`,
    data: {
      caption: 'Areas of the map',
      columns: [{ title: 'Area' }, { title: 'km²', align: 'right' }, { title: 'Parts', align: 'right' }],
      rows: [
        ['50 %', String(hdr50.areaKm2), String(hdr50.parts)],
        ['90 %', String(hdr90.areaKm2), String(hdr90.parts)],
      ],
    },
  };
}
