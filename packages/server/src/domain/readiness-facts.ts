// What the checklist is worked out from, read from the database.

import type { Reader } from '../storage/database.ts';
import { listRollCounts } from '../storage/roll-counts.ts';
import type { Election } from './elections.ts';
import { isMailTested, type TriedServer } from './mail-trials.ts';
import type { MailKind } from './mail-texts.ts';
import { countRecipients, listMailings } from './mailings.ts';
import { readLastProof } from './possessions.ts';
import { readRehearsalState } from './rehearsals.ts';
import { readiness, type Task } from './readiness.ts';
import { readRegistrar } from './registrars.ts';
import { keyState, readCeremony } from './trustees.ts';

export interface Surroundings {
  readonly now: number;
  /** The base URL lets browsers do cryptography. */
  readonly secure: boolean;
  /** Undefined while none is set. */
  readonly mailServer: TriedServer | undefined;
}

export async function readReadiness(db: Reader, election: Election, around: Surroundings): Promise<Task[]> {
  const [roll, ceremony] = [await listRollCounts(db, election.id), await readCeremony(db, election.id)];
  const sum = (kind: string, isMeant: (name: string) => boolean) =>
    roll.reduce((total, row) => total + (row.kind === kind && isMeant(row.name) ? row.voters : 0), 0);
  const mailed = new Set((await listMailings(db, election.id)).map(({ kind }) => kind));
  return readiness(election, {
    now: around.now,
    secure: around.secure,
    voters: sum('all', () => true),
    placed: sum('building', (building) => building !== ''),
    key: ceremony && keyState(ceremony),
    credentials: (await readRegistrar(db, election.id))?.state,
    proof: await readLastProof(db, election),
    mailTried: mailed.size > 0 || (await isMailTested(db, around.mailServer)),
    linksSent: await areLinksSent(db, election, mailed),
    rehearsal: await readRehearsalState(db, election.id),
  });
}

/** With codes on paper, mails alone are not the whole way in. */
async function areLinksSent(db: Reader, election: Election, mailed: ReadonlySet<MailKind>): Promise<boolean> {
  if (election.handed_out_at !== null) return true;
  const kinds: readonly MailKind[] = election.code_channel === 'own-mail' ? ['link', 'code'] : ['link'];
  if (election.code_channel === 'paper' || kinds.some((kind) => !mailed.has(kind))) return false;
  for (const kind of kinds) if ((await countRecipients(db, election.id, kind)) > 0) return false;
  return true;
}
