// The checklist of an election as one value: its page, its JSON and the list of elections are all made from it.

import type { Election } from '../../domain/elections.ts';
import { phaseOf } from '../../domain/lifecycle.ts';
import { nextTask } from '../../domain/readiness.ts';
import { readReadiness } from '../../domain/readiness-facts.ts';
import { isSecureBase } from '../../domain/settings.ts';
import type { Checklist } from '../../views/tasks.ts';
import { baseUrlOf } from '../base-url.ts';
import type { Deps, Request, SavedMailServer } from '../deps.ts';
import { windowOf } from '../public/home.ts';

/** The same for every election of a list: read once. */
export interface Circumstances {
  readonly now: number;
  readonly mailServer: SavedMailServer | undefined;
}

export const circumstancesOf = async (deps: Deps, now: number): Promise<Circumstances> => ({
  now,
  mailServer: await deps.postman.readSettings(),
});

/** For whoever asks: the next step depends on what they may do. */
export async function checklistOf(
  deps: Deps,
  c: Request,
  election: Election,
  { now, mailServer }: Circumstances,
): Promise<Checklist> {
  const secure = isSecureBase(baseUrlOf(deps, c));
  const tasks = await readReadiness(deps.db.reader, election, { now, secure, mailServer });
  return {
    election: { id: election.id, phase: phaseOf(election, now) },
    window: windowOf(election),
    minimumBallots: election.minimum_ballots,
    hasMail: mailServer !== undefined,
    tasks,
    next: nextTask(tasks, c.get('session')?.role ?? 'observer'),
  };
}
