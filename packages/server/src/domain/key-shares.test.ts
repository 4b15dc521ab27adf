import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anElection, armingOf } from '../../../../tests/support/elections.ts';
import { findElection } from '../storage/elections.ts';
import { armElection } from './arming.ts';
import { keySharesSchema, storedKeyShares } from './key-shares.ts';

const hash = (n: number) => n.toString(16).padStart(64, '0');
const hashes = [1, 2, 3].map(hash);
const good = { holders: 3, needed: 2, hashes };

test.each([
  ['nothing', null],
  ['no holders', { ...good, holders: undefined }],
  ['one needed', { ...good, needed: 1 }],
  ['more needed than holders', { ...good, needed: 4 }],
  ['eleven holders', { holders: 11, needed: 2, hashes: Array.from({ length: 11 }, (_, n) => hash(n)) }],
  ['a hash missing', { ...good, hashes: hashes.slice(1) }],
  ['a hash twice', { ...good, hashes: [hash(1), hash(1), hash(2)] }],
  ['a hash in capitals', { ...good, hashes: [hash(10).toUpperCase(), hash(1), hash(2)] }],
  ['the shares themselves beside', { ...good, shares: ['secret'] }],
])('%s is no split of a passphrase', (_, value) => {
  expect(keySharesSchema.safeParse(value).success).toBe(false);
});

onBothDatabases((bench) => {
  test('arming keeps how the passphrase was split, and the audit log says among how many', async () => {
    const { db } = bench();
    const id = await anElection(db);
    const arming = await armingOf(db, id);
    const { definition: _, ...sent } = { ...arming, keyShares: good };
    expect(await armElection(db, admin, id, sent)).toEqual({ ok: true });
    expect(storedKeyShares((await findElection(db.reader, id))!)).toEqual(good);
    const entries = await db.reader.selectFrom('audit_log').selectAll().where('election_id', '=', id).execute();
    const details = JSON.parse(entries.find(({ action }) => action === 'election-armed')!.details) as unknown;
    expect(details).toMatchObject({ holders: 3, needed: 2 });
    expect(JSON.stringify(entries)).not.toContain(hash(1));
  });

  test('one passphrase leaves nothing about shares', async () => {
    const { db } = bench();
    const id = await anElection(db);
    const { definition: _, ...arming } = await armingOf(db, id);
    expect(await armElection(db, admin, id, arming)).toEqual({ ok: true });
    expect(storedKeyShares((await findElection(db.reader, id))!)).toBeUndefined();
  });
});
