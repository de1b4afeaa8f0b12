/**
 * Words that claim more than records can bear, found before a report is written.
 *
 * Looks at our own sentences only. Text in “quotation marks” is what a record says and is left alone.
 */
import type { Finding } from '../analysis/finding.ts';
import { Problem } from '../base/problem.ts';
import type { ReportDocument } from '../document/document.ts';

const PERSON = '(?:he|she|him|her|they|them|(?:the )?(?:suspect|defendant|accused|subject|user|person))';

const PHRASES: { pattern: RegExp; why: string }[] = [
  { pattern: /\bwas at\b/i, why: 'a record shows where a system recorded something, not where a person was' },
  { pattern: new RegExp(`\\bplac(?:es|ed|ing) ${PERSON}\\b`, 'i'), why: 'a record places nobody' },
  { pattern: /triangulat/i, why: 'no position was measured from three sides' },
  { pattern: /pinpoint/i, why: 'an area is not a point' },
  { pattern: /\b(?:his|her|their|the) phone proves\b/i, why: 'a phone proves nothing about who held it' },
  { pattern: /\bhome of\b/i, why: 'records do not show where somebody lives' },
  { pattern: /(?<!\b(?:chance|coincidental|possible|no) )\bmatch(?:es|ed)?\b/i, why: 'say what agrees with what, and who else would' },
  { pattern: /\bprobability that (?:the )?(?:defendant|suspect|accused|subject)\b/i, why: 'that is for the court' },
  { pattern: /\d\s*(?:%|per ?cent)\s*(?:certain|sure)\b/i, why: 'certainty has no percentage' },
  { pattern: new RegExp(`\\d\\s*(?:%|per ?cent)\\s*(?:(?:certain|sure|likely|probable|that)\\s+)*(?:that\\s+)?${PERSON}\\b`, 'i'), why: 'a percentage of a person' },
]; // biome-ignore format: a table

/** The first phrase of `text` that claims too much; null when there is none. `radiusMetres` bounds the coordinates in it. */
export function overclaim(text: string, radiusMetres: number | null = null): { phrase: string; why: string } | null {
  const own = text.replace(/“[^”]*”/g, '“…”');
  for (const { pattern, why } of PHRASES) {
    const found = pattern.exec(own);
    if (found) return { phrase: found[0], why };
  }
  return loneConsistent(own) ?? tooManyDigits(own) ?? tooFineCoordinate(own, radiusMetres);
}

/** Throws `report/wording` naming the phrase and the place. */
export function refuseOverclaims(texts: Iterable<{ place: string; text: string; radiusMetres?: number | null }>): void {
  for (const { place, text, radiusMetres } of texts) {
    const found = overclaim(text, radiusMetres ?? null);
    if (!found) continue;
    throw new Problem(
      'report/wording',
      `“${found.phrase}” in ${place} claims more than records bear: ${found.why}. No report was written.`,
      { phrase: found.phrase, place, why: found.why },
    );
  }
}

/** Every sentence of a finding that is ours. */
export function* wordsOf(finding: Finding): Generator<{ place: string; text: string }> {
  const told = (where: string, text: string) => ({ place: `the ${where} of ${finding.question}`, text });
  yield told('question', finding.asks);
  yield told('statement', finding.statement);
  for (const reason of finding.refused ?? []) yield told('refusal', reason);
  yield told('limits', finding.limits);
  yield told('caveat', finding.caveat);
  for (const { why } of finding.leftOut) yield told('reasons for leaving out', why);
  for (const text of finding.alternatives) yield told('other explanations', text);
  for (const { change, effect } of finding.sensitivity) yield told('sensitivity', `${change}: ${effect}`);
}

/** Captions, alternative texts and remarks of the document itself. */
export function* wordsIn(document: ReportDocument): Generator<{ place: string; text: string }> {
  for (const { title, blocks } of document.sections) {
    for (const block of blocks) {
      if (block.kind === 'figure') {
        yield { place: `a caption in “${title}”`, text: block.caption };
        yield { place: `the description of a figure in “${title}”`, text: block.alt };
      }
      if (block.kind === 'table')
        yield { place: `a caption in “${title}”`, text: `${block.caption} ${block.note ?? ''}` };
    }
  }
}

function loneConsistent(text: string) {
  if (!/\bconsistent with\b/i.test(text) || /\balso consistent with\b/i.test(text)) return null;
  return { phrase: 'consistent with', why: 'say what else the records are also consistent with' };
}

/** Counts are exact and may be long; a measured number has a fraction or a unit. */
function tooManyDigits(text: string) {
  const numbers = text.matchAll(
    /(?<![\w.:,/-])(?<number>\d[\d,]*(?:\.\d+)?)(?![\w:/]|[.,]\d|-\d)(?<unit>\s?(?:km|m|metres|%|times)(?![\w/]))?/g,
  );
  for (const found of numbers) {
    const { number, unit } = found.groups as { number: string; unit: string | undefined };
    if (!unit && !number.includes('.')) continue;
    if (
      /^\s*,?\s*-?\d{1,3}\.\d+/.test(text.slice(found.index + number.length)) ||
      /\d\.\d+\s*,\s*-?$/.test(text.slice(0, found.index))
    )
      continue;
    const digits = number.replaceAll(',', '');
    const significant = digits.includes('.')
      ? digits.replace('.', '').replace(/^0+/, '')
      : digits.replace(/^0+|0+$/g, '');
    if (significant.length > 3) return { phrase: found[0], why: 'more than three significant digits' };
  }
  return null;
}

function tooFineCoordinate(text: string, radiusMetres: number | null) {
  const decimals = radiusMetres === null || radiusMetres >= 1000 ? 2 : radiusMetres >= 100 ? 3 : 4;
  for (const found of text.matchAll(/-?\b\d{1,2}\.(\d+)(?:° ?[NS])?\s*,\s*-?\d{1,3}\.(\d+)/g)) {
    const most = Math.max(found[1]!.length, found[2]!.length);
    if (most > decimals) return { phrase: found[0], why: 'a coordinate with more decimals than its radius allows' };
  }
  return null;
}
