// The checklist for programs.

import { everyone, get, nobodys, type Row } from './world.ts';

const path = (id: string) => `/api/elections/${id}/readiness`;

export const readinessRoutes: Readonly<Record<string, Row>> = {
  'GET /api/elections/:id/readiness': {
    ...get('api', ({ id }) => path(id), { roles: everyone }),
    refused: [['unknown election', 404, (b) => b.get(path(nobodys))]],
  },
};
