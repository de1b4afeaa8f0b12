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
  readonly #places: Map<string, Place>;

  private constructor(places: Map<string, Place>) {
    this.#places = places;
  }

  static async open(engine: Engine, known?: { contents: string } | undefined): Promise<Known> {
    const places = new Map<string, Place>();
    if (known) {
      const rows = engine.stream<{ content: string; file: string; locator: string }>(
        `select content, file, locator from read_parquet(${quoted(known.contents)})`,
      );
      for await (const some of rows) for (const row of some) places.set(row.content, { file: row.file, locator: row.locator });
    }
    return new Known(places);
  }

  /** The place in another file where this content was first read; undefined makes this the first. */
  first(content: string, file: string, locator: string): Place | undefined {
    const place = this.#places.get(content);
    if (place === undefined) {
      this.#places.set(content, { file, locator });
      return undefined;
    }
    return place.file === file ? undefined : place;
  }
}
