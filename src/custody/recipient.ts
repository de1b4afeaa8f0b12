/** Whether something can be sealed to this text: a native age X25519 recipient. */
import { Encrypter } from 'age-encryption';

/** Bech32 in lower case: the marker, 52 characters for 32 bytes, 6 of checksum. */
export function isRecipient(text: string): boolean {
  if (!/^age1[02-9ac-hj-np-z]{58}$/.test(text)) return false;
  try {
    new Encrypter().addRecipient(text);
    return true;
  } catch {
    return false;
  }
}
