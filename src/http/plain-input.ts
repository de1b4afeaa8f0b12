/** What a browser sends as input: one JSON object of texts, whole numbers, lists and objects, each of which can be entered in the ledger. */
import { Problem } from '../base/problem.ts';

const DEEPEST = 32;

/** Throws `input/invalid`. */
export function plainInput(bytes: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Problem('input/invalid', 'The input is not JSON in UTF-8. Nothing was done.');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw wrong('is no object');
  refuse(value, 0);
  return value as Record<string, unknown>;
}

function refuse(value: unknown, depth: number): void {
  if (depth > DEEPEST) throw wrong('is nested too deep');
  if (typeof value === 'string' && !value.isWellFormed()) throw wrong('holds half a character');
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw wrong('holds a number that is not whole; write it as text');
  if (value === null || typeof value !== 'object') return;
  for (const [name, inner] of Object.entries(value)) {
    refuse(name, depth);
    refuse(inner, depth + 1);
  }
}

function wrong(why: string): Problem {
  return new Problem('input/invalid', `The input ${why}. Nothing was done.`);
}
