/**
 * What a provider may decide for itself: every default number and every choice the rules and clocks use, as data.
 *
 * A `policy.json` names only what differs. Numbers marked [GK] in the project's legal reference are starting points, to be
 * settled by the provider's counsel.
 */
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { fieldName } from './instrument.ts';
import { CATEGORIES, INSTRUMENT_KINDS } from './kinds.ts';

const Days = z.int().min(0).max(3660);
const Category = z.enum(CATEGORIES);
const Kind = z.enum(INSTRUMENT_KINDS);
const Zone = z.string().refine((zone) => {
  try {
    return Temporal.Now.zonedDateTimeISO(zone) !== null;
  } catch {
    return false;
  }
}, 'an IANA zone such as America/Los_Angeles');

const Provider = z.strictObject({
  name: z.string().min(1).default('Example Provider'),
  address: z.array(z.string()).default([]),
  contact: z.string().default('legal@provider.example'),
  country: z.string().regex(/^[A-Z]{2}$/).default('US'),
  /** Where it keeps its days: jurisdiction for business days, and zone. */
  jurisdiction: z.string().default('US'),
  zone: Zone.default('UTC'),
  /** The entities it answers through, and the countries whose users each controls; no countries: all others. */
  entities: z.array(z.strictObject({ name: z.string().min(1), countries: z.array(z.string()).default([]) })).default([]),
  /** Its designated establishment or legal representative for European orders, and the State it sits in. */
  euAddressee: z.strictObject({ name: z.string(), state: z.string().regex(/^[A-Z]{2}$/) }).optional(),
  services: z.array(z.string()).default([]),
  /** The name its own mail server puts into the authentication results it writes; none: no result is believed. */
  mailServer: z.string().optional(),
  languages: z.array(z.string()).default(['en']),
  custodian: z.strictObject({ name: z.string(), title: z.string() }).default({ name: 'Custodian of Records', title: 'Custodian of Records' }),
}); // biome-ignore format: one line a field

const Clocks = z.strictObject({
  acknowledgeBusinessDays: Days.default(1),
  emergencyAcknowledgeMinutes: z.int().min(1).default(15),
  cureDays: Days.default(14),
  noticeWaitDays: Days.default(10),
  emergencyNoticeDays: Days.default(90),
  withheldNoticeReviewDays: Days.default(90),
  warrantDays: Days.default(14),
  minimumReturnHours: z.int().min(0).default(24),
  preservationDays: Days.default(90),
  renewalDays: Days.default(90),
  serialPreservationDays: Days.default(180),
  preservationAlertDays: z.array(Days).default([14, 7, 1]),
  nondisclosureAlertDays: Days.default(30),
  emergencyFollowUpDays: Days.default(30),
  comityDays: Days.default(14),
  productionDays: Days.default(30),
});

const Limits = z.strictObject({
  lookalikeDistance: z.int().min(0).max(5).default(2),
  domainMinimumAgeDays: Days.default(90),
  targetsWithoutReason: z.int().min(1).default(5),
  targetsWithoutList: z.int().min(1).default(10),
  targetsWithoutCallBack: z.int().min(1).default(10),
  bulkTargets: z.int().min(2).default(25),
  emergencyHours: z.int().min(1).default(72),
  nondisclosureMonths: z.int().min(1).default(12),
  offenceMarginDays: Days.default(90),
  euPackageMegabytes: z.int().min(1).default(25),
  smallCell: z.int().min(1).default(5),
  voluminousRows: z.int().min(1).default(1_000_000),
});

/** How mail leaves: through a server, or as files in a folder that the provider's own mail system picks up. */
const Mail = z.strictObject({
  from: z.string().min(3).default('legal@provider.example'),
  smtp: z
    .strictObject({
      host: z.string().min(1),
      port: z.int().min(1).max(65535).default(25),
      secure: z.boolean().default(false),
      user: z.string().optional(),
      /** Name of the environment variable that holds the password; the password itself stands nowhere. */
      passwordVariable: z
        .string()
        .regex(/^[A-Z][A-Z0-9_]*$/)
        .optional(),
    })
    .optional(),
});

export const PolicyInput = z.strictObject({
  provider: Provider.prefault({}),
  clocks: Clocks.prefault({}),
  limits: Limits.prefault({}),
  mail: Mail.prefault({}),
  /** The longest range a demand may ask for without more, in months; a category that is not here has none. */
  windowMonths: z.partialRecord(Category, z.int().min(1)).default({ 'DC-02': 12, 'DC-12': 6 }),
  /** Categories a kind of paper reaches here, where that differs from the table of kinds. */
  reach: z.partialRecord(Kind, z.array(Category)).default({}),
  /** Addresses of sessions on a subpoena: all, only recent ones, or none without an order. */
  ipLogTier: z.enum(['all', 'recent', 'order']).default('all'),
  recentLoginDays: Days.default(30),
  /** Kinds of paper that owe the provider a description of the facts; an order of a court or a grand jury does not. */
  owesFacts: z.array(Kind).default(['US-EDR', 'US-1509', 'US-1225D', 'US-SUBP-ADMIN', 'US-FTC-CID', 'US-DEA-876', 'US-CONSENT', 'XB-MLAT', 'EU-DSA10', 'DE-STPO', 'UK-IPA3', 'CoE-2AP']),
  requires: z
    .strictObject({
      badge: z.boolean().default(true),
      letterhead: z.boolean().default(true),
      staticFile: z.boolean().default(true),
      swornEmergency: z.boolean().default(true),
      perjuryStatement: z.boolean().default(false),
    })
    .prefault({}),
  /** Whether a second renewal or a serial hold can be granted after all, and why. */
  preservationExceptions: z.boolean().default(false),
  /** Domains treated as private mailboxes, beside those the program knows. */
  freeMailDomains: z.array(z.string()).default([]),
  /** Offences in the provider's own state whose care is lawful there, named by kind. */
  shieldedOffences: z.array(z.string()).default(['lawful care']),
  extraHolidays: z.array(z.strictObject({ jurisdiction: z.string(), day: z.iso.date(), name: z.string() })).default([]),
}); // biome-ignore format: one line a field

export type Policy = z.infer<typeof PolicyInput>;

/** The defaults, as they stand when a provider has changed nothing. */
export const DEFAULT_POLICY: Policy = PolicyInput.parse({});

/** Reads `policy.json`. Throws `policy/invalid` naming every field that is wrong. */
export function readPolicy(text: string): Policy {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Problem('policy/invalid', `The policy is not JSON: ${(error as Error).message}. Nothing was changed.`);
  }
  const parsed = PolicyInput.safeParse(data);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({
    field: fieldName(issue.path) || 'the policy',
    says: issue.message,
  }));
  throw new Problem(
    'policy/invalid',
    `The policy was not changed. ${fields.map(({ field, says }) => `${field}: ${says}`).join('; ')}.`,
    { fields },
  );
}
