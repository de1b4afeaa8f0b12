/**
 * What people write while they work: notes on records, and hypotheses as pairs of propositions with what speaks for each.
 *
 * Nothing written is changed. A note is followed by another, a hypothesis has versions; who wrote what and when stays.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { type Matter, now } from './house.ts';
import { MatterId } from './matter.ts';
import { operation } from './operation.ts';
import { namesIn } from './person.ts';

const Text = z.string().trim().min(1).max(10_000);
const RecordIds = z
  .array(z.string().regex(/^[0-9a-f]{64}$/, 'the id of a record'))
  .max(1000)
  .default([]);

export type Note = {
  note: string;
  text: string;
  label: string | null;
  records: string[];
  about: string | null;
  by: string;
  at: string;
};

export const noteAdd = operation({
  words: 'note add',
  desk: 'examiner',
  op: 'alteration',
  does: 'Write a note: on records, on a finding, or on the matter as a whole; with a label if you like.',
  example: 'fourcorners note add --matter m-1a2b3c4d5e --text "Two logins within a minute; ask the carrier for ports."',
  input: z.strictObject({
    matter: MatterId,
    text: Text,
    label: z.string().trim().min(1).max(60).optional().describe('a word to find it by'),
    records: RecordIds.describe('ids of the records it is about'),
    about: z.string().max(200).optional().describe('the digest of a finding, or another note it answers'),
  }),
  async run(house, { matter: id, text, label, records, about }, task): Promise<Note> {
    const matter = house.matter(id);
    const there = matter.papers.list('notes');
    const answers = about !== undefined && /^\d{1,6}$/.test(about) ? about.padStart(6, '0') : null;
    if (answers !== null && !there.includes(answers)) {
      throw new Problem('note/not-found', `There is no note ${about} in this matter to answer. Nothing was written.`, {
        note: about,
      });
    }
    const number = String(there.length + 1).padStart(6, '0');
    const note: Note = {
      note: number,
      text,
      label: label ?? null,
      records,
      about: answers ?? about ?? null,
      by: house.actor.name,
      at: now(),
    };
    await matter.papers.put(`notes/${number}`, note);
    task.tell({ counts: { records: records.length } });
    return note;
  },
  show: ({ note }) => `Note ${Number(note)} is kept.`,
});

export const noteList = operation({
  words: 'note list',
  desk: 'examiner',
  op: 'consultation',
  does: 'List the notes of a matter, in the order they were written.',
  example: 'fourcorners note list --matter m-1a2b3c4d5e',
  input: z.strictObject({ matter: MatterId }),
  async run(house, input) {
    return { notes: await notesOf(house.matter(input.matter)) };
  },
  show: ({ notes }) =>
    notes.map(({ note, by, at, text }) => `${Number(note)}  ${at}  ${by}: ${text}`).join('\n') || 'No notes yet.',
});

const Proposition = z.string().trim().min(10, 'a proposition in words, of ten characters or more').max(2000);

export type Hypothesis = {
  hypothesis: string;
  version: number;
  one: string;
  other: string;
  forOne: string[];
  forOther: string[];
  by: string;
  at: string;
};

export const hypothesisAdd = operation({
  words: 'hypothesis add',
  desk: 'examiner',
  op: 'alteration',
  does: 'State two propositions that exclude each other, before comparing; with the records that speak for each. Or a new version.',
  example:
    'fourcorners hypothesis add --matter m-1a2b3c4d5e --one "The account holder made the logins." --other "Another person with the password made them."',
  input: z.strictObject({
    matter: MatterId,
    hypothesis: z
      .string()
      .regex(/^h-\d{4}$/)
      .optional()
      .describe('one that is there, of which this is a new version'),
    one: Proposition.describe('the first proposition'),
    other: Proposition.describe('the alternative'),
    'for-one': RecordIds.describe('records that speak for the first'),
    'for-other': RecordIds.describe('records that speak for the alternative'),
  }),
  async run(house, input): Promise<Hypothesis> {
    const matter = house.matter(input.matter);
    const there = matter.papers.drawers('hypotheses');
    if (input.hypothesis !== undefined && !there.includes(input.hypothesis)) {
      throw new Problem(
        'hypothesis/not-found',
        `There is no hypothesis ${input.hypothesis} in this matter. Nothing was written.`,
        {
          hypothesis: input.hypothesis,
        },
      );
    }
    const hypothesis = input.hypothesis ?? `h-${String(there.length + 1).padStart(4, '0')}`;
    const version = matter.papers.list(`hypotheses/${hypothesis}`).length + 1;
    const { one, other, 'for-one': forOne, 'for-other': forOther } = input;
    const stated: Hypothesis = { hypothesis, version, one, other, forOne, forOther, by: house.actor.name, at: now() };
    await matter.papers.put(`hypotheses/${hypothesis}/v${String(version).padStart(4, '0')}`, stated);
    return stated;
  },
  show: ({ hypothesis, version }) => `${hypothesis} version ${version} is kept.`,
});

export const hypothesisList = operation({
  words: 'hypothesis list',
  desk: 'examiner',
  op: 'consultation',
  does: 'List the hypotheses of a matter with all their versions; how many were tried stays visible.',
  example: 'fourcorners hypothesis list --matter m-1a2b3c4d5e',
  input: z.strictObject({ matter: MatterId }),
  async run(house, input) {
    return { hypotheses: await hypothesesOf(house.matter(input.matter)) };
  },
  show: ({ hypotheses }) =>
    hypotheses
      .map(
        ({ hypothesis, versions }) =>
          `${hypothesis} (${versions.length} versions): ${versions.at(-1)!.one} / ${versions.at(-1)!.other}`,
      )
      .join('\n') || 'No hypotheses yet.',
});

export const matterHistory = operation({
  words: 'matter history',
  desk: 'examiner',
  op: 'consultation',
  does: 'Say who did and looked at what in a matter, newest first. Only the acts of this matter.',
  example: 'fourcorners matter history --matter m-1a2b3c4d5e',
  input: z.strictObject({ matter: MatterId, last: z.coerce.number().int().min(1).max(5000).default(200) }),
  async run(house, input) {
    const { id } = house.matter(input.matter);
    const entries = [...house.ledger.entries()].filter((entry) => entry.matter === id);
    const endings = new Map(
      entries.flatMap((entry) => (entry.phase === 'outcome' ? [[entry.ref!, entry.result ?? ''] as const] : [])),
    );
    const people = namesIn(join(house.dir, 'state'), house.keys.commitments);
    const acts = entries
      .filter(({ phase }) => phase !== 'outcome')
      .slice(-input.last)
      .reverse()
      .map(({ id: entry, act, actor, recordedAt, op, result }) => ({
        entry,
        act: act.replaceAll('.', ' '),
        op,
        at: recordedAt,
        by: people[actor] ?? actor,
        result: result ?? endings.get(entry) ?? 'going on',
      }));
    return { acts, all: entries.filter(({ phase }) => phase !== 'outcome').length };
  },
  show: ({ acts }) => acts.map(({ at, by, act, result }) => `${at}  ${by}: ${act}, ${result}`).join('\n'),
});

async function all<T>(matter: Matter, drawer: string): Promise<T[]> {
  return await Promise.all(matter.papers.list(drawer).map((name) => matter.papers.get<T>(`${drawer}/${name}`)));
}

export const notesOf = (matter: Matter): Promise<Note[]> => all<Note>(matter, 'notes');

/** Every hypothesis with its versions, oldest first. */
export async function hypothesesOf(matter: Matter): Promise<{ hypothesis: string; versions: Hypothesis[] }[]> {
  const hypotheses = [];
  for (const hypothesis of matter.papers.drawers('hypotheses'))
    hypotheses.push({ hypothesis, versions: await all<Hypothesis>(matter, `hypotheses/${hypothesis}`) });
  return hypotheses;
}
