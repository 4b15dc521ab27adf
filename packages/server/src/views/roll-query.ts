// What the roll is asked for, as it stands in the address, and the form that asks. Without a script it is a plain GET.
import { html } from 'hono/html';
import { type Choice, selectField, textField } from './form.ts';
import type { Html, Page } from './page.ts';

/** As in the address; empty where nothing is asked. */
export interface RollQuery {
  readonly q: string;
  /** A building's id, or `none`. */
  readonly inBuilding: string;
  /** A promotion, or `none`; one that is called so begins with `=`. */
  readonly inPromotion: string;
  readonly voted: '' | 'yes' | 'no';
  readonly code: '' | 'paused';
  /** An order, with a minus when it is turned round. */
  readonly sort: string;
  readonly page: number;
}

export const noQuery: RollQuery = {
  q: '',
  inBuilding: '',
  inPromotion: '',
  voted: '',
  code: '',
  sort: 'name',
  page: 1,
};

const queryNames = ['q', 'inBuilding', 'inPromotion', 'voted', 'code', 'sort', 'page'] as const;

/** The query of an address, `?` included; what is as usual is left out. */
export function rollSearch(query: RollQuery, change: Partial<RollQuery> = {}): string {
  const wanted = { ...query, ...change };
  const asked = queryNames.filter((name) => wanted[name] !== noQuery[name]);
  if (asked.length === 0) return '';
  return `?${new URLSearchParams(asked.map((name): [string, string] => [name, String(wanted[name])])).toString()}`;
}

/** Whether somebody is left out. */
export const isFiltered = ({ q, inBuilding, inPromotion, voted, code }: RollQuery): boolean =>
  [q, inBuilding, inPromotion, voted, code].some((value) => value !== '');

export interface RollFilterChoices {
  readonly buildings: readonly { readonly id: string; readonly name: string }[];
  /** Empty where voters have none. */
  readonly promotions: readonly string[];
}

const promotionValue = (promotion: string): string => {
  if (promotion === '') return 'none';
  return promotion === 'none' || promotion.startsWith('=') ? `=${promotion}` : promotion;
};

interface FilterView {
  readonly path: string;
  readonly query: RollQuery;
  readonly choices: RollFilterChoices;
  readonly canHaveVoted: boolean;
}

export function rollFilter(page: Page, { path, query, choices, canHaveVoted }: FilterView): Html {
  const more = [query.inBuilding, query.inPromotion, query.voted, query.code].some((value) => value !== '');
  return html`<form method="get" action="${page.href(path)}" class="roll-filter" role="search">
    <div class="roll-search">
      ${textField({
        name: 'q',
        label: page.t('roll.search'),
        value: query.q,
        more: { type: 'search', autocomplete: 'off', maxlength: 200 },
      })}
      <button class="button button--secondary">${page.t('roll.apply')}</button>
    </div>
    <details class="roll-more" ${more || query.sort !== 'name' ? 'open' : ''}>
      <summary>${page.t('roll.more')}</summary>
      <div class="roll-choices">${selects(page, query, choices, canHaveVoted)}</div>
    </details>
  </form>`;
}

function select(page: Page, query: RollQuery, name: 'inBuilding' | 'inPromotion' | 'voted' | 'code' | 'sort') {
  return (found: readonly Choice[]) =>
    selectField({ name, label: page.t(`roll.${name}`), value: query[name], choices: found });
}

const everyone = (page: Page): Choice => ({ value: '', label: page.t('roll.all') });

/** Building and promotion; nothing where there is nothing to choose. */
export function groupSelects(page: Page, query: RollQuery, choices: RollFilterChoices): Html {
  const buildings = choices.buildings.map(({ id, name }) => ({ value: id, label: name }));
  const promotions = choices.promotions.map((name) => ({
    value: promotionValue(name),
    label: name === '' ? page.t('roll.no-promotion') : name,
  }));
  const none = { value: 'none', label: page.t('voters.no-building') };
  const [inBuilding, inPromotion] = [select(page, query, 'inBuilding'), select(page, query, 'inPromotion')];
  return html`${buildings.length === 0 ? '' : inBuilding([everyone(page), ...buildings, none])}
  ${promotions.length < 2 ? '' : inPromotion([everyone(page), ...promotions])}`;
}

function selects(page: Page, query: RollQuery, choices: RollFilterChoices, canHaveVoted: boolean): Html {
  const voted = [
    { value: 'yes', label: page.t('roll.voted-yes') },
    { value: 'no', label: page.t('roll.voted-no') },
  ];
  const paused = { value: 'paused', label: page.t('roll.code-paused') };
  return html`${groupSelects(page, query, choices)}
  ${
    canHaveVoted
      ? html`${select(page, query, 'voted')([everyone(page), ...voted])}
        ${select(page, query, 'code')([everyone(page), paused])}`
      : ''
  }
  ${select(page, query, 'sort')(sorts(page))}`;
}

const sortNames = ['name', '-name', 'email', 'promotion', '-added', 'added'] as const;
const sorts = (page: Page): Choice[] => sortNames.map((value) => ({ value, label: page.t(`roll.sort.${value}`) }));
