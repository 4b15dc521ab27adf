// An election's public page, the receipt check, the record.

import { parseReceipt } from '@votix/protocol';
import { Hono } from 'hono';
import { readBoardElection, readBoardFacts } from '../../domain/boards.ts';
import { readAbandonment } from '../../domain/changes.ts';
import { type Election, readElection } from '../../domain/elections.ts';
import { readAlarms } from '../../domain/integrity.ts';
import { phaseOf } from '../../domain/lifecycle.ts';
import { readParticipation, readPeriods } from '../../domain/participation.ts';
import { hasPublicMinutes } from '../../domain/minutes.ts';
import { isInBox, readRecord } from '../../domain/records.ts';
import { electionPage, type ElectionView, type ReceiptCheck } from '../../views/election.ts';
import { contestRulesOf, rulesOf } from '../contest-rules.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { livePageOf } from '../live-view.ts';
import { pageOf } from '../page.ts';
import { participationView } from '../participation-view.ts';
import { resultOf } from '../result-view.ts';
import { streamed } from '../streaming.ts';
import { windowOf } from './home.ts';

export function publicElections(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get('/elections/:id', (c) => show(deps, c, c.req.param('id')))
    .post('/elections/:id/receipt', async (c) => {
      const { receipt: typed } = await readForm(c, ['receipt']);
      return show(deps, c, c.req.param('id'), await checkReceipt(deps, c.req.param('id'), typed));
    })
    .get('/elections/:id/record', (c) => download(deps, c, c.req.param('id')));
}

async function checkReceipt(deps: Deps, id: string, typed: string): Promise<ReceiptCheck> {
  const receipt = (await readBoardElection(deps.db.reader, id)) === undefined ? receiptIn(typed) : trackerIn(typed);
  if (receipt === undefined) return { typed: typed.slice(0, 200), answer: 'malformed' };
  return { typed, answer: (await isInBox(deps.db, id, receipt)) ? 'found' : 'not-found' };
}

function receiptIn(typed: string): string | undefined {
  const parsed = parseReceipt(typed);
  return parsed.ok ? parsed.receipt : undefined;
}

/** Of a verifiable election: 43 characters of base64, where capitals matter; shown in groups. */
function trackerIn(typed: string): string | undefined {
  const tracker = typed.replace(/\s/g, '');
  return /^[A-Za-z0-9+/]{43}$/.test(tracker) ? tracker : undefined;
}

async function show(deps: Deps, c: Request, id: string, receiptCheck?: ReceiptCheck) {
  const election = await readElection(deps.db.reader, id);
  const now = await deps.db.now();
  const phase = election && phaseOf(election, now);
  if (!election || phase === undefined || phase === 'draft') return refuse(deps, c, 'unknown-election');
  const abandoned = await readAbandonment(deps.db.reader, election);
  const participation = await readParticipation(deps.db.reader, election, now);
  const hidden = phase === 'armed' || abandoned !== undefined;
  const view: ElectionView = {
    id,
    name: election.name,
    description: election.description,
    phase,
    window: windowOf(election),
    contests: contestsOf(election),
    rules: rulesOf(election),
    receiptCheck,
    // What somebody types is not taken away by a page that is asked for anew.
    live: phase === 'open' && !receiptCheck ? await livePageOf(deps, c, { ids: [id], list: false }) : undefined,
    abandoned,
    participation: hidden ? undefined : await participationView(deps, pageOf(deps, c), participation),
    periods: hidden
      ? undefined
      : {
          periods: await readPeriods(deps.db.reader, election, participation, { now, most: 12 }),
          zone: election.zone,
          asOf: phase === 'open' ? now : undefined,
          path: `/elections/${id}`,
        },
    result:
      election.published_at !== null
        ? resultOf(election, election.registered_count ?? participation.registered)
        : undefined,
    belowMinimum: !abandoned && election.ballot_count !== null && election.ballot_count < election.minimum_ballots,
    hasRecord: !abandoned && election.rewritten_at !== null && election.sealing === 'sealed-box',
    board: await readBoardFacts(deps.db.reader, id),
    hasMinutes: hasPublicMinutes(election),
    alarms: (await readAlarms(deps.db.reader, election)).filter((name) => name !== 'chain'), // that log is the console's
  };
  const page = { ...pageOf(deps, c), path: `/elections/${id}` }; // the language switch cannot post again
  return c.html(electionPage(page, view), receiptCheck?.answer === 'malformed' ? 400 : 200);
}

const contestsOf = (election: Election) =>
  election.contests.map(({ candidates, ...contest }) => ({
    ...contestRulesOf(contest),
    title: contest.title,
    candidates: candidates.map(({ name, text, logo }) => ({
      name,
      text,
      logo,
    })),
  }));

async function download(deps: Deps, c: Request, id: string) {
  const record = await readRecord(deps.db, id);
  if (!record.ok && record.reason === 'other-sealing')
    return c.redirect(pageOf(deps, c).href(`/elections/${id}/archive.bel`), 303);
  if (!record.ok) return refuse(deps, c, record.reason);
  c.header('Content-Type', 'application/json; charset=utf-8');
  c.header('Content-Disposition', `attachment; filename="votix-record-${id}.json"`);
  return streamed(deps, c, record.chunks);
}
