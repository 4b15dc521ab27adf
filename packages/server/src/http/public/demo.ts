// /demo: the voters of a demonstration with their links and codes. The route exists in a demonstration only.

import { Hono } from 'hono';
import { demoPage } from '../../views/demo.ts';
import type { Demo, Deps, Env } from '../deps.ts';
import { pageOf } from '../page.ts';

const shown = { waiting: 20, voted: 3 } as const;

export function demoRoutes(deps: Deps, demo: Demo): Hono<Env> {
  return new Hono<Env>().get('/demo', (c) => {
    const waiting = demo.voters.filter(({ hasVoted }) => !hasVoted).slice(0, shown.waiting);
    const voted = demo.voters.filter(({ hasVoted }) => hasVoted).slice(0, shown.voted);
    return c.html(demoPage(pageOf(deps, c), { ...demo, waiting, voted }));
  });
}
