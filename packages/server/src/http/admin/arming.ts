// The page in which the key holder arms; the wizard itself runs in their browser and ends at api/arming.ts. A verifiable
// election, whose trustees have made their keys before, is armed by the form of the page.

import { definitionHash, encodeDefinition } from '@votix/protocol';
import { Hono } from 'hono';
import { definitionOf, obstacles } from '../../domain/arming.ts';
import { armWatched, forgetArming, readArming } from '../../domain/armings.ts';
import type { Election } from '../../domain/elections.ts';
import { readLastProof } from '../../domain/possessions.ts';
import { readRegistrar } from '../../domain/registrars.ts';
import { isSecureBase } from '../../domain/settings.ts';
import { keyState, readCeremony } from '../../domain/trustees.ts';
import { countVoters } from '../../domain/voters.ts';
import { clientMessages } from '../../messages/translate.ts';
import { armPage, type ArmState } from '../../views/arm.ts';
import { gate } from '../approval-gate.ts';
import { baseUrlOf } from '../base-url.ts';
import { contestRulesOf, rulesOf } from '../contest-rules.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { soon } from '../patience.ts';
import { windowOf } from '../public/home.ts';
import { requireConfirmed } from '../scopes.ts';
import { enterElection, redirectDone } from './election-routes.ts';

const path = '/console/elections/:id/arm';
const patienceMs = 2000;

export function arming(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(path, async (c) => {
      const entered = await enterElection(deps, c, requireConfirmed(deps, c));
      if (!entered.ok) return entered.refusal;
      const { election, head, now } = entered;
      const arming = election.armed_at === null ? await readArming(deps.db, election.id) : undefined;
      const state = arming?.kind === 'underway' ? { ...arming, now } : await stateOf(deps, c, election, now);
      const isReady = state.kind === 'ready' || state.kind === 'ready-by-form';
      const target = definitionHash(encodeDefinition(definitionOf(election)));
      const missing = isReady ? await gate(deps, c, entered, { deed: 'arm', target }) : undefined;
      if (missing) return missing;
      // Works without a script: the browser asks again by itself.
      if (arming?.kind === 'underway') c.header('Refresh', '2');
      const failed = arming?.kind === 'failed' ? arming.reason : undefined;
      const view = {
        election: head,
        window: windowOf(election),
        minimumBallots: election.minimum_ballots,
        state,
        failed,
      };
      return c.html(armPage(pageOf(deps, c), view));
    })
    .post(path, async (c) => {
      const entered = await enterElection(deps, c, requireConfirmed(deps, c, c.req.path));
      if (!entered.ok) return entered.refusal;
      const { id } = entered.election;
      const { definitionHash: seen } = await readForm(c, ['definitionHash']);
      const secure = isSecureBase(baseUrlOf(deps, c));
      const { organisation = '' } = c.get('organisation') ?? {};
      const armory = { db: deps.db, vault: deps.vault, keys: deps.credentialKeys, prove: deps.prove };
      const wish = { definitionHash: seen, secure, organisation };
      const armed = await soon(deps, armWatched(armory, entered.scope, id, wish), patienceMs);
      if (armed === undefined || (!armed.ok && armed.reason === 'arming-underway'))
        return c.redirect(pageOf(deps, c).href(c.req.path), 303);
      if (armed.ok) return redirectDone(deps, c, `/console/elections/${id}`, 'armed');
      await forgetArming(deps.db, id);
      return refuse(deps, c, armed.reason);
    });
}

async function stateOf(deps: Deps, c: Request, election: Election, now: number): Promise<ArmState> {
  if (election.abandoned_at !== null) return { kind: 'abandoned' };
  if (election.armed_at !== null)
    return {
      kind: 'armed',
      fingerprint: election.fingerprint ?? '',
      onBoard: election.sealing === 'verifiable',
      armedAt: election.armed_at,
      proof: await readLastProof(deps.db.reader, election),
    };
  const [voters, secure] = [await countVoters(deps.db.reader, election.id), isSecureBase(baseUrlOf(deps, c))];
  const ceremony = await readCeremony(deps.db.reader, election.id);
  const key = ceremony && keyState(ceremony);
  const registrar = await readRegistrar(deps.db.reader, election.id);
  const blockers = obstacles(election, { voters, now, secure, key, credentials: registrar?.state });
  if (blockers.length > 0) return { kind: 'blocked', blockers };
  const contests = election.contests.map((contest) => ({
    ...contestRulesOf(contest),
    title: contest.title,
    candidates: contest.candidates.map(({ name }) => name),
  }));
  const summary = { contests, rules: rulesOf(election), voters };
  if (ceremony) {
    const { threshold, trustees } = ceremony;
    const names = trustees.map(({ name }) => name);
    const seen = definitionHash(encodeDefinition(definitionOf(election)));
    const of = { names, threshold, definitionHash: seen, registrar: registrar?.name };
    return { kind: 'ready-by-form', summary, trustees: of };
  }
  return {
    kind: 'ready',
    summary,
    data: keysData(deps, c, election, secure),
  };
}

/** For a file name: plain letters and digits of the election's name. */
const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40) || 'election';

function keysData(deps: Deps, c: Request, election: Election, secure: boolean) {
  const page = pageOf(deps, c);
  const definition = encodeDefinition(definitionOf(election));
  return {
    locale: page.locale,
    electionName: election.name,
    bits: 2048 as const,
    secure,
    definition,
    definitionHash: definitionHash(definition),
    fileName: `votix-key-${slug(election.name)}.pem`,
    armUrl: page.href(`/api/elections/${election.id}/arm`),
    doneUrl: page.href(`/console/elections/${election.id}`),
    messages: clientMessages(page.locale, 'keys.'),
  };
}
