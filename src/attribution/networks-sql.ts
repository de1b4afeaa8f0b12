/** The addresses and prefixes that a log in Parquet names, read once by the same rules as a question's address. */
import type { ColumnEngine } from './columns.ts';
import { networkOf } from './network.ts';

/**
 * Table `networks`: `low_key, high_key` as the log writes them, and what they mean: `family, bits, low, high`. `bits` is
 * 0 for a single address, else how many the size needs. A text that is no address is not in it.
 */
export async function readNetworks(engine: ColumnEngine): Promise<void> {
  await engine.run(
    'create table networks (low_key varchar, high_key varchar, family utinyint, bits utinyint, low uhugeint, high uhugeint)',
  );
  const distinct = 'select distinct low_key, high_key from leases where low_key is not null';
  for await (const { rows, columns } of engine.chunks(distinct)) {
    const out: [string[], (string | null)[], number[], number[], bigint[], bigint[]] = [[], [], [], [], [], []];
    for (let index = 0; index < rows; index++) {
      const [low, high] = [columns[0]!.getItem(index) as string, columns[1]!.getItem(index) as string | null];
      const network = networkOf(low, high);
      if (!network) continue;
      out[0].push(low);
      out[1].push(high);
      out[2].push(network.family);
      out[3].push(network.high > network.low ? (network.high - network.low).toString(2).length : 0);
      out[4].push(network.low);
      out[5].push(network.high);
    }
    await engine.append('networks', out);
  }
}
