// The System page.

import { get, technicians, type Row } from './world.ts';

export const systemRoutes: Readonly<Record<string, Row>> = {
  'GET /console/system': get('page', () => '/console/system', { roles: technicians }),
  'GET /system': get('page', () => '/system', { roles: technicians, status: 303 }),
};
