// The routes of a registrar: who makes the voters' credentials, what their program hands in, and the reserve.

import { get, nobodys, page, technicians, type Row, type World } from './world.ts';

const nobody = 'x'.repeat(27);
const part = ({ boards: { registry } }: World, change: object = {}) => ({
  attempt: registry.making.attempt,
  credentials: registry.making.pairs,
  ...change,
});
const finish = ({ boards: { registry } }: World, change: object = {}) => ({
  attempt: registry.filled.attempt,
  reserve: registry.filled.reserve,
  ...change,
});
const replacing = ({ boards: { registry } }: World) =>
  page(`${registry.armed.id}/voters/${registry.armed.voter}/credential`);

export const registrarRoutes: Readonly<Record<string, Row>> = {
  'GET /registrar/:link': {
    ...get('public', ({ boards }) => `/registrar/${boards.registry.making.token}`),
    refused: [
      ['unknown', 404, (b) => b.get(`/registrar/${nobody}`)],
      ['no link', 404, (b) => b.get('/registrar/%00')],
      ['a trustee’s', 404, (b, { boards }) => b.get(`/registrar/${boards.draft.token}`)],
    ],
  },
  'GET /api/registrars/:link': {
    ...get('public', ({ boards }) => `/api/registrars/${boards.registry.making.token}`),
    refused: [
      ['unknown', 404, (b) => b.get(`/api/registrars/${nobody}`)],
      ['no link', 404, (b) => b.get('/api/registrars/%00')],
    ],
  },
  'GET /api/registrars/:link/roll': {
    ...get('public', ({ boards }) => `/api/registrars/${boards.registry.making.token}/roll`),
    refused: [
      ['unknown', 404, (b) => b.get(`/api/registrars/${nobody}/roll`)],
      ['made', 409, (b, { boards }) => b.get(`/api/registrars/${boards.registry.made.token}/roll`)],
      ['armed', 409, (b, { boards }) => b.get(`/api/registrars/${boards.registry.armed.token}/roll`)],
    ],
  },
  'POST /api/registrars/:link/part': {
    door: 'public',
    refused: [
      ['no body', 400, (b, { boards }) => b.send('POST', `/api/registrars/${boards.registry.making.token}/part`)],
      ['unknown', 404, (b, world) => b.json(`/api/registrars/${nobody}/part`, part(world))],
      [
        'no credential',
        400,
        (b, world) =>
          b.json(
            `/api/registrars/${world.boards.registry.making.token}/part`,
            part(world, { credentials: [[world.boards.registry.making.pairs[0]![0], 'x']] }),
          ),
      ],
      [
        'a voter of U+0000',
        400,
        (b, world) =>
          b.json(
            `/api/registrars/${world.boards.registry.making.token}/part`,
            part(world, { credentials: [['\0', world.boards.registry.making.pairs[0]![1]]] }),
          ),
      ],
      [
        'a secret one beside it',
        400,
        (b, world) =>
          b.json(`/api/registrars/${world.boards.registry.making.token}/part`, part(world, { secrets: ['x'] })),
      ],
      ['made', 409, (b, world) => b.json(`/api/registrars/${world.boards.registry.made.token}/part`, part(world))],
      ['armed', 409, (b, world) => b.json(`/api/registrars/${world.boards.registry.armed.token}/part`, part(world))],
    ],
    act: (b, world) => b.json(`/api/registrars/${world.boards.registry.making.token}/part`, part(world)),
    status: 200,
  },
  'POST /api/registrars/:link/finish': {
    door: 'public',
    refused: [
      ['no body', 400, (b, { boards }) => b.send('POST', `/api/registrars/${boards.registry.filled.token}/finish`)],
      ['unknown', 404, (b, world) => b.json(`/api/registrars/${nobody}/finish`, finish(world))],
      [
        'too small a reserve',
        400,
        (b, world) =>
          b.json(`/api/registrars/${world.boards.registry.filled.token}/finish`, finish(world, { reserve: [] })),
      ],
      [
        'another attempt',
        409,
        (b, world) =>
          b.json(
            `/api/registrars/${world.boards.registry.filled.token}/finish`,
            finish(world, { attempt: '0'.repeat(32) }),
          ),
      ],
      ['made', 409, (b, world) => b.json(`/api/registrars/${world.boards.registry.made.token}/finish`, finish(world))],
    ],
    act: (b, world) => b.json(`/api/registrars/${world.boards.registry.filled.token}/finish`, finish(world)),
    status: 200,
  },
  'GET /elections/:id/reserve.json': {
    ...get('public', ({ boards }) => `/elections/${boards.registry.armed.id}/reserve.json`),
    refused: [
      ['unknown', 404, (b) => b.get(`/elections/${nobodys}/reserve.json`)],
      ['no id', 404, (b) => b.get('/elections/%00/reserve.json')],
      ['a draft', 404, (b, { boards }) => b.get(`/elections/${boards.registry.made.id}/reserve.json`)],
      ['by the server', 404, (b, { boards }) => b.get(`/elections/${boards.tallied.id}/reserve.json`)],
    ],
  },
  'GET /console/elections/:id/credentials': {
    ...get('page', ({ boards }) => page(`${boards.registry.made.id}/credentials`)),
    refused: [
      ['unknown election', 404, (b) => b.get(page(`${nobodys}/credentials`))],
      ['no id', 404, (b) => b.get(page('%00/credentials'))],
      ['sealed otherwise', 409, (b, { id }) => b.get(page(`${id}/credentials`))],
    ],
  },
  'POST /console/elections/:id/credentials/registrar': {
    door: 'form',
    refused: [
      ['nothing typed', 400, (b, { boards }) => b.post(page(`${boards.spare.id}/credentials/registrar`))],
      [
        'no number',
        400,
        (b, { boards }) => b.post(page(`${boards.spare.id}/credentials/registrar`), { name: 'Rosa', reserve: '-1' }),
      ],
      [
        'called as the server',
        400,
        (b, { boards }) => b.post(page(`${boards.spare.id}/credentials/registrar`), { name: 'SERVER', reserve: '1' }),
      ],
      [
        'unknown election',
        404,
        (b) => b.post(page(`${nobodys}/credentials/registrar`), { name: 'Rosa', reserve: '1' }),
      ],
      [
        'sealed otherwise',
        409,
        (b, { id }) => b.post(page(`${id}/credentials/registrar`), { name: 'Rosa', reserve: '1' }),
      ],
      [
        'armed',
        409,
        (b, { boards }) => b.post(page(`${boards.tallied.id}/credentials/registrar`), { name: 'Rosa', reserve: '1' }),
      ],
    ],
    act: (b, { boards }) => b.post(page(`${boards.spare.id}/credentials/registrar`), { name: 'Rosa', reserve: '1' }),
    status: 303,
  },
  'POST /console/elections/:id/credentials/server': {
    door: 'form',
    refused: [
      ['unknown election', 404, (b) => b.post(page(`${nobodys}/credentials/server`))],
      ['sealed otherwise', 409, (b, { id }) => b.post(page(`${id}/credentials/server`))],
      ['armed', 409, (b, { boards }) => b.post(page(`${boards.registry.armed.id}/credentials/server`))],
    ],
    act: (b, { boards }) => b.post(page(`${boards.spare.id}/credentials/server`)),
    status: 303,
  },
  'POST /console/elections/:id/credentials/restart': {
    door: 'form',
    refused: [
      ['unknown election', 404, (b) => b.post(page(`${nobodys}/credentials/restart`))],
      ['no registrar', 404, (b, { boards }) => b.post(page(`${boards.draft.id}/credentials/restart`))],
      ['armed', 409, (b, { boards }) => b.post(page(`${boards.registry.armed.id}/credentials/restart`))],
    ],
    act: (b, { boards }) => b.post(page(`${boards.registry.making.id}/credentials/restart`)),
    status: 303,
  },
  'POST /console/elections/:id/credentials/reserve': {
    door: 'form',
    refused: [
      ['unknown election', 404, (b) => b.post(page(`${nobodys}/credentials/reserve`))],
      ['no registrar', 404, (b, { boards }) => b.post(page(`${boards.draft.id}/credentials/reserve`))],
      ['armed', 409, (b, { boards }) => b.post(page(`${boards.registry.armed.id}/credentials/reserve`))],
    ],
    act: (b, { boards }) => b.post(page(`${boards.registry.made.id}/credentials/reserve`)),
    status: 303,
  },
  'GET /console/elections/:id/voters/:voter/credential': {
    ...get('page', replacing, { roles: technicians }),
    refused: [
      [
        'unknown voter',
        404,
        (b, { boards }) => b.get(page(`${boards.registry.armed.id}/voters/${nobodys}/credential`)),
      ],
      ['no registrar', 409, (b, { id, voter }) => b.get(page(`${id}/voters/${voter}/credential`))],
    ],
  },
  'POST /console/elections/:id/voters/:voter/credential': {
    door: 'form',
    roles: technicians,
    refused: [
      ['no reason', 400, (b, world) => b.post(replacing(world))],
      ['too long a reason', 400, (b, world) => b.post(replacing(world), { reason: 'x'.repeat(501) })],
      [
        'unknown voter',
        404,
        (b, { boards }) => b.post(page(`${boards.registry.armed.id}/voters/${nobodys}/credential`), { reason: 'lost' }),
      ],
      ['no registrar', 409, (b, { id, voter }) => b.post(page(`${id}/voters/${voter}/credential`), { reason: 'lost' })],
    ],
    act: (b, world) => b.post(replacing(world), { reason: 'lost' }),
    status: 303,
  },
};
