// One way to refuse: a problem document (RFC 9457) for programs, a page for people, the same sentences in both languages.

import { problemPage } from '../views/problem.ts';
import type { MessageValues } from '../messages/translate.ts';
import type { Deps, Request } from './deps.ts';
import { pageOf } from './page.ts';
import { type Reason, statuses } from './reasons.ts';

export interface Extra {
  readonly values?: MessageValues;
  /** More members of the problem document. */
  readonly members?: Readonly<Record<string, string | number>>;
  /** Epoch milliseconds. */
  readonly retryAfter?: number;
}

const isProgram = (c: Request): boolean => c.req.path.startsWith('/api/');

export function sentences(deps: Deps, c: Request, reason: Reason, values: MessageValues = {}) {
  const { t } = pageOf(deps, c);
  return { title: t(`reason.${reason}.title`, values), detail: t(`reason.${reason}.detail`, values) };
}

/** From when on another try makes sense, for programs that wait. */
export const retryAfter = (c: Request, instant: number): void =>
  c.header('Retry-After', new Date(instant + 999).toUTCString());

/** Answers with this reason's status and sentences. */
export function refuse(deps: Deps, c: Request, reason: Reason, extra: Extra = {}): Response | Promise<Response> {
  const status = statuses[reason];
  const { title, detail } = sentences(deps, c, reason, extra.values);
  if (extra.retryAfter !== undefined) retryAfter(c, extra.retryAfter);
  if (isProgram(c)) {
    const problem = { type: 'about:blank', title, status, detail, reason, ...extra.members };
    return c.body(JSON.stringify(problem), status, { 'Content-Type': 'application/problem+json' });
  }
  return c.html(problemPage(pageOf(deps, c), { status, title, detail }), status);
}
