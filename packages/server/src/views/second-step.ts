// One's own second step at log-in: what stands, an authenticator app to be set up, and the recovery codes, shown once.
import { html } from 'hono/html';
import { attributes } from './attributes.ts';
import { errorSummary, textField } from './form.ts';
import { grouped } from './grouped.ts';
import { qrImage } from './json-block.ts';
import { layoutConsole } from './layout-console.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';
import { passkeyForm } from './passkey-form.ts';
import { printButton } from './print-button.ts';

const path = '/console/account/second-step';

export interface PasskeyEntry {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly usedAt?: number | undefined;
  /** Made at another address of this instance: it signs there only. */
  readonly elsewhere?: string | undefined;
}

export interface SecondFactorsView {
  readonly app: boolean;
  readonly passkeys: readonly PasskeyEntry[];
  readonly canPasskeys: boolean;
  /** What a new one is called when nobody says otherwise. */
  readonly device: string;
  readonly zone: string;
  /** name, form */
  readonly problems: Problems;
  /** Not used yet. */
  readonly recoveryCodes: number;
  readonly isNeeded: boolean;
  readonly done?: string | undefined;
}

const button = (page: Page, action: string, label: string, kind: 'primary' | 'secondary' | 'danger'): Html =>
  html`<form method="post" action="${page.href(`${path}${action}`)}">
    <button class="button button--${kind}">${label}</button>
  </form>`;

export function secondFactorsPage(page: Page, view: SecondFactorsView): Html {
  const title = page.t('second-step.title');
  const content = html`${errorSummary(page, view.problems)} ${doneNotice(view.done)}
    <p><a href="${page.href('/console/account')}">${page.t('second-step.back')}</a></p>
    <h1>${title}</h1>
    <p class="lead">${page.t('second-step.lead')}</p>
    ${passkeySection(page, view)} ${appSection(page, view)} ${view.isNeeded ? codesSection(page, view) : ''}`;
  const hasProblems = Object.keys(view.problems).length > 0;
  return layoutConsole(page, { title, section: 'account', content, hasProblems });
}

function passkeySection(page: Page, view: SecondFactorsView): Html {
  const { passkeys, canPasskeys, device, problems } = view;
  const name = textField({
    name: 'name',
    label: page.t('passkeys.name'),
    hint: page.t('passkeys.name-hint'),
    value: device,
    width: 'medium',
    problem: problems['name'],
    more: { required: true, maxlength: 60, autocomplete: 'off' },
  });
  const add = passkeyForm(page, {
    action: `${path}/passkeys`,
    options: '/api/passkeys/register',
    label: page.t('passkeys.add'),
    fields: name,
  });
  const list = html`<ul class="rows">
    ${passkeys.map((passkey) => passkeyRow(page, passkey, view.zone))}
  </ul>`;
  return html`<section class="apart" aria-labelledby="passkeys">
    <div class="title-row title-row--start">
      <h2 id="passkeys">${page.t('passkeys.title')}</h2>
      ${passkeys.length > 0 ? html`<span class="pill pill--good">${page.t('second-step.on')}</span>` : ''}
    </div>
    <p>${page.t('passkeys.text')}</p>
    ${passkeys.length > 0 ? list : ''} ${canPasskeys ? add : notice('info', page.t('passkeys.not-here'))}
  </section>`;
}

function passkeyRow(page: Page, { id, name, createdAt, usedAt, elsewhere }: PasskeyEntry, zone: string): Html {
  const made = page.formatShortMoment(createdAt, zone);
  const used =
    usedAt === undefined
      ? page.t('passkeys.unused', { made })
      : page.t('passkeys.used', { made, used: page.formatShortMoment(usedAt, zone) });
  const field = `name-${id}`;
  return html`<li class="row passkey-row">
    <form method="post" action="${page.href(`${path}/passkeys/${id}`)}" class="passkey-name">
      <label class="visually-hidden" for="${field}">${page.t('passkeys.name')}</label>
      <input ${attributes({ id: field, name: 'name', value: name, required: true, maxlength: 60, autocomplete: 'off' })} />
      <button class="button button--quiet">
        ${page.t('passkeys.rename')} <span class="visually-hidden">${name}</span>
      </button>
    </form>
    <form method="post" action="${page.href(`${path}/passkeys/${id}/delete`)}">
      <button class="button button--quiet button--danger">
        ${page.t('passkeys.remove')} <span class="visually-hidden">${name}</span>
      </button>
    </form>
    <p class="quiet">
      ${used} ${elsewhere === undefined ? '' : html`<span>${page.t('passkeys.elsewhere', { host: elsewhere })}</span>`}
    </p>
  </li>`;
}

function appSection(page: Page, { app }: SecondFactorsView): Html {
  const on = html`<div class="actions">
    ${button(page, '/app', page.t('second-step.app-replace'), 'secondary')}
    ${button(page, '/app/remove', page.t('second-step.app-remove'), 'danger')}
  </div>`;
  return html`<section class="apart" aria-labelledby="app">
    <div class="title-row title-row--start">
      <h2 id="app">${page.t('second-step.app-title')}</h2>
      ${app ? html`<span class="pill pill--good">${page.t('second-step.on')}</span>` : ''}
    </div>
    <p>${page.t(app ? 'second-step.app-on' : 'second-step.app-off')}</p>
    ${app ? on : button(page, '/app', page.t('second-step.app-add'), 'primary')}
  </section>`;
}

function codesSection(page: Page, { recoveryCodes }: SecondFactorsView): Html {
  const few = recoveryCodes < 3 ? notice('warn', page.t('second-step.codes-few', { count: recoveryCodes })) : '';
  return html`<section class="apart" aria-labelledby="recovery-codes">
    <h2 id="recovery-codes">${page.t('second-step.codes-title')}</h2>
    ${few}
    <p>${page.t('second-step.codes-text', { count: recoveryCodes })}</p>
    ${button(page, '/recovery-codes', page.t('second-step.codes-renew'), 'secondary')}
  </section>`;
}

export interface TotpView {
  readonly key: string;
  readonly qrSvg: string;
  /** code */
  readonly problems: Problems;
}

export function totpPage(page: Page, { key, qrSvg, problems }: TotpView): Html {
  const title = page.t('second-step.app-add-title');
  const content = html`${errorSummary(page, problems)}
    <p><a href="${page.href(path)}">${page.t('second-step.cancel')}</a></p>
    <h1>${title}</h1>
    <ol class="numbered">
      <li>
        <p>${page.t('second-step.scan')}</p>
        <div class="app-code">${qrImage(qrSvg, page.t('second-step.qr'))}</div>
        <p>${page.t('second-step.type-key')}</p>
        <p><code class="secret">${grouped(key)}</code></p>
      </li>
      <li>
        <form method="post" action="${page.href(`${path}/app/confirm`)}" class="form" novalidate>
          ${textField({
            name: 'code',
            label: page.t('second-step.first-code'),
            value: '',
            width: 'short',
            problem: problems['code'],
            more: { autocomplete: 'one-time-code', inputmode: 'numeric', maxlength: 10, required: true },
          })}
          <button class="button button--primary">${page.t('second-step.app-confirm')}</button>
        </form>
      </li>
    </ol>
    <p class="hint">${page.t('second-step.others-end')}</p>`;
  return layoutConsole(page, { title, section: 'account', content, hasProblems: Object.keys(problems).length > 0 });
}

export interface RecoveryCodesView {
  readonly codes: readonly string[];
  readonly name: string;
  readonly madeAt: number;
  readonly zone: string;
}

/** Shown once, made to be printed. */
export function recoveryCodesPage(page: Page, { codes, name, madeAt, zone }: RecoveryCodesView): Html {
  const title = page.t('second-step.codes-title');
  const quiet = { type: 'button', class: 'button button--secondary', hidden: true };
  const copy = { ...quiet, 'data-copy': 'codes', 'data-copied': page.t('second-step.codes-copied') };
  const save = { ...quiet, 'data-save': 'codes', 'data-file': page.t('second-step.codes-file') };
  const content = html`<div class="screen-only">
      <h1>${title}</h1>
      <p class="lead">${page.t('second-step.codes-lead')}</p>
      ${notice('warn', page.t('second-step.codes-once'))}
    </div>
    <article class="sheet" aria-labelledby="codes-heading">
      <h2 id="codes-heading">
        ${page.t('second-step.codes-heading', { organisation: page.organisation, name })}
      </h2>
      <ul class="code-list" id="codes">
        ${codes.map((code) => html`<li><code class="secret">${grouped(code)}</code>${'\n'}</li>`)}
      </ul>
      <p class="hint">${page.t('second-step.codes-made', { at: page.formatInstant(madeAt, zone) })}</p>
    </article>
    <div class="actions">
      ${printButton(page, page.t('second-step.codes-print'))}
      <button ${attributes(copy)}>${page.t('second-step.codes-copy')}</button>
      <button ${attributes(save)}>${page.t('second-step.codes-save')}</button>
      <a class="button button--secondary" href="${page.href(path)}">${page.t('second-step.codes-done')}</a>
    </div>`;
  return layoutConsole(page, { title, section: 'account', content });
}
