// The settings of the instance, and trying its mail server.

import { type Act, get, nobodys, readers, type Row } from './world.ts';

const tab = (name: string) => `/console/configure/${name}`;
const windowOf = (draft: string) => ({ draft, withDraft: 'yes', VOTING_START: '2030-01-01T08:00' });
const trial = (act: 'try' | 'test'): Row => ({
  door: 'form',
  act: (browser) => browser.post(tab(`smtp/${act}`)),
  status: 200,
});
const typed =
  (name: string, fields: Readonly<Record<string, string>>): Act =>
  (browser) =>
    browser.post(tab(name), fields);

export const configureRoutes: Readonly<Record<string, Row>> = {
  'GET /configure': get('page', () => '/configure', { status: 303, roles: readers }),
  'GET /console/configure/:tab': {
    ...get('page', () => tab('smtp'), { roles: readers }),
    refused: [['no such tab', 404, (browser) => browser.get(tab('server'))]],
  },
  'POST /console/configure/:tab': {
    door: 'confirmed form',
    refused: [
      ['no such tab', 404, typed('server', { PORT: '1' })],
      ['no port', 400, typed('smtp', { SMTP_PORT: 'eighty', 'was-SMTP_PORT': '465' })],
      [
        'nothing where something is needed',
        400,
        typed('general', { ASSOCIATION_NAME: '', 'was-ASSOCIATION_NAME': 'x' }),
      ],
      ['unknown election', 404, typed('voting', windowOf(nobodys))],
      ['an armed election', 409, (browser, { armed }) => browser.post(tab('voting'), windowOf(armed.id))],
    ],
    act: typed('google', { GOOGLE_CLIENT_ID: 'a client' }),
    status: 303,
  },
  'GET /console/configure/smtp/:act{try|test}': get('page', () => tab('smtp/try'), { status: 303, roles: readers }),
  'POST /console/configure/smtp/try': trial('try'),
  'POST /console/configure/smtp/test': trial('test'),
};
