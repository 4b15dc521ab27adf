// The console from arming to the result.
import { definitionHash, encodeDefinition, type SealedKeyPair } from '@votix/protocol';
import { clientMessages } from '../../packages/server/src/messages/translate.ts';
import { armPage } from '../../packages/server/src/views/arm.ts';
import { deliberatePage } from '../../packages/server/src/views/deliberate.ts';
import type { Html, Page } from '../../packages/server/src/views/page.ts';
import type { Phase } from '../../packages/server/src/views/phase.ts';
import { minutesDocument } from '../../packages/server/src/views/minutes-document.ts';
import { minutesPage } from '../../packages/server/src/views/minutes.ts';
import { provePage } from '../../packages/server/src/views/prove.ts';
import { resultPage } from '../../packages/server/src/views/result.ts';
import { sheetsPage } from '../../packages/server/src/views/sheets.ts';
import {
  type Say,
  boardOf,
  chairOf,
  definitionOf,
  fingerprint,
  head,
  nameOf,
  resultOf,
  sayIn,
  sheetsOf,
  troubledResultOf,
  strictRules,
  window,
} from './models.ts';
import { sampleMinutes } from '../../tests/support/minutes.ts';
import type { Sample } from './sample.ts';

export function runningSamples(key: SealedKeyPair): Sample[] {
  const inLanguage = (name: string, render: (page: Page, say: Say) => Html, more: Partial<Sample> = {}): Sample => ({
    name,
    signedIn: true,
    ...more,
    render: (page) => render(page, sayIn(page.locale)),
  });
  const base = (say: Say, phase: Phase) => ({ election: head(say, phase), window, minimumBallots: 5 });
  const programData = (page: Page, say: Say) => {
    const definition = encodeDefinition(definitionOf(say, [chairOf(say), boardOf(say)]));
    return { locale: page.locale, electionName: nameOf(say), definition, doneUrl: '/console' };
  };
  const armOf = (page: Page, say: Say, voters: number) => {
    const summary = {
      contests: [chairOf(say), boardOf(say)].map((contest) => ({
        ...contest,
        candidates: contest.candidates.map(({ name }) => name),
      })),
      rules: strictRules,
      voters,
    };
    const { definition, ...rest } = programData(page, say);
    const key = { bits: 2048, fileName: 'votix-key-board.pem', armUrl: '/arm', secure: true } as const;
    const data = {
      ...rest,
      ...key,
      definition,
      definitionHash: definitionHash(definition),
      messages: clientMessages(page.locale, 'keys.'),
    };
    return armPage(page, { ...base(say, 'draft'), state: { kind: 'ready', summary, data } });
  };
  return [
    inLanguage('arm-blocked', (page, say) =>
      armPage(page, {
        ...base(say, 'draft'),
        state: { kind: 'blocked', blockers: ['no-voters', 'insecure-base-url'] },
      }),
    ),
    inLanguage('arm', (page, say) => armOf(page, say, 598), { withoutScripts: true }),
    inLanguage('arm-small-roll', (page, say) => armOf(page, say, 7)),
    inLanguage('arm-armed', (page, say) =>
      armPage(page, {
        ...base(say, 'armed'),
        state: {
          kind: 'armed',
          fingerprint,
          onBoard: false,
          armedAt: window.opensAt,
          proof: { day: '2026-03-14', again: true },
        },
      }),
    ),
    ...(['armed', 'open'] as const).map((phase) =>
      inLanguage(
        `prove-${phase}`,
        (page, say) => {
          const keyShares = phase === 'armed' ? null : { holders: 3, needed: 2, hashes: ['a', 'b', 'c'] };
          const urls = { proofUrl: '/prove', doneUrl: '/console' };
          const messages = clientMessages(page.locale, 'keys.');
          const data = { electionName: nameOf(say), fingerprint, keyShares, ...urls, messages };
          const state = { kind: 'ready', data, mayDisarm: phase === 'armed' } as const;
          return provePage(page, { election: head(say, phase), lastDay: '2026-03-02', state });
        },
        { withoutScripts: true },
      ),
    ),
    inLanguage('prove-opened', (page, say) =>
      provePage(page, {
        election: head(say, 'deliberated'),
        lastDay: '2026-03-02',
        state: { kind: 'already-deliberated' },
      }),
    ),
    inLanguage('sheets-blocked', (page, say) =>
      sheetsPage(page, { ...base(say, 'draft'), state: { kind: 'blocked', blockers: ['not-armed'] } }),
    ),
    inLanguage(
      'sheets',
      (page, say) => {
        const groups = [
          { promotion: 'E3', sheets: sheetsOf(5) },
          { promotion: '', sheets: sheetsOf(2) },
        ];
        return sheetsPage(page, {
          ...base(say, 'armed'),
          state: { kind: 'ready', shortAddress: 'https://vote.example.org/vote', groups },
        });
      },
      { printed: true },
    ),
    inLanguage('sheets-in-parts', (page, say) => {
      const parts = { voters: 2480, pageNumber: 2, pageCount: 3 };
      const groups = [{ promotion: 'E3', sheets: sheetsOf(5) }];
      return sheetsPage(page, {
        ...base(say, 'armed'),
        state: { kind: 'ready', shortAddress: 'https://vote.example.org/vote', groups, parts, handedOut: true },
      });
    }),
    ...(['not-armed', 'not-closed', 'sealing', 'done'] as const).map((kind) =>
      inLanguage(`deliberate-${kind}`, (page, say) =>
        deliberatePage(page, { ...base(say, kind === 'not-armed' ? 'draft' : 'closed'), state: { kind } }),
      ),
    ),
    inLanguage('deliberate-below', (page, say) =>
      deliberatePage(page, { ...base(say, 'closed'), state: { kind: 'below-minimum', ballots: 3, minimumBallots: 5 } }),
    ),
    inLanguage(
      'deliberate',
      (page, say) => {
        const box = {
          boxUrl: '/box',
          resultUrl: '/result',
          ballots: 413,
          boxHash: fingerprint,
          keyShares: null,
          workerUrl: '/worker.js',
          publicKey: key.publicKeyPem,
          fingerprint: key.fingerprint,
        };
        const data = { ...programData(page, say), ...box, messages: clientMessages(page.locale, 'deliberation.') };
        return deliberatePage(page, { ...base(say, 'closed'), state: { kind: 'ready', data } });
      },
      { withoutScripts: true },
    ),
    inLanguage('result-none', (page, say) =>
      resultPage(page, { ...base(say, 'open'), problems: {}, hasMinutes: false, state: { kind: 'none' } }),
    ),
    inLanguage('result', (page, say) =>
      resultPage(page, {
        ...base(say, 'deliberated'),
        problems: {},
        hasMinutes: true,
        state: { kind: 'counted', result: troubledResultOf(say) },
      }),
    ),
    inLanguage(
      'result-published',
      (page, say) =>
        resultPage(page, {
          ...base(say, 'published'),
          problems: {},
          hasMinutes: true,
          state: { kind: 'published', publishedAt: window.closesAt, result: resultOf(say) },
        }),
      { printed: true },
    ),
    inLanguage(
      'minutes',
      (page, say) =>
        minutesPage(page, {
          election: head(say, 'published'),
          document: minutesDocument(page, sampleMinutes(page.locale)),
        }),
      { printed: true },
    ),
    inLanguage(
      'minutes-test',
      (page, say) =>
        minutesPage(
          { ...page, isRehearsal: true },
          {
            election: head(say, 'published'),
            document: minutesDocument(page, sampleMinutes(page.locale, true)),
          },
        ),
      { printed: true },
    ),
  ];
}
