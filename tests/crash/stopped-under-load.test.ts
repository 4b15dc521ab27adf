// SIGTERM under load, behind a proxy that asks the next process when one cannot be reached or is stopping: whoever votes sees no
// error, no vote is lost, and each process ends with 0 well within its ten seconds.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkSecret, saveOrganisation } from '../../packages/server/src/domain/settings.ts';
import { organisation } from '../support/app.ts';
import { counts, same } from '../support/casts.ts';
import { bothKinds } from '../support/databases.ts';
import { anArmedElection, vault } from '../support/elections.ts';
import { anInstance, expectSound, looking } from '../support/instances.ts';
import { startVotix, type VotixProcess } from '../support/votix-process.ts';
import { sealedVotes, type Vote } from './storm.ts';

const voters = 600;
const inFlight = 24;
const mostTries = 200;
/** Between two votes of one lane, so that both stops come while votes still arrive. */
const paceMs = 250;
const origin = 'http://localhost:5000';

interface Proxy {
  readonly url: string;
  /** How often another process had to be asked. */
  readonly retries: () => number;
}

/** Asks the processes by turns, again when no whole answer comes or it is 502 or 503; a cast may be sent twice. */
async function aRetryingProxy(processes: readonly VotixProcess[]): Promise<Proxy> {
  let [turn, retries] = [0, 0];
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const body = Buffer.concat(await request.toArray());
    for (let tries = 0; tries < mostTries; tries++) {
      const { url } = processes[turn++ % processes.length]!;
      const headers = { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin', Origin: origin };
      const answer = await fetch(url + request.url, { method: 'POST', headers, body })
        .then(async (got) => ({ status: got.status, text: await got.text() }))
        .catch(() => undefined);
      if (answer && answer.status !== 502 && answer.status !== 503)
        return response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(answer.text);
      retries++;
      await pause(20);
    }
    return response.writeHead(502).end();
  };
  const server = createServer((request, response) => void pass(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, retries: () => retries };
}

async function cast({ url }: Proxy, { voter, ballot }: Vote) {
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
