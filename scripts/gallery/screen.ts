// The hall's screen in every state, on phones, desks and televisions.
import { type ScreenElection, screenPage } from '../../packages/server/src/views/screen.ts';
import type { Page } from '../../packages/server/src/views/page.ts';
import { boardOf, nameOf, resultOf, type Say, sayIn, window, zone } from './models.ts';
import { participationOf } from './participation.ts';
import type { Sample } from './sample.ts';

const now = window.closesAt - 2 * 3_600_000 - 14 * 60_000;
const icons = ['building', 'book', 'tools', 'tree', 'house', 'bank'];
const colours = ['#1f7a8c', '#ffe600', '#8a0f0f', '#2f6f3e', '#7a4fa0', '#c2571a'];

const manyBuildings = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    label: n % 4 === 1 ? `Bibliothèque universitaire ${n}` : `Bâtiment ${n + 1}`,
    voted: 10 + ((n * 37) % 60),
    registered: 70,
    sign: { icon: icons[n % icons.length]!, colour: colours[n % colours.length]! },
  }));

export function screenSamples(): Sample[] {
  const shown = (name: string, elections: (say: Say) => readonly Partial<ScreenElection>[], at = now): Sample => ({
    name: `screen-${name}`,
    televisions: true,
    withoutScripts: name === 'open',
    render: (page: Page) => {
      const say = sayIn(page.locale);
      const made = elections(say).map((more, n): ScreenElection => ({
        id: `e${n}`,
        name: nameOf(say),
        phase: 'open',
        window,
        alarms: [],
        ...more,
      }));
      return screenPage(page, { elections: made, now: at, zone, live: { now: at, shapes: {} } });
    },
  });
  const participation = participationOf();
  const total = { voted: 402, registered: 598, atLeast: true };
  return [
    shown('empty', () => []),
    shown('armed', () => [{ phase: 'armed' }], window.opensAt - 26 * 3_600_000),
    shown('open', () => [{ participation }]),
    shown('open-plain', () => [{ participation: { ...participation, buildings: [], total } }]),
    shown('open-many', (say) => [
      {
        name: say(
          'Representatives of the students on the council of the faculty of sciences and the library board',
          'Représentants des étudiants au conseil de la faculté des sciences et au comité de la bibliothèque',
        ),
        participation: { ...participation, buildings: manyBuildings(14), total },
      },
    ]),
    shown('several', (say) => [
      { participation },
      { name: say('Delegates of year 2A', 'Délégués 2A'), participation: { ...participation, total } },
      { name: say('Statutes', 'Statuts'), participation },
    ]),
    shown('several-many', (say) =>
      [2, 3, 4, 5, 6, 7].map((year) => ({
        name: say(`Delegates of year ${year}`, `Délégués de la promotion ${year}`),
        participation,
      })),
    ),
    shown('closed', () => [{ phase: 'closed', participation: { ...participation, buildings: manyBuildings(8) } }]),
    shown('below', () => [{ phase: 'closed', participation, belowMinimum: 5 }]),
    shown('abandoned', (say) => [
      {
        phase: 'abandoned',
        abandoned: {
          at: now,
          reason: say('A candidate was missing on the ballot.', 'Un candidat manquait sur le bulletin.'),
        },
      },
    ]),
    shown('published', (say) => [{ phase: 'published', participation, result: resultOf(say) }]),
    shown('published-several', (say) => {
      const result = resultOf(say);
      const [contest] = result.contests;
      const contests = [contest!, { ...contest!, id: 'second', title: boardOf(say).title }];
      return [{ phase: 'published', participation, result: { ...result, contests }, alarms: ['counts'] }];
    }),
  ];
}
