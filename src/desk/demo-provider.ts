/** The sample order at the provider's desk: received, verified, judged, approved, produced, packaged; then imported by the examiner. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '../entry/roles.ts';
import type { Receipt } from '../importing/receipt.ts';
import type { SampleMatter } from '../sample/matter.ts';
import { agenciesCsv, DAYS, demand, expected, policy, RECEIVED, sources } from '../sample/provider-desk.ts';
import { init } from './data-directory.ts';
import { directoryApprove, directoryImport } from './directory.ts';
import { instrumentAdd, instrumentApprove } from './instrument.ts';
import { matterCreate } from './matter.ts';
import { noticeDecide, noticeSend } from './notice.ts';
import type { Operation } from './operation.ts';
import { personInvite } from './people.ts';
import { perform } from './perform.ts';
import { policyApprove, policyPropose } from './policy.ts';
import { produceCheck, produceCollect, producePackage } from './produce.ts';
import { recipientOperation } from './recipient.ts';
import { requestLetter } from './request-letter.ts';
import { requestReceive } from './request-receive.ts';
import { requestApprove, requestDecide, requestReview } from './request-review.ts';
import { requestAssign, requestCall, requestVerify } from './request-verify.ts';
import { importOperation } from './return.ts';
import { sourceAdd } from './sources.ts';

const REVIEWER = 'M. Stone';
const SECOND = 'T. Reyes';
const EXAMINER = 'R. Alder';
const EXAMINERS_SECOND = 'D. Quill';

/**
 * The same order once more, waiting in the inbox of the sample's own data directory, for whoever opens the workbench; and
 * who may enter it, with the codes that let them in once.
 */
export async function demoInbox(
  folder: string,
  dir: string,
  sample: SampleMatter,
  matter: string,
): Promise<{ request: string; codes: { name: string; role: string; code: string }[] }> {
  const files = join(folder, 'inbox');
  mkdirSync(join(files, 'provider-data'), { recursive: true });
  const put = (name: string, content: unknown) => {
    const path = join(files, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
    return path;
  };
  const by = async <T>(actor: string, operation: Operation, given: unknown): Promise<T> =>
    (await perform(operation, given, { dir, actor })) as T;
  const { recipient } = await by<{ recipient: string }>(EXAMINER, recipientOperation, {});
  await by(REVIEWER, directoryImport, { file: put('agencies.csv', agenciesCsv(recipient)) });
  await by(SECOND, directoryApprove, {});
  await by(REVIEWER, policyPropose, { file: put('policy.json', policy()) });
  await by(SECOND, policyApprove, {});
  const { declaration, files: data } = sources(sample.truth);
  for (const { name, text } of data) put(join('provider-data', name), text);
  await by(REVIEWER, sourceAdd, { file: put('accounts.json', declaration) });
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const order = demand({ issuedOn: day(-1), returnOn: day(28) });
  const { request } = await by<{ request: string }>('C. Hale', requestReceive, { file: put('request.json', order) });
  const codes: { name: string; role: string; code: string }[] = [];
  const people: [string, Role | undefined, string | undefined][] = [
    [EXAMINER, 'lead', matter],
    [EXAMINERS_SECOND, 'examiner', matter],
    [REVIEWER, 'reviewer', undefined],
    [SECOND, 'releaser', undefined],
    ['J. Marsh', 'oversight', undefined],
    ['C. Hale', 'administrator', undefined],
  ];
  for (const [name, role, of] of people) {
    const { code } = await by<{ code: string }>('C. Hale', personInvite, { name, role, ...(of ? { matter: of } : {}) });
    codes.push({ name, role: role!, code });
  }
  return { request, codes };
}

export type DemoProduction = { data: string; request: string; package: string; lines: string[]; holdsTruth: boolean };

/** `examinersData` is the data directory of the sample matter, which exists. */
export async function demoProduction(
  folder: string,
  examinersData: string,
  sample: SampleMatter,
  progress: (text: string) => void,
): Promise<DemoProduction> {
  const files = join(folder, 'provider');
  const dir = join(files, 'data');
  mkdirSync(join(files, 'provider-data'), { recursive: true });
  const put = (name: string, content: unknown) => {
    const path = join(files, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
    return path;
  };
  const by = async <T>(actor: string, operation: Operation, given: unknown, at = dir): Promise<T> =>
    (await perform(operation, given, { dir: at, actor, progress })) as T;

  progress('setting up the provider’s desk');
  await by(REVIEWER, init, { 'oversight-key': join(files, 'oversight.key') });
  const { recipient } = await by<{ recipient: string }>(EXAMINER, recipientOperation, {}, examinersData);
  await by(REVIEWER, directoryImport, { file: put('agencies.csv', agenciesCsv(recipient)) });
  await by(SECOND, directoryApprove, {});
  await by(REVIEWER, policyPropose, { file: put('policy.json', policy()) });
  await by(SECOND, policyApprove, {});
  const { declaration, files: data } = sources(sample.truth);
  for (const { name, text } of data) put(join('provider-data', name), text);
  await by(REVIEWER, sourceAdd, { file: put('accounts.json', declaration) });

  progress('judging the order');
  const received = { file: put('request.json', demand()), received: RECEIVED };
  const { request } = await by<{ request: string }>(REVIEWER, requestReceive, received);
  const verified = { request, at: DAYS.verified };
  await by(REVIEWER, requestAssign, verified);
  await by(REVIEWER, requestCall, { ...verified, answer: 'confirmed', note: 'put through by the switchboard' });
  await by(REVIEWER, requestVerify, verified);
  const reviewed = { request, at: DAYS.reviewed };
  const judged = await by<{ findings: { rule: string; message: string }[] }>(REVIEWER, requestReview, reviewed);
  for (const item of ['1', '2'])
    await by(REVIEWER, requestDecide, { ...reviewed, item, decision: 'approve', reason: 'within the order' });
  await by(REVIEWER, requestDecide, {
    ...reviewed,
    item: '3',
    decision: 'reject',
    reason: 'The order does not reach location; a warrant does.',
  });
  await by(REVIEWER, requestLetter, { ...reviewed, out: join(files, 'letter') });
  await by(SECOND, requestApprove, reviewed);
  await by(REVIEWER, noticeDecide, reviewed);
  await by(REVIEWER, noticeSend, { ...reviewed, to: 'orrin.talvane@example.com' });

  progress('producing');
  const produced = { request, at: DAYS.produced };
  const { accounting } = await by<{ accounting: { produced: number; withheld: Record<string, number> } }>(
    REVIEWER,
    produceCollect,
    produced,
  );
  await by(SECOND, produceCheck, produced);
  const made = await by<{ file: string; vkey: string }>(REVIEWER, producePackage, {
    ...produced,
    out: join(files, 'outgoing'),
  });

  progress('importing the package');
  const { matter } = await by<{ matter: string }>(
    EXAMINER,
    matterCreate,
    { name: 'Sample: the same order, answered by a package' },
    examinersData,
  );
  const paper = put('instrument.json', sample.instruments[0]!);
  const { instrument } = await by<{ instrument: string }>(
    EXAMINER,
    instrumentAdd,
    { matter, file: paper },
    examinersData,
  );
  await by(EXAMINERS_SECOND, instrumentApprove, { matter, instrument }, examinersData);
  const receipt = await by<Receipt>(
    EXAMINER,
    importOperation,
    { matter, instrument, files: [made.file], sender: made.vkey },
    examinersData,
  );

  const truth = expected(sample.truth);
  const withheld = Object.values(accounting.withheld).reduce((sum, count) => sum + count, 0);
  const holdsTruth = accounting.produced === truth.rows && withheld === truth.outside && receipt.kept === truth.rows;
  return {
    data: dir,
    request,
    package: made.file,
    holdsTruth,
    lines: [
      '',
      'The provider’s desk',
      `  ${request}: item 3 is not reached by this order (${judged.findings.map(({ rule }) => rule).join(', ')}); items 1 and 2 were approved by a second person, and the user was told.`,
      `  ${accounting.produced} rows produced, ${withheld} of the account outside the order withheld; ${receipt.verified?.said.split(';')[0]}.`,
      `  Imported by the examiner without retyping: ${receipt.seen} seen = ${receipt.kept} kept + ${receipt.sealed} sealed + ${receipt.unreadable} not readable + ${receipt.duplicates} duplicates`,
      `  Truth: the order covers ${truth.rows} rows of the account, ${truth.outside} lie outside it`,
    ],
  };
}
