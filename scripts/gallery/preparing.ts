// The console while an election is prepared.
import { candidatePage, candidatesPage } from '../../packages/server/src/views/candidates.ts';
import { checklistPage } from '../../packages/server/src/views/checklist.ts';
import { consolePage } from '../../packages/server/src/views/console.ts';
import { contestPage } from '../../packages/server/src/views/contest.ts';
import { contestsPage, type ContestsView } from '../../packages/server/src/views/contests.ts';
import { electionFormPage } from '../../packages/server/src/views/election-form.ts';
import type { Phase } from '../../packages/server/src/views/phase.ts';
import type { Html, Page } from '../../packages/server/src/views/page.ts';
import { votersPage } from '../../packages/server/src/views/voters.ts';
import {
  type Say,
  boardOf,
  candidatesOf,
  chairOf,
  checklist,
  formOf,
  head,
  nameOf,
  noCandidate,
  pictured,
  rules,
  sayIn,
  strictRules,
  votersIn,
} from './models.ts';
import type { Sample } from './sample.ts';
import { allDone, armedTasks, closedTasks, countedTasks, draftTasks, openTasks, readyTasks } from './tasks.ts';

const listed = <T extends { candidates: readonly unknown[] }>(contest: T) => ({
  ...contest,
  candidates: contest.candidates.length,
});
const contestsIn = (say: Say, phase: Phase, more: Partial<ContestsView>): ContestsView => ({
  election: head(say, phase),
  contests: [listed(chairOf(say)), listed(boardOf(say))],
  rules,
  values: { tieRule: 'announce', quorum: '0', minimumBallots: '5' },
  problems: {},
  ...more,
});

export function preparingSamples(): Sample[] {
  const signedIn = true;
  const inLanguage = (name: string, render: (page: Page, say: Say) => Html): Sample => ({
    name,
    signedIn,
    render: (page) => render(page, sayIn(page.locale)),
  });
  return [
    inLanguage('console-empty', (page) => consolePage(page, { elections: [] })),
    inLanguage('console', (page, say) => {
      const stages = {
        draft: draftTasks,
        armed: armedTasks,
        open: openTasks,
        closed: closedTasks,
        deliberated: countedTasks,
        published: allDone,
      };
      const elections = (Object.keys(stages) as (keyof typeof stages)[]).map((phase) => ({
        ...checklist(say, phase, stages[phase]),
        name: nameOf(say),
      }));
      return consolePage(page, { elections });
    }),
    { ...inLanguage('console-insecure', (page) => consolePage(page, { elections: [] })), insecure: true },
    inLanguage('election-new', (page, say) => electionFormPage(page, formOf(say))),
    inLanguage('election-details-wrong', (page, say) =>
      electionFormPage(page, {
        ...formOf(say),
        election: head(say, 'draft'),
        problems: { closesAt: page.t('field.closes-before-opens') },
      }),
    ),
    inLanguage('election-details-frozen', (page, say) =>
      electionFormPage(page, { ...formOf(say), election: head(say, 'open') }),
    ),
    inLanguage('checklist-draft', (page, say) => checklistPage(page, checklist(say, 'draft', draftTasks))),
    inLanguage('checklist-ready', (page, say) => checklistPage(page, checklist(say, 'draft', readyTasks))),
    inLanguage('checklist-observer', (page, say) =>
      checklistPage({ ...page, account: { name: 'Otto', role: 'observer' } }, checklist(say, 'draft', draftTasks)),
    ),
    inLanguage('checklist-technician', (page, say) =>
      checklistPage({ ...page, account: { name: 'Tia', role: 'technician' } }, checklist(say, 'closed', closedTasks)),
    ),
    inLanguage('checklist-armed', (page, say) => checklistPage(page, checklist(say, 'armed', armedTasks))),
    inLanguage('checklist-open', (page, say) => checklistPage(page, checklist(say, 'open', openTasks))),
    inLanguage('checklist-closed', (page, say) => checklistPage(page, checklist(say, 'closed', closedTasks))),
    inLanguage('contests', (page, say) =>
      contestsPage(page, contestsIn(say, 'draft', { contests: [listed(chairOf(say))] })),
    ),
    inLanguage('contests-several', (page, say) =>
      contestsPage(page, contestsIn(say, 'draft', { done: page.t('done.moved') })),
    ),
    inLanguage('contests-wrong', (page, say) =>
      contestsPage(page, contestsIn(say, 'draft', { problems: { quorum: page.t('field.quorum') } })),
    ),
    inLanguage('contests-frozen', (page, say) => contestsPage(page, contestsIn(say, 'armed', { rules: strictRules }))),
    inLanguage('contest-new', (page, say) =>
      contestPage(page, {
        election: head(say, 'draft'),
        values: { title: '', minChoices: '3', maxChoices: '1', blank: true, seats: '1', order: 'fixed' },
        problems: { title: page.t('field.contestTitle'), maxChoices: page.t('field.fewest-above-most') },
      }),
    ),
    inLanguage('contest', (page, say) =>
      contestPage(page, {
        election: head(say, 'draft'),
        id: 'k2',
        values: {
          title: boardOf(say).title,
          minChoices: '1',
          maxChoices: '3',
          blank: true,
          seats: '3',
          order: 'drawn',
        },
        problems: {},
        seed: boardOf(say).seed,
        candidates: 5,
        done: page.t('done.drawn'),
      }),
    ),
    inLanguage('candidates-empty', (page, say) =>
      candidatesPage(page, {
        election: head(say, 'draft'),
        contests: [{ ...chairOf(say), candidates: [] }],
        values: noCandidate,
        problems: {},
      }),
    ),
    inLanguage('candidates', (page, say) =>
      candidatesPage(page, {
        election: head(say, 'draft'),
        contests: [chairOf(say)],
        values: noCandidate,
        problems: {},
      }),
    ),
    inLanguage('candidates-pictured', (page, say) =>
      candidatesPage(page, {
        election: head(say, 'draft'),
        contests: [{ ...chairOf(say), candidates: pictured(candidatesOf(say)) }],
        values: { ...noCandidate, name: 'Ada' },
        problems: { logo: page.t('reason.logo-svg.detail') },
      }),
    ),
    inLanguage('candidates-several', (page, say) =>
      candidatesPage(page, {
        election: head(say, 'draft'),
        contests: [chairOf(say), boardOf(say), { ...chairOf(say), id: 'k3', candidates: [] }],
        values: { ...noCandidate, contest: 'k2' },
        problems: { name: page.t('field.candidate-name') },
      }),
    ),
    inLanguage('candidates-frozen', (page, say) =>
      candidatesPage(page, {
        election: head(say, 'armed'),
        contests: [chairOf(say)],
        values: noCandidate,
        problems: {},
      }),
    ),
    inLanguage('candidate', (page, say) =>
      candidatePage(page, {
        election: head(say, 'draft'),
        id: 'c1',
        logo: pictured(candidatesOf(say))[0]?.logo ?? null,
        values: candidatesOf(say)[0] ?? noCandidate,
        problems: {},
      }),
    ),
    inLanguage('voters-empty', (page, say) =>
      votersPage(page, {
        ...votersIn(say, 'draft'),
        voters: [],
        pageCount: 1,
        counts: { registered: 0, voted: 0, atLeast: false, locked: 0, matching: 0 },
      }),
    ),
    inLanguage('voters', (page, say) => votersPage(page, { ...votersIn(say, 'draft'), done: page.t('done.added') })),
  ];
}
