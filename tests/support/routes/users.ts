// Users, one's own account, and the one-time link to choose a password.

import { password } from '../app.ts';
import { everyone, get, nobodys, type Refused, type Row, type World } from './world.ts';

const userForm = { name: 'Otto', role: 'observer' } as const;
const typed = () => ({ ...userForm, email: `${crypto.randomUUID()}@example.org` });
const user = ({ account }: World) => `/console/users/${account}`;
const newPassword = { password, passwordAgain: password } as const;

/** A deed about another user, without fields. */
const deed = (path: 'link' | 'sessions' | 'delete', status: number): Row => ({
  door: 'confirmed form back',
  refused: [['unknown user', 404, (b) => b.post(`/console/users/${nobodys}/${path}`)]],
  act: (b, world) => b.post(`${user(world)}/${path}`),
  status,
});

const wrongUsers = (path: (world: World) => string): Refused[] => [
  ['nothing typed', 400, (b, world) => b.post(path(world))],
  ['no such role', 400, (b, world) => b.post(path(world), { ...typed(), role: 'root' })],
  ['no form', 400, (b, world) => b.json(path(world), typed())],
];

const linkPath = ({ passwordToken }: World) => `/choose-password/${passwordToken}`;

export const userRoutes: Readonly<Record<string, Row>> = {
  'GET /console/users': get('page', () => '/console/users'),
  'GET /console/users/new': get('confirmed page', () => '/console/users/new'),
  'POST /console/users/new': {
    door: 'confirmed form',
    refused: [
      ...wrongUsers(() => '/console/users/new'),
      ['a known address', 400, (b, { email }) => b.post('/console/users/new', { ...userForm, email })],
    ],
    act: (b) => b.post('/console/users/new', typed()),
    status: 200,
  },
  'GET /console/users/:account': {
    ...get('confirmed page', user),
    refused: [['unknown user', 404, (b) => b.get(`/console/users/${nobodys}`)]],
  },
  'POST /console/users/:account': {
    door: 'confirmed form',
    refused: [
      ...wrongUsers(user),
      ['unknown user', 404, (b) => b.post(`/console/users/${nobodys}`, typed())],
      ['a known address', 400, (b, world) => b.post(user(world), { ...userForm, email: world.observerEmail })],
    ],
    act: (b, world) => b.post(user(world), typed()),
    status: 303,
  },
  'POST /console/users/:account/link': deed('link', 200),
  'POST /console/users/:account/sessions': deed('sessions', 303),
  'POST /console/users/:account/delete': deed('delete', 303),
  'GET /console/account': get('page', () => '/console/account', { roles: everyone }),
  'POST /console/account': {
    door: 'form',
    roles: everyone,
    refused: [['nothing typed', 400, (b) => b.post('/console/account')]],
    act: (b) => b.post('/console/account', { name: 'Ada Admin' }),
    status: 303,
  },
  'POST /console/account/password': {
    door: 'form',
    roles: everyone,
    counts: true,
    refused: [
      ['nothing typed', 400, (b) => b.post('/console/account/password')],
      ['too short', 400, (b) => b.post('/console/account/password', { current: password, password: 'short' })],
      ['not the same', 400, (b) => b.post('/console/account/password', { current: password, password })],
      ['a wrong one', 401, (b) => b.post('/console/account/password', { current: 'no', ...newPassword })],
    ],
    act: (b) => b.post('/console/account/password', { current: password, ...newPassword }),
    status: 303,
  },
  'POST /console/account/sessions': {
    door: 'form',
    roles: everyone,
    act: (b) => b.post('/console/account/sessions'),
    status: 303,
  },
  'GET /choose-password/:token': {
    ...get('public', linkPath),
    refused: [['unknown link', 404, (b) => b.get('/choose-password/x')]],
  },
  'POST /choose-password/:token': {
    door: 'public',
    refused: [
      ['unknown link', 404, (b) => b.post('/choose-password/x', newPassword)],
      ['nothing typed', 400, (b, world) => b.post(linkPath(world))],
      ['not the same', 400, (b, world) => b.post(linkPath(world), { password, passwordAgain: `${password}x` })],
    ],
    act: (b, world) => b.post(linkPath(world), newPassword),
    status: 303,
  },
};
