/** Writes a small address database (MaxMind DB format 2.0) with invented rows, for tests. */

type Row = { prefix: string; data: unknown };

/** IPv4 prefixes that do not overlap. `built` is in seconds since 1970. */
export function addressDatabase(rows: Row[], built: number): Buffer {
  const nodes: [number | string, number | string][] = [[EMPTY, EMPTY]];
  const data: Buffer[] = [];
  let offset = 0;
  for (const { prefix, data: value } of rows) {
    const [base, length] = prefix.split('/') as [string, string];
    const bits = base.split('.').flatMap((part) => Number(part).toString(2).padStart(8, '0').split('').map(Number));
    let node = 0;
    for (let depth = 0; depth < Number(length); depth++) {
      const bit = bits[depth] as 0 | 1;
      if (depth === Number(length) - 1) nodes[node]![bit] = `data ${offset}`;
      else {
        if (nodes[node]![bit] === EMPTY) nodes[node]![bit] = nodes.push([EMPTY, EMPTY]) - 1;
        node = nodes[node]![bit] as number;
      }
    }
    const bytes = encoded(value);
    data.push(bytes);
    offset += bytes.length;
  }
  const record = (value: number | string) => {
    const number =
      value === EMPTY ? nodes.length : typeof value === 'number' ? value : nodes.length + 16 + Number(value.slice(5));
    const bytes = Buffer.alloc(3);
    bytes.writeUIntBE(number, 0, 3);
    return bytes;
  };
  const metadata = {
    node_count: nodes.length, record_size: 24, ip_version: 4, database_type: 'Invented-City', languages: ['en'],
    binary_format_major_version: 2, binary_format_minor_version: 0, build_epoch: built, description: { en: 'Invented' },
  }; // biome-ignore format: one list
  return Buffer.concat([
    ...nodes.flatMap((pair) => pair.map(record)),
    Buffer.alloc(16),
    ...data,
    Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'),
    encoded(metadata),
  ]);
}

const EMPTY = 'nothing';

function encoded(value: unknown): Buffer {
  if (typeof value === 'string') return Buffer.concat([Buffer.from([(2 << 5) | value.length]), Buffer.from(value)]);
  if (typeof value === 'boolean') return Buffer.from([value ? 1 : 0, 14 - 7]);
  if (Number.isInteger(value)) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value as number);
    return Buffer.concat([Buffer.from([(6 << 5) | 4]), bytes]);
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return Buffer.concat([Buffer.from([(3 << 5) | 8]), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([Buffer.from([value.length, 11 - 7]), ...value.map(encoded)]);
  const entries = Object.entries(value as object);
  return Buffer.concat([
    Buffer.from([(7 << 5) | entries.length]),
    ...entries.flatMap(([key, one]) => [encoded(key), encoded(one)]),
  ]);
}
