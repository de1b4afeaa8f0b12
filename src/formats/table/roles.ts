/**
 * What a column of a table can hold: the closed list of roles a profile gives to header texts.
 *
 * Roles that only carry text into one column of the record are in `TEXT_ROLES`; the others have readers of their own.
 */
import type { KindColumn } from '../../record/record.ts';

export const TIME_ROLES = ['time', 'date', 'clock', 'ended', 'paid-time', 'as-of'] as const;
export type TimeRole = (typeof TIME_ROLES)[number];

/** Roles whose text goes as it stands (or as `means` translates it) into the named column of the record. */
export const TEXT_ROLES = {
  action: 'action',
  'user-agent': 'user_agent',
  device: 'device',
  subscriber: 'subscriber',
  protocol: 'protocol',
  counterpart: 'counterpart',
  direction: 'direction',
  medium: 'medium',
  'cell-first': 'cell_first',
  'cell-last': 'cell_last',
  area: 'area',
  'place-text': 'place_text',
  reference: 'reference',
  sender: 'sender',
  receiver: 'receiver',
  currency: 'currency',
  status: 'status',
  'sent-agent': 'sent_agent',
  'sent-place': 'sent_place',
  'paid-agent': 'paid_agent',
  'paid-place': 'paid_place',
  name: 'name',
  value: 'value',
} as const satisfies Record<string, KindColumn>;

/** Roles that name a person other than the account, with the roles of further cells about the same person. */
export const PARTIES = {
  counterpart: 'counterpart-detail',
  sender: 'sender-detail',
  receiver: 'receiver-detail',
} as const;
export type Party = keyof typeof PARTIES;

/** Roles that say where. In a record of another category they need `placeCategory`. */
export const PLACE_ROLES = [
  'latitude', 'longitude', 'coordinates', 'radius', 'area', 'place-text', 'cell-first', 'cell-last', 'azimuth', 'beam',
] as const; // biome-ignore format: a list reads better as one

export const ROLES = [
  ...TIME_ROLES, 'zone', 'paid-zone', 'duration_seconds',
  'account', 'subject', ...(Object.keys(TEXT_ROLES) as (keyof typeof TEXT_ROLES)[]), ...Object.values(PARTIES),
  'ip', 'inside-ip', 'ip-and-port', 'port', 'port-low', 'port-high', 'port-range',
  'latitude', 'longitude', 'coordinates', 'radius', 'azimuth', 'beam',
  'amount', 'ignore', 'keep',
] as const; // biome-ignore format: a list reads better as one
export type Role = (typeof ROLES)[number];
