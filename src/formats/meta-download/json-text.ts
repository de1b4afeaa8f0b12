/**
 * Reads JSON as evidence: numbers keep their digits, a field written twice is noticed, and what stands before a break is
 * not lost with it.
 *
 * `JSON.parse` does none of the three. Every leaf is text here: `true` and numbers as written, `null` as nothing.
 */
export type JsonValue = string | JsonValue[] | JsonObject;
export type JsonObject = { [key: string]: JsonValue };

type JsonReading = {
  /** What was read; containers open at the break hold what came before it. */
  value: JsonValue | null;
  /** Where the text stops being JSON, as a path; null when it is sound to its end. */
  brokenAt: string | null;
  /** Paths of objects that name a field twice; the second is kept as `name[2]`. */
  twice: string[];
};

type Frame = { holder: JsonObject | JsonValue[]; key: string };

const SCALAR = /-?(?:0|[1-9]\d{0,400})(?:\.\d{1,400})?(?:[eE][+-]?\d{1,4})?|true|false|null/y;
const DEEPEST = 64;

/** Never throws. `amend` is applied to every text and key. */
export function readJson(source: string, amend: (text: string) => string): JsonReading {
  const frames: Frame[] = [];
  const twice: string[] = [];
  let value: JsonValue | null = null;
  let position = 0;
  let expecting: 'value' | 'value or end' | 'key' | 'key or end' | 'comma or end' | 'nothing' = 'value';

  const put = (item: JsonValue) => {
    const top = frames.at(-1);
    if (!top) value = item;
    else if (Array.isArray(top.holder)) top.holder.push(item);
    else top.holder[top.key] = item;
    expecting = top ? 'comma or end' : 'nothing';
  };
  const text = (): string | null => {
    let end = position;
    do end = source.indexOf('"', end + 1);
    while (end > 0 && escaped(source, end, position));
    if (end < 0) return null;
    try {
      const read = amend(JSON.parse(source.slice(position, end + 1)));
      position = end + 1;
      return read;
    } catch {
      return null;
    }
  };
  const broken = (): JsonReading => ({ value, brokenAt: pathOf(frames, expecting), twice });

  for (;;) {
    while (position < source.length && ' \n\r\t'.includes(source[position]!)) position += 1;
    const mark = source[position];
    if (mark === undefined) return expecting === 'nothing' ? { value, brokenAt: null, twice } : broken();
    const top = frames.at(-1);
    const ending = Array.isArray(top?.holder) ? ']' : '}';
    if (top && mark === ending && expecting.endsWith('or end')) {
      frames.pop();
      position += 1;
      expecting = frames.length > 0 ? 'comma or end' : 'nothing';
    } else if (expecting === 'comma or end' && mark === ',') {
      position += 1;
      expecting = Array.isArray(top!.holder) ? 'value' : 'key';
    } else if (expecting.startsWith('key') && mark === '"') {
      const key = text();
      if (key === null || !top || Array.isArray(top.holder)) return broken();
      top.key = key;
      for (let count = 2; Object.hasOwn(top.holder, top.key); count += 1) top.key = `${key}[${count}]`;
      if (top.key !== key) twice.push(pathOf(frames, expecting));
      const colon = /\s*:/y;
      colon.lastIndex = position;
      if (!colon.test(source)) return broken();
      position = colon.lastIndex;
      expecting = 'value';
    } else if (expecting.startsWith('value') && (mark === '{' || mark === '[')) {
      if (frames.length >= DEEPEST) return broken();
      const holder: JsonObject | JsonValue[] = mark === '[' ? [] : Object.create(null);
      put(holder);
      frames.push({ holder, key: '' });
      position += 1;
      expecting = mark === '[' ? 'value or end' : 'key or end';
    } else if (expecting.startsWith('value')) {
      const item = mark === '"' ? text() : scalar(source, position);
      if (item === null) return broken();
      // A number at the very end may have lost digits.
      if (mark !== '"' && frames.length > 0 && position + item.length === source.length) return broken();
      if (mark !== '"') position += item.length;
      put(item === 'null' && mark === 'n' ? '' : item);
    } else return broken();
  }
}

function scalar(source: string, position: number): string | null {
  SCALAR.lastIndex = position;
  return SCALAR.exec(source)?.[0] ?? null;
}

function escaped(source: string, at: number, start: number): boolean {
  let slashes = 0;
  while (at - 1 - slashes > start && source[at - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}

/** `$.logins[3].ip`; keys that are no plain word are quoted. */
export function pathTo(above: string, key: string | number): string {
  if (typeof key === 'number') return `${above}[${key}]`;
  return /^[\w-]+$/.test(key) ? `${above}.${key}` : `${above}[${JSON.stringify(key)}]`;
}

/** Where the reader stands: the value it waits for, or else the container it is in. */
function pathOf(frames: Frame[], expecting: string): string {
  return frames.reduce((path, { holder, key }, depth) => {
    if (depth < frames.length - 1) return pathTo(path, Array.isArray(holder) ? holder.length - 1 : key);
    if (!expecting.startsWith('value')) return path;
    return pathTo(path, Array.isArray(holder) ? holder.length : key);
  }, '$');
}

/** All leaves below a value by their path: `session.ip_address`, `push_tokens[0].token`. */
export function flattened(value: JsonValue): Record<string, string> {
  const kept: [string, string][] = [];
  const walk = (below: JsonValue, path: string) => {
    if (typeof below === 'string') kept.push([path, below]);
    else if (Array.isArray(below)) for (const [place, item] of below.entries()) walk(item, `${path}[${place}]`);
    else for (const [key, item] of Object.entries(below)) walk(item, path === '' ? key : `${path}.${key}`);
  };
  walk(value, '');
  return Object.fromEntries(kept);
}

export function isObject(value: JsonValue | null | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
