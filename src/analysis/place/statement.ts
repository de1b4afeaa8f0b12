/**
 * What each record says about place: a surface with its error unit, or a refusal with its reason.
 *
 * A record may hold two statements (first and last cell) or none; every one is counted.
 */
import type { Micros } from '../../base/interval.ts';
import type { KnownPlaces } from '../places.ts';
import { type Event, labelOf, sourceOf } from '../time/sessions.ts';
import { fixedLine, isInside } from './address-class.ts';
import { cellStatements, type Network } from './cell-statement.ts';
import type { PlaceRow } from './rows.ts';
import { normal, student, studentScale } from './student.ts';
import { EPSILON, type Surface } from './surface.ts';

/** Wider assumptions for the sensitivity run; the default is none. */
export type Assumptions = { undirected?: number; addressRadius?: number };

export type Stated = Event & {
  record: string;
  label: string;
  /** Statements that share a unit are wrong together. */
  unit: string;
  unitLabel: string;
  surface: Surface;
  /** Weaknesses of this unit, in words. */
  flags: string[];
  origin: { item: string | null; return: string | null; category: string | null };
};

export type Refused = { record: string; label: string; class: string; why: string; area: string | null };

export type Reading = { stated: Stated } | { refused: Refused };

/** The part of a statement its own kind decides. */
export type Placed = { unit: string; unitLabel: string; surface: Surface; flags: string[] };

export function statementsOf(
  row: PlaceRow,
  places: KnownPlaces,
  network: Network,
  assumed: Assumptions = {},
): Reading[] {
  const { began } = row;
  if (began === null) return [refusal(row, classOf(row), 'no time that can be placed')];
  if (row.precision === 'day' || row.precision === 'month')
    return [refusal(row, classOf(row), 'time not stated within the day')];
  if (row.kind === 'contact' || row.place_kind === 'sector' || row.place_kind === 'timing band') {
    return cellStatements(row, began, network, assumed).map((one) =>
      'why' in one ? refusal(row, 'sector', one.why) : { stated: { ...common(row, one.began), ...one.placed } },
    );
  }
  const placed =
    row.latitude !== null && row.longitude !== null ? pointOf(row) : addressOf(row, began, places, assumed);
  if ('why' in placed) return [refusal(row, classOf(row), placed.why, placed.area)];
  return [{ stated: { ...common(row, began), ...placed } }];
}

function common(row: PlaceRow, began: Micros): Omit<Stated, keyof Placed> {
  const { item, category } = row;
  return {
    id: row.id,
    record: row.id,
    label: labelOf(row),
    source: sourceOf(row),
    began,
    ended: null,
    origin: { item, return: row.return, category },
  };
}

function refusal(row: PlaceRow, kind: string, why: string, area: string | null = null): Reading {
  return { refused: { record: row.id, label: labelOf(row), class: kind, why, area } };
}

function classOf({ place_kind, ip, kind }: PlaceRow): string {
  return place_kind ?? (ip !== null ? 'address' : kind === 'transfer' ? 'agent' : 'no place');
}

type NotPlaced = { why: string; area: string | null };

function addressOf(row: PlaceRow, began: Micros, places: KnownPlaces, assumed: Assumptions): Placed | NotPlaced {
  const area = row.area ?? row.place_text ?? row.sent_place;
  if (row.kind === 'lease') return { why: 'a lease says who held an address, not where', area };
  if (row.ip === null)
    return { why: area === null ? 'states no place' : 'place in words only, without a coordinate', area };
  const rows = isInside(row.ip) ? [] : places.address(row.ip, began);
  const line = fixedLine(row.ip, rows, began, assumed.addressRadius);
  if (typeof line === 'string') return { why: line, area: rows[0]?.area ?? null };
  const { place, r67, dated } = line;
  const epsilon = dated ? EPSILON['dated address'] : EPSILON.address;
  return {
    unit: `address ${place.source} ${place.row}`,
    unitLabel: `address row ${place.row}, ${place.source}`,
    surface: student(place, 'address', epsilon, 2, studentScale(2, 0.67, r67)),
    flags: [
      'location of a line or of an operator’s block, not of a person',
      ...(dated ? ['database 45 to 180 days from the record'] : []),
    ],
  };
}

function pointOf(row: PlaceRow): Placed | NotPlaced {
  const at = { latitude: row.latitude!, longitude: row.longitude! };
  const written = `${at.latitude}, ${at.longitude}`;
  const radius = row.radius_metres !== null && row.radius_metres > 0 ? row.radius_metres : null;
  const quantile =
    row.radius_quantile !== null && row.radius_quantile > 0 && row.radius_quantile < 1 ? row.radius_quantile : null;
  const kind = row.place_kind ?? (row.kind === 'transfer' ? 'agent' : null);
  if (kind === 'agent') {
    const unit = `agent ${row.sent_agent ?? written}`;
    const unitLabel = `agent ${row.sent_agent ?? ''}`.trim();
    if (radius === null)
      return { unit, unitLabel, surface: normal(at, 'agent', EPSILON.agent, 50), flags: [PRESENTER] };
    const wide = student(at, 'agent', EPSILON.agent, 2, studentScale(2, quantile ?? 0.67, radius));
    return { unit, unitLabel, surface: wide, flags: [PRESENTER, 'agent known to an area only'] };
  }
  if (kind === 'address') {
    const surface =
      radius === null
        ? normal(at, 'premises', EPSILON.premises, 50)
        : student(at, 'premises', EPSILON.premises, 2, studentScale(2, quantile ?? 0.67, radius));
    return {
      unit: `premises ${written}`,
      unitLabel: 'stated address',
      surface,
      flags: ['location of the line, not of a person'],
    };
  }
  if (kind === 'device fix') {
    const scale =
      radius === null ? studentScale(4, 0.67, 5000) : studentScale(4, quantile ?? 0.68, Math.max(10, radius));
    const flags = radius === null ? ['reported point, accuracy unknown'] : [];
    const surface = student(at, 'device fix', EPSILON['device fix'], 4, scale);
    return { unit: `fix ${written}`, unitLabel: 'position reported by a device', surface, flags };
  }
  return { why: 'coordinate that does not say what it is or how sure', area: row.area ?? row.place_text };
}

const PRESENTER = 'places whoever presented the transaction';
