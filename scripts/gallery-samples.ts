// What the gallery shows: every view with sample models, full and empty, calm and in trouble. Names are invented.
import { definitionHash, encodeDefinition, makeKeyPair, makePassphrase, type Definition } from '@votix/protocol';
import { renderSVG } from 'uqr';
import { clientMessages, type Locale } from '../packages/server/src/messages/translate.ts';
import { armPage } from '../packages/server/src/views/arm.ts';
import { boothPage } from '../packages/server/src/views/booth.ts';
import { candidatePage, candidatesPage } from '../packages/server/src/views/candidates.ts';
import { checklistPage, type Task } from '../packages/server/src/views/checklist.ts';
import { consolePage } from '../packages/server/src/views/console.ts';
import { deliberatePage } from '../packages/server/src/views/deliberate.ts';
import { doorPage, type DoorKind } from '../packages/server/src/views/door.ts';
import { electionFormPage } from '../packages/server/src/views/election-form.ts';
import { electionPage, type ElectionView } from '../packages/server/src/views/election.ts';
import { homePage } from '../packages/server/src/views/home.ts';
import { loginPage, reauthenticatePage } from '../packages/server/src/views/login.ts';
import type { Html, Page } from '../packages/server/src/views/page.ts';
import type { Phase } from '../packages/server/src/views/phase.ts';
import { problemPage } from '../packages/server/src/views/problem.ts';
import { recoveryPage } from '../packages/server/src/views/recovery.ts';
import { resultPage } from '../packages/server/src/views/result.ts';
import { setupAdministratorPage, setupOrganisationPage } from '../packages/server/src/views/setup.ts';
import { sheetsPage } from '../packages/server/src/views/sheets.ts';
import type { ResultView } from '../packages/server/src/views/tally.ts';
import { typedKeyPage } from '../packages/server/src/views/vote.ts';
import { voterImportPage } from '../packages/server/src/views/voter-import.ts';
import { votersPage, type VoterRow } from '../packages/server/src/views/voters.ts';

export interface Sample {
  readonly name: string;
  readonly render: (page: Page) => Html;
  readonly signedIn?: boolean;
  readonly insecure?: boolean;
  /** Also shown as it is without scripts. */
  readonly withoutScripts?: boolean;
  readonly printed?: boolean;
}

const zone = 'Europe/Paris';
const window = { opensAt: Date.UTC(2026, 2, 14, 7), closesAt: Date.UTC(2026, 2, 20, 17), zone };
const zones = ['Africa/Abidjan', 'America/Guadeloupe', 'Europe/Brussels', 'Europe/Paris', 'Indian/Reunion', 'UTC'];
const electionId = '5a0d6c1e-8f5e-4a0f-9d53-1f0c3a7be001';
const fingerprint = '9f2c4b7a1d3e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8';

type Say = (en: string, fr: string) => string;
const sayIn = (locale: Locale): Say => (locale === 'fr' ? (_, fr) => fr : (en) => en);

const nameOf = (say: Say) => say('Board of the student union 2026', 'Bureau de l’association étudiante 2026');
const head = (say: Say, phase: Phase) => ({ id: electionId, name: nameOf(say), phase });

const candidatesOf = (say: Say) => [
  {
    id: 'c1',
    name: 'Camille Roussel & Idris Benali',
    text: say(
      'More evenings, a study room open until midnight, and accounts published every month.',
      'Plus de soirées, une salle de travail ouverte jusqu’à minuit, et des comptes publiés chaque mois.',
    ),
  },
  { id: 'c2', name: 'Noémie Lefebvre-Delacroix & Barthélemy Vandenberghe', text: '' },
  {
    id: 'c3',
    name: say('List “Together for the campus”', 'Liste «\u202FEnsemble pour le campus\u202F»'),
    text: say(
      'Bicycles, a repair workshop, a canteen that cooks. We have run the workshop for three years and want to open it to everyone.\nSecond line of the statement.',
      'Des vélos, un atelier de réparation, une cantine qui cuisine. Nous animons l’atelier depuis trois ans et voulons l’ouvrir à toutes et tous.\nDeuxième ligne de la profession de foi.',
    ),
  },
];
const questionOf = (say: Say) => say('Who do you vote for?', 'Pour qui votez-vous\u202F?');

function resultOf(say: Say): ResultView {
  const votes = [118, 164, 118];
  const candidates = candidatesOf(say).map(({ id, name }, index) => ({ id, name, votes: votes[index] ?? 0 }));
  const reason = say('sealed for another key', 'scellé pour une autre clé');
  return {
    contests: [{ id: 'k1', title: questionOf(say), candidates, blank: 12 }],
    ...{
      ballots: 413,
      valid: 412,
      signatures: 413,
      registered: 598,
      fingerprint,
      boxHash: [...fingerprint].toReversed().join(''),
    },
    invalidBallots: [{ receipt: '7K3MZQ0X9V2B4N6P8R1T5W7Y0A3C5E7G', reason }],
  };
}

const electionOf = (say: Say, more: Partial<ElectionView>): ElectionView => ({
  ...{ id: electionId, name: nameOf(say), phase: 'open', window, minimumBallots: 5, hasRecord: false },
  description: say(
    'The board runs the union from April 2026 to March 2027. It has five members and a budget of 42,000 euros.',
    'Le bureau dirige l’association d’avril 2026 à mars 2027. Il compte cinq membres et dispose de 42 000 euros.',
  ),
  contests: [{ title: questionOf(say), blank: true, candidates: candidatesOf(say) }],
  turnout: { voted: 187, registered: 598 },
  ...more,
});

function voters(): VoterRow[] {
  const names = [
    'Aubert Zoé',
    'Benchekroun Mohammed-Amine',
    'Caron Lou',
    'De La Rochefoucauld Anne-Sophie',
    'Ernst Paul',
  ];
  return Array.from({ length: 30 }, (_, index) => {
    const [lastName = '', firstName = ''] = (names[index % names.length] ?? '').split(/ (?=\S+$)/);
    return {
      ...{ id: `v${index}`, lastName, firstName, promotion: index % 4 === 0 ? '' : `E${(index % 5) + 1}` },
      email: `${firstName}.${lastName}${index}@etudiants.example.org`.toLowerCase().replaceAll(' ', '-'),
      building: index % 3 === 0 ? '' : 'Perrault',
      votedOn: index % 2 === 0 ? '2026-03-15' : undefined,
      lockedUntil: index === 3 ? Date.UTC(2026, 2, 15, 10, 15) : undefined,
    };
  });
}

const noVoter = { lastName: '', firstName: '', email: '', promotion: '', building: '' };
const noCandidate = { name: '', text: '' };
const votersIn = (say: Say, phase: Phase) => ({
  ...{ election: head(say, phase), zone, voters: voters(), pageNumber: 2, pageCount: 6, values: noVoter, problems: {} },
  counts: { registered: 598, voted: phase === 'draft' ? 0 : 187, locked: phase === 'draft' ? 0 : 1 },
});

const draftTasks: readonly Task[] = [
  { id: 'details', state: 'completed' },
  { id: 'candidates', state: 'completed' },
  { id: 'voters', state: 'todo' },
  { id: 'arm', state: 'blocked', why: 'no-voters' },
  ...(['sheets', 'open', 'close', 'deliberate'] as const).map(
    (id) => ({ id, state: 'blocked', why: 'not-armed' }) as const,
  ),
  { id: 'publish', state: 'blocked', why: 'not-deliberated' },
];
const openTasks: readonly Task[] = [
  ...(['details', 'candidates', 'voters', 'arm', 'sheets', 'open'] as const).map(
    (id) => ({ id, state: 'completed' }) as const,
  ),
  ...(['close', 'deliberate'] as const).map((id) => ({ id, state: 'blocked', why: 'still-open' }) as const),
  { id: 'publish', state: 'blocked', why: 'not-deliberated' },
];
const closedTasks: readonly Task[] = openTasks.map((task) =>
  task.id === 'publish' ? task : { id: task.id, state: task.id === 'deliberate' ? 'todo' : 'completed' },
);
const checklist = (say: Say, phase: Phase, tasks: readonly Task[]) => ({
  ...{ election: head(say, phase), window, tasks, minimumBallots: 5, lockedCodes: phase === 'open' ? 2 : 0 },
  turnout: phase === 'draft' ? undefined : { voted: 187, registered: 598 },
});

function formOf(say: Say) {
  const values = { opensAt: '2026-03-14T08:00', closesAt: '2026-03-20T18:00', zone, blank: true, minimumBallots: '5' };
  return {
    zones,
    problems: {},
    values: { ...values, name: nameOf(say), description: '', contestTitle: questionOf(say) },
  };
}

function sheetsOf(count: number) {
  const people = [
    'Zoé Aubert',
    'Mohammed-Amine Benchekroun',
    'Lou Caron',
    'Anne-Sophie de La Rochefoucauld-Montbel',
    'Paul Ernst',
  ];
  return Array.from({ length: count }, (_, index) => {
    const [firstName = '', ...rest] = (people[index % people.length] ?? '').split(' ');
    const link = `https://vote.example.org/vote/1f0c3a7b-8f5e-4a0f-9d53-5a0d6c1e${String(1000 + index)}`;
    const personalKey = `7K3MZQ0X9V2B${String(4000 + index)}`;
    return {
      firstName,
      lastName: rest.join(' '),
      link,
      qrSvg: renderSVG(link, { border: 0 }),
      personalKey,
      code: String(1837 + index * 731).slice(-4),
    };
  });
}

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

export async function gallerySamples(): Promise<readonly Sample[]> {
  const { publicKeyPem } = await makeKeyPair();
  return [...publicSamples(publicKeyPem), ...entranceSamples(), ...preparingSamples(), ...runningSamples(publicKeyPem)];
}

function definitionOf(say: Say): Definition {
  const candidates = candidatesOf(say).map(({ id, name }) => ({ id, name }));
  const contest = { id: 'k1', title: questionOf(say), minChoices: 1, maxChoices: 1, blank: true, candidates };
  return {
    votix: 1,
    sealing: 'sealed-box',
    election: electionId,
    name: nameOf(say),
    minimumBallots: 5,
    contests: [contest],
  };
}

function boothOf(page: Page, publicKey: string): Html {
  const say = sayIn(page.locale);
  const url = 'http://localhost/elections/sample';
  return boothPage(page, {
    election: head(say, 'open'),
    data: {
      ...{
        locale: page.locale,
        castUrl: '/api/vote/sample',
        definition: encodeDefinition(definitionOf(say)),
        publicKey,
      },
      candidateTexts: Object.fromEntries(candidatesOf(say).map(({ id, text }) => [id, text])),
      ...{ description: electionOf(say, {}).description, closes: page.formatInstant(window.closesAt, zone) },
      ...{
        electionUrl: url,
        receiptUrl: url,
        receiptUntil: page.formatInstant(window.closesAt + 90 * 86_400_000, zone),
      },
      ...{ contact: { name: 'Commission électorale', email: 'vote@example.org' }, storageKey: 'sample' },
      messages: clientMessages(page.locale, 'booth.'),
    },
  });
}

function publicSamples(publicKey: string): Sample[] {
  const shown = (name: string, more: (say: Say) => Partial<ElectionView>, printed = false): Sample => ({
    name: `election-${name}`,
    printed,
    render: (page) => electionPage(page, electionOf(sayIn(page.locale), more(sayIn(page.locale)))),
  });
  const typed = '7K3M ZQ0X 9V2B 4N6P 8R1T 5W7Y 0A3C 5E7G';
  return [
    { name: 'home-empty', render: (page) => homePage(page, { elections: [] }) },
    {
      name: 'home',
      render: (page) => {
        const name = nameOf(sayIn(page.locale));
        const turnout = { voted: 187, registered: 598 };
        const elections = [
          { id: '1', name, phase: 'open', window, turnout } as const,
          { id: '2', name: 'Délégués 2A', phase: 'armed', window } as const,
          { id: '3', name: 'Statuts 2025', phase: 'published', window, turnout } as const,
        ];
        return homePage(page, { elections });
      },
    },
    shown('armed', () => ({ phase: 'armed', turnout: undefined })),
    shown('open', () => ({ receiptCheck: { typed, answer: 'found' } })),
    shown('malformed', () => ({ receiptCheck: { typed: '7K3M', answer: 'malformed' } })),
    shown('closed', () => ({ phase: 'closed', hasRecord: true, receiptCheck: { typed, answer: 'not-found' } })),
    shown('below', () => ({
      phase: 'closed',
      hasRecord: true,
      belowMinimum: true,
      turnout: { voted: 3, registered: 4 },
    })),
    shown('published', (say) => ({ phase: 'published', hasRecord: true, result: resultOf(say) }), true),
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
    { name: 'booth', withoutScripts: true, render: (page) => boothOf(page, publicKey) },
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

function entranceSamples(): Sample[] {
  const setup = { organisation: '', contactName: '', contactEmail: '', retentionDays: '90', language: 'fr', zone };
  const values = { ...setup, baseUrl: 'http://localhost:5000' };
  return [
    { name: 'setup-1', render: (page) => setupOrganisationPage(page, { token: 't', values, zones, problems: {} }) },
    {
      name: 'setup-1-wrong',
      render: (page) => {
        const problems = { organisation: page.t('field.organisation'), contactEmail: page.t('field.contactEmail') };
        return setupOrganisationPage(page, {
          token: 't',
          values: { ...values, contactEmail: 'ana@' },
          zones,
          problems,
        });
      },
    },
    {
      name: 'setup-2',
      render: (page) => setupAdministratorPage(page, { token: 't', values: { name: '', email: '' }, problems: {} }),
    },
    { name: 'login', render: (page) => loginPage(page, { email: '', next: '/console', problems: {} }) },
    {
      name: 'login-wrong',
      render: (page) =>
        loginPage(page, { email: 'ana@example.org', next: '', problems: { form: page.t('reason.wrong-login.title') } }),
    },
    { name: 'reauthenticate', signedIn: true, render: (page) => reauthenticatePage(page, { next: '', problems: {} }) },
    {
      name: 'recovery',
      ...{ signedIn: true, printed: true },
      render: (page) =>
        recoveryPage(page, {
          baseUrl: 'https://vote.example.org',
          secret: makePassphrase().replaceAll('-', '') + 'k3Zq',
          printedAt: window.opensAt,
          zone,
        }),
    },
  ];
}

function preparingSamples(): Sample[] {
  const signedIn = true;
  const inLanguage = (name: string, render: (page: Page, say: Say) => Html): Sample => ({
    ...{ name, signedIn },
    render: (page) => render(page, sayIn(page.locale)),
  });
  return [
    inLanguage('console-empty', (page) => consolePage(page, { elections: [] })),
    inLanguage('console', (page, say) => {
      const phases = ['draft', 'armed', 'open', 'closed', 'deliberated', 'published'] as const;
      const next = ['voters', 'sheets', undefined, 'deliberate', 'publish', undefined] as const;
      const elections = phases.map((phase, index) => ({
        id: phase,
        name: nameOf(say),
        phase,
        window,
        next: next[index],
      }));
      return consolePage(page, { elections });
    }),
    { ...inLanguage('console-insecure', (page) => consolePage(page, { elections: [] })), insecure: true },
    inLanguage('election-new', (page, say) => electionFormPage(page, formOf(say))),
    inLanguage('election-details-wrong', (page, say) =>
      electionFormPage(page, {
        ...{ ...formOf(say), election: head(say, 'draft') },
        problems: { closesAt: page.t('field.closes-before-opens') },
      }),
    ),
    inLanguage('election-details-frozen', (page, say) =>
      electionFormPage(page, { ...formOf(say), election: head(say, 'open') }),
    ),
    inLanguage('checklist-draft', (page, say) => checklistPage(page, checklist(say, 'draft', draftTasks))),
    inLanguage('checklist-open', (page, say) => checklistPage(page, checklist(say, 'open', openTasks))),
    inLanguage('checklist-closed', (page, say) => checklistPage(page, checklist(say, 'closed', closedTasks))),
    inLanguage('candidates-empty', (page, say) =>
      candidatesPage(page, { election: head(say, 'draft'), candidates: [], values: noCandidate, problems: {} }),
    ),
    inLanguage('candidates', (page, say) =>
      candidatesPage(page, {
        election: head(say, 'draft'),
        candidates: candidatesOf(say),
        values: noCandidate,
        problems: {},
      }),
    ),
    inLanguage('candidates-frozen', (page, say) =>
      candidatesPage(page, {
        election: head(say, 'armed'),
        candidates: candidatesOf(say),
        values: noCandidate,
        problems: {},
      }),
    ),
    inLanguage('candidate', (page, say) =>
      candidatePage(page, {
        election: head(say, 'draft'),
        id: 'c1',
        values: candidatesOf(say)[0] ?? noCandidate,
        problems: {},
      }),
    ),
    inLanguage('voters-empty', (page, say) =>
      votersPage(page, {
        ...votersIn(say, 'draft'),
        voters: [],
        pageCount: 1,
        counts: { registered: 0, voted: 0, locked: 0 },
      }),
    ),
    inLanguage('voters', (page, say) =>
      votersPage(page, { ...votersIn(say, 'draft'), done: page.t('import.added', { added: 3 }) }),
    ),
    inLanguage('voters-open', (page, say) => votersPage(page, votersIn(say, 'open'))),
    inLanguage('import', (page, say) => voterImportPage(page, { election: head(say, 'draft'), problems: {} })),
    inLanguage('import-done', (page, say) =>
      voterImportPage(page, {
        election: head(say, 'draft'),
        problems: {},
        outcome: { kind: 'imported', added: 596, known: 2 },
      }),
    ),
    inLanguage('import-refused', (page, say) => {
      const problems = [2, 17, 341].map((line) => ({ line, sentence: page.t('reason.csv-email') }));
      return voterImportPage(page, {
        election: head(say, 'draft'),
        problems: {},
        outcome: { kind: 'refused', problems },
      });
    }),
  ];
}

function runningSamples(publicKey: string): Sample[] {
  const inLanguage = (name: string, render: (page: Page, say: Say) => Html, more: Partial<Sample> = {}): Sample => ({
    ...{ name, signedIn: true, ...more },
    render: (page) => render(page, sayIn(page.locale)),
  });
  const base = (say: Say, phase: Phase) => ({ election: head(say, phase), window, minimumBallots: 5 });
  const programData = (page: Page, say: Say) => {
    const definition = encodeDefinition(definitionOf(say));
    return { locale: page.locale, electionName: nameOf(say), definition, doneUrl: '/console' };
  };
  return [
    inLanguage('arm-blocked', (page, say) =>
      armPage(page, {
        ...base(say, 'draft'),
        state: { kind: 'blocked', blockers: ['no-voters', 'insecure-base-url'] },
      }),
    ),
    inLanguage(
      'arm',
      (page, say) => {
        const summary = {
          contestTitle: questionOf(say),
          candidates: candidatesOf(say).map(({ name }) => name),
          blank: true,
          voters: 598,
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
      },
      { withoutScripts: true },
    ),
    inLanguage('arm-armed', (page, say) =>
      armPage(page, { ...base(say, 'armed'), state: { kind: 'armed', fingerprint, armedAt: window.opensAt } }),
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
          workerUrl: '/worker.js',
          publicKey,
          fingerprint,
        };
        const data = { ...programData(page, say), ...box, messages: clientMessages(page.locale, 'deliberation.') };
        return deliberatePage(page, { ...base(say, 'closed'), state: { kind: 'ready', data } });
      },
      { withoutScripts: true },
    ),
    inLanguage('result-none', (page, say) =>
      resultPage(page, { ...base(say, 'open'), problems: {}, state: { kind: 'none' } }),
    ),
    inLanguage('result', (page, say) =>
      resultPage(page, {
        ...base(say, 'deliberated'),
        problems: {},
        state: { kind: 'counted', result: resultOf(say) },
      }),
    ),
    inLanguage(
      'result-published',
      (page, say) =>
        resultPage(page, {
          ...base(say, 'published'),
          problems: {},
          state: { kind: 'published', publishedAt: window.closesAt, result: resultOf(say) },
        }),
      { printed: true },
    ),
  ];
}
