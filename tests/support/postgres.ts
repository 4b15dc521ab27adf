// A database of its own for a test file, on the PostgreSQL that postgres-setup.ts found or started.
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server on which test databases are made; its role may create databases. */
    postgresUrl: string;
    /** A database there with the tables of today, to be copied: migrations take a second, copying them does not. */
    postgresTemplate: string;
  }
}

export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** Creates an empty database. */
export const createTestDatabase = (): Promise<TestDatabase> => createDatabase(inject('postgresUrl'));

/** Creates a database with its tables. */
export const copyTestDatabase = (): Promise<TestDatabase> =>
  createDatabase(inject('postgresUrl'), ` TEMPLATE ${inject('postgresTemplate')}`);

/** `drop` also ends connections that a failed test left open. */
export async function createDatabase(server: string, template = ''): Promise<TestDatabase & { readonly name: string }> {
  const name = `votix_test_${randomBytes(8).toString('hex')}`;
  await execute(server, `CREATE DATABASE ${name}${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { name, url: url.href, drop: () => execute(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function execute(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
