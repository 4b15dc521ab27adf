import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, anElection, armingOf, hour } from '../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { aVerifiableElection } from '../../../../tests/support/verifiable-elections.ts';
import type { Database } from '../storage/database.ts';
import { findElection } from '../storage/elections.ts';
import { armElection } from './arming.ts';
import { checkAuditLog } from './audit-log.ts';
import { readLastProof, recordPossession } from './possessions.ts';
import { dayOf } from './wall-clock.ts';
import { disarmElection } from './ways-back.ts';

const stored = async (db: Database, id: string) => (await findElection(db.reader, id))!;
const lastOf = async (db: Database, id: string) => readLastProof(db.reader, await stored(db, id));
const proofsOf = (db: Database, id: string) =>
  db.reader
    .selectFrom('audit_log')
    .selectAll()
    .where('election_id', '=', id)
    .where('action', '=', 'possession-proven')
    .execute();
const prove = (db: Database, id: string, fingerprint: string) =>
  recordPossession(db, admin, id, { fingerprint, possessionProven: true });
const no = (reason: string) => ({ ok: false, reason });
const day = 24 * hour;

onBothDatabases((bench) => {
  test('the day of the last proof is that of arming, then that of the proof, in the audit log by whom and of which key', async () => {
    const at = bench();
    const { id } = await anArmedElection(at.db, { opensIn: 9 * day, closesIn: 10 * day });
    const { fingerprint, armed_at, zone } = await stored(at.db, id);
    expect(await lastOf(at.db, id)).toEqual({ day: dayOf(armed_at!, zone), again: true });
    at.clockOffsetMs = 3 * day;
    expect(await prove(at.db, id, fingerprint!)).toEqual({ ok: true });
    expect(await lastOf(at.db, id)).toEqual({ day: dayOf(await at.db.now(), zone), again: true });
    const entry = { actor: admin.accountId, subject: null, reason: '', details: JSON.stringify({ fingerprint }) };
    expect(await proofsOf(at.db, id)).toMatchObject([entry]);
    expect(await checkAuditLog(at.db.reader)).toMatchObject({ ok: true });
  });

  test('it may be proven until the box is opened, and not after', async () => {
    const { db } = bench();
    const answers: Record<string, unknown> = {};
    for (const phase of ['armed', 'open', 'closed', 'deliberated', 'published', 'archived', 'abandoned'] as const) {
      const { id, context } = await anElectionIn(db, phase);
      answers[phase] = await prove(db, id, context.fingerprint);
      expect(await proofsOf(db, id)).toHaveLength(['armed', 'open', 'closed'].includes(phase) ? 1 : 0);
    }
    const opened = no('already-deliberated');
    expect(answers).toEqual({
      armed: { ok: true },
      open: { ok: true },
      closed: { ok: true },
      deliberated: opened,
      published: opened,
      archived: opened,
      abandoned: no('election-abandoned'),
    });
  });

  test('there is nothing to prove of a draft, of a key of trustees, of no election', async () => {
    const { db } = bench();
    const [draft, verifiable] = [await anElection(db), await aVerifiableElection(db)];
    const none = '0'.repeat(64);
    expect(await prove(db, draft, none)).toEqual(no('election-not-armed'));
    expect(await prove(db, verifiable.id, none)).toEqual(no('other-sealing'));
    expect(await prove(db, 'nobody', none)).toEqual(no('unknown-election'));
    expect([await lastOf(db, draft), await lastOf(db, verifiable.id)]).toEqual([undefined, undefined]);
  });

  test('another key is refused, and the proof of a key that was discarded says nothing of the new one', async () => {
    const at = bench();
    const { db } = at;
    const { id, context } = await anArmedElection(db, { opensIn: 20 * day, closesIn: 30 * day });
    expect(await prove(db, id, '0'.repeat(64))).toEqual(no('key-replaced'));
    at.clockOffsetMs = 2 * day;
    expect(await prove(db, id, context.fingerprint)).toEqual({ ok: true });
    await disarmElection(db, admin, id, { name: 'Board 2026', reason: 'Lost.' });
    expect(await lastOf(db, id)).toBeUndefined();
    const { definition: _, ...arming } = await armingOf(db, id);
    at.clockOffsetMs = 4 * day;
    await armElection(db, admin, id, arming);
    const again = await stored(db, id);
    await db.write((tx) =>
      tx
        .updateTable('elections')
        .set({ fingerprint: 'e'.repeat(64) })
        .where('id', '=', id)
        .execute(),
    );
    expect(await lastOf(db, id)).toEqual({ day: dayOf(again.armed_at!, again.zone), again: true });
    expect(await prove(db, id, context.fingerprint)).toEqual(no('key-replaced'));
  });
});
