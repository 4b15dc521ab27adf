// When the world breaks: a failure is answered in words without its message, written down once, and records nothing.

import { expect, test } from 'vitest';
import type { Database, Reader } from './storage/database.ts';
import type { Tables } from './storage/tables.ts';
import { internals, problemOf, textOf } from '../../../tests/support/answers.ts';
import { anApp, password } from '../../../tests/support/app.ts';
import { counts, same } from '../../../tests/support/casts.ts';
import { contentsOf } from '../../../tests/support/contents.ts';
import { onBothDatabases } from '../../../tests/support/databases.ts';
import { anArmedElection } from '../../../tests/support/elections.ts';
import { nobodys } from '../../../tests/support/routes/world.ts';
import { french } from '../../../tests/support/visitors.ts';

const message = 'SQLITE_CORRUPT in /var/lib/votix/db.sqlite: key 4f7a, password hunter2';
const fail = (): never => {
  throw new Error(message);
};

/** Reading these tables fails. */
function withoutTables(db: Database, tables: readonly (keyof Tables)[]): Database {
  const selectFrom: Reader['selectFrom'] = ((from: keyof Tables) =>
    tables.includes(from) ? fail() : db.reader.selectFrom(from)) as Reader['selectFrom'];
  const executeQuery: Reader['executeQuery'] = (query) => db.reader.executeQuery(query);
  return { ...db, reader: { fn: db.reader.fn, selectFrom, executeQuery } };
}

const requestLines = (log: string, status: number) =>
  log.split('\n').filter((line) => line.includes(`"status":${status}`));

const broken: readonly (readonly [string, string, keyof Tables])[] = [
  ['the settings', '/', 'settings'],
  ['the settings, for a page that is not there', '/nowhere', 'settings'],
  ['the sessions', '/vote', 'sessions'],
  ['the elections', '/', 'elections'],
  ['an election', `/elections/${nobodys}`, 'elections'],
  ['a link', `/vote/${nobodys}`, 'links'],
];

test.each(broken)(
  'reading %s fails: a page without the reason, under the strict headers, and one line',
  async (_what, path, table) => {
    const at = await anApp({ breaking: (db) => withoutTables(db, [table]) });
    for (const [language, headers, words] of [
      ['en', {}, 'Something went wrong on our side'],
      ['fr', french, 'Un problème est survenu de notre côté'],
    ] as const) {
      const browser = at.visitor();
      browser.cookies.set('votix_session', 'x');
      const answer = await browser.get(path, headers);
      const page = await answer.text();
      expect([answer.status, page]).toEqual([500, expect.stringContaining(`lang="${language}"`)]);
      expect(textOf(page)).toContain(words);
      expect(textOf(page)).not.toMatch(internals);
      expect(page).not.toMatch(/SQLITE|votix\/db|4f7a|hunter2|Error:|\.ts/);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect(at.failures()).toHaveLength(2);
    expect(at.failures()[0]).toContain('SQLITE_CORRUPT');
    expect(requestLines(at.log(), 500)).toHaveLength(2);
  },
);

test('a program is told in a problem document', async () => {
  const at = await anApp({ breaking: (db) => withoutTables(db, ['links', 'elections']) });
  const cast = await at.visitor().cast({ link: nobodys, code: '0000' }, 'x', french);
  expect(await problemOf(cast, 'fr')).toMatchObject({ status: 500, reason: 'server-error' });
  const box = await (await at.admin()).get(`/api/elections/${nobodys}/box`);
  expect(await problemOf(box)).toMatchObject({ status: 500, reason: 'server-error' });
});

test('a log-in that cannot be counted lets nobody in', async () => {
  const at = await anApp({ breaking: (db) => ({ ...db, write: fail }) });
  const { account } = await at.as('admin');
  const answer = await at.visitor().post('/login', { email: account.email, password });
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([500, []]);
  expect(at.log()).not.toContain(password);
  expect(at.log()).not.toContain(account.email);
});

const failures: Readonly<Record<string, (db: Database) => Database>> = {
  'before the transaction': (db) => ({ ...db, write: () => Promise.reject(new Error(message)) }),
  'at the commit': (db) => ({
    ...db,
    write: (work) =>
      db.write(async (tx) => {
        await work(tx);
        return fail();
      }),
  }),
};

onBothDatabases((bench) => {
  test.each(Object.entries(failures))(
    'a cast whose database fails %s records nothing, and the same ballot is taken later',
    async (_when, breaking) => {
      const [sick, well] = [await anApp({ bench: bench(), breaking }), await anApp({ bench: bench() })];
      const { id, voters, seal } = await anArmedElection(well.db);
      const { ballot, receipt } = await seal([0]);
      const before = await contentsOf(well.db);
      const answers = await Promise.all(
        voters.map(async (voter) => sick.visitor().cast(voter, (await seal([1])).ballot)),
      );
      for (const answer of [...answers, await sick.visitor().cast(voters[0]!, ballot)])
        expect(await problemOf(answer)).toMatchObject({ status: 500, reason: 'server-error' });
      expect(await contentsOf(well.db)).toBe(before);
      expect(await counts(well.db, { id })).toEqual(same(0));
      expect(sick.log()).toContain('"recorded":0,"refused":0,"failed":4');
      for (const { link, code } of voters)
        expect([sick.log().includes(link), sick.log().includes(`"${code}"`)]).toEqual([false, false]);
      expect(sick.log()).not.toContain(receipt);
      expect(await (await well.visitor().cast(voters[0]!, ballot)).json()).toMatchObject({
        status: 'recorded',
        receipt,
      });
      expect(await counts(well.db, { id })).toEqual(same(1));
    },
  );

  test('a failure of one commit does not stop the next of the same election', async () => {
    let isSick = true;
    const breaking = (db: Database): Database => ({ ...db, write: (work) => (isSick ? fail() : db.write(work)) });
    const at = await anApp({ bench: bench(), breaking });
    const { id, voters, seal } = await anArmedElection(at.db);
    const { ballot } = await seal([0]);
    expect((await at.visitor().cast(voters[0]!, ballot)).status).toBe(500);
    isSick = false;
    expect((await at.visitor().cast(voters[0]!, ballot)).status).toBe(200);
    expect(await counts(at.db, { id })).toEqual(same(1));
  });
});

/** What each database says when it does not answer. */
const away: Readonly<Record<Database['kind'], Error>> = {
  sqlite: Object.assign(new Error('database is locked'), { code: 'ERR_SQLITE_ERROR', errcode: 5 }),
  postgres: Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' }),
};

onBothDatabases((bench) => {
  test('a database that does not answer: nobody reads that something is recorded, and may try again', async () => {
    let isAway = true;
    const breaking = (db: Database): Database => ({
      ...db,
      write: (work) => (isAway ? Promise.reject(away[db.kind]) : db.write(work)),
    });
    const at = await anApp({ bench: bench(), breaking });
    const { voters, seal } = await anArmedElection(at.db);
    const { ballot } = await seal([0]);
    const answer = await at.visitor().cast(voters[0]!, ballot);
    expect(answer.headers.get('retry-after')).toMatch(/GMT$/);
    expect(await problemOf(answer)).toMatchObject({
      status: 503,
      reason: 'database-away',
      detail: expect.stringContaining('not recorded yet'),
    });
    expect(at.failures().at(-1)).toContain('The database does not answer.');
    isAway = false;
    expect((await at.visitor().cast(voters[0]!, ballot)).status).toBe(200);
  });
});

test('files are given without the database', async () => {
  const at = await anApp({ breaking: (db) => withoutTables(db, ['settings', 'sessions']) });
  for (const path of ['/icon.svg', '/assets/booth.0a1b.js'])
    expect([path, (await at.visitor().get(path)).status]).toEqual([path, 200]);
  expect((await at.visitor().get('/assets/nothing.0a1b.js')).status).toBe(500);
  expect((await (await anApp()).visitor().get('/assets/nothing.0a1b.js')).status).toBe(404);
});

test('the process is alive without its database, and ready only with it', async () => {
  const at = await anApp({ breaking: (db) => ({ ...db, ping: () => Promise.reject(new Error(message)) }) });
  const [alive, ready] = [await at.visitor().get('/livez'), await at.visitor().get('/readyz')];
  expect([alive.status, await alive.text()]).toEqual([200, 'ok\n']);
  expect([ready.status, await ready.text()]).toEqual([503, 'database\n']);
  const stopping = await anApp({ isReady: false });
  const answer = await stopping.visitor().get('/readyz');
  expect([answer.status, await answer.text()]).toEqual([503, 'stopping\n']);
  expect((await stopping.visitor().get('/livez')).status).toBe(200);
});
