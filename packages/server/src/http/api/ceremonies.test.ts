// Arming and deliberating over HTTP, on both databases: of two at once one wins, and what comes out fits what went in.

import { expect, test } from 'vitest';
import { makeKeyPair } from '@votix/protocol';
import { problemOf } from '../../../../../tests/support/answers.ts';
import { anApp } from '../../../../../tests/support/app.ts';
import { onBothDatabases } from '../../../../../tests/support/databases.ts';
import { anElection, armingOf } from '../../../../../tests/support/elections.ts';
import { anElectionIn, theDeliberation } from '../../../../../tests/support/phases.ts';
import { french } from '../../../../../tests/support/visitors.ts';
import { findElection } from '../../storage/elections.ts';

onBothDatabases((bench) => {
  test('of two keys that arm at once one is the election’s, and the other is told', async () => {
    const at = await anApp({ bench: bench() });
    const [id, admin] = [await anElection(at.db), await at.admin()];
    const { publicKey, fingerprint, definitionHash } = await armingOf(at.db, id);
    const second = await makeKeyPair();
    const keys = [
      { publicKey, fingerprint },
      { publicKey: second.publicKeyPem, fingerprint: second.fingerprint },
    ];
    const arm = (key: (typeof keys)[number]) =>
      admin.json(`/api/elections/${id}/arm`, { ...key, definitionHash, possessionProven: true });
    const answers = await Promise.all([...keys, ...keys].map(arm));
    const won = answers.findIndex(({ status }) => status === 200);
    for (const [index, answer] of answers.entries())
      if (index !== won) expect(await problemOf(answer)).toMatchObject({ status: 409, reason: 'election-armed' });
    expect(await answers[won]!.json()).toEqual({ status: 'armed' });
    expect((await findElection(at.db.reader, id))?.fingerprint).toBe(keys[won % 2]!.fingerprint);
  });

  test('a change while the wizard is open is noticed, in the language of the key holder', async () => {
    const at = await anApp({ bench: bench() });
    const [id, admin] = [await anElection(at.db), await at.admin()];
    const { definition: _, secure: __, ...arming } = await armingOf(at.db, id);
    await admin.post(`/console/elections/${id}/candidates`, { name: 'Dorothée', text: '' });
    const told = await problemOf(await admin.json(`/api/elections/${id}/arm`, arming, french), 'fr');
    expect(told).toMatchObject({ status: 409, reason: 'election-changed', title: expect.stringContaining('a changé') });
    expect((await findElection(at.db.reader, id))?.armed_at).toBeNull();
  });

  test('the box comes as text in the order of its receipts, and its count is taken once', async () => {
    const at = await anApp({ bench: bench() });
    const [election, admin] = [await anElectionIn(at.db, 'closed'), await at.admin()];
    const box = await admin.get(`/api/elections/${election.id}/box`);
    expect([box.headers.get('content-type'), box.headers.get('cache-control')]).toEqual([
      'text/plain; charset=utf-8',
      'no-store',
    ]);
    const [stored] = await at.db.reader
      .selectFrom('ballots')
      .select('ballot')
      .where('election_id', '=', election.id)
      .execute();
    expect(await box.text()).toBe(`${stored!.ballot}\n`);
    const result = await theDeliberation(at.db, election);
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => admin.json(`/api/elections/${election.id}/result`, result)),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
    const again = await problemOf(await admin.get(`/api/elections/${election.id}/box`, french), 'fr');
    expect(again).toMatchObject({ status: 409, reason: 'already-deliberated' });
  });

  test('the result is nowhere in public before it is published, and everywhere after', async () => {
    const at = await anApp({ bench: bench() });
    const [{ id }, admin, nobody] = [await anElectionIn(at.db, 'deliberated'), await at.admin(), at.visitor()];
    const record = async () =>
      (await (await nobody.get(`/elections/${id}/record`)).json()) as { result: unknown; ballots: string[] };
    expect(await (await nobody.get(`/elections/${id}`)).text()).not.toContain('class="result"');
    expect(await record()).toMatchObject({ result: null, ballots: [expect.any(String)] });
    expect((await admin.post(`/console/elections/${id}/publish`)).status).toBe(303);
    expect(await (await nobody.get(`/elections/${id}`)).text()).toContain('class="result"');
    expect(await record()).toMatchObject({ result: { ballots: 1, valid: 1, invalid: 0 } });
  });

  test('a receipt is answered with yes or no, and the answer’s other language is a page', async () => {
    const at = await anApp({ bench: bench() });
    const [{ id }, nobody] = [await anElectionIn(at.db, 'open'), at.visitor()];
    const [row] = await at.db.reader.selectFrom('ballots').select('receipt').where('election_id', '=', id).execute();
    const ask = async (receipt: string) => (await nobody.post(`/elections/${id}/receipt`, { receipt })).text();
    const typed = row!.receipt.toLowerCase().replace(/(.{4})/g, '$1 - ');
    const [yes, no] = [await ask(typed), await ask('0'.repeat(32))];
    expect(yes).toContain('notice--good');
    expect(no).not.toContain('notice--good');
    const [, other] = /class="language" href="([^"]+)"/.exec(yes) ?? [];
    expect((await nobody.get(other!.replaceAll('&amp;', '&'))).status).toBe(200);
  });

  test('while an election is open nobody gets a ballot, a count or a receipt', async () => {
    const at = await anApp({ bench: bench() });
    const [{ id }, admin] = [await anElectionIn(at.db, 'open'), await at.admin()];
    const { ballot, receipt } = await at.db.reader
      .selectFrom('ballots')
      .selectAll()
      .where('election_id', '=', id)
      .executeTakeFirstOrThrow();
    const paths = [
      `/elections/${id}`,
      `/elections/${id}/record`,
      `/api/elections/${id}/box`,
      ...['', '/voters', '/deliberate', '/result'].map((step) => `/console/elections/${id}${step}`),
    ];
    for (const path of paths) {
      const text = await (await admin.get(path)).text();
      expect([path, text.includes(ballot.slice(0, 60)), text.includes(receipt)]).toEqual([path, false, false]);
    }
  });
});
