// Every page that somebody without a log-in can open, in every phase of an election and in both languages, read as a whole:
// no word of the trade, no trace of the machine, the right language, and whom to ask.

import { expect, test } from 'vitest';
import { bannedWords, internals, readableOf } from '../../../../tests/support/answers.ts';
import { anApp, oneDatabase, organisation, type TestApp } from '../../../../tests/support/app.ts';
import type { ArmedElection } from '../../../../tests/support/elections.ts';
import { anElectionIn, replaceLink } from '../../../../tests/support/phases.ts';
import { allRoutes } from '../../../../tests/support/routes/all.ts';
import { aWorld, nobodys } from '../../../../tests/support/routes/world.ts';
import { aVerifiableElection } from '../../../../tests/support/verifiable-elections.ts';
import type { Visitor } from '../../../../tests/support/visitors.ts';

const bench = oneDatabase();
const languages = ['en', 'fr'] as const;
type Language = (typeof languages)[number];

function speaking(at: TestApp, language: Language): Visitor {
  const visitor = at.visitor();
  visitor.cookies.set('votix_language', language);
  return visitor;
}

const isPage = (answer: Response): boolean => (answer.headers.get('content-type') ?? '').startsWith('text/html');

async function expectPlain(answer: Response, language: Language, what: string): Promise<string> {
  const page = await answer.text();
  expect([what, /<html lang="(..)"/.exec(page)?.[1]]).toEqual([what, language]);
  const read = readableOf(page);
  expect(bannedWords[language].exec(read)?.[0], what).toBeUndefined();
  expect(internals.exec(read)?.[0], what).toBeUndefined();
  return read;
}

const typed = ['POST /vote', 'POST /elections/:id/receipt', 'POST /login', 'POST /forgot-password'];
// What is sent as a file to keep is no page of the site.
const asked = Object.entries(allRoutes).filter(
  ([route, { door }]) =>
    door === 'public' &&
    (route.startsWith('GET') || typed.includes(route)) &&
    route !== 'GET /verify/votix-verify.html',
);

test.each(languages)(
  'whatever is open to everybody, asked rightly and wrongly, speaks plainly (%s)',
  async (language) => {
    const at = await anApp({ bench: bench(), organisation: { language } });
    let pages = 0;
    for (const [route, row] of asked) {
      const world = await aWorld(at, row);
      const acts = [
        ['as it should be', row.act] as const,
        ...(row.refused ?? []).map(([what, , act]) => [what, act] as const),
      ];
      for (const [what, act] of acts) {
        const answer = await act(speaking(at, language), world);
        if (!isPage(answer)) continue;
        await expectPlain(answer, language, `${route}, ${what}`);
        pages++;
      }
    }
    expect(pages).toBeGreaterThan(50);
  },
);

const phases = ['armed', 'open', 'closed', 'deliberated', 'published', 'abandoned', 'archived'] as const;

/** Of who has voted where one can have, of who has not, and of whose link was replaced. */
async function pathsOf(at: TestApp, { id, voters }: ArmedElection): Promise<string[]> {
  await replaceLink(at.db, voters[2]!.id);
  const links = voters.map(({ link }) => `/vote/${link}`);
  const ofElection = ['', '/receipts', '/board', '/record', '/minutes.pdf'].map((path) => `/elections/${id}${path}`);
  return [...links, ...ofElection, `/verify?election=${id}`, '/', '/vote', '/privacy', '/accessibility'];
}

test.each(phases)(
  'what a voter can open while an election is %s speaks plainly and says whom to ask',
  async (phase) => {
    const at = await anApp({ bench: bench() });
    const election = await anElectionIn(at.db, phase);
    const verifiable = phase === 'open' ? await aVerifiableElection(at.db) : undefined;
    const paths = [
      ...(await pathsOf(at, election)),
      ...(verifiable ? [`/elections/${verifiable.id}`, `/elections/${verifiable.id}/board`] : []),
      ...(verifiable ? verifiable.voters.map(({ link }) => `/vote/${link}`) : []),
      `/vote/${nobodys}`,
    ];
    for (const language of languages)
      for (const path of paths) {
        const answer = await speaking(at, language).get(path);
        if (!isPage(answer)) continue;
        const read = await expectPlain(answer, language, path);
        expect([path, read.includes(organisation.contactEmail)]).toEqual([path, true]);
      }
    expect(at.failures()).toEqual([]);
  },
);

test.each(languages)('a receipt, found, unknown and mistyped, is answered plainly (%s)', async (language) => {
  const at = await anApp({ bench: bench() });
  const { id } = await anElectionIn(at.db, 'published');
  const { receipt } = await at.db.reader
    .selectFrom('ballots')
    .select('receipt')
    .where('election_id', '=', id)
    .executeTakeFirstOrThrow();
  for (const typed of [receipt, receipt.toLowerCase(), '0'.repeat(32), 'ABCD', '']) {
    const answer = await speaking(at, language).post(`/elections/${id}/receipt`, { receipt: typed });
    await expectPlain(answer, language, `receipt ${typed}`);
  }
});
