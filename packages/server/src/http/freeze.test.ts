// What arming freezes, tried over real HTTP in every phase: refused with the reason in words, and not a byte of the database
// changes. The four things that may still change want a reason, which the audit log keeps.

import { serve } from '@hono/node-server';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { location } from '../../../../tests/support/answers.ts';
import { anApp, type Clocked, type TestApp } from '../../../../tests/support/app.ts';
import { contentsOf } from '../../../../tests/support/contents.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { frozenDeeds, freeRoutes } from '../../../../tests/support/frozen/all.ts';
import {
  aFrozenElection,
  type FrozenElection,
  type FrozenPhase,
  frozenPhases,
  sealedVote,
} from '../../../../tests/support/frozen/election.ts';
import { type TestVoter, votersOf } from '../../../../tests/support/elections.ts';
import { allRoutes } from '../../../../tests/support/routes/all.ts';
import { aVisitor, type Visitor } from '../../../../tests/support/visitors.ts';
import { type AuditAction, checkAuditLog } from '../domain/audit-log.ts';
import { phaseOf } from '../domain/lifecycle.ts';
import { translatorFor } from '../messages/translate.ts';
import { findElection } from '../storage/elections.ts';
import { listVoters } from '../storage/voters.ts';

interface Site {
  readonly at: TestApp;
  /** An administrator who has just given their password, in either language, behind a port. */
  readonly admin: Visitor;
  readonly frenchAdmin: Visitor;
  readonly election: (phase: FrozenPhase) => Promise<FrozenElection>;
}

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.closeAllConnections();
  return Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
});

/** The app behind a port: its answers come through Node's HTTP and a socket. */
async function listen({ app }: TestApp): Promise<string> {
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server;
  await once(server, 'listening');
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function adminAt(at: TestApp, place: string, language: 'en' | 'fr'): Promise<Visitor> {
  const request = async (asked: Request) => {
    const [{ pathname, search }, headers] = [new URL(asked.url), new Headers(asked.headers)];
    headers.set('Accept-Language', language);
    const body = await asked.arrayBuffer();
    const { method } = asked;
    return fetch(place + pathname + search, { method, headers, redirect: 'manual', ...(method !== 'GET' && { body }) });
  };
  const visitor = aVisitor({ request }, at.baseUrl);
  for (const [name, value] of (await at.admin()).cookies) visitor.cookies.set(name, value);
  return visitor;
}

async function aSite(bench: Clocked): Promise<Site> {
  const at = await anApp({ bench });
  const place = await listen(at);
  const [admin, frenchAdmin] = [await adminAt(at, place, 'en'), await adminAt(at, place, 'fr')];
  const made = new Map<FrozenPhase, Promise<FrozenElection>>();
  const election = (phase: FrozenPhase) => {
    const known = made.get(phase) ?? aFrozenElection(at, admin, phase);
    made.set(phase, known);
    return known;
  };
  return { at, admin, frenchAdmin, election };
}

test('what is tried is everything that can be posted about an election, but for what says why not', () => {
  const about = (route: string) => /^POST \/(console|api)\/elections\/:id|^POST \/console\/buildings\/:/.test(route);
  const routes = new Set([...frozenDeeds.map(({ route }) => route), ...Object.keys(freeRoutes)]);
  expect([...routes].toSorted()).toEqual(Object.keys(allRoutes).filter(about).toSorted());
});

test.each(frozenPhases)('at least forty deeds are tried on an election that is %s', (phase) => {
  expect(frozenDeeds.filter(({ reasons }) => reasons[phase]).length).toBeGreaterThanOrEqual(40);
});

const tried = frozenPhases.flatMap((phase) =>
  frozenDeeds.flatMap(({ what, act, reasons: { [phase]: reason } }) =>
    reason ? [[phase, what, act, reason] as const] : [],
  ),
);

interface Allowed {
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly action: AuditAction;
  readonly subject?: string;
  /** What has become true. */
  readonly shows: () => Promise<unknown>;
}

const reason = 'She was forgotten.';

/** The four that may still change, done to a voter of their own each. */
function allowedOn(
  { at, admin }: Site,
  { id, voters, names, context }: FrozenElection,
): Readonly<Record<string, Allowed>> {
  const { db } = at;
  const [, second, third, fourth] = voters;
  const one = (voter: TestVoter, rest = '') => `/voters/${voter.id}${rest}`;
  const row = async (voter: TestVoter) =>
    (await listVoters(db.reader, id, { limit: 100, offset: 0 })).find((each) => each.id === voter.id);
  const accessOf = async (voter: TestVoter) => (await votersOf(db, id)).find((each) => each.id === voter.id)!;
  return {
    'a later end': {
      path: '/changes/extend',
      fields: { closesAt: '2099-12-31T08:00' },
      action: 'election-extended',
      shows: async () => expect((await findElection(db.reader, id))!.closes_at).toBe(Date.UTC(2099, 11, 31, 7)),
    },
    'another address of a voter who has not voted': {
      path: one(second!),
      fields: { ...names.get(second!.id)!, email: 'other@example.org' },
      action: 'voter-edited',
      subject: second!.id,
      shows: async () => expect(await row(second!)).toMatchObject({ email: 'other@example.org' }),
    },
    'a voter more': {
      path: '/voters',
      fields: { lastName: 'Late', firstName: 'Lou', email: 'lou@example.org', promotion: '', building: '' },
      action: 'voter-added',
      shows: async () => expect(await votersOf(db, id)).toHaveLength(voters.length + 1),
    },
    'a link replaced': {
      path: one(third!, '/link'),
      fields: {},
      action: 'link-replaced',
      subject: third!.id,
      shows: async () => {
        expect((await admin.get(`/vote/${third!.link}`)).status).toBe(410);
        expect((await accessOf(third!)).link).not.toBe(third!.link);
      },
    },
    'a code replaced': {
      path: one(fourth!, '/code'),
      fields: {},
      action: 'code-replaced',
      subject: fourth!.id,
      shows: async () => {
        const fresh = await accessOf(fourth!);
        if (phaseOf((await findElection(db.reader, id))!, await db.now()) !== 'open') return;
        const ballot = await sealedVote(context);
        if (fresh.code !== fourth!.code) expect((await admin.cast(fourth!, ballot)).status).toBe(403);
        expect((await admin.cast(fresh, ballot)).status).toBe(200);
      },
    },
  };
}

const allowed = [
  'a later end',
  'another address of a voter who has not voted',
  'a voter more',
  'a link replaced',
  'a code replaced',
];
const stillAllowed = (['armed', 'open'] as const).flatMap((phase) => allowed.map((what) => [phase, what] as const));

onBothDatabases((bench) => {
  let made: Promise<Site> | undefined;
  const site = () => (made ??= aSite(bench()));

  test.each(tried)('%s: %s is refused in words, and nothing changes', async (phase, _what, act, refusal) => {
    const { at, admin, frenchAdmin, election } = await site();
    const about = await election(phase);
    const before = await contentsOf(at.db);
    for (const [locale, browser] of [
      ['en', admin],
      ['fr', frenchAdmin],
    ] as const) {
      const answer = await act(browser, about, at);
      const words = translatorFor(locale)(`reason.${refusal}.title`);
      expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining(words)]);
    }
    expect(await contentsOf(at.db)).toBe(before);
  });

  test.each(stillAllowed)('%s: %s wants a reason, which the audit log keeps', async (phase, what) => {
    const { at, admin, election } = await site();
    const about = await election(phase);
    const { path, fields, action, subject, shows } = allowedOn(await site(), about)[what]!;
    const post = (more: Readonly<Record<string, string>>) =>
      admin.post(`/console/elections/${about.id}${path}`, { ...fields, ...more });
    const before = await contentsOf(at.db);
    for (const none of [{}, { reason: '' }, { reason: ' \n ' }, { reason: 'x'.repeat(501) }])
      expect((await post(none)).status).toBe(400);
    expect(await contentsOf(at.db)).toBe(before);
    const answer = await post({ reason });
    expect([answer.status, location(answer)]).toEqual([303, expect.stringContaining(about.id)]);
    const log = at.db.reader.selectFrom('audit_log').selectAll().orderBy('position', 'desc').limit(1);
    const entry = { action, election_id: about.id, reason, ...(subject && { subject }) };
    expect(await log.executeTakeFirst()).toMatchObject(entry);
    expect(await checkAuditLog(at.db.reader)).toMatchObject({ ok: true });
    await shows();
  });
});
