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
