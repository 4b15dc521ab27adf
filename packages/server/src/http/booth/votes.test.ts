// What a personal link opens: the booth, or the door that says why not, in both languages, with whom to ask.

import { expect, test } from 'vitest';
import { bannedWords, dataOf, internals, problemOf, textOf } from '../../../../../tests/support/answers.ts';
import { anApp, oneDatabase, organisation, type TestApp } from '../../../../../tests/support/app.ts';
import { anArmedElection, anElection, armingOf, hour, votersOf } from '../../../../../tests/support/elections.ts';
import { anElectionIn, close, replaceLink } from '../../../../../tests/support/phases.ts';
import { nobodys } from '../../../../../tests/support/routes/world.ts';
import { french } from '../../../../../tests/support/visitors.ts';

const bench = oneDatabase();

interface Door {
  readonly status: number;
  readonly en: RegExp;
  readonly fr: RegExp;
  /** It tells a day, a moment, or neither. */
  readonly tells: 'moment' | 'day' | 'nothing';
  readonly link: (at: TestApp) => Promise<string>;
}

async function aLockedLink(at: TestApp): Promise<string> {
  const { voters, seal } = await anArmedElection(at.db);
  const { ballot } = await seal([0]);
  const { link, code } = voters[0]!;
  for (let n = 1; n <= 5; n++)
    await at.visitor().cast({ link, code: String((Number(code) + n) % 10_000).padStart(4, '0') }, ballot);
  return link;
}

async function aReplacedLink(at: TestApp): Promise<string> {
  const { voters } = await anArmedElection(at.db);
  await replaceLink(at.db, voters[0]!.id);
  return voters[0]!.link;
}

async function aLateLink(at: TestApp): Promise<string> {
  const { id, voters } = await anArmedElection(at.db);
  await close(at.db, id);
  return voters[0]!.link;
}

const doors: Readonly<Record<string, Door>> = {
  'too early': {
    status: 403,
    en: /Voting is not open yet/,
    fr: /Le vote n’est pas encore ouvert/,
    tells: 'moment',
    link: async ({ db }) =>
      (
        await anArmedElection(db, {
          opensIn: hour,
          closesIn: 2 * hour,
        })
      ).voters[0]!.link,
  },
  'not armed': {
    status: 403,
    en: /Voting is not open yet/,
    fr: /Le vote n’est pas encore ouvert/,
    tells: 'moment',
    link: async ({ db }) => (await votersOf(db, await anElection(db)))[0]!.link,
  },
  'too late': { status: 403, en: /Voting is closed/, fr: /Le vote est clos/, tells: 'moment', link: aLateLink },
  'already voted': {
    status: 200,
    en: /You have voted/,
    fr: /Vous avez voté/,
    tells: 'day',
    link: async ({ db }) => (await anElectionIn(db, 'open')).voters[0]!.link,
  },
  'already voted, after the end': {
    status: 200,
    en: /You have voted/,
    fr: /Vous avez voté/,
    tells: 'day',
    link: async ({ db }) => (await anElectionIn(db, 'published')).voters[0]!.link,
  },
  unknown: {
    status: 404,
    en: /not known here/,
    fr: /n’est pas reconnu/,
    tells: 'nothing',
    link: () => Promise.resolve(nobodys),
  },
  'cut short': {
    status: 404,
    en: /not known here/,
    fr: /n’est pas reconnu/,
    tells: 'nothing',
    link: () => Promise.resolve('0b9c'),
  },
  replaced: { status: 410, en: /has been replaced/, fr: /a été remplacé/, tells: 'moment', link: aReplacedLink },
  'replaced, after the end': {
    status: 403,
    en: /Voting is closed/,
    fr: /Le vote est clos/,
    tells: 'moment',
    link: async ({ db }) => {
      const { voters } = await anElectionIn(db, 'published');
      await replaceLink(db, voters[0]!.id); // of who has voted: a dead link does not tell
      return voters[0]!.link;
    },
  },
  'code locked': {
    status: 429,
    en: /Your code is paused/,
    fr: /Votre code est suspendu/,
    tells: 'moment',
    link: aLockedLink,
  },
};

const moment = /\d{1,2} \p{L}+ \d{4} (at\s\d\d:\d\d|à\s\d+\sh\s\d\d) \(.*(time|heure|Time).*\)/u;
const anyClock = /\d:\d\d|\d\sh\s\d/;

test.each(Object.entries(doors))('the door "%s" says why, until when and whom to ask', async (_kind, door) => {
  const at = await anApp({ bench: bench() });
  const link = await door.link(at);
  for (const [language, headers] of [
    ['en', {}],
    ['fr', french],
  ] as const) {
    const answer = await at.visitor().get(`/vote/${link}`, headers);
    const page = await answer.text();
    expect([answer.status, page]).toEqual([door.status, expect.stringContaining(`<html lang="${language}"`)]);
    const read = textOf(page);
    expect(read).toMatch(door[language]);
    expect(read).toContain(organisation.contactName);
    expect(read).toContain(organisation.contactEmail);
    expect(read).not.toMatch(bannedWords[language]);
    expect(read).not.toMatch(internals);
    if (door.tells === 'moment') expect(read).toMatch(moment);
    else expect(read).not.toMatch(anyClock);
    if (door.tells === 'day') expect(read).toMatch(/\d{1,2} \p{L}+ \d{4}/u);
  }
});

test('the door of who has voted shows no candidate, no receipt and no code', async () => {
  const at = await anApp({ bench: bench() });
  const { voters } = await anElectionIn(at.db, 'open');
  const page = textOf(await (await at.visitor().get(`/vote/${voters[0]!.link}`)).text());
  const { receipt } = await at.db.reader.selectFrom('ballots').select('receipt').limit(1).executeTakeFirstOrThrow();
  for (const secret of ['Ada', 'Blaise', 'Chloé', receipt, receipt.slice(0, 4), voters[0]!.key])
    expect(page).not.toContain(secret);
});

test('the booth is given the frozen definition and nothing about its voter', async () => {
  const at = await anApp({ bench: bench() });
  const { voters, context } = await anArmedElection(at.db);
  const page = await (await at.visitor().get(`/vote/${voters[0]!.link.toUpperCase()}`)).text();
  const data = dataOf(page, 'booth');
  expect(data).toMatchObject({ locale: 'en', castUrl: `/api/vote/${voters[0]!.link}` });
  expect(JSON.parse(data['definition'] ?? '')).toEqual(context.definition);
  for (const secret of [voters[0]!.code, voters[0]!.key, 'Dupont', 'Alice', 'alice0@example.org', voters[0]!.id])
    expect([secret, page.includes(secret)]).toEqual([secret, false]);
});

test('a link speaks the language of its voter’s mails until the visitor chooses one, the answer to a cast as well', async () => {
  const at = await anApp({ bench: bench() });
  const { voters, seal } = await anArmedElection(at.db);
  const [bilingual, plain] = voters as [(typeof voters)[0], (typeof voters)[0]];
  await at.db.write(async (tx) => {
    await tx.updateTable('voters').set({ language: 'fr' }).where('id', '=', bilingual.id).execute();
  });
  const english = { 'accept-language': 'en' };
  const spoken = async (link: string, headers: Record<string, string>, query = '') =>
    /<html lang="(..)"/.exec(await (await at.visitor().get(`/vote/${link}${query}`, headers)).text())?.[1];
  expect(await spoken(bilingual.link, english)).toBe('fr');
  expect(await spoken(plain.link, english)).toBe('en');
  expect(await spoken(bilingual.link, { cookie: 'votix_language=en' })).toBe('en');
  expect(await spoken(bilingual.link, {}, '?lang=en')).toBe('en');
  expect((await at.visitor().get(`/vote/${bilingual.link}`, english)).headers.get('set-cookie')).toBeNull();
  const { ballot } = await seal([0]);
  await at.visitor().cast(bilingual, ballot, { 'accept-language': 'fr' }); // as the booth asks for it
  expect(await spoken(bilingual.link, english)).toBe('fr');
});

test('the storage key of a link is its own and does not tell the link', async () => {
  const at = await anApp({ bench: bench() });
  const { voters } = await anArmedElection(at.db);
  const keyOf = async (link: string) =>
    dataOf(await (await at.visitor().get(`/vote/${link}`)).text(), 'booth')['storageKey']!;
  const keys = await Promise.all(voters.map(({ link }) => keyOf(link)));
  expect(new Set(keys).size).toBe(voters.length);
  expect(keys[0]).toBe(await keyOf(voters[0]!.link));
  expect(keys.join()).not.toContain(voters[0]!.link.slice(0, 8));
});

test.each(['http://vote.example.org', 'http://192.168.1.5:5000'])(
  'at %s nobody votes and nothing is armed, and both are told why',
  async (baseUrl) => {
    const at = await anApp({ baseUrl });
    const [draft, admin] = [await anElection(at.db), await at.admin()];
    const { voters } = await anArmedElection(at.db);
    for (const [headers, words] of [
      [{}, /cannot vote at this address/],
      [french, /On ne peut pas voter à cette adresse/],
    ] as const) {
      const booth = await at.visitor().get(`/vote/${voters[0]!.link}`, headers);
      const page = await booth.text();
      expect([booth.status, textOf(page)]).toEqual([403, expect.stringMatching(words)]);
      expect(page).toContain(organisation.contactEmail);
      expect(page).not.toContain('booth-data');
    }
    const page = textOf(await (await admin.get(`/console/elections/${draft}/arm`)).text());
    expect(page).toMatch(/https:\/\//);
    const { definition: _, secure: __, ...arming } = await armingOf(at.db, draft);
    const armed = await problemOf(await admin.json(`/api/elections/${draft}/arm`, arming));
    expect(armed).toMatchObject({ status: 409, reason: 'election-not-ready' });
  },
);

test.each(['http://localhost:5000', 'http://127.0.0.1:5000', 'http://[::1]:5000', 'https://vote.example.org'])(
  'at %s one votes and arms',
  async (baseUrl) => {
    const at = await anApp({ baseUrl });
    const [draft, admin] = [await anElection(at.db), await at.admin()];
    const { voters } = await anArmedElection(at.db);
    expect((await at.visitor().get(`/vote/${voters[0]!.link}`)).status).toBe(200);
    const { definition: _, secure: __, ...arming } = await armingOf(at.db, draft);
    expect((await admin.json(`/api/elections/${draft}/arm`, arming)).status).toBe(200);
  },
);

test('a link with a slash at its end is the same link, and no other path is', async () => {
  const at = await anApp({ bench: bench() });
  const { voters } = await anElectionIn(at.db, 'open');
  const path = `/vote/${voters[1]!.link}`;
  expect((await at.visitor().get(`${path}/`)).status).toBe(200);
  for (const other of [`${path}//`, `${path}/x`, '/vote/', '/login/'])
    expect([other, (await at.visitor().get(other)).status]).toEqual([other, 404]);
});
