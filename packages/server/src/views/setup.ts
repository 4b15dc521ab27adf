// The set-up wizard's two pages, and what one sees when its link is spent.
import { html } from 'hono/html';
import { errorSummary, selectField, textField } from './form.ts';
import { layoutPublic } from './layout.ts';
import type { Html, Page, Problems } from './page.ts';

export interface OrganisationValues {
  readonly organisation: string;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly retentionDays: string;
  readonly language: string;
  readonly zone: string;
  readonly baseUrl: string;
}

export interface OrganisationView {
  readonly token: string;
  readonly values: OrganisationValues;
  readonly zones: readonly string[];
  readonly problems: Problems;
  /** The command line has made an administrator already: this page is all. */
  readonly alone?: boolean;
}

export interface AdministratorView {
  readonly token: string;
  readonly values: { readonly name: string; readonly email: string };
  /** name, email, password, passwordAgain */
  readonly problems: Problems;
}

const retentionChoices = ['30', '90', '180', '365'] as const;

export function setupOrganisationPage(
  page: Page,
  { token, values, zones, problems, alone = false }: OrganisationView,
): Html {
  const title = page.t('setup.title');
  const field = (name: keyof OrganisationValues) => ({
    name,
    label: page.t(`setup.${name}`),
    hint: page.t(`setup.${name}-hint`),
    value: values[name],
    problem: problems[name],
  });
  const retention = retentionChoices.map((days) => ({
    value: days,
    label: page.t('setup.days', { days: Number(days) }),
  }));
  const languages = [
    { value: 'en', label: 'English' },
    { value: 'fr', label: 'Français' },
  ];
  const content = html`${errorSummary(page, problems)} ${alone ? '' : progress(page, 1)}
    <h1>${title}</h1>
    <p class="lead">${page.t(alone ? 'setup.lead-alone' : 'setup.lead')}</p>
    <form method="post" action="${page.href(`/setup/${token}`)}" class="form" novalidate>
      ${textField({ ...field('organisation'), more: { autocomplete: 'organization', required: true, maxlength: 120 } })}
      ${textField({ ...field('contactName'), more: { required: true, maxlength: 120 } })}
      ${textField({ ...field('contactEmail'), type: 'email', more: { required: true, maxlength: 254 } })}
      ${selectField({ ...field('language'), choices: languages, width: 'medium' })}
      ${selectField({ ...field('zone'), choices: zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })) })}
      ${textField({ ...field('baseUrl'), type: 'url', more: { required: true, spellcheck: 'false', maxlength: 300 } })}
      ${selectField({ ...field('retentionDays'), choices: retention, width: 'medium' })}
      <button class="button button--primary">${page.t(alone ? 'setup.finish-alone' : 'setup.continue')}</button>
    </form>`;
  return layoutPublic(page, { title, content, hasProblems: Object.keys(problems).length > 0 });
}

export function setupAdministratorPage(page: Page, { token, values, problems }: AdministratorView): Html {
  const title = page.t('setup.administrator-title');
  const password = { type: 'password', value: '', more: { autocomplete: 'new-password', required: true } } as const;
  const content = html`${errorSummary(page, problems)} ${progress(page, 2)}
    <h1>${title}</h1>
    <p class="lead">${page.t('setup.administrator-lead')}</p>
    <form method="post" action="${page.href(`/setup/${token}/administrator`)}" class="form" novalidate>
      ${textField({
        name: 'name',
        label: page.t('setup.name'),
        value: values.name,
        problem: problems['name'],
        more: {
          autocomplete: 'name',
          required: true,
          maxlength: 120,
        },
      })}
      ${textField({
        name: 'email',
        type: 'email',
        label: page.t('setup.email'),
        hint: page.t('setup.email-hint'),
        value: values.email,
        problem: problems['email'],
        more: {
          autocomplete: 'username',
          required: true,
        },
      })}
      ${textField({
        name: 'password',
        label: page.t('setup.password'),
        hint: page.t('setup.password-hint'),
        problem: problems['password'],
        ...password,
      })}
      ${textField({
        name: 'passwordAgain',
        label: page.t('setup.passwordAgain'),
        problem: problems['passwordAgain'],
        ...password,
      })}
      <button class="button button--primary">${page.t('setup.finish')}</button>
    </form>
    <p><a href="${page.href(`/setup/${token}`)}">${page.t('setup.back')}</a></p>`;
  return layoutPublic(page, { title, content, hasProblems: Object.keys(problems).length > 0 });
}

function progress(page: Page, current: 1 | 2 | 3): Html {
  return html`<p class="eyebrow">${page.t('setup.step', { current, total: 3 })}</p>`;
}
