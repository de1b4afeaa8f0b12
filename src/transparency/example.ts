/** Dockets for tests and benches: invented requests, what was done with them, and the ledger that goes with it. */
import { digestOf } from '../base/canonical.ts';
import type { Judgement } from '../instrument/judge.ts';
import type { LegalRequest } from '../instrument/legal-request.ts';
import type { Finding } from '../instrument/rule.ts';
import type { Entry } from '../ledger/entry.ts';
import type { Act, Decision, Done, ItemCount, LetterKind } from '../request/act.ts';
import { REVIEWER, receiveAct } from '../request/example.ts';
import type { Kept } from './facts.ts';

const DIGEST = 'd'.repeat(64);

/** What was done, and how many hours after receipt. */
export type Step = [hours: number, ...done: Done[]];

/** A request of the docket; each step has one entry in the ledger. */
export function dealtWith(request: string, received: LegalRequest, ...steps: Step[]): Kept {
  const first = { ...receiveAct(received), entry: `${request}-e0` };
  const acts: Act[] = [first];
  steps.forEach(([hours, ...done], index) => {
    const at = new Date(Date.parse(first.at) + Math.round(hours * 3_600_000)).toISOString();
    for (const one of done) {
      acts.push({
        ...one,
        seq: acts.length,
        at,
        recordedAt: at,
        by: REVIEWER,
        entry: `${request}-e${index + 1}`,
        salt: 's',
      });
    }
  });
  return { request, acts };
}

/** The entries of the ledger for these requests, as the desk writes them. */
export function ledgerOf(docket: readonly Kept[]): Entry[] {
  return docket.flatMap(({ request, acts }) =>
    [...new Set(acts.map(({ entry }) => entry))].flatMap((entry): Entry[] => {
      const done = acts.filter((act) => act.entry === entry);
      return entriesOf(request, entry, `request.${done[0]!.act.replaceAll(' ', '-')}`, {
        result: 'ok',
        objects: { count: done.length, digest: digestOf(done) },
      });
    }),
  );
}

/** Intent and outcome of one act. */
export function entriesOf(matter: string, id: string, act: string, ending: Partial<Entry>): Entry[] {
  const common: Entry = {
    v: 1,
    id,
    phase: 'intent',
    act,
    op: 'alteration',
    actor: REVIEWER.pseudonym,
    desk: 'provider',
    input: DIGEST,
    matter,
    matterSeq: 0,
    recordedAt: '2026-09-11T14:00:00.000Z',
  };
  return [common, { ...common, ...ending, id: `${id}.o`, phase: 'outcome', ref: id }];
}

export const verify = (outcome: 'verified' | 'fraud', ...rules: string[]): Done => ({
  act: 'verify',
  outcome,
  level: 2,
  because: [],
  reason: outcome === 'fraud' ? 'the agency knows nothing of it' : '',
  judgement: judgement(rules),
});

export const review = (...rules: string[]): Done => ({
  act: 'review',
  judgement: judgement(rules),
  policy: 0,
  directory: 1,
  holds: [],
});

function judgement(rules: string[]): Judgement {
  const findings = rules.map(
    (rule): Finding => ({
      rule,
      about: 'sufficiency',
      severity: rule.startsWith('R-12') ? 'pushback' : 'block',
      path: '',
      message: '',
      cure: null,
      source: '',
      effects: [],
    }),
  );
  return {
    ruleSet: '2026-09-01',
    rulesDigest: DIGEST,
    at: '2026-09-11T14:00:00Z',
    version: 1,
    findings,
    authenticity: 'holds',
    sufficiency: 'holds',
    scope: 'holds',
    items: [],
  };
}

export const resolve = (...accounts: string[]): Done => ({
  act: 'resolve',
  resolved: [accounts.map((account) => ({ account, from: null, to: null }))],
  sources: ['accounts'],
});

export const decide = (decision: Decision, ...items: string[]): Done[] =>
  items.map((item) => ({ act: 'decide', item, decision, reason: 'as reviewed' }));

export const letter = (kind: LetterKind): Done => ({
  act: 'send letter',
  kind,
  sha256: DIGEST,
  items: [],
  to: null,
  cureDue: null,
});

export const callBack = (answer: 'confirmed' | 'denied'): Done => ({
  act: 'call back',
  number: '+15055550101',
  numberSource: 'directory',
  answer,
  note: '',
});

export const told = (when: 'before' | 'delayed'): Done => ({
  act: 'notify user',
  when,
  sha256: DIGEST,
  by_way_of: 'outbox',
});

export const rows = (item: string, category: string, account: string, produced: number): ItemCount => ({
  item,
  category,
  account,
  found: produced,
  produced,
  withheld: {},
  partsWithheld: 0,
});

export const collect = (...counts: ItemCount[]): Done => ({
  act: 'collect',
  digest: DIGEST,
  counts,
  sources: ['sessions'],
  ended: [],
});

export const packaged = (count: number): Done => ({
  act: 'package',
  package: 'p-0000000001',
  sha256: DIGEST,
  sizeBytes: 1000,
  manifest: DIGEST,
  recipients: [],
  rows: count,
});

export const narrow = (request: LegalRequest): Done => ({
  act: 'narrow',
  demand: demandOf(request),
  acceptedBy: 'Sam Ortega',
  acceptance: { name: 'reply.eml', sha256: DIGEST, sizeBytes: 900, mediaType: 'message/rfc822' },
});

export const cure = (request: LegalRequest): Done => ({
  act: 'cure',
  demand: demandOf(request),
  documents: [],
  auth: request.requester.auth,
});

const demandOf = (request: LegalRequest) => receiveAct(request).demand;

export const preserve = (...counts: ItemCount[]): Done => ({
  act: 'preserve',
  snapshot: 's-0000000001',
  digest: DIGEST,
  counts,
  until: '2026-12-10T00:00:00.000Z',
  rule: 'us-preservation/1',
});

export const convert = (under: string): Done => ({ act: 'convert', snapshot: 's-0000000001', under });

export const expired: Done = { act: 'release hold', because: 'expired', snapshot: 's-0000000001' };

export const withdraw: Done = { act: 'withdraw', reason: 'Case dismissed.', authenticated: 'call-back' };

export const close: Done = { act: 'close', reason: 'No answer.' };

export const reject: Done = { act: 'reject', reasons: ['not reached'] };
