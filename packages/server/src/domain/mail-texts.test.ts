import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anElection } from '../../../../tests/support/elections.ts';
import { listVersions, saveMailText } from './mail-texts.ts';

const saving = (body: string) => ({ text: { subject: 'Your vote', body }, channel: 'paper' }) as const;

onBothDatabases((bench) => {
  test('texts that are saved at the same moment, by two processes, are versions one after the other', async () => {
    const at = bench();
    const [here, there] = [at.db, await at.another()];
    const place = { electionId: await anElection(here), kind: 'link', locale: 'en' } as const;
    const saved = await Promise.all(
      [here, there, here, there].map((db, n) => saveMailText(db, admin, place, saving(`${n}: {link}`))),
    );
    expect(new Set(saved.map((one) => one.ok && one.version))).toEqual(new Set([1, 2, 3, 4]));
    expect((await listVersions(here.reader, place)).map(({ version }) => version)).toEqual([4, 3, 2, 1]);
  });

  test('an election that is not there has no texts', async () => {
    const place = { electionId: 'nothing', kind: 'link', locale: 'en' } as const;
    const refused = { ok: false, reason: 'unknown-election' };
    expect(await saveMailText(bench().db, admin, place, saving('{link}'))).toEqual(refused);
  });
});
