/**
 * What Form 3 (Regulation (EU) 2023/1543, Annex III) says of an order: which ground is ticked for which items and why,
 * what is to be clarified, and whether the data is kept meanwhile. It is an objection: others decide on it.
 *
 * Its sections are those of the project's legal reference, section 9; the wording of the form itself is not reproduced.
 */
import type { LegalRequest } from '../instrument/legal-request.ts';
import type { Policy } from '../instrument/policy.ts';
import type { Finding, Form3Ground } from '../instrument/rule.ts';
import { itemInWords } from './item-words.ts';

/** Section D, in the order of the form. */
export const FORM3_GROUNDS: readonly { ground: Form3Ground; says: string }[] = [
  { ground: 'incomplete', says: 'The certificate is incomplete.' },
  { ground: 'manifest error', says: 'The certificate contains a manifest error.' },
  { ground: 'insufficient information', says: 'The certificate does not hold enough information to carry it out.' },
  { ground: 'not stored', says: 'The data was not stored when the certificate was received.' },
  { ground: 'impossibility', says: 'It cannot be carried out for another reason that the addressee did not cause.' },
  { ground: 'not a competent authority', says: 'It was not issued or validated by a competent authority.' },
  { ground: 'offence', says: 'It was not issued for an offence for which this data may be ordered.' },
  { ground: 'service not covered', says: 'The service is not covered by the Regulation.' },
  {
    ground: 'immunity, privilege or press',
    says: 'The data may be protected by an immunity, a privilege or the freedom of the press.',
  },
  {
    ground: 'conflict with third-country law',
    says: 'Carrying it out would conflict with the law of a third country.',
  },
  { ground: 'wrong addressee', says: 'It was not addressed to a designated establishment or legal representative.' },
  { ground: 'other', says: 'Another reason.' },
];

/** Whether what an item asks for is kept while the authorities answer. */
export type Preservation =
  | { item: string; state: 'kept'; since: string }
  | { item: string; state: 'not kept'; why: string };

/** What the provider's counsel writes of a conflict with the law of a third country (Article 17(2)). */
export type Objection = { obligation: string; applies: string };

export type Reason = {
  ground: Form3Ground;
  /** Ids of the items it concerns; null when it concerns the order as a whole. */
  items: string[] | null;
  details: { rule: string; item: string | null; says: string; source: string; remedy: string | null }[];
};

export type Form3 = {
  /** A */
  certificate: { kind: 'EPOC' | 'EPOC-PR'; fileNumber: string | null; issuedOn: string | null; receivedAt: string };
  /** B. `sendTo`: whom this form goes to. */
  authorities: {
    issuing: string | null;
    issuingState: string | null;
    validating: string | null;
    enforcingState: string | null;
    sendTo: ('issuing authority' | 'enforcing authority')[];
  };
  /** C */
  addressee: { name: string; state: string | null; fileNumber: string };
  /** D, ticked grounds only, in the order of the form. */
  reasons: Reason[];
  /** E. What counsel has not written is null, and the form says so. */
  conflict: { law: string; obligation: string | null; applies: string | null } | null;
  /** F */
  clarification: { rule: string; item: string | null; asks: string }[];
  /** G, one entry an item. */
  preservation: (Preservation | { item: string; state: 'not stated' })[];
  /** H */
  contact: { name: string; address: string[]; reach: string };
  /** Every item of the order in words, by id. */
  items: { id: string; words: string }[];
};

export type Form3Options = { preserved?: readonly Preservation[]; objection?: Objection };

const TO_CLARIFY: readonly Form3Ground[] = ['incomplete', 'manifest error', 'insufficient information'];

/**
 * Findings are those a reviewer wants said. One that has no ground of its own but asks the requester to cure something
 * is said as a want of information: for a European order that is the most it can be. Warnings are for the reviewer
 * alone. Null when nothing is left to say.
 */
export function form3(
  request: LegalRequest,
  findings: readonly Finding[],
  policy: Policy,
  { preserved = [], objection }: Form3Options = {},
): Form3 | null {
  const said = findings.flatMap((finding) => {
    const ground = groundOf(finding);
    return ground === null ? [] : [{ finding, ground }];
  });
  if (said.length === 0) return null;
  const { eu, instrument } = request;
  const reasons = FORM3_GROUNDS.flatMap(({ ground }) => reasonOf(ground, said));
  const law = reasons.some(({ ground }) => ground === 'conflict with third-country law')
    ? eu?.conflict?.law
    : undefined;
  return {
    certificate: {
      kind: instrument.type === 'EU-EPOC-PR' ? 'EPOC-PR' : 'EPOC',
      fileNumber: instrument.caseNo ?? null,
      issuedOn: instrument.issuedOn ?? null,
      receivedAt: request.receivedAt,
    },
    authorities: {
      issuing: eu?.ia ?? instrument.issuerName ?? null,
      issuingState: eu?.issuingState ?? null,
      validating: eu?.va ?? null,
      enforcingState: eu?.enforcingState ?? policy.provider.euAddressee?.state ?? null,
      sendTo: sendTo(request, reasons),
    },
    addressee: {
      name: policy.provider.euAddressee?.name ?? policy.provider.name,
      state: policy.provider.euAddressee?.state ?? null,
      fileNumber: request.id,
    },
    reasons,
    conflict:
      law === undefined
        ? null
        : { law, obligation: objection?.obligation ?? null, applies: objection?.applies ?? null },
    clarification: said
      .filter(({ ground, finding }) => TO_CLARIFY.includes(ground) && finding.cure !== null)
      .map(({ finding: { rule, itemId, cure } }) => ({ rule, item: itemId ?? null, asks: cure! })),
    preservation: request.items.map(
      ({ id }) => preserved.find(({ item }) => item === id) ?? { item: id, state: 'not stated' as const },
    ),
    contact: {
      name: policy.provider.euAddressee?.name ?? policy.provider.name,
      address: policy.provider.address,
      reach: policy.provider.contact,
    },
    items: request.items.map(({ id }) => ({ id, words: itemInWords(request, id) })),
  };
}

function groundOf({ form3: ground, severity, about, cure }: Finding): Form3Ground | null {
  if (severity === 'warn') return null;
  if (ground !== undefined) return ground;
  return severity === 'pushback' && about !== 'authenticity' && cure !== null ? 'insufficient information' : null;
}

function reasonOf(ground: Form3Ground, said: readonly { finding: Finding; ground: Form3Ground }[]): Reason[] {
  const own = said.filter((one) => one.ground === ground).map(({ finding }) => finding);
  if (own.length === 0) return [];
  const whole = own.some(({ itemId }) => itemId === undefined);
  return [
    {
      ground,
      items: whole ? null : [...new Set(own.map(({ itemId }) => itemId!))],
      details: own.map(({ rule, itemId, message, source, cure }) => ({
        rule,
        item: itemId ?? null,
        says: message,
        source,
        remedy: cure,
      })),
    },
  ];
}

/** The enforcing authority too where it was notified, and always for a protection it weighs (Art. 10(5), 11(4)). */
function sendTo({ eu }: LegalRequest, reasons: readonly Reason[]): Form3['authorities']['sendTo'] {
  const both = eu?.notifiedEA === true || reasons.some(({ ground }) => ground === 'immunity, privilege or press');
  return both ? ['issuing authority', 'enforcing authority'] : ['issuing authority'];
}
