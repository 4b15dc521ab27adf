// Looking somebody up without scripts: a page with the search and its results, and the form for adding a voter filled in with
// the one that was chosen.

import { Hono } from 'hono';
import { directorySearchPage, type FoundPerson } from '../../views/directory-search.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { askDirectory } from '../directory-search.ts';
import { refuse, sentences } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { statuses } from '../reasons.ts';
import { requireTechnician } from '../scopes.ts';
import { enterElection } from './election-routes.ts';
import { showFilled } from './voters.ts';

const path = '/console/elections/:id/voters/directory';

export function directorySearch(deps: Deps): Hono<Env> {
  return new Hono<Env>().get(path, (c) => search(deps, c)).post(path, (c) => choose(deps, c));
}

async function search(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered.refusal;
  const page = pageOf(deps, c);
  const [typed, after] = [c.req.query('q'), c.req.query('after')?.slice(0, 2000) || undefined];
  const blank = { election: entered.head, query: '', problems: {}, people: undefined, next: undefined };
  if (typed === undefined) return c.html(directorySearchPage(page, blank));
  const found = await askDirectory(deps, entered.scope, typed, after);
  const shared = { ...blank, query: found.query };
  if (found.ok) return c.html(directorySearchPage(page, { ...shared, ...found.value }));
  const { title, detail: text } = sentences(deps, c, found.reason);
  const told =
    found.reason === 'directory-short' ? { problems: { q: title } } : { trouble: { title, text, said: found.said } };
  return c.html(directorySearchPage(page, { ...shared, ...told }), statuses[found.reason]);
}

/** Nothing is added: the form says what is still missing once it is sent. */
async function choose(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered.refusal;
  const chosen: Omit<FoundPerson, 'about'> = await readForm(c, ['lastName', 'firstName', 'email']);
  if (chosen.email === '') return refuse(deps, c, 'malformed-request');
  return showFilled(deps, c, chosen);
}
