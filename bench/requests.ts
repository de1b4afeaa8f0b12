/**
 * A full inbox: listing what is due next, judging one request by all rules, composing a letter. In a desk that is open, as a
 * server holds it; what a command line adds (starting, reading the whole ledger) is printed beside.
 *
 * `node bench/requests.ts [requests] [measured]`: each figure also as a ratio to the same act in an inbox of a hundredth.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { init } from '../src/desk/data-directory.ts';
import { openHouse } from '../src/desk/house.ts';
import { perform } from '../src/desk/perform.ts';
import { requestLetter } from '../src/desk/request-letter.ts';
import { requestList } from '../src/desk/request-list.ts';
import { requestJudge } from '../src/desk/request-review.ts';
import { type Judgement, judge } from '../src/instrument/judge.ts';
import type { LegalRequest } from '../src/instrument/legal-request.ts';
import {
  contextFor,
  emergency,
  europeanOrder,
  order,
  POLICY,
  subpoena,
  warrant,
} from '../src/instrument/rules/example.ts';
import { ruleSet } from '../src/instrument/rules/register.ts';
import { fileAfter, receiveAct, receivedFile } from '../src/request/example.ts';
import { asJudged } from '../src/request/file.ts';
import { marksOf, summaryOf } from '../src/request/summary.ts';
import { quantile } from './measure.ts';

const total = Number(process.argv[2] ?? 100_000);
const measured = Number(process.argv[3] ?? 300);
const folder = mkdtempSync(join(tmpdir(), 'fourcorners-requests-'));
const set = await ruleSet();
/** Judged once a kind of demand: a hundred thousand reviews are not what is measured. */
const judgements = new Map<string, Judgement>();

try {
  const small = await inboxOf(Math.max(100, Math.round(total / 100)));
  const large = await inboxOf(total);
  console.log('act                      requests      p50 ms     p95 ms     p95 to the smaller inbox');
  for (const act of ['list', 'judge', 'letter'] as const) {
    for (const [inbox, of] of [
      [small, null],
      [large, small],
    ] as const) {
      const [p50, p95] = [quantile(inbox.times[act], 0.5), quantile(inbox.times[act], 0.95)];
      const ratio = of === null ? '' : (p95 / quantile(of.times[act], 0.95)).toFixed(2);
      console.log(
        `${act.padEnd(20)} ${String(inbox.size).padStart(12)} ${p50.toFixed(2).padStart(11)} ${p95.toFixed(2).padStart(10)}   ${ratio}`,
      );
    }
  }
  console.log(
    `opening the desk: ${small.openMs.toFixed(0)} ms with ${small.size}, ${large.openMs.toFixed(0)} ms with ${large.size} requests (their receipts are not in this ledger)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

type Inbox = { size: number; openMs: number; times: Record<'list' | 'judge' | 'letter', number[]> };

async function inboxOf(size: number): Promise<Inbox> {
  const dir = join(folder, String(size));
  await perform(init, {}, { dir, actor: 'R. Alder' });
  {
    await using house = await openHouse(dir, 'R. Alder');
    const docket = house.docket();
    docket.atOnce(() => {
      for (let index = 0; index < size; index++) {
        const file = reviewed(requestNumber(index));
        docket.add(file, [receiveAct(requestNumber(index))], summaryOf(file, POLICY), marksOf(file));
      }
    });
  }
  const began = performance.now();
  await using house = await openHouse(dir, 'R. Alder');
  house.docket().list({ limit: 1 });
  const openMs = performance.now() - began;
  const task = {
    act: 'bench',
    begins: '',
    progress() {},
    tell() {},
    async out() {},
    reaches: () => true,
    part: () => Promise.reject(new Error('no parts')),
  };
  const times: Inbox['times'] = { list: [], judge: [], letter: [] };
  for (let round = 0; round < measured + 20; round++) {
    const request = requestNumber((round * 7919) % size).id;
    const took = {
      list: await timed(() => requestList.run(house, requestList.input.parse({}), task)),
      judge: await timed(() =>
        requestJudge.run(house, requestJudge.input.parse({ request, at: '2026-09-12T10:00:00Z' }), task),
      ),
      letter: await timed(() =>
        requestLetter.run(
          house,
          requestLetter.input.parse({
            request,
            out: join(folder, 'letter'),
            'no-pdf': true,
            at: '2026-09-12T10:00:00Z',
          }),
          task,
        ),
      ),
    };
    // The first rounds load rules and typefaces.
    if (round >= 20) for (const act of ['list', 'judge', 'letter'] as const) times[act].push(took[act]);
  }
  return { size, openMs, times };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

/** Five kinds of demand from forty agencies about many accounts, some of them sent twice or held before. */
function requestNumber(index: number): LegalRequest {
  const make = [order, warrant, subpoena, emergency, europeanOrder][index % 5]!;
  const receivedAt = new Date(Date.UTC(2026, 5, 1) + index * 60_000).toISOString();
  return make({
    id: `r-${index.toString(16).padStart(10, '0')}`,
    receivedAt,
    documents: [{ name: 'order.pdf', sha256: (index % 997 === 0 ? 7 : index).toString(16).padStart(64, '0') }],
    instrument: { caseNo: `26-cr-${index % 5000}` },
    targets: [{ type: 'account-id', value: String(100_000_000_000_000 + (index % 20_011)) }],
    items: [
      { id: '1', target: 0, category: 'DC-01', rawText: 'subscriber' },
      { id: '2', target: 0, category: 'DC-12', rawText: 'any and all messages' },
      {
        id: '3',
        target: 0,
        category: 'DC-11',
        from: '2026-02-01T00:00:00Z',
        to: '2026-05-01T00:00:00Z',
        rawText: 'positions',
      },
    ],
  });
}

function reviewed(request: LegalRequest) {
  const file = receivedFile(request);
  const kind = `${request.kind} ${request.instrument.type}`;
  const judgement = judgements.get(kind) ?? judge(set, asJudged(file), contextFor());
  judgements.set(kind, judgement);
  return fileAfter(file, [{ act: 'review', judgement, policy: 0, directory: 0, holds: [] }, 'in_review']);
}
