/** Passkeys (WebAuthn): making one, entering by one, and signing an act with one. User verification is always asked for. */
import { createHash, randomBytes } from 'node:crypto';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { Problem } from '../base/problem.ts';
import type { Passkey, Roll } from './roll.ts';

/** Where pages come from: `http://localhost:8080`. Passkeys are bound to its host. */
export type Place = { origin: string };

const hostOf = ({ origin }: Place) => new URL(origin).hostname;

export async function registration(place: Place, person: string, name: string, known: { id: string }[]) {
  return await generateRegistrationOptions({
    rpName: 'Fourcorners',
    rpID: hostOf(place),
    userID: new Uint8Array(createHash('sha256').update(person).digest()),
    userName: name,
    userDisplayName: name,
    attestationType: 'none',
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** Throws `entry/passkey-refused`. */
export async function registered(
  place: Place,
  response: RegistrationResponseJSON,
  challenge: string,
): Promise<Passkey> {
  const found = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: place.origin,
    expectedRPID: hostOf(place),
  }).catch(refused);
  if (!found.verified) throw refusal();
  const { credential } = found.registrationInfo;
  return {
    id: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: credential.transports ?? [],
  };
}

/** A challenge to sign: random for entering, the digest of an act for approving it. */
export async function challengeFor(place: Place, over: Uint8Array = randomBytes(32), known: { id: string }[] = []) {
  return await generateAuthenticationOptions({
    rpID: hostOf(place),
    challenge: new Uint8Array(over),
    userVerification: 'required',
    allowCredentials: known.map(({ id }) => ({ id })),
  });
}

/** Whose passkey signed the challenge. Throws `entry/passkey-refused`, saying no more. */
export async function signedBy(
  place: Place,
  roll: Roll,
  response: AuthenticationResponseJSON,
  challenge: string,
): Promise<string> {
  const known = roll.passkey(String(response?.id));
  if (known === null) throw refusal();
  const { person, passkey } = known;
  const found = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: place.origin,
    expectedRPID: hostOf(place),
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.counter,
    },
  }).catch(refused);
  if (!found.verified) throw refusal();
  roll.countPasskey(passkey.id, found.authenticationInfo.newCounter);
  return person;
}

function refused(): never {
  throw refusal();
}

function refusal(): Problem {
  return new Problem(
    'entry/passkey-refused',
    'This passkey is not known here, or did not sign what was asked. Nobody was let in.',
  );
}
