/** Receiving a demand: as a form, an e-mail or an ETSI message; a cured version of one; and a narrower one. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { agencyOf, type Directory } from '../instrument/agency.ts';
import { type Authentication, checkedDemand, type Demand } from '../instrument/legal-request.ts';
import type { Policy } from '../instrument/policy.ts';
import type { Act, Done } from '../request/act.ts';
import { clocksOf } from '../request/clocks.ts';
import { documentKey } from '../request/docket.ts';
import { opened, type RequestFile, version } from '../request/file.ts';
import { historyOf } from '../request/history.ts';
import type { Incoming } from '../request/incoming.ts';
import { narrowingInWords } from '../request/item-words.ts';
import { agencyKey, marksOf } from '../request/summary.ts';
import type { House } from './house.ts';
import { operation, type Task } from './operation.ts';
import { At, actOf, DoneAt, directoryInForce, keep, policyInForce, RequestId, statedTime, take } from './provider.ts';
import { keepPapers, type Paper, paperFrom } from './request-documents.ts';
import { shownFor } from './request-shown.ts';

const Documents = z.array(z.string().min(1)).default([]).describe('papers that came with it; kept as they are');

export const requestReceive = operation({
  words: 'request receive',
  desk: 'provider',
  op: 'collection',
  does: 'Receive a demand for data: a form (request.json), an e-mail (.eml) or an ETSI message (.xml). Its clocks start.',
  example: 'fourcorners request receive --file request.json --document order.pdf',
  begins: 'request',
  input: z.strictObject({
    file: z.string().min(1).describe('request.json, a message as stored (.eml), or an ETSI message (.xml)'),
    document: Documents,
    over: z
      .enum(['dits', 'alternative', 'email', 'post'])
      .optional()
      .describe('for an ETSI message: how it came to you; `dits` is the decentralised IT system'),
    'signature-checked': z
      .boolean()
      .default(false)
      .describe('for an ETSI message: you have checked its qualified signature'),
    received: At.describe('when it reached you, where that was before now; the clocks start then'),
  }),
  async run(house, input, task) {
    const at = statedTime(input.received);
    const { version: policyVersion, paper: policy } = policyInForce(house);
    const directory = directoryInForce(house).paper;
    const given = paperFrom(input.file);
    const carriage = {
      ...(input.over ? { transport: input.over } : {}),
      qualifiedSignature: input['signature-checked'],
    };
    const { readIncoming } = await import('../request/incoming.ts');
    const incoming = await readIncoming(given, { policy, directory, carriage });
    const auth = await authenticationOf(house, incoming, directory, policy);
    const requestKey = randomBytes(32);
    const papers = [given, ...incoming.papers, ...input.document.map(paperFrom)];
    const documents = await keepPapers(house, task.begins, documentKey(requestKey), papers);
    const done: Extract<Done, { act: 'receive' }> = {
      act: 'receive',
      demand: incoming.demand,
      documents,
      auth,
      tz: policy.provider.zone,
      intake: { by: incoming.by, messageId: incoming.messageId, notes: incoming.notes },
      same: [],
      policy: policyVersion,
    };
    const first = opened(task.begins, receiveAct(house, task, at, done));
    // The form itself differs from copy to copy in a blank: what is compared are the papers beside it, and the demand.
    const { same } = historyOf(house.docket(), first, marksOf(first));
    const act = receiveAct(house, task, at, { ...done, same });
    const file = opened(task.begins, act);
    keep(house, task, file, [act], { items: file.versions[0]!.demand.items.length }, requestKey);
    return { ...shownFor(house, file, at), same, clocks: clocksOf(file, policy) };
  },
  show: (shown) =>
    [
      `${shown.request} is received: ${shown.kind} from ${shown.requester.agencyName}, ${shown.items.length} items.`,
      ...shown.same.map(
        ({ request, because, withdrawnOn }) =>
          `  We hold this ${because === 'document' ? 'document' : 'demand'} as ${request}${withdrawnOn ? `, withdrawn ${withdrawnOn}` : ''}.`,
      ),
      ...shown.intake.notes.map(({ place, says }) => `  ${place}: ${says}`),
      ...shown.clocks.map(({ name, due, target }) => `  ${name}: ${target ?? due}`),
    ].join('\n'),
});

function receiveAct(house: House, task: Task, at: string, done: Extract<Done, { act: 'receive' }>) {
  return actOf(house, task, 0, at, done) as Extract<Act, { act: 'receive' }>;
}

async function authenticationOf(
  house: House,
  incoming: Incoming,
  directory: Directory,
  policy: Policy,
): Promise<Authentication> {
  const { authenticate } = await import('../request/authentication.ts');
  const agency = agencyKey({ demand: incoming.demand });
  return authenticate({
    email: incoming.email,
    address: incoming.demand.requester.email ?? null,
    directory,
    policy,
    priorVerified: house.docket().countMarked({ kind: 'agency verified', value: agency }),
    credential: agencyOf(directory, incoming.demand.requester)?.credential ?? 'unknown',
  });
}

export const requestCure = operation({
  words: 'request cure',
  desk: 'provider',
  op: 'collection',
  does: 'Receive the answer to a push-back: a new version of the whole demand, to be judged anew as a whole.',
  example: 'fourcorners request cure --request r-1a2b3c4d5e --file request-2.json',
  input: z.strictObject({
    request: RequestId,
    file: z.string().min(1).describe('the demand as it now stands: a form, an e-mail or an ETSI message'),
    document: Documents,
    at: DoneAt,
  }),
  async run(house, input, task) {
    const { paper: policy } = policyInForce(house);
    const directory = directoryInForce(house).paper;
    const before = house.docket().file(input.request);
    const given = paperFrom(input.file);
    const { readIncoming } = await import('../request/incoming.ts');
    const incoming = await readIncoming(given, { policy, directory });
    const papers = [given, ...incoming.papers, ...input.document.map(paperFrom)];
    const documents = await keepPapers(house, before.id, house.docket().keyFor(before.id), papers);
    const auth = await authenticationOf(house, incoming, directory, policy);
    const file = take(house, task, input, { act: 'cure', demand: incoming.demand, documents, auth });
    return shownFor(house, file, statedTime(input.at));
  },
  show: (shown) =>
    `${shown.request} has version ${shown.version}, received ${shown.versions.at(-1)!.at}; it is judged anew with \`fourcorners request review\`.`,
});

export const requestNarrow = operation({
  words: 'request narrow',
  desk: 'provider',
  op: 'alteration',
  does: 'Record that the requester accepts less: the items before and after, and the acceptance in writing.',
  example:
    'fourcorners request narrow --request r-1a2b3c4d5e --items narrower.json --accepted-by "Sam Ortega" --acceptance reply.eml',
  input: z.strictObject({
    request: RequestId,
    items: z.string().min(1).describe('a JSON file: the items as they now stand'),
    'accepted-by': z.string().trim().min(1).describe('who accepted for the requester'),
    acceptance: z.string().min(1).describe('the acceptance as it came: a message, a scan'),
    at: DoneAt,
  }),
  async run(house, input, task) {
    const before = house.docket().file(input.request);
    const demand = narrowedDemand(before, paperFrom(input.items));
    const acceptance = await keepPapers(house, before.id, house.docket().keyFor(before.id), [
      paperFrom(input.acceptance),
    ]);
    const file = take(house, task, input, {
      act: 'narrow',
      demand,
      acceptedBy: input['accepted-by'],
      acceptance: acceptance[0]!,
    });
    return {
      request: file.id,
      state: file.state,
      version: file.versions.length,
      narrowing: narrowingInWords(version(before).demand, version(file).demand),
      file: shownFor(house, file, statedTime(input.at)),
    };
  },
  show: ({ request, narrowing }) =>
    [
      `${request} is narrowed:`,
      ...narrowing.flatMap(({ before, after }) => [`  before: ${before}`, `  after:  ${after}`]),
    ].join('\n'),
});

function narrowedDemand(before: RequestFile, paper: Paper): Demand {
  let items: unknown;
  try {
    const read: unknown = JSON.parse(Buffer.from(paper.bytes).toString('utf8'));
    items = Array.isArray(read) ? read : (read as { items?: unknown })?.items;
  } catch (error) {
    throw new Problem(
      'request/invalid',
      `${paper.name} is not JSON: ${(error as Error).message}. Nothing was narrowed.`,
    );
  }
  return checkedDemand({ ...version(before).demand, items });
}
