// POST /api/vote/:link: limit → validate → cast. The answer is given after the commit, and nothing about it is written down.

import { Hono } from 'hono';
import { z } from 'zod';
import { readHead } from '../../domain/boards.ts';
import { type CastAnswer, castBallot } from '../../domain/casting.ts';
import type { ElectionRow } from '../../domain/elections.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { type Extra, refuse } from '../errors.ts';
import { readJson } from '../json.ts';
import { pageOf } from '../page.ts';
import { castRoute } from '../request-log.ts';

const castSchema = z.strictObject({ ballot: z.string(), code: z.string().max(64) });

export function castRoutes(deps: Deps): Hono<Env> {
  return new Hono<Env>().post(castRoute, async (c) => {
    const body = await readJson(c, castSchema);
    if (!body) return refuse(deps, c, 'malformed-request');
    return answer(deps, c, await castBallot(deps, { link: c.req.param('link'), ...body }));
  });
}

async function answer(deps: Deps, c: Request, outcome: CastAnswer): Promise<Response> {
  const zone = outcome.election?.zone ?? 'UTC';
  const { formatInstant, formatDay } = pageOf(deps, c);
  if (!outcome.ok) return refuse(deps, c, outcome.reason, extraOf(deps, c, outcome, zone));
  const recordedAt = 'recordedAt' in outcome ? formatInstant(outcome.recordedAt, zone) : formatDay(outcome.recordedOn);
  const head = await headOf(deps, outcome.election);
  return c.json({ status: 'recorded', receipt: outcome.receipt, recordedAt, ...(head && { head }) });
}

/** Of the public board, with this ballot on it: whoever compares two copies compares their heads. */
async function headOf({ db }: Deps, election: ElectionRow | undefined) {
  const head = election?.sealing === 'verifiable' ? await readHead(db.reader, election.id) : undefined;
  return head && { height: head.height, hash: head.hash };
}

type Refused = Extract<CastAnswer, { ok: false }>;

function extraOf(deps: Deps, c: Request, outcome: Refused, zone: string): Extra {
  const page = pageOf(deps, c);
  const contact = `${page.contact?.name ?? ''} (${page.contact?.email ?? ''})`;
  if (outcome.reason === 'wrong-code')
    return { values: { contact, tries: outcome.triesLeft }, members: { triesLeft: outcome.triesLeft } };
  if (outcome.reason === 'code-locked')
    return { values: { contact, until: page.formatInstant(outcome.until, zone) }, retryAfter: outcome.until };
  if (outcome.reason === 'already-voted') return { values: { contact, day: page.formatDay(outcome.signedOn) } };
  return { values: { contact, ...windowOf(page, outcome.election) } };
}

const windowOf = (page: ReturnType<typeof pageOf>, election: ElectionRow | undefined) =>
  election && {
    opens: page.formatInstant(election.opens_at, election.zone),
    closes: page.formatInstant(election.closes_at, election.zone),
  };
