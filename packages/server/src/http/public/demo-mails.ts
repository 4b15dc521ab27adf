// /demo/mails: what the mail server of a demonstration caught. A mail may hold anything: its HTML is served as a document of
// no origin, without scripts, forms or anything from elsewhere, and stands in a frame that says the same again.

import { Hono } from 'hono';
import { demoMailPage, demoMailsPage, type DemoMailView, type Scheme, schemes } from '../../views/demo-mails.ts';
import type { Demo, Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { pageOf } from '../page.ts';
import { framingPolicy, strangersPolicy } from '../security.ts';
import { turnedTo } from '../turning.ts';

const perPage = 25;

export function demoMailRoutes(deps: Deps, { mails }: Demo): Hono<Env> {
  return new Hono<Env>()
    .get('/demo/mails', (c) => {
      const query = (c.req.query('q') ?? '').trim().slice(0, 200);
      const found = mails.list().filter((mail) => isFound(mail, query));
      const { pageNumber, pageCount, offset } = turnedTo(c, found.length, perPage);
      const shown = found.slice(offset, offset + perPage);
      const view = { mails: shown, count: found.length, pageNumber, pageCount, query, address: mails.address };
      return c.html(demoMailsPage(pageOf(deps, c), { ...view, zone: zoneOf(c) }));
    })
    .get('/demo/mails/:id', (c) => {
      const mail = mails.find(c.req.param('id'));
      if (!mail) return refuse(deps, c, 'not-found');
      c.header('Content-Security-Policy', framingPolicy);
      return c.html(demoMailPage(pageOf(deps, c), mail, zoneOf(c)));
    })
    .get('/demo/mails/:id/:scheme', (c) => {
      const mail = mails.find(c.req.param('id'));
      const scheme = schemes.find((known) => known === c.req.param('scheme'));
      if (!mail || !scheme) return refuse(deps, c, 'not-found');
      c.header('Content-Security-Policy', strangersPolicy);
      c.header('X-Frame-Options', 'SAMEORIGIN');
      return c.html(inScheme(mail.html, scheme));
    });
}

const zoneOf = (c: Request): string => c.get('organisation')?.zone ?? 'UTC';

const isFound = ({ to, subject }: DemoMailView, query: string): boolean =>
  `${to}\n${subject}`.toLocaleLowerCase().includes(query.toLocaleLowerCase());

/** As a screen of this scheme has it, whatever the visitor's own; links open beside. Nothing here makes the mail safe. */
function inScheme(html: string, scheme: Scheme): string {
  return html
    .replace(/\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi, (_, wanted: string) =>
      wanted.toLowerCase() === scheme ? '(min-width: 0)' : '(max-width: 0)',
    )
    .replace(/light dark/g, scheme)
    .replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`);
}
