// kill -9 in the middle of sealing and rewriting: the next process takes it up again, and no vote is lost or changed.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { receiptOf } from '@votix/protocol';
import { describe, expect, test } from 'vitest';
import { readBox } from '../../packages/server/src/domain/boxes.ts';
import { insertBallots } from '../../packages/server/src/storage/ballots.ts';
import type { Database } from '../../packages/server/src/storage/database.ts';
import { insertSignatures } from '../../packages/server/src/storage/signatures.ts';
import { bothKinds } from '../support/databases.ts';
import { admin, anArmedElection } from '../support/elections.ts';
import { anInstance, expectSound, type Instance, looking } from '../support/instances.ts';

const ballotsPerBox = 300;

/** Texts in place of ballots: sealing only hashes them. */
async function aFullBox(db: Database): Promise<{ id: string; ballots: string[] }> {
  const { id } = await anArmedElection(db, { voters: 1 });
  const ballots = Array.from({ length: ballotsPerBox }, (_, n) => `ballot ${n} of ${id} ${'x'.repeat(600)}`);
  await db.write(async (tx) => {
    await insertBallots(
      tx,
      ballots.map((ballot) => ({ election_id: id, receipt: receiptOf(ballot), ballot })),
    );
    await insertSignatures(
      tx,
      ballots.map((_, n) => ({ election_id: id, voter_id: `voter ${n}`, signed_on: '2026-12-04' })),
    );
  });
  return { id, ballots };
}

async function aSealer({ address, environment }: Instance): Promise<ChildProcess> {
  const where = address.kind === 'sqlite' ? address.path : address.url;
  const child = fork(join(import.meta.dirname, '../support/sealing-child.ts'), [address.kind, where], {
    env: { ...process.env, ...environment },
    execArgv: [],
  });
  await messageOf(child);
  return child;
}

async function messageOf(child: ChildProcess): Promise<void> {
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`The sealing process died by itself, with code ${String(code)}.`);
  });
  await Promise.race([once(child, 'message'), died]);
}

/** Seals to the end; how long it took. */
async function sealing(child: ChildProcess): Promise<number> {
  const start = performance.now();
  child.send('go');
  await messageOf(child);
  return performance.now() - start;
}

async function ended(child: ChildProcess): Promise<void> {
  expect(child.exitCode, 'the sealing process died by itself').toBeNull();
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

describe.each(bothKinds)('%s', (kind) => {
  test(
    'killed at six moments of the sealing, every box ends sealed, whole and in order',
    { timeout: 90_000 },
    async () => {
      const instance = await anInstance(kind);
      const boxes: Awaited<ReturnType<typeof aFullBox>>[] = [];
      const first = await aSealer(instance); // how long a sealing takes here
      boxes.push(await looking(instance, aFullBox));
      const duration = Math.min(await sealing(first), 500);
      await ended(first);

      let unfinished = 0;
      for (let moment = 0; moment < 6; moment++) {
        boxes.push(await looking(instance, aFullBox));
        const child = await aSealer(instance);
        child.send('go');
        await pause((duration * moment) / 5);
        await ended(child);
        await looking(instance, async (db) => {
          await expectSound(db);
          const due = db.reader.selectFrom('elections').select('id').where('rewritten_at', 'is', null);
          if ((await due.execute()).length > 0) unfinished++;
        });
      }
      expect(unfinished).toBeGreaterThan(0);

      const last = await aSealer(instance);
      await sealing(last);
      await ended(last);
      await looking(instance, async (db) => {
        await expectSound(db);
        for (const { id, ballots } of boxes) {
          const box = await readBox(db, admin, id);
          if (!box.ok) throw new Error(box.reason);
          expect(box.election).toMatchObject({ ballot_count: ballotsPerBox, signature_count: ballotsPerBox });
          const found: string[] = [];
          for await (const chunk of box.ballots) found.push(...chunk);
          expect(found).toEqual(ballots.toSorted((a, b) => (receiptOf(a) < receiptOf(b) ? -1 : 1)));
        }
      });
    },
  );
});
