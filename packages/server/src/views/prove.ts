// The key proven again: when it was last, the place where the holder's program makes the proof, and what to do when
// something cannot be found. The server never sees the key.
import { html } from 'hono/html';
import { jsonBlock } from './json-block.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { abandonedNotice, notice } from './notice.ts';
import type { Html, Page } from './page.ts';

/** The same names as the program reads (packages/browser/src/keys/again-state.ts). */
export interface ProofData {
  readonly electionName: string;
  readonly fingerprint: string;
  readonly keyShares: { readonly holders: number; readonly needed: number; readonly hashes: readonly string[] } | null;
  readonly proofUrl: string;
  readonly doneUrl: string;
  /** Keys without the `keys.` prefix. */
  readonly messages: Readonly<Record<string, string>>;
}

export type ProveState =
  | { readonly kind: 'ready'; readonly data: ProofData; readonly mayDisarm: boolean }
  | { readonly kind: 'other-sealing' | 'election-not-armed' | 'election-abandoned' | 'already-deliberated' };

export interface ProveView {
  readonly election: ElectionHead;
  readonly state: ProveState;
  /** "2026-03-14" */
  readonly lastDay?: string | undefined;
}

export function provePage(page: Page, view: ProveView): Html {
  const { election, state } = view;
  const title = page.t('prove.title');
  // The program shows a heading for each of its steps; the page's own would say the same twice.
  const content = html`<h1 class="${state.kind === 'ready' ? 'visually-hidden' : ''}">${title}</h1>
    ${state.kind === 'ready' ? ready(page, view, state) : nothingToProve(page, view, state.kind)}`;
  const scripts = state.kind === 'ready' ? (['proof'] as const) : [];
  return layoutConsole(page, { title, election, current: 'arm', content, scripts });
}

function ready(
  page: Page,
  { election, lastDay }: ProveView,
  { data, mayDisarm }: ProveState & { kind: 'ready' },
): Html {
  return html`<p class="lead">${page.t('prove.lead')} ${lastTime(page, lastDay)}</p>
    <div id="proof">
      <p class="script-only" role="status">${page.t('arm.loading')}</p>
      <noscript>${notice('warn', page.t('arm.no-script-title'), page.t('prove.no-script'))}</noscript>
    </div>
    ${jsonBlock('proof-data', data)} ${whenLost(page, election, mayDisarm)}`;
}

function whenLost(page: Page, { id }: ElectionHead, mayDisarm: boolean): Html {
  const path = page.href(`/console/elections/${id}/changes/disarm`);
  return html`<section class="card card--quiet" aria-labelledby="lost">
    <h2 id="lost">${page.t('prove.lost-title')}</h2>
    <p>${page.t('prove.lost')}</p>
    ${
      mayDisarm
        ? html`<p>${page.t('prove.lost-armed')}</p>
            <p><a class="button button--secondary" href="${path}">${page.t('changes.disarm')}</a></p>`
        : html`<p>${page.t('prove.lost-late')}</p>`
    }
  </section>`;
}

function nothingToProve(
  page: Page,
  { election, lastDay }: ProveView,
  kind: Exclude<ProveState['kind'], 'ready'>,
): Html {
  const why =
    kind === 'election-abandoned'
      ? abandonedNotice(page)
      : notice('info', page.t(`reason.${kind}.title`), page.t(`prove.${kind}`));
  const path = page.href(`/console/elections/${election.id}`);
  return html`${why}
    <p>${lastTime(page, lastDay)}</p>
    <p><a class="button button--primary" href="${path}">${page.t('arm.to-checklist')}</a></p>`;
}

const lastTime = (page: Page, day: string | undefined): string =>
  day === undefined ? '' : page.t('checklist.proven', { day: page.formatDay(day) });
