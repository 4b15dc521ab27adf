// The arming of a verifiable election as a work that is watched: how far it is stands in the database, so that whoever armed can
// leave the page and come back, to any process. The arming itself is all or nothing (verifiable-arming.ts).

import { type ArmingRow, deleteArming, findArming, saveArming } from '../storage/armings.ts';
import type { Database } from '../storage/database.ts';
import { lockElection } from '../storage/elections.ts';
import type { Instant } from '../storage/tables.ts';
import type { ConfirmedAdmin } from './scopes.ts';
import { type Armory, armVerifiable, type VerifiableArming, type VerifiablyArmed } from './verifiable-arming.ts';

export type ArmingState =
  | { readonly kind: 'underway'; readonly done: number; readonly total: number; readonly startedAt: Instant }
  /** `interrupted`: the process that worked on it is gone. Nothing of it is left. */
  | { readonly kind: 'failed'; readonly reason: Extract<VerifiablyArmed, { ok: false }>['reason'] | 'interrupted' };

/** A process that has said nothing for so long works on it no more. */
const silentMs = 60_000;
const tellEveryMs = 500;

function stateOf(row: ArmingRow, now: Instant): ArmingState {
  const { problem, beat_at, done, total, started_at: startedAt } = row;
  if (problem !== null)
    return { kind: 'failed', reason: problem as Extract<ArmingState, { kind: 'failed' }>['reason'] };
  return now > beat_at + silentMs
    ? { kind: 'failed', reason: 'interrupted' }
    : { kind: 'underway', done, total, startedAt };
}

/** Undefined where none is on its way and the last one did not fail. */
export async function readArming(db: Database, electionId: string): Promise<ArmingState | undefined> {
  const row = await findArming(db.reader, electionId);
  return row && stateOf(row, await db.now());
}

/** Who has read the refusal needs no memory of it. */
export const forgetArming = (db: Database, electionId: string): Promise<void> =>
  db.write((tx) => deleteArming(tx, electionId));

/** One at a time: who presses twice, or elsewhere, watches the first. */
export async function armWatched(
  armory: Armory,
  actor: ConfirmedAdmin,
  electionId: string,
  arming: VerifiableArming,
): Promise<VerifiablyArmed | { readonly ok: false; readonly reason: 'arming-underway' }> {
  const { db } = armory;
  const begun = await begin(db, electionId);
  if (begun === 'underway') return { ok: false, reason: 'arming-underway' };
  if (begun === undefined) return { ok: false, reason: 'unknown-election' };
  const teller = tellerOf(db, begun);
  try {
    const armed = await armVerifiable(armory, actor, electionId, arming, teller.tell);
    await teller.finish(armed.ok ? null : armed.reason);
    return armed;
  } catch (error) {
    await teller.finish('interrupted').catch(() => undefined); // silence says the same after a minute
    throw error;
  }
}

/** The election is held, so that two that begin at once are one after the other. */
async function begin(db: Database, electionId: string): Promise<ArmingRow | 'underway' | undefined> {
  return db.write(async (tx) => {
    if (!(await lockElection(db, tx, electionId))) return undefined;
    const [before, now] = [await findArming(tx, electionId), await db.now(tx)];
    if (before && stateOf(before, now).kind === 'underway') return 'underway';
    const row = { election_id: electionId, started_at: now, beat_at: now, done: 0, total: 0, problem: null };
    await saveArming(tx, row);
    return row;
  });
}

/** Writes how far it is, now and then, each after the one before. */
function tellerOf(db: Database, begun: ArmingRow) {
  let [last, told] = [-tellEveryMs, Promise.resolve()];
  const save = (values: Partial<ArmingRow>) =>
    db.write(async (tx) => saveArming(tx, { ...begun, beat_at: await db.now(tx), ...values }));
  return {
    tell: (done: number, total: number): void => {
      if (performance.now() - last < tellEveryMs) return;
      last = performance.now();
      told = told.then(() => save({ done, total })).catch(() => undefined); // worth no failure: it only says how far it was
    },
    finish: async (problem: string | null): Promise<void> => {
      await told;
      await (problem === null ? forgetArming(db, begun.election_id) : save({ problem }));
    },
  };
}
