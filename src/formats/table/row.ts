/** One row of a table seen through its plan: cells by role, and what about them could not be read. */
import type { Plan, Slot } from './plan.ts';
import type { Role } from './roles.ts';

/** A cell that says something. `text` is without spaces around it and without the `.0` of a number read as a float. */
export type Cell = Slot & { text: string };

export class Row {
  /** The source fields by the source's names, as they stand. */
  readonly raw: Record<string, string>;
  readonly plan: Plan;
  /** Cells that say something, in the order of the profile. */
  readonly cells: Cell[];
  readonly #troubles: string[] = [];

  constructor(plan: Plan, texts: string[]) {
    const empty = plan.profile.emptyTexts ?? [];
    this.plan = plan;
    this.raw = Object.fromEntries(
      plan.names.flatMap((name, index) => (name === null ? [] : [[name, texts[index] ?? '']])),
    );
    this.cells = plan.slots.flatMap((slot) => {
      const text = (texts[slot.index] ?? '').trim();
      return text === '' || empty.includes(text) ? [] : [{ ...slot, text }];
    });
  }

  /** All cells with this role. */
  all(role: Role): Cell[] {
    return this.cells.filter(({ column }) => column.role.includes(role));
  }

  one(role: Role): Cell | undefined {
    return this.cells.find(({ column }) => column.role.includes(role));
  }

  /** Notes that a cell cannot be read; the row is then unreadable. `why` never repeats the cell. */
  refuse(cell: Slot, why: string): undefined {
    this.#troubles.push(`column ${JSON.stringify(cell.header)}: ${why}`);
  }

  get trouble(): string | null {
    return this.#troubles.length > 0 ? this.#troubles.join('; ') : null;
  }
}

/** `15555550123.0` is what a workbook makes of a long number: the number without the fraction it never had. */
export function withoutFloat(text: string): string {
  return /^\d+\.0$/.test(text) ? text.slice(0, -2) : text;
}
