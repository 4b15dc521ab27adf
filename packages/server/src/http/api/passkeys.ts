// Challenges for passkeys, each for one purpose and one time. They come by POST: a page that is only looked at makes none.

import { Hono } from 'hono';
import { readPendingLogin } from '../../domain/pending-logins.ts';
import {
  type Asked,
  countLoginChallenge,
  siteOf,
  startAuthentication,
  startRegistration,
} from '../../domain/passkeys.ts';
import { findAccount } from '../../domain/users.ts';
import { baseUrlOf } from '../base-url.ts';
import { clientNetwork, trustList } from '../client-address.ts';
import { readLoginCookie } from '../cookies.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { pageOf } from '../page.ts';
import { requireConfirmedMember, requireMember } from '../scopes.ts';

export function passkeysApi(deps: Deps): Hono<Env> {
  const trusted = trustList(deps.config.trustedProxies);
  return new Hono<Env>()
    .post('/api/passkeys/login', async (c) => {
      const counted = await countLoginChallenge(deps.db, deps.vault, clientNetwork(c, trusted));
      if (counted.ok) return challenge(deps, c, { purpose: 'login' });
      const until = pageOf(deps, c).formatMoment(counted.until, c.get('organisation')?.zone ?? 'UTC');
      return refuse(deps, c, counted.reason, { values: { until }, retryAfter: counted.until });
    })
    .post('/api/passkeys/second', async (c) => {
      const accountId = await readPendingLogin(deps.db, readLoginCookie(c) ?? '');
      return accountId === undefined
        ? refuse(deps, c, 'login-required')
        : challenge(deps, c, { purpose: 'second', accountId });
    })
    .post('/api/passkeys/confirm', (c) => {
      const entered = requireMember(deps, c);
      if (!entered.ok) return entered.refusal;
      return challenge(deps, c, { purpose: 'confirm', accountId: entered.scope.accountId });
    })
    .post('/api/passkeys/register', async (c) => {
      const entered = requireConfirmedMember(deps, c);
      if (!entered.ok) return entered.refusal;
      const [site, account] = [siteOf(baseUrlOf(deps, c)), await findAccount(deps.db.reader, entered.scope.accountId)];
      if (!site || !account) return refuse(deps, c, 'no-passkeys-here');
      const named = { organisation: pageOf(deps, c).organisation, name: account.name, email: account.email };
      return c.json(await startRegistration(deps.db, entered.scope, site, named));
    });
}

async function challenge(deps: Deps, c: Request, asked: Asked): Promise<Response> {
  const site = siteOf(baseUrlOf(deps, c));
  if (!site) return refuse(deps, c, 'no-passkeys-here');
  return c.json(await startAuthentication(deps.db, site, asked));
}
