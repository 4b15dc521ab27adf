// The routes of the directory. In this world none is connected: what a connected one answers is tested beside the routes.

import { consolePage, get, nobodys, page, readers, technicians, type Row } from './world.ts';

const units = (id: string) => page(`${id}/voters/units`);
const search = (id: string) => page(`${id}/voters/directory`);
const picked = { unit: '/Staff', at: '', next: '', go: 'check', pick: '["Curie","Marie","marie@example.org"]' };
const chosen = { lastName: 'Curie', firstName: 'Marie', email: 'marie@example.org' };
const tab = '/console/configure/google';

export const directoryRoutes: Readonly<Record<string, Row>> = {
  'GET /console/configure/google/:deed{connect|disconnect}': get('page', () => `${tab}/connect`, {
    status: 303,
    roles: readers,
  }),
  'POST /console/configure/google/connect': {
    door: 'confirmed form back',
    act: (browser) => browser.post(`${tab}/connect`),
    status: 409,
  },
  'POST /console/configure/google/disconnect': {
    door: 'confirmed form back',
    act: (browser) => browser.post(`${tab}/disconnect`),
    status: 409,
  },
  'GET /auth/google/callback': {
    door: 'page',
    refused: [
      ['nothing in the address', 400, (browser) => browser.get('/auth/google/callback')],
      ['a refusal that nobody asked for', 400, (browser) => browser.get('/auth/google/callback?error=access_denied')],
    ],
    act: (browser) => browser.get('/auth/google/callback?state=unknown&code=x'),
    status: 400,
  },
  'GET /api/directory/people': {
    door: 'api',
    roles: technicians,
    refused: [
      ['nothing typed', 400, (browser) => browser.get('/api/directory/people')],
      ['one letter', 400, (browser) => browser.get('/api/directory/people?q=%20a%20')],
    ],
    act: (browser) => browser.get('/api/directory/people?q=al'),
    status: 409,
  },
  'GET /console/elections/:id/voters/directory': {
    ...consolePage('/voters/directory', technicians),
    refused: [
      ['unknown election', 404, (browser) => browser.get(search(nobodys))],
      ['one letter', 400, (browser, { id }) => browser.get(`${search(id)}?q=a`)],
    ],
  },
  'POST /console/elections/:id/voters/directory': {
    door: 'form',
    roles: technicians,
    refused: [
      ['unknown election', 404, (browser) => browser.post(search(nobodys), chosen)],
      ['nobody', 400, (browser, { id }) => browser.post(search(id))],
    ],
    act: (browser, { id }) => browser.post(search(id), chosen),
    status: 200,
  },
  'GET /console/elections/:id/voters/units': {
    ...consolePage('/voters/units', technicians),
    refused: [
      ['unknown election', 404, (browser) => browser.get(units(nobodys))],
      ['armed', 409, (browser, { armed }) => browser.get(units(armed.id))],
    ],
  },
  'POST /console/elections/:id/voters/units': {
    door: 'form',
    roles: technicians,
    refused: [
      ['unknown election', 404, (browser) => browser.post(units(nobodys), picked)],
      ['armed', 409, (browser, { armed }) => browser.post(units(armed.id), picked)],
      ['no unit', 400, (browser, { id }) => browser.post(units(id), { ...picked, unit: '' })],
      ['nobody’s shape', 400, (browser, { id }) => browser.post(units(id), { ...picked, pick: '{"admin":true}' })],
    ],
    act: (browser, { id }) => browser.post(units(id), picked),
    status: 303,
  },
};
