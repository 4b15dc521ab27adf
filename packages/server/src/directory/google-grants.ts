// Google's consent and tokens: authorization code with PKCE (RFC 7636), state, nonce and issuer (RFC 9207), for access while
// nobody is logged in. https://developers.google.com/identity/protocols/oauth2/web-server

import {
  allowInsecureRequests,
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretPost,
  Configuration,
  customFetch,
  refreshTokenGrant,
  ResponseBodyError,
} from 'openid-client';
import type { ConnectCause, DirectoryAnswer, DirectoryCause } from '../domain/directory-people.ts';
import { ask, saidBy, Unanswered } from './asking.ts';
import { type GoogleEndpoints, searchScope, unitScopes } from './google-endpoints.ts';
import type { Asked, DirectoryClient, Pending, Redeemed, Renewed } from './provider.ts';

function configurationOf(endpoints: GoogleEndpoints, client: DirectoryClient): Configuration {
  const { issuer, authorization, token } = endpoints;
  const server = { issuer, authorization_endpoint: authorization, token_endpoint: token };
  const configuration = new Configuration(server, client.id, {}, ClientSecretPost(client.secret));
  configuration[customFetch] = (address, { method, headers, body }) =>
    ask(address, { method, headers, body: body as URLSearchParams });
  // Asking refuses plain http everywhere but on this machine; the library would refuse it there, too.
  if (token.startsWith('http:')) allowInsecureRequests(configuration);
  return configuration;
}

export async function authorizationAddress(
  endpoints: GoogleEndpoints,
  client: DirectoryClient,
  { redirectUri, state, nonce, verifier, units, account }: Asked,
): Promise<URL> {
  return buildAuthorizationUrl(configurationOf(endpoints, client), {
    redirect_uri: redirectUri,
    scope: ['openid', 'email', searchScope, ...(units ? unitScopes : [])].join(' '),
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    access_type: 'offline',
    include_granted_scopes: 'true',
    prompt: 'consent', // without it Google gives the lasting token once only
    ...(account !== undefined && { login_hint: account }),
  });
}

export async function redeemCode(
  endpoints: GoogleEndpoints,
  client: DirectoryClient,
  { state, nonce, verifier }: Pending,
  answer: URL,
): Promise<DirectoryAnswer<Redeemed, ConnectCause>> {
  try {
    const configuration = configurationOf(endpoints, client);
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
    const tokens = await authorizationCodeGrant(configuration, answer, checks);
    const claims = tokens.claims();
    const [account, organisation] = [saidBy(claims?.['email']), saidBy(claims?.['hd'])];
    const access = { token: tokens.access_token, lastsMs: (tokens.expires_in ?? 0) * 1000 };
    const scopes = (tokens.scope ?? '').split(' ').filter(Boolean);
    if (claims === undefined || account === '') return { ok: false, cause: 'wrong-answer', said: '' };
    const token = tokens.refresh_token ?? '';
    return { ok: true, value: { token, access, scopes, subject: claims.sub, account, organisation } };
  } catch (error) {
    return { ok: false, ...connectFailure(error) };
  }
}

export async function refreshAccess(
  endpoints: GoogleEndpoints,
  client: DirectoryClient,
  token: string,
): Promise<DirectoryAnswer<Renewed>> {
  try {
    const tokens = await refreshTokenGrant(configurationOf(endpoints, client), token);
    const access = { token: tokens.access_token, lastsMs: (tokens.expires_in ?? 0) * 1000 };
    return { ok: true, value: { access, token: tokens.refresh_token } };
  } catch (error) {
    return { ok: false, ...failureOf(error) };
  }
}

/** Taken back with everything that was granted with it; one that Google does not know any more is taken back as well. */
export async function revokeToken(endpoints: GoogleEndpoints, token: string): Promise<boolean> {
  try {
    const answer = await ask(endpoints.revocation, { method: 'POST', body: new URLSearchParams({ token }) });
    return answer.ok || (answer.status === 400 && /"invalid_token"/.test(await answer.text()));
  } catch {
    return false;
  }
}

interface Failure<Cause> {
  readonly cause: Cause;
  readonly said: string;
}

const causes: Readonly<Partial<Record<string, DirectoryCause>>> = {
  invalid_grant: 'grant-lost',
  invalid_client: 'wrong-client',
  unauthorized_client: 'wrong-client',
};

function failureOf(error: unknown): Failure<DirectoryCause> {
  const unanswered = [error, (error as Error).cause].find((found) => found instanceof Unanswered);
  if (unanswered) return { cause: unanswered.failure, said: unanswered.said };
  if (error instanceof ResponseBodyError)
    return { cause: causes[error.error] ?? 'unexpected', said: saidBy(error.error_description ?? error.error) };
  return { cause: 'unexpected', said: '' };
}

/** A code that is refused is no grant that was lost; what does not fit what was asked is no answer to it. */
function connectFailure(error: unknown): Failure<ConnectCause> {
  if (error instanceof AuthorizationResponseError)
    return {
      cause: error.error === 'access_denied' ? 'denied' : 'wrong-answer',
      said: saidBy(error.error_description ?? error.error),
    };
  const { cause, said } = failureOf(error);
  return { cause: cause === 'grant-lost' || cause === 'unexpected' ? 'wrong-answer' : cause, said };
}
