// One thread of the crew: seals votes as a booth does, opens ballots as a key holder's page does.

import { type CryptoKey, openBallot, openKeyFile, readBallotContext, ballotContext, sealBallot } from '@votix/protocol';
import assert from 'node:assert/strict';
import { parentPort } from 'node:worker_threads';
import type { Job, JobResult } from './crew.ts';

let opened: { readonly keyFile: string; readonly privateKey: CryptoKey } | undefined;

async function work(job: Job): Promise<JobResult> {
  if (job.kind === 'seal') {
    const made = await ballotContext(job.definition, job.publicKey);
    assert(made.ok);
    const results = [];
    for (const selections of job.items) {
      const sealed = await sealBallot(made.context, selections);
      assert(sealed.ok);
      results.push({ ballot: sealed.ballot, receipt: sealed.receipt });
    }
    return { kind: 'seal', results };
  }
  const read = readBallotContext(job.definition, job.publicKey);
  assert(read.ok);
  // Opened in this thread: a key object that threads share makes them wait for each other.
  if (opened?.keyFile !== job.keyFile) {
    const key = await openKeyFile(job.keyFile, job.passphrase);
    assert(key.ok);
    opened = { keyFile: job.keyFile, privateKey: key.privateKey };
  }
  const results = [];
  for (const ballot of job.items) {
    const outcome = await openBallot(read.context, opened.privateKey, ballot);
    results.push(outcome.ok ? { selections: outcome.selections } : { reason: outcome.reason });
  }
  return { kind: 'open', results };
}

parentPort!.on('message', (job: Job) => {
  void work(job).then((result) => parentPort!.postMessage(result, []));
});
