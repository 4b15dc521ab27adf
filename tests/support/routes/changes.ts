// The routes of what may still change after arming.

import type { Visitor } from '../visitors.ts';
import { consolePage, nobodys, page, readers, type Refused, type Row, type World } from './world.ts';

type Way = 'extend' | 'disarm' | 'abandon';
type Fields = Readonly<Record<string, string>>;

const right: Readonly<Record<Way, Fields>> = {
  extend: { closesAt: '2099-03-01T08:00', reason: 'The network was down.' },
  disarm: { name: 'Board 2026', reason: 'A candidate was forgotten.' },
  abandon: { name: 'Board 2026', reason: 'Nobody stood for office.' },
};
const wrong: Readonly<Record<Way, readonly Fields[]>> = {
  extend: [{ closesAt: 'tomorrow' }, { closesAt: '2001-01-01T08:00' }, { reason: ' ' }],
  disarm: [{ name: 'Board 2027' }, { name: '' }, { reason: '' }],
  abandon: [{ name: 'board 2026' }, { reason: 'x'.repeat(501) }, { reason: '\u202Eevil' }],
};

const post = (b: Visitor, way: Way, { id }: Pick<World, 'id'>, fields: Fields) =>
  b.post(page(`${id}/changes/${way}`), fields);

function change(way: Way, needs: 'armed' | 'open'): Row {
  const refused: Refused[] = [
    ['unknown election', 404, (b) => post(b, way, { id: nobodys }, right[way])],
    ['no id', 404, (b) => post(b, way, { id: '%00' }, right[way])],
    ['nothing typed', 400, (b, world) => post(b, way, world, {})],
    ...wrong[way].map((fields, index): Refused => [
      `wrong ${index}`,
      400,
      (b, world) => post(b, way, world, { ...right[way], ...fields }),
    ]),
    ['a draft', 409, (b, { draft }) => post(b, way, { id: draft }, right[way])],
  ];
  return { door: 'confirmed form', needs, refused, act: (b, world) => post(b, way, world, right[way]), status: 303 };
}

const form = (way: Way, needs: 'armed' | 'open'): Row => ({
  ...consolePage(`/changes/${way}`, ['admin'], 'confirmed page'),
  needs,
});

export const changeRoutes: Readonly<Record<string, Row>> = {
  'GET /console/elections/:id/changes': consolePage('/changes', readers),
  'GET /console/elections/:id/changes/extend': form('extend', 'open'),
  'POST /console/elections/:id/changes/extend': change('extend', 'open'),
  'GET /console/elections/:id/changes/disarm': form('disarm', 'armed'),
  'POST /console/elections/:id/changes/disarm': change('disarm', 'armed'),
  'GET /console/elections/:id/changes/abandon': form('abandon', 'open'),
  'POST /console/elections/:id/changes/abandon': change('abandon', 'open'),
};
