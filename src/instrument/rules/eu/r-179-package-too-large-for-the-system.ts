/** The decentralised IT system carries packages up to a size; a larger one goes another way and is recorded there. */
import { isProductionOrder } from '../../european-order.ts';
import { NO_HISTORY, rule, when } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

export default rule({
  id: 'R-179',
  asks: 'Does the package fit the decentralised IT system?',
  authority:
    'Operational notes on Implementing Regulation (EU) 2025/1550; Regulation (EU) 2023/1543, Article 19(5) and (6)',
  mark: 'V2',
  about: 'scope',
  severity: 'warn',
  since: '2026-08-18',
  appliesTo: (request, { history }) => isProductionOrder(request) && history.packageBytes !== null,
  judge: (_request, { history, policy }) => {
    const { euPackageMegabytes } = policy.limits;
    const bytes = history.packageBytes ?? 0;
    return when(bytes > euPackageMegabytes * 1_000_000, {
      path: 'deliverTo',
      message: `The package has ${bytes} bytes, over ${euPackageMegabytes} MB: send it another way and record that.`,
    });
  },
  message: 'The package is too large for the decentralised IT system.',
  cure: 'The data is delivered by alternative means; the record of it comes by the decentralised IT system.',
  examples: [
    {
      says: 'a package of exactly 25 MB',
      request: europeanOrder(),
      context: { history: { ...NO_HISTORY, packageBytes: 25_000_000 } },
      expect: 'met',
    },
    {
      says: 'one byte more',
      request: europeanOrder(),
      context: { history: { ...NO_HISTORY, packageBytes: 25_000_001 } },
      expect: 'warn',
    },
    { says: 'there is no package yet', request: europeanOrder(), expect: 'not applicable' },
  ],
});
