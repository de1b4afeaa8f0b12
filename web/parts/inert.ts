/**
 * Text that came from outside, as it may be shown: what nobody would see, or what turns the order of letters, becomes
 * visible, and what is very long is cut with its length said.
 */
const UNSEEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;
const LONGEST = 2000;

export function inert(text: string, longest = LONGEST): string {
  const cut =
    text.length > longest ? `${text.slice(0, longest)}… (${text.length.toLocaleString('en-US')} characters)` : text;
  return cut.replace(UNSEEN, (one) => `⟨U+${one.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`);
}
