// Every check of a report: whether it holds, in words, how much it looked at, and where and why it fails.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { CheckLine, Report } from './report.ts';
import type { VerifyView } from './screen.ts';
import { placeKey, whyKey } from './why.ts';

export function checkTable(view: VerifyView, report: Report): TemplateResult {
  const { say } = view;
  return html`<section>
    <h3 id="checks-title">${say('checks-title')}</h3>
    <div class="table-frame">
      <table class="table check-table" aria-labelledby="checks-title">
        <thead>
          <tr>
            <th scope="col">${say('check')}</th>
            <th scope="col" class="number">${say('looked-at')}</th>
            <th scope="col">${say('verdict')}</th>
          </tr>
        </thead>
        <tbody>
          ${report.checks.map((check) => row(view, report.kind, check))}
        </tbody>
      </table>
    </div>
    ${report.ok ? nothing : html`<p class="hint">${say('later-checks')}</p>`}
  </section>`;
}

function row(view: VerifyView, kind: Report['kind'], check: CheckLine): TemplateResult {
  const { say, formatNumber } = view;
  const { name, ok, count } = check;
  return html`<tr>
    <th scope="row">${say(`check-${kind}-${name}`)} ${ok ? nothing : why(view, kind, check)}</th>
    <td class="number" data-label=${say('looked-at')}>${formatNumber(count)}</td>
    <td data-label=${say('verdict')}>
      <span class="pill ${ok ? 'pill--good' : 'pill--bad'}">${say(ok ? 'ok' : 'failed')}</span>
    </td>
  </tr>`;
}

function why(view: VerifyView, kind: Report['kind'], { name, reason = '', ...places }: CheckLine): TemplateResult {
  const { say, formatNumber } = view;
  const { at, question, choice } = places;
  const place = (key: string, number: number | undefined) =>
    number === undefined ? [] : [say(key, { number: formatNumber(number) })];
  const where = [
    ...place(placeKey(kind, name), at),
    ...place('place-question', question),
    ...place('place-choice', choice),
  ];
  const sentence = say(whyKey(reason));
  return html`<div class="why">
    <p>${where.length === 0 ? sentence : say('why-at', { place: where.join(', '), why: sentence })}</p>
    <p class="quiet"><code>${name}: ${reason}</code></p>
  </div>`;
}
