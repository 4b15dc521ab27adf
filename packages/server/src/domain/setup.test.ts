import { afterEach, describe, expect, test } from 'vitest';
import { anEmptyDatabase, bothKinds } from '../../../../tests/support/databases.ts';
import { vault } from '../../../../tests/support/elections.ts';
import { insertAccount } from '../storage/accounts.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import { saveSetting } from '../storage/settings.ts';
import { logIn, prepareAccount } from './accounts.ts';
import { finishSetup, isSetupToken, issueSetupToken, readSetupDraft, saveSetupDraft } from './setup.ts';
import { checkSecret, readOrganisation } from './settings.ts';

const organisation = {
  organisation: 'Club',
  contactName: 'Ada',
  contactEmail: 'ada@example.org',
  retentionDays: 90,
  language: 'fr',
  zone: 'Europe/Paris',
  baseUrl: 'http://localhost:5000',
} as const;
const ada = { name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' };
const by = (administrator: typeof ada) => ({ administrator, given: {} });
const used = { ok: false, reason: 'setup-link-used' };

describe.each(bothKinds)('%s', (kind) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    while (closing.length > 0) await closing.pop()!();
  });

  /** A new instance, as one process or, on PostgreSQL, two see it. */
  async function anInstance(): Promise<[Database, Database]> {
    const { address, drop } = await anEmptyDatabase(kind);
    closing.push(drop);
    const db = await openDatabase(address);
    closing.push(() => db.close());
    if (kind === 'sqlite') return [db, db];
    const other = await openDatabase(address);
    closing.push(() => other.close());
    return [db, other];
  }

  const accounts = async (db: Database) => (await db.reader.selectFrom('accounts').selectAll().execute()).length;

  test('the link is shown once and makes one administrator', async () => {
    const [db] = await anInstance();
    const token = (await issueSetupToken(db, vault))!;
    expect(token).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect(await isSetupToken(db, token)).toBe(true);
    await saveSetupDraft(db, organisation);
    expect(await readSetupDraft(db)).toEqual(organisation);
    const done = await finishSetup(db, token, by(ada));
    expect(done).toMatchObject({ ok: true });
    expect(await readOrganisation(db.reader, {})).toEqual(organisation);
    const login = await logIn(db, vault, { ...ada, address: '::1' });
    expect(login).toMatchObject({ ok: true, account: { id: done.ok && done.accountId, role: 'admin' } });
  });

  test('afterwards no link is valid and none is given', async () => {
    const [db] = await anInstance();
    const token = (await issueSetupToken(db, vault))!;
    await saveSetupDraft(db, organisation);
    await finishSetup(db, token, by(ada));
    expect(await isSetupToken(db, token)).toBe(false);
    expect(await finishSetup(db, token, by({ ...ada, email: 'eve@example.org' }))).toEqual(used);
    expect(await issueSetupToken(db, vault)).toBeUndefined();
    expect(await readSetupDraft(db)).toBeUndefined();
    await saveSetupDraft(db, { ...organisation, organisation: 'Eve' });
    expect(await finishSetup(db, token, by({ ...ada, email: 'eve@example.org' }))).toEqual(used);
    expect(await accounts(db)).toBe(1);
  });

  test('the database does not hold the token', async () => {
    const [db] = await anInstance();
    const token = (await issueSetupToken(db, vault))!;
    expect(JSON.stringify(await db.reader.selectFrom('settings').selectAll().execute())).not.toContain(token);
  });

  test('every process that starts gives the same link, on a database of its own another one', async () => {
    const [here, there] = await anInstance();
    const [elsewhere] = await anInstance();
    const tokens = await Promise.all([here, there, here, there].map((db) => issueSetupToken(db, vault)));
    expect(new Set(tokens).size).toBe(1);
    expect(await issueSetupToken(elsewhere, vault)).not.toBe(tokens[0]);
    await saveSetupDraft(here, organisation);
    expect(await finishSetup(there, tokens[0]!, by(ada))).toMatchObject({ ok: true });
    expect(await finishSetup(here, tokens[1]!, by(ada))).toEqual(used);
  });

  test('a wrong token, and a finish without the first page, leave nothing behind', async () => {
    const [db] = await anInstance();
    const token = (await issueSetupToken(db, vault))!;
    expect(await finishSetup(db, token, by(ada))).toEqual(used);
    await saveSetupDraft(db, organisation);
    for (const wrong of ['', 'x', token.toLowerCase(), `${token}x`]) {
      expect(await isSetupToken(db, wrong)).toBe(false);
      expect(await finishSetup(db, wrong, by(ada))).toEqual(used);
    }
    expect(await accounts(db)).toBe(0);
    expect(await readOrganisation(db.reader, {})).toBeUndefined();
    expect(await isSetupToken(db, token)).toBe(true);
  });

  test('of ten that finish at once, one wins', async () => {
    const [here, there] = await anInstance();
    const token = (await issueSetupToken(here, vault))!;
    await saveSetupDraft(here, organisation);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        finishSetup(n % 2 ? here : there, token, by({ ...ada, email: `ada${n}@example.org` })),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 9 }, () => used));
    expect(await accounts(here)).toBe(1);
  });

  test('what fails half-way leaves the link as it was', async () => {
    const [db] = await anInstance();
    const token = (await issueSetupToken(db, vault))!;
    await db.write((tx) => saveSetting(tx, 'setup-draft', '{}'));
    await expect(finishSetup(db, token, by(ada))).rejects.toThrow();
    expect(await accounts(db)).toBe(0);
    await saveSetupDraft(db, organisation);
    expect(await finishSetup(db, token, by(ada))).toMatchObject({ ok: true });
  });

  test('the address of an account from the command line is known, and another one goes on with the same link', async () => {
    const [db] = await anInstance();
    const token = (await issueSetupToken(db, vault))!;
    await saveSetupDraft(db, organisation);
    await db.write(async (tx) => insertAccount(tx, await prepareAccount(ada, 'technician', 0)));
    const known = { ok: false, reason: 'known-email' };
    expect(await finishSetup(db, token, by({ ...ada, email: 'ADA@example.org' }))).toEqual(known);
    expect(await finishSetup(db, 'x', by(ada))).toEqual(used);
    expect([await accounts(db), await readOrganisation(db.reader, {})]).toEqual([1, undefined]);
    expect(await finishSetup(db, token, by({ ...ada, email: 'other@example.org' }))).toMatchObject({ ok: true });
  });

  test('another secret than the first is refused, on the first start of two processes too', async () => {
    const [here, there] = await anInstance();
    const answers = await Promise.all([checkSecret(here, 'a'), checkSecret(there, 'b'), checkSecret(here, 'a')]);
    const [a, b] = [answers[0].ok, answers[1].ok];
    expect(a).not.toBe(b);
    expect(answers[2].ok).toBe(a);
    for (const db of [here, there]) {
      expect(await checkSecret(db, 'a')).toEqual({ ok: a });
      expect(await checkSecret(db, 'b')).toEqual({ ok: b });
      expect(await checkSecret(db, 'c')).toEqual({ ok: false });
    }
  });
});
