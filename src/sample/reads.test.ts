/** Whether the formats read in the sample's files what the simulator put there, row for row. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { microsFrom } from '../base/interval.ts';
import { fileInMemory, openReturn } from '../formats/reading/open.ts';
import { formats, recognise } from '../formats/register.ts';
import { readProfile } from '../formats/table/profile.ts';
import { type IdentifierType, identifier } from '../record/identifier.ts';
import { covers, type Scope } from '../scope/scope.ts';
import type { SampleInstrument } from './instruments.ts';
import { sampleMatter } from './matter.ts';

const matter = await sampleMatter();
const known = await formats();
const profile = readProfile(JSON.parse(JSON.stringify(matter.profile)));

function scopeOf({ number, items }: SampleInstrument): Scope {
  const scoped = items.map(({ target, categories, began, ended }, n) => ({
    id: String(n + 1),
    target: identifier(target.type as IdentifierType, target.value)!,
    categories,
    range: { began: microsFrom(began)!, ended: microsFrom(ended)! },
  }));
  return { instrument: number, version: 1, items: scoped };
}

for (const { name, bytes, instrument, withProfile } of matter.files) {
  test(`${name} has one way to be read, and its events are kept and sealed as the story says`, async () => {
    const scope = scopeOf(matter.instruments.find(({ number }) => number === instrument)!);
    for await (const opened of openReturn([fileInMemory(name, bytes)])) {
      assert.ok('file' in opened);
      const expected = matter.truth.counts[opened.file.name];
      if (!expected) continue;
      const claims = await recognise(opened.file, []);
      // Nothing claims a layout that is nobody's own: it is read with the profile.
      assert.equal(claims.length, withProfile ? 0 : 1, opened.file.name);
      const format = known[withProfile ? 'table' : claims[0]!.format]!;
      const context = { siblings: [], profile: withProfile ? profile : undefined };
      const found = { rows: 0, kept: 0, sealed: {} as Record<string, number>, repeated: expected.repeated };
      let facts = 0;
      for await (const reading of format.read(opened.file, context)) {
        assert.ok(!('unreadable' in reading), opened.file.name);
        if (!('record' in reading)) continue;
        const { kind, ...row } = reading.record;
        if (kind === 'fact') {
          facts += 1;
          continue;
        }
        const decision = covers(scope, { ...row, state: false });
        found.rows += 1;
        if ('item' in decision) found.kept += 1;
        else found.sealed[decision.sealed] = (found.sealed[decision.sealed] ?? 0) + 1;
      }
      assert.deepEqual(found, expected, opened.file.name);
      const stated = Object.values(matter.truth.facts[opened.file.name] ?? {}).reduce((sum, count) => sum + count, 0);
      assert.equal(facts, stated, opened.file.name);
    }
  });
}

test('the two references are read row for row by the formats of their tables', async () => {
  for (const { name, bytes } of matter.references) {
    const file = fileInMemory(name, bytes);
    const claims = await recognise(file, []);
    assert.equal(claims.length, 1, name);
    let rows = 0;
    for await (const reading of known[claims[0]!.format]!.read(file, { siblings: [] })) {
      assert.ok('reference' in reading, name);
      rows += 1;
    }
    assert.equal(rows, new TextDecoder().decode(bytes).trimEnd().split('\n').length - 1);
  }
});

test('every login of the record is read with its own address, port and time, page breaks or not', async () => {
  const { name, bytes } = matter.files[0]!;
  for await (const opened of openReturn([fileInMemory(name, bytes)])) {
    assert.ok('file' in opened);
    if (!opened.file.name.startsWith(`${name}!records.html`)) continue;
    const read: { at: bigint | null; ip: string | undefined; port: number | null }[] = [];
    for await (const reading of known['meta-business-record']!.read(opened.file, { siblings: [] })) {
      if (!('record' in reading) || !reading.locator.startsWith('property-ip_addresses')) continue;
      const { began, values } = reading.record;
      read.push({ at: began, ip: values.ip, port: values.port ?? null });
    }
    const truly = matter.truth.logins.map(({ at, ip, port }) => ({ at: microsFrom(at), ip, port }));
    assert.deepEqual(read, truly);
  }
});

test('a transfer is read with the instants it was sent and collected at, each in the zone of its row', async () => {
  const { name, bytes } = matter.files.find(({ withProfile }) => withProfile)!;
  const read = new Map<string, { sent: bigint | null; place: (number | undefined)[]; mentions: string[] }>();
  for await (const reading of known.table!.read(fileInMemory(name, bytes), { siblings: [], profile })) {
    if (!('record' in reading)) continue;
    const { began, values, mentions } = reading.record;
    const place = [values.latitude, values.longitude];
    read.set(values.reference!, { sent: began, place, mentions: (mentions ?? []).map(({ who }) => who.value) });
    assert.ok(values.paid_began! > began!);
  }
  for (const { reference, sent, agent } of matter.truth.transfers) {
    const { listed } = matter.truth.agents.find((one) => one.name === agent)!;
    const row = read.get(reference)!;
    assert.equal(row.sent, microsFrom(sent));
    assert.deepEqual(row.place, [listed.latitude, listed.longitude]);
    // The sender is known by the number the subpoena names, however the clerk typed the name.
    assert.ok(row.mentions.includes(matter.truth.subscriber));
  }
});
