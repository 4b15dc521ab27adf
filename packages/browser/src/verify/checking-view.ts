// While it is checked: what is done now, how far it is, and a way out.
import { html, nothing, type TemplateResult } from 'lit-html';
import { formatSeconds } from '../page/pace.ts';
import { actionButton } from '../page/views.ts';
import type { VerifyView } from './screen.ts';
import type { Progress, VerifyState } from './state.ts';

export function checkingPage(view: VerifyView, { progress }: VerifyState): TemplateResult {
  const { say, dispatch } = view;
  return html`<section class="card" aria-busy="true">
    <h2 tabindex="-1">${say('checking-title')}</h2>
    <p id="doing">${say(`doing-${progress.doing}`)}</p>
    ${progressBar(progress)}
    <p>${countOf(view, progress)}</p>
    ${progress.secondsLeft === null ? nothing : html`<p>${say('time-left', { time: formatSeconds(progress.secondsLeft) })}</p>`}
    <p role="status" class="visually-hidden">${spoken(view, progress)}</p>
    ${actionButton(say('cancel'), () => dispatch({ type: 'cancel-pressed' }))}
  </section>`;
}

/** Without a value it moves to and fro. */
function progressBar({ done, total }: Progress): TemplateResult {
  return total === 0
    ? html`<progress aria-labelledby="doing"></progress>`
    : html`<progress aria-labelledby="doing" max=${total} .value=${done}></progress>`;
}

function countOf({ say, formatNumber }: VerifyView, { doing, done, total }: Progress): string {
  if (doing === 'fetching') return say('fetched', { kilobytes: formatNumber(Math.ceil(done / 1000)) });
  return total === 0 ? '\u00a0' : say('progress', { done: formatNumber(done), total: formatNumber(total) });
}

/** At each quarter only: a screen reader must not be flooded. */
function spoken({ say }: VerifyView, { doing, done, total }: Progress): string {
  const text = say(`doing-${doing}`);
  return total === 0 ? text : `${text} ${Math.floor((4 * done) / total) * 25} %`;
}
