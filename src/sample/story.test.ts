import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountsOf, ofxTime } from './bank.ts';
import { callsOf } from './calls.ts';
import { GATEWAY, SENDER } from './cast.ts';
import { chance } from './chance.ts';
import { cityOf, metresBetween } from './city.ts';
import { isoUtc, localHour, localTime, PAY_ZONE, secondsFrom, spacedUtc, time12, usDate, wallClock } from './clock.ts';
import { leasesOf } from './leases.ts';
import { lifeOf } from './life.ts';
import { HOURS_OF_USE, loginsOf } from './logins.ts';
import { cellSitesCsv, networkOf, radioOf } from './radio.ts';
import { HABITUAL_HOURS, transfersOf } from './transfers.ts';

const SEED = 42;
const city = cityOf(SEED);
const transfers = transfersOf(SEED, city);
const life = lifeOf(SEED, city, transfers);
const leases = leasesOf(SEED);
const logins = loginsOf(SEED, life, leases);
const network = networkOf(SEED);
const calls = callsOf(SEED, life, transfers, radioOf(SEED, network));

test('half past six in the evening is 01:30 UTC before the clocks go forward and 00:30 UTC after', () => {
  assert.equal(isoUtc(localTime(Temporal.PlainDate.from('2017-03-11'), 18.5)), '2017-03-12T01:30:00Z');
  assert.equal(isoUtc(localTime(Temporal.PlainDate.from('2017-03-12'), 18.5)), '2017-03-13T00:30:00Z');
});

test('each company writes an instant in its own way', () => {
  const at = secondsFrom('2017-03-17T00:05:09Z');
  assert.equal(spacedUtc(at), '2017-03-17 00:05:09 UTC');
  assert.equal(`${usDate(at, 'America/Denver')} ${time12(at, 'America/Denver')}`, '03/16/2017 6:05:09 PM');
  assert.equal(ofxTime(at), '20170316180509.000[-6:MDT]');
  assert.equal(ofxTime(secondsFrom('2017-02-17T01:05:09Z')), '20170216180509.000[-7:MST]');
});

test('habitual transfers fall on Thursday or Friday inside the stated hours, before and after the clocks change', () => {
  const habitual = transfers.filter((transfer) => transfer.habitual);
  assert.equal(habitual.length, 18);
  for (const { sent } of habitual) {
    const hour = localHour(sent);
    assert.ok(HABITUAL_HOURS.from <= hour && hour < HABITUAL_HOURS.to);
  }
  const change = secondsFrom('2017-03-12T09:00:00Z');
  assert.ok(habitual.some(({ sent }) => sent < change) && habitual.some(({ sent }) => sent > change));
});

test('money is collected after it was sent, by day where it is collected', () => {
  for (const { sent, paid } of transfers) {
    const { hour } = wallClock(paid, PAY_ZONE);
    assert.ok(paid > sent && paid - sent < 3 * 86_400);
    assert.ok(9 <= hour && hour < 19);
  }
});

test('the person is at the counter when money is sent, for several seeds', () => {
  for (const seed of [42, 7, 1066, 3]) {
    const there = cityOf(seed);
    const sentOf = transfersOf(seed, there);
    const lived = lifeOf(seed, there, sentOf);
    for (const { sent, agent } of sentOf) {
      assert.equal(lived.placeAt(sent)?.name, agent.name);
      assert.ok(metresBetween(lived.pointAt(sent, chance(seed, 'test')), agent) < 60);
    }
  }
});

test('nobody is in two places: stays follow one another', () => {
  for (const [n, stay] of life.stays.entries()) {
    assert.ok(stay.began < stay.ended, `${n}`);
    const next = life.stays[n + 1];
    if (next) assert.ok(stay.ended <= next.began, `${n}`);
  }
});

test('no port of a shared address is held by two subscribers at once', () => {
  const held = new Map<string, number>();
  for (const { ip, portLow, began, ended, portHigh } of leases) {
    assert.equal(portHigh - portLow, 511);
    const block = `${ip} ${portLow}`;
    assert.ok(began >= (held.get(block) ?? 0), block);
    held.set(block, ended);
  }
});

test('about forty subscribers share an address at a time', () => {
  const sharing = ['2017-02-09', '2017-02-20', '2017-03-05', '2017-03-25'].map((day) => {
    const noon = secondsFrom(`${day}T12:00:00Z`);
    return leases.filter(({ began, ended }) => began <= noon && noon < ended).length;
  });
  for (const count of sharing) assert.ok(30 <= count && count <= 40, `${count}`);
});

test('a login through a block carries its address and, where a port was kept, a port of it', () => {
  const shared = logins.filter(({ lease }) => lease !== null);
  assert.ok(shared.length > 80);
  for (const { at, ip, port, lease, channel } of shared) {
    assert.ok((GATEWAY as readonly string[]).includes(ip));
    assert.ok(lease!.began <= at && at < lease!.ended && lease!.ip === ip);
    assert.ok(port === null || (lease!.portLow <= port && port <= lease!.portHigh));
    assert.equal(lease!.subscriber === SENDER.phone, channel === 'mobile');
  }
});

test('some logins keep their port and some do not, over both kinds of address', () => {
  for (const six of [true, false]) {
    const some = logins.filter(({ ip }) => ip.includes(':') === six);
    assert.ok(some.some(({ port }) => port === null) && some.some(({ port }) => port !== null));
  }
});

test('the hours of use are a whole profile, and the evenings hold the share of logins it gives them', () => {
  assert.equal(HOURS_OF_USE.length, 24);
  assert.ok(Math.abs(HOURS_OF_USE.reduce((sum, share) => sum + share, 0) - 1) < 1e-12);
  const evening = logins.filter(({ at }) => localHour(at) >= 18).length;
  const expected = HOURS_OF_USE.slice(18).reduce((sum, share) => sum + share, 0) * logins.length;
  assert.ok(Math.abs(evening - expected) < 4 * Math.sqrt(expected));
});

test('nights are served by antennas near the home, and calls around transfers by antennas near the counter', () => {
  const night = calls.filter(({ at, first }) => first && (localHour(at) < 6 || localHour(at) >= 23));
  assert.ok(night.length > 5);
  const near = night.filter(({ first }) => metresBetween(first!.site, city.home) < 3000);
  assert.ok(near.length >= 0.8 * night.length);
  const rung = transfers.filter(({ sent, agent }) =>
    calls.some(({ at, first }) => first && Math.abs(at - sent) <= 600 && metresBetween(first.site, agent) < 4000),
  );
  assert.ok(rung.length >= 8, `${rung.length}`);
});

test('the serving antenna is often not the nearest: the network does not draw circles', () => {
  const served = calls.filter(({ first }) => first !== null);
  const nearest = served.filter(({ first, point }) => {
    const metres = Math.min(...network.map((site) => metresBetween(site, point)));
    return metresBetween(first!.site, point) <= metres + 1;
  });
  const share = nearest.length / served.length;
  assert.ok(0.2 < share && share < 0.9, `${share}`);
});

test('every cell of a call is in the table of sites', () => {
  const table = new Set(
    cellSitesCsv(network)
      .split('\n')
      .map((line) => line.split(',').slice(0, 2).join(' ')),
  );
  for (const { first, last } of calls.filter((call) => call.first !== null)) {
    for (const cell of [first!, last!]) assert.ok(table.has(`${cell.site.site} ${cell.sector.sector}`));
  }
});

test('cash leaves a machine within two hours before each transfer', () => {
  const [checking] = accountsOf(SEED, transfers);
  for (const { sent, amount } of transfers) {
    const drawn = checking!.entries.filter(({ type, at }) => type === 'ATM' && at < sent && sent - at < 7200);
    assert.ok(drawn.some((entry) => -Number(entry.amount) > Number(amount)));
  }
});
