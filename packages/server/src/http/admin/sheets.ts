// The printed sheets with every voter's link, typed key and code: secrets, so the password is confirmed first. A large roll comes
// in parts, and nobody who votes meanwhile waits for the drawing.

import { setImmediate as turn } from 'node:timers/promises';
import { Hono } from 'hono';
import { renderSVG } from 'uqr';
import { type Election, markHandedOut } from '../../domain/elections.ts';
import { withCredentials } from '../../domain/credentials.ts';
import { readAccesses, voteAddress } from '../../domain/links.ts';
import { readRoll, rollPageSize } from '../../domain/roll.ts';
import type { ConfirmedAdmin } from '../../domain/scopes.ts';
import { countVoters, type VoterOnRoll } from '../../domain/voters.ts';
import { type SheetGroup, sheetsPage, type SheetsState } from '../../views/sheets.ts';
import type { Slip } from '../../views/slip.ts';
import { baseUrlOf } from '../base-url.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { pageOf } from '../page.ts';
import { windowOf } from '../public/home.ts';
import { requireConfirmed } from '../scopes.ts';
import { type Turned, turnedTo } from '../turning.ts';
import { type Entered, enterElection, redirectDone } from './election-routes.ts';

const path = '/console/elections/:id/sheets';
/** As many as a browser prints at once. */
const perPart = 10 * rollPageSize;

export function sheets(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(path, async (c) => {
      const entered = await enterElection(deps, c, requireConfirmed(deps, c));
      if (!entered.ok) return entered.refusal;
      const { election, head } = entered;
      const state = await stateOf(deps, c, entered);
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

async function stateOf(deps: Deps, c: Request, { election, scope }: Entered<ConfirmedAdmin>): Promise<SheetsState> {
  if (election.abandoned_at !== null) return { kind: 'blocked', blockers: ['abandoned'] };
  if (election.armed_at === null) return { kind: 'blocked', blockers: ['not-armed'] };
  const voters = await countVoters(deps.db.reader, election.id);
  const part = turnedTo(c, voters, perPart);
  const rows = await rowsOf(deps, election, part);
  const ids = rows.map(({ id }) => id);
  const known = await readAccesses(deps.db, deps.vault, scope, ids);
  const accesses = await withCredentials(deps.db.reader, deps.credentialKeys, election, known);
  const sheets: (Slip & { readonly promotion: string })[] = [];
  for (const row of rows) {
    const { key, code, ...way } = accesses.get(row.id)!;
    const address = voteAddress(baseUrlOf(deps, c), way);
    const qrSvg = renderSVG(address, { border: 0 });
    const { first_name: firstName, last_name: lastName, promotion } = row;
    sheets.push({ firstName, lastName, link: address, qrSvg, personalKey: key, code, promotion });
    await turn(); // each takes milliseconds
  }
  const groups: SheetGroup[] = [...Map.groupBy(sheets, ({ promotion }) => promotion)].map(([promotion, group]) => ({
    promotion,
    sheets: group,
  }));
  return {
    kind: 'ready',
    shortAddress: `${baseUrlOf(deps, c)}/vote`,
    groups,
    parts: part.pageCount > 1 ? { voters, ...part } : undefined,
    handedOut: election.handed_out_at !== null,
  };
}

async function rowsOf({ db }: Deps, { id }: Election, { offset }: Turned): Promise<VoterOnRoll[]> {
  const rows: VoterOnRoll[] = [];
  const first = offset / rollPageSize + 1;
  for (let page = first; page < first + perPart / rollPageSize; page++) {
    const found = await readRoll(db.reader, id, { filter: { words: [] }, order: 'promotion', descending: false, page });
    if (found.page < page) break; // the last part is shorter
    rows.push(...found.voters);
  }
  return rows;
}
