// /registrar/:link: where a registrar makes the voters' credentials and prints their letters.

import { Hono } from 'hono';
import { isRehearsal } from '../../domain/rehearsals.ts';
import { readRegistrarSeat } from '../../domain/registrar-steps.ts';
import { clientMessages } from '../../messages/translate.ts';
import { registrarPage } from '../../views/registrar.ts';
import type { Deps, Env } from '../deps.ts';
import { refuse } from '../errors.ts';
import { pageOf } from '../page.ts';

export function registrarPages(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/registrar/:link', async (c) => {
    const link = c.req.param('link');
    const seat = await readRegistrarSeat(deps.db, deps.vault, link);
    if (!seat) return refuse(deps, c, 'unknown-registrar');
    c.set('isRehearsal', await isRehearsal(deps.db.reader, seat.electionId));
    const page = pageOf(deps, c);
    const api = page.href(`/api/registrars/${link}`);
    const data = {
      locale: page.locale,
      electionName: seat.electionName,
      registrarName: seat.name,
      organisation: page.organisation,
      fileName: 'votix-voter-codes.jwe',
      listName: 'votix-voter-codes.csv',
      seatUrl: api,
      rollUrl: `${api}/roll`,
      partUrl: `${api}/part`,
      finishUrl: `${api}/finish`,
      workerUrl: page.href(`/assets/${deps.assets.find('registrar-worker').file}`),
      opens: page.formatInstant(seat.opensAt, seat.zone),
      closes: page.formatInstant(seat.closesAt, seat.zone),
      messages: clientMessages(page.locale, 'registrar.'),
    };
    return c.html(registrarPage(page, data));
  });
}
