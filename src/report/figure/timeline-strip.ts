/** Records a day, a lane for each source, with what is not covered hatched. */
import { el, FAINT, hatch, INK, label, SOFT, SOURCES, svg } from '../../document/svg.ts';

const [WIDTH, LEFT, LANE, TOP] = [720, 176, 46, 14];
const DAY_MS = 86_400_000;

export type Lane = {
  name: string;
  days: { day: string; records: number }[];
  covered: { began: string; ended: string }[];
};

/** `first` and `last` are days, `last` not included. */
export function timelineStrip(
  id: string,
  lanes: Lane[],
  first: string,
  last: string,
): { svg: string; width: number; height: number } {
  const [from, to] = [Date.parse(first), Date.parse(last)];
  const x = (ms: number) => LEFT + ((Math.min(Math.max(ms, from), to) - from) / (to - from)) * (WIDTH - LEFT - 12);
  const height = TOP + lanes.length * LANE + 34;
  const months = monthsBetween(from, to);
  return {
    width: WIDTH,
    height,
    svg: svg(
      WIDTH,
      height,
      el('defs', {}, hatch(`${id}-none`, '#b9bcc0', 5, 1)),
      ...months.map(
        (ms) =>
          el('path', { d: `M${x(ms).toFixed(1)} ${TOP}V${height - 28}`, stroke: FAINT, 'stroke-width': 0.8 }) +
          label(x(ms) + 3, height - 12, new Date(ms).toISOString().slice(0, 10), { 'font-size': 11, fill: SOFT }),
      ),
      ...lanes.flatMap(({ name, days, covered }, index) => {
        const base = TOP + (index + 1) * LANE - 6;
        const most = Math.max(1, ...days.map(({ records }) => records));
        const barWidth = Math.max(1, ((WIDTH - LEFT - 12) * DAY_MS) / (to - from) - 0.6);
        const open = complement(covered, from, to);
        return [
          ...open.map(([began, ended]) =>
            el('rect', {
              x: x(began),
              y: base - LANE + 12,
              width: Math.max(0, x(ended) - x(began)),
              height: LANE - 12,
              fill: `url(#${id}-none)`,
            }),
          ),
          ...days
            .filter(({ day }) => Date.parse(day) >= from && Date.parse(day) < to)
            .map(({ day, records }) => {
              const tall = (records / most) * (LANE - 14);
              return el('rect', {
                x: x(Date.parse(day)),
                y: base - tall,
                width: barWidth,
                height: tall,
                fill: SOURCES[index % SOURCES.length]!,
                'fill-opacity': 0.8,
              });
            }),
          el('path', { d: `M${LEFT} ${base}H${WIDTH - 12}`, stroke: INK, 'stroke-width': 0.7 }),
          label(LEFT - 10, base - 14, name, { 'text-anchor': 'end', 'font-size': 12 }),
          label(LEFT - 10, base, `at most ${most} a day`, { 'text-anchor': 'end', 'font-size': 10, fill: SOFT }),
        ];
      }),
    ),
  };
}

function complement(covered: Lane['covered'], from: number, to: number): [number, number][] {
  const sorted = covered
    .map(({ began, ended }) => [Date.parse(began), Date.parse(ended)] as [number, number])
    .sort((a, b) => a[0] - b[0]);
  const open: [number, number][] = [];
  let at = from;
  for (const [began, ended] of sorted) {
    if (began > at) open.push([at, Math.min(began, to)]);
    at = Math.max(at, ended);
  }
  if (at < to) open.push([at, to]);
  return open;
}

function monthsBetween(from: number, to: number): number[] {
  const start = new Date(from);
  const months = Array.from({ length: 600 }, (_, index) =>
    Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + index, 1),
  ).filter((ms) => ms >= from && ms < to);
  return months.filter((_, index) => index % Math.ceil(months.length / 8) === 0);
}
