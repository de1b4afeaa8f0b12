/**
 * An ETSI TS 103 120 (HI-1) message as the profile TS 104 144 has it carry European certificates, read as a demand.
 *
 * Seen, in public examples, dictionaries and reference code for these messages, not in the standards themselves: the
 * frame (`HI1Message`, header, action requests, `HI1Object` with its `xsi:type`); `AuthorisationObject` with approvals,
 * priority and flags; `LDTaskObject` and `LPTaskObject` with request and delivery details; `DocumentObject`; the legal
 * types `EPOC` and `EPOCPR`; the document types `Form1` to `Form6`; the decisions of an enforcing authority; names of
 * some sections of the Commission's forms. Inferred: what stands inside `EPOCAdditionalInfo`, read as sections A to L
 * by the letters of the form, with leaf names that are guesses; how a decision names its tasks; how a withdrawal is
 * written; and the dictionary values that `etsi/words.ts` recognises by their words. What finds no place is in `notes`,
 * so a guess that fails is seen. Section M is for the enforcing authority: it is passed over unread.
 *
 * Nothing here proves who sent the message, how it came, or that a signature holds.
 */
import { Problem } from '../base/problem.ts';
import type { DemandInput } from '../instrument/legal-request.ts';
import { decisionOf, type EnforcingDecision } from './etsi/decision.ts';
import { type EtsiNote, EtsiNotes } from './etsi/notes.ts';
import {
  documentIn,
  type EtsiDocument,
  type Filed,
  type Hi1Object,
  objectsIn,
  subjectOf,
  tasksIn,
} from './etsi/objects.ts';
import { demandOf } from './etsi/order.ts';
import { type Carriage, Sections } from './etsi/sections.ts';
import { passOver } from './etsi/tasks.ts';
import { child, down, type Element, elementsOf, textOf, unreadIn, wordOf } from './etsi/xml.ts';

export type { EtsiDocument } from './etsi/objects.ts';
export type { Carriage } from './etsi/sections.ts';
export { itemsOfTasks } from './etsi/tasks.ts';

type Received = {
  /** The sender's identifier of this message. */
  messageId: string;
  sentAt: string | null;
  /** The sender's identifier of the order itself, by which later messages name it. */
  order: string | null;
  /** The order that this message is about, where it is not the one it brings. */
  refersTo?: string;
  /** Identifiers of the tasks in it; `itemsOfTasks` finds the items made of them. */
  tasks: string[];
  documents: EtsiDocument[];
  notes: EtsiNote[];
};

export type EtsiMessage = Received &
  (
    | { kind: 'EPOC' | 'EPOC-PR' | 'withdrawal' | 'Form 5' | 'Form 6'; demand: DemandInput }
    | { kind: 'enforcing authority decision'; decision: EnforcingDecision }
  );

/** Never read into anything: grounds and summary are for the enforcing authority alone (Annex I, Section M). */
const NEVER_READ = new Set(['SectionM', 'NecessityAndProportionality', 'SummaryOfCase', 'SummaryOfTheCase']);

/**
 * Throws `request/message-too-large`, `request/message-refused`, `request/message-not-xml`, `request/not-etsi` and
 * `request/etsi-not-understood`. For anything a well-formed message says or leaves out it writes a note instead.
 */
export function readEtsiMessage(bytes: Uint8Array, carriage: Carriage = {}): EtsiMessage {
  const notes = new EtsiNotes();
  const root = elementsOf(bytes, NEVER_READ, (place) =>
    notes.add(
      place,
      'This is for the enforcing authority only. It was there; it was passed over unread and is not shown.',
    ),
  );
  const objects = objectsIn(root);
  const header = child(root, 'Header');
  const authorisation = objects.find(({ type }) => type === 'AuthorisationObject');
  const tasks = tasksIn(objects, notes);
  const documents = objects.flatMap((one, index) =>
    one.type === 'DocumentObject' ? documentIn(one, index, notes) : [],
  );
  const kind = kindOf(objects, authorisation, documents, root);
  const sections = new Sections(objects.map(({ element }) => element));
  const refersTo = kind === 'EPOC' || kind === 'EPOC-PR' ? undefined : subjectOf(authorisation, objects);
  const messageId = notes.text(child(header, 'TransactionIdentifier'));
  if (messageId === undefined) notes.add('HI1Message/Header', 'The message has no identifier.');
  const received = {
    messageId: messageId ?? 'not stated',
    sentAt: notes.moment(child(header, 'Timestamp')) ?? null,
    order: kind === 'EPOC' || kind === 'EPOC-PR' ? (authorisation?.id ?? null) : null,
    ...(refersTo === undefined ? {} : { refersTo }),
    tasks: tasks.map(({ id }) => id),
    documents: documents.flatMap(({ document }) => document ?? []),
  };
  const { documents: filed } = received;
  const parts = { header, authorisation: authorisation?.element, tasks, sections, documents: filed };
  const said =
    kind === 'enforcing authority decision'
      ? { kind, decision: decisionOf(root, received.tasks, notes) }
      : {
          kind,
          demand:
            kind === 'EPOC' || kind === 'EPOC-PR'
              ? demandOf(kind, parts, notes, carriage)
              : followUp(kind, refersTo, parts, notes, carriage),
        };
  aboutHeader(header, notes);
  notes.unread(unreadIn(root));
  return { ...received, ...said, notes: notes.end() };
}

/** The systems between which the message went, and a profile that is not the Union's. */
function aboutHeader(header: Element | undefined, notes: EtsiNotes): void {
  const [from, to] = ['SenderIdentifier', 'ReceiverIdentifier'].map((end) =>
    ['CountryCode', 'UniqueIdentifier'].flatMap((part) => textOf(down(header, `${end}/${part}`)) ?? []).join(' '),
  );
  notes.add('HI1Message/Header', `Sent by ${from || 'a system not stated'} to ${to || 'a system not stated'}.`);
  for (const name of ['ETSIVersion', 'NationalProfileVersion']) textOf(down(header, `Version/${name}`));
  const owner = textOf(down(header, 'Version/NationalProfileOwner'));
  if (owner !== undefined && owner !== 'EU')
    notes.add('HI1Message/Header/Version', `The profile is that of ${owner}, not of the Union.`);
}

/** Form 5, Form 6 and a withdrawal: they change an order that is here already. */
function followUp(
  kind: 'withdrawal' | 'Form 5' | 'Form 6',
  refersTo: string | undefined,
  { header, ...parts }: Parameters<typeof demandOf>[1],
  notes: EtsiNotes,
  carriage: Carriage,
): DemandInput {
  const order = demandOf('EPOC-PR', { header, ...parts, tasks: [] }, new EtsiNotes(), carriage);
  if (refersTo === undefined) notes.add('message', 'The message does not state which order it is about.');
  for (const { element } of parts.tasks) passOver(element, notes);
  const { refersTo: _related, eu, instrument, ...rest } = order;
  const { type: _type, statutes: _statutes, ...paper } = instrument ?? {};
  return {
    ...rest,
    kind: kind === 'withdrawal' ? 'withdrawal' : 'renewal',
    ...(refersTo === undefined ? {} : { refersTo }),
    instrument:
      kind === 'withdrawal'
        ? paper
        : { ...paper, type: 'EU-EPOC-PR', statutes: [`Regulation (EU) 2023/1543, Article 11 (${kind})`] },
    ...(eu === undefined ? {} : { eu }),
    targets: [],
    items: [],
  };
}

const DECISION = /(No|Partial|Full)GroundsForRefusal/;

function kindOf(
  objects: readonly Hi1Object[],
  authorisation: Hi1Object | undefined,
  documents: readonly Filed[],
  root: Element,
): EtsiMessage['kind'] {
  const types = documents.map(({ type }) => type);
  if (types.some((type) => DECISION.test(type)) || decides(root)) return 'enforcing authority decision';
  if (types.includes('Form5')) return 'Form 5';
  if (types.includes('Form6')) return 'Form 6';
  const desired = wordOf(child(authorisation?.element, 'AuthorisationDesiredStatus')) ?? '';
  if (
    authorisation?.action === 'CANCEL' ||
    /^Cancell?ed$|^Withdrawn$/.test(desired) ||
    types.some((type) => /Withdraw/.test(type))
  )
    return 'withdrawal';
  const legal = wordOf(child(authorisation?.element, 'AuthorisationLegalType'));
  if (legal === 'EPOC' || (legal === undefined && types.includes('Form1'))) return 'EPOC';
  if (legal === 'EPOCPR' || legal === 'EPOC-PR' || (legal === undefined && types.includes('Form2'))) return 'EPOC-PR';
  const brought = objects.map(({ action, type }) => `${action} ${type || 'an object without type'}`).join(', ');
  const wanted = 'a certificate, a withdrawal, Form 5, Form 6 or a decision of an enforcing authority';
  throw new Problem(
    'request/etsi-not-understood',
    `The message brings ${brought || 'no objects'}; that is not ${wanted}. Nothing was received.`,
    { objects: objects.map(({ type }) => type), documents: types },
  );
}

const decides = (element: Element): boolean => DECISION.test(element.name) || element.children.some(decides);
