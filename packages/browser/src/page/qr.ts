// A QR code as inline SVG: one path, no image request, dark on light in every colour scheme because cameras need it.
import { html, type TemplateResult } from 'lit-html';
import { encode } from 'uqr';

const QUIET_ZONE = 4;

export function qrPicture(text: string, title: string): TemplateResult {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  return html`<svg
    class="qr-picture"
    role="img"
    aria-label=${title}
    viewBox="0 0 ${size} ${size}"
    shape-rendering="crispEdges"
  >
    <rect class="qr-light" width=${size} height=${size} />
    <path class="qr-dark" d=${darkModules(data)} />
  </svg>`;
}

function darkModules(rows: readonly (readonly boolean[])[]): string {
  const squares = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return squares.join('');
}
