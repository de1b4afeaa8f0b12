/** The records that may state a place, as the areas question reads them. */
import type { Micros } from '../../base/interval.ts';
import type { Kind, Precision } from '../../record/record.ts';
import type { Scoped } from '../../store/scoped.ts';
import { inSql } from '../time/kinds.ts';
import { IN_ORDER } from '../time/sessions.ts';

export type PlaceRow = {
  id: string;
  kind: Kind;
  return: string | null;
  format: string | null;
  account: string | null;
  item: string | null;
  category: string | null;
  action: string | null;
  medium: string | null;
  began: Micros | null;
  ended: Micros | null;
  precision: Precision | null;
  ip: string | null;
  latitude: number | null;
  longitude: number | null;
  place_kind: string | null;
  radius_metres: number | null;
  radius_quantile: number | null;
  azimuth: number | null;
  range_low_metres: number | null;
  range_high_metres: number | null;
  area: string | null;
  place_text: string | null;
  cell_first: string | null;
  cell_last: string | null;
  last_latitude: number | null;
  last_longitude: number | null;
  last_azimuth: number | null;
  sent_agent: string | null;
  sent_place: string | null;
};

export function placeRows(scoped: Scoped, kinds: readonly Kind[], account: string | undefined): Promise<PlaceRow[]> {
  return scoped.rows<PlaceRow>(
    `select id, kind, "return", format, account, item, category, action, medium, began, ended, precision, ip, latitude, longitude,
       place_kind, radius_metres, radius_quantile, azimuth, range_low_metres, range_high_metres, area, place_text,
       cell_first, cell_last, last_latitude, last_longitude, last_azimuth, sent_agent, sent_place
     from records where kind in ${inSql(kinds)} and ($account is null or account = $account)
     order by ${IN_ORDER}`,
    { account: account ?? null },
  );
}
