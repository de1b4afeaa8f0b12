/** Rows of a CSV as RFC 4180 has it. */

export function* csvRows(words: string): Generator<string[]> {
  let row: string[] = [];
  let at = 0;
  while (at < words.length) {
    let cell = '';
    if (words[at] === '"') {
      for (at += 1; ; at += 1) {
        const end = words.indexOf('"', at);
        if (end === -1) throw new TypeError('a quote is not closed');
        cell += words.slice(at, end);
        at = end + 1;
        if (words[at] !== '"') break;
        cell += '"';
      }
    } else {
      const start = at;
      while (at < words.length && words[at] !== ',' && words[at] !== '\n') at += 1;
      cell = words.slice(start, at).replace(/\r$/, '');
    }
    row.push(cell);
    if (words[at] === ',') {
      at += 1;
      if (at === words.length) row.push('');
      continue;
    }
    if (words[at] === '\r') at += 1;
    at += 1;
    yield row;
    row = [];
  }
}
