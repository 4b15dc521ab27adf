// A published result as the hall's screen shows it: the first of each question, who is elected, shares of the votes cast.
import { html } from 'hono/html';
import type { Html, Page } from './page.ts';
import { moreLine } from './screen-participation.ts';
import { type ContestResult, type ResultView, rowsOf } from './tally.ts';
import { meter } from './turnout.ts';

const mostRows = 8;

export function resultPart(page: Page, result: ResultView): Html {
  const { ballots, registered, quorum, contests } = result;
  return html`<div class="screen-result">
    <p class="screen-turnout">
      ${page.t('result.turnout', { ballots, registered, share: page.formatPercent(ballots, registered) })}
      ${
        quorum === undefined
          ? ''
          : page.t(quorum.reached ? 'minutes.quorum-reached' : 'minutes.quorum-missed', {
              percent: quorum.percent,
              needed: quorum.needed,
            })
      }
    </p>
    <div class="screen-contests screen-contests--${contests.length > 1 ? 'several' : 'one'}">
      ${contests.map((contest) => contestPart(page, contest, { valid: result.valid, alone: contests.length === 1 }))}
    </div>
  </div>`;
}

function contestPart(
  page: Page,
  contest: ContestResult,
  { valid, alone }: { readonly valid: number; readonly alone: boolean },
): Html {
  const rows = rowsOf(page, contest);
  const shown = rows.slice(0, alone ? mostRows : mostRows / 2);
  return html`<section class="screen-contest">
    <h2>${contest.title}</h2>
    <ol class="screen-rows screen-rows--${shown.length > 5 ? 'many' : 'few'}">
      ${shown.map(
        ({ name, votes, blank, standing }) =>
          html`<li class="screen-row ${blank ? 'screen-row--muted' : ''}">
            <p class="screen-row-name">
              ${name}
              ${
                standing === undefined || standing === 'not-elected'
                  ? ''
                  : html`<span class="pill pill--${standing === 'elected' ? 'good' : 'warn'}"
                    >${page.t(`minutes.standing-${standing}`)}</span
                  >`
              }
            </p>
            <p class="screen-row-votes"><strong>${page.formatPercent(votes, valid)}</strong> ${page.formatNumber(votes)}</p>
            ${meter(votes, valid)}
          </li>`,
      )}
    </ol>
    ${moreLine(page, 'rows', rows.length - shown.length)}
  </section>`;
}
