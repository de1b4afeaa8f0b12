/** No way leads to a production past verification, review, approval by enough people, and a check by another person. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { judge } from '../instrument/judge.ts';
import type { LegalRequest } from '../instrument/legal-request.ts';
import type { Finding } from '../instrument/rule.ts';
import {
  contextFor,
  emergency,
  europeanOrder,
  order,
  POLICY,
  preservation,
  warrant,
} from '../instrument/rules/example.ts';
import type { Act, Done, Who } from './act.ts';
import { authorityUntil } from './clocks.ts';
import { approvalDigest, approvalsNeeded, approvedItems, opened, type RequestFile, taken, version } from './file.ts';
import { type Around, landing, nextActs, refusal } from './guards.ts';
import { HELD, STATES, type State, WAY } from './way.ts';

const PEOPLE: Who[] = ['R. Alder', 'D. Quill', 'M. Stone'].map((name, index) => ({ name, pseudonym: `p-${index}` }));

const FINDINGS: (Finding | null)[] = [
  null,
  finding('R-057', 'pushback', '1'),
  finding('R-052', 'warn'),
  finding('R-072', 'reject', '1'),
  { ...finding('R-085', 'block'), effects: ['counsel'] },
  { ...finding('R-164', 'block'), effects: ['wait for the enforcing authority'] },
];

function finding(rule: string, severity: Finding['severity'], itemId?: string): Finding {
  return { rule, severity, about: 'sufficiency', path: 'items', message: rule, cure: rule, source: 'test', effects: [], ...(itemId ? { itemId } : {}) };
} // biome-ignore format: one line

const DEMANDS: LegalRequest[] = [
  order(),
  warrant(),
  emergency(),
  europeanOrder(),
  preservation(),
  order({ ndo: { court: 'D.N.M.', signed: true, signedBy: 'judge', issuedOn: '2026-09-08', endsOn: '2026-12-08', linkedTo: '26-cr-0117', harms: ['flight from prosecution'], scope: 'this', certification: false, noticeOfReview: false } }),
]; // biome-ignore format: one line each

function begin(request: LegalRequest, by: Who): RequestFile {
  const { id: _id, version: _version, receivedAt, tz, documents: _documents, requester, targets, ...rest } = request;
  const { auth, callback: _callback, secondVerifier: _second, ...named } = requester;
  const demand = { ...rest, requester: named, targets: targets.map(({ resolves: _resolves, ...target }) => target) };
  const act = { seq: 0, at: receivedAt, recordedAt: receivedAt, by, entry: 'e', salt: 's', act: 'receive' as const, demand, documents: [], auth, tz, intake: { by: 'form' as const, messageId: null, notes: [] }, same: [], policy: 0 };
  return opened('r-0000000001', act);
} // biome-ignore format: one line

const ASIDE: string[] = [
  'withdraw',
  'stay',
  'close',
  'cure',
  'narrow',
  'resolve',
  'return for correction',
  'reject',
  'send letter',
  'assign',
];

/** What a person might try next: mostly sensible, sometimes wrong. */
function attempt(file: RequestFile, pick: (most: number) => number): Done {
  const steps = nextActs(file.state);
  const forward = steps.filter((one) => !ASIDE.includes(one) && !(one === 'review' && file.judgement));
  const offered = pick(12) === 0 ? WAY.map(({ act }) => act) : pick(8) === 0 || forward.length === 0 ? steps : forward;
  const act = offered[pick(offered.length)] ?? 'assign';
  const items = version(file).demand.items.map(({ id }) => id);
  const wrong = pick(8) === 0;
  const judgement = () => ({ ...judge({ version: '2026-08-18', digest: 'd', rules: [] }, order(), contextFor()), at: `${file.seq}`, findings: [FINDINGS[pick(FINDINGS.length)]!].filter((one) => one !== null) });
  switch (act) {
    case 'assign': return { act, to: PEOPLE[pick(3)]! };
    case 'call back': return { act, number: '+15055550101', numberSource: wrong ? 'request' : 'directory', answer: 'confirmed', note: '' };
    case 'second check': return { act, holds: true, note: '' };
    case 'verify': return { act, outcome: pick(12) === 0 ? 'fraud' : 'verified', level: 3, because: [], reason: '', judgement: wrong ? { ...judgement(), findings: [{ ...finding('R-004', 'pushback'), about: 'authenticity' }] } : { ...judgement(), findings: [] } };
    case 'resolve': return { act, resolved: [[{ account: 'a', from: null, to: null }]], sources: [] };
    case 'review': return { act, judgement: judgement(), policy: 0, directory: 0, holds: [] };
    case 'give reason': return { act, rule: ['R-057', 'R-052', 'R-072', 'R-085'][pick(4)]!, item: null, reason: 'said' };
    case 'decide': return { act, item: items[pick(items.length)] ?? '1', decision: (['approve', 'approve', 'approve', 'reject', 'push back'] as const)[pick(5)]!, reason: 'r' };
    case 'send letter': return { act, kind: pick(6) === 0 ? 'push back' : 'acknowledgement', sha256: 'l', items: wrong ? [] : items, to: null, cureDue: file.lastAt };
    case 'cure': return { act, demand: version(file).demand, documents: [], auth: version(file).auth };
    case 'narrow': return { act, demand: { ...version(file).demand, items: version(file).demand.items.slice(0, 1) }, acceptedBy: wrong ? '' : 'Sam Ortega', acceptance: { name: 'a.eml', sha256: 'a', sizeBytes: 1, mediaType: 'message/rfc822' } };
    case 'approve': return { act, items: approvedItems(file), digest: wrong ? 'other' : approvalDigest(file) };
    case 'reject': return { act, reasons: ['no'] };
    case 'enforcing authority': return { act, decision: (['no ground', 'partial', 'full'] as const)[pick(3)]!, items: items.slice(0, 1), reference: 'x' };
    case 'decide notice': return pick(2) === 0 ? { act, decision: 'notify', ground: null, reason: '', due: later(file.lastAt, 5) } : { act, decision: 'stay silent', ground: (['nondisclosure order', 'emergency', 'the certificate keeps it confidential', 'imminent danger'] as const)[pick(4)]!, reason: wrong ? '' : 'facts', due: null };
    case 'notify user': return { act, when: 'before', sha256: 'n', by_way_of: 'outbox' };
    case 'collect': return { act, digest: `c${file.seq}`, counts: (wrong ? ['9'] : approvedItems(file)).map((item) => ({ item, category: 'DC-02', account: 'a', found: 1, produced: 1, withheld: {}, partsWithheld: 0 })), sources: [], ended: [] };
    case 'check': return { act, digest: wrong ? 'other' : (file.collection?.digest ?? ''), note: '' };
    case 'return for correction': return { act, reason: 'r' };
    case 'package': return { act, package: 'p', sha256: 'd', sizeBytes: 1, manifest: 'm', recipients: [], rows: 1 };
    case 'acknowledge': return { act, sha256: wrong ? 'other' : (file.package?.sha256 ?? ''), by_whom: 'x' };
    case 'follow up': return { act, note: '' };
    case 'stay': return { act, ground: 'motion' };
    case 'lift stay': return { act, reason: 'denied' };
    case 'withdraw': return { act, reason: 'r', authenticated: wrong ? '' : 'call-back' };
    case 'close': return { act, reason: 'r' };
    case 'preserve': return { act, snapshot: 's-1', digest: 'd', counts: [], until: later(file.lastAt, 90), rule: 'r' };
    case 'renew': return { act, until: later(file.hold?.until ?? file.lastAt, 90), rule: 'r', form: 'letter', reference: '' };
    case 'convert': return { act, snapshot: 's-1', under: 'r-2' };
    case 'release hold': return { act, because: 'expired', snapshot: 's-1' };
    case 'receive': throw new Error('there is no step for it');
  }
} // biome-ignore format: one line an act

const later = (at: string, days: number) => new Date(Date.parse(at) + days * 86_400_000).toISOString();

type Walked = { file: RequestFile; acts: { act: Act; from: State; before: RequestFile }[] };

/** A walk of `steps` attempts; refused ones change nothing. */
function walk(demand: LegalRequest, seed: number): Walked {
  let state = seed;
  const pick = (most: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return most <= 0 ? 0 : (state >>> 8) % most;
  };
  let file = begin(demand, PEOPLE[pick(3)]!);
  const acts: Walked['acts'] = [];
  for (let tried = 0; tried < 90; tried++) {
    const done = attempt(file, pick);
    const at = later(file.lastAt, pick(20) === 0 ? 12 : 0.01);
    const act: Act = { ...done, seq: file.seq + 1, at, recordedAt: at, by: PEOPLE[pick(3)]!, entry: `e${tried}`, salt: 's' };
    const around: Around = { policy: POLICY, assurance: { floor: 3, missing: pick(10) === 0 ? ['a call-back'] : [] }, authorityUntil: authorityUntil(file, POLICY)?.due.toString({ fractionalSecondDigits: 3 }) ?? null, under: null };
    if (refusal(file, act, around) !== null) continue;
    const state = landing(file, act, around, (same) => taken(file, act, same));
    acts.push({ act, from: file.state, before: file });
    file = taken(file, act, state);
    if (acts.length > 0 && act.act === 'package') break;
  }
  return { file, acts };
} // biome-ignore format: a story

test('no walk of any people reaches produced without verification, review, approvals and another person’s check', () => {
  let produced = 0;
  let emergencies = 0;
  fc.assert(
    fc.property(fc.nat({ max: DEMANDS.length - 1 }), fc.integer(), (which, seed) => {
      const { file, acts } = walk(DEMANDS[which]!, seed);
      if (file.state !== 'produced') {
        assert.equal(file.package, null);
        return;
      }
      produced++;
      if (version(file).demand.kind === 'emergency') emergencies++;
      const last = (name: string, holds: (act: Act) => boolean = () => true) => acts.findLastIndex(({ act }) => act.act === name && holds(act));
      const verified = last('verify', (act) => act.act === 'verify' && act.outcome === 'verified');
      const reviewed = last('review');
      const collected = last('collect');
      const checked = last('check');
      assert.ok(verified >= 0 && reviewed > verified, 'verified, then reviewed');
      assert.equal(acts[reviewed]!.before.versions.length, file.versions.length, 'the newest version was reviewed');
      const approvals = acts.filter(({ act }, index) => act.act === 'approve' && index > reviewed && act.digest === approvalDigest(file)).map(({ act }) => act.by.pseudonym);
      assert.ok(new Set(approvals).size >= approvalsNeeded(file, POLICY.limits.bulkTargets), 'enough different people approved exactly this');
      for (const item of approvedItems(file)) {
        assert.ok(approvals.some((person) => person !== file.decisions[item]!.by.pseudonym), `someone else than who decided item ${item} approved it`);
        assert.ok(!file.judgement!.findings.some((one) => one.severity === 'reject' && (one.itemId ?? item) === item), 'nothing that cannot be produced');
      }
      assert.ok(collected > last('approve') || collected > reviewed, 'collected after the approval');
      assert.ok(checked > collected, 'checked after it was collected');
      assert.notEqual(acts[checked]!.act.by.pseudonym, acts[collected]!.act.by.pseudonym, 'by another person');
      assert.ok(last('decide notice') > reviewed, 'it was decided whether the user is told');
    }),
    { numRuns: 6000, seed: 20260925 },
  );
  assert.ok(produced > 40, `${produced} walks ended in a production, so the property is not empty`);
  assert.ok(emergencies > 0, 'an emergency among them');
}); // biome-ignore format: a property

test('every state can be reached or begun, every step starts somewhere there is', () => {
  const named = new Set(WAY.flatMap(({ to }) => [to as string]));
  const landings: State[] = ['approved', 'part_approved', 'verified', 'verifying', 'p_active', 'p_renewed', 'p_released', 'p_expired', 'pr_active', 'pr_extended', 'pr_held_for_production', 'pr_ended', 'pr_expired'];
  for (const state of STATES) {
    assert.ok(state === 'received' || named.has(state) || landings.includes(state), `${state} is reached`);
    if (!['p_converted', 'closed'].includes(state)) {
      const leaves = nextActs(state).length > 0;
      assert.ok(leaves || ['p_released', 'pr_ended'].includes(state), `${state} has something to do`);
    }
  }
  for (const state of HELD) assert.ok(nextActs(state).includes('convert'));
}); // biome-ignore format: lists

test('an approval is void once anything it was for is changed', () => {
  const file = [
    { act: 'review', judgement: judge({ version: '2026-08-18', digest: 'd', rules: [] }, order(), contextFor()), policy: 0, directory: 0, holds: [] },
    { act: 'decide', item: '1', decision: 'approve', reason: 'r' },
    { act: 'decide', item: '2', decision: 'approve', reason: 'r' },
  ].reduce((so, done, index) => taken(so, { ...(done as Done), seq: index + 1, at: so.lastAt, recordedAt: so.lastAt, by: PEOPLE[0]!, entry: 'e', salt: 's' }, 'in_review'), begin(order(), PEOPLE[0]!));
  const around: Around = { policy: POLICY, assurance: null, authorityUntil: null, under: null };
  const approve = (by: Who): Act => ({ act: 'approve', items: ['1', '2'], digest: approvalDigest(file), seq: 9, at: file.lastAt, recordedAt: file.lastAt, by, entry: 'e', salt: 's' });
  assert.match(refusal(file, approve(PEOPLE[0]!), around)!, /decided item 1, 2 and cannot approve it too/);
  assert.equal(refusal(file, approve(PEOPLE[1]!), around), null);
  const changed = taken(file, { act: 'decide', item: '2', decision: 'reject', reason: 'r', seq: 9, at: file.lastAt, recordedAt: file.lastAt, by: PEOPLE[0]!, entry: 'e', salt: 's' }, 'in_review');
  assert.match(refusal(changed, approve(PEOPLE[1]!), around)!, /something was changed/);
}); // biome-ignore format: a story

test('two people whose names differ only in spelling are whoever the desk says they are, and one person is never two', () => {
  const file = begin(warrant(), PEOPLE[0]!);
  assert.equal(
    approvalsNeeded(
      { ...file, decisions: { 1: { decision: 'approve', reason: '', by: PEOPLE[0]!, at: file.lastAt } } },
      25,
    ),
    2,
  );
});
