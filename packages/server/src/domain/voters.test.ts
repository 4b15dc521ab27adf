import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anElection, vault, votersOf } from '../../../../tests/support/elections.ts';
import { listBuildings } from '../storage/buildings.ts';
import { readHolder, readTypedKey } from './links.ts';
import { openVault } from './vault.ts';
import { addVoters, countVoters, listVoters, nameKey, type VoterDraft } from './voters.ts';

const all = { limit: 1000, offset: 0 };
const voter = (n: number | string, change: Partial<VoterDraft> = {}): VoterDraft => ({
  lastName: `Name${n}`,
  firstName: 'First',
  email: `voter${n}@example.org`,
  promotion: '',
  building: '',
  ...change,
});

onBothDatabases((bench) => {
  test('each voter gets a link, a key to type and a code, all different', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 40 });
    const voters = await votersOf(db, id);
    expect(new Set(voters.map(({ link }) => link)).size).toBe(40);
    expect(new Set(voters.map(({ key }) => key)).size).toBe(40);
    expect(new Set(voters.map(({ code }) => code)).size).toBeGreaterThan(30);
    for (const { link, key, code } of voters) {
      expect(link).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(key).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
      expect(code).toMatch(/^\d{4}$/);
    }
  });

  test('the database holds no link, key or code in the clear, and no other secret knows them', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 5 });
    const stored = JSON.stringify([
      await db.reader.selectFrom('links').selectAll().execute(),
      await db.reader.selectFrom('voters').selectAll().execute(),
    ]);
    const codes = await db.reader.selectFrom('codes').select(['code_hash', 'salt']).execute();
    for (const { link, key, code } of await votersOf(db, id)) {
      expect(stored).not.toContain(link);
      expect(stored).not.toContain(key);
      for (const row of codes) expect([row.code_hash, row.salt]).not.toContain(code);
    }
    const [first] = await votersOf(db, id);
    expect(await readHolder(db.reader, openVault('a stolen database'), first!.link)).toEqual({
      ok: false,
      reason: 'unknown-link',
    });
  });

  test('a key is found as people type it, a wrong one is not', async () => {
    const { db } = bench();
    const [first] = await votersOf(db, await anElection(db));
    const { key, link } = first!;
    const typed = key
      .replace(/(.{4})/g, '$1-')
      .toLowerCase()
      .replaceAll('0', 'o')
      .replaceAll('1', 'l')
      .replaceAll('-', ' – ');
    expect(await readTypedKey(db.reader, vault, typed)).toEqual({ ok: true, link });
    expect(await readTypedKey(db.reader, vault, key.slice(1))).toEqual({ ok: false, reason: 'malformed-key' });
    const other = (key.startsWith('7') ? '8' : '7') + key.slice(1);
    expect(await readTypedKey(db.reader, vault, other)).toEqual({ ok: false, reason: 'unknown-key' });
    for (const text of ['', 'U'.repeat(16), `${key}0`, 'é'.repeat(16)])
      expect(await readTypedKey(db.reader, vault, text)).toEqual({ ok: false, reason: 'malformed-key' });
  });

  test('the same list again adds nobody and changes nothing', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 0 });
    const list = Array.from({ length: 450 }, (_, n) => voter(n));
    expect(await addVoters(db, admin, id, list)).toEqual({ ok: true, added: 450, known: 0 });
    const before = await votersOf(db, id);
    const again = [...list.map((row) => ({ ...row, email: row.email.toUpperCase(), lastName: 'X' })), voter('new')];
    expect(await addVoters(db, admin, id, again)).toEqual({ ok: true, added: 1, known: 450 });
    expect(await countVoters(db.reader, id)).toBe(451);
    expect((await votersOf(db, id)).filter(({ id: voterId }) => before.some((known) => known.id === voterId))).toEqual(
      before,
    );
  });

  test('the same list twice at once gives each voter one link and one code', async () => {
    const at = bench();
    const [here, there] = [at.db, await at.another()];
    const id = await anElection(here, { voters: 0 });
    const list = Array.from({ length: 60 }, (_, n) => voter(n, { building: 'Curie' }));
    const answers = await Promise.all([
      addVoters(here, admin, id, list),
      addVoters(there, admin, id, list.toReversed()),
    ]);
    expect(new Set(answers.map((answer) => (answer.ok ? answer.added : -1)))).toEqual(new Set([0, 60]));
    expect(await votersOf(here, id)).toHaveLength(60);
    const links = here.reader.selectFrom('links').innerJoin('voters', 'voters.id', 'links.voter_id');
    expect(await links.select('links.voter_id').where('election_id', '=', id).execute()).toHaveLength(60);
  });

  test('two lists of two elections at once may name the same new buildings', async () => {
    const at = bench();
    const [here, there] = [at.db, await at.another()];
    for (let round = 0; round < 10; round++) {
      const [one, two] = [await anElection(here, { voters: 0 }), await anElection(here, { voters: 0 })];
      const buildings = [`North ${round}`, `East ${round}`, `South ${round}`];
      const list = buildings.map((building, n) => voter(n, { building }));
      const answers = await Promise.all([
        addVoters(here, admin, one, list),
        addVoters(there, admin, two, list.toReversed()),
      ]);
      expect(answers).toEqual([
        { ok: true, added: 3, known: 0 },
        { ok: true, added: 3, known: 0 },
      ]);
      for (const id of [one, two])
        expect((await listVoters(here.reader, id, all)).map(({ building }) => building)).toEqual(buildings);
    }
  });

  test('a building is known by its name without accents and case', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 0 });
    await addVoters(db, admin, id, [voter(1, { building: 'Éiffel' }), voter(2, { building: 'EIFFEL' }), voter(3)]);
    const buildings = (await listBuildings(db.reader)).filter((building) => building.name_key === 'eiffel');
    expect(buildings).toMatchObject([{ name: 'Éiffel' }]);
    expect((await listVoters(db.reader, id, all)).map(({ building }) => building)).toEqual(['Éiffel', 'Éiffel', null]);
  });

  test('both databases sort names alike, accents and case aside', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 0 });
    const names = ['Zoé', 'Éluard', 'eluard', 'Ångström', 'van der Berg', 'Van Berg', "d'Alembert", 'Œuvre', 'D’Al'];
    await addVoters(
      db,
      admin,
      id,
      names.map((lastName, n) => voter(n, { lastName, firstName: `${9 - n}` })),
    );
    const sorted = (await listVoters(db.reader, id, all)).map((row) => row.last_name);
    expect(sorted).toEqual([
      'Ångström',
      "d'Alembert",
      'D’Al',
      'eluard',
      'Éluard',
      'Van Berg',
      'van der Berg',
      'Zoé',
      'Œuvre',
    ]);
  });

  test('a page of the roll is a piece of the whole', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 12 });
    const whole = await listVoters(db.reader, id, all);
    const pieces = [0, 5, 10].map((offset) => listVoters(db.reader, id, { limit: 5, offset }));
    expect((await Promise.all(pieces)).flat()).toEqual(whole);
  });

  test('what fails half-way adds nobody', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 0 });
    const tooLong = voter(2, { building: undefined as unknown as string });
    await expect(addVoters(db, admin, id, [voter(1), tooLong])).rejects.toThrow();
    expect(await countVoters(db.reader, id)).toBe(0);
  });
});

test('a name key has neither accents nor case', () => {
  expect(nameKey('Éluard ÅNGSTRÖM')).toBe('eluard angstrom');
});
