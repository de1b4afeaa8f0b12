/** Preservation: an immutable snapshot from the sources, its renewal, its end, and handing it over under a later paper. */
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { approvedScope, itemOf } from '../production/approved-scope.ts';
import type { Gathered } from '../production/collection.ts';
import type { ItemCount } from '../request/act.ts';
import { holdUntil, renewedUntil } from '../request/clocks.ts';
import { isEuropean, type RequestFile, version } from '../request/file.ts';
import { HELD } from '../request/way.ts';
import type { Scope } from '../scope/scope.ts';
import type { Count } from '../source/count.ts';
import type { Source } from '../source/source.ts';
import { type House, now } from './house.ts';
import { operation, type Task } from './operation.ts';
import { At, DoneAt, mayTake, policyInForce, RequestId, take } from './provider.ts';
import { freeze, thaw } from './snapshot-store.ts';
import { closeSources, openSources } from './sources.ts';

export const preserveTake = operation({
  words: 'preserve take',
  desk: 'provider',
  op: 'collection',
  does: 'Freeze what an approved preservation request names, as it is now. Nobody is shown it; it expires by itself.',
  example: 'fourcorners preserve take --request r-1a2b3c4d5e',
  input: z.strictObject({ request: RequestId, at: DoneAt }),
  async run(house, input, task) {
    const policy = policyInForce(house).paper;
    const snapshot = `s-${task.act.replaceAll('-', '').slice(0, 12)}`;
    const nothing = { act: 'preserve' as const, snapshot, digest: '', counts: [], until: '', rule: '' };
    const file = mayTake(house, task, input, nothing);
    const { until, rule } = holdUntil(file, policy);
    const { scope } = approvedScope(file);
    const sources = await openSources(house, ({ tables }) => tables.length > 0);
    try {
      const counts: Count[] = [];
      const { digest, rows } = await freeze(house, file.id, snapshot, rowsOf(sources, scope, counts));
      const done = { ...nothing, digest, until, rule, counts: countsOf(scope, counts) };
      const after = take(house, task, { ...input, counts: { rows } }, done);
      return { request: file.id, state: after.state, snapshot, until, rule, rows };
    } finally {
      await closeSources(sources);
    }
  },
  show: ({ request, snapshot, rows, until }) => `${request}: ${rows} rows are frozen as ${snapshot} until ${until}.`,
});

async function* rowsOf(sources: readonly Source[], scope: Scope, counts: Count[]): AsyncGenerator<Gathered[]> {
  for (const source of sources) counts.push(...(yield* source.gather(scope)));
}

function countsOf(scope: Scope, counts: readonly Count[]): ItemCount[] {
  return scope.items.map(({ id, categories, target }) => {
    const own = counts.filter(({ item }) => item === id);
    const produced = own.reduce((sum, count) => sum + count.produced, 0);
    return {
      item: itemOf(id),
      category: categories[0]!,
      account: target.value,
      found: produced,
      produced,
      withheld: {},
      partsWithheld: 0,
    };
  });
}

export const preserveRenew = operation({
  words: 'preserve renew',
  desk: 'provider',
  op: 'alteration',
  does: 'Renew a hold once, on the agency’s renewed request (US letter, European Form 6), or keep it for a coming order (Form 5).',
  example: 'fourcorners preserve renew --request r-1a2b3c4d5e --form letter --reference "letter of 2026-05-28"',
  input: z.strictObject({
    request: RequestId,
    form: z.enum(['letter', 'Form 6', 'Form 5']).default('letter'),
    reference: z.string().trim().min(1).describe('the renewed request: its number, or the request it came as'),
    at: DoneAt,
  }),
  async run(house, input, task) {
    const policy = policyInForce(house).paper;
    const before = house.docket().file(input.request);
    if (before.hold === null) throw noHold(input.request);
    const { until, rule } = renewedUntil(before, policy, input.form);
    const file = take(house, task, input, { act: 'renew', until, rule, form: input.form, reference: input.reference });
    return { request: file.id, state: file.state, until: file.hold!.until, renewals: file.hold!.renewals };
  },
  show: ({ request, until }) => `${request} is kept until ${until}.`,
});

const noHold = (request: string) =>
  new Problem(
    'preservation/no-hold',
    `Nothing is held under ${request}. \`fourcorners preserve list\` lists the holds.`,
    { request },
  );

export const preserveConvert = operation({
  words: 'preserve convert',
  desk: 'provider',
  op: 'alteration',
  does: 'Close a hold because a later, approved request asks for its snapshot by id; `produce` then answers from it.',
  example: 'fourcorners preserve convert --request r-1a2b3c4d5e --under r-0f9e8d7c6b',
  input: z.strictObject({ request: RequestId, under: z.string().min(1).describe('the later request'), at: DoneAt }),
  async run(house, input, task) {
    const under = house.docket().file(input.under);
    const before = house.docket().file(input.request);
    if (before.hold === null) throw noHold(input.request);
    const file = take(
      house,
      task,
      { ...input, under },
      { act: 'convert', snapshot: before.hold.snapshot, under: under.id },
    );
    return { request: file.id, state: file.state, snapshot: before.hold.snapshot, under: under.id };
  },
  show: ({ request, snapshot, under }) => `${snapshot} of ${request} is handed over under ${under}.`,
});

export const preserveRelease = operation({
  words: 'preserve release',
  desk: 'provider',
  op: 'erasure',
  does: 'End holds: every one that has expired, or one that its issuer ended. The snapshot is deleted; the acts stay.',
  example: 'fourcorners preserve release --expired',
  input: z.strictObject({
    request: z.string().min(1).optional().describe('one hold, ended by its issuer'),
    expired: z.boolean().default(false).describe('every hold whose time is over'),
    at: DoneAt,
  }),
  async run(house, input, task) {
    if ((input.request === undefined) === !input.expired) {
      throw new Problem(
        'input/invalid',
        'Name one hold with --request, or release all that have expired with --expired. Nothing was released.',
      );
    }
    const at = input.at ?? now();
    const chosen =
      input.request === undefined
        ? heldFiles(house).filter(({ hold }) => hold!.until <= new Date(at).toISOString())
        : [house.docket().file(input.request)];
    const released: { request: string; snapshot: string; state: string }[] = [];
    for (const { id, hold } of chosen) {
      if (hold === null) throw noHold(id);
      const because = input.expired ? ('expired' as const) : ('ended by the issuer' as const);
      const end = async (within: Task) => {
        const done = { act: 'release hold', because, snapshot: hold.snapshot } as const;
        const file = take(house, within, { request: id, at: input.at }, done);
        thaw(house, id, hold.snapshot);
        released.push({ request: id, snapshot: hold.snapshot, state: file.state });
      };
      await (input.expired ? task.part(id, end) : end(task));
    }
    return { released };
  },
  show: ({ released }) =>
    released
      .map(({ request, snapshot, state }) => `${snapshot} of ${request} is deleted; it is ${state}.`)
      .join('\n') || 'No hold has expired.',
});

/** Everything held, the earliest end first. */
function heldFiles(house: House): RequestFile[] {
  const docket = house.docket();
  return HELD.flatMap((state) => docket.list({ state, limit: 10_000 }).map(({ request }) => docket.file(request))).sort(
    (a, b) => (a.hold!.until < b.hold!.until ? -1 : 1),
  );
}

export const preserveList = operation({
  words: 'preserve list',
  desk: 'provider',
  op: 'consultation',
  does: 'List what is held and until when, with the days before an end on which you are warned.',
  example: 'fourcorners preserve list',
  input: z.strictObject({ at: At.describe('as of which moment') }),
  async run(house, input) {
    const at = new Date(input.at ?? now()).toISOString();
    const warn = policyInForce(house).paper.clocks.preservationAlertDays;
    return {
      at,
      holds: heldFiles(house).map((file) => {
        const days = Math.ceil((Date.parse(file.hold!.until) - Date.parse(at)) / 86_400_000);
        return {
          request: file.id,
          state: file.state,
          snapshot: file.hold!.snapshot,
          agency: version(file).demand.requester.agencyName,
          european: isEuropean(file),
          began: file.hold!.began,
          until: file.hold!.until,
          renewals: file.hold!.renewals,
          rows: file.hold!.counts.reduce((sum, { produced }) => sum + produced, 0),
          daysLeft: days,
          alert: days <= 0 ? 'expired' : (warn.toSorted((a, b) => a - b).find((day) => days <= day) ?? null),
        };
      }),
    };
  },
  show: ({ holds }) =>
    holds
      .map(
        ({ request, snapshot, until, daysLeft, alert, agency }) =>
          `${request}  ${snapshot}  until ${until.slice(0, 10)}  ${alert === null ? '' : alert === 'expired' ? 'EXPIRED ' : `ends in ${daysLeft} days `} ${agency}`,
      )
      .join('\n') || 'Nothing is held.',
});
