// The wizard's last two pages: what is about to be frozen, typed consent, and where to keep what afterwards.
import type { Contest } from '@votix/protocol';
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { actionButton } from '../page/views.ts';
import { fingerprintGroups } from '../page/groups.ts';
import { describedBy, field } from '../page/key-fields.ts';
import type { KeyShares } from '../page/shares.ts';
import type { Failure } from '../page/reply.ts';
import { asksPassword, toldFailure } from '../page/told-problem.ts';
import type { KeysState } from './state.ts';
import type { KeysView } from './screen.ts';

const TIE_RULES = {
  announce: 'frozen-tie-announce',
  lot: 'frozen-tie-lot',
  'second-ballot': 'frozen-tie-second-ballot',
} as const;

const ORDERS = {
  fixed: 'frozen-order-fixed',
  alphabetical: 'frozen-order-alphabetical',
  drawn: 'frozen-order-drawn',
} as const;

export function confirmPage(view: KeysView, state: KeysState): TemplateResult {
  const { say, dispatch, definition } = view;
  const submit = (event: Event) => {
    event.preventDefault();
    dispatch({ type: 'arm-pressed' });
  };
  return html`
    <h2 tabindex="-1">${say('confirm-title')}</h2>
    <p>${say('confirm-text')}</p>
    <dl class="frozen">
      <div>
        <dt>${say('frozen-election')}</dt>
        <dd>${definition.name}</dd>
      </div>
      ${definition.contests.map((contest) => frozenContest(view, contest))}
      <div>
        <dt>${say('frozen-tie')}</dt>
        <dd>${say(TIE_RULES[definition.tieRule])}</dd>
      </div>
      <div>
        <dt>${say('frozen-quorum')}</dt>
        <dd>${definition.quorum === 0 ? say('frozen-no-quorum') : say('frozen-percent', { quorum: definition.quorum })}</dd>
      </div>
      <div>
        <dt>${say('frozen-minimum')}</dt>
        <dd>${definition.minimumBallots}</dd>
      </div>
      ${state.publicPart?.keyShares ? splitLine(view, state.publicPart.keyShares) : nothing}
      <div>
        <dt>${say('fingerprint')}</dt>
        <dd>${fingerprintGroups(state.publicPart?.fingerprint ?? '')}</dd>
      </div>
    </dl>
    ${state.armProblem === null ? nothing : problemBox(view, state.armProblem)}
    <form method="dialog" novalidate autocomplete="off" aria-busy=${state.isBusy} @submit=${submit}>
      ${nameField(view, state)}
      <button class="button button--primary" aria-disabled=${state.isBusy}>
        ${say(state.isBusy ? 'arming' : 'arm')}
      </button>
      <p role="status" class="visually-hidden">${state.isBusy ? say('arming') : nothing}</p>
    </form>
    <p>${actionButton(say('start-over'), () => dispatch({ type: 'start-over-pressed' }), 'quiet')}</p>
  `;
}

function splitLine({ say }: KeysView, { needed, holders }: KeyShares): TemplateResult {
  return html`<div>
    <dt>${say('frozen-split')}</dt>
    <dd>${say('share-sheet-needed', { needed, holders })}</dd>
  </div>`;
}

function frozenContest({ say }: KeysView, contest: Contest): TemplateResult {
  const { minChoices: min, maxChoices: max } = contest;
  return html`<div>
    <dt>${contest.title}</dt>
    <dd>
      <ol>
        ${contest.candidates.map(({ name }) => html`<li>${name}</li>`)}
      </ol>
      <p>${max === 1 ? say('frozen-choose-one') : say('frozen-choose-several', { min, max })}</p>
      <p>${say(contest.blank ? 'frozen-blank' : 'frozen-no-blank')}</p>
      <p>${say('frozen-seats', { seats: contest.seats })}</p>
      <p>${say(ORDERS[contest.order], { seed: contest.seed })}</p>
    </dd>
  </div>`;
}

function nameField({ say, dispatch, data }: KeysView, state: KeysState): TemplateResult {
  const words = {
    id: 'election-name',
    label: say('name-label'),
    hint: say('name-hint', { election: data.electionName }),
    problem: state.isOtherName ? say('other-name', { election: data.electionName }) : null,
  };
  const typed = (event: Event) => dispatch({ type: 'name-typed', typed: (event.target as HTMLInputElement).value });
  return field(
    words,
    html`<input
      type="text"
      id=${words.id}
      autocomplete="off"
      aria-describedby=${describedBy(words)}
      aria-invalid=${words.problem === null ? nothing : 'true'}
      .value=${live(state.typedName)}
      @input=${typed}
    />`,
  );
}

function problemBox({ say, data }: KeysView, problem: Failure): TemplateResult {
  return html`<div class="error-summary" id="arm-problem" role="alert" tabindex="-1">
    <h3>${say('not-armed')}</h3>
    ${toldFailure(say, problem)}
    ${
      problem.kind === 'problem' && asksPassword(problem.problem)
        ? nothing
        : html`<p><a href=${data.doneUrl} target="_blank" rel="noopener">${say('see-steps')}</a></p>`
    }
  </div>`;
}

export function donePage({ say, data }: KeysView, state: KeysState): TemplateResult {
  const shares = state.publicPart?.keyShares;
  return html`
    <h2 tabindex="-1">${say('done-title')}</h2>
    <p>${say('done-text')}</p>
    <h3>${say('keep-title')}</h3>
    <ul class="explained">
      ${state.way === 'own' ? nothing : html`<li>${say('keep-file', { file: data.fileName })}</li>`}
      ${shares ? html`<li>${say('keep-shares', { holders: shares.holders, needed: shares.needed })}</li>` : nothing}
      ${shares ? nothing : html`<li>${say('keep-passphrase')}</li>`}
      <li>${say('keep-apart')}</li>
      <li>${say('keep-until')}</li>
    </ul>
    <h3>${say('fingerprint')}</h3>
    ${fingerprintGroups(state.publicPart?.fingerprint ?? '')}
    <p class="hint">${say('fingerprint-use')}</p>
    <p><a class="button button--primary" href=${data.doneUrl}>${say('continue')}</a></p>
  `;
}
