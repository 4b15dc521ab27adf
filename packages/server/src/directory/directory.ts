// What the pages ask of the directory: how it is connected, to connect and disconnect, and who is in it. Renews the
// short-lived token when it is old, one process at a time.

import { setTimeout as pause } from 'node:timers/promises';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import {
  type DirectoryRow,
  forgetAccess,
  giveUpRefresh,
  noteUse,
  openAccess,
  openGrant,
  readDirectory,
  removeConnection,
  saveAccess,
  saveConnection,
  scopesOf,
  takeRefreshTurn,
} from '../domain/directory-connections.ts';
import type {
  ConnectCause,
  Connected,
  Directory,
  DirectoryAnswer,
  DirectoryCause,
  DirectoryRefusal,
  DirectoryState,
  Disconnected,
  Leaving,
} from '../domain/directory-people.ts';
import { keepRequest, takeRequest } from '../domain/directory-requests.ts';
import type { Admin, ConfirmedAdmin } from '../domain/scopes.ts';
import type { Vault } from '../domain/vault.ts';
import type { Database } from '../storage/database.ts';
import type { DirectoryClient, DirectoryProvider, Found, Redeemed } from './provider.ts';

export interface DirectoryDeps {
  readonly db: Database;
  readonly vault: Vault;
  readonly provider: DirectoryProvider;
  /** As it is set; undefined until it is. */
  readonly client: () => Promise<DirectoryClient | undefined>;
}

const refused = <Cause>(cause: Cause, said = ''): DirectoryRefusal<Cause> => ({ ok: false, cause, said });

export function createDirectory(deps: DirectoryDeps): Directory {
  const { provider } = deps;
  return {
    read: () => read(deps),
    begin: (leaving) => begin(deps, leaving),
    finish: (actor, session, answer) => finish(deps, { actor, session, answer }),
    disconnect: (actor) => disconnect(deps, actor),
    search: (query, page) => using(deps, (access) => provider.search(access, query, page)),
    listUnits: () => using(deps, (access) => provider.listUnits(access)),
    listMembers: (unit, page) => using(deps, (access) => provider.listMembers(access, unit, page)),
  };
}

async function read({ db, vault, provider, client }: DirectoryDeps): Promise<DirectoryState> {
  const [found, row] = [await client(), await readDirectory(db.reader, provider.name)];
  if (!row) return { hasClient: found !== undefined, connection: undefined };
  const grant = await openGrant(vault, row);
  const connection = {
    account: grant?.account ?? '',
    organisation: grant?.organisation ?? '',
    scopes: scopesOf(row),
    connectedAt: row.connected_at,
    usedAt: row.used_at ?? undefined,
    hasUnits: provider.allowsUnits(scopesOf(row)),
    problem: problemOf(row, grant?.clientId, found),
    said: row.said,
  };
  return { hasClient: found !== undefined, connection };
}

function problemOf(row: DirectoryRow, clientId: string | undefined, client: DirectoryClient | undefined) {
  if (!client) return 'not-set-up';
  if (clientId === undefined) return 'grant-lost';
  if (clientId !== client.id) return 'other-client';
  return row.problem === '' ? undefined : (row.problem as DirectoryCause);
}

async function begin(deps: DirectoryDeps, { session, redirectUri, units }: Leaving): Promise<DirectoryAnswer<URL>> {
  const { db, vault, provider } = deps;
  const client = await deps.client();
  if (!client) return refused('not-set-up');
  const row = await readDirectory(db.reader, provider.name);
  const account = (row && (await openGrant(vault, row)))?.account;
  const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
  const request = { verifier, nonce, redirectUri, clientId: client.id };
  await keepRequest(db, vault, { state, session }, request);
  const value = await provider.authorize(client, { ...request, state, units, account });
  return { ok: true, value };
}

interface Coming {
  readonly actor: Admin;
  readonly session: string;
  readonly answer: URL;
}

async function finish(deps: DirectoryDeps, { actor, session, answer }: Coming): Promise<Connected> {
  const { db, vault, provider } = deps;
  const state = answer.searchParams.get('state') ?? '';
  const request = await takeRequest(db, vault, { state, session });
  if (!request) return refused('unknown-state');
  const client = await deps.client();
  if (client?.id !== request.clientId) return refused('other-client');
  const returned = new URL(request.redirectUri);
  returned.search = answer.search;
  const redeemed = await provider.redeem(client, { ...request, state }, returned);
  if (!redeemed.ok) return redeemed;
  const { value } = redeemed;
  const former = await readDirectory(db.reader, provider.name);
  const formerGrant = former && (await openGrant(vault, former));
  // Taking a token back takes the whole grant of its account back, the one in use as well.
  const isOther = formerGrant === undefined || formerGrant.subject !== value.subject;
  const cause = unfit(provider, value);
  if (cause !== undefined) {
    if (isOther) await provider.revoke(value.token || value.access.token);
    return refused(cause);
  }
  const { token, access, scopes, subject, account, organisation } = value;
  const grant = { token, subject, account, organisation, clientId: client.id };
  await saveConnection(db, vault, actor, { name: provider.name, grant, access, scopes });
  if (formerGrant && isOther) await provider.revoke(formerGrant.token);
  return { ok: true, hasUnits: provider.allowsUnits(scopes) };
}

/** Consent is given box by box, and private accounts have no directory. */
function unfit(provider: DirectoryProvider, { organisation, scopes, token }: Redeemed): ConnectCause | undefined {
  if (organisation === '') return 'private-account';
  if (!provider.allowsSearch(scopes)) return 'scope-missing';
  return token === '' ? 'no-offline' : undefined;
}

/** Gone here whatever the provider says. */
async function disconnect({ db, vault, provider }: DirectoryDeps, actor: ConfirmedAdmin): Promise<Disconnected> {
  const row = await readDirectory(db.reader, provider.name);
  if (!row) return { removed: false, revoked: false };
  const grant = await openGrant(vault, row);
  const revoked = grant !== undefined && (await provider.revoke(grant.token));
  return { removed: await removeConnection(db, actor, row, revoked), revoked };
}

type Ready = { readonly row: DirectoryRow; readonly access: string };

const patienceMs = 12_000;
const lookAgainMs = 100;

/** A token that is fresh, renewed by us or by another process meanwhile. */
async function ready(deps: DirectoryDeps): Promise<DirectoryAnswer<Ready>> {
  const { db, vault, provider } = deps;
  const client = await deps.client();
  for (const until = performance.now() + patienceMs; performance.now() < until; await pause(lookAgainMs)) {
    const row = await readDirectory(db.reader, provider.name);
    if (!row) return refused('not-connected');
    const grant = await openGrant(vault, row);
    const problem = problemOf(row, grant?.clientId, client);
    if (!client || !grant || (problem !== undefined && problem !== 'wrong-client'))
      return refused(problem ?? 'grant-lost', row.said); // who has to do something is not helped by another try
    const access = await openAccess(vault, row, await db.now());
    if (access !== undefined) return { ok: true, value: { row, access } };
    if (await takeRefreshTurn(db, row)) {
      const refusal = await renew(deps, { row, client, grant });
      if (refusal) return refusal;
    }
  }
  return refused('too-slow');
}

const lasting: readonly DirectoryCause[] = ['grant-lost', 'wrong-client'];

interface Renewing {
  readonly row: DirectoryRow;
  readonly client: DirectoryClient;
  readonly grant: NonNullable<Awaited<ReturnType<typeof openGrant>>>;
}

async function renew({ db, vault, provider }: DirectoryDeps, { row, client, grant }: Renewing) {
  const renewed = await provider.refresh(client, grant.token);
  if (!renewed.ok) {
    const { cause, said } = renewed;
    await giveUpRefresh(db, row, lasting.includes(cause) ? { problem: cause, said } : { problem: '', said: '' });
    return renewed;
  }
  const { access, token } = renewed.value;
  await saveAccess(db, vault, row, { access, grant: token === undefined ? undefined : { ...grant, token } });
  return undefined;
}

/** A token that is refused before its time is renewed once: that tells whether the grant is lost. */
async function using<T>(deps: DirectoryDeps, work: (access: string) => Promise<Found<T>>): Promise<DirectoryAnswer<T>> {
  for (let tries = 0; tries < 2; tries++) {
    const found = await ready(deps);
    if (!found.ok) return found;
    const { row, access } = found.value;
    const answer = await work(access);
    if (answer.ok) await noteUse(deps.db, row);
    if (answer.ok) return answer;
    const { cause, said } = answer;
    if (cause !== 'unauthorised') return refused(cause, said);
    await forgetAccess(deps.db, row);
  }
  return refused('unexpected');
}
