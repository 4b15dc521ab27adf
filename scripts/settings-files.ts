// `.env.example` and the table of the README are written from the list of settings (server/domain/setting-list.ts).
// Part of `npm run check`, which fails when they differ; `node scripts/settings-files.ts --write` writes them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  definitionOfSetting,
  settingGroups,
  type SettingName,
  settingNames,
} from '../packages/server/src/domain/setting-list.ts';
import { translatorFor } from '../packages/server/src/messages/translate.ts';

const root = join(import.meta.dirname, '..');
const t = translatorFor('en');
const head = `# Settings of Votix. Copy to .env in the folder where Votix starts; what the environment already sets wins.
# Every line is optional. A problem stops the start, with all problems at once; \`votix config check\` shows them before.
# A secret may stand in a file of its own: then set NAME_FILE instead of NAME.
`;
const titles = {
  server: 'The server: only from here, read at the start',
  general: 'The organisation: set-up asks for these, and what is saved there wins',
  voting: 'Voting',
  smtp: 'Mail',
  google: 'Google Workspace',
  appearance: 'Appearance',
} as const;

const groupsOf = (name: SettingName) => definitionOfSetting(name).group;
const wrapped = (text: string, width: number): string[] =>
  text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    return last === undefined || last.length + word.length >= width
      ? [...lines, word]
      : [...lines.slice(0, -1), `${last} ${word}`];
  }, []);

/** What a shell would replace is no value of a file; a value with spaces stands in quotes, for other readers of .env. */
function line(name: SettingName): string {
  const { default: value, example } = definitionOfSetting(name);
  const text = value ?? (example.startsWith('$(') ? '' : example);
  return `#${name}=${/[\s<>]/.test(text) ? `"${text}"` : text}`;
}

function entry(name: SettingName): string {
  const told = wrapped(`${t(`setting.${name}`)}. ${t(`setting.${name}.about`)}`, 118).map((text) => `# ${text}`);
  const file = definitionOfSetting(name).secret ? [`#${name}_FILE=/run/secrets/${name.toLowerCase()}`] : [];
  return [...told, line(name), ...file].join('\n');
}

function environmentFile(): string {
  const groups = settingGroups.map((group) => {
    const entries = settingNames.filter((name) => groupsOf(name) === group).map(entry);
    return `## ${titles[group]}\n\n${entries.join('\n\n')}\n`;
  });
  return [head, ...groups].join('\n');
}

function row(name: SettingName): string {
  const { default: value, secret } = definitionOfSetting(name);
  const names = secret ? `\`${name}\`, \`${name}_FILE\`` : `\`${name}\``;
  const told = `${t(`setting.${name}`)}. ${t(`setting.${name}.about`)}`;
  return `| ${names} | ${value === undefined ? '–' : `\`${value}\``} | ${told} |`;
}

const [begin, end] = ['<!-- settings: from the list, by scripts/settings-files.ts -->', '<!-- /settings -->'];

function withTable(readme: string): string {
  const table = ['| name | default | meaning |', '|---|---|---|', ...settingNames.map(row)];
  const [before = '', rest = ''] = readme.split(begin);
  return `${before}${begin}\n${table.join('\n')}\n${end}${rest.split(end)[1] ?? ''}`;
}

const files: readonly (readonly [string, (before: string) => string])[] = [
  ['.env.example', environmentFile],
  ['README.md', withTable],
];
for (const [file, make] of files) {
  const path = join(root, file);
  const before = readFileSync(path, 'utf8');
  const after = make(before);
  if (process.argv.includes('--write')) writeFileSync(path, after);
  else if (before !== after) {
    console.log(`${file} differs from the list of settings; \`node scripts/settings-files.ts --write\` writes it.`);
    process.exitCode = 1;
  }
}
