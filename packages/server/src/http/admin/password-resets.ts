// "I have forgotten my password": a mail with a one-time link, to whoever has an account. What the page answers tells nobody
// who has one, and neither does how long it takes: looking, writing and mailing begin after the answer.

import { Hono } from 'hono';
import { mailedLinkMinutes } from '../../domain/account-links.ts';
import { countReset, issueReset, resetSchema } from '../../domain/password-resets.ts';
import { forgotPage, forgotSentPage } from '../../views/forgot-password.ts';
import { baseUrlOf } from '../base-url.ts';
import { clientNetwork, trustList } from '../client-address.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { statuses } from '../reasons.ts';
import { refusedLogin } from './entering.ts';

const path = '/forgot-password';

export function passwordResets(deps: Deps): Hono<Env> {
  const trusted = trustList(deps.config.trustedProxies);
  return new Hono<Env>()
    .get(path, async (c) => {
      const hasMail = (await deps.postman.readSettings()) !== undefined;
      return c.html(forgotPage(pageOf(deps, c), { email: '', hasMail, problems: {} }));
    })
    .post(path, (c) => ask(deps, c, clientNetwork(c, trusted)));
}

async function ask(deps: Deps, c: Request, address: string): Promise<Response> {
  if (!(await deps.postman.readSettings())) return refuse(deps, c, 'mail-not-set-up');
  const [page, values] = [pageOf(deps, c), await readForm(c, ['email'])];
  const again = (problem: string, status: 400 | 429) =>
    c.html(forgotPage(page, { ...values, hasMail: true, problems: { email: problem } }), status);
  const parsed = resetSchema.safeParse(values);
  if (!parsed.success) return again(page.t('field.email'), 400);
  const { email } = parsed.data;
  const counted = await countReset(deps.db, deps.vault, { email, address });
  if (!counted.ok) return again(refusedLogin(deps, c, counted), statuses[counted.reason]);
  const wish = { email, baseUrl: baseUrlOf(deps, c), locale: c.get('locale') };
  setImmediate(() => void mailLink(deps, wish));
  return c.html(forgotSentPage(page, { email, minutes: mailedLinkMinutes }));
}

interface Wish {
  readonly email: string;
  /** The instance's own: never what the request says of itself. */
  readonly baseUrl: string;
  readonly locale: 'en' | 'fr';
}

/** After the answer; what goes wrong is for the log, without the address. */
async function mailLink(deps: Deps, { email, baseUrl, locale }: Wish): Promise<void> {
  try {
    const issued = await issueReset(deps.db, email);
    if (!issued) return;
    const { name, token, expiresAt } = issued;
    const link = `${baseUrl}/choose-password/${token}`;
    const to = { name, address: issued.email };
    const sent = await deps.postman.sendPasswordLink({ to, locale, link, expiresAt });
    if (!sent.ok) deps.log.warn({ cause: sent.cause }, 'A mail for a lost password was not taken by the mail server.');
  } catch (error) {
    deps.log.error({ error: error instanceof Error ? error.stack : String(error) }, 'A lost password failed.');
  }
}
