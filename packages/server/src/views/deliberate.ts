// Opening the box: the place where the key holder's program opens and counts the ballots, and every state before and after.
import { html } from 'hono/html';
import { jsonBlock } from './json-block.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { abandonedNotice, notice } from './notice.ts';
import type { Html, Page } from './page.ts';
import { type TrusteeRow, trusteeState } from './trustees.ts';
import type { VotingWindow } from './window.ts';

/** The same names as the program reads (packages/browser/src/deliberation). */
export interface DeliberationData {
  readonly locale: 'en' | 'fr';
  readonly electionName: string;
  readonly boxUrl: string;
  readonly resultUrl: string;
  readonly doneUrl: string;
  readonly definition: string;
  readonly publicKey: string;
  readonly fingerprint: string;
  readonly ballots: number;
  readonly boxHash: string;
  /** How the passphrase was split; null when there is one. */
  readonly keyShares: {
    readonly holders: number;
    readonly needed: number;
    readonly hashes: readonly string[];
  } | null;
  readonly workerUrl: string;
  /** Keys without the `deliberation.` prefix. */
  readonly messages: Readonly<Record<string, string>>;
}

export type DeliberateState =
  | { readonly kind: 'not-armed' }
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'not-closed' }
  /** The window has ended and the server is sealing the box: a matter of seconds. */
  | { readonly kind: 'sealing' }
  | { readonly kind: 'below-minimum'; readonly ballots: number; readonly minimumBallots: number }
  | { readonly kind: 'ready'; readonly data: DeliberationData }
  /** Opened by its trustees: how far they are. */
  | { readonly kind: 'trustees'; readonly trustees: readonly TrusteeRow[]; readonly needed: number }
  | { readonly kind: 'done' };

export interface DeliberateView {
  readonly election: ElectionHead;
  readonly window: VotingWindow;
  readonly state: DeliberateState;
}

export function deliberatePage(page: Page, view: DeliberateView): Html {
  const { election, state } = view;
  const title = page.t('deliberate.title');
  // The key holder's program shows a heading for each of its steps; the page's own would say the same twice.
  const content = html`<h1 class="${state.kind === 'ready' ? 'visually-hidden' : ''}">${title}</h1>
    ${state.kind === 'ready' ? programShell(page, state.data) : stateSection(page, view, state)}`;
  const scripts = state.kind === 'ready' ? (['deliberation'] as const) : [];
  return layoutConsole(page, { title, election, current: 'deliberate', content, scripts });
}

function programShell(page: Page, data: DeliberationData): Html {
  return html`<div id="deliberation">
      <p class="lead">${page.t('deliberate.lead')}</p>
      <p class="script-only" role="status">${page.t('arm.loading')}</p>
      <noscript>${notice('warn', page.t('arm.no-script-title'), page.t('deliberate.no-script'))}</noscript>
    </div>
    ${jsonBlock('deliberation-data', data)}`;
}

type WaitingState = Exclude<DeliberateState, { readonly kind: 'ready' }>;

function stateSection(page: Page, { election, window }: DeliberateView, state: WaitingState): Html {
  const path = `/console/elections/${election.id}`;
  const button = (href: string, label: string) =>
    html`<p><a class="button button--primary" href="${page.href(href)}">${label}</a></p>`;
  const closes = page.formatInstant(window.closesAt, window.zone);
  switch (state.kind) {
    case 'not-armed':
      return html`${notice('info', page.t('deliberate.not-armed-title'), page.t('deliberate.not-armed'))}
      ${button(path, page.t('arm.to-checklist'))}`;
    case 'abandoned':
      return html`${abandonedNotice(page)} ${button(path, page.t('arm.to-checklist'))}`;
    case 'not-closed':
      return html`${notice('info', page.t('deliberate.not-closed-title'), page.t('deliberate.not-closed', { closes }))}
      ${button(path, page.t('arm.to-checklist'))}`;
    case 'sealing':
      return html`${notice('info', page.t('deliberate.sealing-title'), html`<p data-awaited>${page.t('deliberate.sealing')}</p>`)}
      ${button(`${path}/deliberate`, page.t('deliberate.reload'))}`;
    case 'below-minimum':
      return html`${notice('warn', page.t('deliberate.below-title'), page.t('deliberate.below', state))}
      ${button(path, page.t('arm.to-checklist'))}`;
    case 'trustees':
      return trusteeSection(page, path, state);
    case 'done':
      return html`${notice('good', page.t('deliberate.done-title'), page.t('deliberate.done'))}
      ${button(`${path}/result`, page.t('deliberate.to-result'))}`;
  }
}

function trusteeSection(
  page: Page,
  path: string,
  { trustees, needed }: Extract<DeliberateState, { readonly kind: 'trustees' }>,
): Html {
  const given = trustees.filter(({ hasShare }) => hasShare).length;
  return html`<p class="lead">${page.t('deliberate.trustees-lead')}</p>
    <p role="status"><strong>${page.t('deliberate.trustees-count', { given, needed })}</strong></p>
    <div class="table-frame" tabindex="0" role="region" aria-label="${page.t('nav.step.trustees')}">
      <table class="table table--stack">
        <thead>
          <tr>
            <th scope="col">${page.t('trustees.name')}</th>
            <th scope="col">${page.t('trustees.state')}</th>
          </tr>
        </thead>
        <tbody>
          ${trustees.map(
            (trustee) => html`<tr>
              <th scope="row">${trustee.name}</th>
              <td data-label="${page.t('trustees.state')}">${trusteeState(page, trustee, true)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p>${page.t('deliberate.trustees-missing')}</p>
    <p class="actions">
      <a class="button button--primary" href="${page.href(`${path}/trustees`)}">${page.t('deliberate.to-links')}</a>
      <a class="button button--secondary" href="${page.href(`${path}/deliberate`)}">${page.t('deliberate.reload')}</a>
    </p>`;
}
