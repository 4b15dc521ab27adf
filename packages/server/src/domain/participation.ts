// How many of the roll have voted: counts only, never of whom or for what.

import type { Reader } from '../storage/database.ts';
import { sumVotes } from '../storage/participation.ts';
import { countVoters } from '../storage/voters.ts';

export interface Participation {
  readonly voted: number;
  readonly registered: number;
}

export const readParticipation = async (db: Reader, electionId: string): Promise<Participation> => ({
  voted: await sumVotes(db, electionId),
  registered: await countVoters(db, electionId),
});
