// A problem the server told, in its words; when it asks for the password again, with the way there in another tab.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Say } from './messages.ts';
import type { Problem } from './reply.ts';

export function toldProblem(say: Say, problem: Problem): TemplateResult {
  if (problem.reason !== 'reauthentication-required') {
    return html`<p><strong>${problem.title}</strong></p>
      <p>${problem.detail}</p>`;
  }
  const url = problem.reauthenticateUrl;
  return html`<p>${say('reauthenticate')}</p>
    ${
      url === null
        ? nothing
        : html`<p><a href=${url} target="_blank" rel="noopener">${say('reauthenticate-link')}</a></p>`
    }`;
}
