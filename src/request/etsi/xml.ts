/**
 * An XML message as a tree of elements, read so that a hostile one can do nothing: no document type declaration, no
 * entity but XML's own five, bounded size, depth and number. Names are without their prefix.
 *
 * Every element remembers whether somebody read it, so that what nobody understood can be told instead of lost.
 */
import { SaxesParser } from 'saxes';
import { Problem } from '../../base/problem.ts';

export type Element = {
  name: string;
  /** `xsi:type` without its prefix. */
  type: string | null;
  /** `HI1Message/Header/Timestamp`, with a number from the second of a name on. */
  place: string;
  text: string;
  children: Element[];
  read: boolean;
};

export const MESSAGE_LIMITS = { sizeBytes: 64 << 20, depth: 40, elements: 100_000, attributes: 50 };

const CHUNK_BYTES = 64 << 10;

/**
 * Elements named in `dropped` are passed over with all that is in them: nothing of it reaches the tree. `onDropped` is
 * told where one stood.
 *
 * Throws `request/message-too-large`, `request/message-refused` and `request/message-not-xml`.
 */
export function elementsOf(
  bytes: Uint8Array,
  dropped: ReadonlySet<string>,
  onDropped: (place: string) => void,
): Element {
  if (bytes.length > MESSAGE_LIMITS.sizeBytes) {
    throw new Problem(
      'request/message-too-large',
      `The message has ${bytes.length} bytes; at most ${MESSAGE_LIMITS.sizeBytes} are read. Nothing was received.`,
      { sizeBytes: bytes.length },
    );
  }
  const tree = new Tree(dropped, onDropped);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let begin = 0; begin < bytes.length; begin += CHUNK_BYTES) {
    const chunk = bytes.subarray(begin, begin + CHUNK_BYTES);
    tree.write(decoded(decoder, chunk, begin + CHUNK_BYTES < bytes.length));
  }
  return tree.end();
}

function decoded(decoder: TextDecoder, chunk: Uint8Array, more: boolean): string {
  try {
    return decoder.decode(chunk, { stream: more });
  } catch {
    throw new Problem('request/message-not-xml', 'The message is not UTF-8. Nothing was received.');
  }
}

class Tree {
  private readonly parser = new SaxesParser({ xmlns: true });
  private readonly dropped: ReadonlySet<string>;
  private readonly onDropped: (place: string) => void;
  private readonly open: { element: Element; names: Map<string, number>; texts: string[] }[] = [];
  private root: Element | null = null;
  private elements = 0;
  private depth = 0;
  /** Depth at which a dropped element began; 0 outside of one. */
  private within = 0;

  constructor(dropped: ReadonlySet<string>, onDropped: (place: string) => void) {
    this.dropped = dropped;
    this.onDropped = onDropped;
    this.parser.on('error', () => {
      throw new Problem(
        'request/message-not-xml',
        `The message is not well-formed XML near ${this.parser.line}:${this.parser.column}. Nothing was received.`,
        { line: this.parser.line, column: this.parser.column },
      );
    });
    this.parser.on('doctype', () => refuse('it has a document type declaration'));
    this.parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && !/^(utf-8|us-ascii)$/i.test(encoding))
        refuse('it states another encoding than UTF-8');
    });
    this.parser.on('text', (text) => this.text(text));
    this.parser.on('cdata', (text) => this.text(text));
    this.parser.on('opentag', ({ local, attributes }) => {
      const all = Object.values(attributes);
      if (all.length > MESSAGE_LIMITS.attributes) refuse('an element has too many attributes');
      const type = all.find((one) => one.local === 'type' && one.uri === 'http://www.w3.org/2001/XMLSchema-instance');
      this.begin(local, type?.value ?? null);
    });
    this.parser.on('closetag', () => this.finish());
  }

  write(text: string): void {
    this.parser.write(text);
  }

  end(): Element {
    this.parser.close();
    return this.root ?? refuse('nothing of it may be read here');
  }

  private begin(name: string, type: string | null): void {
    this.depth++;
    this.elements++;
    if (this.depth > MESSAGE_LIMITS.depth) refuse(`its elements are nested deeper than ${MESSAGE_LIMITS.depth}`);
    if (this.elements > MESSAGE_LIMITS.elements) refuse(`it has more than ${MESSAGE_LIMITS.elements} elements`);
    if (this.within > 0) return;
    const parent = this.open.at(-1);
    const count = (parent?.names.get(name) ?? 0) + 1;
    parent?.names.set(name, count);
    const own = count === 1 ? name : `${name}[${count}]`;
    const place = parent ? `${parent.element.place}/${own}` : own;
    if (this.dropped.has(name)) {
      this.within = this.depth;
      this.onDropped(place);
      return;
    }
    const element = { name, type: type?.split(':').at(-1) ?? null, place, text: '', children: [], read: false };
    if (parent) parent.element.children.push(element);
    else this.root = element;
    this.open.push({ element, names: new Map(), texts: [] });
  }

  private text(text: string): void {
    if (this.within === 0) this.open.at(-1)?.texts.push(text);
  }

  private finish(): void {
    this.depth--;
    if (this.within > 0) {
      if (this.depth < this.within) this.within = 0;
      return;
    }
    const { element, texts } = this.open.pop()!;
    element.text = texts.join('').trim();
  }
}

function refuse(why: string): never {
  throw new Problem('request/message-refused', `The message is refused: ${why}. Nothing was received.`, { why });
}

export function child(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((one) => one.name === name);
}

/** Down by names, `AuthorisationCSPID/CSPID`, the first of each. */
export function down(element: Element | undefined, path: string): Element | undefined {
  return path.split('/').reduce(child, element);
}

/** Every element below, in the order of the message, that the test picks. */
export function below(element: Element | undefined, picks: (one: Element) => boolean): Element[] {
  return (element?.children ?? []).flatMap((one) => [...(picks(one) ? [one] : []), ...below(one, picks)]);
}

/** The text of an element, which thereby counts as read; undefined when there is none. */
export function textOf(element: Element | undefined): string | undefined {
  if (!element) return undefined;
  element.read = true;
  return element.text === '' ? undefined : element.text;
}

const LONGEST_WORD = 300;

/** The value of an entry of a dictionary (owner, name, value), or the text without one; of a long one its beginning. */
export function wordOf(element: Element | undefined): string | undefined {
  if (!element) return undefined;
  const value = child(element, 'Value');
  if (value) for (const part of element.children) part.read = true;
  return textOf(value ?? element)?.slice(0, LONGEST_WORD);
}

/** An identifier of the sender's making; undefined when it is none that anybody could copy. */
export function idOf(element: Element | undefined): string | undefined {
  const text = textOf(element);
  return text !== undefined && text.length <= LONGEST_WORD ? text : undefined;
}

export function markRead(element: Element): void {
  element.read = true;
  for (const one of element.children) markRead(one);
}

/** Leaves with a text that nobody read. */
export function unreadIn(element: Element): Element[] {
  const own = !element.read && element.text !== '' && element.children.length === 0 ? [element] : [];
  return [...own, ...element.children.flatMap(unreadIn)];
}
