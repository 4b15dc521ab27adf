// The routes of mails: what is sent, how it goes, what it says.

import { consolePage, get, nobodys, page, readers, technicians, type Row, type World } from './world.ts';

const text = { subject: 'Votez', body: 'Bonjour {first_name},\n\n{link}\n\n{code}' };
const act = (name: 'pause' | 'resume' | 'cancel'): Row => ({
  door: 'form',
  needs: 'open',
  refused: [
    ['unknown election', 404, (b) => b.post(page(`${nobodys}/mails/${nobodys}/${name}`))],
    ['unknown mailing', 404, (b, { id }) => b.post(page(`${id}/mails/${nobodys}/${name}`))],
  ],
  act: async (b, { id, mailing }) => {
    if (name === 'resume') await b.post(page(`${id}/mails/${mailing}/pause`));
    return b.post(page(`${id}/mails/${mailing}/${name}`));
  },
  status: 303,
});

const mailTo = ({ id, voter }: Pick<World, 'id' | 'voter'>, kind = 'link') => `${id}/voters/${voter}/mail/${kind}`;

export const mailRoutes: Readonly<Record<string, Row>> = {
  'GET /console/elections/:id/mails': consolePage('/mails', readers),
  'POST /console/elections/:id/mails/channel': {
    door: 'form',
    refused: [
      ['unknown election', 404, (b) => b.post(page(`${nobodys}/mails/channel`), { channel: 'paper' })],
      ['nothing chosen', 400, (b, { id }) => b.post(page(`${id}/mails/channel`))],
      ['no such way', 400, (b, { id }) => b.post(page(`${id}/mails/channel`), { channel: 'pigeon' })],
    ],
    act: (b, { id }) => b.post(page(`${id}/mails/channel`), { channel: 'paper' }),
    status: 303,
  },
  'GET /console/elections/:id/mails/send/:kind': {
    ...get('page', ({ id }) => page(`${id}/mails/send/link`)),
    needs: 'open',
    refused: [
      ['unknown election', 404, (b) => b.get(page(`${nobodys}/mails/send/link`))],
      ['no such mail', 404, (b, { id }) => b.get(page(`${id}/mails/send/spam`))],
      ['too early for reminders', 409, (b, { armed }) => b.get(page(`${armed.id}/mails/send/reminder`))],
    ],
  },
  'POST /console/elections/:id/mails/send/:kind': {
    door: 'confirmed form back',
    needs: 'open',
    refused: [
      ['unknown election', 404, (b) => b.post(page(`${nobodys}/mails/send/link`))],
      ['no such mail', 404, (b, { id }) => b.post(page(`${id}/mails/send/spam`))],
      ['too early for reminders', 409, (b, { armed }) => b.post(page(`${armed.id}/mails/send/reminder`))],
    ],
    act: (b, { id }) => b.post(page(`${id}/mails/send/link`)),
    status: 303,
  },
  'GET /console/elections/:id/voters/:voter/mail/:kind': {
    ...get('page', (world) => page(mailTo(world)), { roles: technicians }),
    needs: 'open',
    refused: [
      ['unknown election', 404, (b, { voter }) => b.get(page(mailTo({ id: nobodys, voter })))],
      ['unknown voter', 404, (b, { id }) => b.get(page(mailTo({ id, voter: nobodys })))],
      ['no such mail', 404, (b, world) => b.get(page(mailTo(world, 'spam')))],
      ['voted', 409, (b, { id, election }) => b.get(page(mailTo({ id, voter: election.voters[0]!.id })))],
      ['too late', 409, (b, { over }) => b.get(page(mailTo({ id: over.id, voter: over.voters[1]!.id })))],
    ],
  },
  'POST /console/elections/:id/voters/:voter/mail/:kind': {
    door: 'confirmed form back',
    roles: technicians,
    needs: 'open',
    refused: [
      ['unknown election', 404, (b, { voter }) => b.post(page(mailTo({ id: nobodys, voter })))],
      ['unknown voter', 404, (b, { id }) => b.post(page(mailTo({ id, voter: nobodys })))],
      ['no such mail', 404, (b, world) => b.post(page(mailTo(world, 'spam')))],
      ['voted', 409, (b, { id, election }) => b.post(page(mailTo({ id, voter: election.voters[0]!.id })))],
      ['too late', 409, (b, { over }) => b.post(page(mailTo({ id: over.id, voter: over.voters[1]!.id })))],
    ],
    act: (b, world) => b.post(page(mailTo(world))),
    status: 303,
  },
  'GET /console/elections/:id/mails/:mailing': {
    door: 'page',
    roles: readers,
    refused: [['unknown mailing', 404, (b, { id }) => b.get(page(`${id}/mails/${nobodys}`))]],
    act: (b, { id, mailing }) => b.get(page(`${id}/mails/${mailing}?status=queued&page=7`)),
    status: 200,
  },
  'POST /console/elections/:id/mails/:mailing/again': {
    door: 'confirmed form back',
    needs: 'open',
    refused: [['unknown mailing', 404, (b, { id }) => b.post(page(`${id}/mails/${nobodys}/again`))]],
    act: (b, { id, mailing }) => b.post(page(`${id}/mails/${mailing}/again`)),
    status: 303,
  },
  'POST /console/elections/:id/mails/:mailing/pause': act('pause'),
  'POST /console/elections/:id/mails/:mailing/resume': act('resume'),
  'POST /console/elections/:id/mails/:mailing/cancel': act('cancel'),
  'GET /console/elections/:id/mails/texts/:kind': {
    ...get('page', ({ id }) => page(`${id}/mails/texts/link?locale=fr&paper=dark`), { roles: readers }),
    refused: [
      ['unknown election', 404, (b) => b.get(page(`${nobodys}/mails/texts/link`))],
      ['no such mail', 404, (b, { id }) => b.get(page(`${id}/mails/texts/spam`))],
    ],
  },
  'POST /console/elections/:id/mails/texts/:kind': {
    door: 'form',
    refused: [
      ['unknown election', 404, (b) => b.post(page(`${nobodys}/mails/texts/link`), text)],
      ['no such mail', 404, (b, { id }) => b.post(page(`${id}/mails/texts/spam`), text)],
      ['nothing typed', 400, (b, { id }) => b.post(page(`${id}/mails/texts/link`))],
      ['no link', 400, (b, { id }) => b.post(page(`${id}/mails/texts/link`), { ...text, body: 'Votez, {code}' })],
      [
        'an unknown name',
        400,
        (b, { id }) => b.post(page(`${id}/mails/texts/link`), { ...text, body: `${text.body} {x}` }),
      ],
      [
        'a code in the subject',
        400,
        (b, { id }) => b.post(page(`${id}/mails/texts/link`), { ...text, subject: '{code}' }),
      ],
    ],
    act: (b, { id }) => b.post(page(`${id}/mails/texts/link?locale=fr`), { ...text, act: 'save' }),
    status: 303,
  },
  'GET /api/elections/:id/mailings/:mailing': {
    door: 'api',
    roles: readers,
    refused: [['unknown mailing', 404, (b, { id }) => b.get(`/api/elections/${id}/mailings/${nobodys}`)]],
    act: (b, { id, mailing }) => b.get(`/api/elections/${id}/mailings/${mailing}`),
    status: 200,
  },
};
