// The routes of questions and rules, of moving candidates and of their pictures.

import { form } from './console.ts';
import { consolePage, get, nobodys, page, readers, type Refused, technicians, type Row } from './world.ts';

const contestForm = {
  title: 'Who sits on the board?',
  minChoices: '1',
  maxChoices: '2',
  blank: 'yes',
  seats: '2',
  order: 'drawn',
} as const;
const rulesForm = { tieRule: 'lot', quorum: '50', minimumBallots: '2' } as const;
const up = { direction: 'up' } as const;

const ofAnother: Refused = [
  'of another election',
  404,
  (b, { id, armedContest }) => b.post(page(`${id}/contests/${armedContest}`), contestForm),
];
const fewestAboveMost: Refused = [
  'fewest above most',
  400,
  (b, { id }) => b.post(page(`${id}/contests/new`), { ...contestForm, minChoices: '3' }),
];
const noDirection = (path: string): Refused => [
  'no direction',
  400,
  (b, { id, contest }) => b.post(page(`${id}/contests/${contest}/${path}`)),
];

/** A button about one question. */
const act = (path: string, fields: Readonly<Record<string, string>> = {}, more: readonly Refused[] = []): Row =>
  form({
    path: ({ id, contest }) => page(`${id}/contests/${contest}/${path}`),
    fields,
    armed: ({ armed, armedContest }) => page(`${armed.id}/contests/${armedContest}/${path}`),
    more: [['unknown', 404, (b, { id }) => b.post(page(`${id}/contests/${nobodys}/${path}`), fields)], ...more],
  });

export const contestRoutes: Readonly<Record<string, Row>> = {
  'GET /logos/:logo{[0-9a-f]{64}\\.webp}': {
    ...get('public', () => `/logos/${'0'.repeat(64)}.webp`, { status: 404 }),
    refused: [
      ['no hash', 404, (b) => b.get('/logos/x.webp')],
      ['another ending', 404, (b) => b.get(`/logos/${'0'.repeat(64)}.svg`)],
    ],
  },
  'POST /console/elections/:id/candidates/:candidate/logo/delete': form({
    roles: technicians,
    path: ({ id, candidate }) => page(`${id}/candidates/${candidate}/logo/delete`),
    fields: {},
    armed: ({ armed, armedCandidate }) => page(`${armed.id}/candidates/${armedCandidate}/logo/delete`),
    more: [['unknown', 404, (b, { id }) => b.post(page(`${id}/candidates/${nobodys}/logo/delete`))]],
  }),
  'GET /console/elections/:id/contests': consolePage('/contests', readers),
  'GET /console/elections/:id/contests/new': consolePage('/contests/new', ['admin']),
  'POST /console/elections/:id/contests/new': form({
    path: ({ id }) => page(`${id}/contests/new`),
    fields: contestForm,
    wrong: { title: ' ' },
    armed: ({ armed }) => page(`${armed.id}/contests/new`),
    more: [fewestAboveMost],
  }),
  'GET /console/elections/:id/contests/:contest': {
    ...get('page', ({ id, contest }) => page(`${id}/contests/${contest}`)),
    refused: [
      ['unknown', 404, (b, { id }) => b.get(page(`${id}/contests/${nobodys}`))],
      ['of another election', 404, (b, { id, armedContest }) => b.get(page(`${id}/contests/${armedContest}`))],
    ],
  },
  'POST /console/elections/:id/contests/:contest': form({
    path: ({ id, contest }) => page(`${id}/contests/${contest}`),
    fields: contestForm,
    wrong: { order: 'by wealth' },
    armed: ({ armed, armedContest }) => page(`${armed.id}/contests/${armedContest}`),
    more: [ofAnother],
  }),
  'POST /console/elections/:id/contests/:contest/move': act('move', up, [noDirection('move')]),
  'POST /console/elections/:id/contests/:contest/draw': {
    ...act('draw'),
    act: (b, { id, drawnContest }) => b.post(page(`${id}/contests/${drawnContest}/draw`)),
    refused: [
      ['unknown', 404, (b, { id }) => b.post(page(`${id}/contests/${nobodys}/draw`))],
      ['not drawn', 409, (b, { id, contest }) => b.post(page(`${id}/contests/${contest}/draw`))],
      ['armed', 409, (b, { armed, armedContest }) => b.post(page(`${armed.id}/contests/${armedContest}/draw`))],
    ],
  },
  'POST /console/elections/:id/contests/:contest/delete': act('delete'),
  'POST /console/elections/:id/rules': form({
    path: ({ id }) => page(`${id}/rules`),
    fields: rulesForm,
    wrong: { quorum: '101' },
    armed: ({ armed }) => page(`${armed.id}/rules`),
  }),
  'POST /console/elections/:id/candidates/:candidate/move': form({
    roles: technicians,
    path: ({ id, candidate }) => page(`${id}/candidates/${candidate}/move`),
    fields: { direction: 'down' },
    armed: ({ armed, armedCandidate }) => page(`${armed.id}/candidates/${armedCandidate}/move`),
    more: [
      ['no direction', 400, (b, { id, candidate }) => b.post(page(`${id}/candidates/${candidate}/move`))],
      ['unknown', 404, (b, { id }) => b.post(page(`${id}/candidates/${nobodys}/move`), up)],
      [
        'of a drawn order',
        409,
        (b, { id, drawnCandidate }) => b.post(page(`${id}/candidates/${drawnCandidate}/move`), up),
      ],
    ],
  }),
};
