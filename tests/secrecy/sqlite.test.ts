// Five hundred votes on SQLite, then an attempt to join the signing list and the box by the bytes of the file, its
// write-ahead log and a backup.

import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealBox } from '../../packages/server/src/domain/boxes.ts';
import { findElection } from '../../packages/server/src/storage/elections.ts';
import { close } from '../support/casts.ts';
import { openBench, type TestBench } from '../support/databases.ts';
import { hour } from '../support/elections.ts';
import {
  backUp,
  type Commit,
  commitsOf,
  freePages,
  logBytes,
  occurrences,
  bodyOf,
  type Tokens,
  traceOfFile,
  withAnotherArrival,
} from './sqlite-file.ts';
import { expectNoBetterThanChance } from './statistics.ts';
import { aBusyElection, type Voted } from './votes.ts';

let bench: { bench: TestBench; close: () => Promise<void> };
const at = () => bench.bench;
const path = () => at().address;

beforeAll(async () => {
  bench = await openBench('sqlite');
});
afterAll(() => bench.close());

function tokensOf({ pairs }: Voted): Tokens {
  return { voters: pairs.map(({ voterId }) => voterId), receipts: pairs.map(({ receipt }) => receipt) };
}

/** Brings what stands in the log into the file, as SQLite does by itself from time to time. */
function checkpoint(): void {
  const database = new DatabaseSync(path());
  database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  database.close();
}

/** By chance, and for certain: had the same votes arrived in another order, every byte would be the same. */
function expectNothingButKeys(file: string, voted: Voted): void {
  expectNoBetterThanChance(voted.pairs, traceOfFile(file, tokensOf(voted)));
  expect(freePages(file)).toBe(0);
  expect(new Set(occurrences(file, tokensOf(voted).receipts))).toEqual(new Set([1]));
  withAnotherArrival(file, `${file}.other`, true);
  expect(bodyOf(`${file}.other`).equals(bodyOf(file))).toBe(true);
}

describe('an hour of five hundred votes', () => {
  let voted: Voted;

  function expectBackupOfKeysOnly(name: string): void {
    const [backup, other] = [`${path()}.${name}`, `${path()}.${name}-other`];
    checkpoint();
    backUp(path(), backup);
    withAnotherArrival(path(), `${path()}.source`, false);
    backUp(`${path()}.source`, other);
    expect(bodyOf(other).equals(bodyOf(backup))).toBe(true);
    expectNoBetterThanChance(voted.pairs, traceOfFile(backup, tokensOf(voted)));
  }

  beforeAll(async () => {
    voted = await aBusyElection(at());
  });

  test('while the box is open, the write-ahead log does show who cast which ballots, as the threat model says', () => {
    const { pairs } = voted;
    const commits = commitsOf(path(), tokensOf(voted)).filter(({ receipts }) => receipts.length > 0);
    const logged = new Map(
      commits.flatMap((commit) => commit.receipts.map((receipt): [string, Commit] => [receipt, commit])),
    );
    const inLog = pairs.filter(({ receipt }) => logged.has(receipt));
    const joined = inLog.filter(({ voterId, receipt }) => logged.get(receipt)!.voters.includes(voterId));
    expect(inLog.length).toBeGreaterThan(20);
    expect(joined.length / inLog.length).toBeGreaterThan(0.9);
    expect(inLog.length / commits.length).toBeLessThan(5); // ballots that share a commit
  });

  test('while the box is open, its pages do depend on the order of arrival, as the threat model says', () => {
    checkpoint();
    withAnotherArrival(path(), `${path()}.one`, false);
    withAnotherArrival(path(), `${path()}.two`, false);
    expect(bodyOf(`${path()}.one`).equals(bodyOf(`${path()}.two`))).toBe(false);
  });

  test('a backup by VACUUM INTO keeps no order, even while the box is open', () => {
    expectBackupOfKeysOnly('open');
  });

  describe('sealed', () => {
    beforeAll(() => close(at(), voted.election));

    test('the write-ahead log is emptied: the sealing itself is all that is in it', () => {
      const commits = commitsOf(path(), tokensOf(voted));
      expect(commits.flatMap(({ voters, receipts }) => [...voters, ...receipts])).toEqual([]);
      expect(logBytes(path())).toBeLessThan(20_000);
      expect(occurrences(`${path()}-wal`, tokensOf(voted).receipts).every((n) => n === 0)).toBe(true);
      expect(occurrences(`${path()}-wal`, tokensOf(voted).voters).every((n) => n === 0)).toBe(true);
    });

    test('places in the file join nothing', () => {
      expectNothingButKeys(path(), voted);
    });

    test('every voter stands in the file as often as any other, also those who mistyped their code', () => {
      expect(new Set(occurrences(path(), tokensOf(voted).voters)).size).toBe(1);
    });

    test('a backup shows nothing more', () => {
      expectBackupOfKeysOnly('sealed');
    });
  });
});

test('a program that reads the file puts the end of the sealing off until the write-ahead log is empty', async () => {
  const voted = await aBusyElection(at(), { votes: 20 });
  const reader = new DatabaseSync(path(), { readOnly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM voters').get();
  at().clockOffsetMs += 2 * hour;
  await expect(sealBox(at().db, voted.election.id)).rejects.toThrow('was not emptied');
  const half = await findElection(at().db.reader, voted.election.id);
  expect(half).toMatchObject({ sealed_at: expect.any(Number), rewritten_at: null });
  reader.exec('COMMIT');
  reader.close();
  await sealBox(at().db, voted.election.id);
  expect(await findElection(at().db.reader, voted.election.id)).toMatchObject({ rewritten_at: expect.any(Number) });
  expect(occurrences(`${path()}-wal`, tokensOf(voted).receipts).every((n) => n === 0)).toBe(true);
});
