// What everyone may follow while it happens, in one look: the elections that the public knows of, with their participation as
// disclosure.ts lets it through. The hall's screen, its JSON and the numbers that change on public pages all come from it.

import { type BuildingRow, listBuildings } from '../storage/buildings.ts';
import type { Reader } from '../storage/database.ts';
import type { Instant } from '../storage/tables.ts';
import { type Abandonment, readAbandonment } from './changes.ts';
import { type Election, type ElectionRow, listElections, readElection } from './elections.ts';
import { type Alarm, readAlarms } from './integrity.ts';
import { type Phase, phaseOf } from './lifecycle.ts';
import { type Participation, readParticipation } from './participation.ts';

export interface PublicElection {
  readonly election: ElectionRow;
  readonly phase: Exclude<Phase, 'draft'>;
}

export interface FollowedElection extends PublicElection {
  /** From the opening on, unless it was abandoned. */
  readonly participation: Participation | undefined;
  readonly abandoned: Abandonment | undefined;
  /** With its candidates, once there is a result to show. */
  readonly published: Election | undefined;
  readonly alarms: readonly Alarm[];
}

export interface Followed {
  readonly now: Instant;
  readonly all: readonly PublicElection[];
  /** Those in which people vote, else what the hall's screen shows by itself. */
  readonly shown: readonly FollowedElection[];
  /** To name the groups. */
  readonly buildings: readonly BuildingRow[];
}

export async function readFollowed(db: Reader, now: Instant): Promise<Followed> {
  const all = (await listElections(db)).flatMap((election) => publicElection(election, now) ?? []);
  const shown: FollowedElection[] = [];
  for (const chosen of chooseForScreen(all, now)) shown.push(await withNumbers(db, chosen, now));
  return { now, all, shown, buildings: await listBuildings(db) };
}

/** One that was asked for by name; undefined for what is nobody's business: drafts and rehearsals. */
export async function readFollowedElection(
  db: Reader,
  id: string,
  now: Instant,
): Promise<FollowedElection | undefined> {
  const election = await readElection(db, id);
  const shown = election && publicElection(election, now);
  return shown && withNumbers(db, shown, now);
}

function publicElection(election: ElectionRow, now: Instant): PublicElection | undefined {
  const phase = phaseOf(election, now);
  return phase === 'draft' || election.rehearsal_of !== null ? undefined : { election, phase };
}

async function withNumbers(db: Reader, shown: PublicElection, now: Instant): Promise<FollowedElection> {
  const { election, phase } = shown;
  const hasNumbers = phase !== 'armed' && election.abandoned_at === null;
  return {
    ...shown,
    participation: hasNumbers ? await readParticipation(db, election, now) : undefined,
    abandoned: await readAbandonment(db, election),
    published: election.published_at === null ? undefined : await readElection(db, election.id),
    alarms: (await readAlarms(db, election)).filter((name) => name !== 'chain'), // that log is the console's
  };
}

const lookedBackMs = 3 * 24 * 3_600_000;

/**
 * Those in which people vote; without any, those whose result is awaited, then those that ended in the last days, then
 * the next to open, then the last that ended.
 */
export function chooseForScreen(all: readonly PublicElection[], now: Instant): readonly PublicElection[] {
  const inPhase = (...phases: readonly Phase[]) => all.filter(({ phase }) => phases.includes(phase));
  const byEnd = (elections: readonly PublicElection[]) =>
    elections.toSorted((a, b) => b.election.closes_at - a.election.closes_at);
  const over = byEnd(inPhase('published', 'abandoned'));
  const next = inPhase('armed').toSorted((a, b) => a.election.opens_at - b.election.opens_at);
  const choices = [
    inPhase('open').toSorted((a, b) => a.election.closes_at - b.election.closes_at),
    byEnd(inPhase('closed', 'deliberated')),
    over.filter(({ election }) => election.closes_at > now - lookedBackMs).slice(0, 1),
    next.slice(0, 1),
    over.slice(0, 1),
  ];
  return choices.find((choice) => choice.length > 0) ?? [];
}
