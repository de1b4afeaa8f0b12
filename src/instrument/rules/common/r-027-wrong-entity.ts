/**
 * A provider answers through the entity that controls a user's data. Where the user lives is asked only where that is
 * known; European orders go to a designated addressee instead, R-165.
 */
import type { Policy } from '../../policy.ts';
import { isEuropean } from '../../process.ts';
import { eachItem, rule } from '../../rule.ts';
import { europeanOrder, order, POLICY, preservation } from '../example.ts';

const IRISH = 'Example Social Ireland Limited';
const living = (residence: string | undefined) => ({
  targets: [{ type: 'account-id', value: '100000000000042', residence }],
});

export default rule({
  id: 'R-027',
  asks: 'Is the entity that was served the one that controls these users’ data?',
  authority: 'Published guidelines of Meta and TikTok',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: (request, { policy }) =>
    request.kind === 'production' &&
    request.instrument.addressedTo !== undefined &&
    policy.provider.entities.length > 0 &&
    !isEuropean(request),
  judge: (request, { policy }) => {
    const { addressedTo = '' } = request.instrument;
    const { entities, name } = policy.provider;
    const served = entityIn(addressedTo, entities);
    if (served === null) {
      // The brand alone names no entity, and is no other company either.
      if (alike(addressedTo).includes(alike(name))) return [];
      const ours = entities.map((entity) => entity.name).join(' or ');
      return [
        {
          path: 'instrument.addressedTo',
          message: `The process is addressed to ${addressedTo}, which is none of the provider’s entities.`,
          cure: `Address it to ${ours}. The time to answer begins when it is served correctly.`,
        },
      ];
    }
    return eachItem(request, 'target', ({ target }) => {
      const { residence } = request.targets[target] ?? {};
      const controller = residence === undefined ? null : controllerOf(residence, entities);
      if (controller === null || controller.name === served.name) return false;
      return {
        message: `${served.name} was served; ${controller.name} controls the data of users in ${residence}.`,
        cure: `Address it to ${controller.name}. The time to answer begins when it is served correctly.`,
      };
    });
  },
  message: 'The entity served does not control the data of this user.',
  cure: 'Address it to the entity that controls this user’s data. The time to answer begins when it is served correctly.',
  examples: [
    { says: 'nobody knows where the user lives', request: order(living(undefined)), expect: 'met' },
    { says: 'a user in the United States', request: order(living('US')), expect: 'met' },
    {
      says: 'a user in Ireland, served on the American entity',
      request: order(living('IE')),
      expect: [
        { item: '1', severity: 'pushback' },
        { item: '2', severity: 'pushback' },
      ],
    },
    {
      says: 'one of two users lives in Ireland',
      request: order({
        targets: [...living('US').targets, ...living('IE').targets],
        items: [
          { id: 'a', target: 0, category: 'DC-01' },
          { id: 'b', target: 1, category: 'DC-01' },
        ],
      }),
      expect: [{ item: 'b', severity: 'pushback' }],
    },
    {
      says: 'a user in Ireland, served on the Irish entity',
      request: order(living('IE'), { instrument: { addressedTo: `${IRISH}, attn. legal` } }),
      expect: 'met',
    },
    {
      says: 'a user in the United States, served on the Irish entity',
      request: order(living('US'), {
        instrument: { addressedTo: IRISH },
        items: [{ id: '1', target: 0, category: 'DC-01' }],
      }),
      expect: [{ item: '1', severity: 'pushback' }],
    },
    {
      says: 'addressed to another company',
      request: order({ instrument: { addressedTo: 'Other Chat, Inc.' } }),
      expect: [{ severity: 'pushback' }],
    },
    {
      says: 'addressed to the brand',
      request: order(living('IE'), { instrument: { addressedTo: 'Example Social' } }),
      expect: 'met',
    },
    {
      says: 'no addressee is read',
      request: order({ instrument: { addressedTo: undefined } }),
      expect: 'not applicable',
    },
    {
      says: 'a provider that has listed no entities',
      request: order(living('IE')),
      context: { policy: { ...POLICY, provider: { ...POLICY.provider, entities: [] } } },
      expect: 'not applicable',
    },
    { says: 'a hold', request: preservation(living('IE')), expect: 'not applicable' },
    { says: 'a European order', request: europeanOrder(living('US')), expect: 'not applicable' },
  ],
});

type Entity = Policy['provider']['entities'][number];

/** The longest name that stands in the address: one entity's name may begin with another's. */
function entityIn(addressedTo: string, entities: readonly Entity[]): Entity | null {
  const named = entities.filter(({ name }) => alike(addressedTo).includes(alike(name)));
  return named.toSorted((a, b) => b.name.length - a.name.length)[0] ?? null;
}

/** The entity for that country; without one, the entity that is for all others. */
function controllerOf(country: string, entities: readonly Entity[]): Entity | null {
  return (
    entities.find(({ countries }) => countries.includes(country)) ??
    entities.find(({ countries }) => countries.length === 0) ??
    null
  );
}

function alike(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
