// Every route of the app, in one table: what walks the routes walks them all.

import { approvalRoutes } from './approvals.ts';
import { archiveRoutes } from './archives.ts';
import { auditRoutes, integrityRoutes } from './audit.ts';
import { buildingRoutes } from './buildings.ts';
import { screenRoutes } from './screen.ts';
import { secondStepRoutes } from './second-step.ts';
import { ceremonyRoutes } from './ceremonies.ts';
import { changeRoutes } from './changes.ts';
import { consoleRoutes } from './console.ts';
import { configureRoutes } from './configure.ts';
import { directoryRoutes } from './directory.ts';
import { contestRoutes } from './contests.ts';
import { mailRoutes } from './mails.ts';
import { minutesRoutes } from './minutes.ts';
import { systemRoutes } from './system.ts';
import { accountRoutes, publicRoutes } from './public.ts';
import { readinessRoutes } from './readiness.ts';
import { registrarRoutes } from './registrars.ts';
import { rehearsalRoutes } from './rehearsals.ts';
import { userRoutes } from './users.ts';
import { verifiableRoutes } from './verifiable.ts';
import { verifyRoutes } from './verify.ts';
import { voterRoutes } from './voters.ts';
import type { Row } from './world.ts';

export const allRoutes: Readonly<Record<string, Row>> = {
  ...approvalRoutes,
  ...archiveRoutes,
  ...auditRoutes,
  ...integrityRoutes,
  ...buildingRoutes,
  ...screenRoutes,
  ...secondStepRoutes,
  ...ceremonyRoutes,
  ...changeRoutes,
  ...consoleRoutes,
  ...configureRoutes,
  ...contestRoutes,
  ...directoryRoutes,
  ...mailRoutes,
  ...minutesRoutes,
  ...publicRoutes,
  ...accountRoutes,
  ...readinessRoutes,
  ...registrarRoutes,
  ...systemRoutes,
  ...rehearsalRoutes,
  ...userRoutes,
  ...verifiableRoutes,
  ...verifyRoutes,
  ...voterRoutes,
};
