// What README's "Start" says, by the letter, on a machine that has what it asks for and nothing else: the smallest Debian, Node 20
// and the npm that came with it, a user who is not root.
import { chownSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../packages/server/src/commands/rehearsal/server.ts';
import { runContainer } from '../support/containers.ts';
import { copyCheckout, fetchNode, makeDebian, newFolder, requirePrograms, runOrThrow } from '../support/debian.ts';

const folder = newFolder('bare');
const root = join(folder, 'debian');
const home = '/home/node/votix';

beforeAll(() => {
  requirePrograms('debootstrap');
  makeDebian(root, fetchNode('20', '10', join(folder, 'node-20')));
  mkdirSync(join(root, home));
  copyCheckout(join(root, home));
  runOrThrow('chown', ['-R', '1000:1000', join(root, home)]);
  chownSync(join(root, home), 1000, 1000);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The first block of commands below the heading. */
function commandsOf(heading: string): string[] {
  const readme = readFileSync(join(root, home, 'README.md'), 'utf8');
  const [, block = ''] = new RegExp(`^## ${heading}\\n[^#]*?^\`\`\`\\w*\\n(.*?)^\`\`\``, 'ms').exec(readme) ?? [];
  return block.trim().split('\n');
}

test('the two commands of README lead to the set-up page', async () => {
  const commands = commandsOf('Start');
  expect(commands).toEqual(['npm ci', 'npm start']);
  const port = await freePort();
  const environment = { HOME: '/home/node', PORT: String(port), PATH: '/usr/local/bin:/usr/bin:/bin' };
  const config = { User: '1000:1000', WorkingDir: home, Env: [] };
  const machine = { root, config, environment, isMachine: true };
  const shell = runContainer(machine, ['sh', '-c', `node --version && ${commands.join(' && exec ')}`]);
  const link = await setupLink(shell.output);
  expect(shell.output()).toMatch(/^v20\./);
  expect(new URL(link).port).toBe(String(port));
  const page = await fetch(link.replace('localhost', '127.0.0.1'));
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<form')]);
  expect(await shell.stop()).toBe(0);
});

async function setupLink(output: () => string): Promise<string> {
  for (let tries = 0; tries < 2000; tries++) {
    const [link] = /http:\/\/localhost:\d+\/setup\/\S+/.exec(output()) ?? [];
    if (link !== undefined) return link;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`No set-up link was printed.\n${output()}`);
}
