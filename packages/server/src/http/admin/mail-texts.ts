// The text of a mail, kind by kind and language by language: shown, tried, saved, or given back to the product's own or to
// a version that was saved before.

import { Hono } from 'hono';
import {
  checkMailText,
  type CodeChannel,
  listVersions,
  mailKinds,
  type MailText,
  mailTextSchema,
  placeholders,
  requiredPlaceholders,
  saveMailText,
} from '../../domain/mail-texts.ts';
import { defaultMailText } from '../../messages/mail-defaults.ts';
import { isLocale, type Locale } from '../../messages/translate.ts';
import { papers } from '../../views/letter.ts';
import { mailTextPage } from '../../views/mail-text.ts';
import type { Problems } from '../../views/page.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { problemsOf } from '../problems.ts';
import { requireAdmin, requireObserver } from '../scopes.ts';
import { doneOf, enterElection, redirectDone } from './election-routes.ts';

const path = '/console/elections/:id/mails/texts/:kind';

export function mailTexts(deps: Deps): Hono<Env> {
  return new Hono<Env>().get(path, (c) => show(deps, c)).post(path, (c) => save(deps, c));
}

interface Typed {
  readonly text: MailText;
  readonly problems: Problems;
}

const localeOf = (c: Request): Locale => {
  const asked = c.req.query('locale');
  return isLocale(asked) ? asked : (c.get('organisation')?.language ?? 'en');
};

async function show(deps: Deps, c: Request, typed?: Typed): Promise<Response> {
  const entered = await enterElection(deps, c, requireObserver(deps, c));
  if (!entered.ok) return entered.refusal;
  const kind = mailKinds.find((known) => known === c.req.param('kind'));
  if (!kind) return refuse(deps, c, 'not-found');
  const { election, head } = entered;
  const [locale, channel] = [localeOf(c), election.code_channel as CodeChannel];
  const versions = await listVersions(deps.db.reader, { electionId: election.id, kind, locale });
  const asked = versions.find(({ version }) => String(version) === c.req.query('version'));
  const { subject, body } = typed?.text ?? asked ?? versions[0] ?? defaultMailText(kind, locale, channel);
  const preview = await deps.postman.preview({ electionId: election.id, kind, locale, text: { subject, body } });
  if (!preview) return refuse(deps, c, 'unknown-election');
  const view = {
    election: head,
    kind,
    locale,
    values: { subject, body },
    placeholders: placeholders[kind],
    required: requiredPlaceholders(kind, channel),
    versions: versions.map((saved) => ({ version: saved.version, savedAt: saved.saved_at, subject: saved.subject })),
    shown: asked?.version,
    zone: election.zone,
    preview,
    paper: papers.find((known) => known === c.req.query('paper')) ?? 'desktop',
    mayEdit: pageOf(deps, c).account?.role === 'admin',
    problems: typed?.problems ?? {},
    done: doneOf(deps, c),
  };
  const failed = Object.keys(view.problems).length > 0;
  return c.html(mailTextPage(pageOf(deps, c), view), failed ? 400 : 200);
}

async function save(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireAdmin(deps, c));
  if (!entered.ok) return entered.refusal;
  const kind = mailKinds.find((known) => known === c.req.param('kind'));
  if (!kind) return refuse(deps, c, 'not-found');
  const { election } = entered;
  const [locale, channel, page] = [localeOf(c), election.code_channel as CodeChannel, pageOf(deps, c)];
  const { act, ...values } = await readForm(c, ['act', 'subject', 'body']);
  const parsed = mailTextSchema.safeParse(act === 'default' ? defaultMailText(kind, locale, channel) : values);
  if (!parsed.success) return show(deps, c, { text: values, problems: problemsOf(page, parsed.error) });
  const text = parsed.data;
  const checked = checkMailText(kind, channel, text);
  if (!checked.ok) {
    const names = checked.names.map((name) => `{${name}}`).join(', ');
    return show(deps, c, { text, problems: { body: page.t(`field.${checked.reason}`, { names }) } });
  }
  if (act === 'preview') return show(deps, c, { text, problems: {} });
  const saved = await saveMailText(
    deps.db,
    entered.scope,
    { electionId: election.id, kind, locale },
    { text, channel },
  );
  if (!saved.ok) return refuse(deps, c, saved.reason === 'unknown-election' ? saved.reason : 'malformed-request');
  const back = `/console/elections/${election.id}/mails/texts/${kind}?locale=${locale}`;
  return redirectDone(deps, c, back, 'saved');
}
