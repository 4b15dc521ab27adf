// The routes of copies, deleted drafts, archives.

import { consolePage, nobodys, page, readers, type Row } from './world.ts';

const named = { name: 'Board 2026' };

export const archiveRoutes: Readonly<Record<string, Row>> = {
  'GET /console/elections/:id/clone': consolePage('/clone', ['admin']),
  'POST /console/elections/:id/clone': {
    door: 'form',
    refused: [
      ['unknown election', 404, (b) => b.post(page(`${nobodys}/clone`), named)],
      ['nothing typed', 400, (b, { id }) => b.post(page(`${id}/clone`))],
      ['too long a name', 400, (b, { id }) => b.post(page(`${id}/clone`), { name: 'x'.repeat(201) })],
    ],
    act: (b, { id }) => b.post(page(`${id}/clone`), { name: 'Board 2027', voters: 'yes' }),
    status: 303,
  },
  'GET /console/elections/:id/delete': consolePage('/delete', ['admin'], 'confirmed page'),
  'POST /console/elections/:id/delete': {
    door: 'confirmed form',
    refused: [
      ['unknown election', 404, (b) => b.post(page(`${nobodys}/delete`), named)],
      ['nothing typed', 400, (b, { id }) => b.post(page(`${id}/delete`))],
      ['another name', 400, (b, { id }) => b.post(page(`${id}/delete`), { name: 'Board' })],
      ['armed', 409, (b, { armed }) => b.post(page(`${armed.id}/delete`), named)],
    ],
    act: (b, { id }) => b.post(page(`${id}/delete`), named),
    status: 303,
  },
  'GET /console/elections/:id/archive': consolePage('/archive', readers),
  'POST /console/elections/:id/archive': {
    door: 'form',
    needs: 'published',
    refused: [
      ['unknown election', 404, (b) => b.post(page(`${nobodys}/archive`))],
      ['a draft', 409, (b, { draft }) => b.post(page(`${draft}/archive`))],
      ['armed', 409, (b, { armed }) => b.post(page(`${armed.id}/archive`))],
    ],
    act: (b, { id }) => b.post(page(`${id}/archive`)),
    status: 303,
  },
  'POST /console/elections/:id/purge': {
    door: 'confirmed form back',
    needs: 'archived',
    refused: [
      ['unknown election', 404, (b) => b.post(page(`${nobodys}/purge`))],
      ['a draft', 409, (b, { draft }) => b.post(page(`${draft}/purge`))],
      ['not archived', 409, (b, { armed }) => b.post(page(`${armed.id}/purge`))],
    ],
    act: (b, { id }) => b.post(page(`${id}/purge`)),
    status: 303,
  },
};
