/**
 * Words of ETSI dictionaries and of the certificate's forms, and what they are here: identifiers, roles, categories.
 *
 * Values of `RequestType` were seen in public code. Those of `EPOCRequestSubtype`, `EPOCPriority`, of roles and of most
 * formats were not: they are recognised by the words they are made of, and what is not recognised is left open.
 */
import type { DemandInput } from '../../instrument/legal-request.ts';

type Target = NonNullable<DemandInput['targets']>[number];
type Item = NonNullable<DemandInput['items']>[number];
export type TargetType = Target['type'];
export type Category = NonNullable<Item['category']>;
export type Role = NonNullable<NonNullable<DemandInput['eu']>['iaRole']>;
export type ClassAsked = 'subscriber' | 'identification' | 'traffic' | 'content';

/** `TrafficData`, `ip-log`, `IP_LOG`: in small letters, one word after the other; of a long text its beginning. */
export function wordsIn(text: string): string {
  return text
    .slice(0, 300)
    .replace(/IPv([46])/g, 'Ip v$1 ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

function firstOf<T>(table: readonly (readonly [RegExp, T])[], text: string): T | null {
  return table.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

const FORMATS: readonly (readonly [RegExp, TargetType | 'port'])[] = [
  [/\bport\b/, 'port'],
  [/cidr|prefix|subnet/, 'ip-prefix'],
  [/\bip\b/, 'ip'],
  [/e ?mail/, 'email'],
  [/e ?164|msisdn|phone|telephone/, 'phone'],
  [/imsi/, 'imsi'],
  [/imei/, 'imei'],
  [/\bmac\b|eui/, 'device'],
  [/iban/, 'iban'],
  [/display name/, 'display-name'],
  [/login|user ?name|nick ?name|handle|alias/, 'handle'],
  [/account|service access|proprietary|user id|subscriber id|customer/, 'account-id'],
  [/real name|full name|personal name/, 'real-name'],
  [/birth/, 'birth-date'],
  [/address|street/, 'street'],
];

/** What a `FormatName` names; null when it is not recognised. */
export function targetTypeOf(format: string): TargetType | 'port' | null {
  return firstOf(FORMATS, wordsIn(format));
}

const ROLES: readonly (readonly [RegExp, Role])[] = [
  [/investigat\w+ judge/, 'investigating judge'],
  [/prosecutor/, 'prosecutor'],
  [/court/, 'court'],
  [/judge/, 'judge'],
  [/police/, 'police'],
  [/other/, 'other'],
];

/** What kind of authority; null when it is not recognised. */
export function roleOf(text: string): Role | null {
  return firstOf(ROLES, wordsIn(text));
}

/** Which classes a `RequestType` asks for; none when it is not recognised. */
export function classesOf(type: string): ClassAsked[] {
  const text = wordsIn(type);
  const found: ClassAsked[] = [];
  if (/subscriber/.test(text)) found.push('subscriber');
  if (/identif/.test(text)) found.push('identification');
  if (/traffic/.test(text)) found.push('traffic');
  if (/content/.test(text)) found.push('content');
  return found;
}

/** In the order of Section F of Annex I: the first that fits the words of a subtype. */
const KINDS: Record<ClassAsked, readonly (readonly [RegExp, Category])[]> = {
  subscriber: [
    [/\bip\b/, 'DC-02'],
    [/payment|billing|bank|card/, 'DC-04'],
    [/duration|type of service|service type|subscription/, 'DC-03'],
    [/name|birth|address|contact|e ?mail|phone|registration|verification|validation|identifier|profile/, 'DC-01'],
  ],
  identification: [],
  traffic: [
    [/location|\bcell|position/, 'DC-11'],
    [/device|imei|\bmac\b|hardware|equipment/, 'DC-05'],
    [/transaction|purchase/, 'DC-08'],
    [/\bip\b|connection|log ?in|session|access/, 'DC-02'],
    [/call|telephon|header|message|sender|recipient|routing|source|destination|mail/, 'DC-06'],
  ],
  content: [
    [/mailbox|e ?mail|message|voice ?mail|chat/, 'DC-12'],
    [/storage|file|back ?up|photo|page|server|image|contacts|address book/, 'DC-13'],
    [/search|brows/, 'DC-09'],
  ],
};

/** The class and the category a subtype names, among the classes asked for; null when it is not recognised. */
export function categoryOf(
  subtype: string,
  asked: readonly ClassAsked[],
): { of: ClassAsked; category: Category } | null {
  const text = wordsIn(subtype);
  if (asked.includes('identification') && (asked.length === 1 || /\bip\b|\bport|time ?stamp|identification/.test(text)))
    return { of: 'identification', category: 'DC-02' };
  // Where the word itself names its class, no other is tried.
  const named = classesOf(subtype).filter((one) => asked.includes(one));
  for (const of of named.length > 0 ? named : asked) {
    const category = firstOf(KINDS[of], text);
    if (category !== null) return { of, category };
  }
  return null;
}

/** What a class asks for when nothing in it is ticked: known for two by their definitions, open for the others. */
export const WHOLE_CLASS: Record<ClassAsked, Category[]> = {
  subscriber: ['DC-01', 'DC-03', 'DC-04'],
  identification: ['DC-02'],
  traffic: [],
  content: [],
};

export type Deadline = 'within ten days' | 'end of ten days' | 'emergency';

const DEADLINES: readonly (readonly [RegExp, Deadline])[] = [
  [/emergency|\b8\b|eight|hour|threat|infrastructure/, 'emergency'],
  [/end|refus|unless/, 'end of ten days'],
  [/ten|\b10\b|day/, 'within ten days'],
];

/** Which deadline of Section C; null when it is not recognised. */
export function deadlineOf(priority: string): Deadline | null {
  return firstOf(DEADLINES, wordsIn(priority));
}
