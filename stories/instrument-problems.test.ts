/** Every field of `instrument.json` that is wrong is named, all of them at once, and nothing is added. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isProblem, type Problem } from '../src/base/problem.ts';
import { instrumentAdd } from '../src/desk/instrument.ts';
import { matterCreate } from '../src/desk/matter.ts';
import { paperFor } from './command.ts';
import { type Door, door, EXAMINER } from './door.ts';

type Paper = ReturnType<typeof paperFor> & Record<string, unknown>;
type Item = Record<string, unknown>;

const item = (change: Item) => (paper: Paper) => ({ ...paper, items: [{ ...paper.items[0]!, ...change }] });
const target = (type: string, value: unknown) => item({ target: { type, value } });
const without = (field: string) => (paper: Paper) =>
  Object.fromEntries(Object.entries(paper).filter(([name]) => name !== field));

const WRONG: [what: string, change: (paper: Paper) => unknown, names: RegExp][] = [
  ['a list', () => [], /the instrument: /],
  ['a text', () => 'warrant', /the instrument: /],
  ['nothing', () => null, /the instrument: /],
  ['an unknown kind', (paper) => ({ ...paper, kind: 'WARRANT' }), /kind: .*US-WARRANT/],
  ['no kind', without('kind'), /kind: /],
  ['no number', without('number'), /number: needed for US-WARRANT/],
  ['no issuer', without('issuer'), /issuer: needed for US-WARRANT/],
  ['an issuer without a name', (paper) => ({ ...paper, issuer: { role: 'judge' } }), /issuer\.name: /],
  ['no purpose', (paper) => ({ ...paper, purpose: '  ' }), /purpose: not empty/],
  ['a date in words', (paper) => ({ ...paper, issuedOn: 'March 20, 2017' }), /issuedOn: a date as YYYY-MM-DD/],
  ['a field no paper has', (paper) => ({ ...paper, race: 'x' }), /race/],
  ['no items', (paper) => ({ ...paper, items: [] }), /items: at least one item/],
  ['items that are none', (paper) => ({ ...paper, items: 'all' }), /items: /],
  ['an item that is none', (paper) => ({ ...paper, items: [paper.items[0], 7] }), /items\[1\]: /],
  ['no category', item({ categories: [] }), /items\[0\]\.categories: at least one/],
  ['an unknown category', item({ categories: ['DC-99'] }), /items\[0\]\.categories\[0\]: /],
  ['a start without zone', item({ began: '2017-02-01T00:00:00' }), /items\[0\]\.began: a time with its zone/],
  ['a start that is no day', item({ began: '2017-02-30T00:00:00Z' }), /items\[0\]\.began: /],
  ['an end before the start', item({ ended: '2017-01-01T00:00:00Z' }), /items\[0\]\.ended: after began/],
  ['an end at the start', item({ ended: '2017-02-01T00:00:00Z' }), /items\[0\]\.ended: after began/],
  ['an unknown target type', target('licence-plate', 'X'), /items\[0\]\.target\.type: one of /],
  ['a target type every object has', target('constructor', 'X'), /items\[0\]\.target\.type: one of /],
  ['an untyped target', target('untyped', 'X'), /items\[0\]\.target\.type: one of /],
  ['a phone without its country', target('phone', '575 555 0142'), /items\[0\]\.target\.value: .*country code/],
  ['a phone in words', target('phone', '+one'), /items\[0\]\.target\.value: /],
  ['an address that is none', target('ip', '203.0.113.256'), /items\[0\]\.target\.value: not written as a ip/],
  ['a prefix that is none', target('ip-prefix', '203.0.113.0/33'), /items\[0\]\.target\.value: /],
  ['an account id in letters', target('facebook-id', 'ann.example'), /items\[0\]\.target\.value: not written as/],
  ['a value that is a number', target('facebook-id', 100000000000042), /items\[0\]\.target\.value: /],
  ['an e-mail without @', target('email', 'ann'), /items\[0\]\.target\.value: not written as/],
]; // biome-ignore format: one line a fault

async function refusal(desk: Door, matter: string, paper: unknown): Promise<Problem> {
  try {
    await desk.as(EXAMINER, instrumentAdd, { matter, file: desk.write('wrong.json', JSON.stringify(paper)) });
  } catch (error) {
    assert.ok(isProblem(error), String((error as Error).stack));
    return error;
  }
  assert.fail('it was added');
}

test('each wrong field of an instrument is named by its place', async () => {
  using desk = await door();
  const { matter } = await desk.as<{ matter: string }>(EXAMINER, matterCreate, { name: 'Story' });
  const good = paperFor('phone', '+15755550142', ['DC-02']) as Paper;
  for (const [what, change, names] of WRONG) {
    const { code, message } = await refusal(desk, matter, change(good));
    assert.equal(code, 'instrument/invalid', what);
    assert.match(message, names, what);
    assert.match(message, /^The instrument was not added\./, what);
  }
  assert.deepEqual(readdirSync(join(desk.data, 'matters', matter)), ['matter.enc'], 'nothing was added');
});

test('all wrong fields are named at once', async () => {
  using desk = await door();
  const { matter } = await desk.as<{ matter: string }>(EXAMINER, matterCreate, { name: 'Story' });
  const good = paperFor('phone', '+15755550142', ['DC-02']) as Paper;
  const { message, facts } = await refusal(desk, matter, {
    ...good,
    purpose: '',
    issuedOn: '20.3.2017',
    items: [{ ...good.items[0], ended: 'never' }],
  });
  for (const field of ['purpose', 'issuedOn', 'items[0].ended']) assert.ok(message.includes(`${field}: `), field);
  assert.deepEqual((facts['fields'] as { field: string }[]).map(({ field }) => field).sort(), [
    'issuedOn',
    'items[0].ended',
    'purpose',
  ]);
});
