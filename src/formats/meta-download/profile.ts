/**
 * The holder's profile as facts: names, contacts, birth date, registration.
 *
 * A profile also holds views, beliefs, relatives and interests. Those are listed as unread and go no further.
 */
import type { Identifier } from '../../record/identifier.ts';
import { noTime } from '../../record/stamp.ts';
import type { Reading } from '../format.ts';
import { labelledValues, namesIn, USERNAME_LABELS } from './holder.ts';
import { flattened, isObject, type JsonObject, type JsonValue, pathTo } from './json-text.ts';
import { draft, epoch } from './sections.ts';

const SUBSCRIBER = ['name', 'emails', 'username', 'birthday', 'profile_uri', 'address'];

/** Facebook: one fact for each leaf of the fields that identify a subscriber. */
export function* readProfile(profile: JsonObject, path: string, holder: Identifier[]): Iterable<Reading> {
  for (const [key, value] of Object.entries(profile)) {
    const locator = pathTo(path, key);
    const leaves = flattened({ [key]: value });
    if (key === 'registration_timestamp' && typeof value === 'string') {
      const stamp = epoch(value);
      yield stamp
        ? {
            record: draft('fact', 'DC-03', holder, stamp, leaves, {
              name: 'registration',
              as_of: stamp.began ?? undefined,
            }),
            locator,
          }
        : { unreadable: 'a time that is no count of seconds', locator, raw: leaves };
    } else if (key === 'birthday' && isObject(value)) {
      const date = ['year', 'month', 'day'].map((part) => value[part]).filter((part) => typeof part === 'string');
      yield { record: draft('fact', 'DC-01', holder, noTime(), leaves, { name: key, value: date.join('-') }), locator };
    } else if (key === 'phone_numbers' && Array.isArray(value)) {
      for (const [place, item] of value.entries()) {
        const raw = flattened(item);
        const number = isObject(item) && typeof item.phone_number === 'string' ? item.phone_number : undefined;
        const record = draft('fact', 'DC-01', holder, noTime(), raw, { name: key, value: number });
        yield { record, locator: pathTo(locator, place) };
      }
    } else if (SUBSCRIBER.includes(key)) {
      for (const [name, text] of Object.entries(leaves)) {
        if (text === '') continue;
        const raw = { [name]: text };
        yield {
          record: draft('fact', 'DC-01', holder, noTime(), raw, { name, value: text }),
          locator: `${path}.${name}`,
        };
      }
    } else {
      yield { unreadable: 'a part of the profile that this format does not read', locator, raw: leaves };
    }
  }
}

/** Instagram: the fields whose meaning their value or a known label settles. */
export function* readPersonal(users: JsonValue[], path: string, holder: Identifier[]): Iterable<Reading> {
  for (const [place, user] of users.entries()) {
    for (const [label, value] of labelledValues(user)) {
      const locator = pathTo(`${pathTo(path, place)}.string_map_data`, label);
      const raw = { [label]: value };
      const known =
        USERNAME_LABELS.includes(label) || namesIn({ profile_user: [user] }).some((one) => one.text === value);
      yield known
        ? { record: draft('fact', 'DC-01', holder, noTime(), raw, { name: label, value }), locator }
        : { unreadable: 'a field whose translated label does not settle its meaning', locator, raw };
    }
  }
}
