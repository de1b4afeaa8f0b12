import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holidaysIn } from './holidays.ts';
import { type Jurisdiction, jurisdictionFrom, zoneOf } from './jurisdiction.ts';

const days = (jurisdiction: Jurisdiction, year: number) =>
  holidaysIn(jurisdiction, year).map(({ day }) => day.slice(5));

/** 5 U.S.C. 6103 with its Saturday and Sunday rules, written from general knowledge: the days offices are closed. */
const FEDERAL: Record<number, string> = {
  2023: '01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25',
  2024: '01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25',
  2025: '01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25',
  2026: '01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25',
  2027: '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31',
  2028: '01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25',
};

test('federal holidays are those of 5 U.S.C. 6103, moved from Saturday and Sunday', () => {
  for (const [year, expected] of Object.entries(FEDERAL)) {
    const weekdays = holidaysIn('US', Number(year))
      .filter(({ day }) => Temporal.PlainDate.from(day).dayOfWeek < 6)
      .map(({ day }) => day.slice(5));
    assert.deepEqual(weekdays, expected.split(' '), year);
  }
});

test('Juneteenth begins in 2021, and Inauguration Day is a holiday of nobody nationwide', () => {
  assert.ok(!days('US', 2020).includes('06-19'));
  assert.ok(days('US', 2021).includes('06-18'));
  for (const year of [2021, 2029]) assert.ok(!days('US', year).some((day) => day === '01-20' || day === '01-19'));
});

const MOVEABLE: Record<number, Record<string, string>> = {
  2026: {
    friday: '04-03',
    easter: '04-05',
    monday: '04-06',
    ascension: '05-14',
    whitsun: '05-24',
    whitMonday: '05-25',
    corpus: '06-04',
  },
  2027: {
    friday: '03-26',
    easter: '03-28',
    monday: '03-29',
    ascension: '05-06',
    whitsun: '05-16',
    whitMonday: '05-17',
    corpus: '05-27',
  },
};

/** Written from general knowledge of the statutes named, not from the library: fixed days, moveable feasts, and the rest by year. */
const STATES: { state: Jurisdiction; law: string; fixed: string; feasts: string; also?: Record<number, string> }[] = [
  {
    state: 'DE',
    law: 'Einigungsvertrag, Art. 2(2), and what all sixteen holiday acts of the Länder have in common',
    fixed: '01-01 05-01 10-03 12-25 12-26',
    feasts: 'friday monday ascension whitMonday',
  },
  {
    state: 'IE',
    law: 'Organisation of Working Time Act 1997, Second Schedule, with St Brigid’s Day since 2023',
    fixed: '01-01 03-17 12-25 12-26',
    feasts: 'monday',
    also: { 2026: '02-02 05-04 06-01 08-03 10-26', 2027: '02-01 05-03 06-07 08-02 10-25' },
  },
  {
    state: 'FR',
    law: 'Code du travail, art. L3133-1',
    fixed: '01-01 05-01 05-08 07-14 08-15 11-01 11-11 12-25',
    feasts: 'monday ascension whitMonday',
  },
  {
    state: 'ES',
    law: 'Estatuto de los Trabajadores, art. 37.2; Real Decreto 2001/1983, art. 45',
    fixed: '01-01 01-06 05-01 08-15 10-12 11-01 12-06 12-08 12-25',
    feasts: 'friday',
  },
  {
    state: 'IT',
    law: 'Legge 260/1949, as amended (2 June: legge 336/2000; 4 October from 2026: legge 151/2025)',
    fixed: '01-01 01-06 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26',
    feasts: 'easter monday',
  },
  {
    state: 'PL',
    law: 'Ustawa z 18 stycznia 1951 r. o dniach wolnych od pracy, art. 1 (24 December since 2025)',
    fixed: '01-01 01-06 05-01 05-03 08-15 11-01 11-11 12-24 12-25 12-26',
    feasts: 'easter monday whitsun corpus',
  },
  {
    state: 'AT',
    law: 'Arbeitsruhegesetz, § 7(2)',
    fixed: '01-01 01-06 05-01 08-15 10-26 11-01 12-08 12-25 12-26',
    feasts: 'monday ascension whitMonday corpus',
  },
  {
    state: 'NL',
    law: 'Algemene termijnenwet, art. 3(1), and the two Sundays',
    fixed: '01-01 04-27 05-05 12-25 12-26',
    feasts: 'easter monday ascension whitsun whitMonday',
  },
  {
    state: 'SE',
    law: 'Lag (1989:253) om allmänna helgdagar',
    fixed: '01-01 01-06 05-01 06-06 12-25 12-26',
    feasts: 'friday easter monday ascension whitsun',
    also: { 2026: '06-20 10-31', 2027: '06-26 11-06' },
  },
  {
    state: 'FI',
    law: 'Kirkkolaki; laki 388/1937 (6 December); laki 272/1944 (1 May)',
    fixed: '01-01 01-06 05-01 12-06 12-25 12-26',
    feasts: 'friday easter monday ascension whitsun',
    also: { 2026: '06-20 10-31', 2027: '06-26 11-06' },
  },
];

test('the public holidays of ten Member States are those their law names', () => {
  for (const { state, law, fixed, feasts, also } of STATES) {
    for (const year of [2026, 2027]) {
      const expected = [
        ...fixed.split(' '),
        ...feasts.split(' ').map((feast) => MOVEABLE[year]![feast]!),
        ...(also?.[year]?.split(' ') ?? []),
      ];
      assert.deepEqual(days(state, year), [...new Set(expected)].sort(), `${state} ${year}: ${law}`);
    }
  }
});

test('a Sunday King’s Day is kept on the Saturday before', () => {
  assert.ok(days('NL', 2025).includes('04-26') && !days('NL', 2025).includes('04-27'));
});

test('Clean Monday is a Monday, forty-eight days before Orthodox Easter, in Greece and in Cyprus', () => {
  for (const state of ['GR', 'CY'] as const) {
    assert.ok(days(state, 2026).includes('02-23'), state);
    assert.ok(!days(state, 2026).includes('02-24'), state);
    assert.ok(days(state, 2027).includes('03-15'), state);
  }
});

test('Bulgaria keeps a weekend holiday on the next working days, and not Easter', () => {
  const year = days('BG', 2026);
  for (const day of ['05-25', '09-07', '12-28']) assert.ok(year.includes(day), day);
  assert.ok(!year.includes('04-14'));
});

test('a holiday of two days is two days, and a half holiday is none', () => {
  assert.ok(days('RO', 2026).includes('01-02'));
  assert.ok(!days('US-KY', 2028).includes('04-14'), 'Good Friday from 14:00 in Kentucky');
});

test('a region’s holidays count only where the region is named', () => {
  assert.ok(!days('DE', 2026).includes('01-06'));
  assert.ok(days('DE-BY', 2026).includes('01-06'));
  assert.ok(!days('FR', 2026).includes('12-26'));
  assert.ok(days('FR-67', 2026).includes('12-26'));
  assert.ok(days('US-MA', 2026).includes('04-20'));
  assert.throws(() => holidaysIn('IE-D', 2026), { code: 'calendar/jurisdiction-unknown' });
});

test('a zone is the legal one where there is one, and unknown where there are two', () => {
  assert.equal(zoneOf('IE'), 'Europe/Dublin');
  assert.equal(zoneOf('DE-BY'), 'Europe/Berlin');
  assert.equal(zoneOf('US-NM'), 'America/Denver');
  assert.equal(zoneOf('US-TX'), null);
  assert.equal(zoneOf('US'), null);
  for (const text of ['', 'us', 'US-ZZ', 'UK', 'GB', 'IE-', 'US-NM-X', '__proto__', 'toString', 'US-toString']) {
    assert.throws(() => jurisdictionFrom(text), { code: 'calendar/jurisdiction-unknown' }, text);
  }
});

test('every jurisdiction has holidays in every year of a generation, sorted, one entry a day', () => {
  const all = 'US US-NM US-CA AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK';
  for (const jurisdiction of all.split(' ')) {
    for (let year = 2015; year <= 2040; year++) {
      const found = days(jurisdictionFrom(jurisdiction), year);
      assert.ok(found.length >= 9 && found.length <= 25, `${jurisdiction} ${year}: ${found.length}`);
      assert.deepEqual(found, [...new Set(found)].sort());
    }
  }
});
