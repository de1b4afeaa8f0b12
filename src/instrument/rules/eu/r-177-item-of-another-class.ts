/**
 * Each item is judged by its own class, whatever the certificate ticks. It is said where the two differ: identification
 * data that is to show contacts or movements, and traffic or content data on a certificate for subscriber data. A
 * certificate for traffic or content data may hold subscriber data too; that needs no remark.
 */
import { classOfItem } from '../../eu-classes.ts';
import { isProductionOrder } from '../../european-order.ts';
import { eachItem, rule } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

export default rule({
  id: 'R-177',
  asks: 'Is each item of the class that the certificate ticks for it?',
  authority: 'Regulation (EU) 2023/1543, Article 3(10) and recitals 33 and 39',
  mark: 'V',
  about: 'scope',
  severity: 'warn',
  since: '2026-08-18',
  appliesTo: isProductionOrder,
  judge: (request) =>
    eachItem(request, 'asks', (item) => {
      const found = classOfItem(request, item);
      if (item.asks.includes('only to identify') && (found === 'traffic' || found === 'content'))
        return { message: `Ticked as asked only to identify, but it asks for more: judged as ${found} data.` };
      if (request.instrument.type === 'EU-EPOC-S' && (found === 'traffic' || found === 'content'))
        return { message: `The certificate is for subscriber data, this item is ${found} data and judged as such.` };
      return false;
    }),
  message: 'The item is judged by another class than the certificate ticks.',
  cure: 'Ask for data of different classes in separate items, each on the conditions of its own class.',
  effects: ['split item'],
  examples: [
    { says: 'traffic data on a certificate for traffic data', request: europeanOrder(), expect: 'met' },
    {
      says: 'addresses only to identify the user',
      request: europeanOrder({
        instrument: { type: 'EU-EPOC-S' },
        items: [{ id: '1', target: 0, category: 'DC-02', asks: ['only to identify'] }],
      }),
      expect: 'met',
    },
    {
      says: 'ticked as identification, but asks with whom and where',
      request: europeanOrder({
        instrument: { type: 'EU-EPOC-S' },
        items: [{ id: '1', target: 0, category: 'DC-02', asks: ['only to identify', 'contacts or movements'] }],
      }),
      expect: [{ item: '1', severity: 'warn' }],
    },
    {
      says: 'a name and a log of calls on a certificate for subscriber data',
      request: europeanOrder({
        instrument: { type: 'EU-EPOC-S' },
        items: [
          { id: '1', target: 0, category: 'DC-01' },
          { id: '2', target: 0, category: 'DC-06' },
        ],
      }),
      expect: [{ item: '2', severity: 'warn' }],
    },
  ],
});
