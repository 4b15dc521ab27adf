// SIGTERM under load, behind a proxy that asks the next process when one cannot be reached or is stopping: whoever votes sees no
// error, no vote is lost, and each process ends with 0 well within its ten seconds.

import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkSecret, saveOrganisation } from '../../packages/server/src/domain/settings.ts';
import { organisation } from '../support/app.ts';
import { counts, same } from '../support/casts.ts';
import { bothKinds } from '../support/databases.ts';
import { anArmedElection, vault } from '../support/elections.ts';
import { anInstance, expectSound, looking } from '../support/instances.ts';
import { aRetryingProxy, type RetryingProxy } from '../support/retrying-proxy.ts';
import { startVotix } from '../support/votix-process.ts';
import { sealedVotes, type Vote } from './storm.ts';

const voters = 600;
const inFlight = 24;
/** Between two votes of one lane, so that both stops come while votes still arrive. */
const paceMs = 250;

async function cast({ url }: RetryingProxy, { voter, ballot }: Vote) {
  const body = JSON.stringify({ ballot, code: voter.code });
  const response = await fetch(`${url}/api/vote/${voter.link}`, { method: 'POST', body });
  return { status: response.status, text: await response.text() };
}

describe.each(bothKinds)('%s', (kind) => {
  test('two processes stopped one after the other while votes arrive lose none', { timeout: 90_000 }, async () => {
    const instance = await anInstance(kind);
    const election = await looking(instance, async (db) => {
      await checkSecret(db, vault.hash('check', 'votix'));
      await db.write((tx) => saveOrganisation(tx, organisation));
      return anArmedElection(db, { voters });
    });
    const votes = await sealedVotes(election);
    const processes = [await startVotix(instance.environment), await startVotix(instance.environment)];
    onTestFinished(async () => void (await Promise.all(processes.map((server) => server.kill()))));
    const proxy = await aRetryingProxy(processes);
    onTestFinished(proxy.stop);
    const wrong: string[] = [];
    const arrived = { at: 0 };
    let next = 0;
    const voteOn = async () => {
      for (let vote = votes[next++]; vote; vote = votes[next++]) {
        const { status, text } = await cast(proxy, vote);
        if (status !== 200 || !text.includes(vote.receipt)) wrong.push(`${status} ${text}`);
        arrived.at++;
        await pause(paceMs);
      }
    };
    const voting = Promise.all(Array.from({ length: inFlight }, voteOn));
    for (const place of [0, 1]) {
      const enough = (place + 1) * 100;
      await expect.poll(() => arrived.at, { interval: 5, timeout: 20_000 }).toBeGreaterThanOrEqual(enough);
      const began = performance.now();
      expect(await processes[place]!.stop()).toBe(0);
      expect(performance.now() - began).toBeLessThan(9000);
      expect(next).toBeLessThan(votes.length); // it stopped under load
      processes[place] = await startVotix(instance.environment);
    }
    await voting;
    expect(wrong).toEqual([]);
    expect(proxy.retries()).toBeGreaterThan(0);
    await looking(instance, async (db) => {
      expect(await counts(db, election)).toEqual(same(voters));
      await expectSound(db);
    });
  });
});
