/** The commands as the contract words them: status, one JSON document, nothing but output on standard output, help. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { OPERATIONS } from '../src/desk/desks.ts';
import { OWN_COLUMNS } from '../src/record/record.ts';
import { office, paperFor, type Ran } from './command.ts';
import { commandsHere } from './refusals.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
const ZIP = fixture('meta-business-record/zip-with-preservation/return/5550149.zip');
const EVERY_ROW = [
  'id', 'kind', 'return', 'file', 'locator', 'item', 'account', 'began', 'ended', 'precision', 'time_as_stored',
  'zone_basis', 'raw',
]; // biome-ignore format: design.md, section 3

type Json = Record<string, unknown>;

const instagram = () => ({
  ...paperFor('instagram-id', '17841400000000049', ['DC-01', 'DC-02'], 'US-2703D'),
  items: [
    {
      target: { type: 'instagram-id', value: '17841400000000049' },
      categories: ['DC-01', 'DC-02'],
      began: '2025-01-01T00:00:00Z',
      ended: '2025-07-01T00:00:00Z',
    },
  ],
});

/** Status 0, and exactly one JSON document on standard output and nothing beside it. */
function answered(ran: Ran, words: string): Json {
  assert.equal(ran.status, 0, `${words}: ${ran.err}`);
  assert.equal(ran.err, '', `${words} says nothing else`);
  assert.match(ran.out, /^[[{][\s\S]*[\]}]\n$/, words);
  return JSON.parse(ran.out) as Json;
}

test('every command of the contract answers --json with one document and the fields the design names', () => {
  // As whoever calls it from elsewhere does: a process a command.
  using desk = office({ ownProcesses: true });
  const ask = (...words: string[]) => answered(desk.run(...words, '--json'), words.join(' '));
  const has = (output: Json, ...fields: string[]) => {
    for (const field of fields) assert.ok(Object.hasOwn(output, field), `${field} is missing`);
    return output;
  };
  const made = answered(desk.run('init', '--data', desk.path('other'), '--json'), 'init');
  has(made, 'data', 'person', 'oversightKey', 'oversightRecipient', 'ledgerKey');
  assert.ok(existsSync(String(made['oversightKey'])));

  const matter = String(has(ask('matter', 'create', '--name', 'Doña Ana'), 'matter')['matter']);
  const listed = ask('matter', 'list')['matters'] as Json[];
  assert.deepEqual(
    listed.map((one) => [one['matter'], one['name']]),
    [[matter, 'Doña Ana']],
  );

  writeFileSync(desk.path('instrument.json'), JSON.stringify(instagram()));
  writeFileSync(desk.path('order.pdf'), 'an invented order');
  const adding = ['instrument', 'add', '--matter', matter, '--file', desk.path('instrument.json')];
  const added = has(ask(...adding, '--document', desk.path('order.pdf')), 'instrument', 'findings');
  assert.deepEqual(added['findings'], []);
  const instrument = String(added['instrument']);
  const approved = ask('instrument', 'approve', '--matter', matter, '--instrument', instrument, '--as', 'D. Quill');
  assert.deepEqual([approved['instrument'], approved['approvedBy']], [instrument, 'D. Quill']);
  const papers = ask('instrument', 'list', '--matter', matter)['instruments'] as Json[];
  assert.equal(papers[0]!['approvedBy'], 'D. Quill');

  const receipt = ask('import', '--matter', matter, '--instrument', instrument, ZIP);
  assert.match(String(receipt['sha256']), /^[0-9a-f]{64}$/);
  assert.match(String(receipt['return']), /^\S+$/);
  assert.equal(receipt['format'], 'meta-business-record');
  const sums = ['seen', 'kept', 'sealed', 'unreadable', 'duplicates'].map((name) => receipt[name]);
  assert.deepEqual(sums, [5, 1, 2, 1, 1]);
  assert.deepEqual(receipt['sealedBy'], { 'another account': 1, 'category not covered': 1 });
  const statedScope = receipt['statedScope'] as Json[];
  assert.deepEqual(statedScope[0]!['targets'], [{ type: 'instagram-id', value: '17841400000000049' }]);
  const mismatches = receipt['mismatches'] as Json[];
  assert.ok(
    mismatches.some(({ about }) => about === 'target'),
    'the inner record is of an account nobody named',
  );
  assert.deepEqual((ask('receipts', '--matter', matter)['receipts'] as Json[])[0], receipt);

  const rows = ask('records', '--matter', matter) as unknown as Json[];
  assert.equal(rows.length, 1);
  has(rows[0]!, ...EVERY_ROW, ...OWN_COLUMNS.session);
  assert.deepEqual(ask('records', '--matter', matter, '--kind', 'transfer'), []);

  const questions = ask('ask')['questions'] as Json[];
  assert.ok(questions.length >= 2);
  for (const one of questions) {
    has(one, 'question', 'asks', 'limits', 'parameters');
    const finding = ask('ask', String(one['question']), '--matter', matter);
    has(
      finding,
      'question',
      'method',
      'parameters',
      'inputs',
      'statement',
      'leftOut',
      'limits',
      'sensitivity',
      'digest',
    );
    assert.equal((finding['inputs'] as Json)['records'], 1);
  }
  if (OPERATIONS.some(({ words }) => words === 'report')) {
    ask('report', '--matter', matter, '--out', desk.path('report'));
    for (const name of ['report.html', 'report.pdf']) assert.ok(existsSync(desk.path(`report/${name}`)), name);
  }

  const formats = ask('formats')['formats'] as Json[];
  for (const one of formats) has(one, 'name', 'title', 'support', 'sources', 'limits');
  const recognised = ask('recognise', fixture('t-mobile-cdr/location-version/return/CDR_15755550123.xlsx'));
  assert.equal(recognised['format'], 't-mobile-cdr');
  const inside = ask('recognise', ZIP)['files'] as Json[];
  assert.ok(inside.length > 3, 'file by file for a zip');

  const shown = ask('ledger', 'show')['entries'] as Json[];
  assert.ok(shown.some(({ act, result }) => act === 'import' && result === 'ok'));
  const { checkpoint, vkey } = ask('ledger', 'checkpoint') as unknown as { checkpoint: string; vkey: string };
  assert.match(checkpoint, /\n— \S+ \S+\n$/);
  ask('ledger', 'export', '--out', desk.path('ledger-copy'));
  writeFileSync(desk.path('kept.txt'), checkpoint);
  const verdict = ask('verify', desk.path('ledger-copy'), '--key', vkey, '--older', desk.path('kept.txt'));
  assert.deepEqual([verdict['verdict'], verdict['against']], ['VERIFIED', 'the key given']);
});

test('verify needs no data directory and no person', () => {
  using desk = office();
  desk.run('ledger', 'export', '--out', desk.path('copy'));
  const env = { FOURCORNERS_DATA: desk.path('nothing'), FOURCORNERS_AS: '' };
  Object.assign(desk.env, env);
  const ran = desk.run('verify', desk.path('copy'));
  assert.deepEqual([ran.status, ran.err], [0, '']);
  assert.match(ran.out, /^VERIFIED/);
  assert.ok(!existsSync(desk.path('nothing')));
});

test('help shows an example for every command', async () => {
  for (const { words, does, example } of OPERATIONS) {
    let help = '';
    const program = commandsHere(
      'data',
      async () => assert.fail('it was done'),
      (text) => {
        help += text;
      },
    );
    await assert.rejects(program.parseAsync([...words.split(' '), '--help'], { from: 'user' }), { exitCode: 0 });
    assert.ok(help.includes(`Example:\n  ${example}`), words);
    assert.ok(example.startsWith(`fourcorners ${words}`), `${words}: its example calls it`);
    assert.ok(help.replace(/\s+/g, ' ').includes(does), words);
  }
});

test('help is output, wherever it is asked, and lists every command', () => {
  using desk = office();
  const help = (...words: string[]) => {
    const ran = desk.run(...words);
    assert.deepEqual([ran.status, ran.err], [0, ''], words.join(' '));
    return ran.out;
  };
  const whole = help('help');
  assert.equal(help('--help'), whole);
  for (const { words } of OPERATIONS) assert.ok(whole.includes(`  ${words.split(' ')[0]}`), words);
  for (const words of [['import'], ['instrument', 'add']])
    assert.equal(help('help', ...words), help(...words, '--help'));
  assert.match(help('help', 'ledger'), /fourcorners ledger checkpoint > checkpoint.txt/);
});

test('--data, --as and --json may stand before or after the words of a command', () => {
  using desk = office();
  const data = desk.env['FOURCORNERS_DATA']!;
  delete desk.env['FOURCORNERS_DATA'];
  delete desk.env['FOURCORNERS_AS'];
  const before = ['--data', data, '--as', 'B. First', '--json', 'matter', 'create', '--name', 'x'];
  const after = ['matter', 'create', '--name', 'x', '--json', '--data', data, '--as', 'L. Last'];
  const between = ['matter', '--data', data, 'create', '--as=M. Middle', '--name', 'x', '--json'];
  for (const words of [before, after, between]) answered(desk.run(...words), words.join(' '));
  const listed = answered(desk.run('matter', 'list', '--data', data, '--as', 'X', '--json'), 'list')[
    'matters'
  ] as Json[];
  assert.deepEqual(listed.map((one) => one['openedBy']).sort(), ['B. First', 'L. Last', 'M. Middle']);
  desk.env['FOURCORNERS_AS'] = 'E. Nvironment';
  desk.env['FOURCORNERS_DATA'] = desk.path('nothing');
  const over = ['matter', 'create', '--name', 'y', '--data', data, '--as', 'O. Ver', '--json'];
  assert.equal(desk.run(...over).status, 0, 'what is said on the line goes before the environment');
  assert.equal(desk.run('matter', 'list').status, 1);
});

test('the same production again adds nothing and says so; the matter is the same after', () => {
  using desk = office();
  const { matter, instrument } = desk.matterWith(instagram());
  const again = () => desk.run('import', '--matter', matter, '--instrument', instrument, ZIP, '--json').json() as Json;
  const first = again();
  const records = desk.run('records', '--matter', matter).out;
  const second = again();
  assert.equal(first['alreadyImported'], undefined);
  assert.equal(second['alreadyImported'], first['return']);
  const { seen, kept, sealed, unreadable, duplicates } = second;
  assert.deepEqual([seen, kept, sealed, unreadable, duplicates], [first['seen'], 0, 0, 0, first['seen']]);
  assert.deepEqual(second['sealedBy'], {});
  assert.equal(desk.run('records', '--matter', matter).out, records);
  const listed = desk.run('receipts', '--matter', matter, '--json').json()['receipts'];
  assert.deepEqual(listed, [first]);
  assert.match(
    desk.run('import', '--matter', matter, '--instrument', instrument, ZIP).out,
    /imported under this paper before/,
  );
});

test('a ledger is called what its house named it, in its key and every checkpoint; another name is none of its own', () => {
  using desk = office();
  const data = desk.path('named');
  const named = (...words: string[]) => desk.run(...words, '--data', data, '--json');
  assert.equal(named('init', '--ledger-name', 'no name').status, 2);
  assert.ok(!existsSync(data));
  const made = answered(named('init', '--ledger-name', 'desk.example/ledger'), 'init');
  assert.match(String(made['ledgerKey']), /^desk\.example\/ledger\+[0-9a-f]{8}\+/);
  answered(named('matter', 'create', '--name', 'One'), 'matter create');
  const checkpoint = () => readFileSync(join(data, 'ledger', 'checkpoint'), 'utf8');
  assert.match(checkpoint(), /^desk\.example\/ledger\n/);
  const verified = answered(desk.run('verify', data, '--json'), 'verify');
  assert.match(JSON.stringify(verified), /desk\.example\/ledger/);

  const vkey = join(data, 'ledger', 'log.vkey');
  const before = readFileSync(vkey, 'utf8');
  writeFileSync(vkey, before.replace('desk.example', 'other.example'));
  const refused = named('matter', 'list');
  assert.equal(refused.status, 1);
  assert.match(refused.err + refused.out, /ledger\/key-differs/);
  writeFileSync(vkey, before);
  assert.equal(named('matter', 'list').status, 0);
});
