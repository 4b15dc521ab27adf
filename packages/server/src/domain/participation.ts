// How many of the roll have voted: counts only, never of whom or for what, and only what disclosure.ts lets through. From
// counters that casts and roll changes keep: nothing here grows with the roll.

import type { Reader } from '../storage/database.ts';
import type { ElectionRow } from '../storage/elections.ts';
import { listQuarters } from '../storage/participation.ts';
import { listRollCounts, type RollCountRow } from '../storage/roll-counts.ts';
import type { Instant } from '../storage/tables.ts';
import { listTurnout, type TurnoutRow } from '../storage/turnout.ts';
import {
  type Counters,
  disclose,
  disclosePeriods,
  type GroupCount,
  type Participation,
  type Period,
} from './disclosure.ts';
import { phaseOf } from './lifecycle.ts';
import { edgesOf } from './wall-clock.ts';

export type { Participation, Period, ShownGroup } from './disclosure.ts';

/** What stands on the roll, in all. */
export async function readRegistered(db: Reader, electionId: string): Promise<number> {
  return registeredOf(await listRollCounts(db, electionId));
}

const registeredOf = (rows: readonly RollCountRow[]): number => rows.find(({ kind }) => kind === 'all')?.voters ?? 0;

export async function readParticipation(db: Reader, election: ElectionRow, now: Instant): Promise<Participation> {
  const [roll, turnout] = [await listRollCounts(db, election.id), await listTurnout(db, election.id)];
  return disclose(countersOf(roll, turnout), phaseOf(election, now) === 'open');
}

function countersOf(roll: readonly RollCountRow[], turnout: readonly TurnoutRow[]): Counters {
  const groups = (kind: TurnoutRow['kind']): GroupCount[] => {
    const votes = new Map(turnout.filter((row) => row.kind === kind).map((row) => [row.name, row.votes]));
    const voters = new Map(roll.filter((row) => row.kind === kind).map((row) => [row.name, row.voters]));
    const names = [...new Set([...voters.keys(), ...votes.keys()])];
    return names.map((name) => ({ name, voters: voters.get(name) ?? 0, votes: votes.get(name) ?? 0 }));
  };
  const [buildings, promotions] = [groups('building'), groups('promotion')];
  const votes = buildings.reduce((sum, group) => sum + group.votes, 0);
  return { voters: registeredOf(roll), votes, buildings, promotions };
}

/** The votes that `participation` shows, over the time of the window that has passed, in at most `most` periods. */
export async function readPeriods(
  db: Reader,
  election: ElectionRow,
  { voted }: Participation,
  { now, most }: { readonly now: Instant; readonly most: number },
): Promise<Period[]> {
  const until = Math.min(now, election.closes_at);
  if (until <= election.opens_at) return [];
  const edges = edgesOf({ from: election.opens_at, until, end: election.closes_at, zone: election.zone, most });
  return disclosePeriods(await listQuarters(db, election.id), edges, voted);
}
