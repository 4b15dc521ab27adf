// The console while an election is prepared.
import { candidatePage, candidatesPage } from '../../packages/server/src/views/candidates.ts';
import { checklistPage } from '../../packages/server/src/views/checklist.ts';
import { consolePage } from '../../packages/server/src/views/console.ts';
import { electionFormPage } from '../../packages/server/src/views/election-form.ts';
import type { Html, Page } from '../../packages/server/src/views/page.ts';
import { voterImportPage } from '../../packages/server/src/views/voter-import.ts';
import { votersPage } from '../../packages/server/src/views/voters.ts';
import {
  type Say,
  candidatesOf,
  checklist,
  closedTasks,
  draftTasks,
  formOf,
  head,
  nameOf,
  noCandidate,
  openTasks,
  sayIn,
  votersIn,
  window,
} from './models.ts';
import type { Sample } from './sample.ts';

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
        ...formOf(say),
        election: head(say, 'draft'),
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
        counts: { registered: 0, voted: 0, atLeast: false, locked: 0, matching: 0 },
      }),
    ),
    inLanguage('voters', (page, say) =>
      votersPage(page, { ...votersIn(say, 'draft'), done: page.t('import.added', { added: 3 }) }),
    ),
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
