// The product's mark: a ballot going into its box. Inline in the header, and the site's icon.
import { html } from 'hono/html';
import type { Html } from './page.ts';

export function mark(): Html {
  return html`<svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
    <path class="mark-paper" d="M10 3.5h12v14H10z" />
    <path class="mark-tick" d="M13 9.5l2.3 2.3L19.5 7.5" />
    <path class="mark-box" d="M4 15h4.5v2.5h15V15H28v13.5H4z" />
  </svg>`;
}

/** For the route of the site's icon, as a file of its own. */
export const iconSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#fff" stroke="#1f4a86" stroke-width="2" d="M10 3.5h12v14H10z"/><path fill="none" stroke="#1f4a86" stroke-width="2" d="M13 9.5l2.3 2.3L19.5 7.5"/><path fill="#1f4a86" d="M4 15h4.5v2.5h15V15H28v13.5H4z"/></svg>`;
