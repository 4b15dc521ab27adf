// The rehearsal of an election: made by one press, played through its steps, wiped by one press.
import { html } from 'hono/html';
import { attributes } from './attributes.ts';
import { checkbox, errorSummary, textArea, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';
import { type Phase, phasePill } from './phase.ts';
import { type Blocker, blockerSentence } from './tasks.ts';
import type { VotingWindow } from './window.ts';

export interface TestVoterView {
  readonly name: string;
  /** Below the base path. */
  readonly address: string;
  readonly code: string;
  /** Undefined for those who get no mail. */
  readonly email: string | undefined;
  readonly hasVoted: boolean;
}

export interface RehearsalStep {
  readonly id: 'trustees' | 'arm' | 'vote' | 'close' | 'open' | 'publish';
  readonly state: 'completed' | 'todo' | 'blocked';
  /** Where it is not only its turn that is missing. */
  readonly why?: 'being-sealed' | 'below-minimum';
}

/** As typed. */
export interface RehearsalValues {
  readonly voters: string;
  readonly own: boolean;
  readonly emails: string;
}

export interface RunningRehearsal {
  readonly id: string;
  readonly name: string;
  readonly phase: Phase;
  readonly closesAt: number;
  readonly zone: string;
}

export type RehearsalState =
  /** What the ballot lacks. */
  | { readonly kind: 'blocked'; readonly why: Blocker }
  | { readonly kind: 'too-late' }
  /** `email` is that of whoever looks. */
  | { readonly kind: 'none'; readonly most: number; readonly email: string; readonly values: RehearsalValues }
  | {
      readonly kind: 'running';
      readonly rehearsal: RunningRehearsal;
      readonly steps: readonly RehearsalStep[];
      /** Empty for those who may not act. */
      readonly voters: readonly TestVoterView[];
    };

export interface RehearsalView {
  /** The real one. */
  readonly election: ElectionHead;
  readonly window: VotingWindow;
  readonly minimumBallots: number;
  readonly state: RehearsalState;
  /** One was played until its box was open, and wiped. */
  readonly isRehearsed: boolean;
  readonly problems: Problems;
  readonly done?: string | undefined;
}

export function rehearsalPage(page: Page, view: RehearsalView): Html {
  const { election, state, problems } = view;
  const title = page.t('nav.step.rehearsal');
  const content = html`${errorSummary(page, problems)} ${doneNotice(view.done)}
    <h1>${title}</h1>
    <p class="lead">${page.t('rehearsal.lead')}</p>
    ${view.isRehearsed ? notice('good', page.t('rehearsal.rehearsed-title'), page.t('rehearsal.rehearsed')) : ''}
    ${state.kind === 'running' ? running(page, state) : notYet(page, view, state)}
    ${state.kind === 'none' || state.kind === 'blocked' ? whatHappens(page) : ''}`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'rehearsal', content, hasProblems });
}

type Running = Extract<RehearsalState, { kind: 'running' }>;
type Making = Extract<RehearsalState, { kind: 'none' }>;

const isAdmin = (page: Page): boolean => page.account?.role === 'admin';
const ofAdmin = (page: Page): Html => html`<p class="hint">${page.t('checklist.of-admin')}</p>`;

function notYet(page: Page, view: RehearsalView, state: Exclude<RehearsalState, Running>): Html {
  if (state.kind === 'none') return makeSection(page, view, state);
  const title = page.t('rehearsal.blocked-title');
  if (state.kind === 'too-late') return notice('info', title, page.t('rehearsal.too-late'));
  const step = state.why === 'too-many-choices' ? 'contests' : 'candidates';
  const href = page.href(`/console/elections/${view.election.id}/${step}`);
  return notice('info', title, html`<a href="${href}">${blockerSentence(page, state.why, view)}</a>`);
}

function makeSection(page: Page, { election, problems }: RehearsalView, { most, email, values }: Making): Html {
  if (!isAdmin(page)) return ofAdmin(page);
  return html`<section class="card" aria-labelledby="make">
    <h2 id="make">${page.t('rehearsal.make-title')}</h2>
    <form method="post" action="${page.href(`/console/elections/${election.id}/rehearsal`)}" class="form" novalidate>
      ${textField({
        name: 'voters',
        label: page.t('rehearsal.voters'),
        hint: page.t('rehearsal.voters-hint', { most }),
        type: 'number',
        width: 'short',
        value: values.voters,
        problem: problems['voters'],
        more: { inputmode: 'numeric', min: 1, max: most, required: true },
      })}
      ${checkbox({
        name: 'own',
        label: page.t('rehearsal.own', { email }),
        hint: page.t('rehearsal.own-hint'),
        checked: values.own,
      })}
      <details ${values.emails === '' ? '' : 'open'}>
        <summary>${page.t('rehearsal.emails-more')}</summary>
        ${textArea({
          name: 'emails',
          label: page.t('rehearsal.emails'),
          hint: page.t('rehearsal.emails-hint'),
          rows: 3,
          value: values.emails,
          problem: problems['emails'],
          more: { spellcheck: 'false', autocapitalize: 'none', maxlength: 5000 },
        })}
      </details>
      <button class="button button--primary">${page.t('rehearsal.make')}</button>
    </form>
  </section>`;
}

function running(page: Page, state: Running): Html {
  const { rehearsal, steps } = state;
  const { id, name, phase } = rehearsal;
  return html`<section aria-labelledby="running">
      <div class="title-row title-row--start">
        <h2 id="running">${name}</h2>
        ${phasePill(page, phase)}
      </div>
      ${phase === 'abandoned' ? notice('info', page.t('rehearsal.abandoned')) : ''}
      <ol class="task-list rehearsal-steps">
        ${steps.map((step) => stepRow(page, state, step))}
      </ol>
      <p class="hint"><a href="${page.href(`/console/elections/${id}`)}">${page.t('rehearsal.all-pages')}</a></p>
    </section>
    <section class="apart" aria-labelledby="wipe">
      <h2 id="wipe">${page.t('rehearsal.wipe-title')}</h2>
      <p>${page.t('rehearsal.wipe-text')}</p>
      ${isAdmin(page) ? deed(page, { id, act: 'wipe', look: 'button--danger' }) : ofAdmin(page)}
    </section>`;
}

function deed(
  page: Page,
  { id, act, look }: { readonly id: string; readonly act: 'close' | 'wipe'; look: string },
): Html {
  return html`<form method="post" action="${page.href(`/console/elections/${id}/rehearsal/${act}`)}">
    <button class="button ${look}">${page.t(`rehearsal.${act}`)}</button>
  </form>`;
}

function stepRow(page: Page, state: Running, { id, state: progress, why }: RehearsalStep): Html {
  const text = why === undefined ? page.t(`rehearsal.step.${id}.text`) : page.t(`rehearsal.why.${why}`);
  const awaited = attributes({ 'data-awaited': why === 'being-sealed' });
  return html`<li class="task task--${progress}">
    <div class="task-name">
      <h3>${page.t(`rehearsal.step.${id}`)}</h3>
      ${progress === 'completed' ? '' : html`<p class="hint" ${awaited}>${text}</p>`}
      ${progress === 'todo' && isAdmin(page) ? action(page, state, id) : ''}
      ${id === 'publish' && progress === 'completed' ? resultLink(page, state.rehearsal) : ''}
    </div>
    <span class="task-state">${page.t(`checklist.state.${progress}`)}</span>
  </li>`;
}

const pages = { trustees: 'trustees', arm: 'arm', open: 'deliberate', publish: 'result' } as const;

/** Once somebody has voted, closing is the next step; before it would only lead to an empty box. */
function action(page: Page, { rehearsal, voters }: Running, id: RehearsalStep['id']): Html {
  if (id === 'vote') return ballots(page, rehearsal, voters);
  if (id === 'close') {
    const look = voters.some(({ hasVoted }) => hasVoted) ? 'button--primary' : 'button--secondary';
    return deed(page, { id: rehearsal.id, act: 'close', look });
  }
  const href = page.href(`/console/elections/${rehearsal.id}/${pages[id]}`);
  return html`<p><a class="button button--primary" href="${href}">${page.t(`rehearsal.step.${id}.go`)}</a></p>`;
}

const resultLink = (page: Page, { id }: RunningRehearsal): Html =>
  html`<p><a href="${page.href(`/console/elections/${id}/result`)}">${page.t('rehearsal.step.publish.go')}</a></p>`;

function ballots(page: Page, { id }: RunningRehearsal, voters: readonly TestVoterView[]): Html {
  const link = (step: 'sheets' | 'mails') =>
    html`<a href="${page.href(`/console/elections/${id}/${step}`)}">${page.t(`rehearsal.to-${step}`)}</a>`;
  return html`<ul class="test-voters">
      ${voters.map((voter) => testVoter(page, voter))}
    </ul>
    <p class="hint">${link('sheets')} · ${link('mails')}</p>`;
}

/** A tab of its own, so that this page stays beside the booth. */
function testVoter(page: Page, { name, address, code, email, hasVoted }: TestVoterView): Html {
  const way = html`<a class="button button--secondary button--small" href="${page.href(address)}" target="_blank"
    >${page.t('rehearsal.vote')} <span class="visually-hidden">${page.t('rehearsal.vote-as', { name })}</span></a
  >`;
  return html`<li>
    <div>
      <strong>${name}</strong>
      <span class="quiet">${email ?? page.t('rehearsal.no-mail')}</span>
    </div>
    ${
      hasVoted
        ? html`<span class="test-voter-voted">${page.t('rehearsal.voted')}</span>`
        : html`<span>${page.t('rehearsal.code')} <code>${code}</code></span>
          ${way}`
    }
  </li>`;
}

function whatHappens(page: Page): Html {
  const steps = ['make', 'arm', 'vote', 'count', 'wipe'] as const;
  return html`<section aria-labelledby="how">
    <h2 id="how">${page.t('rehearsal.how-title')}</h2>
    <ol class="spaced">
      ${steps.map((step) => html`<li>${page.t(`rehearsal.how-${step}`)}</li>`)}
    </ol>
  </section>`;
}
