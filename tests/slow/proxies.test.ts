// Votix by itself, behind the real nginx and behind the real Caddy, as deploy/ has them, at the root of a site and under a
// path: what visitors claim changes nothing, events come as they happen, and no secret of an address stays in a log.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../packages/server/src/commands/rehearsal/server.ts';
import { saveOrganisation } from '../../packages/server/src/domain/settings.ts';
import { largestBody } from '../../packages/server/src/http/limits.ts';
import { type Database, openDatabase } from '../../packages/server/src/storage/database.ts';
import { anAccount, organisation, password } from '../support/app.ts';
import { newFolder, requirePrograms } from '../support/debian.ts';
import { anArmedElection, type ArmedElection, secret, vault } from '../support/elections.ts';
import { allRoutes } from '../support/routes/all.ts';
import { ask, eventsOf, statusOverHttp2 } from '../support/plain-requests.ts';
import { proxies, type Proxy } from '../support/proxies.ts';
import { startVotix, type VotixProcess } from '../support/votix-process.ts';

const visitor = '127.0.0.21'; // no trusted proxy, whatever it says
const via = ['direct', 'nginx', 'caddy'] as const;
const matrix = via.flatMap((way) => ['', '/votes'].map((path) => ({ way, path, where: path || '/' })));

interface Site {
  readonly folder: string;
  readonly db: Database;
  readonly election: ArmedElection;
  readonly email: string;
  readonly votix: VotixProcess;
  readonly proxy: Proxy | undefined;
  /** What voters' links start with. */
  readonly base: string;
}

async function openSite(way: (typeof via)[number], path: string): Promise<Site> {
  const folder = newFolder('proxy');
  const [port, database] = [await freePort(), join(folder, 'db.sqlite')];
  mkdirSync(join(folder, 'proxy'));
  const proxy = way === 'direct' ? undefined : await proxies[way]({ folder: join(folder, 'proxy'), port, path });
  const base = `${proxy?.origin ?? `http://localhost:${port}`}${path}`;
  const db = await openDatabase({ kind: 'sqlite', path: database });
  await db.write((tx) => saveOrganisation(tx, { ...organisation, baseUrl: base }));
  const election = await anArmedElection(db, { voters: 12 });
  const { email } = await anAccount(db, 'admin', 'Ada Admin');
  const votix = await startVotix({
    PORT: String(port),
    DATABASE_URL: `sqlite:${database}`,
    SECRET_KEY: secret,
    DATA_DIR: folder,
    LOG_DIR: join(folder, 'logs'),
    TRUSTED_PROXIES: '127.0.0.1',
  });
  return { folder, db, election, email, votix, proxy, base };
}

async function closeSite({ folder, db, votix, proxy }: Site): Promise<void> {
  await proxy?.stop();
  await votix.stop();
  await db.close();
  rmSync(folder, { recursive: true, force: true });
}

/** What visitors can claim. The scheme is the one that the site has not. */
const claimsAt = (base: string) => ({
  'X-Forwarded-For': '198.51.100.7',
  'X-Real-IP': '198.51.100.7',
  'X-Forwarded-Host': 'evil.example',
  'X-Forwarded-Proto': base.startsWith('https:') ? 'http' : 'https',
  'X-Forwarded-Prefix': '/evil',
  'X-Original-URL': '/evil',
  Forwarded: 'for=198.51.100.7;host=evil.example;proto=http',
});

/** Pages with live numbers say when they were made. */
const ofAnyMoment = (page: string): string => page.replace(/data-live-now="\d+"/, '');

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const fromHere = (base: string) => ({ Origin: new URL(base).origin, 'Sec-Fetch-Site': 'same-origin' });

const logIn = ({ base, email }: Site, typed: string, headers: Readonly<Record<string, string>> = claimsAt(base)) =>
  ask(`${base}/login`, {
    method: 'POST',
    from: visitor,
    headers: { ...form, ...fromHere(base), ...headers },
    body: String(new URLSearchParams({ email, password: typed })),
  });

const sessionOf = (cookies: unknown): string => /votix_session=[^;]+/.exec(String(cookies))?.[0] ?? '';

beforeAll(() => requirePrograms('nginx', 'caddy', 'openssl'));

describe.each(matrix)('$way at $where', ({ way, path }) => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite(way, path);
  });
  afterAll(() => closeSite(site));

  test('attempts are counted for the address that the connection came from', async () => {
    expect((await logIn(site, 'wrong')).status).toBe(401);
    const names = (await site.db.reader.selectFrom('throttles').select('name').execute()).map(({ name }) => name);
    const expected = [`address ${visitor}`, `account ${site.email}`].map((name) => vault.hash('throttle', name));
    expect(names.toSorted()).toEqual(expected.toSorted());
  });

  test('the session cookie is as strict as the site, and log-in leads into it', async () => {
    const { status, headers } = await logIn(site, password);
    expect(status).toBe(303);
    const secure = site.base.startsWith('https:') ? ' Secure;' : '';
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(`^votix_session=[\\w-]{43}; Path=${path || '/'}; HttpOnly;${secure} SameSite=Lax$`),
    ]);
    expect(new URL(String(headers['location']), site.base).href).toBe(`${site.base}/console`);
  });

  test('pages are the same, whatever a visitor claims', async () => {
    const pages = ['/', '/login', '/vote', `/vote/${site.election.voters[0]!.link}`, '/nowhere', '/console'];
    for (const page of pages) {
      const plain = await ask(`${site.base}${page}`, { from: visitor });
      const claiming = await ask(`${site.base}${page}`, { from: visitor, headers: claimsAt(site.base) });
      expect([page, claiming.status, ofAnyMoment(claiming.text)]).toEqual([
        page,
        plain.status,
        ofAnyMoment(plain.text),
      ]);
      expect([page, claiming.headers['location']]).toEqual([page, plain.headers['location']]);
    }
    expect((await ask(`${site.base}/login`)).headers['strict-transport-security'] !== undefined).toBe(way !== 'direct');
  });

  test('a host that is claimed is in no answer', async () => {
    const claims = { ...claimsAt(site.base), Host: 'evil.example' };
    for (const page of ['/', '/console', '/login?lang=fr']) {
      const { headers, text } = await ask(`${site.base}${page}`, { from: visitor, headers: claims });
      expect([page, JSON.stringify(headers) + text]).toEqual([page, expect.not.stringContaining('evil')]);
    }
    const entered = await logIn(site, password, claims);
    expect(JSON.stringify(entered.headers)).not.toContain('evil');
  });

  test('a vote arrives', async () => {
    const { link, code } = site.election.voters[1]!;
    const { ballot, receipt } = await site.election.seal([0]);
    const headers = { 'Content-Type': 'application/json', ...fromHere(site.base), ...claimsAt(site.base) };
    const body = JSON.stringify({ ballot, code });
    const answer = await ask(`${site.base}/api/vote/${link}`, { method: 'POST', from: visitor, headers, body });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, expect.objectContaining({ receipt })]);
    expect(site.proxy?.logs() ?? '').not.toContain(receipt);
  });

  test('the numbers of the hall come as votes do, while one looks', { timeout: 60_000 }, async () => {
    const events = eventsOf(`${site.base}/api/live/en`);
    expect((await events.next()).value).toMatch(/^retry: 5000\ndata: \{/);
    const next = events.next();
    for (const voter of site.election.voters.slice(3, 9)) {
      const body = JSON.stringify({ ballot: (await site.election.seal([1])).ballot, code: voter.code });
      const headers = { 'Content-Type': 'application/json', ...fromHere(site.base) };
      expect((await ask(`${site.base}/api/vote/${voter.link}`, { method: 'POST', headers, body })).status).toBe(200);
    }
    const began = performance.now();
    expect((await next).value).toMatch(/^data: \{/); // a proxy that kept it back would keep it for minutes
    expect(performance.now() - began).toBeLessThan(12_000); // two looks at the database
    await events.return(undefined);
  });

  test('as much as Votix takes comes through, and no more', async () => {
    const session = sessionOf((await logIn(site, password)).headers['set-cookie']);
    const headers = { 'Content-Type': 'application/json', Cookie: session, ...fromHere(site.base) };
    const upload = (bytes: number) =>
      ask(`${site.base}/api/elections/${randomUUID()}/result`, {
        method: 'POST',
        headers,
        body: Buffer.alloc(bytes, 32),
      });
    const taken = await upload(largestBody);
    expect([taken.status, taken.headers['x-request-id']]).toEqual([
      expect.not.stringMatching('413'),
      expect.anything(),
    ]);
    expect(taken.status).not.toBe(413);
    expect((await upload(largestBody + 1)).status).toBe(413);
  });

  if (way === 'direct') return;

  test('plain http leads to the same place with https', async () => {
    const link = `${path}/vote/${site.election.voters[0]!.link}?lang=fr`;
    const asked = `${site.proxy!.plainOrigin}${link}`;
    const { status, headers } = await ask(asked, { from: visitor, headers: claimsAt(site.base) });
    expect([status, headers['location']]).toEqual([308, `https://localhost${link}`]);
    const lying = await ask(asked, { from: visitor, headers: { Host: 'evil.example' } });
    expect(JSON.stringify(lying.headers)).not.toContain('evil');
  });

  test('HTTP/2 is spoken', async () => {
    expect(await statusOverHttp2(`${site.base}/login`)).toBe(200);
  });

  test('no link, token, key or word that was searched for is in a log, whether Votix answers or not', async () => {
    const uuid = site.election.voters[2]!.link;
    const token = randomBytes(32).toString('base64url');
    const secrets = [uuid, token, uuid.slice(0, 8), 'K7QD', 'k7qd', 'Dupontel'];
    const voters = [
      `/vote/${uuid}`,
      `/vote/${uuid}/`,
      `//vote/${uuid}`,
      `/vote/%23${uuid}`,
      `/VOTE/${uuid}`,
      `/${uuid}`,
    ];
    const typed = ['/vote?key=K7QD-2X9M-4HTR-0ABC', '/vote/k7qd-2x9m-4htr-0abc', '/console/voters?search=Dupontel'];
    const patterns = Object.keys(allRoutes).map((route) => route.split(' ')[1]!);
    const doors = patterns.filter((pattern) => /:(link|token)/.test(pattern));
    expect(doors).toEqual(expect.arrayContaining(['/vote/:link', '/setup/:token', '/choose-password/:token']));
    const ofRoutes = doors.flatMap((door) => [uuid, token].map((word) => door.replace(/:(link|token)/, word)));
    const paths = [...new Set([...voters, ...typed, ...ofRoutes])];
    const visit = async () => {
      for (const base of [site.base, `${site.proxy!.plainOrigin}${path}`])
        await Promise.all(
          paths.flatMap((secretPath) => [
            ask(`${base}${secretPath}`, { from: visitor }),
            ask(`${base}${secretPath}`, { method: 'POST', body: '{}', from: visitor }),
            ask(`${base}/login`, { from: visitor, headers: { Referer: base + secretPath, 'User-Agent': uuid } }),
          ]),
        );
    };
    await visit();
    await site.votix.stop();
    await visit();
    await site.proxy!.stop();
    const logs = site.proxy!.logs();
    for (const word of secrets) expect([word, logs.includes(word)]).toEqual([word, false]);
    expect(logs).toContain(`${path}/vote/…`);
    expect(logs).toContain(`${path}/login`);
    expect(logs).toMatch(/"status":502/);
  });
});
