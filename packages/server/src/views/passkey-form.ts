// A form whose answer is a passkey's signature. It needs the console's program and stays hidden until that runs; whatever a
// browser says instead of signing becomes one of the sentences that stand here already.
import { html } from 'hono/html';
import { attributes } from './attributes.ts';
import type { Html, Page } from './page.ts';

export interface PasskeyForm {
  /** Where the answer goes. */
  readonly action: string;
  /** Where the challenge comes from. */
  readonly options: string;
  readonly label: string;
  /** Where to go afterwards. */
  readonly next?: string;
  readonly fields?: Html;
}

export function passkeyForm(page: Page, { action, options, label, next, fields }: PasskeyForm): Html {
  const form = {
    method: 'post',
    action: page.href(action),
    class: 'form passkey',
    hidden: true,
    novalidate: true,
    'data-passkey': page.href(options),
    'data-cancelled': page.t('passkeys.cancelled'),
    'data-known': page.t('passkeys.known'),
    'data-missing': page.t('passkeys.missing'),
    'data-elsewhere': page.t('passkeys.other-address'),
    'data-offline': page.t('passkeys.offline'),
  };
  return html`<form ${attributes(form)}>
    ${next === undefined ? '' : html`<input type="hidden" name="next" value="${next}" />`}
    <input type="hidden" name="answer" value="" />
    ${fields ?? ''}
    <button class="button button--secondary ${next === undefined ? '' : 'button--wide'}">${label}</button>
    <p class="problem" role="status"></p>
  </form>`;
}
