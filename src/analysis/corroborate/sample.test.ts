/** The sample matter, end to end: its login record and its lease log, compared with what the simulator knows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { microsFrom } from '../../base/interval.ts';
import { fileInMemory, openReturn } from '../../formats/reading/open.ts';
import { formats, recognise } from '../../formats/register.ts';
import { type IdentifierType, identifier } from '../../record/identifier.ts';
import { sampleMatter } from '../../sample/matter.ts';
import { covers, type Scope } from '../../scope/scope.ts';
import type { Scoped } from '../../store/scoped.ts';
import corroboration from '../corroboration.ts';
import { NOTHING_KNOWN } from '../places.ts';
import { type MemoryRecord, memoryRecords } from '../simulation/memory-records.ts';

const { files, instruments, truth } = await sampleMatter();
const known = await formats();

async function inScope(name: string, inner: string): Promise<{ records: MemoryRecord[]; ranges: Scoped['ranges'] }> {
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
      const source = {
        id: `${inner} ${reading.locator}`,
        return: name,
        file: inner,
        format,
        item: decision.item,
        locator: reading.locator,
      };
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

type Row = {
  began: string;
  ip: string;
  port: number | null;
  answer: string;
  reason: string;
  subscriber: string | null;
};
const key = (at: string, ip: string, port: number | null) => `${at} ${ip} ${port}`;
const SAME = { one: 'one', several: 'several', 'no match': 'none', 'cannot tell': 'cannot tell' };

test('every login of the sample gets the answer its story gives it, but where a lease was sealed at the edge', async () => {
  const answer = await ask({});
  const rows = new Map((answer.result.rows as Row[]).map((row) => [key(row.began, row.ip, row.port), row]));
  const logins = truth.logins.filter(({ inRange }) => inRange);
  assert.equal(rows.size, logins.length);
  let sealed = 0;
  for (const login of logins) {
    const { answer: found, reason } = rows.get(key(login.at, login.ip, login.port))!;
    if (found === SAME[login.comparison!]) continue;
    // The story calls it no lease; it truly went through one of the subscriber's that crosses the end of the range.
    assert.deepEqual([login.comparison, reason, login.lease?.subscriber], ['no match', 'uncovered', truth.subscriber]);
    sealed += 1;
  }
  assert.ok(sealed <= 3, `${sealed} at the edges`);
});

test('a login said to point to one went through a lease of that subscriber, and one said to fit none did not', async () => {
  const answer = await ask({});
  const rows = new Map((answer.result.rows as Row[]).map((row) => [key(row.began, row.ip, row.port), row]));
  for (const login of truth.logins.filter(({ inRange }) => inRange)) {
    const { answer: found, subscriber } = rows.get(key(login.at, login.ip, login.port))!;
    if (found === 'one') assert.equal(login.lease?.subscriber, subscriber);
    if (found === 'none') assert.notEqual(login.lease?.subscriber, truth.subscriber);
  }
});

test('a clock an hour wrong shows in the logins that then fit no lease', async () => {
  const { sensitivity, result } = await ask({});
  const { none } = result.counts as { none: number };
  for (const change of ['slow', 'fast']) {
    const { figures } = sensitivity.find((one) => one.change.endsWith(change))!;
    assert.ok((figures!.none as number) > 2 * none);
  }
});

test('the order of the records changes nothing', async () => {
  const records = [...meta.records, ...nat.records];
  assert.equal(JSON.stringify(await ask({}, records)), JSON.stringify(await ask({}, records.toReversed())));
});
