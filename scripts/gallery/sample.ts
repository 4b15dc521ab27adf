// One picture of the gallery.
import type { Page as Tab } from '@playwright/test';
import type { Display } from '../../packages/server/src/views/display.ts';
import type { Html, Page } from '../../packages/server/src/views/page.ts';

export interface Sample {
  readonly name: string;
  readonly render: (page: Page) => Html;
  readonly signedIn?: boolean;
  readonly insecure?: boolean;
  readonly display?: Display;
  /** The organisation's own, `#rrggbb`. */
  readonly accent?: string;
  /** Also shown as it is without scripts. */
  readonly withoutScripts?: boolean;
  readonly printed?: boolean;
  /** With the mark of a rehearsal. */
  readonly isRehearsal?: boolean;
  /** Also on these screens, as much of it as they show. */
  readonly televisions?: boolean;
  /** What the page's program is answered, by path. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** What a visitor does before the picture is taken. */
  readonly act?: (tab: Tab) => Promise<void>;
}
