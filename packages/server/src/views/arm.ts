// Arming: what will be frozen, and the place where the key holder's program makes the key. The server never sees the key.
import { html } from 'hono/html';
import { fact } from './facts.ts';
import { grouped } from './grouped.ts';
import { type Blocker, blockerSentence, type LastProof } from './tasks.ts';
import { jsonBlock } from './json-block.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { abandonedNotice, notice } from './notice.ts';
import type { Html, Page } from './page.ts';
import {
  type ContestRules,
  contestSentences,
  drawNumber,
  type ElectionRules,
  electionSentences,
  sentenceList,
} from './rules.ts';
import { type VotingWindow, windowSentence } from './window.ts';

/** The same names as the program reads (packages/browser/src/keys). */
export interface KeysData {
  readonly locale: 'en' | 'fr';
  readonly electionName: string;
  readonly bits: 2048 | 3072 | 4096;
  readonly fileName: string;
  /** The exact text that will be frozen. */
  readonly definition: string;
  readonly definitionHash: string;
  readonly armUrl: string;
  readonly doneUrl: string;
  /** The base URL lets browsers do cryptography. */
  readonly secure: boolean;
  /** Keys without the `keys.` prefix. */
  readonly messages: Readonly<Record<string, string>>;
}

export interface FrozenContest extends ContestRules {
  readonly title: string;
  readonly candidates: readonly string[];
}

export interface FreezeSummary {
  readonly contests: readonly FrozenContest[];
  readonly rules: ElectionRules;
  readonly voters: number;
}

export type ArmState =
  | { readonly kind: 'blocked'; readonly blockers: readonly Blocker[] }
  | { readonly kind: 'ready'; readonly summary: FreezeSummary; readonly data: KeysData }
  /** Of an election that everyone can check: the trustees have made its key. */
  | { readonly kind: 'ready-by-form'; readonly summary: FreezeSummary; readonly trustees: ArmTrustees }
  /** The voter codes are being made, which takes a while. */
  | {
      readonly kind: 'underway';
      readonly done: number;
      readonly total: number;
      readonly startedAt: number;
      readonly now: number;
    }
  | { readonly kind: 'abandoned' }
  | {
      readonly kind: 'armed';
      readonly fingerprint: string;
      /** It is of the election on its public board. */
      readonly onBoard: boolean;
      readonly armedAt: number;
      /** Of a key that one person or several hold, not trustees. */
      readonly proof?: LastProof | undefined;
    };

export interface ArmTrustees {
  readonly names: readonly string[];
  /** 0: all of them. */
  readonly threshold: number;
  readonly definitionHash: string;
  /** Who has made the voter codes; undefined where the server does now. */
  readonly registrar?: string | undefined;
}

export interface ArmView {
  readonly election: ElectionHead;
  readonly window: VotingWindow;
  readonly minimumBallots: number;
  readonly state: ArmState;
  /** Why the last try, which nobody waited for, came to nothing. */
  readonly failed?: Reason | 'interrupted' | undefined;
}

type Reason =
  | 'unknown-election'
  | 'election-armed'
  | 'other-sealing'
  | 'election-not-ready'
  | 'election-changed'
  | 'second-administrator-needed';

export function armPage(page: Page, view: ArmView): Html {
  const { election, state } = view;
  const title = page.t('arm.title');
  // The key holder's program shows a heading for each of its steps; the page's own would say the same twice.
  const content = html`<h1 class="${state.kind === 'ready' ? 'visually-hidden' : ''}">${title}</h1>
    ${view.failed === undefined ? '' : lastTry(page, view.failed)}
    ${state.kind === 'underway' ? underway(page, state) : ''}
    ${state.kind === 'blocked' ? blocked(page, view, state.blockers) : ''}
    ${state.kind === 'abandoned' ? abandoned(page, view) : ''}
    ${state.kind === 'armed' ? armed(page, view, state) : ''}
    ${state.kind === 'ready-by-form' ? readyByForm(page, view, state.summary, state.trustees) : ''}
    ${state.kind === 'ready' ? ready(page, view, state.summary, state.data) : ''}`;
  const scripts = state.kind === 'ready' ? (['keys'] as const) : [];
  return layoutConsole(page, { title, election, current: 'arm', content, scripts });
}

function lastTry(page: Page, reason: NonNullable<ArmView['failed']>): Html {
  const why = reason === 'interrupted' ? page.t('arm.interrupted') : page.t(`reason.${reason}.detail`);
  return notice('warn', page.t('arm.failed-title'), why);
}

function underway(page: Page, { done, total, startedAt, now }: ArmState & { kind: 'underway' }): Html {
  const seconds = done === 0 ? 0 : Math.ceil((((now - startedAt) / 1000) * (total - done)) / done);
  return html`<div role="status">
      <p class="lead">${total === 0 ? page.t('arm.underway-start') : page.t('arm.underway', { done, total })}</p>
      <progress max="${Math.max(total, 1)}" value="${done}" aria-label="${page.t('arm.title')}"></progress>
      ${seconds === 0 ? '' : html`<p>${page.t('arm.underway-left', { seconds })}</p>`}
    </div>
    <p class="hint">${page.t('arm.underway-hint')}</p>`;
}

function blocked(page: Page, view: ArmView, blockers: readonly Blocker[]): Html {
  const list = html`<ul>
    ${blockers.map((blocker) => html`<li>${blockerSentence(page, blocker, view)}</li>`)}
  </ul>`;
  return html`<p class="lead">${page.t('arm.lead')}</p>
    ${notice('warn', page.t('arm.blocked'), list)}
    <p>
      <a class="button button--primary" href="${page.href(`/console/elections/${view.election.id}`)}"
        >${page.t('arm.to-checklist')}</a
      >
    </p>`;
}

function abandoned(page: Page, { election }: ArmView): Html {
  return html`${abandonedNotice(page)}
    <p>
      <a class="button button--primary" href="${page.href(`/console/elections/${election.id}`)}"
        >${page.t('arm.to-checklist')}</a
      >
    </p>`;
}

function armed(
  page: Page,
  { window, election }: ArmView,
  { fingerprint, onBoard, armedAt, proof }: ArmState & { kind: 'armed' },
): Html {
  return html`${notice('good', page.t('arm.armed-title'), page.t('arm.armed', { at: page.formatInstant(armedAt, window.zone) }))}
    <dl class="facts facts--long">
      <div>
        <dt>${page.t(onBoard ? 'result.fingerprint-board' : 'result.fingerprint')}</dt>
        <dd><code class="digest">${grouped(fingerprint)}</code></dd>
      </div>
    </dl>
    ${proof === undefined ? '' : held(page, election, proof)}
    <p>
      <a class="button button--primary" href="${page.href(`/console/elections/${election.id}`)}"
        >${page.t('arm.to-checklist')}</a
      >
    </p>`;
}

/** What its holder keeps, and when they last showed that they have it. */
function held(page: Page, { id }: ElectionHead, { day, again }: LastProof): Html {
  const link = html`<a href="${page.href(`/console/elections/${id}/prove`)}">${page.t('checklist.prove-again')}</a>`;
  return html`${again ? html`<p>${page.t('arm.armed-keep')}</p>` : ''}
    <p>${page.t('checklist.proven', { day: page.formatDay(day) })} ${again ? link : ''}</p>`;
}

function ready(page: Page, view: ArmView, summary: FreezeSummary, data: KeysData): Html {
  return html`${smallRoll(page, view, summary)}
    <div id="keys">
      <p class="lead">${page.t('arm.lead')}</p>
      <p class="script-only" role="status">${page.t('arm.loading')}</p>
      <noscript>${notice('warn', page.t('arm.no-script-title'), page.t('arm.no-script'))}</noscript>
    </div>
    ${jsonBlock('keys-data', data)} ${freezeSummary(page, view, summary)}`;
}

function readyByForm(page: Page, view: ArmView, summary: FreezeSummary, trustees: ArmTrustees): Html {
  const { names, threshold, definitionHash, registrar } = trustees;
  const needed = threshold === 0 ? names.length : threshold;
  return html`${smallRoll(page, view, summary)}
    <p class="lead">${page.t(registrar === undefined ? 'arm.lead-verifiable' : 'arm.lead-registrar')}</p>
    <section class="card" aria-labelledby="arm-form">
      <h2 id="arm-form">${page.t('arm.trustees-title')}</h2>
      <p>${page.t('arm.trustees', { needed, of: names.length })}</p>
      <ul>
        ${names.map((name) => html`<li>${name}</li>`)}
      </ul>
      <p>${registrar === undefined ? page.t('arm.credentials') : page.t('arm.credentials-registrar', { name: registrar })}</p>
      <form method="post" action="${page.href(`/console/elections/${view.election.id}/arm`)}">
        <input type="hidden" name="definitionHash" value="${definitionHash}" />
        <button class="button button--primary">${page.t('arm.do')}</button>
      </form>
    </section>
    ${freezeSummary(page, view, summary)}`;
}

/** Said while the number can still be lowered: every second voter may be too few for a result. */
function smallRoll(page: Page, { minimumBallots, election }: ArmView, { voters }: FreezeSummary): Html | '' {
  if (voters >= 2 * minimumBallots || minimumBallots === 1) return '';
  const why = html`${page.t('arm.small-roll', { voters, minimum: minimumBallots })}
    <a href="${page.href(`/console/elections/${election.id}/contests`)}">${page.t('nav.step.contests')}</a>`;
  return notice('warn', page.t('arm.small-roll-title'), why);
}

function freezeSummary(page: Page, { window }: ArmView, { contests, rules, voters }: FreezeSummary): Html {
  const ballot = (contest: FrozenContest) =>
    html`${sentenceList(contestSentences(page, contest))} ${drawNumber(page, contest)}
      <ol class="inline-list">
        ${contest.candidates.map((name) => html`<li>${name}</li>`)}
      </ol>`;
  return html`<section class="card card--quiet" aria-labelledby="freeze">
    <h2 id="freeze">${page.t('arm.freeze-title')}</h2>
    <p>${page.t('arm.freeze')}</p>
    <dl class="facts facts--long">
      ${fact(page.t('election.form-window'), windowSentence(page, window))}
      ${contests.map((contest) => fact(contest.title, ballot(contest)))}
      ${fact(page.t('contests.rules-title'), sentenceList(electionSentences(page, rules)))}
      ${fact(page.t('nav.step.voters'), page.formatNumber(voters))}
    </dl>
  </section>`;
}
