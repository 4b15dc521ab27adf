// The only two places of the views that write unescaped text: data for a client program, and SVG made by ourselves.
import { html, raw } from 'hono/html';
import type { Html } from './page.ts';

const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON that can neither close its script element nor open another; the escapes are JSON's own, so parsing is unchanged. */
export function jsonBlock(id: string, value: unknown): Html {
  const json = JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? '');
  return html`<script type="application/json" id="${id}">${raw(json)}</script>`;
}

const svgOpening = '<svg(?: (?:xmlns|viewBox|width|height)="[\\w\\s:/.-]*")*>';
const svgShape = '<(?:path|rect)(?: (?:fill|d|x|y|width|height)="[\\w\\s.,#-]*")*/>';
const qrDrawing = new RegExp(`^${svgOpening}(?:${svgShape})*</svg>\\s*$`);

/** A QR code the server has drawn. Anything but our own generator's alphabet is refused rather than trusted. */
export function qrImage(svg: string, label: string): Html {
  if (!qrDrawing.test(svg)) throw new Error('This is not the SVG of a QR code');
  return html`<div class="qr" role="img" aria-label="${label}">${raw(svg)}</div>`;
}
