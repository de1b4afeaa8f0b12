/**
 * A demand for users' data as a checked structure: who asks, with which paper, about whom, for what, and why.
 *
 * `request.json` is what an intake could read of it. What the desk finds out itself (authentication, call-backs, which
 * account an identifier names) has no field there: a sender cannot vouch for themselves.
 */
import { z } from 'zod';
import { microsFrom } from '../base/interval.ts';
import { Problem } from '../base/problem.ts';
import { IDENTIFIER_TYPES } from '../record/identifier.ts';
import { fieldName } from './instrument.ts';
import { CATEGORIES, INSTRUMENT_KINDS } from './kinds.ts';

const Text = z.string().trim().min(1, 'not empty').max(20_000, 'at most 20,000 characters');
const Long = z.string().max(2_000_000, 'at most 2,000,000 characters');
const Day = z.iso.date('a date as YYYY-MM-DD');
const Moment = z
  .string()
  .refine((text) => microsFrom(text) !== null, 'a time with its zone, such as 2026-09-04T17:10:00+01:00');
/** A bound of a range as the paper writes it: a time with its zone, a time without one, or a bare day. */
const Bound = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?)?$/, 'a day or a time')
  .refine((text) => isDay(text.slice(0, 10)), 'a day there is');
/** `Date` would roll 30 February over into March. */
function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }) !== null;
  } catch {
    return false;
  }
}
const Country = z.string().regex(/^[A-Z]{2}$/, 'a country as two letters (ISO 3166-1)');

/** What papers use to name whom they mean; those that no system can look up are types too, so that a rule can say so. */
const TARGET_TYPES = [
  ...IDENTIFIER_TYPES.filter((type) => type !== 'untyped'),
  'display-name', 'real-name', 'birth-date', 'street', 'photo', 'area', 'tower', 'keyword', 'snapshot',
] as const; // biome-ignore format: a list

/** What the paper, the reviewer or the public record says of a target that the law protects. */
const TRAITS = [
  'press', 'opposition', 'watchdog', 'anonymous critic', 'journalist', 'lawyer', 'doctor', 'clergy', 'diplomat',
] as const; // biome-ignore format: a list

/** The five harms of 18 U.S.C. § 2705(b). */
const HARMS = [
  'endangering life or physical safety',
  'flight from prosecution',
  'destruction of or tampering with evidence',
  'intimidation of potential witnesses',
  'seriously jeopardizing an investigation or unduly delaying a trial',
] as const;

const Target = z.strictObject({
  type: z.enum(TARGET_TYPES),
  value: Text,
  /** For an address: when it was seen, and on which source port. */
  observedAt: Bound.optional(),
  tz: Text.optional(),
  port: z.int().min(0).max(65535).optional(),
  /** Whether the address is shared by several subscribers, where that is known. */
  shared: z.boolean().optional(),
  second: Text.optional().describe('a second identifier of the same account'),
  reason: Text.optional().describe('why this account, where many are named'),
  traits: z.array(z.enum(TRAITS)).default([]),
  residence: Country.optional(),
  usPerson: z.boolean().optional(),
});

const Item = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9._-]{1,40}$/, 'letters, digits, dots and hyphens'),
  target: z.int().min(0).describe('which of the targets, counted from 0'),
  category: z.enum(CATEGORIES).optional(),
  from: Bound.optional(),
  to: Bound.optional(),
  /** Set when `to` is a bare day and the paper says that the day itself is meant too. */
  throughLastDay: z.boolean().default(false),
  rawText: Long.default(''),
  /** What the item asks beside its category, as a reader understood it. */
  asks: z
    .array(
      z.enum([
        'copies', 'destination addresses', 'contacts or movements', 'third parties’ content', 'whole group',
        'plaintext of encrypted content', 'stored files by the name of communications', 'future data', 'only to identify',
      ]), // biome-ignore format: a list
    )
    .default([]),
  /** For an emergency: why this item averts the harm. */
  averts: Text.optional(),
  /** For preserved data: the snapshot. */
  snapshot: Text.optional(),
});

const Offence = z.strictObject({
  text: Text.optional(),
  statute: Text.optional(),
  maxPenaltyMonths: z.int().min(0).optional(),
  /** Named in the list of offences for which no threshold is asked (Regulation (EU) 2023/1543, Article 5(4)(b)–(d)). */
  listed: z.boolean().default(false),
  from: Day.optional(),
  to: Day.optional(),
  /** Whether the act is an offence in the provider's own law too, where a reviewer has said so. */
  dual: z.boolean().optional(),
  kind: z
    .enum(['ordinary', 'political', 'blasphemy', 'same-sex relations', 'lese-majesty', 'lawful care', 'drugs', 'customs', 'immigration', 'fraud', 'child exploitation', 'terrorism', 'cyber', 'violence', 'other'])
    .default('ordinary'), // biome-ignore format: a list
});

const ROLES = [
  'judge', 'court', 'magistrate judge', 'investigating judge', 'prosecutor', 'grand jury', 'clerk', 'lawyer', 'officer',
  'special agent', 'special agent in charge', 'district director', 'deputy assistant director', 'FBI director',
  'attorney general', 'marshals director', 'immigration officer', 'central authority', 'police', 'user', 'other',
] as const; // biome-ignore format: a list

const Paper = z.strictObject({
  type: z.enum(INSTRUMENT_KINDS).optional().describe('the kind of paper; absent when there is none'),
  statutes: z.array(Text).default([]),
  issuerName: Text.optional(),
  issuerRole: z.enum(ROLES).optional(),
  court: Text.optional(),
  /** Which of the tests of 18 U.S.C. § 2711(3) the court meets, as the paper says. */
  courtBasis: z.enum(['offence', 'provider', 'data', 'assistance request', 'general criminal jurisdiction', 'none']).optional(),
  issuedOn: Day.optional(),
  expiresOn: Day.optional(),
  returnOn: z.union([Moment, Day]).optional(),
  signed: z.boolean().default(false),
  signatureKind: z.enum(['ink', 'electronic', 'qualified', 'pasted image']).optional(),
  caseNo: Text.optional(),
  /** For a subpoena from another state than the provider's: whether a court of the provider's state has issued it again. */
  domesticated: z.boolean().optional(),
  addressedTo: Text.optional(),
  onBehalfOf: Country.optional().describe('the government it was obtained for, where that is not the requester’s own'),
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as en').default('en'),
  translation: z.string().optional().describe('language of an attached translation'),
  fileType: z.string().regex(/^[a-z0-9]{1,10}$/).optional().describe('pdf, docx, …'),
  letterhead: z.boolean().optional(),
  pages: z.int().min(0).optional(),
  pagesStated: z.int().min(0).optional(),
  attachmentsReferenced: z.array(Text).default([]),
  attachments: z.array(Text).default([]),
  /** What the paper itself recites as found, by whoever issued it. */
  recites: z.array(z.enum(['specific and articulable facts', 'probable cause', 'relevance', 'particularity'])).default([]),
  /** Whose finding that is. */
  recitedBy: z.enum(['court', 'agent']).optional(),
  thingsToBeSeized: z.boolean().optional(),
  /** Something about the document that a reader noticed: pasted images, odd fonts or metadata, a statute there is not. */
  oddities: z.array(Text).default([]),
  sealImageHash: z.string().regex(/^[0-9a-f]{8,64}$/).optional(),
  text: Long.optional(),
}); // biome-ignore format: one line a field

const Emergency = z.strictObject({
  threat: z.string().default(''),
  threatTo: z.enum(['death', 'serious physical injury', 'critical infrastructure', 'property', 'other']).optional(),
  personAtRisk: z.string().default(''),
  imminence: z.string().default(''),
  whyNoProcess: z.string().default(''),
  howDataHelps: z.string().default(''),
  incidentAt: Moment.optional(),
  continuing: z.boolean().default(false),
  sworn: z.boolean().default(false),
  perjuryStatement: z.boolean().default(false),
});

const Nondisclosure = z.strictObject({
  court: Text.optional(),
  signed: z.boolean().default(false),
  signedBy: z.enum(['judge', 'agent', 'prosecutor', 'clerk', 'nobody']).optional(),
  /** A statute that forbids telling the user by itself. */
  statute: Text.optional(),
  issuedOn: Day.optional(),
  endsOn: Day.optional(),
  linkedTo: Text.optional(),
  harms: z.array(z.enum(HARMS)).default([]),
  scope: z.enum(['this', 'class', 'omnibus']).default('this'),
  /** For a national security letter: its certification, and its notice that a court can review it. */
  certification: z.boolean().default(false),
  noticeOfReview: z.boolean().default(false),
});

const EuropeanOrder = z.strictObject({
  ia: Text.optional(),
  iaRole: z.enum(ROLES).optional(),
  va: Text.optional(),
  vaRole: z.enum(ROLES).optional(),
  issuingState: Country.optional(),
  enforcingState: Country.optional(),
  residenceState: Country.optional(),
  offenceState: Country.optional(),
  addresseeKind: z.enum(['designated establishment', 'legal representative', 'other establishment']).optional(),
  emergencyFallback: z.boolean().default(false),
  notifiedEA: z.boolean().default(false),
  exPostValidation: z.enum(['sought', 'given', 'refused', 'not sought']).optional(),
  qes: z.boolean().default(false),
  emergency: z.boolean().default(false),
  emergencyGround: Text.optional(),
  processorGround: z.enum(['controller cannot be identified', 'detriment to the investigation']).optional(),
  toProcessor: z.boolean().default(false),
  publicAuthorityState: Country.optional(),
  privileged: z.boolean().default(false),
  transport: z.enum(['dits', 'alternative', 'email', 'post']).default('dits'),
  exception195: Text.optional(),
  serviceCovered: z.boolean().default(true),
  forThirdState: z.boolean().default(false),
  futureOffence: z.boolean().default(false),
  necessityStated: z.boolean().default(true),
  sentenceMonths: z.int().min(0).optional(),
  inAbsentia: z.boolean().default(false),
  absconded: z.boolean().optional(),
  conflict: z.strictObject({ law: Text, ground: z.enum(['prohibition', 'storage location only', 'no equivalent procedure']) }).optional(),
  /** The person may be told by the addressee (the certificate permits it). */
  mayInform: z.boolean().default(false),
  relatedOrder: Text.optional(),
}); // biome-ignore format: one line a field

export const LegalRequestInput = z
  .strictObject({
    channel: z.enum(['portal', 'email', 'post', 'fax', 'phone', 'chat', 'dits', 'other']).default('other'),
    track: z.enum(['government', 'civil', 'defence']).default('government'),
    kind: z.enum(['production', 'preservation', 'renewal', 'emergency', 'ndo', 'withdrawal']).default('production'),
    /** Which of the provider's services is meant. */
    service: Text.optional(),
    deliverTo: Text.optional(),
    /** The earlier request that this one renews, withdraws, follows or gags: its id here, or the sender's own number. */
    refersTo: Text.optional(),
    requester: z.strictObject({
      agencyId: Text.optional(),
      agencyName: Text,
      country: Country,
      level: z.enum(['federal', 'state', 'local', 'foreign', 'eu_ms', 'private']).optional(),
      state: Country.optional().describe('for an agency of a state or a county of the United States: which state, NM'),
      officer: Text,
      rank: Text.optional(),
      badge: Text.optional(),
      email: Text.optional(),
      phone: Text.optional(),
    }),
    instrument: Paper.prefault({}),
    targets: z.array(Target).default([]),
    items: z.array(Item).default([]),
    basis: z
      .strictObject({
        offences: z.array(Offence).default([]),
        facts: Long.optional(),
        nexus: Long.optional(),
        purpose: Text.optional(),
        proceeding: z.enum(['criminal', 'civil', 'admin', 'sentence']).optional(),
        /** An out-of-state attestation that the matter is not about care lawful where the provider is. */
        attestation: z.boolean().default(false),
      })
      .prefault({}),
    emergency: Emergency.optional(),
    ndo: Nondisclosure.optional(),
    eu: EuropeanOrder.optional(),
  })
  .superRefine((request, context) => {
    const ids = new Set<string>();
    request.items.forEach((item, index) => {
      if (ids.has(item.id)) context.addIssue({ code: 'custom', path: ['items', index, 'id'], message: 'used twice' });
      ids.add(item.id);
      if (item.target >= request.targets.length)
        context.addIssue({ code: 'custom', path: ['items', index, 'target'], message: 'there is no such target' });
    });
    if (request.kind === 'emergency' && !request.emergency)
      context.addIssue({ code: 'custom', path: ['emergency'], message: 'needed for an emergency request' });
  });

/** The demand as it was read, before the desk looked at it. */
export type Demand = z.infer<typeof LegalRequestInput>;
export type DemandInput = z.input<typeof LegalRequestInput>;

/** What the desk found out about the sending system. Unknown is null, and never taken for good. */
export type Authentication = {
  dmarc: 'pass' | 'fail' | null;
  replyToDiffers: boolean | null;
  /** The domain is a known free mailbox. */
  freeMail: boolean | null;
  domainInDirectory: boolean;
  domainAgeDays: number | null;
  lookalikeOf: string | null;
  credential: 'ok' | 'suspended' | 'unknown';
  /** How many earlier requests of this agency were verified here. */
  priorVerified: number;
};

export type CallBack = {
  number: string;
  numberSource: 'directory' | 'request';
  at: string;
  by: string;
  answer: 'confirmed' | 'denied' | 'no answer';
};

/** An account that a target's identifier names, and from when to when it did. */
export type Resolved = { account: string; type?: string; from: string | null; to: string | null };

/** The demand with what the desk knows of it: the shape that rules judge. */
export type LegalRequest = Omit<Demand, 'requester' | 'targets'> & {
  id: string;
  version: number;
  receivedAt: string;
  /** The zone in which the desk that received it keeps its days. */
  tz: string;
  documents: { name: string; sha256: string }[];
  requester: Demand['requester'] & {
    auth: Authentication;
    callback: CallBack | null;
    /** Who looked a second time, when it was someone else than who called back. */
    secondVerifier: string | null;
  };
  /** `resolves` is null while nobody has looked the identifier up. */
  targets: (Demand['targets'][number] & { resolves: Resolved[] | null })[];
};

export type RequestItem = LegalRequest['items'][number];
export type RequestTarget = LegalRequest['targets'][number];

/** Reads `request.json`. Throws `request/invalid` naming every field that is wrong. */
export function readDemand(text: string): Demand {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Problem('request/invalid', `The request is not JSON: ${(error as Error).message}. Nothing was received.`);
  }
  return checkedDemand(data);
}

/** Throws `request/invalid` naming every field that is wrong. */
export function checkedDemand(data: unknown): Demand {
  const parsed = LegalRequestInput.safeParse(data);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({
    field: fieldName(issue.path) || 'the request',
    says: issue.message,
  }));
  throw new Problem(
    'request/invalid',
    `The request was not received. ${fields.map(({ field, says }) => `${field}: ${says}`).join('; ')}.`,
    { fields },
  );
}
