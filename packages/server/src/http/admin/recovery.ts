// The printable sheet with the instance's secret: at the end of set-up, and again after confirming the password.

import { Hono } from 'hono';
import { recoveryPage } from '../../views/recovery.ts';
import { baseUrlOf } from '../base-url.ts';
import type { Deps, Env } from '../deps.ts';
import { pageOf } from '../page.ts';
import { requireConfirmed } from '../scopes.ts';

export function recovery(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/console/recovery', async (c) => {
    const scope = requireConfirmed(deps, c);
    if (!scope.ok) return scope.refusal;
    const zone = c.get('organisation')?.zone ?? 'UTC';
    const view = { baseUrl: baseUrlOf(deps, c), secret: deps.secret, printedAt: await deps.db.now(), zone };
    return c.html(recoveryPage(pageOf(deps, c), view));
  });
}
