// The settings of the instance under their tabs: administrators change them, observers read them. What is saved counts with
// the next request of every process.

import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { currentElection } from '../../domain/elections.ts';
import { phaseOf } from '../../domain/lifecycle.ts';
import type { ConfirmedAdmin } from '../../domain/scopes.ts';
import { changeSettings, type SettingProblem, type SettingProblems } from '../../domain/setting-changes.ts';
import { readSettingStates } from '../../domain/setting-states.ts';
import { readSettings } from '../../domain/settings.ts';
import { findAccount } from '../../domain/users.ts';
import { configurePage, type ConfigureTab, configureTabs } from '../../views/configure.ts';
import type { DirectoryOutcome } from '../../views/directory-connection.ts';
import type { MailTrialOutcome } from '../../views/mail-trial.ts';
import type { Page, Problems } from '../../views/page.ts';
import { readSessionCookie, saveSessionCookie } from '../cookies.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { requireConfirmed, requireObserver } from '../scopes.ts';
import { serverFacts } from '../server-facts.ts';
import { namesOf, readTyped, settingFields, type Typed, wishesOf } from '../setting-fields.ts';
import { directoryView } from './directory-view.ts';
import { doneOf, redirectDone } from './election-routes.ts';

const path = '/console/configure/:tab';

export function configure(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(path, async (c) => {
      const scope = requireObserver(deps, c);
      if (!scope.ok) return scope.refusal;
      const tab = tabOf(c);
      return tab ? showTab(deps, c, tab) : refuse(deps, c, 'not-found');
    })
    .post(path, async (c) => {
      const scope = requireConfirmed(deps, c);
      if (!scope.ok) return scope.refusal;
      const tab = tabOf(c);
      return tab ? save(deps, c, scope.scope, tab) : refuse(deps, c, 'not-found');
    });
}

const tabOf = (c: Request): ConfigureTab | undefined => configureTabs.find((tab) => tab === c.req.param('tab'));

interface Shown {
  readonly typed?: Typed;
  readonly withDraft?: boolean;
  readonly problems?: Problems;
  readonly outcome?: MailTrialOutcome;
  readonly directory?: DirectoryOutcome;
  readonly status?: ContentfulStatusCode;
}

export async function showTab(deps: Deps, c: Request, tab: ConfigureTab, shown: Shown = {}): Promise<Response> {
  // The other language of an answer to a form, or of a way back from elsewhere, is the tab itself.
  const page = { ...pageOf(deps, c), ...(shown.directory && { path: `/console/configure/${tab}` }) };
  const names = namesOf(tab);
  const states = (await readSettingStates(deps.db.reader, deps.config.given)).filter(({ name }) =>
    names.includes(name),
  );
  const view = {
    tab,
    fields: settingFields(page, states, { zone: zoneOf(c), typed: shown.typed }),
    mayEdit: page.account?.role === 'admin',
    isConfirmed: c.get('session')?.confirmed === true,
    problems: shown.problems ?? {},
    done: doneOf(deps, c),
    ...(tab === 'general' && { server: serverFacts(page, deps.config) }),
    ...(tab === 'voting' && { draft: await draftOf(deps, c, shown.withDraft) }),
    ...(tab === 'google' && { directory: await directoryView(deps, c, shown.directory) }),
    ...(tab === 'smtp' && page.account?.role === 'admin' && { trial: await trialOf(deps, c, shown.outcome) }),
  };
  return c.html(configurePage(page, view), shown.status ?? (shown.problems ? 400 : 200));
}

const zoneOf = (c: Request): string => c.get('organisation')?.zone ?? 'UTC';

/** Ticked by itself where the draft has the window that is in force, or none is: then it follows. */
async function draftOf(deps: Deps, c: Request, ticked: boolean | undefined) {
  const now = await deps.db.now();
  const current = await currentElection(deps.db.reader, now);
  if (!current || phaseOf(current, now) !== 'draft') return undefined;
  const { opensAt, closesAt } = c.get('settings').suggestedWindow;
  const follows = [opensAt ?? current.opens_at, closesAt ?? current.closes_at];
  const isSame = follows[0] === current.opens_at && follows[1] === current.closes_at;
  return { id: current.id, name: current.name, ticked: ticked ?? isSame };
}

async function trialOf(deps: Deps, c: Request, outcome: MailTrialOutcome | undefined) {
  const isReady = (await deps.postman.readSettings()) !== undefined;
  const own = await findAccount(deps.db.reader, c.get('session')?.accountId ?? '');
  return { address: own?.email ?? '', isReady, outcome };
}

async function save(deps: Deps, c: Request, actor: ConfirmedAdmin, tab: ConfigureTab): Promise<Response> {
  const typed = await readTyped(c, namesOf(tab));
  const { draft, withDraft } = await readForm(c, ['draft', 'withDraft']);
  const isWithDraft = tab === 'voting' && draft !== '' && withDraft === 'yes';
  const wishes = wishesOf(typed, zoneOf(c));
  const { given } = deps.config;
  const saved = await changeSettings(deps.db, deps.vault, actor, { wishes, given, ...(isWithDraft && { draft }) });
  if (!saved.ok && saved.reason === 'settings-wrong') {
    const problems = problemsOf(pageOf(deps, c), saved.problems, typed);
    return showTab(deps, c, tab, { typed, withDraft: withDraft === 'yes', problems });
  }
  if (!saved.ok) return refuse(deps, c, saved.reason);
  if (saved.changed.includes('VOTING_URL')) await followAddress(deps, c);
  return redirectDone(deps, c, `/console/configure/${tab}`, 'saved');
}

/** The answer already stands under the address just saved, and so does the cookie: its path may be another. */
async function followAddress(deps: Deps, c: Request): Promise<void> {
  const { organisation } = await readSettings(deps.db.reader, deps.config.given);
  c.set('organisation', organisation);
  if (organisation) deps.address.baseUrl = organisation.baseUrl;
  const token = readSessionCookie(c);
  if (token !== undefined) saveSessionCookie(deps, c, token);
}

const together = {
  'end-before-start': 'config.end-before-start',
  'password-without-user': 'config.password-without-user',
  'password-again': 'configure.password-again',
} as const satisfies Record<Exclude<SettingProblem, 'wrong'>, string>;

/** A secret that was typed cannot be shown again: whoever typed it is told. */
function problemsOf(page: Page, problems: SettingProblems, typed: Typed): Problems {
  const lost = Object.entries(typed).filter(([, { isSecret, text }]) => isSecret && text !== '');
  const again = Object.fromEntries(lost.map(([name]) => [name, page.t('configure.type-again')]));
  const found = Object.entries(problems).map(([name, problem]): [string, string] => [
    name,
    page.t(problem === 'wrong' ? `setting.${name as keyof SettingProblems}.wrong` : together[problem]),
  ]);
  return { ...again, ...Object.fromEntries(found) };
}
