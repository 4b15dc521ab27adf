// /screen: a television in the hall, and the same counts as JSON (docs/hall-screen.md). What it shows was looked up once for
// all who look, and is what the front page shows.

import { Hono } from 'hono';
import { type Followed, type FollowedElection, readFollowedElection } from '../../domain/followed.ts';
import { isLocale } from '../../messages/translate.ts';
import { type ScreenElection, screenPage } from '../../views/screen.ts';
import type { Page } from '../../views/page.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { livePageOf } from '../live-view.ts';
import { pageOf } from '../page.ts';
import { viewOf } from '../participation-view.ts';
import { resultOf } from '../result-view.ts';
import { windowOf } from './home.ts';

export function screens(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get('/screen', async (c) => show(deps, c, await deps.live.read()))
    .get('/screen/:election', async (c) => {
      const state = await stateOf(deps, c.req.param('election'));
      return state ? show(deps, c, state) : refuse(deps, c, 'unknown-election');
    })
    .get('/screen.json', async (c) => {
      const asked = c.req.query('election');
      const state = asked === undefined ? await deps.live.read() : await stateOf(deps, asked);
      return state ? tell(deps, c, state) : refuse(deps, c, 'unknown-election');
    });
}

/** Of one election alone: as it was looked up for all, else looked up for whoever asks. */
async function stateOf(deps: Deps, id: string): Promise<Followed | undefined> {
  if (id.includes('\0')) return undefined; // PostgreSQL has no such text
  const state = await deps.live.read();
  const known = state.shown.find(({ election }) => election.id === id);
  const shown = known ?? (await readFollowedElection(deps.db.reader, id, state.now));
  return shown && { ...state, shown: [shown] };
}

/** In the organisation's language: what the television prefers is nobody's choice. */
function setLanguage(c: Request): void {
  const asked = c.req.query('lang');
  c.set('locale', isLocale(asked) ? asked : (c.get('organisation')?.language ?? 'en'));
}

async function show(deps: Deps, c: Request, { now, shown, buildings }: Followed): Promise<Response> {
  setLanguage(c);
  const page = pageOf(deps, c);
  const ids = shown.map(({ election }) => election.id);
  const live = await livePageOf(deps, c, { ids, list: c.req.param('election') === undefined });
  const elections = shown.map((election) => screenElection(page, election, buildings));
  const zone = shown[0]?.election.zone ?? c.get('organisation')?.zone ?? 'UTC';
  return c.html(screenPage(page, { elections, now, zone, live: { ...live, now } }));
}

function screenElection(page: Page, followed: FollowedElection, buildings: Followed['buildings']): ScreenElection {
  const { election, phase, participation, abandoned, published, alarms } = followed;
  return {
    id: election.id,
    name: election.name,
    phase,
    window: windowOf(election),
    participation: participation && viewOf(page, participation, buildings),
    result: published && participation && resultOf(published, election.registered_count ?? participation.registered),
    belowMinimum: isBelowMinimum(followed) ? election.minimum_ballots : undefined,
    abandoned,
    alarms,
  };
}

const isBelowMinimum = ({ election, abandoned }: FollowedElection): boolean =>
  !abandoned && election.ballot_count !== null && election.ballot_count < election.minimum_ballots;

function tell(deps: Deps, c: Request, { now, shown, buildings }: Followed): Response {
  setLanguage(c);
  const page = pageOf(deps, c);
  return c.json({
    now: instant(now),
    elections: shown.map((followed) => counts(screenElection(page, followed, buildings))),
  });
}

const instant = (ms: number): string => new Date(ms).toISOString();
const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10);

function counts({ id, name, phase, window, participation, result, belowMinimum, abandoned, alarms }: ScreenElection) {
  const count = ({ voted, registered }: { readonly voted: number; readonly registered: number }) => ({
    voted,
    registered,
    percent: percent(voted, registered),
  });
  return {
    id,
    name,
    phase,
    opensAt: instant(window.opensAt),
    closesAt: instant(window.closesAt),
    zone: window.zone,
    participation: participation
      ? {
          ...count(participation.total),
          atLeast: participation.total.atLeast,
          buildings: participation.buildings.map((group) => ({ name: group.label, ...count(group) })),
        }
      : null,
    notOpened: belowMinimum !== undefined,
    abandoned: abandoned ? { at: instant(abandoned.at), reason: abandoned.reason } : null,
    alarms,
    result: result
      ? {
          ballots: result.ballots,
          valid: result.valid,
          registered: result.registered,
          contests: result.contests.map(({ title, candidates, blank = null }) => ({
            title,
            candidates: candidates.map(({ name: candidate, votes, standing }) => ({
              name: candidate,
              votes,
              percent: percent(votes, result.valid),
              standing,
            })),
            blank,
          })),
        }
      : null,
  };
}
