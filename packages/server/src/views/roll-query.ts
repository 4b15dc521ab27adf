// What the roll is asked for, as it stands in the address, and the form that asks. Without a script it is a plain GET.
import { html } from 'hono/html';
import { type Choice, selectField, textField } from './form.ts';
import type { ElectionHead } from './layout-console.ts';
import type { MailKind } from './letter.ts';
import type { Html, Page } from './page.ts';

export type MailState = 'none' | 'waiting' | 'deferred' | 'accepted' | 'rejected' | 'unknown' | 'dead';

/** As in the address; empty where nothing is asked. */
export interface RollQuery {
  readonly q: string;
  /** A building's id, or `none`. */
  readonly inBuilding: string;
  /** A promotion, or `none`; one that is called so begins with `=`. */
  readonly inPromotion: string;
  readonly voted: '' | 'yes' | 'no';
  /** What became of the newest mail of a kind; `dead` where the address does not exist. */
  readonly mail: '' | MailState;
  /** Any where it is empty. */
  readonly mailKind: '' | MailKind;
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
  mail: '',
  mailKind: '',
  code: '',
  sort: 'name',
  page: 1,
};

export const votersPath = ({ id }: ElectionHead): string => `/console/elections/${id}/voters`;

export const voterPath = (election: ElectionHead, id: string): string => `${votersPath(election)}/${id}`;

const queryNames = ['q', 'inBuilding', 'inPromotion', 'voted', 'mail', 'mailKind', 'code', 'sort', 'page'] as const;

/** The query of an address, `?` included; what is as usual is left out. */
export function rollSearch(query: RollQuery, change: Partial<RollQuery> = {}): string {
  const wanted = { ...query, ...change };
  const asked = queryNames.filter((name) => wanted[name] !== noQuery[name]);
  if (asked.length === 0) return '';
  return `?${new URLSearchParams(asked.map((name): [string, string] => [name, String(wanted[name])])).toString()}`;
}

/** Whether somebody is left out. */
export const isFiltered = (query: RollQuery): boolean => query.q !== '' || hasMore(query);

const hasMore = ({ inBuilding, inPromotion, voted, mail, code }: RollQuery): boolean =>
  [inBuilding, inPromotion, voted, mail, code].some((value) => value !== '');

export interface GroupChoices {
  readonly buildings: readonly { readonly id: string; readonly name: string }[];
  /** Empty where voters have none. */
  readonly promotions: readonly string[];
}

export interface RollFilterChoices extends GroupChoices {
  /** Kinds of mail that were sent, or could be; none where no mail was sent yet. */
  readonly mailKinds: readonly MailKind[];
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
    <details ${hasMore(query) || query.sort !== 'name' ? 'open' : ''}>
      <summary>${page.t('roll.more')}</summary>
      <div class="roll-choices">${selects(page, query, choices, canHaveVoted)}</div>
    </details>
  </form>`;
}

type Selected = 'inBuilding' | 'inPromotion' | 'voted' | 'mail' | 'mailKind' | 'code' | 'sort';

function select(page: Page, query: RollQuery, name: Selected) {
  return (found: readonly Choice[]) =>
    selectField({ name, label: page.t(`roll.${name}`), value: query[name], choices: found });
}

const everyone = (page: Page): Choice => ({ value: '', label: page.t('roll.all') });

/** Building and promotion; nothing where there is nothing to choose. */
export function groupSelects(page: Page, query: RollQuery, choices: GroupChoices): Html {
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
  ${mailSelects(page, query, choices.mailKinds)} ${select(page, query, 'sort')(sorts(page))}`;
}

const mailStates = ['none', 'waiting', 'deferred', 'accepted', 'rejected', 'unknown', 'dead'] as const;

/** The words of the page of a mailing. */
export function mailStateName(page: Page, state: MailState): string {
  if (state === 'dead') return page.t('roll.mail-dead');
  if (state === 'none') return page.t('mailing.status.cancelled');
  return page.t(`mailing.status.${state === 'waiting' ? 'queued' : state}`);
}

function mailSelects(page: Page, query: RollQuery, kinds: readonly MailKind[]): Html | '' {
  if (kinds.length === 0) return '';
  const states = mailStates.map((value) => ({ value, label: mailStateName(page, value) }));
  const named = kinds.map((value) => ({ value, label: page.t(`mails.kind.${value}`) }));
  const any = { value: '', label: page.t('roll.mail-any') };
  return html`${select(page, query, 'mail')([everyone(page), ...states])}
  ${select(page, query, 'mailKind')([any, ...named])}`;
}

const sortNames = ['name', '-name', 'email', 'promotion', '-added', 'added'] as const;
const sorts = (page: Page): Choice[] => sortNames.map((value) => ({ value, label: page.t(`roll.sort.${value}`) }));
