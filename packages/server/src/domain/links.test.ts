// What is kept nowhere is the same again each time, for whoever has the secret and for nobody else.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anElection, vault } from '../../../../tests/support/elections.ts';
import { listVoterIds } from '../storage/voters.ts';
import {
  boundCode,
  issueCode,
  issueLink,
  openAccesses,
  parseCode,
  parseKey,
  parseLink,
  readTypedKey,
} from './links.ts';
import { openVault, type Vault } from './vault.ts';
import { replaceCode, replaceLink } from './voter-access.ts';

test('links are random UUIDs, keys use their whole alphabet, codes all their digits', () => {
  const alphabets = Array.from({ length: 16 }, () => new Set<string>());
  const digits = Array.from({ length: 4 }, () => new Set<string>());
  const vaults = { ...vault, hash: (_: unknown, value: string) => value };
  for (let n = 0; n < 2000; n++) {
    const [link, code] = [issueLink(vaults, 'voter', n), issueCode(vaults, 'voter')];
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
  const issue = (by: Vault, voterId: string) => ({ link: issueLink(by, voterId, 1), code: issueCode(by, voterId) });
  const issued = [issue(vault, 'one'), issue(vault, 'one'), issue(vault, 'two'), issue(other, 'one')];
  for (const values of [
    issued.map(({ link }) => link.link_hash),
    issued.map(({ link }) => link.key_hash),
    issued.flatMap(({ link, code }) => [link.salt, code.salt]),
  ])
    expect(new Set(values).size).toBe(values.length);
});

onBothDatabases((bench) => {
  test.each(['links', 'codes'] as const)(
    'a salt that was exchanged in the %s of the database is told apart',
    async (table) => {
      const { db } = bench();
      const ids = await listVoterIds(db.reader, await anElection(db, { voters: 2 }));
      await openAccesses(db, vault, ids);
      const salt = randomUUID();
      await db.write((tx) => tx.updateTable(table).set({ salt }).where('voter_id', '=', ids[0]!).execute());
      await expect(openAccesses(db, vault, [ids[0]!])).rejects.toThrow('is not the one that was issued');
      expect((await openAccesses(db, vault, [ids[1]!])).size).toBe(1);
    },
  );

  test('nobody has a way in before it is given; whoever asks first, and all at once, get the same one', async () => {
    const { db, another } = bench();
    const ids = await listVoterIds(db.reader, await anElection(db, { voters: 30 }));
    const rows = async () =>
      (await db.reader.selectFrom('links').select('voter_id').where('voter_id', 'in', ids).execute()).length;
    expect(await rows()).toBe(0);
    const here = await another();
    const [one, two] = await Promise.all([openAccesses(db, vault, ids), openAccesses(here, vault, ids.toReversed())]);
    expect(two).toEqual(one);
    expect([one.size, await rows()]).toEqual([30, 30]);
    expect(await openAccesses(db, vault, ['nobody'])).toEqual(new Map());
  });

  test('a link that is replaced before it was given, or while it is given, is the new one for everybody', async () => {
    const { db, another } = bench();
    const electionId = await anElection(db, { voters: 20 });
    const ids = await listVoterIds(db.reader, electionId);
    const here = await another();
    const replaced = ids.map((voterId) => replaceLink(here, vault, admin, { electionId, voterId, reason: '' }));
    const [, ...outcomes] = await Promise.all([openAccesses(db, vault, ids), ...replaced]);
    expect(outcomes).toEqual(ids.map(() => ({ ok: true })));
    const now = await openAccesses(db, vault, ids);
    const first = ids.map((id) => issueLink(vault, id, 1, 'first').link_hash);
    expect(ids.filter((id, index) => vault.isHash('link', now.get(id)!.link, first[index]!))).toEqual([]);
    await replaceCode(db, vault, admin, { electionId, voterId: ids[0]!, reason: '' });
    expect((await openAccesses(db, vault, ids)).size).toBe(20);
  });

  test('another secret gives no link at all, rather than one that leads nowhere', async () => {
    const { db } = bench();
    const ids = await listVoterIds(db.reader, await anElection(db, { voters: 1 }));
    const stranger = openVault('another secret of thirty-two characters');
    await openAccesses(db, vault, ids);
    await expect(openAccesses(db, stranger, ids)).rejects.toThrow('is not the one that was issued');
  });

  test('what an older version sealed is opened as ever', async () => {
    const { db } = bench();
    const ids = await listVoterIds(db.reader, await anElection(db, { voters: 1 }));
    const id = ids[0]!;
    const [link, key, code] = [randomUUID(), '0123456789ABCDEF', '0042'];
    await openAccesses(db, vault, ids);
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
    expect((await openAccesses(db, vault, ids)).get(id)).toEqual({ link, key, code });
    expect(await readTypedKey(db.reader, vault, key)).toEqual({ ok: true, link });
  });
});
