/** What money the sender sent: when, at which counter, to whom. The files about it are made elsewhere. */
import { NAME_AS_TYPED, OTHER_SENDERS, PAYEES, SENDER } from './cast.ts';
import { type Chance, chance } from './chance.ts';
import type { Agent, City } from './city.ts';
import { daysFrom, localTime, PAY_ZONE, type Seconds, wallClock } from './clock.ts';

export type Transfer = {
  reference: string;
  sent: Seconds;
  paid: Seconds;
  agent: Agent;
  senderName: string;
  senderPhone: string;
  payee: string;
  /** Decimal text in US dollars. */
  amount: string;
  fee: string;
  /** Thursday or Friday, late afternoon or evening. */
  habitual: boolean;
};

/** Local hours that hold every habitual transfer, 16 ≤ hour < 21, and the hour they gather around. */
export const HABITUAL_HOURS = { from: 16, to: 21, peak: 18.2 } as const;
const HABITUAL = 16;
const OCCASIONAL = 6;

/** Twenty-two transfers within the ordered dates and one on either side of them, in order of time. */
export function transfersOf(seed: number, city: City): Transfer[] {
  const draw = chance(seed, 'transfers');
  const inside = daysFrom('2017-02-02', '2017-03-30');
  const isHabitual = (day: Temporal.PlainDate) => day.dayOfWeek === 4 || day.dayOfWeek === 5;
  const habitualDays = draw.shuffled(inside.filter(isHabitual)).slice(0, HABITUAL);
  const otherDays = draw.shuffled(inside.filter((day) => !isHabitual(day) && day.dayOfWeek !== 7)).slice(0, OCCASIONAL);
  const outside = ['2017-01-26', '2017-04-06'].map((day) => Temporal.PlainDate.from(day));

  const planned = [
    ...[...habitualDays, ...outside].map((day) => ({ day, hours: evening(draw.normal()), habitual: true })),
    ...otherDays.map((day) => ({ day, hours: draw.between(11, 14), habitual: false })),
  ].sort((a, b) => Temporal.PlainDate.compare(a.day, b.day));
  const counters = draw.shuffled(planned.map((_, n) => [0, 0, 1, 0, 2, 1, 0, 2][n % 8] ?? 0));
  return planned.map(({ day, hours, habitual }, n) => {
    const sent = localTime(day, hours);
    return {
      ...terms(draw, sent),
      agent: city.agents[counters[n]!]!,
      senderName: NAME_AS_TYPED[draw.weighted([5, 3, 1, 1])]!,
      senderPhone: SENDER.phone,
      payee: PAYEES[draw.weighted([5, 4, 1])]!,
      habitual,
    };
  });
}

/** Other people's transfers to the same payees, which the company handed over as well. */
export function strangersTransfersOf(seed: number, city: City): Transfer[] {
  const draw = chance(seed, 'other senders');
  return OTHER_SENDERS.map(({ name, phone }) => {
    const sent = localTime(draw.pick(daysFrom('2017-02-06', '2017-03-25')), draw.between(10, 18));
    const agent = draw.pick(city.agents);
    return {
      ...terms(draw, sent),
      agent,
      senderName: name,
      senderPhone: phone,
      payee: draw.pick(PAYEES),
      habitual: false,
    };
  }).sort((a, b) => a.sent - b.sent);
}

function evening(normal: number): number {
  return Math.min(20.4, Math.max(16.4, HABITUAL_HOURS.peak + 0.9 * normal));
}

function terms(draw: Chance, sent: Seconds) {
  const reference = `${draw.whole(10_000, 99_999)}${draw.whole(10_000, 99_999)}`;
  const amount = `${draw.whole(18, 97) * 10}.00`;
  const fee = `${draw.whole(9, 24)}.${draw.pick(['00', '50', '99'])}`;
  return { reference, amount, fee, sent, paid: paidAfter(sent, draw) };
}

/** Collected while shops are open at the other end: on the first day that still opens after the sending, or the next. */
function paidAfter(sent: Seconds, draw: Chance): Seconds {
  const there = wallClock(sent, PAY_ZONE);
  const days = (there.hour < 8 ? 0 : 1) + (draw.happens(0.25) ? 1 : 0);
  return localTime(there.toPlainDate().add({ days }), draw.between(9.5, 18.5), PAY_ZONE);
}
