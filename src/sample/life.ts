/**
 * Where the person is, minute by minute: nights at home, most working days at a second place, errands, and the counters
 * at which money is sent. Nothing of this is in any file; the files are what it left behind.
 */
import { STORY } from './cast.ts';
import { type Chance, chance } from './chance.ts';
import { CENTRE, type City, moved, type Place, type Point } from './city.ts';
import { daysFrom, localTime, type Seconds } from './clock.ts';
import type { Transfer } from './transfers.ts';

type Stay = { place: Place; began: Seconds; ended: Seconds };

export type Life = {
  stays: Stay[];
  /** The place at an instant, or null on the way between two. */
  placeAt(at: Seconds): Place | null;
  /** The point at an instant; at a place about sixty metres around it, drawn from `draw`. */
  pointAt(at: Seconds, draw: Chance): Point;
};

const TRAVEL_SECONDS = 14 * 60;
const AROUND_METRES = 60;

export function lifeOf(seed: number, city: City, transfers: Transfer[]): Life {
  const draw = chance(seed, 'life');
  const outings = daysFrom(STORY.firstDay, STORY.lastDay)
    .flatMap((day) => outingsOn(day, city, transfers, draw))
    .sort((a, b) => a.began - b.began);
  const stays: Stay[] = [];
  let since = localTime(Temporal.PlainDate.from(STORY.firstDay), 0);
  for (const outing of outings) {
    // Less than an hour between two outings is not worth the way home.
    if (outing.began - since > 3600) {
      const began = stays.length === 0 ? since : since + TRAVEL_SECONDS;
      stays.push({ place: city.home, began, ended: outing.began - TRAVEL_SECONDS });
    }
    stays.push(outing);
    since = outing.ended;
  }
  const last = localTime(Temporal.PlainDate.from(STORY.lastDay), 24);
  stays.push({ place: city.home, began: since + TRAVEL_SECONDS, ended: last });

  const indexAt = (at: Seconds) => stays.findLastIndex((stay) => stay.began <= at);
  return {
    stays,
    placeAt(at) {
      const stay = stays[indexAt(at)];
      return stay && at < stay.ended ? stay.place : null;
    },
    pointAt(at, chanceOfRow) {
      const n = Math.max(0, indexAt(at));
      const [here, next] = [stays[n]!, stays[n + 1]];
      const way = next && at >= here.ended ? (at - here.ended) / Math.max(1, next.began - here.ended) : 0;
      const to = next?.place ?? here.place;
      const between = {
        latitude: here.place.latitude + way * (to.latitude - here.place.latitude),
        longitude: here.place.longitude + way * (to.longitude - here.place.longitude),
      };
      // Somebody sending money stands at the counter.
      const around = way === 0 && city.agents.some((agent) => agent.name === here.place.name) ? 10 : AROUND_METRES;
      return moved(between, around * chanceOfRow.normal(), around * chanceOfRow.normal());
    },
  };
}

/** The outings of a local day, none overlapping another. */
function outingsOn(day: Temporal.PlainDate, city: City, transfers: Transfer[], draw: Chance): Stay[] {
  const visits = transfers
    .filter(({ sent }) => localTime(day, 0) <= sent && sent < localTime(day, 24))
    .map(({ sent, agent }) => ({
      place: agent,
      began: sent - Math.round(draw.between(8, 20) * 60),
      ended: sent + Math.round(draw.between(5, 20) * 60),
    }));
  const works = draw.happens(0.75);
  const errand = draw.happens(0.5);
  const friend = draw.happens(0.15);
  const wobble = 0.35 * draw.normal();
  const away = moved(CENTRE, draw.between(-4000, 4000), draw.between(-4000, 4000));
  const stay = (place: Place, from: number, to: number): Stay => ({
    place,
    began: localTime(day, from + wobble),
    ended: localTime(day, to + wobble),
  });
  const weekday = day.dayOfWeek < 6;
  const others = [
    ...(weekday && works ? [stay(city.second, 9.5, 15.25)] : []),
    ...(!weekday && errand ? [stay({ name: 'errand', ...away }, 11, 13)] : []),
    ...(friend ? [stay(city.second, 19, 21.5)] : []),
  ];
  const apart = (a: Stay, b: Stay) => a.ended + TRAVEL_SECONDS <= b.began || b.ended + TRAVEL_SECONDS <= a.began;
  return [...others.filter((other) => visits.every((visit) => apart(other, visit))), ...visits];
}
