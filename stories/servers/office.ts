/**
 * An office's own sign-in for tests: an OpenID Connect provider on loopback that vouches at once for whoever it is told to.
 * It checks the client, the code and PKCE as one that is real would, and can be told to lie.
 */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type OfficeServer = {
  issuer: string;
  clientId: string;
  secret: string;
  /** Who is vouched for next. */
  subject: string;
  /** What is written into the next token in place of the truth. */
  lies: { nonce?: string; iss?: string; aud?: string; exp?: number };
  [Symbol.asyncDispose](): Promise<void>;
};

type Asked = { challenge: string; nonce: string; redirect: string };

export async function startOffice(): Promise<OfficeServer> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'ES256', use: 'sig' };
  const codes = new Map<string, Asked>();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const office: OfficeServer = {
    issuer,
    clientId: 'fourcorners',
    secret: 'not-a-secret',
    subject: 'person-1',
    lies: {},
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };

  const json = (response: ServerResponse, value: unknown, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, issuer);
    if (url.pathname === '/.well-known/openid-configuration') {
      json(response, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['ES256'],
        code_challenge_methods_supported: ['S256'],
      });
    } else if (url.pathname === '/keys') json(response, { keys: [jwk] });
    else if (url.pathname === '/authorize') {
      const of = (name: string) => url.searchParams.get(name) ?? '';
      const code = randomBytes(8).toString('hex');
      codes.set(code, { challenge: of('code_challenge'), nonce: of('nonce'), redirect: of('redirect_uri') });
      const back = new URL(of('redirect_uri'));
      back.searchParams.set('code', code);
      back.searchParams.set('state', of('state'));
      response.writeHead(302, { location: back.href }).end();
    } else if (url.pathname === '/token') {
      const form = new URLSearchParams(await text(request));
      const asked = codes.get(form.get('code') ?? '');
      codes.delete(form.get('code') ?? '');
      const proved = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url'); // biome-ignore format: one
      const isClient = form.get('client_id') === office.clientId && form.get('client_secret') === office.secret;
      if (!asked || !isClient || proved !== asked.challenge || form.get('redirect_uri') !== asked.redirect)
        return void json(response, { error: 'invalid_grant' }, 400);
      json(response, { access_token: 'none', token_type: 'Bearer', expires_in: 60, id_token: token(asked.nonce) });
    } else response.writeHead(404).end();
  }

  function token(nonce: string): string {
    const seconds = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, sub: office.subject, aud: office.clientId, iat: seconds, exp: seconds + 300, nonce, ...office.lies }; // biome-ignore format: one line
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg: 'ES256', kid: 'one' })}.${part(claims)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }
  return office;
}
