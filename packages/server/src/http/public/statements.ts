// The privacy page and the accessibility statement.

import { Hono } from 'hono';
import { accessibilityPage, privacyPage } from '../../views/statements.ts';
import type { Deps, Env } from '../deps.ts';
import { pageOf } from '../page.ts';

export function statements(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get('/privacy', (c) => {
      const retentionDays = c.get('organisation')?.retentionDays ?? 0;
      return c.html(privacyPage(pageOf(deps, c), { retentionDays }));
    })
    .get('/accessibility', (c) => c.html(accessibilityPage(pageOf(deps, c))));
}
