/**
 * Coming in by an office's own sign-in (OpenID Connect, authorization code with PKCE, state and nonce).
 *
 * Who someone is there is the issuer and the subject together, never an address. It only opens the door: an act that is
 * signed is signed with a passkey, or a password and a code, as by everyone.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Configuration } from 'openid-client';
import { z } from 'zod';
import { isProblem, Problem } from '../base/problem.ts';

const WAITING_MS = 10 * 60_000;

const Declared = z.strictObject({
  /** Exactly as its tokens name it. */
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  /** The environment variable that holds the client's secret; none for a public client. */
  clientSecretVariable: z.string().min(1).optional(),
  /** What people call it. */
  name: z.string().trim().min(1).max(80),
});
export type OfficeDeclared = z.infer<typeof Declared>;

/** Throws `entry/office-declaration`. Without TLS only an issuer on this machine is taken. */
export function readOffice(path: string): OfficeDeclared {
  const refused = (says: string) =>
    new Problem('entry/office-declaration', `${path}: ${says}. The workbench was not opened.`, { path });
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw refused((error as Error).message);
  }
  const parsed = Declared.safeParse(value);
  if (!parsed.success)
    throw refused(parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; '));
  if (!parsed.data.issuer.startsWith('https:') && !isHere(parsed.data.issuer)) throw refused('issuer: only over https');
  return parsed.data;
}

const isHere = (issuer: string) => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(issuer).hostname);

/** `proof` is the digest of a secret only the page that began has: nobody ends what another began. */
type Begun = { verifier: string; nonce: string; proof: string; person: string | null; until: number };
type Ended =
  | { identity: string; proof: string; person: string | null; until: number }
  | { refused: Error; until: number };

export class Office {
  readonly name: string;
  readonly #declared: OfficeDeclared;
  readonly #back: string;
  #found: Promise<Configuration> | null = null;
  readonly #begun = new Map<string, Begun>();
  readonly #ended = new Map<string, Ended>();

  constructor(declared: OfficeDeclared, origin: string) {
    this.name = declared.name;
    this.#declared = declared;
    this.#back = `${origin}/entry/office/back`;
  }

  /** Where the browser goes. `person` links what comes back to someone who is in; null is for coming in. */
  async begin(proof: string, person: string | null): Promise<string> {
    const oidc = await import('openid-client');
    const found = await this.#discovered();
    const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
    for (const [old, { until }] of this.#begun) if (until < Date.now()) this.#begun.delete(old);
    this.#begun.set(state, { verifier, nonce, proof, person, until: Date.now() + WAITING_MS });
    return oidc.buildAuthorizationUrl(found, {
      redirect_uri: this.#back,
      scope: 'openid',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    }).href;
  }

  /** The browser came back: a ticket for the page, which ends it with the secret it began with, or is told why not. */
  async back(url: URL): Promise<{ ticket: string; links: boolean }> {
    const state = url.searchParams.get('state') ?? '';
    const begun = this.#begun.get(state);
    this.#begun.delete(state);
    const until = Date.now() + WAITING_MS;
    for (const [old, { until: last }] of this.#ended) if (last < Date.now()) this.#ended.delete(old);
    const ticket = randomBytes(18).toString('base64url');
    try {
      if (!begun || begun.until < Date.now()) throw refusal('It took too long, or was not begun here');
      const identity = await this.#vouched(url, state, begun);
      this.#ended.set(ticket, { identity, proof: begun.proof, person: begun.person, until });
    } catch (error) {
      if (!isProblem(error)) throw error;
      this.#ended.set(ticket, { refused: error, until });
    }
    return { ticket, links: begun !== undefined && begun.person !== null };
  }

  /** Who it is, as a digest of issuer and subject. */
  async #vouched(url: URL, state: string, begun: Begun): Promise<string> {
    const oidc = await import('openid-client');
    const asked = new URL(`${this.#back}${url.search}`);
    const checks = {
      pkceCodeVerifier: begun.verifier,
      expectedState: state,
      expectedNonce: begun.nonce,
      idTokenExpected: true,
    };
    const tokens = await oidc.authorizationCodeGrant(await this.#discovered(), asked, checks).catch((error: Error) => {
      throw refusal(`${this.name} did not vouch for anyone (${error.message.slice(0, 200)})`);
    });
    const { iss, sub } = tokens.claims()!;
    return createHash('sha256')
      .update(JSON.stringify([iss, sub]))
      .digest('hex');
  }

  /** Once. Throws `entry/office-refused`. */
  end(ticket: string, secret: string): { identity: string; person: string | null } {
    const ended = this.#ended.get(ticket);
    this.#ended.delete(ticket);
    if (ended && 'refused' in ended) throw ended.refused;
    const proof = createHash('sha256').update(secret).digest('base64url');
    if (!ended || ended.until < Date.now() || ended.proof !== proof)
      throw refusal('It was not begun in this browser, took too long, or was ended before');
    return ended;
  }

  /** Asked for when first wanted, and again after it could not be had. */
  #discovered(): Promise<Configuration> {
    this.#found ??= this.#discover().catch((error: Error) => {
      this.#found = null;
      throw refusal(`${this.name} cannot be reached (${error.message.slice(0, 200)})`);
    });
    return this.#found;
  }

  async #discover(): Promise<Configuration> {
    const oidc = await import('openid-client');
    const { issuer, clientId, clientSecretVariable } = this.#declared;
    const secret = clientSecretVariable === undefined ? undefined : process.env[clientSecretVariable];
    const way = secret === undefined ? oidc.None() : oidc.ClientSecretPost(secret);
    const options = isHere(issuer) ? { execute: [oidc.allowInsecureRequests] } : {};
    return await oidc.discovery(new URL(issuer), clientId, undefined, way, options);
  }
}

const refusal = (why: string) => new Problem('entry/office-refused', `${why}. Nobody was let in.`);
