// The routes of verifiable elections: the public board, the trustees' programs, arming by a form.

import { get, nobodys, page, type Row } from './world.ts';

const nobody = 'x'.repeat(27);

export const verifiableRoutes: Readonly<Record<string, Row>> = {
  'GET /elections/:id/archive.bel': {
    ...get('public', ({ boards }) => `/elections/${boards.tallied.id}/archive.bel`),
    refused: [
      ['unknown', 404, (b) => b.get(`/elections/${nobodys}/archive.bel`)],
      ['no id', 404, (b) => b.get('/elections/%00/archive.bel')],
      ['a draft', 404, (b, { boards }) => b.get(`/elections/${boards.draft.id}/archive.bel`)],
      ['sealed otherwise', 404, (b, { over }) => b.get(`/elections/${over.id}/archive.bel`)],
    ],
  },
  'GET /elections/:id/strict.json': {
    ...get('public', ({ boards }) => `/elections/${boards.opened.id}/strict.json`),
    refused: [
      ['unknown', 404, (b) => b.get(`/elections/${nobodys}/strict.json`)],
      ['no id', 404, (b) => b.get('/elections/%00/strict.json')],
      ['not opened', 404, (b, { boards }) => b.get(`/elections/${boards.tallied.id}/strict.json`)],
    ],
  },
  'GET /api/trustees/:link': {
    ...get('public', ({ boards }) => `/api/trustees/${boards.draft.token}`),
    refused: [
      ['unknown', 404, (b) => b.get(`/api/trustees/${nobody}`)],
      ['no link', 404, (b) => b.get('/api/trustees/%00')],
    ],
  },
  'POST /api/trustees/:link/step': {
    door: 'public',
    refused: [
      ['no body', 400, (b, { boards }) => b.send('POST', `/api/trustees/${boards.draft.token}/step`)],
      ['unknown', 404, (b, { boards }) => b.json(`/api/trustees/${nobody}/step`, boards.draft.step)],
      [
        'another step',
        409,
        (b, { boards: { draft } }) =>
          b.json(`/api/trustees/${draft.token}/step`, { ...draft.step, step: 'polynomial' }),
      ],
      [
        'unproven',
        400,
        (b, { boards: { draft } }) => b.json(`/api/trustees/${draft.token}/step`, { ...draft.step, made: {} }),
      ],
      ['armed', 409, (b, { boards }) => b.json(`/api/trustees/${boards.tallied.token}/step`, boards.draft.step)],
    ],
    act: (b, { boards }) => b.json(`/api/trustees/${boards.draft.token}/step`, boards.draft.step),
    status: 200,
  },
  'POST /api/trustees/:link/share': {
    door: 'public',
    refused: [
      ['no body', 400, (b, { boards }) => b.send('POST', `/api/trustees/${boards.tallied.token}/share`)],
      ['no share', 400, (b, { boards }) => b.json(`/api/trustees/${boards.tallied.token}/share`, { handedOver: '{}' })],
      ['unknown', 404, (b) => b.json(`/api/trustees/${nobody}/share`, { handedOver: '{}' })],
      ['not closed', 409, (b, { boards }) => b.json(`/api/trustees/${boards.draft.token}/share`, { handedOver: '{}' })],
      ['opened', 409, (b, { boards }) => b.json(`/api/trustees/${boards.opened.token}/share`, { handedOver: '{}' })],
    ],
    act: (b, { boards: { tallied } }) => b.json(`/api/trustees/${tallied.token}/share`, { handedOver: tallied.share }),
    status: 200,
  },
  'GET /elections/:id/board': {
    ...get('public', ({ boards }) => `/elections/${boards.tallied.id}/board`),
    refused: [
      ['unknown', 404, (b) => b.get(`/elections/${nobodys}/board`)],
      ['no id', 404, (b) => b.get('/elections/%00/board')],
      ['a draft', 404, (b, { boards }) => b.get(`/elections/${boards.draft.id}/board`)],
      ['sealed otherwise', 404, (b, { over }) => b.get(`/elections/${over.id}/board`)],
    ],
  },
  'GET /trustee/:link': {
    ...get('public', ({ boards }) => `/trustee/${boards.draft.token}`),
    refused: [
      ['unknown', 404, (b) => b.get(`/trustee/${nobody}`)],
      ['no link', 404, (b) => b.get('/trustee/%00')],
    ],
  },
  'GET /console/elections/:id/trustees': {
    ...get('page', ({ boards }) => page(`${boards.draft.id}/trustees`)),
    refused: [
      ['unknown election', 404, (b) => b.get(page(`${nobodys}/trustees`))],
      ['no id', 404, (b) => b.get(page('%00/trustees'))],
      ['sealed otherwise', 409, (b, { id }) => b.get(page(`${id}/trustees`))],
    ],
  },
  'POST /console/elections/:id/trustees': {
    door: 'form',
    refused: [
      ['nothing typed', 400, (b, { boards }) => b.post(page(`${boards.spare.id}/trustees`))],
      ['too long', 400, (b, { boards }) => b.post(page(`${boards.spare.id}/trustees`), { name: 'x'.repeat(121) })],
      ['unknown election', 404, (b) => b.post(page(`${nobodys}/trustees`), { name: 'Ada' })],
      ['sealed otherwise', 409, (b, { id }) => b.post(page(`${id}/trustees`), { name: 'Ada' })],
      ['armed', 409, (b, { boards }) => b.post(page(`${boards.tallied.id}/trustees`), { name: 'Ada' })],
    ],
    act: (b, { boards }) => b.post(page(`${boards.spare.id}/trustees`), { name: 'Ada' }),
    status: 303,
  },
  'POST /console/elections/:id/trustees/threshold': {
    door: 'form',
    refused: [
      ['no number', 400, (b, { boards }) => b.post(page(`${boards.spare.id}/trustees/threshold`), { threshold: 'x' })],
      ['too many', 400, (b, { boards }) => b.post(page(`${boards.spare.id}/trustees/threshold`), { threshold: '9' })],
      ['unknown election', 404, (b) => b.post(page(`${nobodys}/trustees/threshold`), { threshold: '0' })],
      ['armed', 409, (b, { boards }) => b.post(page(`${boards.tallied.id}/trustees/threshold`), { threshold: '0' })],
    ],
    act: (b, { boards }) => b.post(page(`${boards.spare.id}/trustees/threshold`), { threshold: '0' }),
    status: 303,
  },
  'POST /console/elections/:id/trustees/:trustee/restart': {
    door: 'form',
    refused: [
      ['unknown trustee', 404, (b, { boards }) => b.post(page(`${boards.spare.id}/trustees/${nobodys}/restart`))],
      ['unknown election', 404, (b) => b.post(page(`${nobodys}/trustees/${nobodys}/restart`))],
      ['armed', 409, (b, { boards }) => b.post(page(`${boards.tallied.id}/trustees/${nobodys}/restart`))],
    ],
    act: (b, { boards: { draft } }) => b.post(page(`${draft.id}/trustees/${draft.trustee}/restart`)),
    status: 303,
  },
  'POST /console/elections/:id/trustees/:trustee/remove': {
    door: 'form',
    refused: [
      ['unknown trustee', 404, (b, { boards }) => b.post(page(`${boards.spare.id}/trustees/${nobodys}/remove`))],
      ['unknown election', 404, (b) => b.post(page(`${nobodys}/trustees/${nobodys}/remove`))],
      ['armed', 409, (b, { boards }) => b.post(page(`${boards.tallied.id}/trustees/${nobodys}/remove`))],
    ],
    act: (b, { boards: { spare } }) => b.post(page(`${spare.id}/trustees/${spare.trustee}/remove`)),
    status: 303,
  },
  'POST /console/elections/:id/arm': {
    door: 'confirmed form back',
    refused: [
      ['unknown election', 404, (b) => b.post(page(`${nobodys}/arm`))],
      ['sealed otherwise', 409, (b, { id }) => b.post(page(`${id}/arm`), { definitionHash: 'x' })],
      ['not seen', 409, (b, { boards }) => b.post(page(`${boards.ready.id}/arm`), { definitionHash: 'x' })],
      ['not ready', 409, (b, { boards }) => b.post(page(`${boards.draft.id}/arm`), { definitionHash: 'x' })],
      ['armed', 409, (b, { boards }) => b.post(page(`${boards.tallied.id}/arm`), { definitionHash: 'x' })],
    ],
    act: (b, { boards: { ready } }) => b.post(page(`${ready.id}/arm`), { definitionHash: ready.definitionHash }),
    status: 303,
  },
};
