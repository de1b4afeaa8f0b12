/**
 * Opened records, kept between acts by whoever serves many: opening a matter decrypts all of it, a page of a table must not.
 *
 * What lies on the shelf is in memory only, belongs to one matter, and is closed when nobody has looked for a while or
 * when the matter has other imports than when it was opened.
 */
import type { OpenRecords } from '../store/records.ts';

const IDLE_MS = 5 * 60_000;

type Kept = {
  state: string;
  opening: Promise<OpenRecords>;
  users: number;
  timer: NodeJS.Timeout | undefined;
  dropped: boolean;
};

export class Shelf implements AsyncDisposable {
  readonly #kept = new Map<string, Kept>();

  /** Records of a matter in a state, opened when they are not here; disposing of what is given only puts it back. */
  async take(matter: string, state: string, open: () => Promise<OpenRecords>): Promise<OpenRecords> {
    let kept = this.#kept.get(matter);
    if (kept && kept.state !== state) {
      this.#drop(matter, kept);
      kept = undefined;
    }
    if (!kept) {
      kept = { state, opening: open(), users: 0, timer: undefined, dropped: false };
      this.#kept.set(matter, kept);
      const mine = kept;
      mine.opening.catch(() => {
        if (this.#kept.get(matter) === mine) this.#kept.delete(matter);
      });
    }
    const mine = kept;
    mine.users += 1;
    clearTimeout(mine.timer);
    const putBack = async () => {
      mine.users -= 1;
      if (mine.users > 0) return;
      if (mine.dropped) await close(mine);
      else mine.timer = setTimeout(() => this.#drop(matter, mine), IDLE_MS).unref();
    };
    try {
      const records = await mine.opening;
      return { ...records, [Symbol.asyncDispose]: putBack };
    } catch (error) {
      mine.users -= 1;
      throw error;
    }
  }

  /** Whether a matter's records are open, or being opened. */
  holds(matter: string): boolean {
    return this.#kept.has(matter);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = [...this.#kept.values()];
    this.#kept.clear();
    for (const kept of all) {
      clearTimeout(kept.timer);
      await close(kept);
    }
  }

  #drop(matter: string, kept: Kept): void {
    if (this.#kept.get(matter) === kept) this.#kept.delete(matter);
    clearTimeout(kept.timer);
    kept.dropped = true;
    if (kept.users === 0) void close(kept);
  }
}

async function close({ opening }: Kept): Promise<void> {
  await opening.then((records) => records[Symbol.asyncDispose]()).catch(() => {});
}
