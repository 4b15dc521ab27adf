// What is kept nowhere is the same again each time, for whoever has the secret and for nobody else.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { anElection, vault } from '../../../../tests/support/elections.ts';
import type { Database } from '../storage/database.ts';
import { listVoterIds } from '../storage/voters.ts';
import { boundCode, issueAccess, openAccesses, parseCode, parseKey, parseLink, readTypedKey } from './links.ts';
import { openVault } from './vault.ts';

test('links are random UUIDs, keys use their whole alphabet, codes all their digits', () => {
  const alphabets = Array.from({ length: 16 }, () => new Set<string>());
  const digits = Array.from({ length: 4 }, () => new Set<string>());
  const vaults = { ...vault, hash: (_: unknown, value: string) => value };
  for (let n = 0; n < 2000; n++) {
    const { link, code } = issueAccess(vaults, 'voter', n);
    expect(parseLink(link.link_hash)).toBe(link.link_hash);
    expect(parseKey(link.key_hash)).toBe(link.key_hash);
    for (const [index, letter] of link.key_hash.split('').entries()) alphabets[index]!.add(letter);
    const typed = code.code_hash.slice(boundCode('voter', '').length);
    expect(parseCode(typed)).toBe(typed);
    for (const [index, digit] of typed.split('').entries()) digits[index]!.add(digit);
  }
  expect(alphabets.map(({ size }) => size)).toEqual(Array.from({ length: 16 }, () => 32));
  expect(digits.map(({ size }) => size)).toEqual([10, 10, 10, 10]);
});

test('two voters, two issues and two secrets have nothing in common, and no row says what it stands for', () => {
  const other = openVault('another secret of thirty-two characters');
  const issued = [
    issueAccess(vault, 'one', 1),
    issueAccess(vault, 'one', 1),
    issueAccess(vault, 'two', 1),
    issueAccess(other, 'one', 1),
  ];
  for (const values of [
    issued.map(({ link }) => link.link_hash),
    issued.map(({ link }) => link.key_hash),
    issued.flatMap(({ link, code }) => [link.salt, code.salt]),
  ])
    expect(new Set(values).size).toBe(values.length);
});

onBothDatabases((bench) => {
  const swap = async (db: Database, table: 'links' | 'codes', [one, two]: readonly string[]) => {
    const rows = await db.reader.selectFrom(table).select(['voter_id', 'salt']).execute();
    const saltOf = new Map(rows.map(({ voter_id, salt }) => [voter_id, salt]));
    await db.write((tx) =>
      tx
        .updateTable(table)
        .set({ salt: saltOf.get(two!)! })
        .where('voter_id', '=', one!)
        .execute(),
    );
  };

  test.each(['links', 'codes'] as const)(
    'a salt that was exchanged in the %s of the database is told apart',
    async (table) => {
      const { db } = bench();
      const ids = await listVoterIds(db.reader, await anElection(db, { voters: 2 }));
      await swap(db, table, ids);
      await expect(openAccesses(db.reader, vault, [ids[0]!])).rejects.toThrow('is not the one that was issued');
      expect((await openAccesses(db.reader, vault, [ids[1]!])).size).toBe(1);
    },
  );

  test('another secret gives no link at all, rather than one that leads nowhere', async () => {
    const { db } = bench();
    const ids = await listVoterIds(db.reader, await anElection(db, { voters: 1 }));
    const stranger = openVault('another secret of thirty-two characters');
    await expect(openAccesses(db.reader, stranger, ids)).rejects.toThrow('is not the one that was issued');
  });

  test('what an older version sealed is opened as ever', async () => {
    const { db } = bench();
    const ids = await listVoterIds(db.reader, await anElection(db, { voters: 1 }));
    const id = ids[0]!;
    const [link, key, code] = [randomUUID(), '0123456789ABCDEF', '0042'];
    const sealed = await vault.seal('link', id, JSON.stringify([link, key]));
    const sealedCode = await vault.seal('code', id, code);
    const hashes = { link_hash: vault.hash('link', link), key_hash: vault.hash('key', key) };
    await db.write(async (tx) => {
      await tx
        .updateTable('links')
        .set({ ...hashes, salt: '', sealed })
        .where('voter_id', '=', id)
        .execute();
      const code_hash = vault.hash('code', boundCode(id, code));
      await tx
        .updateTable('codes')
        .set({ code_hash, salt: '', sealed: sealedCode })
        .where('voter_id', '=', id)
        .execute();
    });
    expect((await openAccesses(db.reader, vault, ids)).get(id)).toEqual({ link, key, code });
    expect(await readTypedKey(db.reader, vault, key)).toEqual({ ok: true, link });
  });
});
