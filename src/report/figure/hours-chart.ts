/** Sessions an hour of exposure, by local hour, with their 90 % intervals. */
import { niceStep } from '../../document/axis.ts';
import { BLUE, el, FAINT, INK, label, SOFT, svg } from '../../document/svg.ts';

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [720, 300, 58, 46, 18];

export type HourBin = { bin: number; sessions: number; exposureHours: number; rate: number; low: number; high: number };

export function hoursChart(bins: HourBin[], zone: string): { svg: string; width: number; height: number } {
  const most = Math.max(...bins.map(({ high }) => high), 0.001);
  const step = niceStep(most / 4);
  const top = Math.ceil(most / step) * step;
  const width = (WIDTH - LEFT - 12) / bins.length;
  const y = (rate: number) => HEIGHT - BOTTOM - (rate / top) * (HEIGHT - BOTTOM - TOP);
  const lines = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step);
  const every = bins.length > 24 ? 24 : 3;
  return {
    width: WIDTH,
    height: HEIGHT,
    svg: svg(
      WIDTH,
      HEIGHT,
      ...lines.map(
        (rate) =>
          el('path', { d: `M${LEFT} ${y(rate).toFixed(1)}H${WIDTH - 12}`, stroke: FAINT, 'stroke-width': 0.7 }) +
          label(LEFT - 8, y(rate) + 4, String(Number(rate.toPrecision(2))), {
            'text-anchor': 'end',
            'font-size': 11,
            fill: SOFT,
          }),
      ),
      ...bins.map(({ bin, rate, low, high }) => {
        const [x, middle] = [LEFT + bin * width, LEFT + (bin + 0.5) * width];
        return (
          el('rect', {
            x: x + width * 0.14,
            y: y(rate),
            width: width * 0.72,
            height: Math.max(0, HEIGHT - BOTTOM - y(rate)),
            fill: BLUE,
            'fill-opacity': 0.55,
          }) +
          el('path', {
            d: `M${middle.toFixed(1)} ${y(low).toFixed(1)}V${y(high).toFixed(1)}M${(middle - 3).toFixed(1)} ${y(low).toFixed(1)}h6M${(middle - 3).toFixed(1)} ${y(high).toFixed(1)}h6`,
            stroke: INK,
            'stroke-width': 1,
            fill: 'none',
          })
        );
      }),
      el('path', { d: `M${LEFT} ${HEIGHT - BOTTOM}H${WIDTH - 12}`, stroke: INK, 'stroke-width': 1 }),
      ...bins
        .filter(({ bin }) => bin % every === 0)
        .map(({ bin }) =>
          label(
            LEFT + bin * width,
            HEIGHT - BOTTOM + 16,
            bins.length > 24 ? DAYS[bin / 24]! : `${String(bin).padStart(2, '0')}:00`,
            { 'text-anchor': 'middle', 'font-size': 11 },
          ),
        ),
      label(WIDTH - 12, HEIGHT - 10, `local hour, ${zone}`, { 'text-anchor': 'end', 'font-size': 12, fill: SOFT }),
      el(
        'g',
        { transform: `translate(14 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)` },
        label(0, 0, 'sessions per hour of exposure', { 'text-anchor': 'middle', 'font-size': 12, fill: SOFT }),
      ),
    ),
  };
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
