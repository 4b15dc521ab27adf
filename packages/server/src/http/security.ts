// Headers of every answer, and the origin check of every request that could change something.

import type { MiddlewareHandler } from 'hono';
import { baseUrlOf } from './base-url.ts';
import type { Deps, Env, Request } from './deps.ts';
import { refuse } from './errors.ts';

const policy = [
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

/** Of the one program that reads other people's files: it computes, with WebAssembly too, and can make no request. */
export const checkerPolicy = "default-src 'none'; script-src 'wasm-unsafe-eval'";

/** Of a page that frames what strangers wrote. */
export const framingPolicy = `${policy}; frame-src 'self'`;

/** Of what strangers wrote: no origin, no script, no form, nothing from elsewhere; its links open beside. */
export const strangersPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

const headers = {
  'Content-Security-Policy': policy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  // no-referrer would make form posts send `Origin: null`.
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

export function securityHeaders(deps: Deps): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    const { 'Content-Security-Policy': policyHere, 'X-Frame-Options': framing, ...others } = headers;
    const sent = c.res.headers; // `c.header` would make the whole answer anew, once for each of them
    if (!sent.has('Content-Security-Policy')) sent.set('Content-Security-Policy', policyHere);
    if (!sent.has('X-Frame-Options')) sent.set('X-Frame-Options', framing);
    for (const [name, value] of Object.entries(others)) sent.set(name, value);
    if (c.get('isRehearsal') === true) sent.set('X-Robots-Tag', 'noindex');
    if (!sent.has('Cache-Control')) sent.set('Cache-Control', 'no-store');
    if (baseUrlOf(deps, c).startsWith('https:')) sent.set('Strict-Transport-Security', 'max-age=31536000');
  };
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Browsers say where a request comes from; one that says nothing, or another place, changes nothing here. */
function isFromHere(c: Request, baseUrl: string): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const expected = c.get('organisation') ? baseUrl : c.req.url; // before set-up no address is known but the one in use
  return c.req.header('origin') === new URL(expected).origin;
}

export function originCheck(deps: Deps): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (safeMethods.has(c.req.method) || isFromHere(c, baseUrlOf(deps, c))) return next();
    return refuse(deps, c, 'foreign-request');
  };
}
