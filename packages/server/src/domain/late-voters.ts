// Voters who come onto the roll of an armed election by a spreadsheet, and the mail with their link: one transaction writes
// both, so that nobody is added without being written to, and nobody is written to twice.

import type { Database, Writer } from '../storage/database.ts';
import { recountRoll } from '../storage/roll-counts.ts';
import { listVotersByKey } from '../storage/voters.ts';
import { emailKey } from './accounts.ts';
import { recordAudit } from './audit-log.ts';
import { openMailing } from './mailings.ts';
import { changeRoll, type RollRefusal } from './roll-changes.ts';
import { slices } from './turns.ts';
import { insertNewVoters, newVoters, resolveBuildings, type VoterDraft } from './voters.ts';

export interface LateVoters {
  readonly electionId: string;
  /** Of a file that is planned: judged by the rules, none of them on the roll. */
  readonly fresh: readonly VoterDraft[];
  readonly reason: string;
}

export type LateAdded =
  | { readonly ok: true; readonly mailingId: string }
  | RollRefusal
  | { readonly ok: false; readonly reason: 'election-not-armed' | 'test-voters' | 'roll-changed' };

/** The caller has looked whether mails can go out at all. */
export async function addLateVoters(
  db: Database,
  actor: 'command',
  { electionId, fresh, reason }: LateVoters,
): Promise<LateAdded> {
  const voters = newVoters(fresh);
  return changeRoll<LateAdded>(db, { electionId, reason }, async ({ tx, election, phase, now }) => {
    if (election.rehearsal_of !== null) return { ok: false, reason: 'test-voters' }; // no mail may go to anybody real
    if (phase === 'draft') return { ok: false, reason: 'election-not-armed' };
    // Every credential is on the board from arming on: late voters get one of the reserve, each by hand, or none.
    if (election.sealing === 'verifiable') return { ok: false, reason: 'roll-frozen' };
    if (await isAnyTaken(tx, electionId, fresh)) return { ok: false, reason: 'roll-changed' };
    const buildings = await resolveBuildings(db, tx, new Set(fresh.map(({ building }) => building)));
    await insertNewVoters(tx, voters, { election_id: electionId, import_id: null, added_at: now }, buildings);
    await recountRoll(tx, electionId);
    const recipients = voters.map(({ id }) => id);
    const mailingId = await openMailing(tx, { electionId, kind: 'link', recipients, now, actor });
    await recordAudit(db, tx, { actor, action: 'voters-added', electionId, details: { added: voters.length }, reason });
    const details = { kind: 'link', recipients: voters.length };
    await recordAudit(db, tx, { actor, action: 'mailing-started', electionId, details });
    return { ok: true, mailingId };
  });
}

async function isAnyTaken(tx: Writer, electionId: string, drafts: readonly VoterDraft[]): Promise<boolean> {
  for (const slice of slices(drafts.map(({ email }) => emailKey(email))))
    if ((await listVotersByKey(tx, electionId, slice)).length > 0) return true;
  return false;
}
