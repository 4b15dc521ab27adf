// The questions of an election in their order, and the rules of the whole count. An election with one question "choose one"
// never needs this page: everything here has a value from the start.
import { html } from 'hono/html';
import { errorSummary, radioGroup, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { moveButtons } from './move-buttons.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';
import {
  type ContestRules,
  contestSentences,
  drawNumber,
  type ElectionRules,
  electionSentences,
  sentenceList,
} from './rules.ts';

export interface ListedContest extends ContestRules {
  readonly id: string;
  readonly title: string;
  /** How many candidates it has. */
  readonly candidates: number;
}

/** As typed. */
export interface RulesValues {
  readonly tieRule: string;
  readonly quorum: string;
  readonly minimumBallots: string;
}

export interface ContestsView {
  readonly election: ElectionHead;
  readonly contests: readonly ListedContest[];
  readonly rules: ElectionRules;
  readonly values: RulesValues;
  readonly problems: Problems;
  readonly done?: string | undefined;
}

const tieRules = ['announce', 'second-ballot', 'lot'] as const;

export function contestsPage(page: Page, view: ContestsView): Html {
  const { election, contests, problems } = view;
  const title = page.t('nav.step.contests');
  const mayChange = election.phase === 'draft' && page.account?.role === 'admin';
  const path = `/console/elections/${election.id}/contests`;
  const content = html`${errorSummary(page, problems)} ${doneNotice(view.done)}
    <h1>${title}</h1>
    ${election.phase === 'draft' ? '' : notice('info', page.t('contests.frozen-title'), page.t('contests.frozen'))}
    <p class="lead">${page.t('contests.lead')}</p>
    <ol class="rows">
      ${contests.map((contest, index) => contestRow(page, view, { contest, index, mayChange, path }))}
    </ol>
    ${
      mayChange
        ? html`<p><a class="button button--secondary" href="${page.href(`${path}/new`)}">${page.t('contests.add')}</a></p>`
        : ''
    }
    <section class="card" aria-labelledby="rules">
      <h2 id="rules">${page.t('contests.rules-title')}</h2>
      ${mayChange ? rulesForm(page, view) : sentenceList(electionSentences(page, view.rules))}
    </section>`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'contests', content, hasProblems });
}

interface RowParts {
  readonly contest: ListedContest;
  readonly index: number;
  readonly mayChange: boolean;
  readonly path: string;
}

function contestRow(page: Page, { contests }: ContestsView, { contest, index, mayChange, path }: RowParts): Html {
  const { id, title, candidates } = contest;
  const edit = html`<a class="button button--quiet" href="${page.href(`${path}/${id}`)}"
    >${page.t('contests.edit')} <span class="visually-hidden">${title}</span></a
  >`;
  const ends = { isFirst: index === 0, isLast: index === contests.length - 1 };
  return html`<li class="row" id="row-${id}">
    <div>
      <h2>${title}</h2>
      ${sentenceList(contestSentences(page, contest))} ${drawNumber(page, contest)}
      <p class="quiet">${page.t('contests.candidates', { count: candidates })}</p>
    </div>
    ${
      mayChange
        ? html`<div class="row-acts">
          ${edit} ${moveButtons(page, { action: `${path}/${id}/move`, name: title, ...ends })}
        </div>`
        : ''
    }
  </li>`;
}

function rulesForm(page: Page, { election, values, problems }: ContestsView): Html {
  const numeric = { type: 'number', width: 'short' } as const;
  return html`<form method="post" action="${page.href(`/console/elections/${election.id}/rules`)}" class="form" novalidate>
    ${radioGroup({
      name: 'tieRule',
      label: page.t('contests.tie'),
      value: values.tieRule,
      problem: problems['tieRule'],
      choices: tieRules.map((value) => ({
        value,
        label: page.t(`contests.tie-${value}`),
        hint: page.t(`contests.tie-${value}-hint`),
      })),
    })}
    ${textField({
      name: 'quorum',
      label: page.t('contests.quorum'),
      hint: page.t('contests.quorum-hint'),
      value: values.quorum,
      problem: problems['quorum'],
      ...numeric,
      more: { min: 0, max: 100, inputmode: 'numeric' },
    })}
    ${textField({
      name: 'minimumBallots',
      label: page.t('election.form-minimumBallots'),
      hint: page.t('election.form-minimumBallots-hint'),
      value: values.minimumBallots,
      problem: problems['minimumBallots'],
      ...numeric,
      more: { min: 1, max: 1e6, inputmode: 'numeric', required: true },
    })}
    <button class="button button--primary">${page.t('contests.rules-save')}</button>
  </form>`;
}
