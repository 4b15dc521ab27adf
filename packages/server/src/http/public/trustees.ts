// /trustee/:link: where a trustee makes their part of the key, and gives their share after the close.

import { Hono } from 'hono';
import { isRehearsal } from '../../domain/rehearsals.ts';
import { readSeat } from '../../domain/trustee-steps.ts';
import { clientMessages } from '../../messages/translate.ts';
import { trusteePage } from '../../views/trustee.ts';
import type { Deps, Env } from '../deps.ts';
import { refuse } from '../errors.ts';
import { pageOf } from '../page.ts';

export function trusteePages(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/trustee/:link', async (c) => {
    const link = c.req.param('link');
    const seat = await readSeat(deps.db, deps.vault, link);
    if (!seat) return refuse(deps, c, 'unknown-trustee');
    c.set('isRehearsal', await isRehearsal(deps.db.reader, seat.electionId));
    const page = pageOf(deps, c);
    const api = page.href(`/api/trustees/${link}`);
    const data = {
      locale: page.locale,
      electionName: seat.electionName,
      trusteeName: seat.name,
      fileName: `votix-trustee-${seat.index}.jwe`,
      seatUrl: api,
      stepUrl: `${api}/step`,
      shareUrl: `${api}/share`,
      archiveUrl: page.href(`/elections/${seat.electionId}/archive.bel`),
      electionUrl: page.href(`/elections/${seat.electionId}`),
      workerUrl: page.href(`/assets/${deps.assets.find('trustee-worker').file}`),
      closes: page.formatInstant(seat.closesAt, seat.zone),
      messages: clientMessages(page.locale, 'trustee.'),
    };
    return c.html(trusteePage(page, data));
  });
}
