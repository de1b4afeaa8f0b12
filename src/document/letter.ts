/**
 * A letter as data, and the three ways it is sent: as text in a mail, as a page, as a PDF. All three say the same.
 *
 * Texts are as stored; each rendering makes hostile characters visible and escapes for itself. Only the PDF needs Typst.
 */
import type { Block, Fact } from './document.ts';
import { block, text } from './html-blocks.ts';
import { page } from './html-page.ts';
import { blocksText, factsText, listText, underlined, wrapped } from './text.ts';
import { typeset } from './typst.ts';

/** `lines` is the postal address, `contact` how else to reach them. */
export type Party = { name: string; lines: string[]; contact: string[] };

export type Letter = {
  from: Party;
  to: Party;
  /** `YYYY-MM-DD`, or null for a draft. */
  day: string | null;
  /** Such as `Our reference` and `Your reference`. */
  references: Fact[];
  subject: string;
  salutation: string | null;
  blocks: Block[];
  closing: string;
  signature: { name: string; title: string };
  enclosures: string[];
  /** At the foot of every page. */
  footer: string;
  paper: 'a4' | 'us-letter';
};

/** For the body of a mail, in lines of at most 78 columns. */
export function letterText(letter: Letter): string {
  const { from, to, subject, salutation, blocks, closing, signature, enclosures, footer } = letter;
  return `${joined([
    partyText(from),
    partyText(to),
    factsText(datedReferences(letter)),
    underlined(subject, '='),
    ...(salutation === null ? [] : [wrapped(salutation)]),
    blocksText(blocks),
    wrapped(closing),
    [signature.name, signature.title].map((line) => wrapped(line)).join('\n'),
    ...(enclosures.length === 0 ? [] : [`Enclosures\n${listText(enclosures, true)}`]),
    ...(footer === '' ? [] : [`-- \n${wrapped(footer)}`]),
  ])}\n`;
}

/** `fonts` is `system` for the body of a mail: the embedded typeface weighs a megabyte. */
export function letterHtml(letter: Letter, fonts: 'embedded' | 'system' = 'embedded'): string {
  const { from, to, subject, salutation, blocks, closing, signature, enclosures, footer, paper } = letter;
  const lines = (all: string[]) => all.map(text).join('<br>');
  const references = datedReferences(letter)
    .map(({ term, value, mono }) => `<dt>${text(term)}</dt><dd${mono ? ' class="mono"' : ''}>${text(value)}</dd>`)
    .join('');
  const body = `<header class="letterhead">
<p class="sender">${text(from.name)}</p>
<address>${lines([...from.lines, ...from.contact])}</address>
</header>
<main>
<div class="opening">
<address><strong>${text(to.name)}</strong><br>${lines([...to.lines, ...to.contact])}</address>
${references === '' ? '' : `<dl class="references">${references}</dl>`}
</div>
<h1>${text(subject)}</h1>
${salutation === null ? '' : `<p>${text(salutation)}</p>`}
${blocks.map(block).join('\n')}
<div class="signature"><p>${text(closing)}</p><p><strong>${text(signature.name)}</strong><br><span class="small">${text(signature.title)}</span></p></div>
${enclosures.length === 0 ? '' : `<section class="enclosures"><h2>Enclosures</h2><ol>${enclosures.map((one) => `<li>${text(one)}</li>`).join('')}</ol></section>`}
</main>
<footer><p>${text(footer)}</p></footer>`;
  return page(subject, body, { extraStyle: STYLE + SHEET[paper], fonts });
}

/** The bytes of the PDF; the same letter gives the same bytes. Starts Typst in a thread, which takes a second or more. */
export async function letterPdf(letter: Letter): Promise<Uint8Array> {
  return await typeset('letter', { ...letter, title: letter.subject, date: dateInWords(letter.day) }, letter.blocks);
}

function datedReferences({ day, references }: Letter): Fact[] {
  const date = dateInWords(day);
  return date === null ? references : [{ term: 'Date', value: date }, ...references];
}

function partyText({ name, lines, contact }: Party): string {
  return [name, ...lines, ...contact].map((line) => wrapped(line)).join('\n');
}

function joined(parts: string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

/** `4 September 2026`: no reader takes the month for the day. */
export function dateInWords(day: string | null): string | null {
  if (day === null) return null;
  const date = Temporal.PlainDate.from(day);
  return `${date.day} ${MONTHS[date.month - 1]} ${date.year}`;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const SHEET = {
  a4: '',
  'us-letter': '@media print{@page{size:letter}}',
};

const STYLE = `
body{max-width:46rem}
address{font-style:normal}
.letterhead{display:flex;justify-content:space-between;gap:1.5rem;border-bottom:2px solid var(--ink);padding-bottom:.9rem;margin-bottom:2rem}
.letterhead address{text-align:right;color:var(--soft);font-size:.85rem;line-height:1.4}
.sender{font-size:1.35rem;font-weight:600;color:var(--blue);line-height:1.2;margin:0}
.opening{display:flex;justify-content:space-between;gap:2rem;margin-bottom:2.2rem}
.opening address{flex:1}
.references{flex:1;display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;align-content:start;font-size:.9rem;margin:0}
h1{font-size:1.4rem;line-height:1.25;margin:0 0 1.1rem;letter-spacing:0}
.signature{margin-top:2rem;break-inside:avoid}.signature p:first-child{margin-bottom:3rem}
.enclosures{margin-top:2rem;font-size:.9rem;break-inside:avoid}.enclosures h2{font-size:.95rem;border:0;padding:0;margin:0 0 .3rem}
footer{margin-top:3rem}
@media (max-width:34rem){.letterhead,.opening{flex-direction:column;gap:.8rem}.letterhead address{text-align:left}}
`;
