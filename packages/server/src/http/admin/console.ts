// The console's home: every election with its next step. A rehearsal is reached from its election.

import { Hono } from 'hono';
import { countWaiting } from '../../domain/approvals.ts';
import { type Election, listElections, readElection } from '../../domain/elections.ts';
import type { Phase } from '../../domain/lifecycle.ts';
import { type ConsoleElection, consolePage } from '../../views/console.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { pageOf } from '../page.ts';
import { requireMember } from '../scopes.ts';
import { checklistOf, type Circumstances, circumstancesOf } from './checklists.ts';
import { doneOf } from './election-routes.ts';

export function consoleHome(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/console', async (c) => {
    const scope = requireMember(deps, c);
    if (!scope.ok) return scope.refusal;
    const at = await circumstancesOf(deps, await deps.db.now());
    const elections: ConsoleElection[] = [];
    for (const { id } of await listElections(deps.db.reader)) {
      const election = await readElection(deps.db.reader, id);
      if (election?.rehearsal_of === null) elections.push(await entry(deps, c, election, at));
    }
    elections.sort((a, b) => rank(a) - rank(b)); // stable: within a rank the latest first
    const isAdmin = c.get('session')?.role === 'admin';
    const waiting = isAdmin ? await countWaiting(deps.db, scope.scope) : 0;
    return c.html(consolePage(pageOf(deps, c), { elections, waiting, done: doneOf(deps, c) }));
  });
}

/** What is being prepared first, then what runs, then what is over. */
const ranks: Readonly<Partial<Record<Phase, number>>> = { draft: 0, published: 2, abandoned: 2, archived: 3 };
const rank = ({ election }: ConsoleElection): number => ranks[election.phase] ?? 1;

async function entry(deps: Deps, c: Request, election: Election, at: Circumstances): Promise<ConsoleElection> {
  return { name: election.name, ...(await checklistOf(deps, c, election, at)) };
}
