// The routes of the directory. In this world none is connected: what a connected one answers is tested beside the routes.

import { get, readers, type Row } from './world.ts';

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
};
