/**
 * Rows already read: from the other files of this return, and from what the matter holds.
 *
 * A row equal in every source field to one of another file is a duplicate, whichever file came first; both places are
 * kept. Inside one file equal rows are two events.
 */
import type { Engine } from '../store/engine.ts';
import { quoted } from '../store/engine.ts';

export type Place = { file: string; locator: string };

export class Known {
  /** Whether there is anything to compare with: another file, or records the matter holds. */
  readonly compares: boolean;
  readonly #places: Map<string, Place>;

  private constructor(places: Map<string, Place>, compares: boolean) {
    this.#places = places;
    this.compares = compares;
  }

  /** Also makes the engine's table `known_contents`, for rows the engine compares itself. */
  static async open(engine: Engine, contents: string | undefined, severalFiles: boolean): Promise<Known> {
    const places = new Map<string, Place>();
    await engine.run('create or replace temp table known_contents (content varchar)');
    if (contents !== undefined) {
      await engine.run(`insert into known_contents select content from read_parquet(${quoted(contents)})`);
      const rows = engine.stream<{ content: string; file: string; locator: string }>(
        `select content, file, locator from read_parquet(${quoted(contents)})`,
      );
      for await (const some of rows)
        for (const row of some) places.set(row.content, { file: row.file, locator: row.locator });
    }
    return new Known(places, severalFiles || contents !== undefined);
  }

  /** The place in another file where this content was first read; undefined makes this the first. */
  first(content: string, file: string, locator: string): Place | undefined {
    if (!this.compares) return undefined;
    const place = this.#places.get(content);
    if (place === undefined) {
      this.#places.set(content, { file, locator });
      return undefined;
    }
    return place.file === file ? undefined : place;
  }
}
