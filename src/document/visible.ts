/**
 * Text from a record made safe to look at: what is invisible or turns reading direction is written out.
 *
 * `‹U+202E›` stands for a character that would otherwise hide or reorder its neighbours. Line ends show as `↵`.
 */

// biome-ignore lint/suspicious/noMisleadingCharacterClass: single characters that hide, each meant by itself.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/gu;

export function visible(text: string): string {
  return text
    .replace(/\r\n|\n/g, ' ↵ ')
    .replace(/\t/g, ' ')
    .replace(HIDDEN, (character) => codePoint(character));
}

/** `‹U+0041›`. */
export function codePoint(character: string): string {
  return `‹U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}›`;
}

/** At most `most` characters, with a note of how many there are; cuts between code points. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
  return `${cut}… [${grouped(text.length)} characters, cut here]`;
}

/** A count with its thousands apart, the same in every locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** For element content and attribute values of HTML and SVG. */
export function escaped(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
