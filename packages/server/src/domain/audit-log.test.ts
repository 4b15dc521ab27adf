import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { admin } from '../../../../tests/support/elections.ts';
import { findAuditEnd } from '../storage/audit-log.ts';
import { auditHash } from './audit-chain.ts';
import { checkAuditLog, recordAudit } from './audit-log.ts';

const entries = 6;

async function write({ db }: Pick<TestBench, 'db'>, count: number): Promise<void> {
  for (let n = 0; n < count; n++)
    await db.write((tx) =>
      recordAudit(db, tx, { actor: admin, action: 'voters-added', details: { added: n }, reason: `No. ${n} «é»` }),
    );
}

/** What somebody with the database open could do, undone afterwards. */
async function tampered({ db }: TestBench, statements: readonly string[]) {
  const kept = await db.reader.selectFrom('audit_log').selectAll().execute();
  const head = await db.reader.selectFrom('audit_head').selectAll().execute();
  await db.write(async (tx) => {
    for (const statement of statements) await sql.raw(statement).execute(tx);
  });
  const verdict = await checkAuditLog(db.reader);
  await db.write(async (tx) => {
    await tx.deleteFrom('audit_log').execute();
    await tx.deleteFrom('audit_head').execute();
    if (kept.length > 0) await tx.insertInto('audit_log').values(kept).execute();
    await tx.insertInto('audit_head').values(head).execute();
  });
  return verdict;
}

const set = (column: string, value: string) => [`UPDATE audit_log SET ${column} = ${value} WHERE position = 3`];
const swapped = [
  'UPDATE audit_log SET position = -3 WHERE position = 3',
  'UPDATE audit_log SET position = 3 WHERE position = 4',
  'UPDATE audit_log SET position = 4 WHERE position = -3',
];
const tail = 'DELETE FROM audit_log WHERE position > 4';

const attacks: readonly (readonly [what: string, statements: readonly string[], position: number, reason: string])[] = [
  ['another time', set('at', 'at + 1'), 3, 'entry-changed'],
  ['another actor', set('actor', "'somebody'"), 3, 'entry-changed'],
  ['another action', set('action', "'voters-removed'"), 3, 'entry-changed'],
  ['another election', set('election_id', "'x'"), 3, 'entry-changed'],
  ['another subject', set('subject', "'x'"), 3, 'entry-changed'],
  ['other details', set('details', `'{"added":999}'`), 3, 'entry-changed'],
  ['another reason', set('reason', "''"), 3, 'entry-changed'],
  ['another former hash', set('previous', "''"), 3, 'entry-changed'],
  ['another hash', set('hash', "'0'"), 3, 'entry-changed'],
  ['another position', set('position', '30'), 3, 'entry-missing'],
  ['an entry removed', ['DELETE FROM audit_log WHERE position = 3'], 3, 'entry-missing'],
  ['the first entry removed', ['DELETE FROM audit_log WHERE position = 1'], 1, 'entry-missing'],
  ['two entries swapped', swapped, 3, 'entry-changed'],
  ['the tail cut off', [tail], 5, 'entry-missing'],
  ['everything removed', ['DELETE FROM audit_log'], 1, 'entry-missing'],
  ['the head removed', ['DELETE FROM audit_head'], 1, 'head-differs'],
  ['another hash in the head', ["UPDATE audit_head SET hash = '0'"], entries, 'head-differs'],
  ['the head set back', ['UPDATE audit_head SET position = 4'], 4, 'head-differs'],
];

onBothDatabases((bench) => {
  test('an empty log is whole', async () => {
    expect(await checkAuditLog(bench().db.reader)).toEqual({ ok: true, end: { position: 0, hash: '' } });
  });

  describe('a log of six entries', () => {
    test('is whole, and its head is its last entry', async () => {
      await write(bench(), entries);
      const { highest, ...end } = await findAuditEnd(bench().db.reader);
      expect([end.position, highest]).toEqual([entries, entries]);
      expect(await checkAuditLog(bench().db.reader)).toEqual({ ok: true, end });
    });

    test.each(attacks)('%s is found, with its position', async (_what, statements, position, reason) => {
      expect(await tampered(bench(), statements)).toEqual({ ok: false, position, reason });
    });

    test('an entry put in behind the end is found, though it follows the chain', async () => {
      const { db } = bench();
      const last = (await db.reader.selectFrom('audit_log').selectAll().where('position', '=', entries).execute())[0]!;
      const forged = { ...last, position: entries + 1, previous: last.hash, reason: 'forged' };
      await db.write((tx) =>
        tx
          .insertInto('audit_log')
          .values({ ...forged, hash: auditHash(forged) })
          .execute(),
      );
      expect(await tampered(bench(), [])).toEqual({ ok: false, position: entries + 1, reason: 'head-differs' });
      await db.write((tx) => tx.deleteFrom('audit_log').where('position', '>', entries).execute());
    });

    test('an entry changed together with its hash cuts the chain behind it', async () => {
      const { db } = bench();
      const third = (await db.reader.selectFrom('audit_log').selectAll().where('position', '=', 3).execute())[0]!;
      const hash = auditHash({ ...third, reason: 'forged' });
      const forging = `UPDATE audit_log SET reason = 'forged', hash = '${hash}' WHERE position = 3`;
      expect(await tampered(bench(), [forging])).toEqual({ ok: false, position: 4, reason: 'chain-cut' });
    });

    test('a deed that fails leaves no entry and no gap', async () => {
      const { db } = bench();
      const failing = db.write(async (tx) => {
        await recordAudit(db, tx, { actor: 'system', action: 'election-created' });
        throw new Error('No room left.');
      });
      await expect(failing).rejects.toThrow('No room left.');
      await write(bench(), 1);
      expect(await checkAuditLog(db.reader)).toMatchObject({ ok: true, end: { position: entries + 1 } });
    });

    test('writers of several processes at once keep one chain', async () => {
      const before = (await findAuditEnd(bench().db.reader)).position;
      const writers = [bench().db, await bench().another(), await bench().another(), await bench().another()];
      await Promise.all(writers.map((db) => write({ db }, 25)));
      expect(await checkAuditLog(bench().db.reader)).toMatchObject({ ok: true, end: { position: before + 100 } });
    });

    test('while others write, a check finds nothing amiss', async () => {
      const { db } = bench();
      const writing = write({ db: await bench().another() }, 40);
      for (let n = 0; n < 10; n++) expect(await checkAuditLog(db.reader)).toMatchObject({ ok: true });
      await writing;
    });
  });
});
