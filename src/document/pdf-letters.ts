/**
 * The letters that a PDF of this house shows, in the order they are drawn and without spaces, for tests that ask what it
 * says. Understands what Typst writes (deflated pages, one character map a font), not PDF in general.
 */
import { inflateSync } from 'node:zlib';

export function lettersOfPdf(pdf: Uint8Array): string {
  const file = Buffer.from(pdf).toString('latin1');
  const objects = new Map(
    [...file.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj$/gm)].map(([, id, body]) => [id!, body!]),
  );
  const maps = new Map<string, Map<string, string>>();
  for (const [id, body] of objects) {
    const map = /\/Type \/Font\n[\s\S]*\/ToUnicode (\d+) 0 R/.exec(body)?.[1];
    if (map) maps.set(id, characterMap(objects.get(map)!));
  }
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\n/.test(body));
  return pages
    .map((page) => {
      const fonts = new Map([...page.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name, id]) => [name!, maps.get(id!)]));
      return shown(content(objects.get(/\/Contents (\d+) 0 R/.exec(page)![1]!)!), fonts);
    })
    .join('')
    .replace(/[\s\u200b]/g, '');
}

function content(body: string): string {
  const stream = body.slice(body.indexOf('stream\n') + 7, body.lastIndexOf('\nendstream'));
  return /\/FlateDecode/.test(body.slice(0, 200))
    ? inflateSync(Buffer.from(stream, 'latin1')).toString('latin1')
    : stream;
}

/** `<0041> <0066 0069>`: a glyph and the UTF-16 it stands for. */
function characterMap(body: string): Map<string, string> {
  return new Map(
    [...body.matchAll(/^<([0-9A-F]{4})> <([0-9A-F]+)>$/gm)].map(([, glyph, text]) => [
      glyph!,
      Buffer.from(text!, 'hex').swap16().toString('utf16le'),
    ]),
  );
}

function shown(page: string, fonts: Map<string, Map<string, string> | undefined>): string {
  let font = new Map<string, string>();
  let text = '';
  const drawn = page.replace(/\/ActualText \((?:\\[\s\S]|[^\\)])*\)/g, '');
  for (const [, name, string] of drawn.matchAll(/\/(f\d+) [\d.]+ Tf|\(((?:\\[\s\S]|[^\\)])*)\)/g)) {
    if (name !== undefined) font = fonts.get(name) ?? font;
    else {
      const glyphs = Buffer.from(unescaped(string!), 'latin1').toString('hex').toUpperCase();
      text += glyphs.replace(/.{4}/g, (glyph) => font.get(glyph) ?? '\ufffd');
    }
  }
  return text;
}

function unescaped(string: string): string {
  const named: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return string.replace(/\\([0-7]{1,3}|[\s\S])/g, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (named[code] ?? code),
  );
}
