import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { anEmptyDatabase } from '../../../../tests/support/databases.ts';
import { type Database, openDatabase, type Writer } from './database.ts';
import { isPostgresAway, safeInteger } from './postgres.ts';
import { saveSetting } from './settings.ts';

async function aDatabase(onIdleError?: (error: Error) => void) {
  const { address, drop } = await anEmptyDatabase('postgres');
  onTestFinished(drop);
  const db = await openDatabase(address, onIdleError ? { onIdleError } : {});
  onTestFinished(() => db.close());
  return { db, address };
}

test.each(['0', '-1', '1796000000000', '9007199254740991', '-9007199254740991'])('%s is an integer', (text) => {
  expect(safeInteger(text)).toBe(Number(text));
});

test.each(['9007199254740992', '-9007199254740992', '9223372036854775807', 'x', '1.5'])('%s is refused', (text) => {
  expect(() => safeInteger(text)).toThrow(RangeError);
});

test('BIGINT comes back as a number, and one beyond 2^53 as an error', async () => {
  const { db } = await aDatabase();
  const select = (text: string) =>
    db.write((tx) => sql<{ n: number }>`SELECT ${sql.raw(text)}::bigint AS n`.execute(tx));
  expect((await select('9007199254740991')).rows).toEqual([{ n: 2 ** 53 - 1 }]);
  await expect(select('9007199254740992')).rejects.toThrow('beyond 2^53');
  await db.ping();
});

test('the order is bytewise, whatever the language of the server', async () => {
  const { db } = await aDatabase();
  for (const name of ['a', 'B', 'é', 'Z', 'z', '_', '0']) await db.write((tx) => saveSetting(tx, name, ''));
  const rows = await db.reader.selectFrom('settings').select('name').orderBy('name').execute();
  expect(rows.map(({ name }) => name)).toEqual(['0', 'B', 'Z', '_', 'a', 'z', 'é']);
});

test('the clock is the database’s, read anew inside a transaction', async () => {
  const { db } = await aDatabase();
  await db.write(async (tx) => {
    const first = await db.now(tx);
    await sql`SELECT pg_sleep(0.05)`.execute(tx);
    expect((await db.now(tx)) - first).toBeGreaterThanOrEqual(49);
  });
  expect(Number.isSafeInteger(await db.now())).toBe(true);
});

const pidOf = async (tx: Writer) =>
  (await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(tx)).rows[0]!.pid;

async function ended(db: Database, pid: number): Promise<void> {
  const alive = sql<{ pid: number }>`SELECT pid FROM pg_stat_activity WHERE pid = ${pid}`;
  await db.write((tx) => sql`SELECT pg_terminate_backend(${pid})`.execute(tx));
  while ((await db.write((tx) => alive.execute(tx))).rows.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 50)); // until this process has read the end of the connection
}

test('an idle connection that breaks is reported, and the next statement gets a new one', async () => {
  const errors: Error[] = [];
  const { db, address } = await aDatabase((error) => errors.push(error));
  const other = await openDatabase(address);
  onTestFinished(() => other.close());
  const pid = await db.write(pidOf);
  await ended(other, pid);
  expect(errors).toHaveLength(1);
  await db.ping();
});

test('a connection that breaks inside a transaction fails the transaction, not the process', async () => {
  const { db } = await aDatabase();
  const broken = db.write(async (tx) => {
    await saveSetting(tx, 'half', 'way');
    await ended(db, await pidOf(tx));
    await saveSetting(tx, 'the', 'rest');
  });
  await expect(broken).rejects.toThrow();
  expect(await db.reader.selectFrom('settings').selectAll().execute()).toEqual([]);
});

test('a connection that breaks, a server that is not there and one that only reads are told apart from mistakes', async () => {
  const { db, address } = await aDatabase();
  const broken = await db
    .write(async (tx) => {
      await ended(db, await pidOf(tx));
      await saveSetting(tx, 'a', '');
    })
    .catch((error: unknown) => error);
  expect(isPostgresAway(broken)).toBe(true);
  const nobody = await openDatabase({ kind: 'postgres', url: 'postgresql://votix@127.0.0.1:1/votix' }).catch(
    (error: unknown) => error,
  );
  expect(isPostgresAway(nobody)).toBe(true);
  const mistake = await db.write((tx) => sql`SELECT nothing`.execute(tx)).catch((error: unknown) => error);
  expect(isPostgresAway(mistake)).toBe(false);
  expect(address.kind).toBe('postgres');
});

test('a server that only follows another one is not ready', async () => {
  const { db, address } = await aDatabase();
  await db.ping();
  const follow = sql`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on',
    current_database()); END $$`;
  await db.write((tx) => follow.execute(tx));
  const { url } = address as { readonly url: string };
  const later = await openDatabase({ kind: 'postgres', url }).catch((error: unknown) => error as Error);
  if (later instanceof Error) throw later;
  onTestFinished(() => later.close());
  await expect(later.ping()).rejects.toThrow('only reads');
  expect(isPostgresAway(await later.write((tx) => saveSetting(tx, 'a', '')).catch((error: unknown) => error))).toBe(
    true,
  );
});

test('a transaction whose process stands still is ended, and so are connections to a machine that is gone', async () => {
  const { db } = await aDatabase();
  const settingOf = async (name: string) =>
    (await db.write((tx) => sql<{ value: string }>`SELECT current_setting(${name}) AS value`.execute(tx))).rows[0]!
      .value;
  expect(await settingOf('idle_in_transaction_session_timeout')).toBe('1min');
  expect(await settingOf('tcp_keepalives_idle')).toBe('10');
});
