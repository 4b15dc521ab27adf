// The page on which anyone checks an election: which ones it offers, that their files hold, and what its programs may do.

import { createHash } from 'node:crypto';
import { parseRecord, verifyRecord } from '@votix/protocol';
import { verifyArchive } from '@votix/protocol/verifiable';
import { expect, test } from 'vitest';
import { anApp, oneDatabase, type TestApp } from '../../../../../tests/support/app.ts';
import { anElection } from '../../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../../tests/support/phases.ts';
import { makeBoards } from '../../../../../tests/support/verifiable-phases.ts';
import { updateElection } from '../../storage/elections.ts';
import type { VerifyData } from '../../views/verify.ts';

const bench = oneDatabase();

async function dataOf(at: TestApp, path = '/verify'): Promise<VerifyData> {
  const text = await (await at.visitor().get(path)).text();
  const [, json = ''] = /<script type="application\/json" id="verify-data">(.*?)<\/script>/s.exec(text) ?? [];
  return JSON.parse(json) as VerifyData;
}

const bytesOf = async (at: TestApp, url: string | null) =>
  new Uint8Array(await (await at.visitor().get(url ?? '')).arrayBuffer());
const textOf = async (at: TestApp, url: string | null) => new TextDecoder().decode(await bytesOf(at, url));

test('offered is what is public: records after the close, boards from the arming on', async () => {
  const at = await anApp({ bench: bench() });
  const published = await anElectionIn(at.db, 'published');
  const [draft, open, abandoned] = [
    await anElection(at.db),
    await anElectionIn(at.db, 'open'),
    await anElectionIn(at.db, 'abandoned'),
  ];
  const boards = await makeBoards(at.db);
  const { elections, chosen } = await dataOf(at);
  const ids = elections.map(({ id }) => id);
  const shown = [published, boards.tallied, boards.opened, boards.registry.armed].map(({ id }) => id);
  expect(ids.toSorted()).toEqual(shown.toSorted());
  for (const id of [draft, open.id, abandoned.id, boards.draft.id]) expect(ids).not.toContain(id);
  expect(chosen).toBe('');

  const record = parseRecord(await textOf(at, elections.find(({ id }) => id === published.id)!.fileUrl));
  expect(record.ok && verifyRecord(record.record).ok).toBe(true);
  const { fileUrl, strictUrl, fileName } = elections.find(({ id }) => id === boards.opened.id)!;
  expect(fileName).toMatch(/\.bel$/);
  const report = verifyArchive(await bytesOf(at, fileUrl), { strict: await textOf(at, strictUrl) });
  expect(report).toMatchObject({ ok: true, strict: true });
  expect(elections.find(({ id }) => id === boards.tallied.id)!.strictUrl).toBeNull();
});

test('a link chooses an election; a rehearsal is there for who has its link, and for nobody else', async () => {
  const at = await anApp();
  const [real, rehearsal] = [await anElectionIn(at.db, 'closed'), await anElectionIn(at.db, 'closed')];
  await at.db.write((tx) => updateElection(tx, rehearsal.id, { rehearsal_of: real.id }));
  expect(await dataOf(at)).toMatchObject({ elections: [{ id: real.id }], chosen: '' });
  const asked = await dataOf(at, `/verify?election=${rehearsal.id}`);
  expect(asked.chosen).toBe(rehearsal.id);
  expect(asked.elections.map(({ id }) => id)).toContain(rehearsal.id);
  expect((await dataOf(at, '/verify?election=%3Cscript%3E')).chosen).toBe('');
  const page = await (await at.visitor().get(`/elections/${real.id}`)).text();
  expect(page).toContain(`/verify?election=${real.id}`);
});

test('without scripts the page says how to check, and where the files are', async () => {
  const at = await anApp();
  const { id } = await anElectionIn(at.db, 'closed');
  const [, without = ''] = /<noscript>(.*?)<\/noscript>/s.exec(await (await at.visitor().get('/verify')).text()) ?? [];
  expect(without).toContain('node votix-offline.mjs verify');
  expect(without).toContain(`href="/elections/${id}/record"`);
});

test('the SHA-256 that is shown is that of the file that is given, and it is given as a file', async () => {
  const at = await anApp();
  const answer = await at.visitor().get('/verify/votix-verify.html');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="votix-verify.html"');
  const digest = createHash('sha256')
    .update(new Uint8Array(await answer.arrayBuffer()))
    .digest('hex');
  expect(await (await at.visitor().get('/verify')).text()).toContain(digest);
});

test('what reads files may make no request; nothing else may compile WebAssembly', async () => {
  const at = await anApp();
  const policyOf = async (path: string) => (await at.visitor().get(path)).headers.get('content-security-policy');
  const { workerUrl } = await dataOf(at);
  expect(await policyOf(workerUrl)).toBe("default-src 'none'; script-src 'wasm-unsafe-eval'");
  for (const path of ['/verify', '/assets/verify.0a1b.js', '/assets/booth-worker.0a1b.js'])
    expect(await policyOf(path)).toMatch(/^default-src 'none'; script-src 'self'; (?!.*wasm)/);
});
