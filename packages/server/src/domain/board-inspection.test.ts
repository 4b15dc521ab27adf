// What the integrity check of a sealed verifiable election finds: every event, every ballot, and where the box ended.

import { endBallots, headAfterBallot } from '@votix/protocol/verifiable';
import { expect, test } from 'vitest';
import { caster } from '../../../../tests/support/casts.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { archiveBytes, aVerifiableElection } from '../../../../tests/support/verifiable-elections.ts';
import type { Database, Reader } from '../storage/database.ts';
import { updateElection } from '../storage/elections.ts';
import type { BoardEventsTable } from '../storage/tables.ts';
import { sealBox } from './boxes.ts';
import { inspect } from './inspections.ts';
import { openDueBoards } from './openings.ts';
import { proveHere } from './proofs.ts';

/** Three voters, of whom two have voted; sealed, with its tally on the board. */
async function aSealedBoard(db: Database) {
  const election = await aVerifiableElection(db, { voters: 3 });
  const { id, voters, seal } = election;
  for (const voter of voters.slice(0, 2)) await caster(db)(voter, seal(voter, [0]).ballot);
  await db.write(async (tx) => updateElection(tx, id, { closes_at: await db.now(tx) }));
  await sealBox(db, id);
  await openDueBoards(db, proveHere);
  return election;
}

const eventsOf = (db: Database, id: string) =>
  db.reader.selectFrom('board_events').selectAll().where('election_id', '=', id).orderBy('height').execute();

const changeEvent = (db: Database, { election_id, height }: BoardEventsTable, values: Partial<BoardEventsTable>) =>
  db.write((tx) =>
    tx
      .updateTable('board_events')
      .set(values)
      .where('election_id', '=', election_id)
      .where('height', '=', height)
      .execute(),
  );

onBothDatabases((bench) => {
  const finding = (id: string) => inspect(bench().db.reader, 'box', id);

  test('an honest board is whole; one with a ballot that is not in the box is not, though every number agrees', async () => {
    const { db } = bench();
    const { id, voters, seal } = await aSealedBoard(db);
    expect(await finding(id)).toBe('');
    const [ballot] = (await eventsOf(db, id)).filter(({ type }) => type === 'Ballot');
    const other = seal(voters[2]!, [1]);
    await db.write((tx) => tx.updateTable('ballots').set(other).where('receipt', '=', ballot!.receipt!).execute());
    expect(await inspect(db.reader, 'counts', id)).toBe('');
    expect(await finding(id)).toBe('box-differs');
    await expect(archiveBytes(db, id)).rejects.toThrow('not in the box');
  });

  test('a damaged byte of any event, and an event under another hash or type, are found', async () => {
    const { db } = bench();
    const { id } = await aSealedBoard(db);
    for (const event of await eventsOf(db, id)) {
      const { hash, type, content } = event;
      if (content !== null) {
        const damaged = Uint8Array.from(content, (byte, at) => (at === content.length - 600 ? byte ^ 1 : byte));
        await changeEvent(db, event, { content: damaged });
        expect([type, await finding(id)]).toEqual([type, 'box-differs']);
        await changeEvent(db, event, { content });
        await changeEvent(db, event, { type: 'Result' });
        expect([type, await finding(id)]).toEqual([type, 'box-differs']);
        await changeEvent(db, event, { type });
      }
      await changeEvent(db, event, { hash: 'f'.repeat(64) });
      expect([type, await finding(id)]).toEqual([type, 'box-differs']);
      await changeEvent(db, event, { hash });
    }
    expect(await finding(id)).toBe('');
  });

  test('a board that was written anew without one ballot is found by where the box was sealed', async () => {
    const { db } = bench();
    const { id } = await aSealedBoard(db);
    const [setUp, kept, left, ended] = await eventsOf(db, id);
    const after = headAfterBallot({ hash: setUp!.hash, height: 0 }, kept!.receipt!);
    const { started_at: timestamp } = await db.reader
      .selectFrom('boards')
      .selectAll()
      .where('election_id', '=', id)
      .executeTakeFirstOrThrow();
    const { board, bytes } = endBallots({ timestamp, head: after });
    await db.write(async (tx) => {
      await tx.deleteFrom('board_events').where('election_id', '=', id).where('height', '>=', left!.height).execute();
      const row = { ...ended!, height: board.head.height, hash: board.head.hash, content: bytes };
      await tx.insertInto('board_events').values(row).execute();
      await tx.updateTable('boards').set(board.head).where('election_id', '=', id).execute();
    });
    expect(await finding(id)).toBe('box-differs');
  });

  test('a database that fails is no finding', async () => {
    const { db } = bench();
    const { id } = await aSealedBoard(db);
    const { reader } = db;
    const selectFrom = (table: 'boards' | 'board_events') => {
      if (table === 'board_events') throw new Error('The database is away.');
      return reader.selectFrom(table);
    };
    const failing: Reader = {
      fn: reader.fn,
      executeQuery: (query) => reader.executeQuery(query),
      selectFrom: selectFrom as Reader['selectFrom'],
    };
    await expect(inspect(failing, 'box', id)).rejects.toThrow('away');
  });
});
