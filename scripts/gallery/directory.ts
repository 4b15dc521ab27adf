// Samples of the directory: looking somebody up while typing and without scripts, in good days and bad.
import { directorySearchPage, type DirectorySearchView } from '../../packages/server/src/views/directory-search.ts';
import type { Html, Page } from '../../packages/server/src/views/page.ts';
import { votersPage } from '../../packages/server/src/views/voters.ts';
import { head, type Say, sayIn, votersIn } from './models.ts';
import type { Sample } from './sample.ts';

const people = [
  { firstName: 'Alice', lastName: 'Dupont', email: 'alice.dupont@example.org', about: 'Bibliothécaire' },
  { firstName: 'Alice', lastName: 'Dupond', email: 'alice.dupond@students.example.org', about: '' },
  {
    firstName: 'Alix-Marie-Constance',
    lastName: 'de La Rochefoucauld-Montmorency',
    email: 'alix-marie-constance.de-la-rochefoucauld-montmorency@example.org',
    about: 'Professeure, Département d’informatique',
  },
];

export function directorySamples(): Sample[] {
  const sample = (name: string, render: (page: Page, say: Say) => Html, more: Partial<Sample> = {}): Sample => ({
    name: `directory-${name}`,
    signedIn: true,
    render: (page) => render(page, sayIn(page.locale)),
    ...more,
  });
  const search = (page: Page, say: Say, view: Partial<DirectorySearchView>) =>
    directorySearchPage(page, {
      election: head(say, 'draft'),
      query: 'ali',
      problems: {},
      people: undefined,
      next: undefined,
      ...view,
    });
  const box = (page: Page, say: Say) => {
    const view = votersIn(say, 'draft');
    const shown = { voters: [], pageCount: 1, counts: { ...view.counts, registered: 0 } };
    return votersPage(page, { ...view, ...shown, directory: { hasUnits: true, problem: undefined } });
  };
  const typing: Partial<Sample> = {
    answers: { '/api/directory/people': { people, summary: '3 people found.' } },
    act: async (tab) => {
      const input = tab.getByRole('combobox').first();
      await input.scrollIntoViewIfNeeded();
      await input.pressSequentially('ali');
      await tab.getByRole('option').first().waitFor();
      await input.press('ArrowDown');
    },
  };
  return [
    sample('box', (page, say) => box(page, say), { withoutScripts: true }),
    sample('box-typing', (page, say) => box(page, say), typing),
    sample('box-lost', (page, say) => {
      const [title, text] = [page.t('reason.directory-grant-lost.title'), page.t('reason.directory-grant-lost.detail')];
      const view = votersIn(say, 'draft');
      const shown = { voters: [], pageCount: 1, counts: { ...view.counts, registered: 0 } };
      return votersPage(page, { ...view, ...shown, directory: { hasUnits: true, problem: { title, text } } });
    }),
    sample('search', (page, say) => search(page, say, { people, next: 'more' })),
    sample('search-nobody', (page, say) => search(page, say, { query: 'zzz', people: [] })),
    sample('search-fails', (page, say) => {
      const [title, text] = [page.t('reason.directory-api-off.title'), page.t('reason.directory-api-off.detail')];
      const said = 'People API has not been used in project 1234567890 before or it is disabled.';
      return search(page, say, { trouble: { title, text, said } });
    }),
  ];
}
