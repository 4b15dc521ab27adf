// The routes that anyone may ask, and those of accounts.

import { metricsToken, password } from '../app.ts';
import { get, nobodys, type Row } from './world.ts';

export const publicRoutes: Readonly<Record<string, Row>> = {
  'GET /livez': get('public', () => '/livez'),
  'GET /readyz': get('public', () => '/readyz'),
  'GET /metrics': {
    door: 'public',
    refused: [
      ['no token', 401, (b) => b.get('/metrics')],
      ['a wrong token', 401, (b) => b.get('/metrics', { Authorization: `Bearer ${metricsToken}x` })],
    ],
    act: (b) => b.get('/metrics', { Authorization: `Bearer ${metricsToken}` }),
    status: 200,
  },
  'GET /icon.svg': get('public', () => '/icon.svg'),
  'GET /assets/:file{accent\\.[0-9a-f]{6}\\.css}': get('public', () => '/assets/accent.1f4a86.css'),
  'GET /assets/:file{[a-z-]+\\.[A-Za-z0-9_-]+\\.(?:js|css|svg)}': {
    ...get('public', () => '/assets/booth.0a1b.js'),
    refused: [['unknown file', 404, (b) => b.get('/assets/booth.0000.js')]],
  },
  'GET /setup/:token': get('public', () => '/setup/x', { status: 403 }),
  'POST /setup/:token': { door: 'public', act: (b) => b.post('/setup/x'), status: 403 },
  'GET /setup/:token/administrator': get('public', () => '/setup/x/administrator', { status: 403 }),
  'POST /setup/:token/administrator': { door: 'public', act: (b) => b.post('/setup/x/administrator'), status: 403 },
  'GET /': get('public', () => '/'),
  'GET /elections/:id': {
    ...get('public', ({ armed }) => `/elections/${armed.id}`),
    refused: [
      ['unknown', 404, (b) => b.get(`/elections/${nobodys}`)],
      ['no id', 404, (b) => b.get('/elections/%00')],
      ['a draft', 404, (b, { id }) => b.get(`/elections/${id}`)],
    ],
  },
  'POST /elections/:id/receipt': {
    door: 'public',
    needs: 'open',
    refused: [
      ['nothing typed', 400, (b, { id }) => b.post(`/elections/${id}/receipt`)],
      ['too short', 400, (b, { id }) => b.post(`/elections/${id}/receipt`, { receipt: 'ABCD' })],
      ['unknown', 404, (b) => b.post(`/elections/${nobodys}/receipt`, { receipt: '0'.repeat(32) })],
      ['no id', 404, (b) => b.post('/elections/%00/receipt', { receipt: '0'.repeat(32) })],
    ],
    act: (b, { id }) => b.post(`/elections/${id}/receipt`, { receipt: '0'.repeat(32) }),
    status: 200,
  },
  'GET /elections/:id/record': {
    ...get('public', ({ id }) => `/elections/${id}/record`),
    needs: 'closed',
    refused: [
      ['unknown', 404, (b) => b.get(`/elections/${nobodys}/record`)],
      ['no id', 404, (b) => b.get('/elections/%00/record')],
      ['not sealed', 409, (b, { armed }) => b.get(`/elections/${armed.id}/record`)],
    ],
  },
  'GET /elections/:id/receipts': {
    ...get('public', ({ id }) => `/elections/${id}/receipts`),
    needs: 'closed',
    refused: [
      ['unknown', 404, (b) => b.get(`/elections/${nobodys}/receipts`)],
      ['no id', 404, (b) => b.get('/elections/%00/receipts')],
      ['not sealed', 409, (b, { armed }) => b.get(`/elections/${armed.id}/receipts`)],
    ],
  },
  'GET /vote': get('public', () => '/vote'),
  'POST /vote': {
    door: 'public',
    needs: 'open',
    refused: [
      ['nothing typed', 400, (b) => b.post('/vote')],
      ['too short', 400, (b) => b.post('/vote', { key: 'ABCD-EFGH' })],
      ['unknown', 404, (b) => b.post('/vote', { key: '0000-0000-0000-0000' })],
    ],
    act: (b, { election }) => b.post('/vote', { key: election.voters[1]!.key }),
    status: 303,
  },
  'GET /vote/:link': {
    ...get('public', ({ election }) => `/vote/${election.voters[1]!.link}`),
    needs: 'open',
    refused: [
      ['unknown', 404, (b) => b.get(`/vote/${nobodys}`)],
      ['no link', 404, (b) => b.get('/vote/%00')],
      ['too early', 403, (b, { armed }) => b.get(`/vote/${armed.voters[0]!.link}`)],
    ],
  },
  'POST /api/vote/:link': {
    door: 'public',
    needs: 'open',
    refused: [
      ['no body', 400, (b, { election }) => b.send('POST', `/api/vote/${election.voters[1]!.link}`)],
      ['too early', 403, async (b, { armed }) => b.cast(armed.voters[0]!, (await armed.seal([0])).ballot)],
      ['unknown', 404, async (b, { armed }) => b.cast({ link: nobodys, code: '0000' }, (await armed.seal([0])).ballot)],
    ],
    act: async (b, { election }) => b.cast(election.voters[1]!, (await election.seal([1])).ballot),
    status: 200,
  },
};

export const accountRoutes: Readonly<Record<string, Row>> = {
  'GET /login': get('public', () => '/login'),
  'POST /login': {
    door: 'public',
    counts: true,
    refused: [
      ['nothing typed', 401, (b) => b.post('/login')],
      ['unknown account', 401, (b) => b.post('/login', { email: 'nobody@example.org', password })],
      ['no text', 401, (b) => b.post('/login', { email: 'a\0b@example.org', password })],
      ['wrong password', 401, (b, { email }) => b.post('/login', { email, password: 'not this one' })],
    ],
    act: (b, { email }) => b.post('/login', { email, password }),
    status: 303,
  },
  'POST /logout': { door: 'public', act: (b) => b.post('/logout'), status: 303 },
  'GET /reauthenticate': get('session', () => '/reauthenticate'),
  'POST /reauthenticate': {
    door: 'session',
    counts: true,
    refused: [['wrong password', 401, (b) => b.post('/reauthenticate', { password: 'not this one' })]],
    act: (b) => b.post('/reauthenticate', { password }),
    status: 303,
  },
};
