/** An address with or without a source port, as Meta writes them. A port that is not there is unknown, not zero. */
import { address } from '../../record/identifier.ts';

/** `203.0.113.7`, `203.0.113.7:51515`, `2001:db8::7`, `[2001:db8::7]:51515`; null for anything else. */
export function endpoint(text: string): { ip: string; port: number | undefined } | null {
  const trimmed = text.trim();
  const bare = address(trimmed);
  if (bare !== null) return { ip: bare, port: undefined };
  const found = /^(\d+\.\d+\.\d+\.\d+|\[[0-9a-fA-F:.]+\]):(\d{1,5})$/.exec(trimmed);
  const ip = found && address(found[1]!);
  if (!found || ip === null || Number(found[2]) > 65535) return null;
  return { ip: ip!, port: Number(found[2]) };
}
