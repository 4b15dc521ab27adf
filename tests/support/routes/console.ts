// The routes of the console until an election is armed.

import {
  consolePage,
  everyone,
  get,
  nobodys,
  page,
  readers,
  type Refused,
  technicians,
  type Role,
  type Row,
  type World,
} from './world.ts';

export const electionForm = {
  name: 'Board 2027',
  description: 'Everyone votes.',
  opensAt: '2099-03-01T08:00',
  closesAt: '2099-03-02T20:00',
  zone: 'Europe/Paris',
  contestTitle: 'Who chairs?',
  blank: 'yes',
  minimumBallots: '5',
} as const;

const shortPath = (path: string): Row => get('page', () => path, { status: 303, roles: everyone });

interface FormRow {
  readonly roles?: readonly Role[];
  readonly path: (world: World) => string;
  readonly fields: Readonly<Record<string, string>>;
  readonly wrong?: Readonly<Record<string, string>>;
  readonly armed?: (world: World) => string;
  readonly more?: readonly Refused[];
}

/** A form about an election: unknown, wrong fields, frozen. */
export function form({ roles = ['admin'], path, fields, wrong, armed, more = [] }: FormRow): Row {
  const elsewhere = (world: World) => path({ ...world, id: nobodys });
  const refused: Refused[] = [['unknown election', 404, (b, world) => b.post(elsewhere(world), fields)], ...more];
  if (wrong) {
    refused.push(['nothing typed', 400, (b, world) => b.post(path(world))]);
    refused.push(['wrong fields', 400, (b, world) => b.post(path(world), { ...fields, ...wrong })]);
    refused.push(['no form', 400, (b, world) => b.json(path(world), fields)]);
  }
  if (armed) refused.push(['armed', 409, (b, world) => b.post(armed(world), fields)]);
  return { door: 'form', roles, refused, act: (b, world) => b.post(path(world), fields), status: 303 };
}

export const consoleRoutes: Readonly<Record<string, Row>> = {
  'GET /console': get('page', () => '/console', { roles: everyone }),
  'GET /console/recovery': get('confirmed page', () => '/console/recovery'),
  'GET /console/elections/new': get('page', () => '/console/elections/new'),
  'POST /console/elections/new': {
    door: 'form',
    refused: [
      ['nothing typed', 400, (b) => b.post('/console/elections/new')],
      [
        'an end before',
        400,
        (b) => b.post('/console/elections/new', { ...electionForm, closesAt: '2099-03-01T07:00' }),
      ],
    ],
    act: (b) => b.post('/console/elections/new', electionForm),
    status: 303,
  },
  'GET /console/elections/:id': consolePage('', everyone),
  'GET /console/elections/:id/details': consolePage('/details', readers),
  'POST /console/elections/:id/details': form({
    path: ({ id }) => page(`${id}/details`),
    fields: electionForm,
    wrong: { zone: 'Europe/Atlantis' },
    armed: ({ armed }) => page(`${armed.id}/details`),
  }),
  'GET /console/elections/:id/candidates': consolePage('/candidates', everyone),
  'POST /console/elections/:id/candidates': form({
    roles: technicians,
    path: ({ id }) => page(`${id}/candidates`),
    fields: { name: 'Dorothée', text: '' },
    wrong: { name: 'x'.repeat(201) },
    armed: ({ armed }) => page(`${armed.id}/candidates`),
    more: [['a name twice', 400, (b, { id }) => b.post(page(`${id}/candidates`), { name: 'ADA', text: '' })]],
  }),
  'GET /console/elections/:id/candidates/:candidate': {
    ...get('page', ({ id, candidate }) => page(`${id}/candidates/${candidate}`), { roles: technicians }),
    refused: [
      ['unknown candidate', 404, (b, { id }) => b.get(page(`${id}/candidates/${nobodys}`))],
      ['of another election', 404, (b, { id, armedCandidate }) => b.get(page(`${id}/candidates/${armedCandidate}`))],
    ],
  },
  'POST /console/elections/:id/candidates/:candidate': form({
    roles: technicians,
    path: ({ id, candidate }) => page(`${id}/candidates/${candidate}`),
    fields: { name: 'Dorothée', text: 'For all.' },
    wrong: { name: '' },
    armed: ({ armed, armedCandidate }) => page(`${armed.id}/candidates/${armedCandidate}`),
    more: [
      [
        'of another election',
        404,
        (b, { id, armedCandidate }) => b.post(page(`${id}/candidates/${armedCandidate}`), { name: 'Eve', text: '' }),
      ],
    ],
  }),
  'POST /console/elections/:id/candidates/:candidate/delete': form({
    roles: technicians,
    path: ({ id, candidate }) => page(`${id}/candidates/${candidate}/delete`),
    fields: {},
    armed: ({ armed, armedCandidate }) => page(`${armed.id}/candidates/${armedCandidate}/delete`),
    more: [
      [
        'of another election',
        404,
        (b, { id, armedCandidate }) => b.post(page(`${id}/candidates/${armedCandidate}/delete`)),
      ],
    ],
  }),
  'GET /buildings': shortPath('/buildings'),
  'GET /dashboard': shortPath('/dashboard'),
  'GET /register-candidate': shortPath('/register-candidate'),
  'GET /register-voter': shortPath('/register-voter'),
  'GET /import-voters': shortPath('/import-voters'),
  'GET /arm': shortPath('/arm'),
  'GET /deliberate': shortPath('/deliberate'),
};
