// The choice of text size and contrast in the header of every page. Links, so that it works without scripts; with scripts
// nothing unfinished on the page is lost (browser/page/display.ts).
import { html } from 'hono/html';
import type { MessageKey } from '../messages/translate.ts';
import { attributes } from './attributes.ts';
import { type Display, ownDisplay } from './display.ts';
import type { Html, Page } from './page.ts';
import { withQuery } from './path.ts';

/** Attributes of the root element, for the style sheet's tokens. */
export const displayAttributes = ({ display = ownDisplay }: Page): readonly Html[] =>
  attributes({
    'data-text': display.text === 'normal' ? undefined : display.text,
    'data-contrast': display.contrast === 'normal' ? undefined : display.contrast,
  });

const labels = {
  text: { normal: 'display.normal', large: 'display.large', larger: 'display.larger' },
  contrast: { normal: 'display.normal', more: 'display.more' },
} as const satisfies { readonly [Kind in keyof Display]: Readonly<Record<Display[Kind], MessageKey>> };

export function displaySwitch(page: Page): Html {
  return html`<details class="display">
    <summary>
      <span aria-hidden="true">Aa</span><span class="visually-hidden">${page.t('display.title')}</span>
    </summary>
    <div class="display-choices">${choices(page, 'text')} ${choices(page, 'contrast')}</div>
  </details>`;
}

function choices(page: Page, kind: keyof Display): Html {
  const chosen = (page.display ?? ownDisplay)[kind];
  return html`<p id="display-${kind}">${page.t(`display.${kind}`)}</p>
    <ul aria-labelledby="display-${kind}">
      ${Object.entries(labels[kind]).map(
        ([value, label]) =>
          html`<li>
            <a
              href="${page.href(withQuery(page.path, kind, value))}"
              data-display="${kind}"
              data-value="${value}"
              ${attributes({ 'aria-current': value === chosen ? 'true' : undefined })}
              >${page.t(label)}</a
            >
          </li>`,
      )}
    </ul>`;
}
