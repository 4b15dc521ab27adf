// The printed sheets with every voter's link, typed key and code: secrets, so the password is confirmed first.

import { Hono } from 'hono';
import { renderSVG } from 'uqr';
import { type Election, markHandedOut } from '../../domain/elections.ts';
import { withCredentials } from '../../domain/credentials.ts';
import { readAccesses, voteAddress } from '../../domain/links.ts';
import type { ConfirmedAdmin } from '../../domain/scopes.ts';
import { listVoters, type VoterOnRoll } from '../../domain/voters.ts';
import { type Sheet, type SheetGroup, sheetsPage, type SheetsState } from '../../views/sheets.ts';
import { baseUrlOf } from '../base-url.ts';
import type { Deps, Env } from '../deps.ts';
import { refuse } from '../errors.ts';
import { pageOf } from '../page.ts';
import { windowOf } from '../public/home.ts';
import { requireConfirmed } from '../scopes.ts';
import { enterElection, redirectDone } from './election-routes.ts';

const path = '/console/elections/:id/sheets';
const most = 20_000;

export function sheets(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(path, async (c) => {
      const entered = await enterElection(deps, c, requireConfirmed(deps, c));
      if (!entered.ok) return entered.refusal;
      const { election, head, scope } = entered;
      const state = await stateOf(deps, scope, election, baseUrlOf(deps, c));
      const view = { election: head, window: windowOf(election), minimumBallots: election.minimum_ballots, state };
      return c.html(sheetsPage(pageOf(deps, c), view));
    })
    .post(path, async (c) => {
      const entered = await enterElection(deps, c, requireConfirmed(deps, c, c.req.path));
      if (!entered.ok) return entered.refusal;
      const marked = await markHandedOut(deps.db, entered.scope, entered.election.id);
      if (!marked.ok) return refuse(deps, c, marked.reason);
      return redirectDone(deps, c, `/console/elections/${entered.election.id}`, 'handed-out');
    });
}

async function stateOf(deps: Deps, admin: ConfirmedAdmin, election: Election, baseUrl: string): Promise<SheetsState> {
  if (election.abandoned_at !== null) return { kind: 'blocked', blockers: ['abandoned'] };
  if (election.armed_at === null) return { kind: 'blocked', blockers: ['not-armed'] };
  const rows = await listVoters(deps.db.reader, election.id, { limit: most, offset: 0 });
  const ids = rows.map(({ id }) => id);
  const known = await readAccesses(deps.db.reader, deps.vault, admin, ids);
  const accesses = await withCredentials(deps.db.reader, deps.credentialKeys, election, known);
  const byPromotion = Map.groupBy(rows, (row) => row.promotion);
  const sheetOf = (row: VoterOnRoll): Sheet => {
    const { key, code, ...way } = accesses.get(row.id)!;
    const address = voteAddress(baseUrl, way);
    const qrSvg = renderSVG(address, { border: 0 });
    return { firstName: row.first_name, lastName: row.last_name, link: address, qrSvg, personalKey: key, code };
  };
  const groups: SheetGroup[] = [...byPromotion.keys()].sort().map((promotion) => ({
    promotion,
    sheets: byPromotion.get(promotion)!.map(sheetOf),
  }));
  return { kind: 'ready', shortAddress: `${baseUrl}/vote`, groups, handedOut: election.handed_out_at !== null };
}
