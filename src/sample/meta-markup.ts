/**
 * The markup of a Meta business record, generation G4: short classes, one pane a category (formats, sections 2 and 16).
 *
 * Pages of the print leave their banner inside the text: between a label and its value, or inside a value.
 */

export type Pair = {
  label: string;
  value: string /** Where a page ended while this pair was printed. */;
  pageBreak?: 'before value' | 'in value';
};
export type Category = {
  id: string;
  title: string;
  definition: string /** None: the category was searched and is empty. */;
  pairs: Pair[];
};

/** The whole document. Page banners are numbered in their order. */
export function recordHtml(categories: Category[]): string {
  const pages = { printed: 1 };
  const menu = categories.map(({ id, title }) => `<li><a href="#property-${id}">${escaped(title)}</a></li>`);
  const panes = categories.map((category) => pane(category, pages));
  return [
    '<!DOCTYPE html>',
    '<html><head><meta charset="utf-8"><title>Facebook Business Record</title>',
    '<style>.t{display:table}.i{font-weight:bold;display:table}.m{display:table-cell;font-weight:normal}</style></head><body>',
    `<div id="sticky_side_bar"><ul>${menu.join('')}</ul></div>`,
    '<div class="p">Facebook Business Record Page 1</div>',
    ...panes,
    '</body></html>',
    '',
  ].join('\n');
}

function pane({ id, title, definition, pairs }: Category, pages: { printed: number }): string {
  const empty = { label: title, value: 'No responsive records located' };
  const rows = [{ label: `${title} Definition`, value: definition }, ...(pairs.length > 0 ? pairs : [empty])];
  return `<div class="content-pane" id="property-${id}">${rows.map((row) => block(row, pages)).join('\n')}</div>`;
}

function block({ label, value, pageBreak }: Pair, pages: { printed: number }): string {
  const banner = () => {
    pages.printed += 1;
    return `<div class="p">Facebook Business Record Page ${pages.printed}</div>`;
  };
  const before = pageBreak === 'before value' ? banner() : '';
  const half = value.indexOf(' ') + 1;
  const inside =
    pageBreak === 'in value'
      ? `${escaped(value.slice(0, half))}${banner()}${escaped(value.slice(half))}`
      : escaped(value);
  return `<div class="t o"><div class="t i">${escaped(label)}${before}<div class="m"><div>${inside}</div></div></div></div>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
