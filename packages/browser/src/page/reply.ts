// One way to ask the server for JSON and one reading of what comes back. Anything that is neither an answer of ours nor a problem of
// ours (a captive portal, a proxy's error page, a lost connection) counts as no answer at all.

export interface Problem {
  readonly status: number;
  readonly reason: string;
  readonly title: string;
  readonly detail: string;
  readonly reauthenticateUrl: string | null;
}

/** Not what was asked for; what the page holds stays, to be sent again. */
export type Failure = { readonly kind: 'problem'; readonly problem: Problem } | { readonly kind: 'no-answer' };

export type Reply = { readonly kind: 'ok'; readonly body: Readonly<Record<string, unknown>> } | Failure;

const PATIENCE_MS = 20_000;
const NO_ANSWER: Failure = { kind: 'no-answer' };

export function postJson(url: string, body: unknown): Promise<Reply> {
  return ask(url, {
    method: 'POST',
    headers: { ...headers(), 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** What the server says of something that is only read. */
export function getJson(url: string): Promise<Reply> {
  return ask(url, { headers: headers() });
}

const headers = () => ({
  Accept: 'application/json, application/problem+json',
  'Accept-Language': document.documentElement.lang, // answers are shown on this page
});

async function ask(url: string, request: RequestInit): Promise<Reply> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(url, {
      ...request,
      cache: 'no-store',
      redirect: 'error', // a portal that redirects must not be taken for the server's answer
      signal: patience.signal,
    });
    return await readResponse(response);
  } catch {
    return NO_ANSWER;
  } finally {
    clearTimeout(timer);
  }
}

/** Of a file that did not come: what the server said instead. */
export async function readFailure(response: Response): Promise<Failure> {
  const reply = await readResponse(response);
  return reply.kind === 'ok' ? NO_ANSWER : reply;
}

async function readResponse(response: Response): Promise<Reply> {
  return readReply(response.status, response.headers.get('Content-Type') ?? '', await response.text());
}

/** A broken server (5xx) has decided nothing: trying again is right. */
export function readReply(status: number, contentType: string, text: string): Reply {
  if (status >= 500) return NO_ANSWER;
  const body = parseRecord(text);
  if (body === null) return NO_ANSWER;
  if (status === 200 && contentType.startsWith('application/json')) return { kind: 'ok', body };
  if (!contentType.startsWith('application/problem+json')) return NO_ANSWER;
  return { kind: 'problem', problem: readProblem(status, body) };
}

function readProblem(status: number, body: Readonly<Record<string, unknown>>): Problem {
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
  const reauthenticateUrl = text('reauthenticateUrl');
  return {
    status,
    reason: text('reason'),
    title: text('title'),
    detail: text('detail'),
    reauthenticateUrl: isPathHere(reauthenticateUrl) ? reauthenticateUrl : null,
  };
}

/** Only a path of this site may become a link: never another host, never `javascript:`. */
function isPathHere(url: string): boolean {
  return /^\/(?!\/)[^\\]*$/.test(url);
}

function parseRecord(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isRecord ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
