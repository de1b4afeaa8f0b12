/**
 * The parts of a camt.052, camt.053 or camt.054 message as a stream: header, balances, entries, statements.
 *
 * Names are read without their namespace prefix; the message's own namespace decides where it begins. A document type
 * declaration ends the reading: entities of the sender's making are never expanded.
 */
import { SaxesParser } from 'saxes';
import type { ReturnFile } from '../format.ts';
import { texts } from './decoding.ts';

/** Leaves by their path below the part, attributes as `Amt@Ccy`, the second of a name as `Ustrd[2]`. */
export type CamtFields = Record<string, string>;

/** `fields` are what stood before the first balance or entry, where the account is; all of them at its own part. */
export type CamtStatement = { locator: string; fields: CamtFields };

export type CamtPart =
  | { part: 'header'; fields: CamtFields }
  | { part: 'balance'; statement: CamtStatement; locator: string; fields: CamtFields }
  | { part: 'entry'; statement: CamtStatement; locator: string; fields: CamtFields; details: CamtFields[] }
  | { part: 'statement'; statement: CamtStatement; locator: string; fields: CamtFields }
  | { part: 'unreadable'; why: string; locator: string };

const NAMESPACE = /(^|[^a-z])camt\.05[234]\.001\.\d\d/;
const STATEMENTS = ['Stmt', 'Rpt', 'Ntfctn'];
type Frame = {
  name: string;
  text: string;
  path: string;
  fields: CamtFields;
  counts: Map<string, number>;
  children: boolean;
  /** What to do with the fields once the element ends. */
  ends?: (() => void) | undefined;
};

/** Never throws for what the file says; the last part is `unreadable` when it could not be read to its end. */
export async function* camtParts(file: ReturnFile): AsyncIterable<CamtPart> {
  const reading = new CamtReading();
  for await (const text of texts(file)) {
    if (text === null) reading.stop('the bytes from here on are not valid in the encoding the file states');
    else reading.write(text);
    yield* reading.parts.splice(0);
    if (reading.broken) break;
  }
  reading.end();
  yield* reading.parts.splice(0);
  if (reading.broken) yield { part: 'unreadable', ...reading.broken };
}

class CamtReading {
  readonly parts: CamtPart[] = [];
  broken: { why: string; locator: string } | null = null;
  private readonly parser = new SaxesParser({ xmlns: true });
  private readonly frames: Frame[] = [];
  private statement: CamtStatement | null = null;
  /** The statement as far as it was known at its first balance or entry. */
  private told: CamtStatement | null = null;
  private details: CamtFields[] | null = null;
  private place = 'file';
  private seen = false;
  /** Depth of the message's own element; -1 outside of it. */
  private base = -1;
  private readonly statements = new Map<string, number>();

  constructor() {
    this.parser.on('error', () => this.stop('the XML is not well formed from here on'));
    this.parser.on('doctype', () => this.stop('a document type declaration is refused'));
    this.parser.on('text', (text) => this.text(text));
    this.parser.on('cdata', (text) => this.text(text));
    this.parser.on('opentag', (tag) => {
      if (this.broken) return;
      const attributes = Object.values(tag.attributes).filter((one) => one.prefix !== 'xmlns' && one.name !== 'xmlns');
      this.open(
        tag.local,
        tag.uri,
        attributes.map((one) => [one.local, one.value]),
      );
    });
    this.parser.on('closetag', () => this.close());
  }

  write(text: string): void {
    this.parser.write(text);
  }

  end(): void {
    if (!this.broken) this.parser.close();
    if (!this.broken && !this.seen) this.stop('no camt message');
  }

  stop(why: string): void {
    this.broken ??= { why, locator: this.place };
  }

  private text(text: string): void {
    const frame = this.frames.at(-1);
    if (frame && !this.broken) frame.text += text;
  }

  private open(name: string, uri: string, attributes: [string, string][]): void {
    const above = this.frames.at(-1);
    if (above) above.children = true;
    const count = (above?.counts.get(name) ?? 0) + 1;
    above?.counts.set(name, count);
    if (this.base < 0 && name === 'Document' && NAMESPACE.test(uri)) {
      this.base = this.frames.length;
      this.seen = true;
    }
    const step = count > 1 ? `${name}[${count}]` : name;
    const path = above?.path ? `${above.path}/${step}` : step;
    const frame: Frame = { name, text: '', path, fields: above?.fields ?? {}, counts: new Map(), children: false };
    this.begin(frame, count);
    this.frames.push(frame);
    if (this.base < 0) return;
    for (const [key, value] of attributes) frame.fields[`${frame.path}@${key}`] = value;
  }

  /** Gives the elements that are parts of their own a fresh set of fields. */
  private begin(frame: Frame, count: number): void {
    const depth = this.base < 0 ? -1 : this.frames.length - this.base;
    const own = () => {
      frame.fields = Object.create(null);
      frame.path = '';
    };
    const { name } = frame;
    if (depth <= 1) own();
    else if (depth === 2) {
      own();
      if (name === 'GrpHdr') frame.ends = () => this.parts.push({ part: 'header', fields: frame.fields });
      else if (STATEMENTS.includes(name)) this.beginStatement(frame);
      else
        this.parts.push({
          part: 'unreadable',
          why: 'not a statement, report or notification',
          locator: `${name}[${count}]`,
        });
    } else if (depth === 3 && this.statement && (name === 'Bal' || name === 'Ntry')) {
      own();
      const statement = this.told ?? { locator: this.statement.locator, fields: { ...this.statement.fields } };
      this.told = statement;
      const locator = `${statement.locator}/${name}[${count}]`;
      this.place = locator;
      const details: CamtFields[] = [];
      this.details = name === 'Ntry' ? details : null;
      frame.ends = () => {
        const { fields } = frame;
        this.parts.push(
          name === 'Bal'
            ? { part: 'balance', statement, locator, fields }
            : { part: 'entry', statement, locator, fields, details },
        );
        this.place = statement.locator;
      };
    } else if (depth === 5 && name === 'TxDtls' && this.details && this.frames.at(-1)!.name === 'NtryDtls') {
      own();
      this.details.push(frame.fields);
    }
  }

  private beginStatement(frame: Frame): void {
    const number = (this.statements.get(frame.name) ?? 0) + 1;
    this.statements.set(frame.name, number);
    const locator = `${frame.name}[${number}]`;
    this.place = locator;
    const statement: CamtStatement = { locator, fields: frame.fields };
    this.statement = statement;
    this.told = null;
    frame.ends = () => {
      this.parts.push({ part: 'statement', statement, locator, fields: frame.fields });
      this.statement = null;
      this.place = 'file';
    };
  }

  private close(): void {
    if (this.broken) return;
    const frame = this.frames.pop()!;
    const leaf = !frame.children || frame.text.trim() !== '';
    if (this.base >= 0 && leaf && frame.path !== '') frame.fields[frame.path] = frame.text;
    frame.ends?.();
    if (this.frames.length === this.base) this.base = -1;
  }
}
