// The result before and after it is public, and the step between.

import { Hono } from 'hono';
import { publishResult } from '../../domain/deliberations.ts';
import type { Election } from '../../domain/elections.ts';
import { countVoters } from '../../domain/voters.ts';
import { resultPage, type ResultState } from '../../views/result.ts';
import type { Deps, Env } from '../deps.ts';
import { refuse } from '../errors.ts';
import { publisherOf } from '../minutes-files.ts';
import { pageOf } from '../page.ts';
import { windowOf } from '../public/home.ts';
import { resultOf } from '../result-view.ts';
import { requireConfirmed, requireObserver } from '../scopes.ts';
import { doneOf, enterElection, redirectDone } from './election-routes.ts';

const path = '/console/elections/:id/result';

export function results(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(path, async (c) => {
      const entered = await enterElection(deps, c, requireObserver(deps, c));
      if (!entered.ok) return entered.refusal;
      const { election, head } = entered;
      const state = stateOf(election, election.registered_count ?? (await countVoters(deps.db.reader, election.id)));
      const hasMinutes = election.armed_at !== null && (election.rewritten_at ?? election.abandoned_at) !== null;
      const shown = { state, hasMinutes, problems: {}, done: doneOf(deps, c) };
      const view = { election: head, window: windowOf(election), ...shown };
      return c.html(resultPage(pageOf(deps, c), view));
    })
    .post('/console/elections/:id/publish', async (c) => {
      const entered = await enterElection(
        deps,
        c,
        requireConfirmed(deps, c, `/console/elections/${c.req.param('id')}/result`),
      );
      if (!entered.ok) return entered.refusal;
      const published = await publishResult(deps.db, entered.scope, entered.election.id, publisherOf(deps, c));
      if (!published.ok) return refuse(deps, c, published.reason);
      return redirectDone(deps, c, `/console/elections/${entered.election.id}/result`, 'published');
    });
}

function stateOf(election: Election, registered: number): ResultState {
  const { ballot_count: ballots, minimum_ballots: minimumBallots, published_at: publishedAt } = election;
  if (election.abandoned_at !== null) return { kind: 'abandoned' };
  if (ballots !== null && ballots < minimumBallots) return { kind: 'below-minimum', ballots, minimumBallots };
  const result = resultOf(election, registered);
  if (!result) return { kind: 'none' };
  return publishedAt === null ? { kind: 'counted', result } : { kind: 'published', result, publishedAt };
}
