/**
 * `<random-id>.fcp.json`, the label beside a sealed package: enough to see that it arrived whole, and nothing else.
 *
 * It is not signed. Names neither target, agency nor case.
 */
import { canonical } from '../base/canonical.ts';
import { isDigest } from '../base/digest.ts';

export type Label = {
  format: string;
  /** Key id of the sender's verifier key: 8 hex digits. */
  senderKey: string;
  /** Of the sealed file. */
  sha256: string;
  sizeBytes: number;
};

export function labelText(label: Label): string {
  return `${canonical(label)}\n`;
}

/** Null for anything that is not exactly what `labelText` writes. */
export function readLabel(bytes: Uint8Array): Label | null {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { format, senderKey, sha256, sizeBytes } = value as Record<string, unknown>;
  if (typeof format !== 'string' || typeof senderKey !== 'string' || !isDigest(sha256)) return null;
  if (!/^[0-9a-f]{8}$/.test(senderKey) || !Number.isSafeInteger(sizeBytes)) return null;
  const label = { format, senderKey, sha256, sizeBytes: sizeBytes as number };
  return Buffer.compare(Buffer.from(labelText(label)), bytes) === 0 ? label : null;
}
