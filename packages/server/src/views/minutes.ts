// The minutes as a page that prints like the PDF.
import { html } from 'hono/html';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import type { Block, MinutesDocument, TableBlock } from './minutes-document.ts';
import type { Html, Page } from './page.ts';
import { printButton } from './print-button.ts';

export interface MinutesView {
  readonly election: ElectionHead;
  readonly document: MinutesDocument;
}

export function minutesPage(page: Page, { election, document }: MinutesView): Html {
  const { title, organisation, blocks } = document;
  const content = html`<div class="title-row screen-only">
      <p><a href="${page.href(`/console/elections/${election.id}/result`)}">${page.t('minutes.back')}</a></p>
      <div class="actions">${printButton(page, page.t('minutes.print'))}</div>
    </div>
    <article class="minutes">
      <header>
        <p class="eyebrow">${organisation}</p>
        <h1>${title}</h1>
        <p class="lead">${document.election}</p>
      </header>
      ${blocks.map(block)}
    </article>`;
  return layoutConsole(page, { title, election, current: 'result', content });
}

function block(one: Block): Html {
  switch (one.kind) {
    case 'heading':
      return html`<h2>${one.text}</h2>`;
    case 'paragraph':
      return html`<p>${one.text}</p>`;
    case 'verdict':
      return html`<p class="verdict ${one.good ? 'verdict--good' : 'verdict--bad'}">${one.text}</p>`;
    case 'facts':
      return html`<dl class="facts facts--long">
        ${one.rows.map(
          ([label, value]) =>
            html`<div>
              <dt>${label}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>`;
    case 'list':
      return html`<ul class="spaced">
        ${one.items.map((item) => html`<li>${item}</li>`)}
      </ul>`;
    case 'table':
      return table(one);
    case 'signatures':
      return html`<p>${one.place}</p>
        <div class="signature-lines">${one.lines.map((line) => html`<p>${line}</p>`)}</div>`;
  }
}

function table({ title, columns, rows }: TableBlock): Html {
  return html`<div class="table-frame" tabindex="0" role="region" aria-label="${title}">
    <table class="table table--stack">
      <caption class="visually-hidden">
        ${title}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ title, number }) => html`<th scope="col" class="${number ? 'number' : ''}">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ cells, apart, strong }) =>
            html`<tr class="${[apart ? 'row-apart' : '', strong ? 'row-strong' : ''].join(' ').trim()}">
              ${cells.map((cell, index) => html`<td class="${columns[index]?.number ? 'number' : ''}" data-label="${columns[index]?.title}">${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
