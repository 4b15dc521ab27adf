// The checker as one file that works from disk: its composition root. Everything it needs stands in the file itself, its workers'
// program as text; its own policy lets it reach nothing else.
import { html, type TemplateResult } from 'lit-html';
import { readPageData, takeStage } from '../page/data.ts';
import { trustedWorkerUrl } from '../page/worker-url.ts';
import { assert } from '../page/assert.ts';
import type { DiskData, Locale } from './data.ts';
import { runVerify } from './run.ts';
import type { VerifyView } from './screen.ts';
import type { VerifyState } from './state.ts';

const { messages, version } = readPageData('verify-data') as DiskData;

const program = document.getElementById('worker-program')?.textContent;
assert(program, 'the file carries the program of its workers');
const workerUrl = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));

runVerify({
  stage: takeStage('verify'),
  locale: preferredLocale(),
  messagesIn: (locale) => messages[locale],
  makeWorker: () => new Worker(trustedWorkerUrl(workerUrl)),
  version,
  elections: [],
  chosen: '',
  frame,
});

function preferredLocale(): Locale {
  const first = navigator.languages.find((tag) => /^(en|fr)\b/i.test(tag)) ?? 'en';
  return first.toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

function frame({ say, dispatch }: VerifyView, { locale, stage }: VerifyState, page: TemplateResult): TemplateResult {
  const other = locale === 'en' ? 'fr' : 'en';
  document.documentElement.lang = locale;
  document.title = `${say('page-title')} – Votix`;
  return html`<header class="site-header">
      <div class="site-header-inner">
        <span class="brand"><span>Votix</span></span>
        <button
          type="button"
          class="button button--quiet"
          lang=${other}
          @click=${() => dispatch({ type: 'language-chosen', locale: other })}
        >
          ${other === 'fr' ? 'Français' : 'English'}
        </button>
      </div>
    </header>
    <main id="content" class="main" tabindex="-1">
      <h1 class=${stage === 'report' ? 'screen-only' : ''}>${say('page-title')}</h1>
      <p class="lead screen-only">${say('page-lead')}</p>
      ${page}
    </main>`;
}
