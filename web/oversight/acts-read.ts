/** The entries of the ledger as acts: an intent with how it ended, newest first. */

type Entry = {
  id: string;
  act: string;
  op: string;
  actor: string;
  actorName: string | null;
  recordedAt: string;
  phase: string;
  ref?: string | undefined;
  result?: string | undefined;
  matter?: string | undefined;
};

export type Act = { id: string; act: string; op: string; by: string; at: string; of: string; result: string };

export function actsIn(entries: readonly Entry[]): Act[] {
  const endings = new Map(
    entries.flatMap((entry) =>
      entry.phase === 'outcome' && entry.ref ? [[entry.ref, entry.result ?? ''] as const] : [],
    ),
  );
  return entries
    .filter(({ phase }) => phase !== 'outcome')
    .map(({ id, act, op, actor, actorName, recordedAt, result, matter }) => ({
      id,
      act: act.replaceAll('.', ' '),
      op,
      by: actorName ?? actor,
      at: recordedAt,
      of: matter ?? '',
      result: result ?? endings.get(id) ?? '',
    }))
    .reverse();
}

export type Filter = { of: string; by: string; act: string; op: string; from: string; to: string };

/** Half-open in time; a bound that is no time bounds nothing. */
export function matching(acts: readonly Act[], { of, by, act, op, from, to }: Filter): Act[] {
  const [began, ended] = [Date.parse(from), Date.parse(to)];
  return acts.filter((one) => {
    const at = Date.parse(one.at);
    return (
      (of === '' || one.of === of) && (by === '' || one.by === by) && (act === '' || one.act === act) && (op === '' || one.op === op) &&
      (Number.isNaN(began) || at >= began) && (Number.isNaN(ended) || at < ended)
    ); // biome-ignore format: one condition
  });
}
