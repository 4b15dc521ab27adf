// The routes of buildings and their icons.

import { listBuildings } from '../../../packages/server/src/storage/buildings.ts';
import { consolePage, everyone, get, nobodys, technicians, type Row, type World } from './world.ts';

const list = '/console/buildings';
const fields = { name: 'Carnot', icon: 'bi-house', colour: '#1f7a8c', typedColour: '', search: '' };
const wrong = [
  ['no name', { name: '' }],
  ['an icon of another set', { icon: 'fa-house' }],
  ['a colour in words', { typedColour: 'red' }],
  ['a name that is there', { name: 'PERRAULT' }],
] as const;

/** Came with the voters of the armed election. */
const idOf = async ({ at }: World, name = 'Perrault') =>
  (await listBuildings(at.db.reader)).find((building) => building.name === name)!.id;

let added = 0;
const another = () => ({ ...fields, name: `Carnot ${++added}` });

export const buildingRoutes: Readonly<Record<string, Row>> = {
  'GET /console/buildings': get('page', () => list, { roles: everyone }),
  'GET /console/buildings/new': get('page', () => `${list}/new?search=house&name=Carnot`, { roles: technicians }),
  'POST /console/buildings/new': {
    door: 'form',
    roles: technicians,
    refused: wrong.map(([what, change]) => [what, 400, (b) => b.post(`${list}/new`, { ...fields, ...change })]),
    act: (b) => b.post(`${list}/new`, another()),
    status: 303,
  },
  'GET /console/buildings/:building': {
    door: 'page',
    roles: technicians,
    refused: [['unknown', 404, (b) => b.get(`${list}/${nobodys}`)]],
    act: async (b, world) => b.get(`${list}/${await idOf(world)}`),
    status: 200,
  },
  'POST /console/buildings/:building': {
    door: 'form',
    roles: technicians,
    refused: [
      ['unknown', 404, (b) => b.post(`${list}/${nobodys}`, fields)],
      ['no name', 400, async (b, world) => b.post(`${list}/${await idOf(world)}`, { ...fields, name: ' ' })],
    ],
    act: async (b, world) => b.post(`${list}/${await idOf(world)}`, { ...fields, name: 'Perrault' }),
    status: 303,
  },
  'POST /console/buildings/:building/delete': {
    door: 'form',
    roles: technicians,
    refused: [
      ['unknown', 404, (b) => b.post(`${list}/${nobodys}/delete`)],
      ['in use', 409, async (b, world) => b.post(`${list}/${await idOf(world)}/delete`)],
      [
        'in use by an armed one',
        409,
        async (b, world) => b.post(`${list}/${await idOf(world)}/delete`, { move: 'yes' }),
      ],
    ],
    act: async (b, world) => {
      const name = `Short-lived ${++added}`;
      if ((await b.post(`${list}/new`, { ...fields, name })).status !== 303) return b.post(`${list}/${nobodys}/delete`);
      return b.post(`${list}/${await idOf(world, name)}/delete`);
    },
    status: 303,
  },
  'GET /console/elections/:id/participation': consolePage('/participation', everyone),
  'GET /console/elections/:id/participation/csv': consolePage('/participation/csv', everyone),
  'GET /privacy': get('public', () => '/privacy'),
  'GET /accessibility': get('public', () => '/accessibility'),
  'GET /api/icons': {
    door: 'api',
    roles: technicians,
    act: (b) => b.get('/api/icons?search=house'),
    status: 200,
  },
};
