// A problem the server told, in its words; when it asks who is there again, with the way there in another tab.
import { html, type TemplateResult } from 'lit-html';
import type { Say } from './messages.ts';
import type { Failure, Problem } from './reply.ts';

/** True when a password in another tab is all that is missing; what this page holds stays as it is. */
export function asksPassword({ reauthenticateUrl }: Problem): boolean {
  return reauthenticateUrl !== null;
}

export function toldFailure(say: Say, failure: Failure): TemplateResult {
  return failure.kind === 'no-answer' ? html`<p>${say('no-answer')}</p>` : toldProblem(say, failure.problem);
}

export function toldProblem(say: Say, problem: Problem): TemplateResult {
  if (!asksPassword(problem)) {
    return html`<p><strong>${problem.title}</strong></p>
      <p>${problem.detail}</p>`;
  }
  return html`<p>${say('reauthenticate')}</p>
    <p><a href=${problem.reauthenticateUrl} target="_blank" rel="noopener">${say('reauthenticate-link')}</a></p>`;
}
