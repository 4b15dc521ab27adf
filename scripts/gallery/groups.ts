// Buildings and participation: the console's pages and what everyone sees.
import { searchIcons } from '../../packages/server/src/domain/icon-search.ts';
import { type BuildingForm, buildingPage, buildingsPage } from '../../packages/server/src/views/buildings.ts';
import type { Html, Page } from '../../packages/server/src/views/page.ts';
import { participationPage } from '../../packages/server/src/views/participation-page.ts';
import { accessibilityPage, privacyPage } from '../../packages/server/src/views/statements.ts';
import { head, type Say, nameOf, sayIn, window, zone } from './models.ts';
import { participationOf, periodsOf } from './participation.ts';
import type { Sample } from './sample.ts';

const buildings = [
  { id: 'b1', name: 'Perrault', icon: 'building', colour: '#1f7a8c' },
  { id: 'b2', name: 'Bibliothèque universitaire des sciences', icon: 'book', colour: '#ffe600' },
  { id: 'b3', name: 'Atelier', icon: 'tools', colour: '#8a0f0f' },
  { id: 'b4', name: 'Résidence des Érables', icon: 'house-heart-fill', colour: '#000000' },
] as const;

const picked = (page: Page, names: readonly string[], search: string): BuildingForm['icons'] => {
  const { found, total } = searchIcons(names, search, 72);
  return {
    icons: found.map((name) => ({ name, url: page.icon(name) ?? '' })),
    summary:
      search === ''
        ? page.t('icons.likely', { total: names.length })
        : page.t('icons.found', { total, shown: found.length }),
  };
};

export function groupSamples(icons: readonly string[]): Sample[] {
  const inConsole = (name: string, render: (page: Page, say: Say) => Html, more: Partial<Sample> = {}): Sample => ({
    name,
    signedIn: true,
    render: (page) => render(page, sayIn(page.locale)),
    ...more,
  });
  const blank = { name: '', icon: 'building', colour: '#1f7a8c', typedColour: '', search: '' };
  const uses = (say: Say, armed: boolean) => [{ id: 'e1', election: nameOf(say), armed, voters: 214 }];
  const others = buildings.slice(1);
  const opened = { hasStarted: true, periods: periodsOf(window.opensAt, 40), zone };
  return [
    { name: 'privacy', render: (page) => privacyPage(page, { retentionDays: 90 }) },
    { name: 'accessibility', render: (page) => accessibilityPage(page) },
    inConsole('participation', (page, say) =>
      participationPage(page, {
        ...opened,
        election: head(say, 'open'),
        participation: participationOf(),
        asOf: window.opensAt + 4e7,
      }),
    ),
    inConsole('participation-limit', (page, say) =>
      participationPage(page, {
        ...opened,
        election: head(say, 'open'),
        participation: {
          ...participationOf(),
          total: { voted: 187, registered: 598, atLeast: true },
          promotions: [],
          promotionsLater: true,
        },
        asOf: window.opensAt + 4e7,
      }),
    ),
    inConsole('participation-early', (page, say) =>
      participationPage(page, {
        ...opened,
        hasStarted: false,
        election: head(say, 'armed'),
        participation: participationOf(),
        asOf: undefined,
      }),
    ),
    inConsole('buildings-empty', (page) => buildingsPage(page, { buildings: [] })),
    inConsole('buildings', (page) => {
      const rows = buildings.map((building, index) => ({ ...building, elections: index % 3 }));
      return buildingsPage(page, { buildings: rows, done: page.t('done.added') });
    }),
    inConsole(
      'building-new',
      (page) => buildingPage(page, { values: blank, icons: picked(page, icons, ''), problems: {} }),
      { withoutScripts: true },
    ),
    inConsole('building-search', (page, say) => {
      const search = say('house', 'maison');
      return buildingPage(page, { values: { ...blank, search }, icons: picked(page, icons, search), problems: {} });
    }),
    inConsole('building-wrong', (page) => {
      const problems = {
        name: page.t('field.building-name'),
        typedColour: page.t('field.colour'),
        icon: page.t('field.icon'),
      };
      const values = { ...blank, icon: 'fa-house', typedColour: 'rouge', search: 'qqqq' };
      return buildingPage(page, { values, icons: picked(page, icons, 'qqqq'), problems });
    }),
    inConsole('building-used', (page, say) =>
      buildingPage(page, {
        existing: { id: 'b1', uses: uses(say, false), others },
        values: { ...blank, ...buildings[0] },
        icons: picked(page, icons, ''),
        problems: {},
      }),
    ),
    inConsole('building-kept', (page, say) =>
      buildingPage(page, {
        existing: { id: 'b1', uses: uses(say, true), others },
        values: { ...blank, ...buildings[0] },
        icons: picked(page, icons, ''),
        problems: {},
      }),
    ),
  ];
}
