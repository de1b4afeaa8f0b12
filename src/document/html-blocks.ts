/** Blocks as HTML: the same markup for a report and a letter. What hides is made visible, what is long is cut and says so. */
import type { Block, Fact, Table } from './document.ts';
import { escaped, shortened } from './visible.ts';

const CELL = 2000;

export const text = (value: string) => escaped(shortened(value, 100_000));
const cell = (value: string) => escaped(shortened(value, CELL));

export function block(one: Block): string {
  switch (one.kind) {
    case 'heading':
      return `<h${one.level}>${text(one.text)}</h${one.level}>`;
    case 'paragraph':
      return `<p${one.small ? ' class="small"' : ''}>${text(one.text)}</p>`;
    case 'statement':
      return `<p class="statement">${text(one.text)}</p>`;
    case 'note':
      return `<aside class="note ${one.tone}"><p class="note-title">${text(one.title)}</p>${one.texts.map((line) => `<p>${text(line)}</p>`).join('')}</aside>`;
    case 'list': {
      const tag = one.ordered ? 'ol' : 'ul';
      return `<${tag}>${one.items.map((item) => `<li>${text(item)}</li>`).join('')}</${tag}>`;
    }
    case 'facts':
      return facts(one.facts);
    case 'table':
      return table(one);
    case 'figure':
      return `<figure id="${one.id}">${one.svg.replace('<svg ', `<svg role="img" aria-label="${escaped(one.alt)}" `)}<figcaption>${text(one.caption)}</figcaption><details><summary>The figure as a table</summary>${table(one.data)}</details></figure>`;
    case 'code':
      return `<pre>${escaped(one.text).replaceAll(' ↵ ', '\n')}</pre>`;
  }
}

export function facts(list: Fact[]): string {
  return `<dl>${list.map(({ term, value, mono }) => `<div><dt>${text(term)}</dt><dd${mono ? ' class="mono"' : ''}>${text(value)}</dd></div>`).join('')}</dl>`;
}

function table({ caption, columns, rows, totals = 0, note }: Table): string {
  const classes = columns.map(({ align, mono }) =>
    [align === 'right' ? 'right' : '', mono ? 'mono' : ''].filter(Boolean).join(' '),
  );
  const of = (index: number) => (classes[index] ? ` class="${classes[index]}"` : '');
  const head = columns.map(({ title }, index) => `<th scope="col"${of(index)}>${text(title)}</th>`).join('');
  const line = (row: string[], total: boolean) =>
    `<tr${total ? ' class="total"' : ''}>${row.map((value, index) => `<td${of(index)}>${cell(value)}</td>`).join('')}</tr>`;
  const body =
    rows.length === 0
      ? `<tr><td colspan="${columns.length}">None.</td></tr>`
      : rows.map((row, index) => line(row, index >= rows.length - totals)).join('\n');
  return `<div class="wide" tabindex="0" role="region" aria-label="${escaped(caption)}"><table><caption>${text(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>${note ? `<p class="small">${text(note)}</p>` : ''}`;
}
