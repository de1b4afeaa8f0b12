/** The page of the verifier: takes what is dropped, shows the verdict and each fact. Everything it shows is text. */
import type { Files } from './bytes.ts';
import { dropped, type Found, readable } from './dropped.ts';
import type { Verdict } from './facts.ts';
import { verify } from './verify.ts';

const at = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const shown = (words: string) =>
  words
    .slice(0, 2000)
    .replace(UNSEEN, (one) => `⟨U+${one.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`);

let files: Files = new Map();
let last: Verdict | null = null;

function element(name: string, words = '', of = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = shown(words);
  if (of) made.className = of;
  return made;
}

function take(given: readonly Found[]): void {
  files = readable(given);
  at('chosen').textContent =
    files.size === 0
      ? 'Nothing is chosen yet.'
      : `${files.size} ${files.size === 1 ? 'file' : 'files'}: ${shown([...files.keys()].slice(0, 3).join(', '))}${files.size > 3 ? ', …' : ''}`;
}

function show(verdict: Verdict): void {
  last = verdict;
  const out = at('verdict');
  out.replaceChildren();
  const heading = element('h2', verdict.word, verdict.word === 'VERIFIED' ? 'good' : 'bad');
  heading.tabIndex = -1;
  out.append(heading);
  if (verdict.code) out.append(element('p', `Code: ${verdict.code}`));
  if (verdict.against) out.append(element('p', `Against: ${verdict.against}.`));
  if (verdict.upTo) out.append(element('p', `Up to: ${verdict.upTo}.`));
  const list = document.createElement('ul');
  for (const { ok, code, place, said } of verdict.facts) {
    const line = document.createElement('li');
    line.append(
      element('strong', ok ? 'holds ' : 'FAILS ', ok ? 'good' : 'bad'),
      element('code', code),
      element('span', ` ${place ? `${place}: ` : ''}${said}`),
    );
    list.append(line);
  }
  out.append(list);
  for (const { heading: title, rows } of verdict.counted) {
    if (rows.length === 0) continue;
    const table = document.createElement('table');
    const caption = element('caption', `${title}, counted here from the records`);
    if (title.includes('states')) caption.textContent = title;
    table.append(caption);
    for (const [name, count] of rows.slice(0, 500)) {
      const row = document.createElement('tr');
      row.append(element('th', name), element('td', String(count)));
      table.append(row);
    }
    out.append(table);
  }
  if (verdict.notChecked.length > 0) {
    out.append(element('h3', 'What this page does not check'));
    const open = document.createElement('ul');
    for (const said of verdict.notChecked) open.append(element('li', said));
    out.append(open);
  }
  heading.focus();
}

function protocol({ word, code, against, upTo, facts }: Verdict): string {
  return [
    word,
    code ?? '',
    `against: ${against}`,
    `up to: ${upTo}`,
    '',
    ...facts.map((fact) => `${fact.ok ? 'holds' : 'FAILS'}  ${fact.code}  ${fact.place ?? ''}  ${fact.said}`),
  ].join('\n');
}

at<HTMLInputElement>('file').onchange = (event) => take([...(event.target as HTMLInputElement).files!]);
at<HTMLInputElement>('folder').onchange = (event) => take([...(event.target as HTMLInputElement).files!]);
document.ondragover = (event) => event.preventDefault();
document.ondrop = async (event) => {
  event.preventDefault();
  const found = event.dataTransfer ? await dropped(event.dataTransfer) : [];
  take(found);
};
at<HTMLFormElement>('form').onsubmit = async (event) => {
  event.preventDefault();
  at('working').textContent = 'Checking …';
  const chosen = at<HTMLInputElement>('identity').files?.[0];
  try {
    show(
      await verify({
        files,
        key: at<HTMLInputElement>('key').value.trim() || null,
        identities: chosen ? await chosen.text() : '',
      }),
    );
    at('working').textContent = '';
  } catch (error) {
    at('working').textContent = `This page could not read it: ${shown(String((error as Error).message))}`;
  }
};
at('keep').onclick = () => {
  if (!last) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([protocol(last)], { type: 'text/plain' }));
  link.download = 'verdict.txt';
  link.click();
};
