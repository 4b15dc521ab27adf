// The System page.

import { get, registrars, type Row } from './world.ts';

export const systemRoutes: Readonly<Record<string, Row>> = {
  'GET /console/system': get('page', () => '/console/system', { roles: registrars }),
  'GET /system': get('page', () => '/system', { roles: registrars, status: 303 }),
};
