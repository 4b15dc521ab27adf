// A lost password, the second step of a log-in, passkeys, and one's own authenticator app and recovery codes.

import { everyone, get, nobodys, type Row } from './world.ts';

const own = '/console/account/second-step';

const deed = (path: string, fields: Readonly<Record<string, string>> = {}): Row => ({
  door: 'confirmed form back',
  roles: everyone,
  act: (b) => b.post(own + path, fields),
  status: 303,
});

/** Whoever has not begun to log in is sent to the beginning. */
export const secondStepRoutes: Readonly<Record<string, Row>> = {
  'GET /forgot-password': get('public', () => '/forgot-password'),
  'POST /forgot-password': {
    door: 'public',
    refused: [
      ['nothing typed', 400, (b) => b.post('/forgot-password')],
      ['no address', 400, (b) => b.post('/forgot-password', { email: 'ada' })],
    ],
    act: (b) => b.post('/forgot-password', { email: `${crypto.randomUUID()}@example.org` }),
    status: 200,
  },
  'POST /login/passkey': { door: 'public', act: (b) => b.post('/login/passkey', { answer: '{}' }), status: 401 },
  'POST /login/second/passkey': { door: 'public', act: (b) => b.post('/login/second/passkey'), status: 303 },
  'POST /reauthenticate/passkey': {
    door: 'session',
    roles: everyone,
    act: (b) => b.post('/reauthenticate/passkey', { answer: '{}' }),
    status: 401, // what is right stands in http/admin/passkeys.test.ts
  },
  'POST /api/passkeys/login': { door: 'public', act: (b) => b.json('/api/passkeys/login', {}), status: 200 },
  'POST /api/passkeys/second': { door: 'public', act: (b) => b.json('/api/passkeys/second', {}), status: 401 },
  'POST /api/passkeys/confirm': {
    door: 'api',
    roles: everyone,
    act: (b) => b.json('/api/passkeys/confirm', {}),
    status: 200,
  },
  'POST /api/passkeys/register': {
    door: 'confirmed api',
    roles: everyone,
    act: (b) => b.json('/api/passkeys/register', {}),
    status: 200,
  },
  [`POST ${own}/passkeys`]: { ...deed('/passkeys', { name: 'Mine', answer: '{}' }), status: 401 },
  [`POST ${own}/passkeys/:passkey`]: { ...deed(`/passkeys/${nobodys}`, { name: 'Mine' }), status: 404 },
  [`POST ${own}/passkeys/:passkey/delete`]: { ...deed(`/passkeys/${nobodys}/delete`), status: 404 },
  'GET /login/second': get('public', () => '/login/second', { status: 303 }),
  'POST /login/second': { door: 'public', act: (b) => b.post('/login/second', { code: '123456' }), status: 303 },
  [`GET ${own}`]: get('confirmed page', () => own, { roles: everyone }),
  [`POST ${own}/app`]: deed('/app'),
  [`GET ${own}/app`]: {
    door: 'confirmed page',
    roles: everyone,
    act: async (b) => {
      await b.post(`${own}/app`);
      return b.get(`${own}/app`);
    },
    status: 200,
  },
  [`POST ${own}/app/confirm`]: {
    door: 'confirmed form back',
    roles: everyone,
    act: async (b) => {
      await b.post(`${own}/app`);
      return b.post(`${own}/app/confirm`, { code: 'none' });
    },
    status: 401, // what is right stands in http/admin/second-step.test.ts
  },
  [`POST ${own}/app/remove`]: deed('/app/remove'),
  [`POST ${own}/recovery-codes`]: deed('/recovery-codes'),
};
