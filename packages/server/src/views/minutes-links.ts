// Where minutes and result can be taken away as files, in both languages.
import { html } from 'hono/html';
import type { Html, Page } from './page.ts';

export interface MinutesLinks {
  readonly pdf: string;
  readonly csv: string;
  readonly json: string;
  /** The page with the minutes, where there is one. */
  readonly page?: string;
  /** Where everything public about the election is checked; the public page says so elsewhere. */
  readonly verify?: string | undefined;
}

/** `hasRecord`: an abandoned election has minutes, and no record to check. */
export const consoleMinutes = (electionId: string, hasRecord: boolean): MinutesLinks => {
  const path = `/console/elections/${electionId}/minutes`;
  return {
    pdf: `${path}.pdf`,
    csv: `${path}.csv`,
    json: `${path}.json`,
    page: path,
    verify: hasRecord ? `/verify?election=${electionId}` : undefined,
  };
};

export const publicMinutes = (electionId: string): MinutesLinks => {
  const path = `/elections/${electionId}`;
  return { pdf: `${path}/minutes.pdf`, csv: `${path}/result.csv`, json: `${path}/result.json` };
};

export function minutesSection(page: Page, links: MinutesLinks): Html {
  const pdf = (language: 'en' | 'fr') => {
    const name = page.t(`minutes.language-${language}`);
    return html`<li>
      <a href="${page.href(`${links.pdf}?in=${language}`)}" hreflang="${language}" type="application/pdf"
        >${page.t('minutes.download-pdf', { language: name })}</a
      >
    </li>`;
  };
  return html`<section class="screen-only" aria-labelledby="minutes-title">
    <h2 id="minutes-title">${page.t('minutes.download-title')}</h2>
    <ul class="spaced">
      ${links.page === undefined ? '' : html`<li><a href="${page.href(links.page)}">${page.t('minutes.see')}</a></li>`}
      ${page.locale === 'fr' ? [pdf('fr'), pdf('en')] : [pdf('en'), pdf('fr')]}
      <li><a href="${page.href(links.csv)}" download>${page.t('minutes.download-csv')}</a></li>
      <li><a href="${page.href(links.json)}" download>${page.t('minutes.download-json')}</a></li>
      ${links.verify === undefined ? '' : html`<li><a href="${page.href(links.verify)}">${page.t('minutes.verify')}</a></li>`}
    </ul>
  </section>`;
}
