// A small site around the bundled programs of packages/browser: their pages under the product's own strict headers, and
// answers that a test decides. It keeps every request, so that a test can look for what must never travel.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface LoggedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: string;
  readonly body: string;
}

export interface SiteAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
}

export type Answering = (request: LoggedRequest) => SiteAnswer | Promise<SiteAnswer>;

export interface ProgramSite {
  /** On localhost, where browsers have cryptography without https. */
  readonly origin: string;
  readonly port: number;
  readonly requests: LoggedRequest[];
  /** Answers requests to `METHOD /path`; the last one given wins. */
  answer(route: string, answering: Answering): void;
  close(): Promise<void>;
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html votix-worker',
].join('; ');

/** Of the program that reads other people's files, as the server gives it. */
const CHECKER_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'";

const HEADERS = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

export async function startProgramSite(bundleFolder: string): Promise<ProgramSite> {
  const routes = new Map<string, Answering>();
  const requests: LoggedRequest[] = [];
  const server = createServer((request, response) => void serve(request, response));
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const logged = await log(request);
    requests.push(logged);
    const { status, type, body } = await answerOf(logged);
    const policy = logged.url.startsWith('/assets/verify-worker.') ? CHECKER_POLICY : POLICY;
    response.writeHead(status, { ...HEADERS, 'Content-Security-Policy': policy, 'Content-Type': type }).end(body);
  };
  const answerOf = async (request: LoggedRequest): Promise<SiteAnswer> => {
    const path = request.url.split('?')[0]!;
    const answering = routes.get(`${request.method} ${path}`);
    if (answering !== undefined) return answering(request);
    if (path.startsWith('/assets/')) return asset(join(bundleFolder, path.slice('/assets/'.length)));
    if (path === '/favicon.ico') return { status: 204, type: 'image/x-icon', body: '' };
    return { status: 404, type: 'text/plain', body: `nothing at ${path}` };
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    port,
    requests,
    answer: (route, answering) => void routes.set(route, answering),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function json(body: unknown, status = 200): SiteAnswer {
  const type = status === 200 ? 'application/json' : 'application/problem+json';
  return { status, type, body: JSON.stringify(body) };
}

async function log(request: IncomingMessage): Promise<LoggedRequest> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    headers: JSON.stringify(request.headers),
    body,
  };
}

async function asset(path: string): Promise<SiteAnswer> {
  const type = TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'text/plain';
  return { status: 200, type, body: await readFile(path, 'utf8') };
}
