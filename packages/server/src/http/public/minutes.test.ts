import { getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import type { Minutes } from '@votix/protocol';
import { textOf } from '../../../../../tests/support/answers.ts';
import { anApp, type TestApp } from '../../../../../tests/support/app.ts';
import { everyoneVotes } from '../../../../../tests/support/casts.ts';
import { onBothDatabases } from '../../../../../tests/support/databases.ts';
import { anArmedElection } from '../../../../../tests/support/elections.ts';
import { anElectionIn, close } from '../../../../../tests/support/phases.ts';
import { page as consolePage } from '../../../../../tests/support/routes/world.ts';

const files = ['result.json', 'result.csv', 'minutes.pdf?in=en', 'minutes.pdf?in=fr'];
const fetched = async (at: TestApp, path: string) => {
  const answer = await at.visitor().get(path);
  return { status: answer.status, answer, bytes: Buffer.from(await answer.arrayBuffer()) };
};

async function pdfText(bytes: Buffer): Promise<string> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  return pages.join(' ').replace(/\s+/g, ' ');
}

onBothDatabases((bench) => {
  test('fetched twice, every file is the same to the byte', async () => {
    const at = await anApp({ bench: bench() });
    const { id } = await anElectionIn(at.db, 'published');
    for (const file of files) {
      const [one, other] = [
        await fetched(at, `/elections/${id}/${file}`),
        await fetched(at, `/elections/${id}/${file}`),
      ];
      expect([file, one.status, one.bytes.equals(other.bytes)]).toEqual([file, 200, true]);
    }
    const another = await anApp({ bench: bench() }); // another process has drawn nothing before
    const path = `/elections/${id}/minutes.pdf?in=fr`;
    expect((await fetched(another, path)).bytes.equals((await fetched(at, path)).bytes)).toBe(true);
  });

  test('before the publication nobody outside has any of them, and the console’s say that they are provisional', async () => {
    const at = await anApp({ bench: bench() });
    const { id } = await anElectionIn(at.db, 'deliberated');
    for (const file of files) expect((await fetched(at, `/elections/${id}/${file}`)).status).toBe(404);
    const observer = await at.as('observer');
    const read = (await (await observer.get(consolePage(`${id}/minutes.json`))).json()) as Minutes;
    expect(read.status).toBe('provisional');
    expect(textOf(await (await observer.get(consolePage(`${id}/minutes`))).text())).toContain('Provisional:');
  });

  test('a box that stays closed and an abandoned election have public minutes without a count', async () => {
    const at = await anApp({ bench: bench() });
    const few = await anArmedElection(at.db, { voters: 5, minimumBallots: 5 });
    await everyoneVotes(at.db, { ...few, voters: few.voters.slice(0, 2) });
    await close(at.db, few.id);
    const abandoned = await anElectionIn(at.db, 'abandoned');
    for (const [id, told] of [
      [few.id, 'Urne non ouverte : elle contient moins de bulletins'],
      [abandoned.id, 'Urne non ouverte : l’élection a été abandonnée'],
    ] as const) {
      const { contests } = JSON.parse((await fetched(at, `/elections/${id}/result.json`)).bytes.toString()) as Minutes;
      expect(contests[0]?.candidates).toEqual([]);
      expect(await pdfText((await fetched(at, `/elections/${id}/minutes.pdf?in=fr`)).bytes)).toContain(told);
      expect(textOf(await (await at.visitor().get(`/elections/${id}`)).text())).toContain('Minutes (PDF, English)');
    }
  });

  test('PDF and JSON of a real election say the same', async () => {
    const at = await anApp({ bench: bench() });
    const { id } = await anElectionIn(at.db, 'published');
    const minutes = JSON.parse((await fetched(at, `/elections/${id}/result.json`)).bytes.toString()) as Minutes;
    const text = await pdfText((await fetched(at, `/elections/${id}/minutes.pdf?in=en`)).bytes);
    for (const wanted of [minutes.name, minutes.fingerprint, minutes.boxHash!, minutes.audit!.hash, 'Votix 0.0.0'])
      expect(text).toContain(wanted);
    for (const { rank, name, votes, ofValid, ofRoll } of minutes.contests[0]!.candidates)
      expect(text).toContain(`${rank} ${name} ${votes} ${ofValid}% ${ofRoll}%`);
  });

  test('a file in the other language leaves the language of the pages alone', async () => {
    const at = await anApp({ bench: bench() });
    const { id } = await anElectionIn(at.db, 'published');
    const { answer } = await fetched(at, `/elections/${id}/minutes.pdf?in=fr`);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('content-disposition')).toBe(`inline; filename="votix-minutes-${id}.fr.pdf"`);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
  });
});
