/** The thread behind `startHelper`: opens the index for itself and answers what it is sent, one part after another. */
import { parentPort, workerData } from 'node:worker_threads';
import { answerRows, ReasonCounts } from './answer-rows.ts';
import { CellWriter } from './cells.ts';
import { groundOf } from './ground.ts';
import type { HelperJob, HelperPlace, HelperResult } from './helper.ts';
import { openIndex } from './index-open.ts';
import { answererOn } from './log-answers.ts';
import { RowReader } from './login-rows.ts';

const { source, folder, index, now } = workerData as HelperPlace;
const port = parentPort!;
const opened = openIndex(source, { folder, index });

port.on('message', (job: HelperJob) => void answer(job));

async function answer({ bytes, form }: HelperJob): Promise<void> {
  const log = await opened;
  if (!log) throw new Error('the index is gone');
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const cells = new CellWriter(form.plan.delimiter, (part) => void parts.push(new Uint8Array(part)));
  const counts = new ReasonCounts();
  const { chunk } = new RowReader(form.plan).read(Buffer.from(bytes.buffer), true, 0);
  await answerRows(answererOn(log, groundOf(source, now)), chunk, form, cells, counts);
  const result: HelperResult = { parts, told: counts.told, rows: chunk.asked.count };
  port.postMessage(
    result,
    parts.map((part) => part.buffer),
  );
}
