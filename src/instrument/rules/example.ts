/**
 * Invented requests for the examples of rules: each passes every rule, so that an example shows one thing.
 *
 * `changed` puts other values in, by path; agencies, people, accounts and dockets are fictional.
 */
import type { Directory } from '../agency.ts';
import { checkedDemand, type DemandInput, type LegalRequest } from '../legal-request.ts';
import { type Policy, PolicyInput } from '../policy.ts';
import { type Context, NO_HISTORY } from '../rule.ts';

export const DIRECTORY: Directory = {
  version: 1,
  agencies: [
    { id: 'ag-fbi-abq', name: 'Federal Bureau of Inquiry, Albuquerque', country: 'US', level: 'federal', domains: ['inquiry.example.gov'], phone: '+15055550101', phoneSource: 'published list of field offices', recipient: null, credential: 'ok' },
    { id: 'ag-dona-ana', name: 'Doña Ana County Sheriff', country: 'US', level: 'local', domains: ['sheriff.donaana.example'], phone: '+15755550102', phoneSource: 'county web page', recipient: null, credential: 'ok' },
    { id: 'ag-customs', name: 'Customs Investigations, El Paso', country: 'US', level: 'federal', domains: ['customs.example.gov'], phone: '+19155550103', phoneSource: 'published list of field offices', recipient: null, credential: 'ok' },
    { id: 'ag-milano', name: 'Procura della Repubblica, Milano', country: 'IT', level: 'eu_ms', domains: ['procura.milano.example'], phone: '+390255550104', phoneSource: 'judicial atlas', recipient: null, credential: 'ok' },
    { id: 'ag-london', name: 'Metropolitan Inquiry Service', country: 'GB', level: 'foreign', domains: ['inquiry.example.uk'], phone: '+442055550105', phoneSource: 'published directory', recipient: null, credential: 'ok' },
  ],
}; // biome-ignore format: one line an agency

/** A provider with a United States and an Irish entity. */
export const POLICY: Policy = PolicyInput.parse({
  provider: {
    name: 'Example Social',
    country: 'US',
    jurisdiction: 'US-CA',
    zone: 'America/Los_Angeles',
    entities: [
      { name: 'Example Social, Inc.' },
      { name: 'Example Social Ireland Limited', countries: ['IE', 'IT', 'ES', 'DE', 'FR', 'GB', 'DK'] },
    ],
    euAddressee: { name: 'Example Social Ireland Limited', state: 'IE' },
    services: ['Example Social', 'Example Messenger'],
  },
});

/** Friday 2026-09-11, 16:00 UTC. */
const AT = '2026-09-11T16:00:00Z';

export function contextFor(more: Partial<Context> = {}): Context {
  return { at: AT, directory: DIRECTORY, policy: POLICY, history: NO_HISTORY, ...more };
}

const US_REQUESTER: DemandInput['requester'] = {
  agencyId: 'ag-fbi-abq',
  agencyName: 'Federal Bureau of Inquiry, Albuquerque',
  country: 'US',
  level: 'federal',
  officer: 'Sam Ortega',
  rank: 'special agent',
  badge: '20417',
  email: 'sam.ortega@inquiry.example.gov',
  phone: '+15055550199',
};

const PAPER: DemandInput['instrument'] = {
  signed: true,
  signatureKind: 'ink',
  issuedOn: '2026-09-08',
  returnOn: '2026-09-30',
  caseNo: '26-cr-0117',
  addressedTo: 'Example Social, Inc.',
  language: 'en',
  fileType: 'pdf',
  letterhead: true,
  pages: 4,
  pagesStated: 4,
};

const FRAUD: DemandInput['basis'] = {
  proceeding: 'criminal',
  purpose: 'wire fraud',
  offences: [{ text: 'wire fraud', statute: '18 U.S.C. § 1343', from: '2026-02-01', to: '2026-04-30', kind: 'fraud' }],
  facts: 'Buyers paid an account that offered goods on the service and sent none.',
  nexus: 'The account placed the offers and received the messages in which payment was arranged.',
};

const ACCOUNT: NonNullable<DemandInput['targets']>[number] = { type: 'account-id', value: '100000000000042' };
const item = (id: string, category: NonNullable<DemandInput['items']>[number]['category'], rawText: string) => ({
  id, target: 0, category, from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z', rawText,
}); // biome-ignore format: one line

/** An order under 18 U.S.C. § 2703(d) for subscriber facts and sessions. */
export function order(...changes: Change[]): LegalRequest {
  return requestOf(
    {
      channel: 'portal',
      requester: US_REQUESTER,
      service: 'Example Social',
      instrument: {
        ...PAPER,
        type: 'US-2703D',
        statutes: ['18 U.S.C. § 2703(d)'],
        issuerName: 'U.S. District Court, District of New Mexico',
        issuerRole: 'magistrate judge',
        court: 'U.S. District Court, District of New Mexico',
        courtBasis: 'offence',
        recites: ['specific and articulable facts'],
        recitedBy: 'court',
      },
      targets: [ACCOUNT],
      items: [
        item('1', 'DC-01', 'subscriber name and contact details'),
        item('2', 'DC-02', 'log of sessions with addresses'),
      ],
      basis: FRAUD,
    },
    changes,
  );
}

/** A grand jury subpoena for subscriber facts. */
export function subpoena(...changes: Change[]): LegalRequest {
  return order(
    {
      instrument: {
        type: 'US-SUBP',
        statutes: ['Fed. R. Crim. P. 17(c)', '18 U.S.C. § 2703(c)(2)'],
        issuerName: 'Grand jury, District of New Mexico',
        issuerRole: 'grand jury',
        recites: ['relevance'],
        courtBasis: undefined,
        court: undefined,
        recitedBy: undefined,
      },
    },
    ...changes,
  );
}

/** A federal search warrant for messages of three months. */
export function warrant(...changes: Change[]): LegalRequest {
  return order(
    {
      instrument: {
        type: 'US-WARRANT',
        statutes: ['18 U.S.C. § 2703(a)', 'Fed. R. Crim. P. 41'],
        recites: ['probable cause', 'particularity'],
        thingsToBeSeized: true,
      },
      items: [item('1', 'DC-12', 'messages sent and received by the account')],
    },
    ...changes,
  );
}

/** A letter under 18 U.S.C. § 2703(f). */
export function preservation(...changes: Change[]): LegalRequest {
  return order(
    {
      kind: 'preservation',
      instrument: {
        type: 'US-2703F', statutes: ['18 U.S.C. § 2703(f)'], issuerName: 'Federal Bureau of Inquiry', issuerRole: 'special agent',
        court: undefined, courtBasis: undefined, returnOn: undefined, recites: [], recitedBy: undefined,
      },
    }, // biome-ignore format: one line
    ...changes,
  );
}

/** An emergency disclosure request: a missing child. */
export function emergency(...changes: Change[]): LegalRequest {
  return order(
    {
      kind: 'emergency',
      instrument: {
        type: 'US-EDR', statutes: ['18 U.S.C. § 2702(c)(4)'], issuerName: 'Federal Bureau of Inquiry', issuerRole: 'special agent',
        court: undefined, courtBasis: undefined, returnOn: undefined, recites: [], recitedBy: undefined, issuedOn: '2026-09-11',
      },
      basis: {
        offences: [{ text: 'kidnapping', statute: '18 U.S.C. § 1201', kind: 'violence', from: '2026-09-10' }],
        facts: 'A child of nine was taken from school by a person who wrote to her from the account.',
        purpose: 'to find the child',
      },
      items: [
        {
          id: '1', target: 0, category: 'DC-02', from: '2026-09-10T00:00:00Z', to: '2026-09-11T16:00:00Z',
          rawText: 'addresses the account was used from since yesterday', averts: 'shows from where the account was used last',
        },
      ],
      emergency: {
        threat: 'A child was taken and is in danger of serious injury.',
        threatTo: 'serious physical injury',
        personAtRisk: 'a child of nine',
        imminence: 'Taken this morning.',
        whyNoProcess: 'No judge can be reached before tonight.',
        howDataHelps: 'The address shows where the account was used last.',
        incidentAt: '2026-09-11T13:30:00Z',
        continuing: true,
        sworn: true,
        perjuryStatement: true,
      },
    }, // biome-ignore format: one line
    { requester: { callback: CONFIRMED, secondVerifier: 'D. Quill' } },
    ...changes,
  );
}

/** A European Production Order for traffic data, with an Irish addressee. */
export function europeanOrder(...changes: Change[]): LegalRequest {
  return requestOf(
    {
      channel: 'dits',
      requester: {
        agencyId: 'ag-milano', agencyName: 'Procura della Repubblica, Milano', country: 'IT', level: 'eu_ms', officer: 'Chiara Riva',
        badge: 'MI-118', email: 'chiara.riva@procura.milano.example',
      },
      service: 'Example Social',
      instrument: {
        ...PAPER,
        type: 'EU-EPOC-T',
        statutes: ['Regulation (EU) 2023/1543, Article 5'],
        issuerName: 'Tribunale di Milano',
        issuerRole: 'investigating judge',
        signatureKind: 'qualified',
        caseNo: 'RGNR 2026/4471',
        addressedTo: 'Example Social Ireland Limited',
        returnOn: undefined,
      },
      targets: [{ ...ACCOUNT, residence: 'IT' }],
      items: [item('1', 'DC-02', 'log of sessions with addresses and ports')],
      basis: {
        proceeding: 'criminal',
        purpose: 'aggravated fraud',
        offences: [{ text: 'aggravated fraud', statute: 'art. 640 c.p.', maxPenaltyMonths: 60, from: '2026-02-01', to: '2026-04-30', kind: 'fraud', dual: true }],
      },
      eu: {
        ia: 'Tribunale di Milano', iaRole: 'investigating judge', issuingState: 'IT', enforcingState: 'IE', residenceState: 'IT',
        offenceState: 'IT', addresseeKind: 'designated establishment', qes: true, transport: 'dits',
      },
    }, // biome-ignore format: one line
    changes,
  );
}

export const CONFIRMED: NonNullable<LegalRequest['requester']['callback']> = {
  number: '+15055550101',
  numberSource: 'directory',
  at: '2026-09-11T15:00:00Z',
  by: 'R. Alder',
  answer: 'confirmed',
};

/** Values to put in, nested; arrays replace, `undefined` takes a field out. */
export type Change = object;

function requestOf(demand: DemandInput, changes: Change[]): LegalRequest {
  const checked = checkedDemand(demand);
  const made: LegalRequest = {
    ...checked,
    id: 'r-0000000001',
    version: 1,
    receivedAt: '2026-09-11T14:00:00Z',
    tz: 'America/Los_Angeles',
    documents: [{ name: 'order.pdf', sha256: 'a'.repeat(64) }],
    requester: {
      ...checked.requester,
      auth: {
        dmarc: 'pass',
        replyToDiffers: false,
        freeMail: false,
        domainInDirectory: true,
        domainAgeDays: 4000,
        lookalikeOf: null,
        credential: 'ok',
        priorVerified: 12,
      },
      callback: CONFIRMED,
      secondVerifier: null,
    },
    targets: checked.targets.map((target) => ({
      ...target,
      resolves: [{ account: target.value, from: null, to: null }],
    })),
  };
  return changes.reduce<LegalRequest>((request, change) => merged(request, change) as LegalRequest, made);
}

/** Arrays of targets in a change may leave out `resolves` and `traits`, items `asks`, `rawText` and `throughLastDay`. */
function merged(base: unknown, change: unknown, field = ''): unknown {
  if (Array.isArray(change)) return change.map((one) => withDefaults(one, field));
  if (change === null || typeof change !== 'object') return change;
  const made: Record<string, unknown> =
    base !== null && typeof base === 'object' && !Array.isArray(base) ? { ...base } : {};
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) delete made[name];
    else made[name] = merged(made[name], value, name);
  }
  return made;
}

const DEFAULTS: Record<string, Record<string, unknown>> = {
  targets: { traits: [], resolves: null },
  items: { asks: [], rawText: '', throughLastDay: false },
  offences: { listed: false, kind: 'ordinary' },
};

function withDefaults(one: unknown, field: string): unknown {
  return one !== null && typeof one === 'object' && !Array.isArray(one) ? { ...DEFAULTS[field], ...one } : one;
}
