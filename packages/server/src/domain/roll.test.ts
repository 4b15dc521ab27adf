import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anElection, vault } from '../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { readRoll, type RollFilter, searchWords } from './roll.ts';
import { addVoters } from './voters.ts';

const asked = (filter: Partial<RollFilter> = {}) => ({
  filter: { words: [], ...filter },
  order: 'name' as const,
  descending: false,
  page: 1,
});

onBothDatabases((bench) => {
  test('a search finds parts of name and address without accents and case, and takes % and _ as they are', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 0 });
    const names = ['Éluard', '100%', 'a_b', 'axb', 'O\\Neil'];
    await addVoters(
      db,
      vault,
      admin,
      id,
      names.map((lastName, n) => ({
        lastName,
        firstName: 'Zoé',
        email: `p${n}@example.org`,
        promotion: '',
        building: '',
      })),
    );
    const found = async (text: string) => {
      const { voters, matching } = await readRoll(db.reader, id, asked({ words: searchWords(text) }));
      expect(voters).toHaveLength(matching);
      return voters.map(({ last_name }) => last_name);
    };
    expect(await found('eluard')).toEqual(['Éluard']);
    expect(await found('ZOE p3@')).toEqual(['axb']);
    expect(await found('%')).toEqual(['100%']);
    expect(await found('a_b')).toEqual(['a_b']);
    expect(await found('o\\n')).toEqual(['O\\Neil']);
    expect(await found('nobody')).toEqual([]);
  });

  test('filters and orders agree with each other on both databases; a page that is not there is the nearest', async () => {
    const { db } = bench();
    const { id } = await anElectionIn(db, 'open');
    const ids = async (request: Parameters<typeof readRoll>[2]) =>
      (await readRoll(db.reader, id, request)).voters.map(({ last_name }) => last_name);
    expect(await ids(asked({ voted: true }))).toEqual(['Dupont0']);
    expect(await ids(asked({ voted: false }))).toEqual(['Dupont1', 'Dupont2']);
    expect(await ids(asked({ promotion: 'E1' }))).toEqual(['Dupont1']);
    expect(await ids(asked({ building: null }))).toEqual(['Dupont0', 'Dupont2']);
    expect(await ids(asked({ lockedAt: 1 }))).toEqual([]);
    for (const order of ['name', 'email', 'promotion'] as const)
      expect(await ids({ ...asked(), order, descending: true })).toEqual(['Dupont2', 'Dupont1', 'Dupont0']);
    expect(await readRoll(db.reader, id, { ...asked(), page: 99 })).toMatchObject({ page: 1, pages: 1, matching: 3 });
  });
});
