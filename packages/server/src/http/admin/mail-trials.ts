// Trying the mail server that is in force: a connection with log-in, or a test mail to one's own address. The answer stands
// on the tab of the mail server, in words that say what to do.

import { Hono } from 'hono';
import { countMailTrial, recordMailTest } from '../../domain/mail-trials.ts';
import { findAccount } from '../../domain/users.ts';
import { trialKey } from '../../messages/mail-trials.ts';
import type { MailTrialOutcome } from '../../views/mail-trial.ts';
import type { Page } from '../../views/page.ts';
import type { Deps, Env, MailTrial, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { hrefOf, pageOf } from '../page.ts';
import { requireAdmin, requireObserver } from '../scopes.ts';
import { showTab } from './configure.ts';

const base = '/console/configure/smtp';
/** Of a server that talks and talks. */
const longestReply = 300;

export function mailTrials(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(`${base}/:act{try|test}`, (c) => {
      const scope = requireObserver(deps, c);
      return scope.ok ? c.redirect(hrefOf(deps, c, base), 303) : scope.refusal; // the other language, or a reload
    })
    .post(`${base}/try`, (c) => attempt(deps, c, 'try', () => deps.postman.check()))
    .post(`${base}/test`, (c) =>
      attempt(deps, c, 'test', (address) => deps.postman.sendTest(address, c.get('locale'))),
    );
}

type Act = 'try' | 'test';

async function attempt(deps: Deps, c: Request, act: Act, work: (address: string) => Promise<MailTrial>) {
  const scope = requireAdmin(deps, c);
  if (!scope.ok) return scope.refusal;
  const own = await findAccount(deps.db.reader, scope.scope.accountId);
  const settings = await deps.postman.readSettings();
  if (!own || !settings) return refuse(deps, c, 'mail-not-set-up');
  const counted = await countMailTrial(deps.db, deps.vault, scope.scope);
  if (!counted.ok) {
    const until = pageOf(deps, c).formatMoment(counted.until, c.get('organisation')?.zone ?? 'UTC');
    return refuse(deps, c, 'mail-trial-paused', { values: { until }, retryAfter: counted.until });
  }
  const trial = await work(own.email);
  if (act === 'test' && trial.ok) await recordMailTest(deps.db, scope.scope, settings);
  const tried = { act, trial, address: own.email, isNameless: settings.username === '' };
  return showTab(deps, c, 'smtp', { outcome: outcomeOf(pageOf(deps, c), tried) });
}

interface Tried {
  readonly act: Act;
  readonly trial: MailTrial;
  readonly address: string;
  /** The server was asked without user name and password. */
  readonly isNameless: boolean;
}

function outcomeOf(page: Page, { act, trial, address, isNameless }: Tried): MailTrialOutcome {
  if (!trial.ok) {
    const reply = trial.reply.slice(0, longestReply);
    return { ok: false, title: page.t(`mail-trial.${act}-failed`), text: page.t(trialKey(trial.cause)), reply };
  }
  const done = act === 'try' && isNameless ? 'mail-trial.try-done-nameless' : (`mail-trial.${act}-done` as const);
  return { ok: true, title: page.t(`mail-trial.${act}-done-title`), text: page.t(done, { address }), reply: '' };
}
