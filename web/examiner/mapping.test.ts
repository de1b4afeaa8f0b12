import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileInMemory } from '../../src/formats/reading/open.ts';
import { sampleOf } from '../../src/formats/reading/sample.ts';
import { readProfile } from '../../src/formats/table/profile.ts';
import { propose } from '../../src/formats/table/propose.ts';
import { answered, type Question } from './mapping.ts';

async function proposed(...lines: string[]) {
  const file = fileInMemory('table.csv', new TextEncoder().encode(lines.join('\n')));
  const proposal = propose(await sampleOf(file, []));
  assert.ok(proposal);
  return { text: JSON.stringify(proposal.profile), questions: proposal.questions };
}
const about = (questions: Question[], words: RegExp) => {
  const found = questions.find(({ asks }) => words.test(asks));
  assert.ok(found, `no question ${words} among ${questions.map(({ asks }) => asks).join(' | ')}`);
  return found;
};

test('each answer makes the proposed profile one that the program takes', async () => {
  const { text, questions } = await proposed('Account,When,Address', '10042,03/04/2017 05:06,203.0.113.7', '10042,04/05/2017 05:06,203.0.113.8'); // biome-ignore format: one table
  let now = answered(text, about(questions, /day or the month/), 'DD/MM/YYYY HH:mm');
  now = answered(now, about(questions, /carry no zone/), 'America/Denver');
  const profile = readProfile(JSON.parse(now));
  assert.deepEqual(
    [profile.columns['When']!.time, profile.columns['When']!.zone],
    [['DD/MM/YYYY HH:mm'], 'America/Denver'],
  );
  const taken = JSON.parse(answered(now, about(questions, /carry no zone/), '')) as { columns: Record<string, object> };
  assert.ok(!('zone' in taken.columns['When']!), 'an answer can be taken back');
});

const FIELDS: [string, Question, string, object][] = [
  ['a row’s kind', { about: 'kind', asks: 'What is a row?', options: ['session', 'lease'] }, 'lease', { kind: 'lease' }],
  ['the first year', { about: 'firstYear', asks: 'Which is the first year?', options: ['1970'] }, '1970', { firstYear: 1970 }],
  ['whose record it is', { about: 'account', asks: 'Whose record is a row?', options: ['Tel.'] }, 'Tel.', { account: { column: 'Tel.' } }],
  ['what abbreviations mean', { about: 'When', asks: 'What does each mean (zoneNames): MST, CST?', options: [] }, 'MST = America/Denver; CST=America/Chicago', { zoneNames: { MST: 'America/Denver', CST: 'America/Chicago' } }],
  ['the unit of degrees', { about: 'Lat', asks: 'Are they multiplied?', options: ['unit: e7'] }, 'unit: e7', { columns: { Lat: { role: 'latitude', unit: 'e7' }, When: { role: 'time' } } }],
]; // biome-ignore format: a table

for (const [what, question, answer, expected] of FIELDS) {
  test(`an answer about ${what} goes where the profile has it`, () => {
    const text = JSON.stringify({ columns: { Lat: { role: 'latitude' }, When: { role: 'time' } } });
    assert.deepEqual(JSON.parse(answered(text, question, answer)), { ...JSON.parse(text), ...expected });
  });
}

test('what is no JSON stays as it was typed', () => {
  assert.equal(answered('{"columns": ', FIELDS[0]![1], 'lease'), '{"columns": ');
});
