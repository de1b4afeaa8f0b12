/** Which lines of a text went, which came, and those around them: for reading a proposed change. */

export type ChangedLine = { kind: 'same' | 'added' | 'gone'; text: string };

const AROUND = 2;

/** By the longest common run of lines; lines far from any change are left out. */
export function changedLines(before: string, after: string): ChangedLine[] {
  const [one, other] = [before.split('\n'), after.split('\n')];
  const longest: Uint32Array[] = Array.from({ length: one.length + 1 }, () => new Uint32Array(other.length + 1));
  for (let left = one.length - 1; left >= 0; left--) {
    for (let right = other.length - 1; right >= 0; right--) {
      longest[left]![right] =
        one[left] === other[right]
          ? longest[left + 1]![right + 1]! + 1
          : Math.max(longest[left + 1]![right]!, longest[left]![right + 1]!);
    }
  }
  const lines: ChangedLine[] = [];
  let [left, right] = [0, 0];
  while (left < one.length || right < other.length) {
    if (left < one.length && right < other.length && one[left] === other[right]) {
      lines.push({ kind: 'same', text: one[left]! });
      left += 1;
      right += 1;
    } else if (right >= other.length || (left < one.length && longest[left + 1]![right]! >= longest[left]![right + 1]!))
      lines.push({ kind: 'gone', text: one[left++]! });
    else lines.push({ kind: 'added', text: other[right++]! });
  }
  const near = (index: number) =>
    lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'same');
  return lines.filter((_, index) => near(index));
}
