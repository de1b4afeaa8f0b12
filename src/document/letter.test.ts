import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { Parser } from 'htmlparser2';
import type { Block } from './document.ts';
import { exampleLetter } from './example-letter.ts';
import { dateInWords, type Letter, letterHtml, letterPdf, letterText } from './letter.ts';
import { lettersOfPdf } from './pdf-letters.ts';

const HOSTILE =
  '<script>alert(1)</script><img src=x onerror=alert(2)>"\'&\u202egnp.exe\u0007\u200b #let x = 1 $ \\ `raw` #read("/data.json")\r\nBcc: all@example.com';

const bare = (text: string) => text.replace(/[\s\u200b]/g, '');
const ofPage = (page: string) =>
  bare(
    page
      .slice(page.indexOf('<body>'))
      .replace(/<svg[\s\S]*?<\/svg>/g, '')
      .replace(/<[^>]+>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&'),
  );

/** Every sentence of a letter that a reader should meet, pictures aside. */
function sentences(letter: Letter): string[] {
  const said = (value: unknown, key = ''): string[] => {
    if (['id', 'kind', 'tone', 'align', 'svg', 'alt', 'day', 'paper'].includes(key)) return [];
    if (typeof value === 'string') return key === 'text' ? value.split('\n') : [value];
    if (value === null || typeof value !== 'object') return [];
    return Object.entries(value).flatMap(([name, one]) => said(one, Array.isArray(value) ? key : name));
  };
  return [...said(letter), dateInWords(letter.day) ?? ''].filter((one) => one !== '');
}

test('the text, the page and the PDF say the same sentences', async () => {
  const letter = exampleLetter();
  const all = sentences(letter);
  assert.ok(all.length > 40, String(all.length));
  const ways = {
    text: bare(letterText(letter)),
    page: ofPage(letterHtml(letter, 'system')),
    pdf: lettersOfPdf(await letterPdf(letter)),
  };
  for (const [way, said] of Object.entries(ways)) {
    for (const sentence of all) assert.ok(said.includes(bare(sentence)), `${way} does not say: ${sentence}`);
  }
});

test('the same letter gives the same bytes, whatever the zone and the language', async () => {
  const letter = exampleLetter();
  const first = await letterPdf(letter);
  const again = await letterPdf(exampleLetter());
  assert.ok(Buffer.from(first).equals(again));
  const script = `Promise.all(${JSON.stringify(['./example-letter.ts', './letter.ts'].map((name) => new URL(name, import.meta.url).href))}.map((name) => import(name)))
    .then(async ([{ exampleLetter }, { letterHtml, letterText, letterPdf }]) => {
      const letter = exampleLetter();
      console.log(JSON.stringify([letterHtml(letter), letterText(letter), Buffer.from(await letterPdf(letter)).toString('base64')]));
    })`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: '' },
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  });
  assert.equal(status, 0, stderr);
  assert.deepEqual(JSON.parse(stdout), [letterHtml(letter), letterText(letter), Buffer.from(first).toString('base64')]);
});

test('hostile text in every field stays text in all three', async () => {
  const blocks: Block[] = [
    { kind: 'heading', level: 3, text: HOSTILE },
    { kind: 'paragraph', text: HOSTILE },
    { kind: 'statement', text: HOSTILE },
    { kind: 'note', tone: 'refusal', title: HOSTILE, texts: [HOSTILE] },
    { kind: 'list', items: [HOSTILE] },
    { kind: 'facts', facts: [{ term: HOSTILE, value: HOSTILE }] },
    { kind: 'table', caption: HOSTILE, columns: [{ title: HOSTILE }], rows: [[HOSTILE]], note: HOSTILE },
    { kind: 'code', text: HOSTILE },
  ];
  const party = { name: HOSTILE, lines: [HOSTILE], contact: [HOSTILE] };
  const letter: Letter = {
    from: party,
    to: party,
    day: null,
    references: [{ term: HOSTILE, value: HOSTILE, mono: true }],
    subject: HOSTILE,
    salutation: HOSTILE,
    blocks,
    closing: HOSTILE,
    signature: { name: HOSTILE, title: HOSTILE },
    enclosures: [HOSTILE],
    footer: HOSTILE,
    paper: 'a4',
  };
  const page = letterHtml(letter, 'system');
  const parser = new Parser({
    onopentag(name, attributes) {
      assert.doesNotMatch(name, /^(script|img|link|iframe|object|form|base)$/);
      for (const attribute of Object.keys(attributes)) assert.doesNotMatch(attribute, /^on|^src$|^href$/, name);
    },
  });
  parser.end(page);
  const said = { text: letterText(letter), page, pdf: lettersOfPdf(await letterPdf(letter)) };
  for (const [way, all] of Object.entries(said)) {
    for (const hidden of ['\u202e', '\u0007']) assert.ok(!all.includes(hidden), way);
    for (const shown of ['‹U+202E›', '‹U+0007›', '‹U+200B›']) assert.ok(all.includes(shown), `${way} hides ${shown}`);
  }
  assert.doesNotMatch(said.text, /^Bcc:/m, 'no line of a text is taken for one of ours');
  assert.ok(said.pdf.includes('#letx=1') && said.pdf.includes('#read("/data.json")'), 'Typst reads it as data');
});

test('a letter of a megabyte is cut and says so', async () => {
  const letter = exampleLetter({
    blocks: [
      { kind: 'paragraph', text: 'word '.repeat(200_000) },
      { kind: 'paragraph', text: 'x'.repeat(1_000_000) },
    ],
  });
  assert.ok(letterText(letter).length < 400_000);
  assert.ok(letterHtml(letter, 'system').length < 400_000);
  for (const way of [letterText(letter).replaceAll('\n', ' '), letterHtml(letter)])
    assert.match(way, /1,000,000 characters, cut here/);
  const short = exampleLetter({ subject: 's'.repeat(5000), blocks: [{ kind: 'paragraph', text: 'x'.repeat(20_000) }] });
  assert.equal(
    Buffer.from(await letterPdf(short))
      .subarray(0, 5)
      .toString(),
    '%PDF-',
  );
});

test('the PDF is tagged, has its sheet and its title, and says its pages', async () => {
  const long = exampleLetter({
    paper: 'us-letter',
    blocks: Array.from({ length: 40 }, (_, index) => ({
      kind: 'paragraph',
      text: `Paragraph ${index}. ${'Words of a long letter. '.repeat(12)}`,
    })),
  });
  const pdf = await letterPdf(long);
  const file = Buffer.from(pdf).toString('latin1');
  assert.match(file, /\/MediaBox \[0 0 612 792\]/);
  assert.match(file, /\/StructTreeRoot/);
  assert.match(file, /\/Lang/);
  const pages = file.match(/\/Type \/Page\n/g)!.length;
  assert.ok(pages >= 3);
  const said = lettersOfPdf(pdf);
  for (let page = 1; page <= pages; page++) assert.ok(said.includes(`${page}of${pages}`));
  assert.match(Buffer.from(await letterPdf(exampleLetter())).toString('latin1'), /\/MediaBox \[0 0 595\.27/);
});

test('a draft has no date, and a letter needs no salutation, enclosure or footer', async () => {
  const draft = exampleLetter({ day: null, salutation: null, references: [], enclosures: [], footer: '', blocks: [] });
  for (const said of [letterText(draft), ofPage(letterHtml(draft)), lettersOfPdf(await letterPdf(draft))]) {
    assert.doesNotMatch(said, /null|undefined|Enclosures|Date/);
  }
  assert.doesNotMatch(letterText(draft), /\n\n\n/);
});

test('the page for a mail carries no typeface and asks for nothing', () => {
  const page = letterHtml(exampleLetter(), 'system');
  assert.ok(page.length < 40_000, String(page.length));
  assert.doesNotMatch(page, /@font-face|<script|<link|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  assert.match(page, /Content-Security-Policy" content="default-src 'none'/);
});

test('a date is written so that nobody takes the month for the day', () => {
  assert.equal(dateInWords('2026-09-04'), '4 September 2026');
  assert.equal(dateInWords(null), null);
});
