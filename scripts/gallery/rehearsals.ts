// The rehearsal of an election: its page in every state, and pages of the election itself under its mark.
import { checklistPage } from '../../packages/server/src/views/checklist.ts';
import { electionPage } from '../../packages/server/src/views/election.ts';
import type { Html, Page } from '../../packages/server/src/views/page.ts';
import type { Phase } from '../../packages/server/src/views/phase.ts';
import {
  type RehearsalState,
  type RehearsalStep,
  type RehearsalView,
  rehearsalPage,
} from '../../packages/server/src/views/rehearsal.ts';
import { resultPage } from '../../packages/server/src/views/result.ts';
import { chairOf, checklist, electionOf, head, resultOf, type Say, sayIn, window, zone } from './models.ts';
import { boothOf } from './public.ts';
import type { Sample } from './sample.ts';
import { openTasks } from './tasks.ts';

const ids = ['arm', 'vote', 'close', 'open', 'publish'] as const;

/** The first `done` are completed, the next ones are to do. */
const stepsOf = (done: number, due = 1, all: readonly RehearsalStep['id'][] = ids): readonly RehearsalStep[] =>
  all.map((id, index) => ({ id, state: index < done ? 'completed' : index < done + due ? 'todo' : 'blocked' }));

const nameOf = (say: Say) => `TEST – ${head(say, 'draft').name}`;

function running(say: Say, phase: Phase, steps: readonly RehearsalStep[]): RehearsalState {
  const rehearsal = { id: 'r', name: nameOf(say), phase, closesAt: window.closesAt, zone };
  const voters = [1, 2, 3].map((number) => ({
    name: `${say('Test voter', 'Électeur d’essai')} ${number}`,
    address: `/vote/${number}`,
    code: String(number * 1739).padStart(4, '0'),
    email: number === 1 ? 'anais.martin@etudiants.example.org' : undefined,
    hasVoted: number === 1,
  }));
  return { kind: 'running', rehearsal, steps, voters };
}

const none = { kind: 'none', most: 20, email: 'anais.martin@example.org' } as const;
const untouched = { ...none, values: { voters: '3', own: false, emails: '' } };

export function rehearsalSamples(publicKey: string): Sample[] {
  const sample = (
    name: string,
    state: (say: Say) => RehearsalState,
    more: (page: Page) => Partial<RehearsalView> = () => ({}),
  ): Sample => ({
    name: `rehearsal${name}`,
    signedIn: true,
    render: (page) => {
      const say = sayIn(page.locale);
      const view = { election: head(say, 'draft'), window, minimumBallots: 5, isRehearsed: false, problems: {} };
      return rehearsalPage(page, { ...view, state: state(say), ...more(page) });
    },
  });
  const sealing = [
    ...stepsOf(3, 0).slice(0, 3),
    { id: 'open', state: 'blocked', why: 'being-sealed' } as const,
    ...stepsOf(3, 0).slice(4),
  ];
  return [
    sample('', () => untouched),
    sample(
      '-again',
      () => untouched,
      () => ({ isRehearsed: true }),
    ),
    sample(
      '-wrong',
      () => ({ ...none, values: { voters: '0', own: true, emails: 'bob@\nclaire@example.org' } }),
      ({ t }) => ({
        problems: { voters: t('field.test-voters', { most: '20' }), emails: t('field.test-emails', { most: '20' }) },
      }),
    ),
    sample('-blocked', () => ({ kind: 'blocked', why: 'no-candidates' })),
    sample('-too-late', () => ({ kind: 'too-late' })),
    sample(
      '-made',
      (say) => running(say, 'draft', stepsOf(0)),
      ({ t }) => ({ done: t('done.rehearsal-made') }),
    ),
    sample('-trustees', (say) => running(say, 'draft', stepsOf(0, 1, ['trustees', ...ids]))),
    sample('-open', (say) => running(say, 'open', stepsOf(1, 2))),
    sample('-sealing', (say) => running(say, 'closed', sealing)),
    sample('-closed', (say) => running(say, 'closed', stepsOf(3))),
    sample('-published', (say) => running(say, 'published', stepsOf(5, 0))),
    ...marked(publicKey),
  ];
}

/** Booth, election, steps and result as whoever rehearses sees them. */
function marked(publicKey: string): Sample[] {
  const headOf = (say: Say, phase: Phase) => ({ ...head(say, phase), name: nameOf(say), rehearsalOf: 'real' });
  const sample = (name: string, render: (page: Page, say: Say) => Html, more: Partial<Sample> = {}): Sample => ({
    name: `test-${name}`,
    isRehearsal: true,
    ...more,
    render: (page) => render(page, sayIn(page.locale)),
  });
  return [
    sample('booth', (page, say) => boothOf(page, publicKey, [chairOf(say)])),
    sample('election', (page, say) => electionPage(page, electionOf(say, { name: nameOf(say) }))),
    sample(
      'checklist',
      (page, say) =>
        checklistPage(page, { ...checklist(say, 'open', openTasks), lockedCodes: 0, election: headOf(say, 'open') }),
      { signedIn: true },
    ),
    sample(
      'result',
      (page, say) => {
        const state = { kind: 'published', publishedAt: window.closesAt, result: resultOf(say) } as const;
        return resultPage(page, { election: headOf(say, 'published'), window, problems: {}, hasMinutes: true, state });
      },
      { signedIn: true, printed: true },
    ),
  ];
}
