import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { secret } from '../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { archiveBytes } from '../../../../tests/support/verifiable-elections.ts';
import { makeBoards } from '../../../../tests/support/verifiable-phases.ts';
import { jsonOf, removeCommandFiles, runVotix } from '../../../../tests/support/votix-command.ts';
import { readRecord } from '../domain/records.ts';

afterAll(removeCommandFiles);

onBothDatabases((bench) => {
  function commandIn() {
    const folder = mkdtempSync(join(tmpdir(), 'votix-export-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { kind, address } = bench();
    const environment = { DATABASE_URL: kind === 'sqlite' ? `sqlite:${address}` : address, SECRET_KEY: secret };
    const run = async (id: string, file: string) => {
      const args = ['export-record', id, '--out', join(folder, file), '--json'];
      return jsonOf(await runVotix(args, { environment: { ...environment, DATA_DIR: folder } }));
    };
    return { folder, run };
  }

  test('a board at any time, with the strict proofs once it is opened; nothing of a draft', async () => {
    const { db } = bench();
    const { draft, tallied, opened } = await makeBoards(db);
    const { folder, run } = commandIn();
    expect(await run(draft.id, 'draft.bel')).toMatchObject({ ok: false, reason: 'not-armed' });
    expect(await run(tallied.id, 'tallied.bel')).toMatchObject({ ok: true, height: 3 });
    expect(await run(opened.id, 'opened.bel')).toMatchObject({ ok: true, height: 5 });
    expect(readdirSync(folder).toSorted()).toEqual(['opened.bel', 'opened.strict.json', 'tallied.bel']);
    expect(new Uint8Array(readFileSync(join(folder, 'opened.bel')))).toEqual(await archiveBytes(db, opened.id));
    expect(await run(tallied.id, 'opened.bel')).toMatchObject({ ok: false, reason: 'file-exists' });
    expect(new Uint8Array(readFileSync(join(folder, 'opened.bel')))).toEqual(await archiveBytes(db, opened.id));
  });

  test('a record after the close, as its page gives it', async () => {
    const { db } = bench();
    const [open, closed] = [await anElectionIn(db, 'open'), await anElectionIn(db, 'closed')];
    const { folder, run } = commandIn();
    expect(await run(open.id, 'open.json')).toMatchObject({ ok: false, reason: 'box-not-sealed' });
    expect(await run(closed.id, 'closed.json')).toMatchObject({ ok: true });
    const record = await readRecord(db, closed.id);
    let text = '';
    if (record.ok) for await (const chunk of record.chunks) text += chunk;
    expect(readFileSync(join(folder, 'closed.json'), 'utf8')).toBe(text);
    expect(await run('no-election', 'none.json')).toMatchObject({ ok: false, reason: 'unknown-election' });
  });
});

test('without an election it is wrong usage', async () => {
  expect(await runVotix(['export-record'])).toMatchObject({ code: 2 });
});
