// Columns over time as SVG, with title, description and the values written on them. A column is as wide as its time and as
// high as its votes per time, so that its area is its votes: merged quiet hours look quiet. Places are attributes and
// percentages (the policy of our pages forbids style attributes), so that the type keeps its size on every screen.
import { html } from 'hono/html';
import type { Html } from './page.ts';

export interface Column {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly value: number;
  /** Finished. */
  readonly text: string;
}

export interface ColumnChart {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly columns: readonly Column[];
  /** Where time begins and ends, in words. */
  readonly ends: readonly [string, string];
}

const top = 24;
const height = 160;
/** Two lines, so that beginning and end have room on the narrowest phone. */
const foot = 46;

export function columnChart({ id, title, description, columns, ends }: ColumnChart): Html {
  const [start, end] = [columns[0]?.from ?? 0, columns.at(-1)?.to ?? 1];
  const rate = ({ from, to, value }: Column) => value / Math.max(1, to - from);
  const highest = Math.max(...columns.map(rate)) || 1;
  const percent = (time: number) => Math.round((10_000 * (time - start)) / Math.max(1, end - start)) / 100;
  const drawn = columns.map((column) => {
    const [left, right] = [percent(column.from), percent(column.to)];
    const tall = Math.round((rate(column) / highest) * height);
    return drawColumn(column, { left, width: Math.max(0.4, right - left - 0.3), tall });
  });
  return html`<svg
    class="columns"
    role="img"
    width="100%"
    height="${top + height + foot}"
    aria-labelledby="${id}-title ${id}-desc"
  >
    <title id="${id}-title">${title}</title>
    <desc id="${id}-desc">${description}</desc>
    ${drawn}
    <line class="axis" x1="0" x2="100%" y1="${top + height}" y2="${top + height}" />
    <text class="bar-value" x="0" y="${top + height + 20}">${ends[0]}</text>
    <text class="bar-value" x="100%" y="${top + height + 40}" text-anchor="end">${ends[1]}</text>
  </svg>`;
}

interface Place {
  /** Percent of the chart's width. */
  readonly left: number;
  readonly width: number;
  readonly tall: number;
}

/** A narrow column's number would run into its neighbour's: the table has it. */
function drawColumn({ text }: Column, { left, width, tall }: Place): Html {
  const room = width >= 12 ? 'column-text' : width >= 4.5 ? 'column-text column-text--wide' : undefined;
  const middle = Math.round((left + width / 2) * 100) / 100;
  return html`<g>
    <rect class="bar-fill" x="${left}%" y="${top + height - tall}" width="${width}%" height="${tall}" rx="2" />
    ${
      room === undefined
        ? ''
        : html`<text class="${room}" x="${middle}%" y="${top + height - tall - 7}" text-anchor="middle">${text}</text>`
    }
  </g>`;
}
