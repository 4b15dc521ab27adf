// After arming: back to a draft (before the opening), a later end (before the end has passed), or given up for good (before
// the box is opened). Each is decided with the election's row held and the clock read after every wait, as the closing
// barrier is, so that no cast, sealing or opening can come in between.

import { z } from 'zod';
import type { Database, Writer } from '../storage/database.ts';
import { type ElectionRow, lockElection, updateElection } from '../storage/elections.ts';
import type { Instant } from '../storage/tables.ts';
import { spendApproval } from './approvals.ts';
import { recordAudit } from './audit-log.ts';
import { type Phase, phaseOf } from './lifecycle.ts';
import type { ConfirmedAdmin } from './scopes.ts';
import { paragraphsOf } from './text.ts';
import { disarmBoard } from './verifiable-arming.ts';

/** Why something is changed after arming: it is kept in the audit log for ever. */
const reasonSchema = paragraphsOf(500).refine((text) => text !== '');

export const extensionSchema = z.strictObject({ closesAt: z.string(), reason: reasonSchema });
export const namedSchema = z.strictObject({ name: z.string().max(500), reason: reasonSchema });

export type ChangeRefusal =
  | 'unknown-election'
  | 'election-not-armed'
  | 'election-opened'
  | 'election-over'
  | 'already-deliberated'
  | 'election-abandoned'
  | 'end-not-later'
  | 'other-name'
  | 'second-administrator-needed';

export type Changed = { readonly ok: true } | { readonly ok: false; readonly reason: ChangeRefusal };

export type WayBack = 'extend' | 'disarm' | 'abandon';

/** What a phase answers to each of them; a phase that is missing allows it. */
const refusals: Readonly<Record<WayBack, Readonly<Partial<Record<Phase, ChangeRefusal>>>>> = {
  extend: over('election-over', { draft: 'election-not-armed', closed: 'election-over' }),
  disarm: over('election-opened', {
    draft: 'election-not-armed',
    open: 'election-opened',
    closed: 'election-opened',
  }),
  abandon: over('already-deliberated', { draft: 'election-not-armed' }),
};

function over(reason: ChangeRefusal, more: Readonly<Partial<Record<Phase, ChangeRefusal>>>) {
  return {
    deliberated: reason,
    published: reason,
    archived: reason,
    abandoned: 'election-abandoned',
    ...more,
  } as const;
}

/** Why this cannot be done now; undefined when it can. */
export const wayBackRefusal = (way: WayBack, phase: Phase): ChangeRefusal | undefined => refusals[way][phase];

interface Held {
  readonly tx: Writer;
  readonly election: ElectionRow;
}

/** Runs `work` if this way is open now, with the election held. */
async function onHeld(
  db: Database,
  way: WayBack,
  id: string,
  work: (held: Held) => Promise<Changed>,
): Promise<Changed> {
  return db.write(async (tx) => {
    const election = await lockElection(db, tx, id);
    if (!election) return { ok: false, reason: 'unknown-election' };
    const reason = wayBackRefusal(way, phaseOf(election, await db.now(tx)));
    return reason === undefined ? work({ tx, election }) : { ok: false, reason };
  });
}

/** Typed by hand, so spaces around it and another Unicode form of the same letters do not matter. */
export const isNamed = (election: ElectionRow, typed: string): boolean =>
  typed.trim().normalize('NFC') === election.name.normalize('NFC');

export const extendElection = (
  db: Database,
  actor: ConfirmedAdmin,
  id: string,
  { closesAt, reason }: { readonly closesAt: Instant; readonly reason: string },
): Promise<Changed> =>
  onHeld(db, 'extend', id, async ({ tx, election }) => {
    if (closesAt <= election.closes_at) return { ok: false, reason: 'end-not-later' };
    const gated = { deed: 'extend', election, target: String(closesAt) } as const;
    if (!(await spendApproval(db, tx, actor, gated))) return { ok: false, reason: 'second-administrator-needed' };
    await updateElection(tx, id, { closes_at: closesAt });
    const details = { from: election.closes_at, until: closesAt };
    await recordAudit(db, tx, { actor, action: 'election-extended', electionId: id, details, reason });
    return { ok: true };
  });

export interface Named {
  /** The election's name as the administrator typed it. */
  readonly name: string;
  readonly reason: string;
}

/** The key is discarded, a ballot sealed for it could never be counted; links and codes stay as they are. */
export const disarmElection = (
  db: Database,
  actor: ConfirmedAdmin,
  id: string,
  { name, reason }: Named,
): Promise<Changed> =>
  onHeld(db, 'disarm', id, async ({ tx, election }) => {
    if (!isNamed(election, name)) return { ok: false, reason: 'other-name' };
    const nothing = { armed_at: null, definition: null, public_key: null, fingerprint: null, key_shares: null };
    await updateElection(tx, id, nothing);
    if (election.sealing === 'verifiable') await disarmBoard(tx, id);
    const details = { fingerprint: election.fingerprint ?? '' };
    await recordAudit(db, tx, { actor, action: 'election-disarmed', electionId: id, details, reason });
    return { ok: true };
  });

/** The reason is published; what is in the box stays sealed. */
export const abandonElection = (
  db: Database,
  actor: ConfirmedAdmin,
  id: string,
  { name, reason }: Named,
): Promise<Changed> =>
  onHeld(db, 'abandon', id, async ({ tx, election }) => {
    if (!isNamed(election, name)) return { ok: false, reason: 'other-name' };
    await updateElection(tx, id, { abandoned_at: await db.now(tx) });
    await recordAudit(db, tx, { actor, action: 'election-abandoned', electionId: id, reason });
    return { ok: true };
  });
