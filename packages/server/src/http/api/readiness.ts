// GET /api/elections/:id/readiness: the checklist for programs, the same value as on its page, in the same words.

import { Hono } from 'hono';
import { type Checklist, blockerSentence, nextSentence, type Task, taskPath, taskTitle } from '../../views/tasks.ts';
import type { Page } from '../../views/page.ts';
import { checklistOf, circumstancesOf } from '../admin/checklists.ts';
import { enterElection } from '../admin/election-routes.ts';
import type { Deps, Env } from '../deps.ts';
import { pageOf } from '../page.ts';
import { requireMember } from '../scopes.ts';

export function readinessApi(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/api/elections/:id/readiness', async (c) => {
    const entered = await enterElection(deps, c, requireMember(deps, c));
    if (!entered.ok) return entered.refusal;
    const at = await circumstancesOf(deps, entered.now);
    const [checklist, page] = [await checklistOf(deps, c, entered.election, at), pageOf(deps, c)];
    const { election, tasks, next } = checklist;
    return c.json({
      election: election.id,
      phase: election.phase,
      next: next?.id ?? null,
      nextStep: nextSentence(page, checklist),
      tasks: tasks.map((task) => said(page, checklist, task)),
    });
  });
}

function said(page: Page, checklist: Checklist, task: Task) {
  const path = taskPath(page, task, checklist);
  return {
    id: task.id,
    title: taskTitle(page, task.id),
    state: task.state,
    optional: task.optional === true,
    by: task.by,
    why: task.why ?? null,
    detail: task.why === undefined ? null : blockerSentence(page, task.why, checklist),
    page: path === undefined ? null : page.href(path),
    ...(task.proof && { provenOn: task.proof.day }),
  };
}
