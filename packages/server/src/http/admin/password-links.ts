// Behind a one-time link: somebody chooses the password of their account. Opening it changes nothing.

import { Hono } from 'hono';
import { choosePassword, readAccountLink } from '../../domain/account-links.ts';
import { newPasswordSchema } from '../../domain/own-account.ts';
import { choosePasswordPage } from '../../views/choose-password.ts';
import type { Problems } from '../../views/page.ts';
import type { Deps, Env } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { problemsOf } from '../problems.ts';
import { enterOrAsk } from './entering.ts';

const path = '/choose-password/:token';

export function passwordLinks(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(path, async (c) => {
      const account = await readAccountLink(deps.db, c.req.param('token'));
      if (!account) return refuse(deps, c, 'account-link-invalid');
      const { name, email } = account;
      return c.html(choosePasswordPage(pageOf(deps, c), { token: c.req.param('token'), name, email, problems: {} }));
    })
    .post(path, async (c) => {
      const token = c.req.param('token');
      const account = await readAccountLink(deps.db, token);
      if (!account) return refuse(deps, c, 'account-link-invalid');
      const page = pageOf(deps, c);
      const { password, passwordAgain } = await readForm(c, ['password', 'passwordAgain']);
      const again = (problems: Problems) =>
        c.html(choosePasswordPage(page, { token, name: account.name, email: account.email, problems }), 400);
      const parsed = newPasswordSchema.safeParse({ password });
      if (!parsed.success) return again(problemsOf(page, parsed.error));
      if (password !== passwordAgain) return again({ passwordAgain: page.t('field.passwordAgain') });
      const chosen = await choosePassword(deps.db, token, password);
      if (!chosen.ok) return refuse(deps, c, chosen.reason);
      return enterOrAsk(deps, c, chosen.accountId, '/console');
    });
}
