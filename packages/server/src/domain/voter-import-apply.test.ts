// What a plan does to the roll: in parts, and as a whole or not at all.

import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anElection, vault } from '../../../../tests/support/elections.ts';
import type { Database } from '../storage/database.ts';
import { findImport, insertIssuedPart } from '../storage/voter-imports.ts';
import { listVoterIds } from '../storage/voters.ts';
import { issueHere, type Issuer, openAccesses } from './links.ts';
import { readVoterCsv } from './voter-csv.ts';
import { applyPlan, undoImport } from './voter-import-apply.ts';
import { keepFile, readDryRun, runImport, takeDryRun } from './voter-imports.ts';
import { planImport } from './voter-plan.ts';
import { noRules } from './voter-rules.ts';
import { countVoters } from './voters.ts';

const header = 'last_name,first_name,email,promotion,building';
const ada = 'Lovelace,Ada,ada@example.org,E1,Perrault';

async function readyImport(db: Database, electionId: string, lines: readonly string[]) {
  const text = [header, ...lines].join('\n');
  const id = await keepFile(db, vault, admin, electionId, { ok: true, text, encoding: 'utf-8' });
  const job = { id, electionId, rules: noRules };
  await readDryRun(db, vault, job);
  return job;
}

onBothDatabases((bench) => {
  test('a list of many parts is there as a whole; one whose links break in the middle leaves nothing and can be confirmed again', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 0 });
    const lines = Array.from({ length: 2100 }, (_, n) => `Martin${n},Camille,camille${n}@example.org,E1,`);
    const job = await readyImport(db, id, lines);
    const staged = async () =>
      (await db.reader.selectFrom('voter_import_parts').select('part').execute()).filter(({ part }) => part >= 1e6);
    const breaking: Issuer = async function* (voterIds, now) {
      let made = 0;
      for await (const some of issueHere(vault)(voterIds, now)) {
        if (made > 1500) throw new Error('A thread broke.');
        made += some.length;
        yield some;
      }
    };
    await takeDryRun(db, job);
    let seen: unknown[] = [];
    const looking: Issuer = async function* (voterIds, now) {
      yield* breaking(voterIds.slice(0, 1000), now);
      seen = await staged();
      yield* breaking(voterIds, now);
    };
    await expect(runImport(db, vault, admin, { ...job, issue: looking })).rejects.toThrow('A thread broke.');
    expect(seen).toHaveLength(1);
    expect([await countVoters(db.reader, id), await staged()]).toEqual([0, []]);
    // As a process leaves it that is killed in the middle.
    await db.write((tx) => insertIssuedPart(tx, job.id, 0, 'half'));
    expect(await takeDryRun(db, job)).toEqual({ ok: true });
    expect(await runImport(db, vault, admin, job)).toEqual({ ok: true, added: 2100, changed: 0 });
    expect(await staged()).toEqual([]);
    const ways = await openAccesses(db.reader, vault, await listVoterIds(db.reader, id));
    expect([await countVoters(db.reader, id), ways.size]).toEqual([2100, 2100]);
    expect(await undoImport(db, admin, id, job.id)).toMatchObject({ removed: 2100 });
  });

  test('a command whose list is refused at last leaves no import behind', async () => {
    const { db } = bench();
    const id = await anElection(db);
    const plan = await planImport(db.reader, id, await readVoterCsv([header, ada].join('\n')), noRules);
    const job = await readyImport(db, id, [ada]);
    await takeDryRun(db, job);
    await runImport(db, vault, admin, job);
    const target = { id: 'by-command', electionId: id, plan, issue: issueHere(vault) };
    expect(await applyPlan(db, 'command', target)).toEqual({ ok: false, reason: 'roll-changed' });
    expect(await findImport(db.reader, id, 'by-command')).toBeUndefined();
    expect(await countVoters(db.reader, id)).toBe(4);
  });
});
