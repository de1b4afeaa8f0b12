/**
 * Puts a list of lines together again that page breaks cut into pieces.
 *
 * Where both lines at a cut are whole they stay two; where the first is not, it is one with the second. Where the first
 * is whole and the second is not, nobody can tell whether it ended there: both are doubtful.
 */
export function joinPieces(pieces: string[], item: RegExp): { value: string; doubtful: string[] } {
  const doubtful: string[] = [];
  let lines = linesOf(pieces.at(-1) ?? '');
  for (const piece of pieces.slice(0, -1).reverse()) {
    const before = linesOf(piece);
    const [last, first] = [before.at(-1) ?? '', lines[0] ?? ''];
    if (item.test(last)) {
      if (!item.test(first)) doubtful.push(last, first);
      lines = [...before, ...lines];
    } else {
      lines = [...before.slice(0, -1), last + first, ...lines.slice(1)];
    }
  }
  return { value: lines.join('\n'), doubtful };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
