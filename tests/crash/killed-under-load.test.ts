// kill -9 of the real server under load, twenty times and more: every acknowledged vote is in the box once, and nothing is
// half-written. PostgreSQL itself stays up; there too it is the server's process that dies.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { saveOrganisation } from '../../packages/server/src/domain/settings.ts';
import { listReceipts } from '../../packages/server/src/storage/ballots.ts';
import type { Database } from '../../packages/server/src/storage/database.ts';
import { organisation } from '../support/app.ts';
import { counts, same } from '../support/casts.ts';
import { bothKinds } from '../support/databases.ts';
import { anArmedElection, type ArmedElection, hour } from '../support/elections.ts';
import { anInstance, expectSound, looking, verdictOn } from '../support/instances.ts';
import { sealedVotes, storm, type Vote } from './storm.ts';

const kills = 20;
const voters = 900;

async function expectWhole(db: Database, election: ArmedElection, acknowledged: ReadonlySet<string>): Promise<number> {
  const found = await counts(db, election);
  expect(found).toEqual(same(found.ballots));
  const stored = await listReceipts(db.reader, election.id, [...acknowledged]);
  expect(stored).toHaveLength(acknowledged.size);
  await expectSound(db);
  return found.ballots;
}

async function expectEachOnce(db: Database, election: ArmedElection, votes: readonly Vote[]): Promise<void> {
  const rows = await db.reader.selectFrom('ballots').selectAll().where('election_id', '=', election.id).execute();
  expect(new Map(rows.map((row) => [row.receipt, row.ballot]))).toEqual(
    new Map(votes.map(({ receipt, ballot }) => [receipt, ballot])),
  );
  const signed = await db.reader
    .selectFrom('signatures')
    .select('voter_id')
    .where('election_id', '=', election.id)
    .execute();
  expect(new Set(signed.map((row) => row.voter_id))).toEqual(new Set(votes.map(({ voter }) => voter.id)));
}

describe.each(bothKinds)('%s', (kind) => {
  test(`killed ${kills} times under load, no vote is lost, doubled or half-written`, { timeout: 300_000 }, async () => {
    const instance = await anInstance(kind);
    const election = await looking(instance, async (db) => {
      await db.write((tx) => saveOrganisation(tx, organisation));
      return anArmedElection(db, { voters });
    });
    const votes = await sealedVotes(election);
    let looks = 0;
    const outcome = await storm(instance.environment, votes, {
      kills,
      afterKill: async (acknowledged) => {
        if (kind === 'sqlite' && looks++ % 5 > 0) return; // else the server itself recovers the file
        await looking(instance, (db) => expectWhole(db, election, acknowledged));
      },
    });
    expect(outcome.kills).toBe(kills);
    expect(outcome.refusals).toEqual([]);
    expect(outcome.acknowledged.size).toBe(voters);
    expect(outcome.lostAnswers).toBeGreaterThan(kills);
    await looking(instance, async (db) => {
      expect(await expectWhole(db, election, outcome.acknowledged)).toBe(voters);
      await expectEachOnce(db, election, votes);
    });
    expect(await looking(instance, (db) => verdictOn(db, election), 2 * hour)).toMatchObject({ ok: true });

    const log = readFileSync(join(instance.folder, 'app.log'), 'utf8');
    expect(log).toContain('"msg":"casts"'); // the last round was stopped, not killed
    const names = votes.flatMap(({ receipt, voter }) => [receipt, voter.id, voter.link, voter.key]);
    expect(names.filter((name) => log.includes(name))).toEqual([]);
  });
});
