/** The text of an HTML part, as far as it is text: nothing is run, drawn or fetched, and what styles hide is shown. */
import { Parser } from 'htmlparser2';

const BREAKS = /^(p|div|br|tr|li|h[1-6]|table|section|article|header|footer|blockquote|pre|hr|ul|ol)$/;
const SILENT = new Set(['script', 'style', 'noscript', 'template', 'title']);

/** `remote` counts what the part would have fetched from elsewhere. */
export function htmlText(html: string): { text: string; remote: number } {
  const pieces: string[] = [];
  let silent = 0;
  let remote = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (SILENT.has(name)) silent++;
        else if (BREAKS.test(name)) pieces.push('\n');
        for (const [attribute, value] of Object.entries(attributes)) {
          if (/^(src|srcset|background|poster|data)$/.test(attribute) && !/^(cid|data):/i.test(value.trim())) remote++;
        }
        if (name === 'link' && attributes['href']) remote++;
      },
      onclosetag(name) {
        if (SILENT.has(name)) silent = Math.max(0, silent - 1);
        else if (name === 'td' || name === 'th') pieces.push('\t');
        else if (BREAKS.test(name)) pieces.push('\n');
      },
      ontext(text) {
        if (silent === 0) pieces.push(text.replace(/\s+/g, ' '));
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  const lines = pieces
    .join('')
    .split('\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').trim());
  const text = lines.filter((line, index) => line !== '' || lines[index - 1] !== '').join('\n');
  return { text: text.trim(), remote };
}
