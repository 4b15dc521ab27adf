// Horizontal bars as SVG, with title, description and the values written on them. Widths are attributes: the policy of our
// pages forbids style attributes. The same numbers always stand in a table beside.
import { html } from 'hono/html';
import type { Html } from './page.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Finished: "132 · 48.2 %". */
  readonly text: string;
  /** Drawn apart from the others: the blank vote. */
  readonly muted?: boolean;
}

export interface BarChart {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly bars: readonly Bar[];
}

const width = 640;
const rowHeight = 64;
const barHeight = 24;
const barTop = 30;

export function barChart({ id, title, description, bars }: BarChart): Html {
  const largest = Math.max(1, ...bars.map((bar) => bar.value));
  const height = bars.length * rowHeight;
  return html`<svg class="bars" role="img" viewBox="0 0 ${width} ${height}" aria-labelledby="${id}-title ${id}-desc">
    <title id="${id}-title">${title}</title>
    <desc id="${id}-desc">${description}</desc>
    ${bars.map((bar, index) => drawBar(bar, index * rowHeight, largest))}
  </svg>`;
}

function drawBar({ label, value, text, muted = false }: Bar, top: number, largest: number): Html {
  const length = Math.round((value / largest) * width * 10) / 10;
  return html`<g class="${muted ? 'bar bar--muted' : 'bar'}">
    <text class="bar-label" x="0" y="${top + 20}">${shortened(label)}</text>
    <text class="bar-value" x="${width}" y="${top + 20}" text-anchor="end">${text}</text>
    <rect class="bar-track" x="0" y="${top + barTop}" width="${width}" height="${barHeight}" rx="4" />
    <rect class="bar-fill" x="0" y="${top + barTop}" width="${length}" height="${barHeight}" rx="4" />
  </g>`;
}

/** SVG text does not wrap; the whole name stands in the table. */
function shortened(label: string): string {
  const characters = Array.from(label);
  return characters.length <= 38 ? label : `${characters.slice(0, 37).join('').trimEnd()}…`;
}
