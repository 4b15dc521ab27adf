// The front door: the elections that the public may know of.

import { Hono } from 'hono';
import { phaseOf } from '../../domain/lifecycle.ts';
import { readParticipation } from '../../domain/participation.ts';
import { type ElectionRow, listElections } from '../../domain/elections.ts';
import { type HomeElection, homePage } from '../../views/home.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { livePageOf } from '../live-view.ts';
import { pageOf } from '../page.ts';
import { participationView } from '../participation-view.ts';

export function home(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/', async (c) => {
    const now = await deps.db.now();
    const shown: HomeElection[] = [];
    for (const election of await listElections(deps.db.reader)) {
      const entry = await homeElection(deps, c, election, now);
      if (entry) shown.push(entry);
    }
    const ids = shown.filter(({ phase }) => phase === 'open').map(({ id }) => id);
    const live = await livePageOf(deps, c, { ids, list: true });
    return c.html(homePage(pageOf(deps, c), { elections: shown, live }));
  });
}

async function homeElection(
  deps: Deps,
  c: Request,
  election: ElectionRow,
  now: number,
): Promise<HomeElection | undefined> {
  const phase = phaseOf(election, now);
  if (phase === 'draft' || election.rehearsal_of !== null) return undefined;
  return {
    id: election.id,
    name: election.name,
    phase,
    window: windowOf(election),
    participation:
      phase === 'armed' || election.abandoned_at !== null
        ? undefined
        : await participationView(deps, pageOf(deps, c), await readParticipation(deps.db.reader, election, now)),
  };
}

export const windowOf = (election: ElectionRow) => ({
  opensAt: election.opens_at,
  closesAt: election.closes_at,
  zone: election.zone,
});
