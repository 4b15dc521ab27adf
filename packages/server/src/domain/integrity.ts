// What is checked again and again: that box, signing list and counters agree, that the sealed box is the one that was
// sealed, that the audit log is whole. Kept are verdicts and times of checks, never counts: nothing here may number or time
// a ballot. With several processes, one claims a check and the others pass it over.

import type { Database, Reader, Writer } from '../storage/database.ts';
import { type ElectionRow, shareElection } from '../storage/elections.ts';
import {
  type CheckKey,
  claimCheck,
  type IntegrityRow,
  listCheckedElections,
  listIntegrity,
  lockCheck,
  updateCheck,
} from '../storage/integrity.ts';
import type { CheckName, Finding } from './inspections.ts';

export type { IntegrityRow };

/** Makes a check in a thread of its own, one after another. */
export type Inspector = (name: CheckName, electionId: string) => Promise<Finding>;

/** The audit log is one for all elections. */
const instance = '';
const [second, minute, hour] = [1000, 60_000, 3_600_000];
/** A check may take a fiftieth of the time: one of two seconds comes again after a hundred. */
const share = 50;

interface Duty {
  readonly electionId: string;
  readonly name: CheckName;
  readonly everyMs: number;
}

async function listDuties(db: Reader): Promise<Duty[]> {
  const duties: Duty[] = [{ electionId: instance, name: 'chain', everyMs: minute }];
  for (const { id, sealed_at, rewritten_at } of await listCheckedElections(db)) {
    duties.push({ electionId: id, name: 'counts', everyMs: sealed_at === null ? minute : 10 * minute });
    if (rewritten_at !== null) duties.push({ electionId: id, name: 'box', everyMs: hour });
  }
  return duties;
}

/** One round: every check that is due. To be called every few seconds. */
export async function inspectDue(db: Database, inspector: Inspector): Promise<void> {
  const duties = await listDuties(db.reader);
  const rows = await listIntegrity(db.reader, [...new Set(duties.map(({ electionId }) => electionId))]);
  const now = await db.now();
  const errors: unknown[] = [];
  for (const duty of duties) {
    const row = rows.find(({ election_id, name }) => election_id === duty.electionId && name === duty.name);
    if (row && row.due_at > now) continue;
    await perform(db, inspector, duty).catch((error: unknown) => errors.push(error)); // one keeps no other waiting
  }
  if (errors.length > 0) throw errors.length === 1 ? errors[0] : new AggregateError(errors, 'Some checks failed.');
}

/** A rehearsal may be wiped meanwhile: nothing is written about what is gone. */
const isThere = async (db: Database, tx: Writer, { electionId }: CheckKey): Promise<boolean> =>
  electionId === instance || (await shareElection(db, tx, electionId)) !== undefined;

async function perform(db: Database, inspector: Inspector, duty: Duty): Promise<void> {
  const now = await db.now();
  const claimed = await db.write(
    async (tx) => (await isThere(db, tx, duty)) && claimCheck(tx, duty, { now, dueAt: now + duty.everyMs }),
  );
  if (!claimed) return;
  const started = performance.now();
  const fault = await confirmed(inspector, duty);
  const took = performance.now() - started;
  await keepOutcome(db, duty, { fault, dueAt: now + Math.max(duty.everyMs, Math.round(took) * share) });
}

/** What seems wrong is looked at once more before it is said: an alarm that is none would do harm of its own. */
async function confirmed(inspector: Inspector, { name, electionId }: CheckKey & { name: CheckName }): Promise<Finding> {
  const found = await inspector(name, electionId);
  return found === '' ? found : inspector(name, electionId);
}

async function keepOutcome(
  db: Database,
  key: CheckKey,
  { fault, dueAt }: { readonly fault: Finding; readonly dueAt: number },
): Promise<void> {
  await db.write(async (tx) => {
    if (!(await isThere(db, tx, key))) return;
    const row = await lockCheck(tx, key);
    const now = await db.now(tx);
    const isSame = row.checked_at !== null && row.fault === fault;
    await updateCheck(tx, {
      ...row,
      fault,
      due_at: dueAt,
      checked_at: now,
      since: isSame ? row.since : now,
      checks: isSame ? row.checks + 1 : 1,
      failures: row.failures + (fault === '' ? 0 : 1),
      failed_at: row.failed_at ?? (fault === '' ? null : now),
    });
  });
}

/** At somebody's request: these checks at once, whenever they were due. */
async function checkNow(db: Database, inspector: Inspector, duties: readonly Duty[]): Promise<void> {
  for (const duty of duties) {
    const fault = await confirmed(inspector, duty);
    await keepOutcome(db, duty, { fault, dueAt: (await db.now()) + Math.max(duty.everyMs, second) });
  }
}

/** Follows the whole chain of the audit log. */
export const checkChain = (db: Database, inspector: Inspector): Promise<void> =>
  checkNow(db, inspector, [{ electionId: instance, name: 'chain', everyMs: minute }]);

/** Everything about one election, and the audit log. */
export async function checkElection(db: Database, inspector: Inspector, electionId: string): Promise<void> {
  const all = await listDuties(db.reader);
  await checkNow(
    db,
    inspector,
    all.filter((duty) => duty.electionId === electionId || duty.name === 'chain'),
  );
}

export interface Integrity {
  readonly counts: IntegrityRow | undefined;
  readonly box: IntegrityRow | undefined;
  readonly chain: IntegrityRow | undefined;
}

/** The last outcome of each check; undefined before its first. */
export async function readIntegrity(db: Reader, electionId: string): Promise<Integrity> {
  const rows = await listIntegrity(db, [electionId, instance]);
  const find = (id: string, name: CheckName) =>
    rows.find((row) => row.election_id === id && row.name === name && row.checked_at !== null);
  return { counts: find(electionId, 'counts'), box: find(electionId, 'box'), chain: find(instance, 'chain') };
}

export const chainOutcome = async (db: Reader): Promise<IntegrityRow | undefined> =>
  (await readIntegrity(db, instance)).chain;

export type Alarm = CheckName;

/** What does not agree now: said on every page of the election, the chain's break in the console. */
export async function readAlarms(
  db: Reader,
  { id, ballot_count, signature_count }: Pick<ElectionRow, 'id' | 'ballot_count' | 'signature_count'>,
): Promise<readonly Alarm[]> {
  const outcomes = await readIntegrity(db, id);
  const found = (['counts', 'box', 'chain'] as const).filter((name) => (outcomes[name]?.fault ?? '') !== '');
  return ballot_count === signature_count || found.includes('counts') ? found : ['counts', ...found];
}
