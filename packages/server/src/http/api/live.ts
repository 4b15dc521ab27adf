// GET /api/live/:locale: server-sent events with the numbers of the elections in which people vote, for every page that shows
// them. The same for everybody, and no finer than the pages: disclosure.ts stands before it.

import { Hono } from 'hono';
import type { Followed } from '../../domain/followed.ts';
import { clientNetwork, trustList } from '../client-address.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import type { Watcher } from '../live.ts';
import { newsOf } from '../live-view.ts';
import { pageOf } from '../page.ts';

const minute = 60_000;
const quietMs = 15_000;
const comeBackMs = 5_000;

const headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
} as const;

export function liveApi(deps: Deps): Hono<Env> {
  const trusted = trustList(deps.config.trustedProxies);
  return new Hono<Env>().get('/api/live/:locale{en|fr}', async (c) => {
    const network = clientNetwork(c, trusted);
    if (deps.live.isFull(network))
      return refuse(deps, c, 'too-many-watching', { retryAfter: (await deps.db.now()) + minute });
    c.set('locale', c.req.param('locale') === 'fr' ? 'fr' : 'en');
    if (c.req.method === 'HEAD') return c.body(null, 200, headers);
    return c.body(events(deps, c, network, await deps.live.read()), 200, headers);
  });
}

/**
 * Nothing is taken before somebody reads, and nothing is made that nobody has read yet. The first state is looked up before: a
 * stream that fails would keep its seat.
 */
function events(deps: Deps, c: Request, network: string, start: Followed): ReadableStream<Uint8Array<ArrayBuffer>> {
  const { live } = deps;
  const [encoder, page, end] = [new TextEncoder(), pageOf(deps, c), performance.now() + live.longestMs];
  let watcher: Watcher<Followed> | undefined;
  let [told, toldAt] = ['', 0];
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): Promise<void> => {
    for (let first = watcher === undefined; ; first = false) {
      if (!first && performance.now() >= end) break;
      watcher ??= live.watch(network);
      const state = first ? start : await watcher.next();
      if (state === undefined) break;
      const { now, ...news } = newsOf(page, state);
      const [text, isQuiet] = [JSON.stringify(news), performance.now() - toldAt >= quietMs];
      if (text === told && !isQuiet) continue;
      const event = text === told ? `event: still\ndata: ${now}\n\n` : `data: ${JSON.stringify({ now, ...news })}\n\n`;
      [told, toldAt] = [text, performance.now()];
      return controller.enqueue(encoder.encode(first ? `retry: ${comeBackMs}\n${event}` : event));
    }
    watcher?.leave();
    controller.close();
  };
  const cancel = () => watcher?.leave();
  return new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
}
