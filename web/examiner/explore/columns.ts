/** The records as columns of numbers, from the document the server writes (`src/store/ordered.ts`). */
import type { ColumnsHeader } from '../../../src/store/ordered.ts';

export type Columns = {
  count: number;
  /** Milliseconds since 1970 in UTC, ascending; NaN at the end where there is no time. */
  began: Float64Array;
  latitude: Float32Array;
  longitude: Float32Array;
  /** Metres; NaN where the source does not say. */
  radius: Float32Array;
  /** Seconds from `began` to the end; NaN for a point in time. */
  lasts: Float32Array;
  account: Uint32Array;
  source: Uint16Array;
  kind: Uint8Array;
  place: Uint8Array;
  /** How often the radius holds, as a part of one. These are null where no record of the matter says any. */
  quantile: Float32Array | null;
  /** Degrees clockwise from north: the middle of a sector, and how wide it is. */
  azimuth: Float32Array | null;
  beam: Float32Array | null;
  /** Metres from the antenna, by signal timing. */
  near: Float32Array | null;
  far: Float32Array | null;
  names: { kind: string[]; source: string[]; account: string[]; place: readonly string[] };
};

const TYPES = { f64: Float64Array, f32: Float32Array, u32: Uint32Array, u16: Uint16Array, u8: Uint8Array };

export function columnsFrom(buffer: ArrayBuffer): Columns {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length))) as ColumnsHeader;
  const start = Math.ceil((4 + length) / 8) * 8;
  const of = Object.fromEntries(
    header.columns.map(({ name, type, offset }) => [name, new TYPES[type](buffer, start + offset, header.count)]),
  );
  const none = { quantile: null, azimuth: null, beam: null, near: null, far: null };
  return { count: header.count, names: header.dictionaries, ...none, ...of } as unknown as Columns;
}
