/**
 * Whose export it is: the account holder's own names, from the profile file of the same export.
 *
 * The login files name nobody. Without a profile file beside them the account is unknown, and stays so.
 */
import { type Identifier, type IdentifierType, identifier } from '../../record/identifier.ts';
import type { ReturnFile } from '../format.ts';
import { baseName, exportOf } from './export-path.ts';
import { isObject, type JsonObject, type JsonValue, readJson } from './json-text.ts';
import { repaired } from './mojibake.ts';

const LIMIT_BYTES = 16 * 1024 * 1024;
const PROFILES = ['profile_information', 'registration_information', 'personal_information'];

/** The labels under which Instagram writes the user name; it translates them to the account's language. */
export const USERNAME_LABELS = [
  'Username', 'Benutzername', 'Nom d’utilisateur', "Nom d'utilisateur", 'Nombre de usuario', 'Nome utente',
  'Nome de usuário', 'Gebruikersnaam',
]; // biome-ignore format: a list reads better as one

/** Best name first; empty when no profile file of the same export is there or none can be read. */
export async function holderOf(file: ReturnFile, siblings: ReturnFile[]): Promise<Identifier[]> {
  const found: Identifier[] = [];
  const seen = new Set<string>();
  for (const other of [file, ...siblings]) {
    const { base, ending } = baseName(other.name);
    if (!PROFILES.includes(base) || ending !== 'json' || exportOf(other.name) !== exportOf(file.name)) continue;
    if (seen.has(other.name) || other.sizeBytes > LIMIT_BYTES) continue;
    seen.add(other.name);
    const text = decodedText(await other.bytes(LIMIT_BYTES));
    if (text !== null) found.push(...namesIn(readJson(text, repaired).value));
  }
  const order: IdentifierType[] = ['facebook-id', 'handle', 'email', 'phone', 'name'];
  const once = new Map(found.map((one) => [`${one.type} ${one.value}`, one]));
  return [...once.values()].sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
}

/** UTF-8 and nothing else; null when the bytes are not. */
export function decodedText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * The holder's names in a profile file of either product.
 *
 * Left out: other people a profile lists (family), and former, pending or unverified contacts, which may be someone
 * else's by now.
 */
export function namesIn(value: JsonValue | null): Identifier[] {
  if (!isObject(value)) return [];
  const found: (Identifier | null)[] = [];
  const say = (type: IdentifierType, text: JsonValue | undefined) => {
    if (typeof text === 'string') found.push(identifier(type, text));
  };
  say('facebook-id', value.fbid);
  const profile = value.profile_v2 ?? value.profile;
  if (isObject(profile)) {
    if (typeof profile.profile_uri === 'string') found.push(fromAddress(profile.profile_uri));
    say('handle', profile.username);
    if (isObject(profile.emails)) for (const one of list(profile.emails.emails)) say('email', one);
    for (const one of list(profile.phone_numbers)) {
      if (isObject(one) && one.verified !== 'false') say('phone', one.phone_number);
    }
    if (isObject(profile.name)) say('name', profile.name.full_name);
  }
  for (const user of list(value.profile_user)) {
    for (const [label, text] of labelledValues(user)) {
      if (USERNAME_LABELS.includes(label)) say('handle', text);
      else if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) say('email', text);
      else if (/^\+\d[\d\s().-]{6,}$/.test(text)) say('phone', text);
    }
  }
  return found.filter((one) => one !== null);
}

/** Instagram's labels, in whatever language, with the texts they label. */
export function labelledValues(user: JsonValue): [string, string][] {
  const map: JsonObject = isObject(user) && isObject(user.string_map_data) ? user.string_map_data : {};
  return Object.entries(map).flatMap(([label, item]): [string, string][] =>
    isObject(item) && typeof item.value === 'string' && item.value !== '' ? [[label, item.value]] : [],
  );
}

function fromAddress(text: string): Identifier | null {
  const number = /[?&]id=(\d{1,20})(?:&|$)/.exec(text);
  if (number) return identifier('facebook-id', number[1]!);
  const name = /^https?:\/\/(?:www\.|m\.)?facebook\.com\/([\w.]{3,60})\/?$/i.exec(text);
  if (!name || name[1]!.toLowerCase() === 'profile.php') return null;
  return identifier(/^\d+$/.test(name[1]!) ? 'facebook-id' : 'handle', name[1]!);
}

function list(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}
