/** A question's SQL may read the view `records` and what it makes of it, and nothing else. */
import { Problem } from '../base/problem.ts';
import { type Engine, quoted } from './engine.ts';

const FUNCTIONS = new Set(['unnest', 'range', 'generate_series']);

/**
 * Reads the statement as the engine parses it and refuses any other table, table function or kind of statement.
 * Throws `store/not-within`.
 */
export async function onlyRecords(engine: Engine, sql: string): Promise<void> {
  const [row] = await engine.rows<{ tree: string }>(`select json_serialize_sql(${quoted(sql)}) as tree`);
  const tree = JSON.parse(row!.tree) as { error: boolean; error_message?: string };
  if (tree.error)
    throw new Problem(
      'store/not-within',
      `Only a SELECT over records is answered: ${tree.error_message ?? 'not read'}.`,
    );
  const made = new Set(['records']);
  collect(tree, (node) => {
    const map = (node['cte_map'] as { map?: { key: string }[] } | undefined)?.map ?? [];
    for (const { key } of map) made.add(key.toLowerCase());
  });
  collect(tree, (node) => {
    if (node['type'] === 'BASE_TABLE' && (!made.has(String(node['table_name']).toLowerCase()) || node['schema_name'])) {
      throw new Problem('store/not-within', `A question may read records only, not ${node['table_name']}.`);
    }
    if (node['type'] === 'TABLE_FUNCTION') {
      const name = String((node['function'] as { function_name?: string } | undefined)?.function_name);
      if (!FUNCTIONS.has(name))
        throw new Problem('store/not-within', `A question may read records only, not through ${name}.`);
    }
  });
}

function collect(node: unknown, visit: (node: Record<string, unknown>) => void): void {
  if (Array.isArray(node)) {
    for (const child of node) collect(child, visit);
  } else if (node !== null && typeof node === 'object') {
    visit(node as Record<string, unknown>);
    for (const child of Object.values(node)) collect(child, visit);
  }
}
