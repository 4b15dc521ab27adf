// The hall's screen, its JSON, and the events that everyone may follow.

import { get, nobodys, type Row } from './world.ts';

export const screenRoutes: Readonly<Record<string, Row>> = {
  'GET /screen': get('public', () => '/screen'),
  'GET /screen/:election': {
    ...get('public', ({ armed }) => `/screen/${armed.id}`),
    refused: [
      ['unknown', 404, (b) => b.get(`/screen/${nobodys}`)],
      ['no id', 404, (b) => b.get('/screen/%00')],
      ['a draft', 404, (b, { id }) => b.get(`/screen/${id}`)],
    ],
  },
  'GET /screen.json': {
    ...get('public', () => '/screen.json'),
    refused: [
      ['unknown', 404, (b) => b.get(`/screen.json?election=${nobodys}`)],
      ['no id', 404, (b) => b.get('/screen.json?election=%00')],
      ['a draft', 404, (b, { id }) => b.get(`/screen.json?election=${id}`)],
    ],
  },
  'GET /api/live/:locale{en|fr}': {
    ...get('public', () => '/api/live/fr'),
    refused: [['another language', 404, (b) => b.get('/api/live/de')]],
  },
};
