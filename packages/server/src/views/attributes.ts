// Attributes of an element from a record: `true` writes the bare name, `false` and `undefined` write nothing.
import { html } from 'hono/html';
import type { Html } from './page.ts';

/** Names come from our own code; only values may come from outside and are escaped. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export function attributes(values: Attributes): readonly Html[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? html` ${name}` : html` ${name}="${value}"`));
}
