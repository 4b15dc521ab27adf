// Horizontal bars as SVG, with title, description and the values written on them. Lengths are attributes (the policy of our
// pages forbids style attributes) and percentages, so that the type keeps its size on every screen. The same numbers always
// stand in a table beside.
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

const lineHeight = 22;
const barHeight = 26;
const gap = 18;
/** The rest of the width is for the value behind the longest bar, on the narrowest phone. */
const longestBar = 58;
const lineLength = 30;

export function barChart({ id, title, description, bars }: BarChart): Html {
  const largest = Math.max(1, ...bars.map((bar) => bar.value));
  const rows: Html[] = [];
  let top = 0;
  for (const bar of bars) {
    const lines = labelLines(bar.label);
    rows.push(drawBar(bar, { lines, top, length: Math.round((bar.value / largest) * longestBar * 100) / 100 }));
    top += lines.length * lineHeight + barHeight + gap;
  }
  return html`<svg class="bars" role="img" width="100%" height="${top}" aria-labelledby="${id}-title ${id}-desc">
    <title id="${id}-title">${title}</title>
    <desc id="${id}-desc">${description}</desc>
    ${rows}
  </svg>`;
}

interface Place {
  readonly lines: readonly string[];
  readonly top: number;
  /** Percent of the chart's width. */
  readonly length: number;
}

function drawBar({ text, muted = false }: Bar, { lines, top, length }: Place): Html {
  const barTop = top + lines.length * lineHeight;
  return html`<g class="${muted ? 'bar bar--muted' : 'bar'}">
    ${lines.map((line, index) => html`<text class="bar-label" x="0" y="${top + (index + 0.7) * lineHeight}">${line}</text>`)}
    <rect class="bar-fill" x="0" y="${barTop}" width="${length}%" height="${barHeight}" rx="3" />
    <rect class="bar-foot" x="0" y="${barTop}" width="3" height="${barHeight}" />
    <text class="bar-value" x="${length}%" dx="10" y="${barTop + barHeight * 0.7}">${text}</text>
  </g>`;
}

/** SVG text does not wrap: at most two lines here, the whole name in the table. */
export function labelLines(label: string): readonly string[] {
  const lines: string[] = [''];
  for (const word of label.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= lineLength) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  const [first = '', second, ...rest] = lines;
  if (second === undefined) return [cut(first)];
  return [cut(first), cut(rest.length === 0 ? second : `${second} …`)];
}

function cut(line: string): string {
  const characters = Array.from(line);
  return characters.length <= lineLength + 4 ? line : `${characters.slice(0, lineLength + 3).join('')}…`;
}
