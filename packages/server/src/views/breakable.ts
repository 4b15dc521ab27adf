// Long addresses break after the @, not in the middle of a word.
import { html } from 'hono/html';
import type { Html } from './page.ts';

export function breakable(email: string): Html {
  const at = email.lastIndexOf('@') + 1;
  return html`${email.slice(0, at)}<wbr />${email.slice(at)}`;
}
