// The routes of the roll and of one voter.

import type { Visitor } from '../visitors.ts';
import { consolePage, everyone, get, nobodys, page, type Refused, technicians, type Row, type World } from './world.ts';

const fields = {
  lastName: 'Curie',
  firstName: 'Marie',
  email: 'marie@example.org',
  promotion: 'E1',
  building: '',
};
const late = { ...fields, reason: 'She was forgotten.' };
const csv = 'last_name,first_name,email,promotion,building\nNoether,Emmy,emmy@example.org,E2,Perrault\n';

/** The id of a dry run of this browser; no id where it may not. */
async function sent(browser: Visitor, id: string): Promise<string> {
  const answer = await browser.upload(list(id, '/import'), csv);
  return /import\/([\w-]+)$/.exec(answer.headers.get('location') ?? '')?.[1] ?? nobodys;
}

async function imported(browser: Visitor, id: string): Promise<string> {
  const dryRun = await sent(browser, id);
  await browser.post(list(id, `/import/${dryRun}`));
  return dryRun;
}

const list = (id: string, rest = '') => page(`${id}/voters${rest}`);
const one = ({ id, voter }: Pick<World, 'id' | 'voter'>, rest = '') => list(id, `/${voter}${rest}`);

type Send = (browser: Visitor, path: string) => Promise<Response>;

/** What is refused about a voter whatever is done: not there, of another election, too late, has voted. */
function refusals(rest: string, send: Send): Refused[] {
  return [
    ['unknown election', 404, (b, { voter }) => send(b, one({ id: nobodys, voter }, rest))],
    ['unknown voter', 404, (b, { id }) => send(b, one({ id, voter: nobodys }, rest))],
    ['of another election', 404, (b, { id, armed }) => send(b, one({ id, voter: armed.voters[0]!.id }, rest))],
  ];
}

const inPast = (rest: string, send: Send): Refused[] => [
  ['after the close', 409, (b, { over }) => send(b, one({ id: over.id, voter: over.voters[1]!.id }, rest))],
  ['has voted', 409, (b, { open }) => send(b, one({ id: open.id, voter: open.voters[0]!.id }, rest))],
];

const noReason = (rest: string): Refused => [
  'armed, without a reason',
  400,
  (b, { armed }) => b.post(one({ id: armed.id, voter: armed.voters[0]!.id }, rest), fields),
];
const longReason = (rest: string): Refused => [
  'a reason too long',
  400,
  (b, world) => b.post(one(world, rest), { ...fields, reason: 'x'.repeat(501) }),
];

const reads: Send = (b, path) => b.get(path);
const writes: Send = (b, path) => b.post(path, late);

const deedPage = (deed: string, door: Row['door']): Row => ({
  ...get(door, (world) => one(world, `/${deed}`), { roles: technicians }),
  refused: [...refusals(`/${deed}`, reads), ...inPast(`/${deed}`, reads)],
});

const deed = (name: string, door: Row['door'], status: number): Row => ({
  door,
  roles: technicians,
  refused: [
    ...refusals(`/${name}`, writes),
    ...inPast(`/${name}`, writes),
    noReason(`/${name}`),
    longReason(`/${name}`),
  ],
  act: (b, world) => b.post(one(world, `/${name}`)),
  status,
});

export const voterRoutes: Readonly<Record<string, Row>> = {
  'GET /console/elections/:id/voters': consolePage('/voters', everyone),
  'POST /console/elections/:id/voters': {
    door: 'form',
    roles: technicians,
    refused: [
      ['unknown election', 404, (b) => b.post(list(nobodys), fields)],
      ['nothing typed', 400, (b, { id }) => b.post(list(id))],
      ['wrong fields', 400, (b, { id }) => b.post(list(id), { ...fields, email: 'marie' })],
      ['no form', 400, (b, { id }) => b.json(list(id), fields)],
      ['known', 400, (b, { id }) => b.post(list(id), { ...fields, email: 'ALICE0@example.org' })],
      ['armed, without a reason', 400, (b, { armed }) => b.post(list(armed.id), fields)],
      ['after the close', 409, (b, { over }) => b.post(list(over.id), late)],
    ],
    act: (b, { id }) => b.post(list(id), fields),
    status: 303,
  },
  'POST /console/elections/:id/voters/export': {
    door: 'form',
    roles: everyone,
    refused: [['unknown election', 404, (b) => b.post(list(nobodys, '/export'))]],
    act: (b, { id }) => b.post(list(id, '/export')),
    status: 200,
  },
  'GET /console/elections/:id/voters/remove': {
    ...consolePage('/voters/remove', technicians),
    refused: [
      ['unknown election', 404, (b) => b.get(list(nobodys, '/remove'))],
      ['armed', 409, (b, { armed }) => b.get(list(armed.id, '/remove'))],
    ],
  },
  'POST /console/elections/:id/voters/remove': {
    door: 'form',
    roles: technicians,
    refused: [
      ['unknown election', 404, (b) => b.post(list(nobodys, '/remove'))],
      ['no name', 400, (b, { id }) => b.post(list(id, '/remove'), { expected: '2' })],
      ['another name', 400, (b, { id }) => b.post(list(id, '/remove'), { expected: '2', name: 'Board' })],
      ['another number', 409, (b, { id }) => b.post(list(id, '/remove'), { expected: '3', name: 'Board 2026' })],
      ['no number', 409, (b, { id }) => b.post(list(id, '/remove'), { name: 'Board 2026' })],
      ['armed', 409, (b, { armed }) => b.post(list(armed.id, '/remove'), { expected: '3', name: 'Board 2026' })],
    ],
    act: (b, { id }) => b.post(list(id, '/remove?q=alice0'), { expected: '1', name: ' board  2026 ' }),
    status: 303,
  },
  'GET /console/elections/:id/voters/import': consolePage('/voters/import', technicians),
  'POST /console/elections/:id/voters/import': {
    door: 'form',
    roles: technicians,
    refused: [
      ['unknown election', 404, (b) => b.upload(list(nobodys, '/import'), csv)],
      ['no file', 400, (b, { id }) => b.post(list(id, '/import'))],
      ['an empty file', 400, (b, { id }) => b.upload(list(id, '/import'), ' ')],
      ['a workbook', 400, (b, { id }) => b.upload(list(id, '/import'), 'PK\u0003\u0004')],
      ['armed', 409, (b, { armed }) => b.upload(list(armed.id, '/import'), csv)],
    ],
    act: (b, { id }) => b.upload(list(id, '/import'), csv),
    status: 303,
  },
  'POST /console/elections/:id/voters/import/undo': {
    door: 'form',
    roles: technicians,
    refused: [
      ['unknown election', 404, (b) => b.post(list(nobodys, '/import/undo'))],
      ['no import', 409, (b, { id }) => b.post(list(id, '/import/undo'))],
      ['armed', 409, (b, { armed }) => b.post(list(armed.id, '/import/undo'))],
    ],
    act: async (b, { id }) => b.post(list(id, '/import/undo'), { import: await imported(b, id) }),
    status: 303,
  },
  'GET /console/elections/:id/voters/import/:import': {
    door: 'page',
    roles: technicians,
    refused: [
      ['unknown election', 404, (b) => b.get(list(nobodys, `/import/${nobodys}`))],
      ['unknown import', 409, (b, { id }) => b.get(list(id, `/import/${nobodys}`))],
    ],
    act: async (b, { id }) => b.get(list(id, `/import/${await sent(b, id)}`)),
    status: 200,
  },
  'POST /console/elections/:id/voters/import/:import': {
    door: 'form',
    roles: technicians,
    refused: [
      ['unknown election', 404, (b) => b.post(list(nobodys, `/import/${nobodys}`))],
      ['unknown import', 409, (b, { id }) => b.post(list(id, `/import/${nobodys}`))],
    ],
    act: async (b, { id }) => b.post(list(id, `/import/${await sent(b, id)}`)),
    status: 303,
  },
  'GET /console/elections/:id/voters/import/:import/problems': {
    door: 'page',
    roles: technicians,
    refused: [
      ['unknown election', 404, (b) => b.get(list(nobodys, `/import/${nobodys}/problems`))],
      ['unknown import', 409, (b, { id }) => b.get(list(id, `/import/${nobodys}/problems`))],
    ],
    act: async (b, { id }) => b.get(list(id, `/import/${await sent(b, id)}/problems`)),
    status: 200,
  },
  'GET /console/elections/:id/voters/:voter': {
    ...get('page', one, { roles: everyone }),
    refused: refusals('', reads),
  },
  'POST /console/elections/:id/voters/:voter': {
    door: 'form',
    roles: technicians,
    refused: [
      ...refusals('', writes),
      ...inPast('', writes),
      noReason(''),
      longReason(''),
      ['nothing typed', 400, (b, world) => b.post(one(world))],
      ['known', 400, (b, world) => b.post(one(world), { ...fields, email: 'ALICE0@example.org' })],
      [
        'armed, another name',
        409,
        (b, { armed }) => b.post(one({ id: armed.id, voter: armed.voters[0]!.id }), { ...late, lastName: 'Other' }),
      ],
    ],
    act: (b, world) => b.post(one(world), fields),
    status: 303,
  },
  'POST /console/elections/:id/voters/:voter/delete': {
    door: 'form',
    roles: technicians,
    refused: [
      ...refusals('/delete', writes),
      ['armed', 409, (b, { armed }) => b.post(one({ id: armed.id, voter: armed.voters[0]!.id }, '/delete'))],
    ],
    act: (b, world) => b.post(one(world, '/delete')),
    status: 303,
  },
  'GET /console/elections/:id/voters/:voter/link': deedPage('link', 'page'),
  'POST /console/elections/:id/voters/:voter/link': deed('link', 'form', 303),
  'GET /console/elections/:id/voters/:voter/code': deedPage('code', 'page'),
  'POST /console/elections/:id/voters/:voter/code': deed('code', 'form', 303),
  'GET /console/elections/:id/voters/:voter/access': deedPage('access', 'confirmed page'),
  'POST /console/elections/:id/voters/:voter/access': deed('access', 'confirmed form back', 200),
};
