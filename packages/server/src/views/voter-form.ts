// The fields of a voter, for adding and editing: promotions from the settings' list where there is one, else what others
// have already; and the reason that a change after arming takes.
import { html } from 'hono/html';
import { selectField, textArea, textField } from './form.ts';
import type { Locale } from '../messages/translate.ts';
import type { Html, Page, Problems } from './page.ts';

export interface VoterValues {
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly promotion: string;
  readonly building: string;
  /** Empty for the organisation's. */
  readonly language: string;
  readonly reason: string;
}

export interface VoterChoices {
  /** The organisation's: of mails to voters for whom none is chosen. */
  readonly language: Locale;
  /** The settings' list; empty when any promotion is taken. */
  readonly promotionList: readonly string[];
  /** To be offered while typing. */
  readonly promotions: readonly string[];
  readonly buildings: readonly string[];
}

export interface VoterFormView {
  readonly values: VoterValues;
  readonly problems: Problems;
  readonly choices: VoterChoices;
}

export function voterFields(page: Page, { values, problems, choices }: VoterFormView): Html {
  const field = (name: 'lastName' | 'firstName') => ({
    name,
    label: page.t(`voters.${name}`),
    value: values[name],
    problem: problems[name],
    more: {
      required: true,
      autocomplete: 'off',
      maxlength: 254,
    },
  });
  return html`<div class="pair">${textField(field('lastName'))} ${textField(field('firstName'))}</div>
    ${emailField(page, values.email, problems)} ${groupFields(page, { values, problems, choices })}
    ${languageField(page, values.language, problems, choices)}`;
}

/** Promotion and building, of one voter or of many. */
export function groupFields(
  page: Page,
  {
    values,
    problems,
    choices,
  }: Omit<VoterFormView, 'values'> & { values: Pick<VoterValues, 'promotion' | 'building'> },
): Html {
  const building = {
    name: 'building',
    label: page.t('voters.building'),
    hint: page.t('voters.building-hint'),
    value: values.building,
    problem: problems['building'],
    more: { required: false, autocomplete: 'off', maxlength: 254, list: 'known-buildings' },
  };
  return html`<div class="pair">
    ${promotionField(page, values.promotion, problems, choices)} ${textField(building)}
    ${options('known-buildings', choices.buildings)}
  </div>`;
}

/** What a voter's mails speak. */
export const languageOf = (page: Page, language: string, organisations: Locale): string =>
  isOffered(language)
    ? page.t(`voters.language-${language}`)
    : page.t('voters.language-organisation', { language: page.t(`voters.language-${organisations}`) });

const offered: readonly Locale[] = ['en', 'fr'];
const isOffered = (language: string): language is Locale => offered.some((known) => known === language);

function languageField(page: Page, value: string, problems: Problems, { language }: VoterChoices): Html {
  return selectField({
    name: 'language',
    label: page.t('voters.language'),
    hint: page.t('voters.language-hint'),
    value,
    problem: problems['language'],
    choices: ['', ...offered].map((choice) => ({ value: choice, label: languageOf(page, choice, language) })),
  });
}

export function emailField(page: Page, value: string, problems: Problems): Html {
  const more = { required: true, autocomplete: 'off', maxlength: 254 };
  const problem = problems['email'];
  return textField({ name: 'email', type: 'email', label: page.t('voters.email'), value, problem, more });
}

function promotionField(page: Page, value: string, problems: Problems, choices: VoterChoices): Html {
  const control = { name: 'promotion', label: page.t('voters.promotion'), value, problem: problems['promotion'] };
  if (choices.promotionList.length === 0)
    return html`${textField({
      ...control,
      hint: page.t('voters.promotion-hint'),
      more: { autocomplete: 'off', maxlength: 254, list: 'known-promotions' },
    })}
    ${options('known-promotions', choices.promotions)}`;
  const listed = ['', ...choices.promotionList, ...(choices.promotionList.includes(value) ? [] : [value])];
  const found = [...new Set(listed)].map((name) => ({
    value: name,
    label: name === '' ? page.t('roll.no-promotion') : name,
  }));
  return selectField({ ...control, hint: page.t('voters.promotion-list-hint'), choices: found });
}

const options = (id: string, values: readonly string[]): Html =>
  html`<datalist id="${id}">${values.map((value) => html`<option value="${value}"></option>`)}</datalist>`;

/** Why, in one's own words: needed from arming on. */
export function reasonField(page: Page, value: string, problems: Problems, needed: boolean): Html {
  return textArea({
    name: 'reason',
    label: page.t(needed ? 'voters.reason' : 'voters.reason-optional'),
    hint: page.t('voters.reason-hint'),
    value,
    problem: problems['reason'],
    rows: 2,
    more: { required: needed, maxlength: 500 },
  });
}
