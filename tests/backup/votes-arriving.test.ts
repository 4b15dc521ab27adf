// Backups of a real server while votes arrive, and while the box is being sealed: each is one moment. What was acknowledged
// before it began is in it, nothing half, and restored elsewhere it passes every check.

import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkArchive, loadArchive } from '../../packages/server/src/backup/restoring.ts';
import { takeBackup } from '../../packages/server/src/backup/taking.ts';
import { sealBox } from '../../packages/server/src/domain/boxes.ts';
import { checkSecret, saveOrganisation } from '../../packages/server/src/domain/settings.ts';
import { updateElection } from '../../packages/server/src/storage/elections.ts';
import type { Database } from '../../packages/server/src/storage/database.ts';
import { anInstance, expectSound, type Instance, looking, verdictOn } from '../support/instances.ts';
import { sealedVotes, type Vote } from '../crash/storm.ts';
import { organisation } from '../support/app.ts';
import { counts, same } from '../support/casts.ts';
import { anEmptyDatabase, bothKinds } from '../support/databases.ts';
import { anArmedElection, type ArmedElection, secret, vault } from '../support/elections.ts';
import { startVotix, type VotixProcess } from '../support/votix-process.ts';

const voters = 400;
const inFlight = 16;
/** One backup after another may put the sealing off for as long as they are taken. */
const mostWhileSealing = 10;
const origin = 'http://localhost:5000';

async function cast(server: VotixProcess, { voter, ballot }: Vote): Promise<number> {
  const response = await fetch(`${server.url}/api/vote/${voter.link}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin', Origin: origin },
    body: JSON.stringify({ ballot, code: voter.code }),
  });
  await response.arrayBuffer();
  return response.status;
}

interface Moment {
  readonly file: string;
  /** Receipts that voters had read before it began, and that had been sent when it ended. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

async function backUp({ address, folder }: Instance, name: string): Promise<string> {
  const file = join(folder, name);
  const taken = await takeBackup({ address, secret, software: 'test', file, now: Date.now() });
  if (!taken.ok) throw new Error(taken.reason);
  return file;
}

/** Everybody votes; a backup is taken again and again until they have. */
async function voteAndBackUp(instance: Instance, server: VotixProcess, votes: readonly Vote[]): Promise<Moment[]> {
  const [sent, acknowledged, moments] = [[] as string[], [] as string[], [] as Moment[]];
  let next = 0;
  const voteOn = async () => {
    for (let vote = votes[next++]; vote; vote = votes[next++]) {
      sent.push(vote.receipt);
      expect(await cast(server, vote)).toBe(200);
      acknowledged.push(vote.receipt);
    }
  };
  const voting = Promise.all(Array.from({ length: inFlight }, voteOn));
  while (acknowledged.length < votes.length) {
    const before = [...acknowledged];
    moments.push({ before, file: await backUp(instance, `${moments.length}.gz`), after: [...sent] });
  }
  await voting;
  return moments;
}

/** In a database of the other kind. */
async function restored<T>(file: string, kind: Database['kind'], look: (db: Database) => Promise<T>): Promise<T> {
  const elsewhere = await anEmptyDatabase(kind === 'sqlite' ? 'postgres' : 'sqlite');
  onTestFinished(elsewhere.drop);
  const checked = await checkArchive(file);
  if (!checked.ok) throw new Error(checked.reason);
  return looking(elsewhere, async (db) => {
    await db.write((tx) => loadArchive(db, tx, file, checked));
    return look(db);
  });
}

async function receiptsIn(db: Database, { id }: ArmedElection): Promise<string[]> {
  const rows = await db.reader.selectFrom('ballots').select('receipt').where('election_id', '=', id).execute();
  return rows.map(({ receipt }) => receipt);
}

describe.each(bothKinds)('%s', (kind) => {
  test(
    'each backup is a moment of the voting, and restored elsewhere it stands every check',
    { timeout: 90_000 },
    async () => {
      const instance = await anInstance(kind);
      const election = await looking(instance, async (db) => {
        await checkSecret(db, vault.hash('check', 'votix'));
        await db.write((tx) => saveOrganisation(tx, organisation));
        return anArmedElection(db, { voters });
      });
      const votes = await sealedVotes(election);
      const server = await startVotix(instance.environment);
      onTestFinished(() => server.kill());
      const moments = await voteAndBackUp(instance, server, votes);
      expect(moments.some(({ before }) => before.length > 0 && before.length < voters)).toBe(true);
      for (const { file, before, after } of [...moments.slice(1, 4), moments.at(-1)!])
        await restored(file, kind, async (db) => {
          const [found, numbers] = [new Set(await receiptsIn(db, election)), await counts(db, election)];
          expect(before.filter((receipt) => !found.has(receipt))).toEqual([]);
          expect([...found].filter((receipt) => !after.includes(receipt))).toEqual([]);
          expect(numbers).toEqual(same(found.size));
          await expectSound(db);
          await db.write(async (tx) => updateElection(tx, election.id, { closes_at: await db.now(tx) }));
          expect(await verdictOn(db, election)).toMatchObject({ ok: true });
        });
    },
  );

  test('a backup during the sealing, which writes the box anew, has the whole box', { timeout: 60_000 }, async () => {
    const instance = await anInstance(kind);
    const election = await looking(instance, async (db) => {
      await checkSecret(db, vault.hash('check', 'votix'));
      await db.write((tx) => saveOrganisation(tx, organisation));
      return anArmedElection(db, { voters: 150 });
    });
    const server = await startVotix(instance.environment);
    for (const vote of await sealedVotes(election)) expect(await cast(server, vote)).toBe(200);
    await server.stop();
    const files = await looking(instance, async (db) => {
      await db.write(async (tx) => updateElection(tx, election.id, { closes_at: await db.now(tx) }));
      // A backup that reads at this moment puts the end of the sealing off, as the server's next round would find.
      const sealAgain = (): Promise<void> => sealBox(db, election.id).catch(() => pause(5).then(sealAgain));
      const sealing = sealAgain().then(() => 'sealed' as const);
      const taken: string[] = [];
      do taken.push(await backUp(instance, `sealing-${taken.length}.gz`));
      while (
        taken.length < mostWhileSealing &&
        (await Promise.race([sealing, pause(0, 'sealing' as const)])) === 'sealing'
      );
      await sealing;
      return [...taken, await backUp(instance, 'sealed.gz')];
    });
    for (const file of [...files.slice(0, 3), files.at(-1)!])
      await restored(file, kind, async (db) => expect(await counts(db, election)).toEqual(same(150)));
  });
});
