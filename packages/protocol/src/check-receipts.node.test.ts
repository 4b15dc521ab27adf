// A stranger checks receipts: docs/check-receipts.py, which knows nothing of this package, on records that it made.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import election from '../../../vectors/sealed/election.json' with { type: 'json' };
import records from '../../../vectors/sealed/records.json' with { type: 'json' };
import { createBoxHash } from './box.ts';
import { formatReceipt, receiptOf } from './receipt.ts';
import { ballotContext } from './sealed/ballot-context.ts';
import { sealBallot } from './sealed/seal.ts';
import { readArchive } from './verifiable/archive.ts';

const script = new URL('../../../docs/check-receipts.py', import.meta.url).pathname;
const archive = new URL('../../../vectors/belenios/ed25519-threshold-2-of-3.bel', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'votix-receipts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function check(record: string, receipts: readonly string[]) {
  const list = join(folder, 'receipts.txt');
  writeFileSync(list, receipts.join('\n'));
  const { status, stdout, stderr, error } = spawnSync('python3', [script, record, list], { encoding: 'utf8' });
  if (error !== undefined) throw new Error('This test needs Python. Install it: sudo apt-get install -y python3');
  return { status, told: (stdout + stderr).trim().split('\n') };
}

async function aThousandBallots(): Promise<string[]> {
  const prepared = await ballotContext(election.definition, election.publicKey);
  if (!prepared.ok) throw new Error(prepared.reason);
  const sealed = await Promise.all(Array.from({ length: 1_000 }, () => sealBallot(prepared.context, [[], [0, 1]])));
  const ballots = sealed.map((made) => {
    if (!made.ok) throw new Error(made.reason);
    return made.ballot;
  });
  return ballots.sort((a, b) => (receiptOf(a) < receiptOf(b) ? -1 : 1));
}

function recordOf(ballots: readonly string[], name = 'record.json'): string {
  const box = createBoxHash();
  for (const ballot of ballots) box.add(ballot);
  const record = JSON.parse(records[0]?.record ?? '') as object;
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ ...record, ballots, boxHash: box.digest() }));
  return path;
}

test('a thousand receipts are found by a script of thirty lines, typed as people type them; one left out is named', async () => {
  expect(readFileSync(script, 'utf8').trim().split('\n').length).toBeLessThanOrEqual(30);
  const ballots = await aThousandBallots();
  const receipts = ballots.map(receiptOf);
  const typed = receipts.map((receipt, n) => (n % 2 ? formatReceipt(receipt) : receipt.toLowerCase()));
  expect(check(recordOf(ballots), typed)).toEqual({
    status: 0,
    told: ['1000 of 1000 receipts are in the record of 1000 ballots.'],
  });
  expect(check(recordOf(ballots.toSpliced(417, 1)), receipts)).toEqual({
    status: 1,
    told: [`NOT in the record: ${receipts[417]}`, '999 of 1000 receipts are in the record of 999 ballots.'],
  });
});

test('a record whose ballots are not those of its box hash is refused before any receipt is looked up', () => {
  const path = join(folder, 'damaged.json');
  const record = JSON.parse(records[0]?.record ?? '') as { ballots: string[] };
  writeFileSync(path, JSON.stringify({ ...record, ballots: record.ballots.slice(1) }));
  expect(check(path, [receiptOf(record.ballots[1] ?? '')])).toEqual({
    status: 1,
    told: ['The record is damaged: its ballots are not those of its box hash.'],
  });
});

test('the trackers of an archive are found; a foreign one is named', () => {
  const trackers = trackersIn(archive);
  expect(trackers.length).toBeGreaterThan(3);
  const foreign = `${trackers[0]?.slice(0, -2)}Aw`;
  expect(check(archive, [...trackers, foreign])).toMatchObject({
    status: 1,
    told: [
      `NOT in the record: ${foreign}`,
      expect.stringContaining(`${trackers.length} of ${trackers.length + 1} receipts`),
    ],
  });
});

function trackersIn(path: string): string[] {
  const read = readArchive(readFileSync(path));
  if (!read.ok) throw new Error('not an archive');
  const ballots = read.archive.entries.flatMap((entry) =>
    entry.kind === 'event' && entry.event.type === 'Ballot' ? [entry.event.payload] : [],
  );
  return ballots.map((hash) =>
    Buffer.from(hash ?? '', 'hex')
      .toString('base64')
      .replaceAll('=', ''),
  );
}
