// What those who follow an election are told: its numbers as finished texts, and a fingerprint of everything else that their
// page shows. Made once a state and language, however many look.

import { createHash } from 'node:crypto';
import type { Followed, FollowedElection, PublicElection } from '../domain/followed.ts';
import { liveTexts } from '../views/live-texts.ts';
import type { LivePage } from '../views/live.ts';
import type { Page } from '../views/page.ts';
import { timeLeft } from '../views/window.ts';
import type { Deps, Request } from './deps.ts';
import { pageOf } from './page.ts';
import { viewOf } from './participation-view.ts';

export interface News {
  readonly now: number;
  readonly shapes: Readonly<Record<string, string>>;
  readonly texts: Readonly<Record<string, string>>;
}

const kept = new WeakMap<Followed, Map<string, News>>();

export function newsOf(page: Page, state: Followed): News {
  const ofState = kept.get(state) ?? new Map<string, News>();
  kept.set(state, ofState);
  const known = ofState.get(page.locale);
  if (known) return known;
  const news = { now: state.now, shapes: shapesOf(page, state), texts: textsOf(page, state) };
  ofState.set(page.locale, news);
  return news;
}

function textsOf(page: Page, { shown, buildings, now }: Followed): Record<string, string> {
  const parts = shown.map(({ election, phase, participation }) => ({
    [`${election.id}.left`]: timeLeft(page, { phase, window: windowOf(election), now }),
    ...(participation && liveTexts(page, election.id, viewOf(page, participation, buildings))),
  }));
  return Object.assign({}, ...parts) as Record<string, string>;
}

function shapesOf(page: Page, { all, shown, buildings }: Followed): Record<string, string> {
  const shapes: Record<string, string> = { '*': digest(all.map(({ election, phase }) => [election.id, phase])) };
  for (const election of all) shapes[election.election.id] = digest(factsOf(election));
  for (const election of shown)
    shapes[election.election.id] = digest([factsOf(election), numbersIn(page, election, buildings)]);
  return shapes;
}

const factsOf = ({ election: { name, description, opens_at, closes_at, zone }, phase }: PublicElection) => [
  [name, description, opens_at, closes_at, zone],
  phase,
];

/** Which numbers there are, not what they are; after the close they stand still and are told with the rest. */
function numbersIn(
  page: Page,
  { phase, participation, alarms, abandoned, election }: FollowedElection,
  buildings: Followed['buildings'],
) {
  const view = participation && viewOf(page, participation, buildings);
  const groups = [...(view?.buildings ?? []), ...(view?.promotions ?? [])];
  const counts = phase === 'open' ? undefined : [view?.total, groups.map(({ voted }) => voted)];
  const named = groups.map(({ label, registered, sign }) => [label, registered, sign?.icon, sign?.colour]);
  return [named, view?.total.atLeast, view?.promotionsLater, counts, alarms, abandoned, election.sealed_at];
}

const digest = (facts: unknown): string =>
  createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 12);

const windowOf = ({ opens_at: opensAt, closes_at: closesAt, zone }: PublicElection['election']) => ({
  opensAt,
  closesAt,
  zone,
});

/** What a page says of itself: of these elections, or of the list as well. */
export async function livePageOf(
  deps: Deps,
  c: Request,
  { ids, list }: { readonly ids: readonly string[]; readonly list: boolean },
): Promise<LivePage> {
  const { shapes } = newsOf(pageOf(deps, c), await deps.live.read());
  const wanted = [...ids, ...(list ? ['*'] : [])];
  return { now: await deps.db.now(), shapes: Object.fromEntries(wanted.map((id) => [id, shapes[id] ?? ''])) };
}
