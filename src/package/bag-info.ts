/** `bag-info.txt`: labels and what they say, for people; and Payload-Oxum, the sum that a glance can check. */
import type { Findings } from './bag-finding.ts';
import { tagLines } from './bag-text.ts';

export type InfoLine = { label: string; value: string };

const STEP = 'bag-info';

/** Labels in order, as often as they stand. A line that begins with a space or a tab goes on with the one before. */
export function readInfo(path: string, text: string, strict: boolean, findings: Findings): InfoLine[] {
  const info: InfoLine[] = [];
  const { lines, usual } = tagLines(text);
  if (!usual) findings.warning(STEP, 'bag/unusual-lines', path, 'its lines do not all end in a line feed');
  for (const [index, line] of lines.entries()) {
    const last = info.at(-1);
    const colon = line.indexOf(':');
    const label = line.slice(0, Math.max(colon, 0)).trimEnd();
    if (/^[ \t]/.test(line) && last !== undefined) last.value = `${last.value} ${line.trim()}`.trim();
    else if (label === '' || /^[ \t]/.test(line))
      findings.either(strict, STEP, 'bag/info-malformed', path, `line ${index + 1} is no label with a value`);
    else {
      info.push({ label, value: line.slice(colon + 1).trim() });
      const said = `line ${index + 1} has a space before its colon`;
      if (label.length !== colon) findings.either(strict, STEP, 'bag/info-malformed', path, said);
    }
  }
  return info;
}

/** One label a line; line ends inside a value become spaces. */
export function infoText(info: readonly InfoLine[]): string {
  return info.map(({ label, value }) => `${label}: ${value.replace(/\s+/g, ' ').trim()}\n`).join('');
}

/** Holds every Payload-Oxum against the payload that is there. */
export function checkOxum(
  path: string,
  info: readonly InfoLine[],
  payload: { octets: number; files: number },
  findings: Findings,
): void {
  const stated = info.filter(({ label }) => label.toLowerCase() === 'payload-oxum');
  if (stated.length === 0) {
    findings.warning(STEP, 'bag/no-oxum', path, 'it does not say how large the payload is');
    return;
  }
  if (stated.length > 1) findings.warning(STEP, 'bag/info-repeated', path, 'it has Payload-Oxum more than once');
  for (const { value } of stated) {
    const [, octets, files] = /^(\d+)\.(\d+)$/.exec(value) ?? [];
    if (octets === undefined || files === undefined)
      findings.error(STEP, 'bag/oxum-malformed', path, 'Payload-Oxum is not two numbers with a dot between them');
    else if (BigInt(octets) !== BigInt(payload.octets) || BigInt(files) !== BigInt(payload.files)) {
      const said = `Payload-Oxum says ${octets} bytes in ${files} files; there are ${payload.octets} in ${payload.files}`;
      findings.error(STEP, 'bag/oxum-differs', path, said);
    }
  }
}
