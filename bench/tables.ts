/** Seeded tables to measure with: a carrier's port-block log of any length, a Meta record of any number of logins. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

const FEBRUARY = Date.UTC(2017, 1, 1);
const DAYS = 58;

/** A third of the rows belong to the subscribers in `ordered`. */
export const ORDERED = Array.from({ length: 20 }, (_, index) => `157555501${String(index).padStart(2, '0')}`);
const OTHERS = Array.from({ length: 40_000 }, (_, index) => `line-${100_000 + index}`);

export function writeLeases(path: string, rows: number): void {
  const draw = drawing(1);
  const stamp = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
  write(path, rows, 'subscriber,start,end,public_ip,port_low,port_high\n', (index) => {
    const began = FEBRUARY + Math.floor((index / rows) * DAYS * 86_400_000);
    const ended = began + 600_000 + draw(7_200) * 1000;
    const who = draw(3) === 0 ? ORDERED[draw(ORDERED.length)] : OTHERS[draw(OTHERS.length)];
    const block = 1024 + draw(126) * 512;
    return `${who},${stamp(began)},${stamp(ended)},198.${18 + draw(2)}.${draw(256)}.${draw(256)},${block},${block + 511}\n`;
  });
}

const AGENTS = ['Example/1.0 (phone)', 'Example/1.1 (tablet)'];

export function writeMetaRecord(path: string, logins: number): void {
  const draw = drawing(2);
  const pair = (label: string, value: string) =>
    `<div class="t o"><div class="t i">${label}<div class="m"><div>${value}</div></div></div></div>\n`;
  const head = `<html><head><title>Facebook Business Record</title></head><body>
<div class="content-pane" id="property-request_parameters">${pair('Service', 'Facebook')}${pair('Target', '100000000000042')}${pair('Date Range', '2017-02-01 00:00:00 UTC to 2017-03-31 23:59:59 UTC')}</div>
<div class="content-pane" id="property-ip_addresses">${pair('Ip Addresses Definition', 'Addresses from which the account was used.')}`;
  write(
    path,
    logins,
    head,
    (index) => {
      const time = new Date(FEBRUARY + Math.floor((index / logins) * DAYS * 86_400_000)).toISOString();
      return (
        pair('IP Address', `203.0.113.${draw(256)}`) +
        pair('Time', `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`) +
        pair('Action', ['login', 'logout', 'session'][draw(3)]!) +
        pair('User Agent', AGENTS[draw(AGENTS.length)]!)
      );
    },
    '</div></body></html>\n',
  );
}

function drawing(seed: number): (below: number) => number {
  const generator = xoroshiro128plus(seed);
  return (below) => (generator.next() >>> 0) % below;
}

function write(path: string, rows: number, head: string, row: (index: number) => string, tail = ''): void {
  const file = openSync(path, 'w');
  let waiting = head;
  for (let index = 0; index < rows; index++) {
    waiting += row(index);
    if (waiting.length > 1 << 20) {
      writeSync(file, waiting);
      waiting = '';
    }
  }
  writeSync(file, waiting + tail);
  closeSync(file);
}
