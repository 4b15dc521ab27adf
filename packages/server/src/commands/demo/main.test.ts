import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, inject, test } from 'vitest';
import { freePort } from '../rehearsal/server.ts';

const program = join(import.meta.dirname, '../../../bin/demo.mjs');
const home = mkdtempSync(join(tmpdir(), 'votix-test-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function start(environment: Readonly<Record<string, string>>) {
  const env = { PATH: process.env['PATH'] ?? '', TMPDIR: home, NODE_NO_WARNINGS: '1', ...environment };
  const child = spawn(process.execPath, [program], { cwd: home, env });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  return { child, said };
}

async function untilReady(child: ChildProcess, said: { out: string; err: string }): Promise<void> {
  while (!said.out.includes('/demo\n')) {
    if (child.exitCode !== null) throw new Error(`The demonstration ended: ${said.err}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test.each(['sqlite', 'postgres'] as const)(
  'a demonstration on %s shows three elections and its voters, says so on every page, mails by itself, and leaves nothing',
  async (kind) => {
    const PORT = String(await freePort());
    const url = `http://localhost:${PORT}`;
    const database = kind === 'postgres' ? { DATABASE_URL: inject('postgresUrl') } : {};
    writeFileSync(join(home, '.env'), 'PORT=1\nDATABASE_URL=sqlite:real.sqlite\n');
    const { child, said } = start({ PORT, ...(kind === 'postgres' && { LANG: 'fr_FR.UTF-8' }), ...database });
    try {
      await untilReady(child, said);
      for (const link of [`${url}/\n`, `${url}/console `, `${url}/demo\n`]) expect(said.out).toContain(link);
      expect(said.out).not.toContain('"level"');
      const page = async (path: string) => (await fetch(url + path, { headers: { 'accept-language': 'en' } })).text();
      const [home_, demo] = [await page('/'), await page('/demo')];
      const names =
        kind === 'postgres' ? ['Conseil des élèves', 'nouvelle salle'] : ['Student council', 'Name of the new hall'];
      for (const name of names) expect(home_).toContain(name);
      expect(demo).toContain('votix-demonstration');
      const links = [...demo.matchAll(/\/vote\/[0-9a-f-]{36}/g)].map(String);
      expect(links).toHaveLength(23);
      const booth = await page(links[0]!);
      expect(booth).toContain('booth-data');
      expect(booth.match(/\/logos\/[0-9a-f]{64}\.webp/g)).toHaveLength(8);
      for (const building of ['Perrault', 'Curie']) expect(home_).toContain(building);
      expect(home_).toMatch(/icons-[^"]*#book/);
      const result = /href="(\/elections\/[0-9a-f-]{36})"(?![^]*href="\/elections\/)/.exec(home_)![1]!;
      expect((await fetch(`${url}${result}/minutes.pdf`)).headers.get('content-type')).toBe('application/pdf');
      expect(JSON.parse(await page(`${result}/result.json`))).toMatchObject({ status: 'published' });
      expect(await page('/demo/mails')).toContain('400 mails');
      const [mail] = (await page('/demo/mails?q=person')).match(/\/demo\/mails\/\d+/) ?? [];
      expect(await page(`${mail}/light`)).toContain(kind === 'postgres' ? 'Voter maintenant' : 'Vote now');
      for (const shown of [home_, demo, booth, await page('/login'), await page('/nowhere')])
        expect(shown).toContain('This is a demonstration.');
      const email = 'demo@example.org';
      const form = new URLSearchParams({ email, password: 'votix-demonstration', next: '/console' });
      const headers = { origin: url };
      const login = await fetch(`${url}/login`, { method: 'POST', body: form, headers, redirect: 'manual' });
      expect(login.status).toBe(303);
      const cookie = login.headers
        .getSetCookie()
        .map((set) => set.split(';')[0])
        .join('; ');
      const console_ = await (await fetch(`${url}/console`, { headers: { cookie } })).text();
      expect(console_).toContain(kind === 'postgres' ? 'Élection du bureau 2027' : 'Board election 2027');
    } finally {
      // One Ctrl-C: the terminal tells it, and npm once more.
      child.kill('SIGINT');
      await pause(30);
      child.kill('SIGINT');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    expect(child.exitCode).toBe(0);
    expect(readdirSync(home).filter((name) => name.startsWith('votix-demo-'))).toEqual([]);
    expect(existsSync(join(home, 'real.sqlite'))).toBe(false);
  },
  120_000,
);

test('a demonstration that is stopped while it is filled leaves nothing', async () => {
  const { child } = start({ PORT: String(await freePort()) });
  const folders = () => readdirSync(home).filter((name) => name.startsWith('votix-demo-'));
  while (folders().length === 0) await pause(20);
  await pause(500);
  child.kill('SIGINT');
  await once(child, 'exit');
  expect([child.exitCode, folders()]).toEqual([0, []]);
});

test('a database that is there is refused and left as it was', async () => {
  const path = join(home, 'mine.sqlite');
  writeFileSync(path, 'mine');
  const { child, said } = start({ DATABASE_URL: `sqlite:${path}` });
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(1);
  expect(said.err).toContain('exists already');
  expect(readFileSync(path, 'utf8')).toBe('mine');
});
