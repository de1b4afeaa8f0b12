/** Notes as colleagues read them: each that answers none, with all that answer it below, in the order they were written. */

type Note = { note: string; about: string | null };
export type Thread<N extends Note> = { first: N; answers: N[] };

/** Every note stands once. One about a finding, or about a note that is not here, begins a thread. */
export function threadsOf<N extends Note>(notes: readonly N[]): Thread<N>[] {
  const threads: Thread<N>[] = [];
  const threadOf = new Map<string, Thread<N>>();
  for (const note of notes.toSorted((a, b) => (a.note < b.note ? -1 : 1))) {
    const known = note.about === null ? undefined : threadOf.get(note.about);
    if (known) known.answers.push(note);
    const thread = known ?? { first: note, answers: [] };
    if (!known) threads.push(thread);
    threadOf.set(note.note, thread);
  }
  return threads;
}
