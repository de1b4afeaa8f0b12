/** Labels of blocks in comparable form. A label may carry a detail: `Thread (123)`, `Album: Spring`. */

/** More different labels than any record has; beyond it the notes are thrown away, so that a file cannot fill memory. */
const MOST_NOTED = 2000;
const noted = new Map<string, string>();

/** Letters and digits of the label in lower case, without its detail: `Sender Ip` and `sender  IP` are `senderip`. */
export function key(label: string): string {
  const known = noted.get(label);
  if (known !== undefined) return known;
  const made = (/^[^(:]*/.exec(label)![0] || label).toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  if (noted.size >= MOST_NOTED) noted.clear();
  if (label.length <= 100) noted.set(label, made);
  return made;
}

/** `['Thread', '(123)']`, `['Album', 'Spring']`, `['IP Address', '']`. */
export function parts(label: string): [name: string, detail: string] {
  const found = /^([^(:]+?)\s*(?::\s*(.*)|(\(.*))$/s.exec(label);
  return found ? [found[1]!, (found[2] ?? found[3] ?? '').trim()] : [label, ''];
}
