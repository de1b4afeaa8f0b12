/**
 * The letter that answers a demand, composed from the findings: item by item, in plain words, for a reviewer to edit.
 *
 * It says what will be produced, what is missing and what would cure it, and what this paper cannot reach. It repeats no
 * finding whose cure is null: there are things a requester must not be told.
 */
import type { Block } from '../document/document.ts';
import type { Letter } from '../document/letter.ts';
import { concerning } from '../instrument/judge.ts';
import type { Policy } from '../instrument/policy.ts';
import type { Finding } from '../instrument/rule.ts';
import type { LetterKind } from './act.ts';
import { cureDue } from './clocks.ts';
import { isEuropean, type RequestFile, version } from './file.ts';
import { itemInWords } from './item-words.ts';

export type Reply = { kind: LetterKind; letter: Letter; items: string[]; cureDue: string | null };

/** What the file calls for now: a push-back where an item is pushed back or open, a rejection where all are rejected. */
export function replyTo(file: RequestFile, policy: Policy, at: string, signer: { name: string; title: string }): Reply {
  const { demand } = version(file);
  // Before a review nothing is said of any item: nobody has looked at one.
  const items = file.judgement === null && Object.keys(file.decisions).length === 0 ? [] : demand.items;
  const standing = items.map(({ id }) => ({ id, is: standingOf(file, id), findings: toldOf(file, id) }));
  const rejected = standing.filter(({ is }) => is === 'reject');
  const open = standing.filter(({ is }) => is === 'push back');
  const granted = standing.filter(({ is }) => is === 'approve');
  const general = toldInGeneral(file);
  const onlyRejected = demand.items.length > 0 && rejected.length === demand.items.length;
  const inPart = isApproved(file) && open.length === 0 && rejected.length > 0;
  const kind: LetterKind =
    onlyRejected || (inPart && !isEuropean(file)) ? 'rejection' : isEuropean(file) ? 'form 3' : 'push back';
  const due = kind === 'rejection' || inPart ? null : cureDue(file, policy, at);
  const blocks: Block[] = [
    { kind: 'paragraph', text: opening(file, kind, inPart) },
    ...(general.length === 0
      ? []
      : section(
          'About the request as a whole',
          general.map(({ cure }) => cure!),
        )),
    ...(open.length === 0 ? [] : [heading('What we need before we can go on')]),
    ...open.flatMap(({ id, findings }) => itemBlocks(file, id, findings, decisionReason(file, id))),
    ...(rejected.length === 0 ? [] : [heading('What cannot be produced on this paper')]),
    ...rejected.flatMap(({ id, findings }) => itemBlocks(file, id, findings, decisionReason(file, id))),
    ...(granted.length === 0
      ? []
      : section(
          inPart ? 'What will be produced' : 'What is not in question',
          granted.map(({ id }) => itemInWords(demand, id)),
          inPart ? 'These items are approved and go on.' : 'These items go on while the others are cured.',
        )),
    { kind: 'paragraph', text: closingWords(file, kind, due) },
  ];
  return {
    kind,
    letter: letterOf(file, policy, at, signer, { subject: subjectOf(file, kind, inPart), blocks }),
    items: [...open, ...rejected].map(({ id }) => id),
    cureDue: due,
  };
}

/** As decided; an item nobody has decided stands as the rules show it. */
function standingOf(file: RequestFile, id: string): 'approve' | 'reject' | 'push back' {
  const decided = file.decisions[id]?.decision;
  if (decided) return decided;
  const findings = concerning(file.judgement?.findings ?? [], id);
  if (findings.some(({ severity }) => severity === 'reject')) return 'reject';
  return findings.some(({ severity }) => severity === 'pushback' || severity === 'block') ? 'push back' : 'approve';
}

/** Findings on this item itself that the requester may be told of. */
function toldOf(file: RequestFile, id: string): Finding[] {
  return (file.judgement?.findings ?? []).filter(
    ({ itemId, cure, severity }) => itemId === id && cure !== null && severity !== 'warn',
  );
}

function toldInGeneral(file: RequestFile): Finding[] {
  const findings = file.judgement?.findings ?? file.verification?.findings ?? [];
  return unique(
    findings.filter(({ itemId, cure, severity }) => itemId === undefined && cure !== null && severity !== 'warn'),
  );
}

const unique = (findings: Finding[]) => [
  ...new Map(findings.map((finding) => [`${finding.rule} ${finding.cure}`, finding])).values(),
];

function decisionReason(file: RequestFile, id: string): string {
  return file.decisions[id]?.reason ?? '';
}

function itemBlocks(file: RequestFile, id: string, findings: Finding[], reason: string): Block[] {
  const lines = [
    ...unique(findings).map(({ cure, source }) => `${cure} (${cited(source)})`),
    ...(reason === '' ? [] : [reason]),
  ];
  return [
    { kind: 'heading', level: 4, text: itemInWords(version(file).demand, id) },
    { kind: 'list', items: lines.length > 0 ? lines : ['We cannot go on with this item as it stands.'] },
  ];
}

/** A requester is given the authority, not how well this project knows it. */
const cited = (source: string) => source.replace(/ \[(V2?|GK)\]$/, '');

function section(title: string, items: string[], note?: string): Block[] {
  return [heading(title), ...(note ? [{ kind: 'paragraph' as const, text: note }] : []), { kind: 'list', items }];
}

const heading = (text: string): Block => ({ kind: 'heading', level: 3, text });

/** Approved, as a whole or in part, and gone on from there. */
function isApproved({ state, approvedAt }: RequestFile): boolean {
  return approvedAt !== null && state !== 'in_review' && state !== 'pushed_back' && state !== 'narrowed';
}

function opening(file: RequestFile, kind: LetterKind, inPart: boolean): string {
  const { instrument } = version(file).demand;
  const paper = instrument.caseNo ? `your demand ${instrument.caseNo}` : 'your demand';
  const received = `We received ${paper} on ${file.receivedAt.slice(0, 10)} and keep it as ${file.id}.`;
  if (file.judgement === null)
    return `${received} It has not been reviewed yet: before that we establish who sent it. Below we say what we need for it.`;
  if (inPart)
    return `${received} It was reviewed by a person. A part of it is approved and will be produced; the rest cannot be produced on this paper, and below we say why.`;
  return kind === 'rejection'
    ? `${received} It was reviewed by a person, and what it asks cannot be produced on this paper.`
    : `${received} It was reviewed by a person. Some of it cannot be answered as it stands; below we say, item by item, why and what would cure it.`;
}

function closingWords(file: RequestFile, kind: LetterKind, due: string | null): string {
  const preserved = file.hold ? ' The data named in it are preserved meanwhile.' : '';
  if (kind === 'rejection')
    return `If a paper that reaches these data is issued, send it to us as a new request.${preserved}`;
  const until = due ? ` We keep the request open until ${due.slice(0, 10)}.` : '';
  return `Answer in writing through the same channel. An answer is read as a new version of the whole demand.${until}${preserved} If you hold that we are mistaken, say so and on what ground; a person reads it.`;
}

function subjectOf(file: RequestFile, kind: LetterKind, inPart: boolean): string {
  const { caseNo } = version(file).demand.instrument;
  const about = caseNo ? `${caseNo} (${file.id})` : file.id;
  if (inPart) return `Your demand ${about}: answered in part`;
  return kind === 'rejection' ? `Your demand ${about}: cannot be produced` : `Your demand ${about}: what is needed`;
}

/** Shared by every letter to a requester. */
export function letterOf(
  file: RequestFile,
  policy: Policy,
  at: string,
  signer: { name: string; title: string },
  { subject, blocks, enclosures = [] }: { subject: string; blocks: Block[]; enclosures?: string[] },
): Letter {
  const { requester, instrument } = version(file).demand;
  const { provider } = policy;
  return {
    from: { name: provider.name, lines: provider.address, contact: [provider.contact] },
    to: {
      name: requester.agencyName,
      lines: [`${requester.officer}${requester.rank ? `, ${requester.rank}` : ''}`],
      contact: requester.email ? [requester.email] : [],
    },
    day: at.slice(0, 10),
    references: [
      { term: 'Our reference', value: file.id, mono: true },
      ...(instrument.caseNo ? [{ term: 'Your reference', value: instrument.caseNo }] : []),
    ],
    subject,
    salutation: `Dear ${requester.officer},`,
    blocks,
    closing: 'Sincerely,',
    signature: signer,
    enclosures,
    footer: `${provider.name} · ${file.id}`,
    paper: provider.country === 'US' ? 'us-letter' : 'a4',
  };
}
