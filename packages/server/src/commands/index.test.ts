import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { jsonOf, removeCommandFiles, runVotix } from '../../../../tests/support/votix-command.ts';

afterAll(removeCommandFiles);

test('--help names the command itself and everything it can do', async () => {
  const { code, out, err } = await runVotix(['--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^Usage: votix /);
  for (const name of ['healthcheck', 'migrate', 'reset']) expect(out).toContain(name);
  expect((await runVotix(['reset', '--help'])).out).toMatch(/^Usage: votix reset /);
});

test('--version is the version of the package', async () => {
  const { default: release } = await import('../../package.json', { with: { type: 'json' } });
  expect(await runVotix(['--version'])).toEqual({ code: 0, out: `${release.version}\n`, err: '' });
});

test.each([
  [[], 'Name a command.'],
  [['helthcheck'], "Unknown command 'helthcheck' (Did you mean healthcheck?)"],
  [['reset', '--forse'], "Unknown option '--forse' (Did you mean --force?)"],
  [['migrate', 'now'], 'Too many arguments'],
])('wrong usage %j exits 2 with a sentence, and does nothing', async (args, sentence) => {
  const { code, out, err } = await runVotix(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(sentence);
  expect(err).toContain('See votix --help.');
});

test('wrong usage with --json is one line too', async () => {
  const ended = await runVotix(['migrate', '--json', '--nope']);
  expect(ended).toMatchObject({ code: 2, err: '' });
  expect(jsonOf(ended)).toMatchObject({ ok: false, reason: 'usage' });
});

test.each([['migrate'], ['reset'], ['healthcheck']])(
  '%s names every problem of the configuration and exits 78',
  async (name) => {
    const environment = { PORT: 'x', SECRET_KEY: 'short' };
    const plain = await runVotix([name], { environment });
    expect(plain).toMatchObject({ code: 78, out: '' });
    expect(plain.err).toMatch(/2 problem[^]*PORT[^]*SECRET_KEY/);
    const ended = await runVotix([name, '--json'], { environment });
    expect(ended.code).toBe(78);
    expect(jsonOf(ended)).toMatchObject({
      reason: 'configuration',
      problems: [{ name: 'PORT' }, { name: 'SECRET_KEY' }],
    });
  },
);

test('healthcheck is 0 when the server is ready and 1 with the reason when it is not', async () => {
  let status = 200;
  const server = createServer((_, response) => response.writeHead(status).end('stopping'));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const environment = { PORT: String((server.address() as AddressInfo).port) };
  expect(await runVotix(['healthcheck'], { environment })).toEqual({ code: 0, out: 'ready\n', err: '' });
  status = 503;
  expect(await runVotix(['healthcheck'], { environment })).toEqual({ code: 1, out: '', err: 'not ready: stopping\n' });
  expect(jsonOf(await runVotix(['healthcheck', '--json'], { environment: { PORT: '1' } }))).toEqual({
    ok: false,
    reason: 'not-ready',
    message: 'not ready: nothing answers on port 1',
  });
});
