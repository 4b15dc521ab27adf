// `votix healthcheck`: exit 0 when the server of this configuration is ready, 1 with the reason when it is not.

import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { type Answer, answer, type AnswerOptions, withConfig } from './answer.ts';

const timeoutMs = 5000;

export function addHealthcheck(program: Command): void {
  program
    .command('healthcheck')
    .description('Ask the running server whether it is ready (exit code 0) or not (1)')
    .option('--json', 'answer in one line of JSON')
    .action((options: AnswerOptions) => answer(options, () => withConfig(healthcheck)));
}

async function healthcheck({ host, port }: Config): Promise<Answer> {
  // By number: not everything that starts a container names localhost in it.
  const address = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  const name = address.includes(':') ? `[${address}]` : address;
  try {
    const asked = await fetch(`http://${name}:${port}/readyz`, { signal: AbortSignal.timeout(timeoutMs) });
    return asked.ok ? { ok: true, text: 'ready' } : notReady((await asked.text()).trim());
  } catch {
    return notReady(`nothing answers on port ${port}`);
  }
}

const notReady = (why: string): Answer => ({ ok: false, reason: 'not-ready', sentence: `not ready: ${why}` });
