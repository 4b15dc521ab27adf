// The routes of the audit log and of the integrity panel.

import { consolePage, get, nobodys, page, readers, type Refused, type Row } from './world.ts';

const badDay: (path: string) => Refused = (path) => ['no day', 400, (b) => b.get(`${path}?from=2026-02-30`)];
const unknown = (path: string): Refused => ['unknown election', 404, (b) => b.get(page(`${nobodys}/${path}`))];

const whole = (path: string): Row => ({
  ...get('page', () => `/console/${path}`, { roles: readers }),
  refused: [badDay(`/console/${path}`)],
});
const ofElection = (path: string): Row => ({
  ...get('page', ({ id }) => page(`${id}/${path}`), { roles: readers }),
  refused: [unknown(path), ['no day', 400, (b, { id }) => b.get(page(`${id}/${path}?until=tomorrow`))]],
});

export const auditRoutes: Readonly<Record<string, Row>> = {
  'GET /console/audit': whole('audit'),
  'GET /console/audit.csv': whole('audit.csv'),
  'GET /console/audit.jsonl': whole('audit.jsonl'),
  'POST /console/audit/check': {
    door: 'form',
    roles: readers,
    act: (b) => b.post('/console/audit/check'),
    status: 303,
  },
  'GET /console/elections/:id/log': ofElection('log'),
  'GET /console/elections/:id/log.csv': ofElection('log.csv'),
  'GET /console/elections/:id/log.jsonl': ofElection('log.jsonl'),
  'POST /console/elections/:id/log/check': {
    door: 'form',
    roles: readers,
    refused: [['unknown election', 404, (b) => b.post(page(`${nobodys}/log/check`))]],
    act: (b, { id }) => b.post(page(`${id}/log/check`)),
    status: 303,
  },
};

export const integrityRoutes: Readonly<Record<string, Row>> = {
  'GET /console/elections/:id/integrity': consolePage('/integrity', readers),
  'POST /console/elections/:id/integrity/check': {
    door: 'form',
    roles: readers,
    refused: [['unknown election', 404, (b) => b.post(page(`${nobodys}/integrity/check`))]],
    act: (b, { id }) => b.post(page(`${id}/integrity/check`)),
    status: 303,
  },
};
