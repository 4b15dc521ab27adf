// Back to an empty instance: every election with its key, box and signing list, every account and setting. Only the command
// line can ask for it; the first entry of the new audit log says so.

import type { Database } from '../storage/database.ts';
import { listElections } from '../storage/elections.ts';
import { deleteEverything } from '../storage/reset.ts';
import { findSetting, saveSetting } from '../storage/settings.ts';
import { recordAudit } from './audit-log.ts';
import { phaseOf } from './lifecycle.ts';

export interface ResetFacts {
  readonly elections: number;
  /** Those in which people may vote at this moment. */
  readonly open: readonly string[];
}

export async function readResetFacts(db: Database): Promise<ResetFacts> {
  const [elections, now] = [await listElections(db.reader), await db.now()];
  const open = elections.filter((election) => phaseOf(election, now) === 'open');
  return { elections: elections.length, open: open.map(({ name }) => name) };
}

export type Reset = { readonly ok: true } | { readonly ok: false; readonly reason: 'election-open' };

/** All or nothing; only the check value of the server's secret stays. `force` lets it happen while people vote. */
export async function resetInstance(db: Database, { force }: { readonly force: boolean }): Promise<Reset> {
  return db.write(async (tx) => {
    const elections = await listElections(tx);
    const now = await db.now(tx);
    if (!force && elections.some((election) => phaseOf(election, now) === 'open'))
      return { ok: false, reason: 'election-open' };
    const secretCheck = await findSetting(tx, 'secret-check');
    await deleteEverything(db, tx);
    if (secretCheck !== undefined) await saveSetting(tx, 'secret-check', secretCheck);
    await recordAudit(db, tx, { actor: 'command', action: 'instance-reset', details: { elections: elections.length } });
    return { ok: true };
  });
}
