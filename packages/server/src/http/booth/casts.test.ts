// Casting over HTTP on both databases: who may, when, how often. After each answer ballots = signatures = counter.

import { expect, test } from 'vitest';
import { problemOf } from '../../../../../tests/support/answers.ts';
import { anApp, organisation } from '../../../../../tests/support/app.ts';
import { counts, same } from '../../../../../tests/support/casts.ts';
import { onBothDatabases } from '../../../../../tests/support/databases.ts';
import { anArmedElection, hour } from '../../../../../tests/support/elections.ts';
import { close, replaceLink } from '../../../../../tests/support/phases.ts';
import { aVerifiableElection } from '../../../../../tests/support/verifiable-elections.ts';
import { french } from '../../../../../tests/support/visitors.ts';
import { listBoardLines, readHead } from '../../domain/boards.ts';

const minute = 60_000;
const wrong = (code: string) => String((Number(code) + 1) % 10_000).padStart(4, '0');
const languages = [
  ['en', {}],
  ['fr', french],
] as const;

interface Recorded {
  readonly status: string;
  readonly receipt: string;
  readonly recordedAt: string;
}
const recorded = async (answer: Response) => {
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
  return (await answer.json()) as Recorded;
};

onBothDatabases((bench) => {
  test('a vote is recorded with its receipt and the moment in words, in the language of the voter', async () => {
    const at = await anApp({ bench: bench() });
    const { id, voters, seal } = await anArmedElection(at.db);
    for (const [index, [language, headers]] of languages.entries()) {
      const { ballot, receipt } = await seal([index]);
      const answer = await recorded(await at.visitor().cast(voters[index]!, ballot, headers));
      expect(answer).toEqual({ status: 'recorded', receipt, recordedAt: expect.any(String) });
      expect(answer.recordedAt).toMatch(
        language === 'en' ? / at\u00A0\d\d:\d\d \(.*time\)$/i : / à\u00A0\d+\u00A0h\u00A0\d\d \(heure/,
      );
    }
    expect(await counts(at.db, { id })).toEqual(same(2));
  });

  test('after a lost answer the same ballot gets the same receipt and the day only', async () => {
    const at = await anApp({ bench: bench() });
    const { id, voters, seal } = await anArmedElection(at.db);
    const { ballot, receipt } = await seal([0]);
    const first = await recorded(await at.visitor().cast(voters[0]!, ballot));
    for (const [language, headers] of languages) {
      const again = await recorded(await at.visitor().cast(voters[0]!, ballot, headers));
      expect(again).toMatchObject({ status: 'recorded', receipt: first.receipt });
      expect(again.receipt).toBe(receipt);
      expect(again.recordedAt).toMatch(/^\d+(er)? \p{L}+ \d{4}$/u);
      expect([language, again.recordedAt]).not.toEqual([language, first.recordedAt]);
    }
    expect(await counts(at.db, { id })).toEqual(same(1));
  });

  test.each(languages)(
    'another ballot after the vote and a copied ballot are refused (%s)',
    async (language, headers) => {
      const at = await anApp({ bench: bench() });
      const { id, voters, seal } = await anArmedElection(at.db);
      const { ballot, receipt } = await seal([0]);
      await at.visitor().cast(voters[0]!, ballot);
      const second = await problemOf(await at.visitor().cast(voters[0]!, (await seal([1])).ballot, headers), language);
      expect(second).toMatchObject({ status: 409, reason: 'already-voted' });
      expect(second.detail).toContain(organisation.contactEmail);
      expect(second.detail).not.toMatch(/\d:\d\d|\d\sh\s\d/); // the day only
      const copied = await problemOf(await at.visitor().cast(voters[1]!, ballot, headers), language);
      expect(copied).toMatchObject({ status: 409, reason: 'copied-ballot' });
      expect(JSON.stringify([second, copied])).not.toContain(receipt);
      expect(await counts(at.db, { id })).toEqual(same(1));
    },
  );

  test.each(languages)(
    'tries left are told, then the pause with its end and a header (%s)',
    async (language, headers) => {
      const at = await anApp({ bench: bench() });
      const { id, voters, seal } = await anArmedElection(at.db);
      const { ballot } = await seal([0]);
      const [voter, other] = [voters[0]!, voters[1]!];
      const bad = { ...voter, code: wrong(voter.code) };
      for (const triesLeft of [4, 3, 2, 1]) {
        const problem = await problemOf(await at.visitor().cast(bad, ballot, headers), language);
        expect(problem).toMatchObject({ status: 403, reason: 'wrong-code', triesLeft });
      }
      for (const tried of [bad, bad, voter]) {
        const answer = await at.visitor().cast(tried, ballot, headers);
        const waitMs = Date.parse(answer.headers.get('retry-after') ?? '') - (await at.db.now());
        expect(Math.round(waitMs / minute)).toBe(15);
        const locked = await problemOf(answer, language);
        expect(locked).toMatchObject({ status: 429, reason: 'code-locked' });
        expect(locked.detail).toContain(organisation.contactEmail);
      }
      expect(await counts(at.db, { id })).toEqual(same(0));
      await recorded(await at.visitor().cast(other, (await seal([1])).ballot));
      at.bench.clockOffsetMs = 15 * minute + 1000;
      await recorded(await at.visitor().cast(voter, ballot));
      expect(await counts(at.db, { id })).toEqual(same(2));
    },
  );

  test('codes that are no codes cost no try', async () => {
    const at = await anApp({ bench: bench() });
    const { id, voters, seal } = await anArmedElection(at.db);
    const { ballot } = await seal([0]);
    for (const code of ['', '123', '12345', 'abcd', '１２３４', "' OR 1=1"]) {
      const problem = await problemOf(await at.visitor().cast({ ...voters[0]!, code }, ballot));
      expect(problem).toMatchObject({ status: 400, reason: 'malformed-code' });
    }
    const typed = `${voters[0]!.code.slice(0, 2)}-${voters[0]!.code.slice(2)} `;
    await recorded(await at.visitor().cast({ ...voters[0]!, code: typed }, ballot));
    expect(await counts(at.db, { id })).toEqual(same(1));
  });

  test.each(languages)(
    'too early and too late say when, and a late repetition is still answered (%s)',
    async (language, headers) => {
      const at = await anApp({ bench: bench() });
      const { id, voters, seal } = await anArmedElection(at.db, { opensIn: 10 * minute, closesIn: 20 * minute });
      const [first, second] = [await seal([0]), await seal([1])];
      const early = await problemOf(await at.visitor().cast(voters[0]!, first.ballot, headers), language);
      expect(early).toMatchObject({ status: 403, reason: 'too-early', detail: expect.stringMatching(/\d{4}.*\d\d/) });
      at.bench.clockOffsetMs = 11 * minute;
      await recorded(await at.visitor().cast(voters[0]!, first.ballot));
      at.bench.clockOffsetMs = 20 * minute;
      const late = async () => problemOf(await at.visitor().cast(voters[1]!, second.ballot, headers), language);
      expect(await late()).toMatchObject({ status: 403, reason: 'too-late' });
      await close(at.db, id);
      expect(await late()).toMatchObject({ status: 403, reason: 'too-late' });
      expect(await recorded(await at.visitor().cast(voters[0]!, first.ballot))).toMatchObject({
        receipt: first.receipt,
      });
      expect(await counts(at.db, { id })).toEqual(same(1));
    },
  );

  test('fifty requests at once of one voter leave exactly one ballot, through two processes', async () => {
    const another = bench().kind === 'sqlite' ? bench() : { ...bench(), db: await bench().another() };
    const [here, there] = [await anApp({ bench: bench() }), await anApp({ bench: another })];
    const { id, voters, seal } = await anArmedElection(here.db);
    const ballots = await Promise.all(Array.from({ length: 50 }, () => seal([0])));
    const sent = ballots.map(({ ballot }, n) => (n % 2 ? here : there).visitor().cast(voters[0]!, ballot));
    const statuses = (await Promise.all(sent)).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, ...Array.from({ length: 49 }, () => 409)]);
    expect(await counts(here.db, { id })).toEqual(same(1));
  });

  test('in a verifiable election the answer names the head of the board that holds the ballot; so does a repetition', async () => {
    const at = await anApp({ bench: bench() });
    const { id, voters, seal } = await aVerifiableElection(at.db);
    const [first, second] = [seal(voters[0]!, [0]), seal(voters[1]!, [1])];
    const answer = await recorded(await at.visitor().cast(voters[0]!, first.ballot));
    expect(answer).toMatchObject({ receipt: first.receipt, head: await readHead(at.db.reader, id) });
    await recorded(await at.visitor().cast(voters[1]!, second.ballot));
    const again = await recorded(await at.visitor().cast(voters[0]!, first.ballot));
    expect(again).toMatchObject({ receipt: first.receipt, head: { height: 2 } });
    const lines = await listBoardLines(at.db.reader, id, { limit: 3, offset: 0 });
    expect(lines.map(({ receipt }) => receipt)).toEqual([second.receipt, first.receipt, null]);
    expect(answer).toMatchObject({ head: { height: 1, hash: lines[1]!.hash } });
  });

  test.each(languages)('a tracker is asked for in words that fit it (%s)', async (language, headers) => {
    const at = await anApp({ bench: bench() });
    const { id } = await aVerifiableElection(at.db);
    const ask = async (receipt: string) =>
      (
        await at.visitor().send('POST', `/elections/${id}/receipt`, { body: new URLSearchParams({ receipt }), headers })
      ).text();
    const [short, absent] = [await ask('abc'), await ask('A'.repeat(43))];
    expect(short).toContain(language === 'en' ? 'it has 43 letters' : 'il compte 43 lettres');
    expect(absent).toContain(language === 'en' ? 'Compare each character' : 'Comparez chaque caractère');
    expect(short + absent).not.toMatch(/groups? of four|groupes? de quatre/);
  });

  test('fifty repetitions at once of one ballot get fifty times the same receipt', async () => {
    const at = await anApp({ bench: bench() });
    const { id, voters, seal } = await anArmedElection(at.db);
    const { ballot, receipt } = await seal([0]);
    const answers = await Promise.all(Array.from({ length: 50 }, () => at.visitor().cast(voters[0]!, ballot)));
    for (const answer of answers) expect(await recorded(answer)).toMatchObject({ receipt });
    expect(await counts(at.db, { id })).toEqual(same(1));
  });

  test.each(languages)(
    'an unknown link, a replaced one and one of a draft record nothing (%s)',
    async (language, headers) => {
      const at = await anApp({ bench: bench() });
      const { id, voters, seal } = await anArmedElection(at.db, { closesIn: 3 * hour });
      const { ballot } = await seal([0]);
      for (const link of ['00000000-0000-4000-8000-000000000000', 'x', '%20', `${voters[0]!.link}x`, '..%2f..']) {
        const unknown = await at.visitor().cast({ ...voters[0]!, link }, ballot, headers);
        expect(await problemOf(unknown, language)).toMatchObject({ status: 404, reason: 'unknown-link' });
      }
      await replaceLink(at.db, voters[0]!.id);
      const replaced = await at.visitor().cast(voters[0]!, ballot, headers);
      expect(await problemOf(replaced, language)).toMatchObject({ status: 410, reason: 'replaced-link' });
      expect(await counts(at.db, { id })).toEqual(same(0));
    },
  );
});
