// The two-person rule. What passes stands in http/admin/approvals.test.ts: it takes two.

import { get, nobodys, type Row } from './world.ts';

const list = '/console/approvals';

const deed = (path: string, status: number): Row => ({
  door: 'confirmed form back',
  act: (b) => b.post(`${list}${path}`),
  status,
});

export const approvalRoutes: Readonly<Record<string, Row>> = {
  [`GET ${list}`]: get('page', () => list),
  [`POST ${list}`]: {
    door: 'confirmed form',
    refused: [
      ['no such deed', 404, (b, { id }) => b.post(list, { deed: 'reset', election: id, reason: 'Why not' })],
      ['unknown election', 404, (b) => b.post(list, { deed: 'arm', election: nobodys, reason: 'Why not' })],
      ['an end that is no later', 404, (b, { id }) => b.post(list, { deed: 'extend', election: id, closesAt: 'x' })],
      ['no reason', 400, (b, { id }) => b.post(list, { deed: 'arm', election: id })],
    ],
    act: (b, { id }) => b.post(list, { deed: 'arm', election: id, reason: 'The committee decided so.' }),
    status: 409, // the rule is off
  },
  [`POST ${list}/on`]: deed('/on', 409), // not every administrator has a second step
  [`POST ${list}/:approval/confirm`]: deed(`/${nobodys}/confirm`, 404),
  [`POST ${list}/:approval/refuse`]: deed(`/${nobodys}/refuse`, 404),
  [`POST ${list}/:approval/withdraw`]: deed(`/${nobodys}/withdraw`, 404),
};
