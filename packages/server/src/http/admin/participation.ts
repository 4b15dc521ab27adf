// Participation in the console: the numbers everyone may see, in finer detail over time, and as a file.

import { Hono } from 'hono';
import { csvLine, csvStart, csvStyle } from '../../domain/csv.ts';
import { type Participation, readParticipation, readPeriods } from '../../domain/participation.ts';
import { wallClock } from '../../domain/wall-clock.ts';
import { participationPage } from '../../views/participation-page.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { pageOf } from '../page.ts';
import { participationView } from '../participation-view.ts';
import { requireMember } from '../scopes.ts';
import { enterElection, type Entered } from './election-routes.ts';

const path = '/console/elections/:id/participation';
const most = 48;

export function participation(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(path, async (c) => {
      const entered = await enterElection(deps, c, requireMember(deps, c));
      if (!entered.ok) return entered.refusal;
      const { election, head, now } = entered;
      const page = pageOf(deps, c);
      const { shown, periods } = await readAll(deps, entered);
      const view = {
        election: head,
        hasStarted: hasStarted(entered),
        participation: await participationView(deps, page, shown),
        periods,
        zone: election.zone,
        asOf: head.phase === 'open' ? now : undefined,
      };
      return c.html(participationPage(page, view));
    })
    .get(`${path}/csv`, async (c) => {
      const entered = await enterElection(deps, c, requireMember(deps, c));
      if (!entered.ok) return entered.refusal;
      const text = await fileOf(deps, c, entered);
      c.header('Content-Type', 'text/csv; charset=utf-8');
      c.header('Content-Disposition', `attachment; filename="participation-${entered.election.id}.csv"`);
      return c.body(text);
    });
}

type At = Entered<unknown>;

const hasStarted = ({ election, head, now }: At): boolean =>
  head.phase !== 'draft' && now >= election.opens_at && election.armed_at !== null;

async function readAll(deps: Deps, { election, now }: At) {
  const shown = await readParticipation(deps.db.reader, election, now);
  return { shown, periods: await readPeriods(deps.db.reader, election, shown, { now, most }) };
}

/** Before the opening there is nothing but the header. */
async function fileOf(deps: Deps, c: Request, entered: At): Promise<string> {
  const header = ['kind', 'name', 'from', 'to', 'voted', 'registered', 'at_least'];
  const style = csvStyle(c.get('locale'));
  const csvText = (rows: readonly (readonly (string | number)[])[]) =>
    csvStart + rows.map((row) => csvLine(row, style)).join('');
  if (!hasStarted(entered)) return csvText([header]);
  const { shown, periods } = await readAll(deps, entered);
  const view = await participationView(deps, pageOf(deps, c), shown);
  const rest = (count: Pick<Participation, 'voted' | 'registered'>) => [
    '',
    '',
    count.voted,
    count.registered,
    shown.atLeast ? 'yes' : 'no',
  ];
  const clock = (instant: number) => wallClock(instant, entered.election.zone);
  return csvText([
    header,
    ['total', '', ...rest(shown)],
    ...view.buildings.map((group) => ['building', group.label, ...rest(group)]),
    ...view.promotions.map((group) => ['promotion', group.label, ...rest(group)]),
    ...periods.map(({ from, to, votes }) => ['period', '', clock(from), clock(to), votes, '', '']),
  ]);
}
