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

function selects(page: Page, query: RollQuery, choices: RollFilterChoices, canHaveVoted: boolean): Html {
  const everyone: Choice = { value: '', label: page.t('roll.all') };
  const select = (name: 'inBuilding' | 'inPromotion' | 'voted' | 'code' | 'sort', found: readonly Choice[]) =>
    selectField({ name, label: page.t(`roll.${name}`), value: query[name], choices: found });
  const buildings = choices.buildings.map(({ id, name }) => ({ value: id, label: name }));
  const promotions = choices.promotions.map((name) => ({
    value: promotionValue(name),
    label: name === '' ? page.t('roll.no-promotion') : name,
  }));
  const none = { value: 'none', label: page.t('voters.no-building') };
  return html`${buildings.length === 0 ? '' : select('inBuilding', [everyone, ...buildings, none])}
  ${promotions.length < 2 ? '' : select('inPromotion', [everyone, ...promotions])}
  ${
    canHaveVoted
      ? html`${select('voted', [
          everyone,
          { value: 'yes', label: page.t('roll.voted-yes') },
          { value: 'no', label: page.t('roll.voted-no') },
        ])}
        ${select('code', [everyone, { value: 'paused', label: page.t('roll.code-paused') }])}`
      : ''
  }
  ${select('sort', sorts(page))}`;
}

const sortNames = ['name', '-name', 'email', 'promotion', '-added', 'added'] as const;
const sorts = (page: Page): Choice[] => sortNames.map((value) => ({ value, label: page.t(`roll.sort.${value}`) }));
