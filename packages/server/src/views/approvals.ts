// The two-person rule: whether it is on, what one administrator has asked another to confirm, and the page that stands in
// place of a deed as long as nobody has.
import { html } from 'hono/html';
import { attributes } from './attributes.ts';
import { errorSummary, textArea } from './form.ts';
import { type ConsoleStep, type ElectionHead, layoutConsole } from './layout-console.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';

export type ApprovalDeed = 'arm' | 'extend' | 'deliberate' | 'rule-off';
/** `expired` follows from the clock. */
export type ApprovalState = 'asked' | 'confirmed' | 'refused' | 'withdrawn' | 'used' | 'expired';

export interface ApprovalEntry {
  readonly id: string;
  readonly deed: ApprovalDeed;
  readonly state: ApprovalState;
  readonly election?: { readonly id: string; readonly name: string } | undefined;
  /** Finished: the new end, the hash that was seen; empty where there is nothing to say. */
  readonly about: string;
  /** In the words of whoever asked. */
  readonly reason: string;
  /** A name; undefined for an account that is gone. */
  readonly askedBy?: string | undefined;
  readonly own: boolean;
  readonly askedAt: number;
  readonly expiresAt: number;
  readonly decidedBy?: string | undefined;
}

export interface ApprovalsView {
  readonly isOn: boolean;
  /** Why it cannot be turned on; finished. */
  readonly obstacle?: string | undefined;
  readonly entries: readonly ApprovalEntry[];
  readonly hours: number;
  readonly zone: string;
  /** reason */
  readonly problems: Problems;
  readonly reason: string;
  readonly done?: string | undefined;
}

const path = '/console/approvals';
const hasProblems = (problems: Problems) => Object.keys(problems).length > 0;

export function approvalsPage(page: Page, view: ApprovalsView): Html {
  const title = page.t('approvals.title');
  const content = html`${errorSummary(page, view.problems)} ${doneNotice(view.done)}
    <p><a href="${page.href('/console/users')}">${page.t('users.back')}</a></p>
    <div class="title-row title-row--start">
      <h1>${title}</h1>
      <span class="${view.isOn ? 'pill pill--good' : 'pill'}">
        ${page.t(view.isOn ? 'approvals.rule-on' : 'approvals.rule-off')}
      </span>
    </div>
    <p class="lead">${page.t('approvals.lead', { hours: view.hours })}</p>
    ${view.isOn ? requests(page, view) : turnOn(page, view)}`;
  return layoutConsole(page, { title, section: 'users', content, hasProblems: hasProblems(view.problems) });
}

function turnOn(page: Page, { obstacle }: ApprovalsView): Html {
  if (obstacle !== undefined) return notice('info', page.t('approvals.cannot'), obstacle);
  return html`<section class="apart" aria-labelledby="rule-on">
    <h2 id="rule-on">${page.t('approvals.on-title')}</h2>
    <p>${page.t('approvals.on-text')}</p>
    <form method="post" action="${page.href(`${path}/on`)}">
      <button class="button button--primary">${page.t('approvals.on')}</button>
    </form>
  </section>`;
}

function requests(page: Page, view: ApprovalsView): Html {
  const off = html`<section class="apart" aria-labelledby="rule-off">
    <h2 id="rule-off">${page.t('approvals.off-title')}</h2>
    <p>${page.t('approvals.off-text')}</p>
    ${askForm(page, { deed: 'rule-off', label: page.t('approvals.off'), ...view })}
  </section>`;
  return html`<section aria-labelledby="requests">
      <h2 id="requests">${page.t('approvals.requests')}</h2>
      ${
        view.entries.length === 0
          ? html`<p class="quiet">${page.t('approvals.none')}</p>`
          : html`<ul class="rows">
              ${view.entries.map((entry) => entryRow(page, entry, view.zone))}
            </ul>`
      }
    </section>
    ${off}`;
}

function entryRow(page: Page, entry: ApprovalEntry, zone: string): Html {
  const { deed, state, election, about, reason, askedBy, askedAt, expiresAt, decidedBy } = entry;
  const name = askedBy ?? page.t('approvals.gone');
  const open = state === 'asked' || state === 'confirmed';
  const facts = page.t('approvals.asked', {
    name,
    at: page.formatShortMoment(askedAt, zone),
    until: page.formatShortMoment(expiresAt, zone),
  });
  return html`<li class="row">
    <div>
      <p><strong>${page.t(`approvals.deed-${deed}`)}</strong></p>
      ${
        election === undefined
          ? ''
          : html`<p><a href="${page.href(`/console/elections/${election.id}`)}">${election.name}</a></p>`
      }
      ${about === '' ? '' : html`<p class="digest">${about}</p>`}
      <blockquote class="reason">${reason}</blockquote>
      <p class="quiet">${facts}</p>
      ${
        decidedBy === undefined || decidedBy === askedBy
          ? ''
          : html`<p class="quiet">${page.t('approvals.decided', { name: decidedBy })}</p>`
      }
    </div>
    <div class="actions">
      <span class="pill ${open ? 'pill--warn' : ''}">${page.t(`approvals.state-${state}`)}</span>
      ${entryActs(page, entry)}
    </div>
  </li>`;
}

function entryActs(page: Page, { id, state, own, deed, election }: ApprovalEntry): Html | '' {
  const act = (verdict: 'confirm' | 'refuse' | 'withdraw', kind: string) =>
    html`<form method="post" action="${page.href(`${path}/${id}/${verdict}`)}">
      <button class="button ${kind}">${page.t(`approvals.${verdict}`)}</button>
    </form>`;
  if (state === 'asked' && !own)
    return html`${act('confirm', 'button--primary')} ${act('refuse', 'button--secondary')}`;
  if (!own || (state !== 'asked' && state !== 'confirmed')) return '';
  const places = { arm: 'arm', extend: 'changes/extend', deliberate: 'deliberate', 'rule-off': '' };
  const onward =
    state === 'confirmed' && election !== undefined
      ? html`<a class="button button--primary" href="${page.href(`/console/elections/${election.id}/${places[deed]}`)}"
          >${page.t('approvals.carry-on')}</a
        >`
      : '';
  return html`${onward} ${act('withdraw', 'button--secondary')}`;
}

interface AskForm {
  readonly deed: ApprovalDeed;
  readonly label: string;
  readonly electionId?: string;
  /** The new end, as typed for the deed. */
  readonly closesAt?: string;
  readonly reason: string;
  readonly problems: Problems;
}

function askForm(page: Page, { deed, label, electionId = '', closesAt = '', reason, problems }: AskForm): Html {
  const hidden = (name: string, value: string) => html`<input ${attributes({ type: 'hidden', name, value })} />`;
  return html`<form method="post" action="${page.href(path)}" class="form" novalidate>
    ${hidden('deed', deed)} ${hidden('election', electionId)} ${hidden('closesAt', closesAt)}
    ${textArea({
      name: 'reason',
      label: page.t('approvals.reason'),
      hint: page.t('approvals.reason-hint'),
      value: reason,
      rows: 3,
      problem: problems['reason'],
      more: { required: true, maxlength: 500 },
    })}
    <button class="button button--primary">${label}</button>
  </form>`;
}

export interface NeededView {
  readonly election: ElectionHead;
  readonly current: ConsoleStep;
  readonly deed: Exclude<ApprovalDeed, 'rule-off'>;
  /** Finished: what would be confirmed. */
  readonly about: string;
  readonly closesAt?: string;
  /** The latest request for exactly this; undefined when there is none. */
  readonly latest?: ApprovalEntry | undefined;
  readonly hours: number;
  readonly zone: string;
  readonly reason: string;
  readonly problems: Problems;
}

/** In place of the page of a deed. */
export function approvalNeededPage(page: Page, view: NeededView): Html {
  const { election, current, deed, about, latest, hours, zone, problems } = view;
  const title = page.t('approvals.needed-title');
  const isOpen = latest?.state === 'asked' || latest?.state === 'confirmed';
  const ended =
    latest !== undefined && !isOpen && latest.state !== 'used'
      ? notice('warn', page.t(`approvals.ended-${latest.state}`))
      : '';
  const form = askForm(page, {
    ...view,
    electionId: election.id,
    label: page.t('approvals.ask'),
  });
  const content = html`${errorSummary(page, problems)}
    <h1>${title}</h1>
    <p class="lead">${page.t('approvals.needed', { hours })}</p>
    ${ended}
    <p>
      <strong>${page.t(`approvals.deed-${deed}`)}</strong>
      ${about === '' ? '' : html`<br /><span class="digest">${about}</span>`}
    </p>
    ${
      isOpen && latest !== undefined
        ? html`<ul class="rows">
            ${entryRow(page, latest, zone)}
          </ul>`
        : form
    }`;
  return layoutConsole(page, { title, election, current, content, hasProblems: hasProblems(problems) });
}
