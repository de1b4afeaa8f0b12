/** The sample matter, end to end: its login record and its lease log, compared with what the simulator knows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { microsFrom } from '../../base/interval.ts';
import { fileInMemory, openReturn } from '../../formats/reading/open.ts';
import { formats, recognise } from '../../formats/register.ts';
import { identifier, type IdentifierType } from '../../record/identifier.ts';
import { sampleMatter } from '../../sample/matter.ts';
import { covers, type Scope } from '../../scope/scope.ts';
import corroboration from '../corroboration.ts';
import { NOTHING_KNOWN } from '../places.ts';
import { type MemoryRecord, memoryRecords } from '../simulation/memory-records.ts';

const { files, instruments, truth } = await sampleMatter();
const known = await formats();

async function inScope(name: string, inner: string): Promise<{ records: MemoryRecord[]; ranges: { item: string; target: string; category: string; began: bigint; ended: bigint }[] }> {
  const { bytes, instrument } = files.find((file) => file.name === name)!;
  const paper = instruments.find(({ number }) => number === instrument)!;
  const items = paper.items.map(({ target, categories, began, ended }, n) => ({
    id: String(n + 1),
    target: identifier(target.type as IdentifierType, target.value)!,
    categories,
    range: { began: microsFrom(began)!, ended: microsFrom(ended)! },
  }));
  const scope: Scope = { instrument: paper.number, version: 1, items };
  const records: MemoryRecord[] = [];
  for await (const opened of openReturn([fileInMemory(name, bytes)])) {
    assert.ok('file' in opened);
    if (opened.file.name !== inner) continue;
    const { format } = (await recognise(opened.file, []))[0]!;
    for await (const reading of known[format]!.read(opened.file, { siblings: [] })) {
      if (!('record' in reading)) continue;
      const { kind, subjects, category, began, ended, precision, values } = reading.record;
      const decision = covers(scope, { ...reading.record, state: kind === 'fact' });
      if (!('item' in decision)) continue;
      const account = { account: subjects[0]!.value, account_type: subjects[0]!.type };
      const source = { id: `${inner} ${reading.locator}`, return: name, file: inner, format, item: decision.item, locator: reading.locator };
      records.push({ ...source, kind, category, ...account, began, ended, precision, ...values } as MemoryRecord);
    }
  }
  const ranges = items.flatMap(({ id, target, categories, range }) =>
    categories.map((category) => ({ item: id, target: `${target.type} ${target.value}`, category, ...range })),
  );
  return { records, ranges };
}
const meta = await inScope('meta-1190042.zip', 'meta-1190042.zip!records.html');
const nat = await inScope('t-mobile-nat-port-blocks.csv', 't-mobile-nat-port-blocks.csv');

async function ask(parameters: Record<string, string>, records = [...meta.records, ...nat.records]) {
  await using scoped = await memoryRecords(records, { ranges: [...meta.ranges, ...nat.ranges] });
  return await corroboration.run({ scoped, places: NOTHING_KNOWN }, corroboration.params.parse(parameters));
}

test('x', async () => {
  const answer = await ask({});
  console.log(answer.statement, JSON.stringify(answer.result.reasons, null, 1), answer.sensitivity, answer.leftOut, answer.result.leaseLog, answer.result.perSubscriber);
  const byTime = new Map((answer.result.rows as any[]).map((r) => [r.began + r.ip + r.port, r]));
  const cross: Record<string, number> = {};
  for (const l of truth.logins.filter((one) => one.inRange)) {
    const r = byTime.get(l.at + l.ip + l.port);
    const k = `${l.comparison} → ${r?.answer} ${r?.reason}`;
    cross[k] = (cross[k] ?? 0) + 1;
    if (l.comparison === 'no match' || r?.answer === 'none') console.log(l, r);
  }
  console.log(cross);
});
