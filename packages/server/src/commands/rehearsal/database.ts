// A database for one rehearsal: a new SQLite file, or a new database on the PostgreSQL that was named. Nothing that holds
// data is ever touched, and nothing stays behind.

import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client, DatabaseError } from 'pg';
import type { DatabaseAddress } from '../../storage/database.ts';

export type Throwaway =
  | { readonly ok: true; readonly address: DatabaseAddress; readonly remove: () => Promise<void> }
  | { readonly ok: false; readonly reason: 'no-database' | 'database-not-empty'; readonly sentence: string };

const mayNotCreate = '42501';

/** Without a wish, a SQLite file in the folder. */
export async function throwawayDatabase(wish: string | undefined, folder: string): Promise<Throwaway> {
  if (wish === undefined) return newFile(join(folder, 'rehearsal.sqlite'));
  if (/^sqlite:./.test(wish)) return newFile(resolve(wish.slice('sqlite:'.length)));
  if (!/^postgres(ql)?:\/\//.test(wish) || !URL.canParse(wish))
    return {
      ok: false,
      reason: 'no-database',
      sentence: 'This is no address of a database; for example postgres://votix:password@localhost:5432/votix.',
    };
  return newDatabase(wish);
}

function newFile(path: string): Throwaway {
  if (existsSync(path)) return notEmpty('This file exists already.');
  const remove = () => {
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
    return Promise.resolve();
  };
  return { ok: true, address: { kind: 'sqlite', path }, remove };
}

/** A database beside the named one; the named one itself where the role may not create any and it is empty. */
async function newDatabase(server: string): Promise<Throwaway> {
  const name = `votix_rehearsal_${randomBytes(6).toString('hex')}`;
  try {
    await execute(server, `CREATE DATABASE ${name}`);
  } catch (error) {
    if (error instanceof DatabaseError && error.code === mayNotCreate) return theEmpty(server);
    throw error;
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  const remove = async () => void (await execute(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  return { ok: true, address: { kind: 'postgres', url: url.href }, remove };
}

const listTables = `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = current_schema()`;

async function theEmpty(url: string): Promise<Throwaway> {
  if ((await execute(url, listTables)).length > 0)
    return notEmpty('The role may not create databases, and this one is not empty.');
  const remove = async () => {
    const names = (await execute(url, listTables)).map(({ name }) => name);
    if (names.length > 0) await execute(url, `DROP TABLE ${names.join(', ')} CASCADE`);
  };
  return { ok: true, address: { kind: 'postgres', url }, remove };
}

const notEmpty = (why: string): Throwaway => ({
  ok: false,
  reason: 'database-not-empty',
  sentence: `${why} This needs a database of its own; name another one.`,
});

async function execute(connectionString: string, statement: string): Promise<{ name: string }[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<{ name: string }>(statement)).rows;
  } finally {
    await client.end();
  }
}
