// A mail of a rehearsal says so first, in both of its forms and in its subject, whatever somebody has written; and none goes
// out without the code that it is for.

import { expect, test } from 'vitest';
import { organisation } from '../../../../tests/support/app.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anElection, vault } from '../../../../tests/support/elections.ts';
import { aRegisteredElection } from '../../../../tests/support/registrars.ts';
import { rehearse } from '../../../../tests/support/rehearsals.ts';
import { aVerifiableElection, testKeys } from '../../../../tests/support/verifiable-elections.ts';
import { saveMailText } from '../domain/mail-texts.ts';
import { readTestVoters } from '../domain/rehearsals.ts';
import { composeLetter } from './compose.ts';
import { lettersFor } from './letters.ts';

onBothDatabases((bench) => {
  test('in the language of the reader, and never on a mail of a real election', async () => {
    const { db } = bench();
    const draft = await anElection(db);
    const place = { electionId: draft, kind: 'invitation', locale: 'fr' } as const;
    const text = { subject: 'Votez', body: 'Bonjour.' };
    expect(await saveMailText(db, admin, place, { text, channel: 'same-mail' })).toMatchObject({ ok: true });
    const id = await rehearse(db, draft);
    const [test] = await readTestVoters(db, vault, admin, id);
    const real = await db.reader.selectFrom('voters').select('id').where('election_id', '=', draft).executeTakeFirst();
    const letter = async (voterId: string) => {
      const sources = {
        db,
        vault,
        credentialKeys: testKeys,
        organisation: { ...organisation, language: 'fr' },
      } as const;
      const order = { id: voterId, voter_id: voterId, kind: 'invitation' } as const;
      const [written] = await lettersFor(sources, [order], await db.now());
      if (!written?.ok) throw new Error(written?.reason);
      return composeLetter(written.letter);
    };
    const { subject, plain, html } = await letter(test!.id);
    expect(subject).toBe('[TEST] Votez');
    expect(plain).toMatch(
      /^Amicale des Jonquilles\n\nTEST\u00a0: ce courriel fait partie d’une répétition\.[^\n]+\n\nBonjour\.\n$/,
    );
    expect(html).toMatch(/<p [^>]+>TEST\u00a0: ce courriel[^<]+<\/p>\n<p [^>]+>Bonjour\.<\/p>/);
    expect(await letter(real!.id)).toMatchObject({ subject: 'Votez', plain: 'Amicale des Jonquilles\n\nBonjour.\n' });
  });

  test('a process without the key of waiting codes writes no mail without them', async () => {
    const { db } = bench();
    const { voters } = await aVerifiableElection(db, { voters: 1 });
    const elsewhere = { ...testKeys, find: () => Promise.resolve(undefined) };
    const write = (credentialKeys: typeof testKeys) =>
      db.now().then((now) => {
        const order = { id: 'x', voter_id: voters[0]!.id, kind: 'link' } as const;
        return lettersFor({ db, vault, credentialKeys, organisation }, [order], now);
      });
    await expect(write(elsewhere)).rejects.toThrow('credential-keys');
    const [written] = await write(testKeys);
    expect(written?.ok && composeLetter(written.letter).plain).toContain(voters[0]!.credential);
  });

  test('where a registrar made the voter codes, each way in says that the code comes by letter, and never holds it', async () => {
    const { db } = bench();
    const { voters } = await aRegisteredElection(db, { voters: 1 });
    const voter = voters[0]!;
    const write = async (kind: 'invitation' | 'link' | 'code' | 'reminder') => {
      const sources = { db, vault, credentialKeys: testKeys, organisation };
      const [written] = await lettersFor(sources, [{ id: kind, voter_id: voter.id, kind }], await db.now());
      return written?.ok ? composeLetter(written.letter) : undefined;
    };
    for (const kind of ['link', 'code', 'reminder'] as const) {
      const { plain, html } = (await write(kind))!;
      expect(plain).toContain('voter code of your letter from Rosa Registrar');
      expect(html).toMatch(/<p class="notice"[^>]+>You also need the voter code of your letter from Rosa Registrar/);
      expect(plain + html).not.toContain(voter.credential);
    }
    const { voters: others } = await aVerifiableElection(db, { voters: 1 });
    const order = { id: 'x', voter_id: others[0]!.id, kind: 'link' } as const;
    const [written] = await lettersFor({ db, vault, credentialKeys: testKeys, organisation }, [order], await db.now());
    expect(written?.ok && composeLetter(written.letter).plain).not.toContain('letter from');
  });
});
