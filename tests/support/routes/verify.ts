// The routes of the page on which anyone checks an election.

import { get, type Row } from './world.ts';

export const verifyRoutes: Readonly<Record<string, Row>> = {
  'GET /verify': get('public', ({ id }) => `/verify?election=${id}`),
  'GET /verify/votix-verify.html': get('public', () => '/verify/votix-verify.html'),
};
