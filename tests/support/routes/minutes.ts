// The routes of the minutes and of the result's files.

import { get, nobodys, page, readers, type Row } from './world.ts';

const inConsole = (file: string): Row => ({
  ...get('page', ({ id }) => page(`${id}/${file}`), { roles: readers }),
  needs: 'deliberated',
  refused: [
    ['unknown election', 404, (b) => b.get(page(`${nobodys}/${file}`))],
    ['not sealed', 409, (b, { armed }) => b.get(page(`${armed.id}/${file}`))],
  ],
});

const forEveryone = (file: string): Row => ({
  ...get('public', ({ id }) => `/elections/${id}/${file}`),
  needs: 'published',
  refused: [
    ['unknown', 404, (b) => b.get(`/elections/${nobodys}/${file}`)],
    ['no id', 404, (b) => b.get(`/elections/%00/${file}`)],
    ['not sealed', 409, (b, { armed }) => b.get(`/elections/${armed.id}/${file}`)],
  ],
});

export const minutesRoutes: Readonly<Record<string, Row>> = {
  'GET /console/elections/:id/minutes': inConsole('minutes'),
  'GET /console/elections/:id/minutes.pdf': inConsole('minutes.pdf'),
  'GET /console/elections/:id/minutes.csv': inConsole('minutes.csv'),
  'GET /console/elections/:id/minutes.json': inConsole('minutes.json'),
  'GET /elections/:id/minutes.pdf': forEveryone('minutes.pdf'),
  'GET /elections/:id/result.csv': forEveryone('result.csv'),
  'GET /elections/:id/result.json': forEveryone('result.json'),
};
