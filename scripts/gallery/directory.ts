// Samples of the directory: looking somebody up while typing and without scripts, in good days and bad.
import { directorySearchPage, type DirectorySearchView } from '../../packages/server/src/views/directory-search.ts';
import { directoryUnitsPage, type UnitListing } from '../../packages/server/src/views/directory-units.ts';
import type { Html, Page } from '../../packages/server/src/views/page.ts';
import { voterDryRunPage } from '../../packages/server/src/views/voter-dry-run.ts';
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

const hurdles = [undefined, 'on-roll', 'foreign-domain'] as const;
const listing: UnitListing = {
  unit: '/Students/2026',
  at: '',
  next: 'more',
  people: people.map(({ firstName, lastName, email }, index) => ({
    name: `${firstName} ${lastName}`,
    email,
    about: '/Students/2026',
    value: email,
    ticked: index === 0,
    hurdle: hurdles[index],
  })),
  isMissing: false,
  kept: ['a', 'b'],
  promotion: '',
  building: '',
  choices: { promotionList: ['E1', 'E2'], promotions: [], language: 'fr' as const, buildings: ['Perrault'] },
};
const summary = {
  encoding: 'utf-8',
  source: 'directory',
  columns: [],
  ignored: [],
  added: 51,
  changed: 1,
  unchanged: 0,
  problemCount: 0,
  problems: [],
  changes: [{ line: 3, name: 'Dupont Alice', fields: [{ field: 'lastName', before: 'Dupont', after: 'Durand' }] }],
  fresh: ['Benali Aïcha', 'Dupond Alice'],
  buildings: [],
} as const;

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
    sample('units', (page, say) => {
      const units = ['/', '/Staff', '/Students', '/Students/2026'].map((path) => ({ path }));
      return directoryUnitsPage(page, { election: head(say, 'draft'), problems: {}, units });
    }),
    sample('units-people', (page, say) =>
      directoryUnitsPage(page, { election: head(say, 'draft'), problems: {}, listing }),
    ),
    sample('units-fail', (page, say) => {
      const [title, text] = [page.t('reason.directory-too-many.title'), page.t('reason.directory-too-many.detail')];
      const trouble = { title, text, said: '' };
      const missing = { ...listing, people: [], next: undefined, isMissing: true };
      return directoryUnitsPage(page, { election: head(say, 'draft'), problems: {}, trouble, listing: missing });
    }),
    sample('units-none', (page, say) => {
      const why = {
        title: page.t('reason.directory-scope-missing.title'),
        text: page.t('reason.directory-scope-missing.detail'),
      };
      return directoryUnitsPage(page, { election: head(say, 'draft'), problems: {}, why });
    }),
    sample('units-dry-run', (page, say) =>
      voterDryRunPage(page, { election: head(say, 'draft'), id: 'i', state: 'ready', done: 0, total: 0, summary }),
    ),
  ];
}
