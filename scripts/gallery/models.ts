// The invented election the gallery shows: people, candidates, numbers, in the language of the page.
import type { Definition } from '@votix/protocol';
import { renderSVG } from 'uqr';
import type { Locale } from '../../packages/server/src/messages/translate.ts';
import type { Task } from '../../packages/server/src/views/tasks.ts';
import type { ElectionView } from '../../packages/server/src/views/election.ts';
import { participationOf, periodsOf } from './participation.ts';
import { nextOf } from './tasks.ts';
import type { Phase } from '../../packages/server/src/views/phase.ts';
import { noQuery } from '../../packages/server/src/views/roll-query.ts';
import type { ResultView, Standing } from '../../packages/server/src/views/tally.ts';
import { pictureHash } from './picture.ts';
import type { VoterRow } from '../../packages/server/src/views/voters.ts';

export const zone = 'Europe/Paris';
export const window = { opensAt: Date.UTC(2026, 2, 14, 7), closesAt: Date.UTC(2026, 2, 20, 17), zone };
export const zones = [
  'Africa/Abidjan',
  'America/Guadeloupe',
  'Europe/Brussels',
  'Europe/Paris',
  'Indian/Reunion',
  'UTC',
];
export const electionId = '5a0d6c1e-8f5e-4a0f-9d53-1f0c3a7be001';
export const fingerprint = '9f2c4b7a1d3e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8';

export type Say = (en: string, fr: string) => string;
export const sayIn = (locale: Locale): Say => (locale === 'fr' ? (_, fr) => fr : (en) => en);

export const nameOf = (say: Say) => say('Board of the student union 2026', 'Bureau de l’association étudiante 2026');
/** Two of three have a picture. */
export const pictured = <T extends object>(candidates: readonly T[]) =>
  candidates.map((candidate, index) => ({ ...candidate, logo: index === 1 ? null : pictureHash }));
export const head = (say: Say, phase: Phase) => ({ id: electionId, name: nameOf(say), phase });

export const candidatesOf = (say: Say) => [
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

/** Several of many, with long names and an order that was drawn. */
export const boardOf = (say: Say) =>
  ({
    id: 'k2',
    title: say(
      'Which members do you send to the board of directors of the association?',
      'Quels membres envoyez-vous au conseil d’administration de l’association\u202F?',
    ),
    minChoices: 1,
    maxChoices: 3,
    blank: true,
    seats: 3,
    order: 'drawn',
    seed: '0f3c1d7be54a92868d1f0e2b3c4d5a69788796a5b4c3d2e1f00112233445566a',
    candidates: [
      'Anne-Sophie de La Rochefoucauld-Montbel de Saint-Exupéry',
      'Lou Caron',
      'Mohammed-Amine Benchekroun',
      'Maximilian-Alexander Schwarzenberg-Hohenlohe',
      'Zoé Aubert',
    ].map((name, index) => ({ id: `b${index}`, name, text: '' })),
  }) as const;
const chooseOne = { minChoices: 1, maxChoices: 1, blank: true, seats: 1, order: 'fixed', seed: '' } as const;
export const chairOf = (say: Say) => ({
  id: 'k1',
  title: questionOf(say),
  ...chooseOne,
  candidates: candidatesOf(say),
});
export const rules = { tieRule: 'announce', quorum: 0, minimumBallots: 5 } as const;
export const strictRules = { tieRule: 'lot', quorum: 50, minimumBallots: 10 } as const;

export function resultOf(say: Say): ResultView {
  const votes = [118, 164, 118];
  const standings: readonly Standing[] = ['not-elected', 'elected', 'not-elected'];
  const candidates = candidatesOf(say)
    .map(({ id, name }, index) => ({ id, name, votes: votes[index] ?? 0, standing: standings[index] ?? 'tied' }))
    .toSorted((a, b) => b.votes - a.votes);
  return {
    contests: [
      {
        id: 'k1',
        title: questionOf(say),
        candidates,
        blank: 12,
        seats: 1,
        vacant: 0,
      },
    ],
    ballots: 413,
    valid: 412,
    signatures: 413,
    registered: 598,
    fingerprint,
    boxHash: fingerprint.replaceAll('7', 'e'),
    onBoard: false,
    invalidBallots: [
      {
        receipt: '7K3MZQ0X9V2B4N6P8R1T5W7Y0A3C5E7G',
        reason: 'undecryptable',
      },
    ],
  };
}

/** Equal votes for the last seat, a quorum missed, and numbers that do not agree. */
export function troubledResultOf(say: Say): ResultView {
  const result = resultOf(say);
  const [contest] = result.contests;
  const names = contest!.candidates.slice(1).map(({ name }) => name);
  const candidates = contest!.candidates.map((one, index) =>
    index === 0 ? one : { ...one, standing: 'tied' as const },
  );
  const tie = { rule: 'second-ballot', votes: 118, seats: 1, names } as const;
  return {
    ...result,
    contests: [{ ...contest!, candidates, seats: 2, tie }],
    quorum: { percent: 75, needed: 449, reached: false },
    signatures: 414,
  };
}

export const electionOf = (say: Say, more: Partial<ElectionView>): ElectionView => ({
  id: electionId,
  name: nameOf(say),
  phase: 'open',
  window,
  rules,
  hasRecord: false,
  description: say(
    'The board runs the union from April 2026 to March 2027. It has five members and a budget of 42,000 euros.',
    'Le bureau dirige l’association d’avril 2026 à mars 2027. Il compte cinq membres et dispose de 42 000 euros.',
  ),
  contests: [chairOf(say)],
  participation: participationOf(),
  periods: { periods: periodsOf(window.opensAt, 12), zone, asOf: window.opensAt + 4e7, path: '/elections/e' },
  ...more,
});

const troubles: Readonly<Record<number, VoterRow['mailTroubles']>> = {
  1: [{ kind: 'link', state: 'rejected' }],
  5: [{ kind: 'reminder', state: 'deferred' }],
};

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
      id: `v${index}`,
      lastName,
      firstName,
      promotion: index % 4 === 0 ? '' : `E${(index % 5) + 1}`,
      email: `${firstName}.${lastName}${index}@etudiants.example.org`.toLowerCase().replaceAll(' ', '-'),
      building: index % 3 === 0 ? '' : 'Perrault',
      language: index % 4 === 1 ? 'fr' : '',
      mailTroubles: troubles[index],
      votedOn: index % 2 === 0 ? '2026-03-15' : undefined,
      lockedUntil: index === 3 ? Date.UTC(2026, 2, 15, 10, 15) : undefined,
    };
  });
}

const noVoter = { lastName: '', firstName: '', email: '', promotion: '', building: '', language: '', reason: '' };
export const noCandidate = { name: '', text: '', contest: '' };
export const votersIn = (say: Say, phase: Phase) => ({
  election: head(say, phase),
  zone,
  voters: voters(),
  query: { ...noQuery, page: 2 },
  filters: {
    buildings: [{ id: 'b1', name: 'Perrault' }],
    promotions: ['', 'E1', 'E2', 'E3', 'E4', 'E5'],
    mailKinds: ['invitation', 'link', 'reminder'] as const,
  },
  choices: {
    language: 'en' as const,
    promotionList: [],
    promotions: ['E1', 'E2', 'E3', 'E4', 'E5'],
    buildings: ['Perrault'],
  },
  pageCount: 6,
  values: noVoter,
  problems: {},
  counts: {
    registered: 598,
    voted: phase === 'draft' ? 0 : 187,
    atLeast: false,
    locked: phase === 'draft' ? 0 : 1,
    matching: 598,
  },
});

export const checklist = (say: Say, phase: Phase, tasks: readonly Task[]) => ({
  election: head(say, phase),
  window,
  tasks,
  next: nextOf(tasks),
  hasMail: true,
  minimumBallots: 5,
  lockedCodes: phase === 'open' ? 2 : 0,
  turnout:
    phase === 'draft' || phase === 'armed'
      ? undefined
      : {
          voted: 187,
          registered: 598,
          atLeast: false,
        },
});

export function formOf(say: Say) {
  const values = {
    opensAt: '2026-03-14T08:00',
    closesAt: '2026-03-20T18:00',
    zone,
    blank: true,
    minimumBallots: '5',
    sealing: 'sealed-box',
  };
  return {
    zones,
    problems: {},
    values: { ...values, name: nameOf(say), description: '', contestTitle: questionOf(say) },
  };
}

export function sheetsOf(count: number) {
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

export function definitionOf(say: Say, contests: Definition['contests'] = [chairOf(say)]): Definition {
  return {
    votix: 1,
    sealing: 'sealed-box',
    election: electionId,
    name: nameOf(say),
    minimumBallots: 5,
    quorum: 0,
    tieRule: 'announce',
    contests,
  };
}
