/**
 * The elements of an OFX file, whether SGML (1.x, leaves without end tags) or XML (2.x).
 *
 * Only names in capitals are tags, as the specification spells them: anything else between angle brackets is text. An
 * empty leaf without an end tag looks like the start of an aggregate; what stood inside it goes back to its parent, so
 * a missing value never takes its neighbours along.
 */

export type OfxElement = {
  name: string;
  text: string;
  children: OfxElement[];
  /** Its end tag is missing, and it is not a leaf. */
  unclosed: boolean;
};

const OPENER = /<(?:!\[CDATA\[|!--|\?|(\/?)([A-Z][A-Z0-9._]*)(?:\s[^<>]{0,400})?(\/?)>)/g;

/** Aggregates whose end tag the specification demands: without it they were cut, they are not empty leaves. */
const AGGREGATE =
  /^(OFX|STMTTRN|STMTTRNP|BANKTRANLIST|BANKTRANLISTP|LEDGERBAL|AVAILBAL|STATUS|.*(RSV\d|TRNRS|STMTRS|ACCTFROM))$/;

/** Never throws. The root is a nameless element that holds what the file holds. */
export function readOfx(source: string): OfxElement {
  const root = element('');
  const open = [root];
  OPENER.lastIndex = 0;
  let from = 0;
  for (let found = OPENER.exec(source); found; found = OPENER.exec(source)) {
    write(open.at(-1)!, plain(source.slice(from, found.index)));
    from = OPENER.lastIndex;
    const [token, slash, name, empty] = found;
    if (name === undefined) {
      const closer = token === '<?' ? '?>' : token === '<!--' ? '-->' : ']]>';
      const end = source.indexOf(closer, from);
      if (token === '<![CDATA[') write(open.at(-1)!, source.slice(from, end < 0 ? undefined : end));
      from = end < 0 ? source.length : end + closer.length;
      OPENER.lastIndex = from;
    } else if (slash) close(open, name);
    else {
      start(open, name);
      if (empty) open.pop();
    }
  }
  write(open.at(-1)!, plain(source.slice(from)));
  while (open.length > 1) drop(open);
  return root;
}

/** The leaves below an element by their path, the second of a name as `NAME[2]`. */
export function leaves(of: OfxElement, prefix = ''): Record<string, string> {
  const kept: [string, string][] = [];
  const counts = new Map<string, number>();
  for (const child of of.children) {
    const count = (counts.get(child.name) ?? 0) + 1;
    counts.set(child.name, count);
    const path = `${prefix}${child.name}${count > 1 ? `[${count}]` : ''}`;
    if (child.children.length === 0) kept.push([path, child.text]);
    else for (const below of Object.entries(leaves(child, `${path}/`))) kept.push(below);
  }
  return Object.fromEntries(kept);
}

function element(name: string): OfxElement {
  return { name, text: '', children: [], unclosed: false };
}

function write(into: OfxElement, text: string): void {
  if (text.trim() === '') return;
  if (into.children.length === 0) into.text = `${into.text}${text}`.trim();
  else into.children.push({ ...element('#text'), text: text.trim() });
}

function start(open: OfxElement[], name: string): void {
  if (open.length > 1 && open.at(-1)!.text !== '') open.pop();
  const unfinished = AGGREGATE.test(name) ? open.findLastIndex((above) => above.name === name) : -1;
  while (unfinished > 0 && open.length > unfinished) drop(open);
  const started = element(name);
  // Elements nested deeper than any statement are kept flat: depth is the sender's choice, our stack is not.
  if (open.length > 40) drop(open);
  open.at(-1)!.children.push(started);
  open.push(started);
}

function close(open: OfxElement[], name: string): void {
  const at = open.findLastIndex((above) => above.name === name);
  if (at < 1) return;
  while (open.length > at + 1) drop(open);
  open.pop();
}

/** Takes the innermost open element off without its end tag. */
function drop(open: OfxElement[]): void {
  const ended = open.pop()!;
  if (AGGREGATE.test(ended.name)) {
    ended.unclosed = true;
  } else if (ended.children.length > 0) {
    for (const child of ended.children.splice(0)) open.at(-1)!.children.push(child);
  }
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** The text an SGML or XML leaf writes; entities of the sender's making stay as they stand. */
function plain(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const point = decimal !== undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : whole;
  });
}
