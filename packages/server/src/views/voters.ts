// The roll: who may vote, on which day they did, whose code is paused; a page of it at a time.
import { html } from 'hono/html';
import { errorSummary, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';
import { pager } from './pager.ts';
import type { Turnout } from './turnout.ts';

export interface VoterRow {
  readonly id: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly promotion: string;
  readonly building: string;
  /** The day only: `2026-03-14`. */
  readonly votedOn?: string | undefined;
  /** Epoch milliseconds. */
  readonly lockedUntil?: number | undefined;
}

export interface VoterValues {
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly promotion: string;
  readonly building: string;
}

export interface VotersView {
  readonly election: ElectionHead;
  /** To tell until when a code is paused. */
  readonly zone: string;
  readonly voters: readonly VoterRow[];
  /** From 1. */
  readonly pageNumber: number;
  readonly pageCount: number;
  readonly counts: Turnout & { readonly locked: number };
  readonly values: VoterValues;
  readonly problems: Problems;
  readonly done?: string | undefined;
}

export function votersPage(page: Page, view: VotersView): Html {
  const { election, problems, counts } = view;
  const title = page.t('nav.step.voters');
  const path = `/console/elections/${election.id}/voters`;
  const frozen = election.phase !== 'draft';
  const content = html`${errorSummary(page, problems)} ${doneNotice(view.done)}
    <div class="title-row">
      <h1>${title}</h1>
      ${frozen || counts.registered === 0 ? '' : waysToAdd(page, path)}
    </div>
    ${frozen ? notice('info', page.t('voters.frozen-title'), page.t('voters.frozen')) : ''}
    ${counts.registered === 0 ? emptyRoll(page, path) : roll(page, view, path)} ${frozen ? '' : addForm(page, view, path)}`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'voters', content, hasProblems });
}

/** The form stands below a long table: a way down to it. */
function waysToAdd(page: Page, path: string): Html {
  return html`<div class="actions">
    <a class="button button--quiet" href="#add-voter">${page.t('voters.add-title')}</a>
    <a class="button button--secondary" href="${page.href(`${path}/import`)}">${page.t('voters.import')}</a>
  </div>`;
}

function emptyRoll(page: Page, path: string): Html {
  return html`<div class="empty">
    <h2>${page.t('voters.empty-title')}</h2>
    <p>${page.t('voters.empty')}</p>
    <p><a class="button button--primary" href="${page.href(`${path}/import`)}">${page.t('voters.import')}</a></p>
  </div>`;
}

function roll(page: Page, view: VotersView, path: string): Html {
  const { counts, voters, pageNumber, pageCount } = view;
  return html`<p class="counts">
      ${page.t('voters.counts', {
        registered: counts.registered,
        voted: counts.voted,
        limit: counts.atLeast ? 'lower' : 'none',
      })}
      ${
        counts.locked === 0
          ? ''
          : html`<span class="pill pill--warn">${page.t('voters.counts-locked', { locked: counts.locked })}</span>`
      }
    </p>
    <div class="table-frame table-frame--tall" tabindex="0" role="region" aria-label="${page.t('nav.step.voters')}">
      <table class="table table--stack table--dense">
        <thead>
          <tr>
            <th scope="col">${page.t('voters.name')}</th>
            <th scope="col">${page.t('voters.email')}</th>
            <th scope="col">${page.t('voters.promotion')}</th>
            <th scope="col">${page.t('voters.building')}</th>
            <th scope="col">${page.t('voters.voted')}</th>
          </tr>
        </thead>
        <tbody>
          ${voters.map((voter) => voterRow(page, voter, view.zone))}
        </tbody>
      </table>
    </div>
    ${pager(page, { path, pageNumber, pageCount })}`;
}

function voterRow(page: Page, voter: VoterRow, zone: string): Html {
  const voted = voter.votedOn === undefined ? page.t('voters.not-voted') : page.formatDay(voter.votedOn);
  return html`<tr>
    <th scope="row">${voter.lastName} ${voter.firstName}</th>
    <td data-label="${page.t('voters.email')}"><span>${breakable(voter.email)}</span></td>
    <td data-label="${page.t('voters.promotion')}">${voter.promotion || '–'}</td>
    <td data-label="${page.t('voters.building')}">${voter.building || page.t('voters.no-building')}</td>
    <td data-label="${page.t('voters.voted')}">
      <span class="${voter.votedOn === undefined ? 'quiet' : ''}">${voted}</span>
      ${
        voter.lockedUntil === undefined
          ? ''
          : html`<span class="pill pill--warn"
            >${page.t('voters.locked', { until: page.formatShortMoment(voter.lockedUntil, zone) })}</span
          >`
      }
    </td>
  </tr>`;
}

/** Long addresses break after the @, not in the middle of a word. */
function breakable(email: string): Html {
  const at = email.lastIndexOf('@') + 1;
  return html`${email.slice(0, at)}<wbr />${email.slice(at)}`;
}

function addForm(page: Page, { values, problems, counts }: VotersView, path: string): Html {
  const field = (name: keyof VoterValues, required: boolean) => ({
    name,
    label: page.t(`voters.${name}`),
    value: values[name],
    problem: problems[name],
    more: {
      required,
      autocomplete: 'off',
      maxlength: 254,
    },
  });
  const button = counts.registered === 0 ? 'button--secondary' : 'button--primary';
  return html`<section class="card" aria-labelledby="add-voter">
    <h2 id="add-voter">${page.t('voters.add-title')}</h2>
    <form method="post" action="${page.href(path)}" class="form" novalidate>
      <div class="pair">${textField(field('lastName', true))} ${textField(field('firstName', true))}</div>
      ${textField({ ...field('email', true), type: 'email' })}
      <div class="pair">
        ${textField({ ...field('promotion', false), hint: page.t('voters.promotion-hint') })}
        ${textField({ ...field('building', false), hint: page.t('voters.building-hint') })}
      </div>
      <button class="button ${button}">${page.t('voters.add')}</button>
    </form>
  </section>`;
}
