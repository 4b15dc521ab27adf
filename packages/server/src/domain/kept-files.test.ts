// A file is kept whole or not at all.

import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anElection, armingOf, vault } from '../../../../tests/support/elections.ts';
import { inPieces } from '../../../../tests/support/voter-files.ts';
import { armElection } from './arming.ts';
import { keepFile } from './kept-files.ts';

const header = 'last_name,first_name,email,promotion,building';
const ada = 'Lovelace,Ada,ada@example.org,E1,Perrault';

onBothDatabases((bench) => {
  test('of a file that is none, that breaks off, or whose election is armed meanwhile, nothing stays', async () => {
    const { db } = bench();
    const id = await anElection(db);
    const partCount = async () => (await db.reader.selectFrom('voter_import_parts').select('part').execute()).length;
    const before = await partCount();
    const left = async () => [
      await db.reader.selectFrom('voter_imports').select('id').where('election_id', '=', id).execute(),
      (await partCount()) - before,
    ];
    const keep = (bytes: AsyncIterable<Uint8Array>) => keepFile(db, vault, admin, id, { bytes });
    const workbook = new Uint8Array([0x50, 0x4b, 0x03, 0x04, ...new Uint8Array(300_000)]);
    expect(await keep(inPieces(workbook, 100_000))).toEqual({ ok: false, reason: 'csv-workbook' });
    expect(await keep(inPieces(new Uint8Array(0)))).toEqual({ ok: false, reason: 'csv-empty' });
    const long = new TextEncoder().encode([header, ...Array.from({ length: 20_000 }, () => ada)].join('\n'));
    const breaking = async function* () {
      yield* inPieces(long.subarray(0, 300_000), 100_000);
      throw new Error('The connection is gone.');
    };
    await expect(keep(breaking())).rejects.toThrow('The connection is gone.');
    expect(await left()).toEqual([[], 0]);
    const { definition: _, ...arming } = await armingOf(db, id);
    const armed = async function* () {
      yield* inPieces(long.subarray(0, 300_000), 100_000);
      await armElection(db, admin, id, arming);
      yield* inPieces(long.subarray(300_000), 100_000);
    };
    expect(await keep(armed())).toEqual({ ok: false, reason: 'import-gone' });
    expect(await left()).toEqual([[], 0]);
  });
});
