// What voters and visitors see: front door, election, doors, booth, and a refusal.
import { type Contest, encodeDefinition } from '@votix/protocol';
import { clientMessages } from '../../packages/server/src/messages/translate.ts';
import { boothPage } from '../../packages/server/src/views/booth.ts';
import { demoMailPage, demoMailsPage, type DemoMailView } from '../../packages/server/src/views/demo-mails.ts';
import { demoPage } from '../../packages/server/src/views/demo.ts';
import { doorPage, type DoorKind } from '../../packages/server/src/views/door.ts';
import { electionPage, type ElectionView } from '../../packages/server/src/views/election.ts';
import { homePage } from '../../packages/server/src/views/home.ts';
import { logoPath } from '../../packages/server/src/views/logo.ts';
import type { Html, Page } from '../../packages/server/src/views/page.ts';
import { problemPage } from '../../packages/server/src/views/problem.ts';
import { receiptsPage } from '../../packages/server/src/views/receipts.ts';
import { contestSentences, electionSentences } from '../../packages/server/src/views/rules.ts';
import { typedKeyPage } from '../../packages/server/src/views/vote.ts';
import {
  type Say,
  boardOf,
  candidatesOf,
  chairOf,
  definitionOf,
  electionOf,
  head,
  nameOf,
  pictured,
  resultOf,
  rules,
  sayIn,
  strictRules,
  window,
  zone,
} from './models.ts';
import { participationOf } from './participation.ts';
import type { Sample } from './sample.ts';

/** Nothing answers in the gallery: every election is as the page says. */
const live = { now: window.opensAt, shapes: {} };

const doors: readonly DoorKind[] = [
  'too-early',
  'too-late',
  'already-voted',
  'unknown-link',
  'replaced-link',
  'code-locked',
  'insecure',
];
const doorAt = (page: Page, kind: DoorKind) =>
  kind === 'already-voted' ? page.formatDay('2026-03-15') : page.formatInstant(window.opensAt, zone);

export function boothOf(page: Page, publicKey: string, contests: readonly Contest[], isPictured = false): Html {
  const say = sayIn(page.locale);
  const url = 'http://localhost/elections/sample';
  return boothPage(page, {
    election: head(say, 'open'),
    data: {
      locale: page.locale,
      castUrl: '/api/vote/sample',
      definition: encodeDefinition(definitionOf(say, contests)),
      publicKey,
      verifiable: null,
      logos: isPictured
        ? Object.fromEntries(
            pictured(candidatesOf(say)).flatMap(({ id, logo }) => (logo ? [[id, logoPath(logo)]] : [])),
          )
        : {},
      candidateTexts: Object.fromEntries(candidatesOf(say).map(({ id, text }) => [id, text])),
      contestRules: Object.fromEntries(
        contests.map((contest) => [contest.id, contestSentences(page, contest).slice(1)]),
      ),
      rules: electionSentences(page, rules),
      description: electionOf(say, {}).description,
      closes: page.formatInstant(window.closesAt, zone),
      electionUrl: url,
      receiptUrl: url,
      receiptUntil: page.formatInstant(window.closesAt + 90 * 86_400_000, zone),
      contact: {
        name: 'Commission électorale',
        email: 'vote@example.org',
      },
      storageKey: 'sample',
      isDoor: false,
      messages: clientMessages(page.locale, 'booth.'),
    },
  });
}

const caughtMail = (id: number, name: string): DemoMailView => ({
  id: String(id),
  at: Date.UTC(2026, 10, 26, 15, 49),
  from: '"Association des étudiants de Belleville" <votes@example.org>',
  sender: 'Association des étudiants de Belleville',
  to: `voter${id}@example.org`,
  subject: 'Conseil des élèves\u00a0: votre lien personnel pour voter',
  head: 'Auto-Submitted: auto-generated\nContent-Language: fr\nMIME-Version: 1.0',
  text: `Bonjour ${name},\n\nVous pouvez voter à cette élection.`,
  html: '',
});

export function publicSamples(publicKey: string): Sample[] {
  const shown = (name: string, more: (say: Say) => Partial<ElectionView>, printed = false): Sample => ({
    name: `election-${name}`,
    printed,
    render: (page) => electionPage(page, electionOf(sayIn(page.locale), more(sayIn(page.locale)))),
  });
  const typed = '7K3M ZQ0X 9V2B 4N6P 8R1T 5W7Y 0A3C 5E7G';
  return [
    { name: 'home-empty', render: (page) => homePage(page, { elections: [], live }) },
    {
      name: 'home',
      render: (page) => {
        const name = nameOf(sayIn(page.locale));
        const participation = participationOf();
        const elections = [
          { id: '1', name, phase: 'open', window, participation } as const,
          { id: '2', name: 'Délégués 2A', phase: 'armed', window } as const,
          { id: '3', name: 'Statuts 2025', phase: 'published', window, participation } as const,
        ];
        return homePage(page, { elections, live });
      },
    },
    shown('armed', () => ({ phase: 'armed', participation: undefined })),
    shown('open', () => ({ receiptCheck: { typed, answer: 'found' } })),
    shown('published-pictured', (say) => {
      const result = resultOf(say);
      const contests = result.contests.map((contest) => ({ ...contest, candidates: pictured(contest.candidates) }));
      return { phase: 'published', result: { ...result, contests } };
    }),
    shown('pictured', (say) => ({ contests: [{ ...chairOf(say), candidates: pictured(candidatesOf(say)) }] })),
    shown('several', (say) => ({ contests: [chairOf(say), boardOf(say)], rules: strictRules })),
    shown('malformed', () => ({ receiptCheck: { typed: '7K3M', answer: 'malformed' } })),
    shown('closed', () => ({ phase: 'closed', hasRecord: true, receiptCheck: { typed, answer: 'not-found' } })),
    shown('below', () => ({
      phase: 'closed',
      hasRecord: true,
      belowMinimum: true,
      participation: {
        ...participationOf(),
        buildings: [],
        promotions: [],
        total: { voted: 3, registered: 4, atLeast: false },
      },
    })),
    shown(
      'published',
      (say) => ({ phase: 'published', hasRecord: true, hasMinutes: true, result: resultOf(say) }),
      true,
    ),
    {
      name: 'receipts',
      render: (page) => {
        const receipts = Array.from({ length: 60 }, (_, n) => `${n}7K3MZQ0X9V2B4N6P8R1T5W7Y0A3C5E7G`.slice(0, 32));
        const election = { id: '1', name: nameOf(sayIn(page.locale)) };
        return receiptsPage(page, { election, ballots: 413, from: '', receipts, next: '9V2B' });
      },
    },
    {
      name: 'receipts-none',
      render: (page) => {
        const election = { id: '1', name: nameOf(sayIn(page.locale)) };
        return receiptsPage(page, { election, ballots: 413, from: 'ZZZZ', receipts: [], next: undefined });
      },
    },
    { name: 'vote', render: (page) => typedKeyPage(page, { key: '', problems: {} }) },
    {
      name: 'vote-wrong',
      render: (page) =>
        typedKeyPage(page, { key: '7K3M-ZQ0', problems: { key: page.t('reason.malformed-key.title') } }),
    },
    ...doors.map((kind): Sample => ({
      name: `door-${kind}`,
      render: (page) => doorPage(page, { kind, at: doorAt(page, kind), election: head(sayIn(page.locale), 'open') }),
    })),
    { name: 'booth', withoutScripts: true, render: (page) => boothOf(page, publicKey, [chairOf(sayIn(page.locale))]) },
    {
      name: 'booth-larger',
      display: { text: 'larger', contrast: 'more' },
      render: (page) => boothOf(page, publicKey, [chairOf(sayIn(page.locale))]),
      act: (tab) => tab.locator('.display summary').click(),
    },
    {
      name: 'booth-pictured',
      render: (page) => boothOf(page, publicKey, [chairOf(sayIn(page.locale))], true),
    },
    {
      name: 'booth-several',
      render: (page) => boothOf(page, publicKey, [chairOf(sayIn(page.locale)), boardOf(sayIn(page.locale))]),
    },
    {
      name: 'demo',
      render: (page) => {
        const voters = ['Amélie Rousseau', 'Benoît Martin'].map((name) => ({ name, link: 'sample', code: '4071' }));
        const key = {
          keyFile: '-----BEGIN ENCRYPTED PRIVATE KEY-----',
          passphrase: '7K3M-ZQ0V-8HT2-XN4D-5RJ9-C6WB-1PEY',
        };
        const view = { email: 'demo@example.org', password: 'votix-demonstration', ...key };
        const election = electionOf(sayIn(page.locale), {}).name;
        return demoPage({ ...page, isDemo: true }, { ...view, election, waiting: voters, voted: voters.slice(1) });
      },
    },
    {
      name: 'demo-mails',
      render: (page) => {
        const mails = [caughtMail(1, 'Amélie Rousseau'), caughtMail(2, 'Benoît Martin')];
        const view = { mails, count: 2, pageNumber: 1, pageCount: 1, query: '', address: '127.0.0.1:2525' };
        return demoMailsPage({ ...page, isDemo: true }, { ...view, zone: 'Europe/Paris' });
      },
    },
    {
      name: 'demo-mail-text',
      render: (page) => demoMailPage({ ...page, isDemo: true }, caughtMail(1, 'Amélie Rousseau'), 'Europe/Paris'),
    },
    {
      name: 'problem',
      render: (page) =>
        problemPage(page, {
          status: 404,
          title: page.t('reason.not-found.title'),
          detail: page.t('reason.not-found.detail'),
        }),
    },
  ];
}
