// Asking the directory: tokens renewed in time and by one process, accesses that are lost, answers that are none.

import { expect, onTestFinished, test } from 'vitest';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { aStandIn } from '../../../../tests/support/directories.ts';
import { admin, vault } from '../../../../tests/support/elections.ts';
import { type StandIn, standInClient } from '../../../../tests/support/google-stand-in.ts';
import { readDirectory } from '../domain/directory-connections.ts';
import { organisation } from '../../../../tests/support/app.ts';
import type { Directory } from '../domain/directory-people.ts';
import { createDirectory } from './directory.ts';
import { createGoogle } from './google.ts';

const session = 'a-browser';
const redirectUri = `${organisation.baseUrl}/auth/google/callback`;
const hour = 3_600_000;

async function aDirectory({ db }: Pick<TestBench, 'db'>, google: StandIn, client = { ...standInClient }) {
  const current = { client: client as typeof client | undefined };
  const provider = createGoogle(google.endpoints);
  const directory = createDirectory({ db, vault, provider, client: () => Promise.resolve(current.client) });
  return { directory, current };
}

async function connect(directory: Directory, google: StandIn, units = false): Promise<void> {
  const begun = await directory.begin({ session, redirectUri, units });
  const back = await google.consent(begun.ok ? begun.value.href : '');
  expect(await directory.finish(admin, session, back)).toMatchObject({ ok: true });
}

const callsTo = ({ calls }: StandIn, path: string) => calls.filter((call) => call.path === path).length;
const names = (found: Awaited<ReturnType<Directory['search']>>) =>
  found.ok ? found.value.people.map(({ firstName, lastName }) => `${firstName} ${lastName}`) : found;

onBothDatabases((bench) => {
  async function connected(units = false) {
    const google = await aStandIn();
    const { directory, current } = await aDirectory(bench(), google);
    await connect(directory, google, units);
    onTestFinished(async () => {
      await bench().db.write((tx) => tx.deleteFrom('directory_connections').execute());
    });
    return { google, directory, current };
  }

  test('people are found by name, with the address that is theirs and what tells two of one name apart', async () => {
    const { directory } = await connected();
    expect(await directory.search('ali')).toEqual({
      ok: true,
      value: {
        people: [
          { firstName: 'Alice', lastName: 'Dupont', email: 'alice.dupont@example.org', about: 'Librarian' },
          { firstName: 'Alice', lastName: 'Dupond', email: 'alice.dupond@example.org', about: '' },
        ],
        next: undefined,
      },
    });
    const row = await readDirectory(bench().db.reader, 'google');
    expect(row?.used_at).toBeGreaterThan(0);
  });

  test('a token that is old is renewed before it is used; of eight who ask at once, one renews', async () => {
    const { google, directory } = await connected();
    const other = (await aDirectory(bench(), google)).directory;
    bench().clockOffsetMs += hour;
    onTestFinished(() => void (bench().clockOffsetMs -= hour));
    google.fail({ path: '/token', times: 1, delayMs: 300 });
    const before = callsTo(google, '/token');
    const asked = Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? directory : other).search('alice'));
    for (const found of await Promise.all(asked)) expect(names(found)).toEqual(['Alice Dupont', 'Alice Dupond']);
    expect(callsTo(google, '/token') - before).toBe(1);
  });

  test('who holds the turn and dies is not waited for for ever', async () => {
    const { directory } = await connected();
    const { db } = bench();
    const lease_until = (await db.now()) + 900;
    await db.write((tx) => tx.updateTable('directory_connections').set({ access_until: 0, lease_until }).execute());
    expect(names(await directory.search('aïcha'))).toEqual(['Aïcha Benali']);
  });

  test('a token that is refused before its time is renewed once, and the question asked again', async () => {
    const { google, directory } = await connected();
    google.expireAccess();
    expect(names(await directory.search('alice'))).toHaveLength(2);
    google.fail({ path: '/v1/people', times: 2, status: 401 });
    expect(await directory.search('alice')).toMatchObject({ ok: false, cause: 'unexpected' });
  });

  test('an access that was taken back at Google is lost until somebody connects again, and Google is left in peace', async () => {
    const { google, directory } = await connected();
    google.revokeAll();
    expect(await directory.search('alice')).toMatchObject({ ok: false, cause: 'grant-lost' });
    const { connection } = await directory.read();
    expect(connection).toMatchObject({ problem: 'grant-lost', said: 'Token has been expired or revoked.' });
    const calls = google.calls.length;
    expect(await directory.search('alice')).toMatchObject({ ok: false, cause: 'grant-lost' });
    expect(google.calls).toHaveLength(calls);
    await connect(directory, google);
    expect((await directory.read()).connection?.problem).toBeUndefined();
    expect(names(await directory.search('alice'))).toHaveLength(2);
  });

  test('another client ID cannot use the access, and neither can none', async () => {
    const { directory, current } = await connected();
    current.client = { ...standInClient, id: 'another' as typeof standInClient.id };
    expect(await directory.search('alice')).toMatchObject({ ok: false, cause: 'other-client' });
    current.client = undefined;
    expect(await directory.search('alice')).toMatchObject({ ok: false, cause: 'not-set-up' });
  });

  test('a wrong secret is told, and forgotten once it is right', async () => {
    const { google, directory, current } = await connected();
    google.expireAccess();
    current.client = { ...standInClient, secret: 'wrong' as typeof standInClient.secret };
    expect(await directory.search('alice')).toMatchObject({ ok: false, cause: 'wrong-client' });
    expect((await directory.read()).connection?.problem).toBe('wrong-client');
    current.client = { ...standInClient };
    expect(names(await directory.search('alice'))).toHaveLength(2);
    expect((await directory.read()).connection?.problem).toBeUndefined();
  });

  test('a passing failure while renewing is no lost access', async () => {
    const { google, directory } = await connected();
    google.expireAccess();
    google.fail({ path: '/token', times: 1, status: 500 });
    expect(await directory.search('alice')).toMatchObject({ ok: false, cause: 'unavailable' });
    expect(names(await directory.search('alice'))).toHaveLength(2);
  });

  test('a row that was put in the place of another opens nothing', async () => {
    const { directory } = await connected();
    await bench().db.write((tx) => tx.updateTable('directory_connections').set({ id: 'another' }).execute());
    expect(await directory.search('alice')).toMatchObject({ ok: false, cause: 'grant-lost' });
  });

  test('units and who is in them: page by page, without those who have left', async () => {
    const { directory } = await connected(true);
    const units = await directory.listUnits();
    expect(units.ok && units.value.map(({ path }) => path)).toEqual([
      '/',
      '/Staff',
      "/Staff/People's \\ office",
      '/Students/2026',
    ]);
    const staff = await directory.listMembers('/Staff');
    expect(names(staff)).toContain('Seán O’Brien');
    expect(names(staff)).not.toContain('Gone Before');
    expect(names(staff)).not.toContain('Kept Archived');
    expect(names(await directory.listMembers("/Staff/People's \\ office"))).toEqual(['Seán O’Brien']);
    const first = await directory.listMembers('/Students/2026');
    const second = await directory.listMembers('/Students/2026', first.ok ? first.value.next : '');
    expect([names(first), names(second)].map((page) => (page as string[]).length)).toEqual([200, 51]);
    expect(second.ok && second.value.next).toBe(undefined);
  });

  test('without their scopes units are refused', async () => {
    const { directory } = await connected();
    expect(await directory.listUnits()).toMatchObject({ ok: false, cause: 'scope-missing' });
  });
});
