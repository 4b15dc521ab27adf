// One voter: who they are, what happened to them by days, and what may be done for them in this phase. What cannot be done
// says why.
import { html } from 'hono/html';
import { breakable } from './breakable.ts';
import { fact } from './facts.ts';
import { errorSummary } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import type { MailKind } from './letter.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page } from './page.ts';
import { type RollQuery, rollSearch, voterPath, votersPath } from './roll-query.ts';
import { emailField, languageOf, reasonField, voterFields, type VoterFormView } from './voter-form.ts';
import { type VoterMail, voterMails } from './voter-mails.ts';
import type { AccessDeed } from './voter-access.ts';
import { nameOf, type VoterRow } from './voters.ts';

export interface TimelineRow {
  /** `2026-03-14` */
  readonly day: string;
  readonly what:
    | 'added'
    | 'edited'
    | 'link-replaced'
    | 'code-replaced'
    | 'access-shown'
    | 'credential-replaced'
    | 'code-locked'
    | 'voted'
    | `mailed-${MailKind}`;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
}

export interface VoterView extends VoterFormView {
  readonly election: ElectionHead;
  readonly zone: string;
  readonly voter: VoterRow;
  readonly mails: readonly VoterMail[];
  readonly timeline: readonly TimelineRow[];
  /** The list one came from. */
  readonly query: RollQuery;
  /** A registrar made the voter codes: one that was lost is replaced from the reserve. */
  readonly hasRegistrar?: boolean;
  readonly done?: string | undefined;
}

export function voterPage(page: Page, view: VoterView): Html {
  const { election, voter, problems, query } = view;
  const title = nameOf(voter);
  const content = html`${errorSummary(page, problems)} ${doneNotice(view.done)}
    <p><a href="${page.href(votersPath(election) + rollSearch(query))}">${page.t('import.back')}</a></p>
    <h1>${title}</h1>
    ${facts(page, view)} ${page.account?.role === 'observer' ? '' : deeds(page, view)}
    ${voterMails(page, view)} ${timelineSection(page, view.timeline)}`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'voters', content, hasProblems });
}

function facts(page: Page, { voter, zone, choices }: VoterView): Html {
  const paused = voter.lockedUntil;
  return html`<dl class="facts facts--window">
    ${fact(page.t('voters.email'), breakable(voter.email))}
    ${fact(page.t('voters.promotion'), voter.promotion || page.t('roll.no-promotion'))}
    ${fact(page.t('voters.building'), voter.building || page.t('voters.no-building'))}
    ${fact(page.t('voters.language'), languageOf(page, voter.language, choices.language))}
    ${fact(page.t('voters.voted'), voter.votedOn === undefined ? page.t('voters.not-voted') : page.formatDay(voter.votedOn))}
    ${paused === undefined ? '' : fact(page.t('voter.code'), page.t('voters.locked', { until: page.formatShortMoment(paused, zone) }))}
  </dl>`;
}

/** Why nothing can be done any more, or what can. */
function deeds(page: Page, view: VoterView): Html {
  const { election, voter } = view;
  if (voter.votedOn !== undefined) return notice('info', page.t('voter.voted-title'), page.t('voter.voted'));
  if (!['draft', 'armed', 'open'].includes(election.phase))
    return notice('info', page.t('voter.closed-title'), page.t('voters.closed'));
  if (election.rehearsalOf !== undefined) return access(page, view);
  return html`${access(page, view)} ${election.phase === 'draft' ? editSection(page, view) : addressSection(page, view)}
  ${election.phase === 'draft' ? removeSection(page, view) : ''}`;
}

function access(page: Page, { election, voter, query, hasRegistrar = false }: VoterView): Html {
  const way = (deed: AccessDeed) =>
    html`<li class="row">
      <div>
        <h3>${page.t(`voter.${deed}-title`)}</h3>
        <p class="quiet">${page.t(`voter.${deed}-hint`)}</p>
      </div>
      <a
        class="button button--secondary button--small"
        href="${page.href(`${voterPath(election, voter.id)}/${deed}${rollSearch(query)}`)}"
        >${page.t(`voter.${deed}-go`)}</a
      >
    </li>`;
  return html`<section aria-labelledby="ways">
    <h2 id="ways">${page.t('voter.ways')}</h2>
    <ul class="rows">
      ${way('access')} ${way('link')} ${way('code')} ${hasRegistrar ? way('credential') : ''}
    </ul>
  </section>`;
}

function editSection(page: Page, view: VoterView): Html {
  const { election, voter, query } = view;
  return html`<section class="card" aria-labelledby="edit-voter">
    <h2 id="edit-voter">${page.t('voter.edit-title')}</h2>
    <form method="post" action="${page.href(voterPath(election, voter.id) + rollSearch(query))}" class="form" novalidate>
      ${voterFields(page, view)}
      <button class="button button--primary">${page.t('candidates.save')}</button>
    </form>
  </section>`;
}

/** After arming: the address only. The other fields travel along, so that what is sent is whole. */
function addressSection(page: Page, { election, voter, query, values, problems }: VoterView): Html {
  const kept = (['lastName', 'firstName', 'promotion', 'building', 'language'] as const).map(
    (name) => html`<input type="hidden" name="${name}" value="${voter[name]}" />`,
  );
  return html`<section class="card" aria-labelledby="edit-voter">
    <h2 id="edit-voter">${page.t('voter.address-title')}</h2>
    <p>${page.t('voter.address')}</p>
    <form method="post" action="${page.href(voterPath(election, voter.id) + rollSearch(query))}" class="form" novalidate>
      ${kept} ${emailField(page, values.email, problems)} ${reasonField(page, values.reason, problems, true)}
      <button class="button button--primary">${page.t('voter.address-go')}</button>
    </form>
  </section>`;
}

function removeSection(page: Page, { election, voter, query }: VoterView): Html {
  const action = page.href(`${voterPath(election, voter.id)}/delete${rollSearch(query)}`);
  return html`<section class="apart" aria-labelledby="remove-voter">
    <h2 id="remove-voter">${page.t('voter.remove-title')}</h2>
    <p>${page.t('voter.remove')}</p>
    <form method="post" action="${action}">
      <button class="button button--danger">${page.t('voter.remove-go')}</button>
    </form>
  </section>`;
}

function timelineSection(page: Page, rows: readonly TimelineRow[]): Html {
  return html`<section aria-labelledby="timeline">
    <h2 id="timeline">${page.t('voter.timeline')}</h2>
    <ol class="timeline">
      ${rows.map(
        ({ day, what, by, reason }) =>
          html`<li>
            <p class="timeline-day">${page.formatDay(day)}</p>
            <div>
              <p>
                ${page.t(`voter.did.${what}`)}
                ${by === undefined ? '' : html`<span class="quiet">${page.t('voter.did-by', { name: by })}</span>`}
              </p>
              ${reason ? html`<p class="quiet">${page.t('voter.did-reason', { reason })}</p>` : ''}
            </div>
          </li>`,
      )}
    </ol>
    <p class="hint">${page.t('voter.timeline-hint')}</p>
  </section>`;
}
