// One thread of the crew: seals votes as a booth does, opens ballots as a key holder's page does, makes shares as trustees do,
// verifies as anyone may.

import { type CryptoKey, openBallot, openKeyFile, readBallotContext, ballotContext, sealBallot } from '@votix/protocol';
import {
  encodeSignedTally,
  readElection,
  sealBallot as sealVerifiable,
  signTally,
  type TrusteeFile,
  verifyArchive,
} from '@votix/protocol/verifiable';
import assert from 'node:assert/strict';
import { parentPort } from 'node:worker_threads';
import type { Job, JobResult, SealedVote, Verified } from './crew.ts';

let opened: { readonly keyFile: string; readonly privateKey: CryptoKey } | undefined;

async function work(job: Job): Promise<JobResult> {
  if (job.kind === 'prove') return { kind: 'prove', results: prove(job) };
  if (job.kind === 'share') return { kind: 'share', results: await Promise.all(job.items.map(sharing(job.archive))) };
  if (job.kind === 'verify') return { kind: 'verify', results: job.items.map(verifying(job.strict)) };
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

function prove({ election, items }: Extract<Job, { kind: 'prove' }>): SealedVote[] {
  const read = readElection(election);
  assert(read.ok);
  return items.map((vote) => {
    const sealed = sealVerifiable(read.context, vote);
    assert(sealed.ok);
    return { ballot: sealed.ballot, receipt: sealed.tracker };
  });
}

const sharing = (archive: Uint8Array<ArrayBuffer>) => async (file: TrusteeFile) => {
  const made = await signTally(file, archive);
  assert(made.ok);
  return encodeSignedTally(made.signed);
};

const verifying =
  (strict: string) =>
  (archive: Uint8Array<ArrayBuffer>): Verified => {
    const { checks, ballots, facts, strict: isStrict } = verifyArchive(archive, { strict });
    const faults = checks.flatMap(({ ok, name, reason = '' }) => (ok ? [] : [`${name}: ${reason}`]));
    return { faults: isStrict ? faults : [...faults, 'not strict'], ballots, result: facts?.result };
  };

parentPort!.on('message', (job: Job) => {
  void work(job).then((result) => parentPort!.postMessage(result, []));
});
