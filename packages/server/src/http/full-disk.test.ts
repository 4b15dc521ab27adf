// A disk that is full, of this machine or of the database's: nobody is told that a vote is recorded when it is not, nothing is
// half there, no proxy sends anybody here, and once there is room everything goes on by itself.

import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { problemOf } from '../../../../tests/support/answers.ts';
import { anApp, type TestApp } from '../../../../tests/support/app.ts';
import { counts, same } from '../../../../tests/support/casts.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { anArmedElection } from '../../../../tests/support/elections.ts';
import type { Database } from '../storage/database.ts';

/** SQLite is not allowed another page; PostgreSQL says what it says when its disk is full. */
const filling = {
  sqlite: ['PRAGMA max_page_count = 1'], // it takes the present size instead
  postgres: [
    `CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$`,
    'CREATE TRIGGER no_room BEFORE INSERT ON ballots FOR EACH ROW EXECUTE FUNCTION no_room()',
    'CREATE TRIGGER no_room BEFORE INSERT ON settings FOR EACH ROW EXECUTE FUNCTION no_room()',
  ],
};
const freeing = { sqlite: ['PRAGMA max_page_count = 1000000'], postgres: ['DROP FUNCTION no_room CASCADE'] };

const run = (db: Database, statements: Readonly<Record<Database['kind'], readonly string[]>>) =>
  db.write(async (tx) => {
    for (const statement of statements[db.kind]) await sql.raw(statement).execute(tx);
  });

async function readiness(at: TestApp) {
  const answer = await at.visitor().get('/readyz');
  return [answer.status, (await answer.text()).trim()];
}

test('a disk of this machine with too little room makes the server not ready', async () => {
  expect(await readiness(await anApp({ hasRoom: false }))).toEqual([503, 'disk']);
});

onBothDatabases((bench) => {
  test('votes are refused whole while the disk is full, and recorded when there is room', async () => {
    const at = await anApp({ bench: bench() });
    const election = await anArmedElection(at.db, { voters: 40 });
    expect(await readiness(at)).toEqual([200, 'ok']);
    await run(at.db, filling);
    let recorded = 0;
    let lost: (() => Promise<Response>) | undefined;
    for (const voter of election.voters) {
      const { ballot } = await election.seal([0]);
      const answer = await at.visitor().cast(voter, ballot);
      if (answer.status === 200) {
        recorded++;
        continue;
      }
      expect(await problemOf(answer)).toMatchObject({ status: 503, reason: 'no-room', title: /disk is full/ });
      lost ??= () => at.visitor().cast(voter, ballot);
    }
    expect(lost).toBeDefined();
    expect(await counts(at.db, election)).toEqual(same(recorded));
    for (let n = 0; n < 3; n++) expect(await readiness(at)).toEqual([503, 'disk']);
    expect(at.failures().join()).toMatch(/database or disk is full|No space left/);

    await run(at.db, freeing);
    expect(await readiness(at)).toEqual([200, 'ok']);
    expect((await lost!()).status).toBe(200);
    expect(await counts(at.db, election)).toEqual(same(recorded + 1));
    expect(await at.db.reader.selectFrom('settings').select('name').where('name', '=', 'room').execute()).toEqual([]);
  });

  test('another failure of the database is not called a full disk', async () => {
    const { db } = bench();
    await expect(db.write((tx) => sql.raw('INSERT INTO nowhere VALUES (1)').execute(tx))).rejects.toThrow();
    expect(db.isFull()).toBe(false);
  });
});
