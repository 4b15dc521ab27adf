// The report: the verdict, whose election it is, the result, every check, what was not checked, what to compare. It prints on A4.
import { html, nothing, type TemplateResult } from 'lit-html';
import { fingerprintGroups } from '../page/groups.ts';
import { actionButton } from '../page/views.ts';
import { checkTable } from './check-table.ts';
import { receiptForm } from './receipt-view.ts';
import type { Comparison, Fact, QuestionResult, Report } from './report.ts';
import type { VerifyView } from './screen.ts';
import type { VerifyState } from './state.ts';

export function reportPage(view: VerifyView, state: VerifyState, report: Report): TemplateResult {
  const { say, dispatch } = view;
  return html`<div class="report" data-ok=${report.ok}>
    ${heading(view, state, report)}
    <div class="actions">
      ${actionButton(say('print'), () => dispatch({ type: 'print-pressed' }), 'secondary')}
      ${actionButton(say('save'), () => dispatch({ type: 'save-pressed' }), 'secondary')}
      ${actionButton(say('again'), () => dispatch({ type: 'again-pressed' }), 'quiet')}
    </div>
    ${result(view, report)} ${facts(view, report)} ${checkTable(view, report)} ${notChecked(view, report)} ${comparisons(view, report)}
    ${receiptForm(view, state, report)}
  </div>`;
}

function heading(view: VerifyView, { checkedAt }: VerifyState, report: Report): TemplateResult {
  const { say, formatNumber, formatInstant, version } = view;
  const { ok, checks, election, kind, fileName } = report;
  const failed = checks.filter((check) => !check.ok).length;
  const counts = { count: formatNumber(checks.length), failed: formatNumber(failed) };
  const seconds = formatNumber(Math.max(1, Math.round(report.milliseconds / 100)) / 10);
  return html`<div class="notice ${ok ? 'notice--good' : 'notice--bad'}">
      <h2 class="notice-title" tabindex="-1">${say(ok ? 'holds-title' : `fails-title-${kind}`)}</h2>
      <p>${say(ok ? 'holds' : 'fails', counts)}</p>
    </div>
    ${election === null ? nothing : html`<p class="report-name"><bdi>${election.name}</bdi></p>`}
    <p class="quiet">
      ${say('checked-from')} <bdi class="report-file">${fileName}</bdi>, ${say('checked-at', { at: formatInstant(checkedAt), version, seconds })}
    </p>`;
}

/** Of a record nobody but the key holder can say whether the ballots give it. */
function result(view: VerifyView, { kind, questions, isShortened }: Report): TemplateResult | typeof nothing {
  const { say } = view;
  if (questions.length === 0) return nothing;
  return html`<section>
    <h3>${say('result-title')}</h3>
    <p>${say(`result-${kind}`)}</p>
    ${questions.map((question) => questionTable(view, question))}
    ${isShortened ? html`<p class="notice notice--warn">${say('shortened')}</p>` : nothing}
  </section>`;
}

function questionTable({ say, formatNumber }: VerifyView, { title, rows, blank }: QuestionResult): TemplateResult {
  const row = (name: TemplateResult | string, votes: number, style: string) => html`<tr class=${style}>
    <th scope="row">${name}</th>
    <td class="number">${formatNumber(votes)}</td>
  </tr>`;
  return html`<div class="table-frame">
    <table class="table">
      <caption>
        <bdi>${title}</bdi>
      </caption>
      <thead>
        <tr>
          <th scope="col">${say('candidate')}</th>
          <th scope="col" class="number">${say('votes')}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(({ name, votes }) => row(html`<bdi>${name}</bdi>`, votes, ''))}
        ${blank === null ? nothing : row(say('blank'), blank, 'row-apart')}
      </tbody>
    </table>
  </div>`;
}

function facts(
  view: VerifyView,
  { facts: found, election, kind, questions, ok }: Report,
): TemplateResult | typeof nothing {
  const { say } = view;
  if (found.length === 0) return nothing;
  return html`<section>
    <h3>${say(`facts-${kind}`)}</h3>
    <dl class="facts facts--lines">
      ${election === null ? nothing : fact(say('fact-id'), html`<code class="digest">${election.id}</code>`)}
      ${found.map((one) => fact(say(`fact-${one.name}`), valueOf(view, one)))}
    </dl>
    ${questions.length > 0 ? nothing : html`<p>${say(ok ? 'no-result' : 'result-withheld')}</p>`}
  </section>`;
}

function valueOf({ say, formatNumber, formatInstant }: VerifyView, fact: Fact): TemplateResult | string {
  switch (fact.as) {
    case 'number':
      return formatNumber(fact.value);
    case 'instant':
      return formatInstant(fact.value);
    case 'stage':
      return say(`stage-${fact.value}`);
    case 'text':
      return fact.value;
    case 'maker':
      return maker(say, fact.value);
  }
}

/** Who made the voter codes, as an archive of Belenios names them: itself, somebody, or nobody. */
function maker(say: VerifyView['say'], name: string): TemplateResult | string {
  if (name === '') return say('maker-unsaid');
  return name === 'server' ? say('maker-server') : html`<bdi>${name}</bdi>`;
}

function fact(term: string, value: TemplateResult | string): TemplateResult {
  return html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;
}

function notChecked({ say }: VerifyView, { kind, notChecked: names, unknownMembers }: Report): TemplateResult {
  return html`<section>
    <h3>${say('not-checked-title')}</h3>
    <ul class="spaced">
      ${names.map((name) => html`<li>${say(`not-${kind}-${name}`)}</li>`)}
      ${
        unknownMembers.length === 0
          ? nothing
          : html`<li>
              ${say('not-unknown')}
              ${unknownMembers.map((member) => html`<code class="digest">${member}</code> `)}
            </li>`
      }
    </ul>
  </section>`;
}

function comparisons({ say }: VerifyView, { kind, comparisons: found }: Report): TemplateResult | typeof nothing {
  if (found.length === 0) return nothing;
  const grouped = ({ name }: Comparison) => name === 'box-hash' || name === 'fingerprint' || name === 'head';
  return html`<section>
    <h3>${say('compare-title')}</h3>
    <p>${say(`compare-${kind}`)}</p>
    <dl class="facts facts--lines">
      ${found.map((one) =>
        fact(
          say(`compare-${one.name}`),
          grouped(one) ? fingerprintGroups(one.value) : html`<code class="digest">${one.value}</code>`,
        ),
      )}
    </dl>
  </section>`;
}
