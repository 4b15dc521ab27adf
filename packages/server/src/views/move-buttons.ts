// One place up, one place down: two small forms that work without scripts. At the ends of the list the button is missing,
// because there is nowhere to go.
import { html } from 'hono/html';
import type { Html, Page } from './page.ts';

export interface Movable {
  readonly action: string;
  /** What is moved, for those who do not see its row. */
  readonly name: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

const arrows = { up: '↑', down: '↓' } as const;

export function moveButtons(page: Page, { action, name, isFirst, isLast }: Movable): Html {
  const button = (direction: 'up' | 'down') =>
    html`<button class="button button--quiet move" name="direction" value="${direction}">
      <span aria-hidden="true">${arrows[direction]}</span>
      <span class="visually-hidden">${page.t(`move.${direction}`, { name })}</span>
    </button>`;
  if (isFirst && isLast) return html``;
  return html`<form method="post" action="${page.href(action)}" class="moves">
    ${isFirst ? '' : button('up')} ${isLast ? '' : button('down')}
  </form>`;
}
