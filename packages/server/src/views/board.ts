// The public board of an election that everyone can check: what its page says of it, and every event, newest first.
import { html } from 'hono/html';
import { attributes } from './attributes.ts';
import { layoutPublic } from './layout.ts';
import { type Pager, pager } from './pager.ts';
import type { Html, Page } from './page.ts';

export interface BoardView {
  readonly uuid: string;
  readonly head: { readonly hash: string; readonly height: number };
  readonly trustees: readonly { readonly name: string; readonly publicKey: string }[];
  /** 0: all of them. */
  readonly threshold: number;
  readonly hasStrict: boolean;
  /** Who made the voter codes; undefined where the server did. */
  readonly registrar: { readonly name: string; readonly reserve: number; readonly given: number } | undefined;
}

/** On the election's page. */
export function boardSection(page: Page, id: string, board: BoardView): Html {
  const { head, trustees, threshold, hasStrict, registrar } = board;
  const needed = threshold === 0 ? trustees.length : threshold;
  return html`<section aria-labelledby="board-title">
    <h2 id="board-title">${page.t('board.title')}</h2>
    <p>${page.t('board.text')}</p>
    <dl class="facts facts--long">
      <div>
        <dt>${page.t('board.head', { height: head.height })}</dt>
        <dd><code class="digest">${head.hash}</code></dd>
      </div>
      <div>
        <dt>${page.t('board.trustees', { needed, of: trustees.length })}</dt>
        <dd>
          <ul class="plain-list">
            ${trustees.map(({ name, publicKey }) => html`<li>${name}<br /><code class="digest">${publicKey}</code></li>`)}
          </ul>
        </dd>
      </div>
      <div>
        <dt>${page.t('board.credentials')}</dt>
        <dd>${registrar === undefined ? page.t('board.credentials-server') : byRegistrar(page, id, registrar)}</dd>
      </div>
    </dl>
    <p class="actions">
      <a class="button button--secondary" href="${page.href(`/verify?election=${id}`)}">${page.t('election.verify-link')}</a>
      <a class="button button--quiet" href="${page.href(`/elections/${id}/archive.bel`)}" download
        >${page.t('board.archive')}</a
      >
      ${
        hasStrict
          ? html`<a class="button button--quiet" href="${page.href(`/elections/${id}/strict.json`)}" download
            >${page.t('board.strict')}</a
          >`
          : ''
      }
      <a class="button button--quiet" href="${page.href(`/elections/${id}/board`)}">${page.t('board.events')}</a>
    </p>
  </section>`;
}

function byRegistrar(page: Page, id: string, { name, reserve, given }: NonNullable<BoardView['registrar']>): Html {
  const text = page.t('board.credentials-registrar', { name });
  if (reserve === 0) return html`${text}`;
  return html`${text}<br />
    ${page.t('board.reserve', { reserve, given })}
    <a href="${page.href(`/elections/${id}/reserve.json`)}" download>${page.t('board.reserve-link')}</a>`;
}

export interface BoardEventsView {
  readonly election: { readonly id: string; readonly name: string };
  readonly events: readonly {
    readonly height: number;
    readonly type: string;
    readonly hash: string;
    readonly credential: string | null;
    readonly receipt: string | null;
  }[];
  readonly pager: Pager;
}

export function boardPage(page: Page, { election, events, pager: pages }: BoardEventsView): Html {
  const title = page.t('board.events-title');
  const content = html`<p>
      <a href="${page.href(`/elections/${election.id}`)}">${election.name}</a>
    </p>
    <h1>${title}</h1>
    <p class="lead">${page.t('board.events-text')}</p>
    <div class="table-frame" tabindex="0" role="region" aria-label="${title}">
      <table class="table table--stack">
        <thead>
          <tr>
            <th scope="col">${page.t('board.number')}</th>
            <th scope="col">${page.t('board.what')}</th>
            <th scope="col">${page.t('board.hash')}</th>
          </tr>
        </thead>
        <tbody>
          ${events.map(
            (event) => html`<tr ${attributes({ id: `event-${event.height}` })}>
              <th scope="row">${event.height}</th>
              <td data-label="${page.t('board.what')}">${what(page, event)}</td>
              <td data-label="${page.t('board.hash')}"><code class="digest">${event.hash}</code></td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${pager(page, pages)}`;
  return layoutPublic(page, { title: `${title} – ${election.name}`, content, shape: 'wide' });
}

const kinds = ['Setup', 'Ballot', 'EndBallots', 'EncryptedTally', 'PartialDecryption', 'Result'] as const;

function what(page: Page, { type, credential, receipt }: BoardEventsView['events'][number]): Html | string {
  const kind = kinds.find((one) => one === type);
  const words = kind === undefined ? type : page.t(`board.event.${kind}`);
  if (receipt === null) return words;
  return html`<span
    >${words} <code class="digest">${receipt}</code><br />
    <span class="quiet">${page.t('board.credential')} <code class="digest">${credential ?? ''}</code></span></span
  >`;
}
