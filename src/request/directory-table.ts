/** The table of agencies as it is written: a header, a row an agency; `directory.ts` reads it. */
import type { Agency } from '../instrument/agency.ts';

export const DIRECTORY_HEADER = ['id', 'name', 'country', 'level', 'domains', 'phone', 'phone_source', 'recipient', 'credential'] as const; // biome-ignore format: one line, as in the file

/** As RFC 4180 has it, every cell in quotes, each row ended by CRLF. */
export function directoryTable(agencies: readonly Agency[]): string {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const rows = agencies.map(({ id, name, country, level, domains, phone, phoneSource, recipient, credential }) =>
    [id, name, country, level, domains.join(' '), phone, phoneSource, recipient ?? '', credential]
      .map(quoted)
      .join(','),
  );
  return [DIRECTORY_HEADER.join(','), ...rows].map((row) => `${row}\r\n`).join('');
}
