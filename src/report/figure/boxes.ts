/** Labels that do not lie on each other: whoever comes first keeps the place. */

export type Box = { left: number; top: number; right: number; bottom: number };

export class Boxes {
  readonly #within: Box;
  readonly #taken: Box[] = [];

  constructor(within: Box) {
    this.#within = within;
  }

  /** Takes the box when it lies inside and touches no other. */
  take(box: Box): boolean {
    const { left, top, right, bottom } = this.#within;
    const inside = box.left >= left && box.top >= top && box.right <= right && box.bottom <= bottom;
    if (!inside || this.#taken.some((other) => touches(other, box))) return false;
    this.#taken.push(box);
    return true;
  }

  /** Keeps a place free, wherever it lies. */
  keep(box: Box): void {
    this.#taken.push(box);
  }
}

function touches(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
