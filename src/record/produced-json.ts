/** The JSON that some cells of a produced row hold, read strictly: identifiers, parts, mentions, objects of texts. */
import { IDENTIFIER_TYPES, type Identifier, identifier } from './identifier.ts';
import { KIND_COLUMNS, type KindColumn, type Mention, type Part } from './record.ts';

export function identifierOf(value: unknown): Identifier | null {
  if (!isPlain(value)) return null;
  const { type: name, value: compared, text } = value;
  const type = IDENTIFIER_TYPES.find((one) => one === name);
  if (type === undefined || typeof compared !== 'string' || typeof text !== 'string') return null;
  const again = identifier(type, compared);
  if (again === null || (type.startsWith('ip') && again.value !== compared)) return null;
  return { type, value: compared, text };
}

export function partOf(value: unknown): Part | null {
  if (!isPlain(value)) return null;
  const { category, columns, fields } = value;
  if (typeof category !== 'string' || !isTexts(columns) || !isTexts(fields)) return null;
  return columns.every(isColumn) ? { category, columns: columns as KindColumn[], fields } : null;
}

export function mentionOf(value: unknown): Mention | null {
  if (!isPlain(value)) return null;
  const { column, who, also, fields } = value;
  const person = identifierOf(who);
  const others = also === undefined ? undefined : Array.isArray(also) ? also.map(identifierOf) : null;
  if (person === null || others === null || others?.includes(null) || !isTexts(fields)) return null;
  if (column !== null && !isColumn(column)) return null;
  const known = others === undefined ? {} : { also: others as Identifier[] };
  return { column: column as KindColumn | null, who: person, ...known, fields };
}

const isColumn = (value: unknown) => typeof value === 'string' && Object.hasOwn(KIND_COLUMNS, value);

/** Undefined for an empty cell, null where it is no list of what `read` reads. */
export function listOf<T>(cell: string, read: (value: unknown) => T | null): T[] | undefined | null {
  if (cell === '') return undefined;
  const value = parsed(cell);
  if (!Array.isArray(value)) return null;
  const found = value.map(read);
  return found.every((one) => one !== null) ? (found as T[]) : null;
}

/** A JSON object of texts, or null. */
export function textsOf(cell: string): Record<string, string> | null {
  const value = parsed(cell);
  if (!isPlain(value) || !isTexts(Object.values(value))) return null;
  return value as Record<string, string>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
