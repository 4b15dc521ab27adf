// The console's home: every election with its next step.

import { Hono } from 'hono';
import { type Election, listElections, readElection } from '../../domain/elections.ts';
import { type Phase, phaseOf } from '../../domain/lifecycle.ts';
import { readiness, type Task } from '../../domain/readiness.ts';
import { isSecureBase } from '../../domain/settings.ts';
import { keyState, readCeremony } from '../../domain/trustees.ts';
import { countVoters } from '../../domain/voters.ts';
import { type ConsoleElection, consolePage } from '../../views/console.ts';
import { baseUrlOf } from '../base-url.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { pageOf } from '../page.ts';
import { windowOf } from '../public/home.ts';
import { requireMember } from '../scopes.ts';
import { doneOf } from './election-routes.ts';

export function consoleHome(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/console', async (c) => {
    const scope = requireMember(deps, c);
    if (!scope.ok) return scope.refusal;
    const now = await deps.db.now();
    const elections: ConsoleElection[] = [];
    for (const { id } of await listElections(deps.db.reader)) {
      const election = await readElection(deps.db.reader, id);
      if (election) elections.push(await entry(deps, c, election, now));
    }
    elections.sort((a, b) => rank(a) - rank(b)); // stable: within a rank the latest first
    return c.html(consolePage(pageOf(deps, c), { elections, done: doneOf(deps, c) }));
  });
}

/** What is being prepared first, then what runs, then what is over. */
const ranks: Readonly<Partial<Record<Phase, number>>> = { draft: 0, published: 2, abandoned: 2, archived: 3 };
const rank = ({ phase }: ConsoleElection): number => ranks[phase] ?? 1;

async function entry(deps: Deps, c: Request, election: Election, now: number): Promise<ConsoleElection> {
  const next = (await tasksOf(deps, c, election, now)).find((task) => task.state === 'todo');
  return {
    id: election.id,
    name: election.name,
    phase: phaseOf(election, now),
    window: windowOf(election),
    next: next?.id,
  };
}

export async function tasksOf(deps: Deps, c: Request, election: Election, now: number): Promise<Task[]> {
  const voters = await countVoters(deps.db.reader, election.id);
  const ceremony = await readCeremony(deps.db.reader, election.id);
  const key = ceremony && keyState(ceremony);
  return readiness(election, { voters, now, secure: isSecureBase(baseUrlOf(deps, c)), key });
}
