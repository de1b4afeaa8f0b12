/**
 * Instagram's login and logout lists, whose labels are translated to the account's language.
 *
 * Time, address and agent are known by the shape of their values, never by their labels; the labels are kept.
 */
import type { Identifier } from '../../record/identifier.ts';
import type { Draft } from '../../record/record.ts';
import { noTime, type Stamp } from '../../record/stamp.ts';
import { readIso } from '../reading/times.ts';
import { endpoint } from './endpoint.ts';
import { flattened, isObject, type JsonObject } from './json-text.ts';
import { draft, epoch } from './sections.ts';

const ACTIONS: Record<string, string> = {
  account_history_login_history: 'login',
  account_history_logout_history: 'logout',
};

const AGENT = /^[A-Za-z][\w.]*[ /][\w.]+.*\(.*\)/;

export function isLoginHistory(key: string): boolean {
  return Object.hasOwn(ACTIONS, key);
}

/** Two different times or addresses in one row cannot be told apart without the label; then neither is taken. */
export function readLogin(key: string, row: JsonObject, holder: Identifier[]): Draft | { unreadable: string } {
  const labelled = isObject(row.string_map_data) ? Object.values(row.string_map_data).filter(isObject) : [];
  const times = distinct(labelled.map((item) => item.timestamp).filter(isCount));
  const texts = labelled.map((item) => item.value).filter((value) => typeof value === 'string');
  const addresses = distinct(texts.filter((text) => endpoint(text) !== null));
  const agents = distinct(texts.filter((text) => AGENT.test(text)));
  if (times.length > 1) return { unreadable: 'more than one time, and translated labels do not tell them apart' };
  const stamp = times.length === 1 ? epoch(times[0]!) : titleTime(row);
  if (!stamp) return { unreadable: 'a time that is no count of seconds' };
  const from = addresses.length === 1 ? endpoint(addresses[0]!) : null;
  return draft('session', 'DC-02', holder, stamp, flattened(row), {
    action: ACTIONS[key],
    ip: from?.ip,
    port: from?.port,
    user_agent: agents.length === 1 ? agents[0] : undefined,
  });
}

/** The title is the time again, with its offset; used only when no label carries a count. */
function titleTime(row: JsonObject): Stamp {
  const title = typeof row.title === 'string' ? row.title : '';
  return readIso(title) ?? noTime(title);
}

function isCount(value: unknown): value is string {
  return typeof value === 'string' && /^[1-9]\d*$/.test(value);
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts)];
}
