// The routes of a key holder's acts: arming, the printed sheets, opening the box, publishing.

import { armingOf } from '../elections.ts';
import { theDeliberation } from '../phases.ts';
import type { Visitor } from '../visitors.ts';
import { consolePage, get, nobodys, page, readers, type Row, type World } from './world.ts';

const noHash = '0'.repeat(64);

const arm = async (browser: Visitor, { at, id }: World, change: object = {}, to = id) => {
  const { definition: _, secure: __, ...arming } = await armingOf(at.db, id);
  return browser.json(`/api/elections/${to}/arm`, { ...arming, ...change });
};
const prove = (browser: Visitor, { election }: World, change: object = {}, to = election.id) =>
  browser.json(`/api/elections/${to}/possession`, {
    fingerprint: election.context.fingerprint,
    possessionProven: true,
    ...change,
  });
const result = async (browser: Visitor, { at, election }: World, change: object = {}) =>
  browser.json(`/api/elections/${election.id}/result`, { ...(await theDeliberation(at.db, election)), ...change });
const noResult = { tally: 0, invalidBallots: [], boxHash: noHash };
const someTally = { ballots: 2, valid: 2, invalid: 0, contests: [] };

export const ceremonyRoutes: Readonly<Record<string, Row>> = {
  'GET /console/elections/:id/arm': consolePage('/arm', ['admin'], 'confirmed page'),
  'POST /api/elections/:id/arm': {
    door: 'confirmed api',
    refused: [
      ['no body', 400, (b, { id }) => b.send('POST', `/api/elections/${id}/arm`)],
      ['unproven', 400, (b, world) => arm(b, world, { possessionProven: false })],
      ['a member too many', 400, (b, world) => arm(b, world, { privateKey: 'x' })],
      ['another fingerprint', 400, (b, world) => arm(b, world, { fingerprint: noHash })],
      ['no key', 400, (b, world) => arm(b, world, { publicKey: 'x' })],
      ['unknown election', 404, (b, world) => arm(b, world, {}, nobodys)],
      ['no id', 404, (b, world) => arm(b, world, {}, '%00')],
      ['changed meanwhile', 409, (b, world) => arm(b, world, { definitionHash: noHash })],
      ['armed', 409, (b, world) => arm(b, { ...world, id: world.armed.id })],
    ],
    act: (b, world) => arm(b, world),
    status: 200,
  },
  'GET /console/elections/:id/prove': { ...consolePage('/prove', ['admin'], 'confirmed page'), needs: 'armed' },
  'POST /api/elections/:id/possession': {
    door: 'confirmed api',
    needs: 'armed',
    refused: [
      ['no body', 400, (b, { id }) => b.send('POST', `/api/elections/${id}/possession`)],
      ['unproven', 400, (b, world) => prove(b, world, { possessionProven: false })],
      ['a member too many', 400, (b, world) => prove(b, world, { passphrase: 'x' })],
      ['unknown election', 404, (b, world) => prove(b, world, {}, nobodys)],
      ['no id', 404, (b, world) => prove(b, world, {}, '%00')],
      ['another key', 409, (b, world) => prove(b, world, { fingerprint: noHash })],
      ['a draft', 409, (b, world) => prove(b, world, {}, world.draft)],
    ],
    act: (b, world) => prove(b, world),
    status: 200,
  },
  'GET /console/elections/:id/sheets': { ...consolePage('/sheets', ['admin'], 'confirmed page'), needs: 'armed' },
  'POST /console/elections/:id/sheets': {
    door: 'confirmed form back',
    needs: 'armed',
    refused: [['unknown election', 404, (b) => b.post(page(`${nobodys}/sheets`))]],
    act: (b, { id }) => b.post(page(`${id}/sheets`)),
    status: 303,
  },
  'GET /console/elections/:id/deliberate': {
    ...consolePage('/deliberate', ['admin'], 'confirmed page'),
    needs: 'closed',
  },
  'GET /api/elections/:id/box': {
    ...get('confirmed api', ({ id }) => `/api/elections/${id}/box`),
    needs: 'closed',
    refused: [
      ['unknown election', 404, (b) => b.get(`/api/elections/${nobodys}/box`)],
      ['no id', 404, (b) => b.get('/api/elections/%00/box')],
      ['not sealed', 409, (b, { armed }) => b.get(`/api/elections/${armed.id}/box`)],
    ],
  },
  'POST /api/elections/:id/result': {
    door: 'confirmed api',
    needs: 'closed',
    refused: [
      ['no body', 400, (b, { id }) => b.send('POST', `/api/elections/${id}/result`)],
      ['no tally', 400, (b, world) => result(b, world, { tally: null })],
      ['too many votes', 400, (b, world) => result(b, world, { tally: someTally })],
      [
        'invented ballots',
        400,
        (b, world) => result(b, world, { invalidBallots: [{ receipt: '0'.repeat(32), reason: 'x' }] }),
      ],
      ['a member too many', 400, (b, world) => result(b, world, { privateKey: 'x' })],
      ['another box', 409, (b, world) => result(b, world, { boxHash: noHash })],
      ['unknown election', 404, (b) => b.json(`/api/elections/${nobodys}/result`, noResult)],
      ['not sealed', 409, (b, { armed }) => b.json(`/api/elections/${armed.id}/result`, noResult)],
    ],
    act: (b, world) => result(b, world),
    status: 200,
  },
  'GET /console/elections/:id/result': consolePage('/result', readers),
  'POST /console/elections/:id/publish': {
    door: 'confirmed form back',
    needs: 'deliberated',
    refused: [
      ['unknown election', 404, (b) => b.post(page(`${nobodys}/publish`))],
      ['no result', 409, (b, { armed }) => b.post(page(`${armed.id}/publish`))],
    ],
    act: (b, { id }) => b.post(page(`${id}/publish`)),
    status: 303,
  },
};
