// A stand-in of Google's servers on an origin of its own: consent, tokens, revocation, People API and Admin SDK. It checks
// what Google checks (client, redirect address, PKCE, state, scopes, expiry, paging) and answers with Google's errors; tests
// make it refuse, fail, and take its time.

import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GoogleEndpoints } from '../../packages/server/src/directory/google-endpoints.ts';
import { answerOf, scopePrefix as prefix } from './google-apis.ts';
import { type StandInPerson, standInPeople } from './google-people.ts';

export const standInClient = { id: 'votix.apps.googleusercontent.com', secret: 'GOCSPX-of-the-stand-in' } as const;

/** How an administrator answers the question for consent. */
export interface Consent {
  readonly account?: string;
  /** Empty for a private account. */
  readonly hd?: string;
  readonly deny?: boolean;
  /** Boxes that stay empty, by the end of their scope. */
  readonly untick?: readonly string[];
  /** In place of our issuer in the answer. */
  readonly iss?: string;
  readonly nonce?: string;
}

/** What the next requests to a path meet instead of an answer. */
export interface Trouble {
  readonly path: string;
  readonly times: number;
  readonly status?: number;
  readonly body?: unknown;
  readonly type?: string;
  readonly delayMs?: number;
  readonly cut?: boolean;
}

export interface StandIn {
  readonly endpoints: GoogleEndpoints;
  readonly people: StandInPerson[];
  readonly calls: { readonly method: string; readonly path: string; readonly query: URLSearchParams }[];
  /** What a browser does that agrees (or not) and is sent back: the address it is sent to. */
  consent(address: string, how?: Consent): Promise<URL>;
  fail(trouble: Trouble): void;
  /** Every short-lived token is over, as if its hour had passed. */
  expireAccess(): void;
  /** As in the settings of the account at Google. */
  revokeAll(): void;
  /** Tokens that Google would still take. */
  living(): { readonly refresh: readonly string[]; readonly access: readonly string[] };
  /** Every secret it has ever given. */
  readonly given: readonly string[];
  close(): Promise<void>;
}

interface Code {
  readonly challenge: string;
  readonly nonce: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly subject: string;
  readonly account: string;
  readonly hd: string;
}
interface Grant {
  readonly subject: string;
  readonly scopes: readonly string[];
}

const secret = () => randomBytes(24).toString('base64url');
const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));

export async function aGoogle(redirectUri: string): Promise<StandIn> {
  const codes = new Map<string, Code>();
  const refreshes = new Map<string, Grant>();
  const accesses = new Map<string, Grant & { readonly refresh: string }>();
  const [given, troubles, calls]: [string[], Trouble[], StandIn['calls']] = [[], [], []];
  const people = standInPeople();
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const issue = (what: string): string => {
    const token = `${what}-${secret()}`;
    given.push(token);
    return token;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    calls.push({ method: request.method ?? '', path: url.pathname, query: url.searchParams });
    const body = new URLSearchParams((await request.toArray()).join(''));
    const trouble = nextTrouble(url.pathname);
    if (trouble?.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, trouble.delayMs));
    if (trouble?.cut === true) return void response.destroy();
    if (trouble?.status !== undefined) {
      const text = typeof trouble.body === 'string' ? trouble.body : JSON.stringify(trouble.body ?? {});
      response
        .writeHead(trouble.status, { 'Content-Type': trouble.type ?? 'application/json', Location: origin })
        .end(text);
      return;
    }
    if (url.pathname === '/auth') return showConsent(url, response);
    if (url.pathname === '/consent') return goBack(url, response);
    if (url.pathname === '/token') return giveTokens(body, response);
    if (url.pathname === '/revoke') return revoke(body, response);
    return api(request, url, response);
  }

  function nextTrouble(path: string): Trouble | undefined {
    const index = troubles.findIndex((trouble) => path.includes(trouble.path));
    const found = troubles[index];
    if (found && found.times > 1) troubles[index] = { ...found, times: found.times - 1 };
    else if (found) troubles.splice(index, 1);
    return found;
  }

  /** What Google would refuse on a page of its own, without sending anybody back. */
  function wrongRequest(query: URLSearchParams): string | undefined {
    const wanted: readonly (readonly [string, RegExp])[] = [
      ['client_id', new RegExp(`^${standInClient.id}$`)],
      ['response_type', /^code$/],
      ['state', /^[\w-]{22,}$/],
      ['nonce', /^[\w-]{22,}$/],
      ['code_challenge', /^[\w-]{43}$/],
      ['code_challenge_method', /^S256$/],
      ['access_type', /^offline$/],
      ['include_granted_scopes', /^true$/],
      ['prompt', /^consent$/],
      ['scope', /^openid email https:/],
    ];
    if (query.get('redirect_uri') !== redirectUri) return 'redirect_uri_mismatch';
    return wanted.find(([name, shape]) => !shape.test(query.get(name) ?? ''))?.[0];
  }

  function showConsent(url: URL, response: ServerResponse): void {
    const wrong = wrongRequest(url.searchParams);
    if (wrong !== undefined) return void json(response, 400, { error: wrong });
    const go = (label: string, more: string) =>
      `<p><a href="/consent?${url.searchParams}&amp;${more}">${label}</a></p>`;
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(
      `<!doctype html><title>Consent</title>${go('Allow', 'how=%7B%7D')}${go('Refuse', 'how=%7B%22deny%22%3Atrue%7D')}`,
    );
  }

  function goBack(url: URL, response: ServerResponse): void {
    const query = url.searchParams;
    const how = JSON.parse(query.get('how') ?? '{}') as Consent;
    const back = new URL(redirectUri);
    back.searchParams.set('state', query.get('state') ?? '');
    back.searchParams.set('iss', how.iss ?? origin);
    if (how.deny === true) back.searchParams.set('error', 'access_denied');
    else back.searchParams.set('code', newCode(query, how));
    response.writeHead(302, { Location: back.href }).end();
  }

  function newCode(query: URLSearchParams, how: Consent): string {
    const account = how.account ?? 'claire@example.org';
    const before = [...refreshes.values()].filter(({ subject }) => subject === `sub of ${account}`);
    const asked = (query.get('scope') ?? '')
      .split(' ')
      .map((scope) => scope.replace(/^email$/, `${prefix}userinfo.email`));
    const all = new Set([...asked, ...before.flatMap(({ scopes }) => scopes)]);
    const code = issue('code');
    codes.set(code, {
      challenge: query.get('code_challenge') ?? '',
      nonce: how.nonce ?? query.get('nonce') ?? '',
      redirectUri,
      scopes: [...all].filter((scope) => !(how.untick ?? []).some((end) => scope.endsWith(end))),
      subject: `sub of ${account}`,
      account,
      hd: how.hd ?? 'example.org',
    });
    return code;
  }

  function giveTokens(body: URLSearchParams, response: ServerResponse): void {
    if (body.get('client_id') !== standInClient.id || body.get('client_secret') !== standInClient.secret)
      return void json(response, 401, {
        error: 'invalid_client',
        error_description: 'The OAuth client was not found.',
      });
    if (body.get('grant_type') === 'refresh_token') return renew(body.get('refresh_token') ?? '', response);
    const code = codes.get(body.get('code') ?? '');
    codes.delete(body.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    if (!code || challenge !== code.challenge || body.get('redirect_uri') !== code.redirectUri)
      return void json(response, 400, { error: 'invalid_grant', error_description: 'Malformed auth code.' });
    const refresh = issue('1//refresh');
    refreshes.set(refresh, code);
    json(response, 200, { ...newAccess(refresh, code), refresh_token: refresh, id_token: idToken(code) });
  }

  function renew(refresh: string, response: ServerResponse): void {
    const grant = refreshes.get(refresh);
    const description = 'Token has been expired or revoked.';
    if (!grant) return void json(response, 400, { error: 'invalid_grant', error_description: description });
    json(response, 200, newAccess(refresh, grant));
  }

  function newAccess(refresh: string, { subject, scopes }: Grant) {
    const access = issue('ya29.access');
    accesses.set(access, { subject, scopes, refresh });
    return { access_token: access, expires_in: 3599, token_type: 'Bearer', scope: scopes.join(' ') };
  }

  /** Its signature is no signature: what comes from the token endpoint itself needs none. */
  function idToken({ nonce, subject, account, hd }: Code): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: origin,
      aud: standInClient.id,
      sub: subject,
      iat: now,
      exp: now + 3600,
      nonce,
      email: account,
    };
    const parts = [
      { alg: 'RS256', typ: 'JWT' },
      { ...claims, email_verified: true, ...(hd !== '' && { hd }) },
    ];
    return [...parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')), 'c2lnbmF0dXJl'].join('.');
  }

  /** With a token goes everything that its account has granted. */
  function revoke(body: URLSearchParams, response: ServerResponse): void {
    const token = body.get('token') ?? '';
    const subject = (refreshes.get(token) ?? accesses.get(token))?.subject;
    if (subject === undefined) return void json(response, 400, { error: 'invalid_token' });
    forget(subject);
    json(response, 200, {});
  }

  function forget(subject?: string): void {
    for (const tokens of [refreshes, accesses])
      for (const [token, grant] of tokens) if (subject === undefined || grant.subject === subject) tokens.delete(token);
  }

  function api(request: IncomingMessage, url: URL, response: ServerResponse): void {
    const grant = accesses.get((request.headers.authorization ?? '').replace(/^Bearer /, ''));
    const { status, body } = answerOf(people, grant?.scopes, url);
    json(response, status, body);
  }

  return {
    endpoints: {
      issuer: origin,
      authorization: `${origin}/auth`,
      token: `${origin}/token`,
      revocation: `${origin}/revoke`,
      people: origin,
      admin: origin,
    },
    people,
    calls,
    given,
    consent: async (address, how = {}) => {
      const asked = new URL(address);
      const wrong = asked.origin === origin ? wrongRequest(asked.searchParams) : 'another server';
      if (wrong !== undefined) throw new Error(`Google refuses the request: ${wrong}`);
      asked.pathname = '/consent';
      asked.searchParams.set('how', JSON.stringify(how));
      const sent = await fetch(asked, { redirect: 'manual' });
      return new URL(sent.headers.get('Location') ?? '');
    },
    fail: (trouble) => void troubles.push(trouble),
    expireAccess: () => accesses.clear(),
    revokeAll: () => forget(),
    living: () => ({ refresh: [...refreshes.keys()], access: [...accesses.keys()] }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
