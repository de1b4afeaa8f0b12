/**
 * What a mail server wrote about a message it received: the fields `Authentication-Results` of RFC 8601, read by its grammar.
 *
 * Anyone can write such a field. It counts only when it is the topmost and names the desk's own server; that server has
 * to take away fields in its name that come from outside (RFC 8601, section 5). A result says which system sent, never
 * who asks.
 */
import { visible } from '../document/visible.ts';
import type { Mailbox } from './mailbox.ts';
import type { Note } from './note.ts';

/** A result as written, in lower case: `pass`, `fail`, `none`, `temperror`, … Null: nothing was said that counts. */
export type MailAuthentication = {
  dmarc: string | null;
  spf: string | null;
  dkim: string | null;
  /** The server that said so; null when no field counts. */
  by: string | null;
};

type Method = { method: string; result: string; properties: Map<string, string> };
type Field = { by: string; methods: Method[] };

const NO_AUTHENTICATION: MailAuthentication = { dmarc: null, spf: null, dkim: null, by: null };

/** `fields` as stored, the topmost first. */
export function readAuthentication(
  fields: string[],
  ownServer: string | null,
  from: Mailbox | null,
): { authentication: MailAuthentication; notes: Note[] } {
  const notes: Note[] = [];
  const note = (says: string) => notes.push({ what: 'authentication', place: 'Authentication-Results', says });
  if (ownServer === null) {
    if (fields.length > 0) note('Results stand in it; none counts, for no mail server of our own is named here.');
    return { authentication: NO_AUTHENTICATION, notes };
  }
  const read = fields.map(parsed);
  const isOwn = (field: Field | null) => field?.by.toLowerCase() === ownServer.toLowerCase();

  read.forEach((field, index) => {
    if (field === null) note(`Field ${index + 1} cannot be read; it does not count.`);
    else if (!isOwn(field))
      note(`Field ${index + 1} was written by someone else, ‘${visible(field.by)}’; it does not count.`);
  });
  const own = read.filter(isOwn);
  if (own.length > 1) note(`${own.length} fields carry the name of our own server; only the topmost can count.`);
  const top = read[0] ?? null;
  if (!isOwn(top) || top === null) {
    if (own.length > 0)
      note('A field with the name of our own server stands below one of someone else; it does not count.');
    return { authentication: NO_AUTHENTICATION, notes };
  }

  const one = (method: string): string | null => {
    const results = new Set(top.methods.filter((each) => each.method === method).map(({ result }) => result));
    if (results.size > 1) note(`It says more than one thing of ${method}: ${[...results].sort().join(', ')}.`);
    return results.size === 1 ? [...results][0]! : null;
  };
  let dmarc = one('dmarc');
  const about = top.methods.find(({ method }) => method === 'dmarc')?.properties.get('header.from');
  if (dmarc !== null && from === null) {
    note('The message names no single sender, so a result for one says nothing.');
    dmarc = null;
  } else if (dmarc !== null && about !== undefined && about.toLowerCase() !== from?.domain) {
    note(`Its dmarc result is about ‘${visible(about)}’, not about the sender's domain; it does not count.`);
    dmarc = null;
  }
  // A message may carry several signatures; one that holds is enough to say that a signature holds.
  const signed = top.methods.filter(({ method }) => method === 'dkim').map(({ result }) => result);
  const dkim = signed.includes('pass') ? 'pass' : (signed[0] ?? null);
  return { authentication: { dmarc, spf: one('spf'), dkim, by: top.by }, notes };
}

/** RFC 8601, section 2.2. Null when the field does not follow it. */
function parsed(value: string): Field | null {
  const tokens = tokensOf(value);
  if (tokens === null) return null;
  const groups: string[][] = [[]];
  for (const token of tokens) {
    if (token === ';') groups.push([]);
    else groups.at(-1)!.push(token);
  }
  const [server, ...results] = groups;
  if (server === undefined || server.length < 1 || server.length > 2) return null;
  if (server[1] !== undefined && !/^\d+$/.test(server[1])) return null;
  const methods: Method[] = [];
  for (const group of results) {
    if (group.length === 0 || (group.length === 1 && group[0]!.toLowerCase() === 'none')) continue;
    const method = methodOf(group);
    if (method === null) return null;
    methods.push(method);
  }
  return { by: unquoted(server[0]!), methods };
}

function methodOf(tokens: string[]): Method | null {
  const [first, ...rest] = tokens.reduce<string[]>((words, token) => {
    const last = words.at(-1);
    const open = last !== undefined && (token.startsWith('=') || last.indexOf('=') === last.length - 1);
    if (open) words[words.length - 1] = last + token;
    else words.push(token);
    return words;
  }, []);
  const head = /^([A-Za-z][A-Za-z0-9-]*)(?:\/\d+)?=([A-Za-z][A-Za-z0-9-]*)$/.exec(first ?? '');
  if (head === null) return null;
  const properties = new Map<string, string>();
  for (const word of rest) {
    const at = word.indexOf('=');
    if (at < 1) return null;
    const name = word.slice(0, at).toLowerCase();
    if (!properties.has(name)) properties.set(name, unquoted(word.slice(at + 1)));
  }
  return { method: head[1]!.toLowerCase(), result: head[2]!.toLowerCase(), properties };
}

/** Words, quoted strings and semicolons; comments are left out. Null when a quote or a comment is never closed. */
function tokensOf(value: string): string[] | null {
  const tokens: string[] = [];
  let word = '';
  let depth = 0;
  let quoted = false;
  const end = () => {
    if (word !== '') tokens.push(word);
    word = '';
  };
  for (let at = 0; at < value.length; at++) {
    const character = value[at]!;
    if (character === '\\' && (quoted || depth > 0)) {
      if (quoted) word += character + (value[at + 1] ?? '');
      at++;
    } else if (quoted) {
      word += character;
      if (character === '"') quoted = false;
    } else if (character === '(') {
      if (depth === 0) end();
      depth++;
    } else if (depth > 0) {
      if (character === ')') depth--;
    } else if (character === '"') {
      word += character;
      quoted = true;
    } else if (character === ';') {
      end();
      tokens.push(';');
    } else if (/\s/.test(character)) end();
    else word += character;
  }
  end();
  return depth > 0 || quoted ? null : tokens;
}

function unquoted(word: string): string {
  return /^".*"$/s.test(word) ? word.slice(1, -1).replace(/\\(.)/gs, '$1') : word;
}
