/** A docket as a provider might have it: mostly orders and warrants of one country, some of others, few of most. */
import type { LegalRequest } from '../instrument/legal-request.ts';
import {
  type Change,
  emergency,
  europeanOrder,
  order,
  preservation,
  subpoena,
  warrant,
} from '../instrument/rules/example.ts';
import {
  close,
  collect,
  convert,
  cure,
  dealtWith,
  decide,
  expired,
  letter,
  narrow,
  packaged,
  preserve,
  reject,
  resolve,
  review,
  rows,
  type Step,
  told,
  verify,
  withdraw,
} from './example.ts';
import type { Kept } from './facts.ts';
import type { Part } from './period.ts';

/** The same docket for the same seed. */
export function lifelikeDocket(part: Part, count: number, seed = 1): Kept[] {
  const chance = chances(seed);
  const span = Date.parse(part.to) - Date.parse(part.from);
  return Array.from({ length: count }, (_, index) => {
    const receivedAt = new Date(Date.parse(part.from) + Math.floor(chance() * span)).toISOString();
    const request = requestBy(chance, receivedAt);
    const id = `r-${part.name.toLowerCase()}-${String(index).padStart(5, '0')}`;
    return dealtWith(id, request, ...wayOf(request, chance));
  });
}

type Chance = () => number;

/** Numbers from 0 up to 1 (Park and Miller). */
function chances(seed: number): Chance {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return (state - 1) / 2147483646;
  };
}

/** One of these, by weight. */
function among<T>(chance: Chance, ...weighted: [number, T][]): T {
  let left = chance() * weighted.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, one] of weighted) {
    left -= weight;
    if (left < 0) return one;
  }
  return weighted[0]![1];
}

function requestBy(chance: Chance, receivedAt: string): LegalRequest {
  const service = among(chance, [8, 'Example Social'], [3, 'Example Messenger'], [1, undefined]);
  const ndo = among<object | undefined>(
    chance,
    [6, undefined],
    [5, { court: 'A court', endsOn: '2027-12-31' }],
    [1, { court: 'A court' }],
  );
  const common: Change = { receivedAt, service, ...(ndo ? { ndo } : {}) };
  const level = among(chance, [5, 'federal'], [4, 'state'], [3, 'local']);
  const american: Change = { requester: { level } };
  const make = among(
    chance,
    [30, () => subpoena(common, american)],
    [22, () => order(common, american)],
    [24, () => warrant(common, american, { instrument: { type: level === 'federal' ? 'US-WARRANT' : 'US-WARRANT-ST' } })],
    [9, () => emergency({ receivedAt, service }, american)],
    [14, () => preservation({ receivedAt, service }, american)],
    [2, () => order(common, american, { instrument: { type: 'US-NSL' } })],
    [2, () => order(common, { instrument: { type: 'XB-MLAT' }, requester: { country: 'DE', level: 'foreign' } })],
    [1, () => warrant(common, american, { targets: [{ type: 'area', value: 'a square' }], items: [{ id: '1', target: 0, category: 'DC-21' }] })],
    [16, () => european(chance, receivedAt, service)],
  ); // biome-ignore format: one line a paper
  return make();
}

function european(chance: Chance, receivedAt: string, service: string | undefined): LegalRequest {
  const state = among(chance, [9, 'DE'], [6, 'FR'], [4, 'IT'], [2, 'ES'], [1, 'DK']);
  const urgent = chance() < 0.08;
  const common: Change = {
    receivedAt,
    service,
    requester: { country: state },
    eu: { issuingState: state, emergency: urgent },
  };
  const make = among(
    chance,
    [5, () => europeanOrder(common, { instrument: { type: 'EU-EPOC-S' }, items: [{ id: '1', target: 0, category: 'DC-01' }] })],
    [4, () => europeanOrder(common)],
    [1, () => europeanOrder(common, { items: [{ id: '1', target: 0, category: 'DC-02' }, { id: '2', target: 0, category: 'DC-12' }] })],
    [1, () => europeanOrder(common, { kind: 'preservation', instrument: { type: 'EU-EPOC-PR' } })],
    [2, () => europeanOrder(common, { instrument: { type: 'EU-DSA10' }, eu: { emergency: false } })],
  ); // biome-ignore format: one line a paper
  return make();
}

function wayOf(request: LegalRequest, chance: Chance): Step[] {
  const items = request.items.map(({ id }) => id);
  const category = request.items[0]?.category ?? 'DC-01';
  const isUrgent = request.kind === 'emergency' || request.eu?.emergency === true;
  const unit = isUrgent ? 0.1 : 4 + chance() * 20;
  const start: Step[] = [
    [unit, verify('verified')],
    [unit * 2, resolve(...(chance() < 0.2 ? ['a', 'b'] : ['a'])), review()],
  ];
  const produced: Step[] = [
    [unit * 4, collect(rows('1', category, 'a', 12))],
    [unit * 6, packaged(12)],
  ];
  const tell = among<Step[]>(chance, [5, [[unit * 3.5, told('before')]]], [2, [[unit * 90, told('delayed')]]], [5, []]);
  if (request.kind === 'preservation') {
    const kept: Step[] = [...start, [unit * 3, preserve(rows('1', category, 'a', 9))]];
    return among(chance, [6, kept], [2, [...kept, [900, convert('r-later')]]], [3, [...kept, [2200, expired]]]);
  }
  const yes: Step = [unit * 3, ...decide('approve', ...items)];
  return among<Step[]>(
    chance,
    [48, [...start, yes, ...tell, ...produced]],
    [9, [...start, [unit * 3, ...decide('approve', '1'), ...decide('push back', ...items.slice(1))], [unit * 3, letter('push back')], ...produced]],
    [6, [...start, [unit * 3, letter('narrowing')], [unit * 3.2, narrow(request)], [unit * 3.3, review(), ...decide('approve', ...items)], ...tell, ...produced]],
    [5, [...start, [unit * 3, letter('push back')], [unit * 20, cure(request)], [unit * 21, review(), ...decide('approve', ...items)], [unit * 25, collect(rows('1', category, 'a', 3))], [unit * 27, packaged(3)]]],
    [12, [...start, [unit * 3, ...decide('reject', ...items)], [unit * 3.5, reject, letter('rejection')]]],
    [6, [...start, [unit * 3, letter(request.instrument.type?.startsWith('EU-EPOC') ? 'form 3' : 'push back')], [unit * 90, close]]],
    [7, [...start, yes, [unit * 4, collect()], [unit * 5, packaged(0)]]],
    [2, [...start, [unit * 8, withdraw]]],
    [1, [[unit, verify('fraud')]]],
    [1, [[unit, verify('verified')], [unit * 2, review('R-085')]]],
    [2, [...start, [unit * 3, review('R-122')], [unit * 4, letter('push back')]]],
    [3, []],
  ); // biome-ignore format: one line a way
}
