// Vitest's global set-up of the server project: the PostgreSQL of TEST_DATABASE_URL, else one of our own for this run, with a
// database to copy.
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../packages/server/src/storage/database.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { createDatabase } from './postgres.ts';

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  const server = given ? { url: given, stop: () => Promise.resolve() } : await startEmbeddedPostgres();
  const template = await createDatabase(server.url);
  const db = await openDatabase({ kind: 'postgres', url: template.url });
  await db.close();
  project.provide('postgresUrl', server.url);
  project.provide('postgresTemplate', template.name);
  return async () => {
    await template.drop();
    await server.stop();
  };
}
