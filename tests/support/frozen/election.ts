// An election with everything that arming freezes: two questions, one of them in a drawn order, a picture, buildings, an import
// that could be undone and one that waits, in each phase from arming to the close.

import { ballotContext, type SealingContext, sealBallot } from '@votix/protocol';
import { armElection } from '../../../packages/server/src/domain/arming.ts';
import { createBallotQueue } from '../../../packages/server/src/domain/ballot-queue.ts';
import { castBallot } from '../../../packages/server/src/domain/casting.ts';
import { addContest } from '../../../packages/server/src/domain/contests.ts';
import { addCandidate } from '../../../packages/server/src/domain/candidates.ts';
import { readElection } from '../../../packages/server/src/domain/elections.ts';
import { proveHere } from '../../../packages/server/src/domain/proofs.ts';
import type { Database } from '../../../packages/server/src/storage/database.ts';
import { listBuildings } from '../../../packages/server/src/storage/buildings.ts';
import { listVoters } from '../../../packages/server/src/storage/voters.ts';
import type { TestApp } from '../app.ts';
import { location } from '../answers.ts';
import { admin, anElection, armingOf, hour, type TestVoter, vault, votersOf } from '../elections.ts';
import { close } from '../phases.ts';
import type { Visitor } from '../visitors.ts';

export type FrozenPhase = 'armed' | 'open' | 'closed';
export const frozenPhases: readonly FrozenPhase[] = ['armed', 'open', 'closed'];

export interface FrozenElection {
  readonly id: string;
  readonly phase: FrozenPhase;
  /** Its order is drawn; the first question's is made by hand. */
  readonly drawnContest: string;
  readonly contest: string;
  /** The first has a picture. */
  readonly candidates: readonly string[];
  /** Where some of the voters belong, and another one where nobody does. */
  readonly building: string;
  readonly emptyBuilding: string;
  /** Was done before arming, and waited for a yes when it was armed. */
  readonly doneImport: string;
  readonly waitingImport: string;
  /** The first has voted where voting has begun. */
  readonly voters: readonly TestVoter[];
  readonly names: ReadonlyMap<string, VoterFields>;
  readonly context: SealingContext;
}

/** What the form of a voter holds. */
export type VoterFields = Readonly<Record<'lastName' | 'firstName' | 'email' | 'promotion' | 'building', string>>;

/** One red point. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export function candidateForm(fields: Readonly<Record<string, string>>, logo = true): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  if (logo) body.set('logo', new File([picture], 'logo.png', { type: 'image/png' }));
  return body;
}

const csv = (name: string) =>
  `last_name,first_name,email,promotion,building\nNoether,${name},${name}@example.org,E2,Perrault\n`;

async function importOf(browser: Visitor, id: string, name: string): Promise<string> {
  const answer = await browser.upload(`/console/elections/${id}/voters/import`, csv(name));
  return location(answer).split('/').at(-1)!;
}

const buildingCalled = async (db: Database, name: string) =>
  (await listBuildings(db.reader)).find((building) => building.name === name)!.id;

async function namesOf(db: Database, id: string) {
  const rows = await listVoters(db.reader, id, { limit: 100, offset: 0 });
  const fields = rows.map((row): [string, VoterFields] => [
    row.id,
    {
      lastName: row.last_name,
      firstName: row.first_name,
      email: row.email,
      promotion: row.promotion,
      building: row.building ?? '',
    },
  ]);
  return new Map(fields);
}

const drawn = { title: 'Who sits?', minChoices: 1, maxChoices: 2, blank: true, seats: 1, order: 'drawn' } as const;

export async function aFrozenElection(at: TestApp, browser: Visitor, phase: FrozenPhase): Promise<FrozenElection> {
  const { db } = at;
  const window = phase === 'armed' ? { opensIn: hour, closesIn: 2 * hour } : {};
  const id = await anElection(db, { voters: 8, ...window });
  await addContest(db, admin, id, drawn);
  const [contest, drawnContest] = (await readElection(db.reader, id))!.contests.map((each) => each.id);
  for (const name of ['Dora', 'Emil']) await addCandidate(db, admin, id, { name, text: '', contestId: drawnContest! });
  const candidates = (await readElection(db.reader, id))!.contests[0]!.candidates.map((candidate) => candidate.id);
  const base = `/console/elections/${id}`;
  const body = candidateForm({ name: 'Ada', text: '' });
  await browser.send('POST', `${base}/candidates/${candidates[0]}`, { body });
  await browser.post('/console/buildings/new', { name: 'Carnot', icon: 'house', colour: '#1f7a8c' });
  const doneImport = await importOf(browser, id, 'emmy');
  await browser.post(`${base}/voters/import/${doneImport}`);
  const waitingImport = await importOf(browser, id, 'fritz');
  const context = await armed(db, id);
  const voters = await votersOf(db, id);
  if (phase !== 'armed') await vote(db, context, voters[0]!);
  if (phase === 'closed') await close(db, id);
  const buildings = {
    building: await buildingCalled(db, 'Perrault'),
    emptyBuilding: await buildingCalled(db, 'Carnot'),
  };
  const contests = { contest: contest!, drawnContest: drawnContest! };
  const imports = { doneImport, waitingImport };
  return {
    id,
    phase,
    candidates,
    ...contests,
    ...buildings,
    ...imports,
    voters,
    names: await namesOf(db, id),
    context,
  };
}

async function armed(db: Database, id: string): Promise<SealingContext> {
  const { definition, ...arming } = await armingOf(db, id);
  const done = await armElection(db, admin, id, arming);
  if (!done.ok) throw new Error(done.reason);
  const made = await ballotContext(definition, arming.publicKey);
  if (!made.ok) throw new Error(made.reason);
  return made.context;
}

/** For the first candidate of either question. */
export async function sealedVote(context: SealingContext): Promise<string> {
  const sealed = await sealBallot(context, [[0], [0]]);
  if (!sealed.ok) throw new Error(sealed.reason);
  return sealed.ballot;
}

async function vote(db: Database, context: SealingContext, voter: TestVoter): Promise<void> {
  const casting = { db, vault, queue: createBallotQueue(db), prove: proveHere };
  const cast = await castBallot(casting, { ...voter, ballot: await sealedVote(context) });
  if (!cast.ok) throw new Error(cast.reason);
}
