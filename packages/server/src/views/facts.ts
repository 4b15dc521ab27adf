// What is written as a list of facts (`dl class="facts"`).
import { html } from 'hono/html';
import type { Html } from './page.ts';

export const fact = (term: string, value: Html | string): Html =>
  html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;
