/**
 * The likelihood ratio of one comparison, where everything it needs was stated; else why there is none.
 *
 * Needs a relevant population, its size and its description in writing. Where the port is missing it needs the number of
 * subscribers sharing an address too; without that both ends of the usual range are shown.
 */
import { significant } from '../place/figures.ts';
import {
  CAP,
  capped,
  MISS_RATE,
  oddsTable,
  type Propositions,
  RECORD_ERROR,
  ratios,
  sentence,
  USUAL_SHARING,
} from './likelihood.ts';

type Stated = {
  population: number | undefined;
  populationIs: string | undefined;
  sharing: number | undefined;
  allowanceSeconds: number;
  holdSeconds: number | null;
};

export function evaluation(stated: Stated) {
  const { population, populationIs, sharing, allowanceSeconds, holdSeconds } = stated;
  const why: string[] = [];
  if (population === undefined) why.push('The size of the relevant population was not given.');
  if (populationIs === undefined) why.push('The relevant population was not described in writing.');
  if (holdSeconds === null) why.push('No lease with a beginning and an end shows how long a block is held.');
  else if (allowanceSeconds > holdSeconds / 2)
    why.push('The clock allowance is more than half the time a block is held.');
  const usual = { computed: false as const, usualSharing: [...USUAL_SHARING] };
  if (population === undefined || populationIs === undefined || holdSeconds === null || why.length > 0)
    return { ...usual, why };
  const propositions: Propositions = {
    first: 'the login came through the line of the subscriber',
    second: 'it came through the line of another subscriber',
    population: `a population of ${population} subscribers (“${populationIs}”)`,
  };
  const one = (subscribers: number) => {
    const { kEff, fits, fitsNot } = ratios({ subscribers, allowanceSeconds, holdSeconds, population });
    return {
      subscribers,
      couldHaveMadeIt: `about ${significant(kEff, 2)} ${Math.round(kEff) === 1 ? 'subscriber' : 'subscribers'} could have produced this line`,
      kEff: significant(kEff, 3),
      fits: significant(capped(fits), 3),
      fitsWords: sentence(fits, propositions),
      fitsNot: significant(capped(fitsNot), 3),
      fitsNotWords: sentence(fitsNot, propositions),
      odds: oddsTable(fits),
    };
  };
  return {
    computed: true as const,
    level: 'the line of a subscriber, not a person',
    propositions,
    population: { size: population, is: populationIs },
    assumed: {
      missRate: MISS_RATE,
      recordError: RECORD_ERROR,
      meanHoldSeconds: significant(holdSeconds),
      clockAllowanceSeconds: allowanceSeconds,
    },
    withPort: one(1),
    withoutPort: (sharing === undefined ? USUAL_SHARING : [sharing]).map(one),
    sharingStated: sharing !== undefined,
    bounds: [1 / CAP, CAP],
    note:
      'For one comparison. Ratios of several comparisons are not multiplied: that product was not validated. Bounded at ' +
      '“moderately strong”, for want of a validation of its own. The table of odds is for the court, not for the examiner.',
  };
}
