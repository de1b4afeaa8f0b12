/**
 * What the desk can find out about the system a request was sent from. It says nothing of whether the sender may ask.
 *
 * The address that wrote and the address the request names are both looked at; what holds for one of them only does not
 * count, what speaks against one of them does. Unknown stays null.
 */
import type { Agency, Directory } from '../instrument/agency.ts';
import type { Authentication } from '../instrument/legal-request.ts';
import type { Policy } from '../instrument/policy.ts';
import { isFreeMail, listedAgency, lookAlike } from './domain.ts';
import type { Email } from './email.ts';
import { domainOf } from './mailbox.ts';

export type SendingSystem = {
  /** Null when the request did not come as an e-mail. */
  email: Email | null;
  /** The officer's address as the request, the form or the portal account gives it. */
  address: string | null;
  directory: Directory;
  policy: Policy;
  /** How many earlier requests of this agency were verified here. */
  priorVerified: number;
  domainAgeDays?: number | null;
  /** Of the agency the requester says to be: suspended counts always, `ok` only where the domain is no stranger's. */
  credential?: Authentication['credential'];
};

export function authenticate(sending: SendingSystem): Authentication {
  const { email, address, directory, policy } = sending;
  const named = address === null ? null : domainOf(address.trim());
  const wrote = email?.from?.domain ?? null;
  const domains = [...new Set([wrote, named])].filter((domain) => domain !== null);
  const agencies = domains.map((domain) => listedAgency(domain, directory));
  const incomplete = (email !== null && wrote === null) || (address !== null && named === null);
  const alike = domains.map((domain) => lookAlike(domain, directory, policy)).find((found) => found !== null);
  return {
    dmarc: named !== null && wrote !== null && named !== wrote ? null : dmarcOf(email),
    replyToDiffers: replyToDiffers(email, directory),
    freeMail: domains.some((domain) => isFreeMail(domain, policy))
      ? true
      : domains.length > 0 && !incomplete
        ? false
        : null,
    domainInDirectory: domains.length > 0 && !incomplete && agencies.every((agency) => agency !== null),
    domainAgeDays: sending.domainAgeDays ?? null,
    lookalikeOf: alike?.of ?? null,
    credential: credentialOf(incomplete ? [null] : agencies, sending.credential),
    priorVerified: sending.priorVerified,
  };
}

/** Of what servers write (RFC 8601, 2.7), only these two are an answer; `none` or a passing error is not. */
function dmarcOf(email: Email | null): Authentication['dmarc'] {
  const result = email?.authentication.dmarc;
  return result === 'pass' || result === 'fail' ? result : null;
}

/** Answers that stay within one agency of the directory do not go elsewhere. */
function replyToDiffers(email: Email | null, directory: Directory): boolean | null {
  const from = email?.from ?? null;
  if (email === null || from === null) return null;
  if (email.headers.replyTo.length === 0) return false;
  const home = listedAgency(from.domain, directory);
  const elsewhere = email.replyTo.some(
    ({ domain }) => domain !== from.domain && (home === null || listedAgency(domain, directory)?.id !== home.id),
  );
  return elsewhere ? true : email.replyTo.length > 0 ? false : null;
}

function credentialOf(
  agencies: (Agency | null)[],
  said: Authentication['credential'] | undefined,
): Authentication['credential'] {
  if (said === 'suspended' || agencies.some((agency) => agency?.credential === 'suspended')) return 'suspended';
  if (agencies.some((agency) => agency === null)) return 'unknown';
  return said ?? (agencies.length > 0 ? 'ok' : 'unknown');
}
