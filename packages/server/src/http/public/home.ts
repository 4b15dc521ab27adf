// The front door: the elections that the public may know of.

import { Hono } from 'hono';
import { type BuildingRow, listBuildings } from '../../domain/buildings.ts';
import { phaseOf } from '../../domain/lifecycle.ts';
import { readParticipation } from '../../domain/participation.ts';
import { type ElectionRow, listElections } from '../../domain/elections.ts';
import { type HomeElection, homePage } from '../../views/home.ts';
import type { Page } from '../../views/page.ts';
import type { Deps, Env } from '../deps.ts';
import { livePageOf } from '../live-view.ts';
import { pageOf } from '../page.ts';
import { viewOf } from '../participation-view.ts';

export function home(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/', async (c) => {
    const [now, buildings] = [await deps.db.now(), await listBuildings(deps.db.reader)];
    const shown: HomeElection[] = [];
    for (const election of await listElections(deps.db.reader)) {
      const entry = await homeElection(deps, pageOf(deps, c), { election, buildings, now });
      if (entry) shown.push(entry);
    }
    const ids = shown.filter(({ phase }) => phase === 'open').map(({ id }) => id);
    const live = await livePageOf(deps, c, { ids, list: true });
    return c.html(homePage(pageOf(deps, c), { elections: shown, live }));
  });
}

interface Listed {
  readonly election: ElectionRow;
  readonly buildings: readonly BuildingRow[];
  readonly now: number;
}

async function homeElection(
  { db }: Deps,
  page: Page,
  { election, buildings, now }: Listed,
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
        : viewOf(page, await readParticipation(db.reader, election, now), buildings),
  };
}

export const windowOf = (election: ElectionRow) => ({
  opensAt: election.opens_at,
  closesAt: election.closes_at,
  zone: election.zone,
});
