/** The kinds of record named in a parameter, as the command line writes them: `session,contact`. */
import { Problem } from '../../base/problem.ts';
import { KINDS, type Kind } from '../../record/record.ts';

/** In the order of `KINDS`, without repeats. Throws `analysis/kind-unknown`. */
export function kindsIn(text: string): Kind[] {
  const named = text.split(',').map((name) => name.trim());
  const unknown = named.find((name) => !KINDS.includes(name as Kind));
  if (unknown !== undefined) {
    throw new Problem('analysis/kind-unknown', `“${unknown}” is not a kind of record; kinds are ${KINDS.join(', ')}.`, {
      unknown,
    });
  }
  return KINDS.filter((kind) => named.includes(kind));
}

/** An SQL list of kinds, which are a closed list and hold no quotes. */
export function inSql(kinds: readonly Kind[]): string {
  return `(${kinds.map((kind) => `'${kind}'`).join(', ')})`;
}
