/** A result no picture was made for: its values as facts and its lists as tables. */
import type { Finding } from '../../analysis/finding.ts';
import type { Block, Fact } from '../../document/document.ts';

const ROWS = 60;

export function resultListed(finding: Finding): Block[] {
  const facts: Fact[] = [];
  const tables: Block[] = [];
  for (const [name, value] of Object.entries(finding.result)) {
    if (Array.isArray(value) && value.every((one) => one !== null && typeof one === 'object')) {
      const columns = [...new Set(value.flatMap((one) => Object.keys(one as object)))];
      const rows = value
        .slice(0, ROWS)
        .map((one) => columns.map((column) => text((one as Record<string, unknown>)[column])));
      if (columns.length > 0)
        tables.push({
          kind: 'table',
          caption: name,
          columns: columns.map((title) => ({ title })),
          rows,
          ...(value.length > ROWS ? { note: `The first ${ROWS} of ${value.length}.` } : {}),
        });
    } else facts.push({ term: name, value: text(value) });
  }
  return [...(facts.length > 0 ? [{ kind: 'facts' as const, facts }] : []), ...tables];
}

function text(value: unknown): string {
  if (value === null || value === undefined) return 'unknown';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
