// Numbers that change while a page stands open. The page names each of them, the server tells them by these names to all who
// look (http/live-view.ts), and the page's program writes them in place (packages/browser/src/console/live.ts). Without it a
// reload shows the same.
import { attributes } from './attributes.ts';
import type { Page } from './page.ts';

type Marks = ReturnType<typeof attributes>;

/** What a page says of itself: when it was made, and what it looks like apart from the numbers. */
export interface LivePage {
  /** Epoch milliseconds. */
  readonly now: number;
  /** By the election's id, and `*` for the list of them. Where another one is told, the page is asked for anew. */
  readonly shapes: Readonly<Record<string, string>>;
}

/** Attributes of the one element that makes a page follow. */
export const liveRoot = (page: Page, { now, shapes }: LivePage): Marks =>
  attributes({
    'data-live': page.href(`/api/live/${page.locale}`),
    'data-live-now': String(now),
    'data-live-shapes': JSON.stringify(shapes),
  });

const named = (attribute: string, live: string | undefined, name: string): Marks =>
  attributes({ [attribute]: live === undefined ? undefined : `${live}.${name}` });

export const liveText = (live: string | undefined, name: string): Marks => named('data-live-text', live, name);
export const liveWidth = (live: string | undefined, name: string): Marks => named('data-live-width', live, name);
