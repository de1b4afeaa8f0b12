/** Files that an act is given: read, and where they hold JSON, held against its shape. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { fieldWords } from './field-words.ts';

/** `nothing` says what was not done: `Nothing was added.` Throws `input/no-file`. */
export function bytesGiven(path: string, nothing: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new Problem('input/no-file', `There is no readable file ${path}. ${nothing}`, { path });
  }
}

export function textGiven(path: string, nothing: string): string {
  return bytesGiven(path, nothing).toString('utf8');
}

/** Throws a problem of `code` that names every wrong field. */
export function jsonGiven<S extends z.ZodType>(path: string, schema: S, code: string, nothing: string): z.infer<S> {
  const refused = (says: string) => new Problem(code, `${path}: ${says}. ${nothing}`, { path });
  let value: unknown;
  try {
    value = JSON.parse(textGiven(path, nothing));
  } catch (error) {
    throw error instanceof SyntaxError ? refused(`not JSON: ${error.message}`) : error;
  }
  const parsed = schema.safeParse(value, { error: fieldWords });
  if (parsed.success) return parsed.data;
  throw refused(parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; '));
}
