/** The grammar of time shapes: what a shape may consist of, and the pattern it stands for. `shapes.ts` lists the words. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const FULL_MONTHS = 'january|february|march|april|may|june|july|august|september|october|november|december';

const TOKENS: Record<string, { pattern: string; part: Part; wide?: true }> = {
  YYYY: { pattern: '\\d{4}', part: 'year' },
  YY: { pattern: '\\d{2}', part: 'year' },
  MMMM: { pattern: FULL_MONTHS, part: 'month' },
  MMM: { pattern: `${MONTHS.join('|')}|sept`, part: 'month' },
  MM: { pattern: '\\d{2}', part: 'month' },
  M: { pattern: '\\d{1,2}', part: 'month', wide: true },
  DD: { pattern: '\\d{2}', part: 'day' },
  D: { pattern: '\\d{1,2}', part: 'day', wide: true },
  HH: { pattern: '\\d{2}', part: 'hour' },
  H: { pattern: '\\d{1,2}', part: 'hour', wide: true },
  hh: { pattern: '\\d{2}', part: 'hour' },
  h: { pattern: '\\d{1,2}', part: 'hour', wide: true },
  A: { pattern: '[ap]\\.?m\\.?', part: 'half' },
  mm: { pattern: '\\d{2}', part: 'minute' },
  ss: { pattern: '\\d{2}', part: 'second' },
  S: { pattern: '\\d{1,9}', part: 'fraction', wide: true },
  ZZ: { pattern: 'z|(?:utc|gmt)?\\s?[+-]\\s?\\d{1,2}(?::?\\d{2})?|utc|gmt', part: 'zone' },
  z: { pattern: '(?![ap]\\.?m\\.?(?:\\s|$))[a-z][a-z0-9_/+ -]{0,48}', part: 'zone' },
};
type Part = 'year' | 'month' | 'day' | 'hour' | 'half' | 'minute' | 'second' | 'fraction' | 'zone';

/** Families of shapes that go by one name. */
export const NAMED_SHAPES: Readonly<Record<string, readonly string[]>> = {
  'day-month': ['/', '.', '-'].flatMap((sign) => clocked(`D${sign}M${sign}YYYY`)),
  'month-day': ['/', '.', '-'].flatMap((sign) => clocked(`M${sign}D${sign}YYYY`)),
};
const WHOLE_SHAPES = ['iso', 'epoch-s', 'epoch-ms', 'epoch-us', 'excel-serial', ...Object.keys(NAMED_SHAPES)];

function clocked(day: string): string[] {
  return [`${day}[[,] H:mm[:ss[.S]]]`, `${day}[,] h:mm[:ss[.S]] A`];
}

export type Compiled = { pattern: RegExp; tokens: Set<string> };
const compiled = new Map<string, Compiled | string>();

/** The pattern of a shape, its parts as named groups; or, as text, why it is no shape. */
export function compile(shape: string): Compiled | string {
  const kept = compiled.get(shape);
  if (kept !== undefined) return kept;
  const made = build(shape);
  if (compiled.size < 1000) compiled.set(shape, made);
  return made;
}

const PIECE = /'([^']*)'|YYYY|YY|MMMM|MMM|MM|M|DD|D|HH|H|hh|h|mm|ss|S+|ZZ|z|A|\[|\]|T|\s+|[^A-Za-z']/gy;

function build(shape: string): Compiled | string {
  if (shape.length > 100) return 'a time shape has at most 100 signs';
  let source = '';
  let depth = 0;
  let read = 0;
  let wide: string | null = null;
  const tokens = new Set<string>();
  const parts = new Set<Part>();
  for (const [piece, quoted] of shape.matchAll(PIECE)) {
    read += piece.length;
    const name = piece.startsWith('S') ? 'S' : piece;
    const token = quoted === undefined ? TOKENS[name] : undefined;
    if (token) {
      if (parts.has(token.part)) return `the ${token.part} stands twice`;
      if (wide !== null && token.pattern.startsWith('\\d')) return `${wide} and ${piece} need a sign between them`;
      parts.add(token.part);
      tokens.add(name);
      source += `(?<${token.part}>${token.pattern})`;
    } else if (piece === '[') {
      depth += 1;
      source += '(?:';
    } else if (piece === ']') {
      depth -= 1;
      if (depth < 0) return 'a bracket closes that never opened';
      source += ')?';
    } else source += piece.trim() === '' ? '\\s+' : RegExp.escape(quoted ?? piece);
    if (token || (piece !== '[' && piece !== ']')) wide = token?.wide ? piece : null;
  }
  if (read < shape.length) return `${JSON.stringify(shape[read])} is not a word of time shapes`;
  if (depth > 0) return 'a bracket stays open';
  const trouble = unfinished(tokens, parts);
  if (trouble !== null) return trouble;
  // A workbook writes midnight behind a day that has no time.
  if (!parts.has('hour')) source += '(?: 00:00:00)?';
  return { pattern: new RegExp(`^${source}$`, 'i'), tokens };
}

function unfinished(tokens: Set<string>, parts: Set<Part>): string | null {
  const half = tokens.has('h') || tokens.has('hh');
  if (parts.size === 0) return 'no word of time shapes in it';
  if (half !== tokens.has('A')) return half ? 'hours to 12 need A' : 'A needs hours to 12, h or hh';
  if (parts.has('minute') && !parts.has('hour')) return 'minutes need hours';
  if (parts.has('second') && !parts.has('minute')) return 'seconds need minutes';
  if (parts.has('fraction') && !parts.has('second')) return 'a fraction needs seconds';
  const day = ['year', 'month', 'day'].filter((part) => parts.has(part as Part)).length;
  return day === 0 || day === 3 ? null : 'a day needs year, month and day';
}

/** Why a text is not a shape; null when it is one. */
export function shapeTrouble(shape: string): string | null {
  if (WHOLE_SHAPES.includes(shape)) return null;
  const made = compile(shape);
  return typeof made === 'string' ? `${JSON.stringify(shape)} is not a time shape: ${made}` : null;
}

function tokensOf(shape: string): Set<string> {
  const made = compile(shape);
  return typeof made === 'string' ? new Set() : made.tokens;
}

export function holdsDay(shape: string): boolean {
  return WHOLE_SHAPES.includes(shape) || tokensOf(shape).has('YYYY') || tokensOf(shape).has('YY');
}

export function holdsTimeOfDay(shape: string): boolean {
  return WHOLE_SHAPES.includes(shape) || ['HH', 'H', 'hh', 'h'].some((token) => tokensOf(shape).has(token));
}

export function hasTwoDigitYear(shape: string): boolean {
  return tokensOf(shape).has('YY');
}

/** Month of its number or English name, 1 to 12 when it is one. */
export function monthOf(text: string): number {
  return /^\d/.test(text) ? Number(text) : MONTHS.indexOf(text.slice(0, 3).toLowerCase()) + 1;
}
