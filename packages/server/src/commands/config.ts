// `votix config check`: whether the configuration can be used, with every problem at once, and what is in force.

import type { Command } from 'commander';
import { definitionOfSetting, settingNames } from '../domain/setting-list.ts';
import { type Answer, answer, type AnswerOptions, withConfig } from './answer.ts';

export function addConfig(program: Command): void {
  const config = program.command('config').description('Look at the settings of the environment and of .env');
  config
    .command('check')
    .description('Say whether they can be used: exit code 0, or 78 with every problem')
    .option('--json', 'answer in one line of JSON')
    .action((options: AnswerOptions) => answer(options, () => withConfig(() => Promise.resolve(check(process.env)))));
}

function check(env: Readonly<Record<string, string | undefined>>): Answer {
  const rows = settingNames.map((name) => ({ name, ...told(env, name) }));
  const width = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows
    .filter(({ value }) => value !== undefined)
    .map(({ name, value, from }) => `  ${name.padEnd(width)}  ${value}${from === 'default' ? ' (default)' : ''}`);
  const settings = Object.fromEntries(rows.map(({ name, value, from }) => [name, { value, from }]));
  const text = `The configuration can be used. What is saved in the console wins over it.\n${lines.join('\n')}`;
  return { ok: true, text, facts: { settings } };
}

/** A secret is never told, only that there is one. */
function told(env: Readonly<Record<string, string | undefined>>, name: (typeof settingNames)[number]) {
  const { secret, default: value } = definitionOfSetting(name);
  const isFile = secret === true && Boolean(env[`${name}_FILE`]);
  if (!env[name] && !isFile) return { value, from: value === undefined ? 'nowhere' : 'default' } as const;
  return { value: secret ? (isFile ? '(set, in a file)' : '(set)') : env[name], from: 'environment' } as const;
}
