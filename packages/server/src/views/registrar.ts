// A registrar's page, reached by their own link: the place where their program makes the voter codes and prints the letters.
// The codes never reach the server.
import { html } from 'hono/html';
import { jsonBlock } from './json-block.ts';
import { layoutPublic } from './layout.ts';
import { notice } from './notice.ts';
import type { Html, Page } from './page.ts';

/** The same names as the program reads (packages/browser/src/registrar/data.ts). */
export interface RegistrarData {
  readonly locale: 'en' | 'fr';
  readonly electionName: string;
  readonly registrarName: string;
  readonly organisation: string;
  readonly fileName: string;
  readonly listName: string;
  readonly seatUrl: string;
  readonly rollUrl: string;
  readonly partUrl: string;
  readonly finishUrl: string;
  readonly workerUrl: string;
  /** Finished. */
  readonly opens: string;
  readonly closes: string;
  /** Keys without the `registrar.` prefix. */
  readonly messages: Readonly<Record<string, string>>;
}

export function registrarPage(page: Page, data: RegistrarData): Html {
  const title = page.t('registrar.page-title');
  const content = html`<div class="screen-only">
      <p class="eyebrow">${data.electionName}</p>
      <h1>${title}</h1>
    </div>
    <div id="registrar">
      <p class="script-only" role="status">${page.t('arm.loading')}</p>
      <noscript>${notice('warn', page.t('arm.no-script-title'), page.t('registrar.no-script'))}</noscript>
    </div>
    ${jsonBlock('registrar-data', data)}`;
  return layoutPublic(page, { title, content, scripts: ['registrar'] });
}
