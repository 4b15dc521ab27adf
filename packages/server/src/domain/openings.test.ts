// Summing a box is long work: several processes share neither it nor its result.

import { expect, test } from 'vitest';
import { caster, close } from '../../../../tests/support/casts.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { aVerifiableElection } from '../../../../tests/support/verifiable-elections.ts';
import { findVerifiable } from '../storage/verifiable-elections.ts';
import { openDueBoards } from './openings.ts';
import { proveHere, type Prover } from './proofs.ts';

onBothDatabases((bench) => {
  test('of several processes one sums the box; when it is gone, another one a minute later', async () => {
    const at = bench();
    const election = await aVerifiableElection(at.db, { voters: 1 });
    await caster(at.db)(election.voters[0]!, election.seal(election.voters[0]!, [0]).ballot);
    await close(at, election);
    const asked: string[] = [];
    const noting = (work: () => Promise<void>) =>
      ((kind: string, ...given: never[]) => {
        asked.push(kind);
        return work().then(() => (proveHere as (...all: unknown[]) => Promise<unknown>)(kind, ...given));
      }) as Prover;
    const dying = noting(() => Promise.reject(new Error('gone')));
    await expect(openDueBoards(at.db, dying)).rejects.toThrow('gone');
    await openDueBoards(
      at.db,
      noting(() => Promise.resolve()),
    );
    expect(asked).toEqual(['tallyPart']);
    expect((await findVerifiable(at.db.reader, election.id))!.tally).toBeNull();
    at.clockOffsetMs += 61_000;
    const handles = [at.db, await at.another(), await at.another()];
    await Promise.all(
      handles.map((db) =>
        openDueBoards(
          db,
          noting(() => Promise.resolve()),
        ),
      ),
    );
    expect(asked).toEqual(['tallyPart', 'tallyPart', 'joinTallies']);
    expect((await findVerifiable(at.db.reader, election.id))!.tally).not.toBeNull();
  });
});
