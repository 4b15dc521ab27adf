// The routes of the rehearsal of an election.

import { consolePage, nobodys, page, readers, type Row } from './world.ts';

const path = (id: string, deed = '') => page(`${id}/rehearsal${deed}`);

export const rehearsalRoutes: Readonly<Record<string, Row>> = {
  'GET /console/elections/:id/rehearsal': consolePage('/rehearsal', readers),
  'POST /console/elections/:id/rehearsal': {
    door: 'form',
    refused: [
      ['unknown election', 404, (b) => b.post(path(nobodys), { voters: '3' })],
      ['nothing typed', 400, (b, { id }) => b.post(path(id))],
      ['no voter', 400, (b, { id }) => b.post(path(id), { voters: '0' })],
      ['too many', 400, (b, { id }) => b.post(path(id), { voters: '21' })],
      ['no address', 400, (b, { id }) => b.post(path(id), { voters: '3', emails: 'ana@' })],
      ['more addresses than voters', 400, (b, { id }) => b.post(path(id), { voters: '1', emails: 'a@x.org\nb@x.org' })],
      ['no form', 400, (b, { id }) => b.json(path(id), { voters: '3' })],
      ['armed', 409, (b, { armed }) => b.post(path(armed.id), { voters: '3' })],
    ],
    act: (b, { id }) => b.post(path(id), { voters: '3' }),
    status: 303,
  },
  'POST /console/elections/:id/rehearsal/close': {
    door: 'form',
    needs: 'open',
    rehearses: true,
    refused: [
      ['unknown election', 404, (b) => b.post(path(nobodys, '/close'))],
      ['a real one', 409, (b, { open }) => b.post(path(open.id, '/close'))],
      ['a real draft', 409, (b, { draft }) => b.post(path(draft, '/close'))],
    ],
    act: (b, { id }) => b.post(path(id, '/close')),
    status: 303,
  },
  'POST /console/elections/:id/rehearsal/wipe': {
    door: 'form',
    needs: 'open',
    rehearses: true,
    refused: [
      ['unknown election', 404, (b) => b.post(path(nobodys, '/wipe'))],
      ['a real one', 409, (b, { open }) => b.post(path(open.id, '/wipe'))],
      ['a real draft', 409, (b, { draft }) => b.post(path(draft, '/wipe'))],
    ],
    act: (b, { id }) => b.post(path(id, '/wipe')),
    status: 303,
  },
};
