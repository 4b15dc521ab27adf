// The postman's life: awake when there is something to send, asleep otherwise, with one set of connections to the mail server
// of the moment.

import { setTimeout as wait } from 'node:timers/promises';
import { finishMailings } from '../storage/mailings.ts';
import { createPost, idleMs, type PostDeps, type Route } from './post.ts';
import { openSender } from './sender.ts';
import type { SmtpSettings } from './smtp.ts';

export interface MailWorkerDeps extends PostDeps {
  /** Undefined while no mail server is set. */
  readonly settings: () => Promise<SmtpSettings | undefined>;
}

export interface MailWorker {
  /** Something was put into the outbox. */
  wake(): void;
  /** Nothing new is taken; what is on its way gets a few seconds. */
  stop(): Promise<void>;
}

/** A sender without mails ends after so long: its thread takes some memory, its connections are not kept by most servers. */
const quietMs = 60_000;

export function startMailWorker(deps: MailWorkerDeps): MailWorker {
  const stopping = new AbortController();
  let awake = new AbortController();
  let route: Route | undefined;
  let usedAt = 0;
  const post = createPost(deps, stopping.signal);

  const routeOf = async (): Promise<Route | undefined> => {
    usedAt = performance.now();
    const settings = await deps.settings();
    const isSame = route && JSON.stringify(route.settings) === JSON.stringify(settings);
    if (route && isSame && route.sender.broken() === undefined) return route;
    await route?.sender.close();
    route = settings && { settings, sender: openSender(settings) };
    return route;
  };

  const run = async (): Promise<void> => {
    // One that was cut off between its last outcome and this leaves a mailing that nothing waits for.
    await deps.db.write((tx) => finishMailings(tx)).catch(() => {});
    while (!stopping.signal.aborted) {
      awake = new AbortController();
      const before = usedAt;
      const rested = await post.round(routeOf).catch((error: unknown) => {
        deps.log.error({ error: String(error) }, 'A round of mails failed.');
        return idleMs;
      });
      if (usedAt !== before) usedAt = performance.now();
      else if (route && performance.now() - usedAt > quietMs) {
        await route.sender.close();
        route = undefined;
      }
      const signal = AbortSignal.any([awake.signal, stopping.signal]);
      await wait(rested, undefined, { signal }).catch(() => {});
    }
  };
  const running = run();
  return {
    wake: () => awake.abort(),
    stop: async () => {
      stopping.abort();
      route?.sender.stop();
      await running;
      await route?.sender.close();
    },
  };
}
