// `votix restore`: puts a backup back, on SQLite or PostgreSQL whichever it came from, all or nothing. `--check` only reads.

import type { Command } from 'commander';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkArchive, type Checked, judgeSecret, type SecretVerdict } from '../backup/restoring.ts';
import { openSecret } from '../backup/sealed-secret.ts';
import { type Config, configExitCode } from '../config.ts';
import { findSecret, keepSecret } from '../secret.ts';
import { type Answer, answer, type Refused, withConfig } from './answer.ts';
import { askPassphrase } from './passphrase.ts';
import { putBack, type RestoreOptions } from './restore/putting-back.ts';
import { archiveSentence, secretSentence } from './restore/sentences.ts';

export function addRestore(program: Command): void {
  program
    .command('restore <file>')
    .description('Put a backup back into an empty database, SQLite or PostgreSQL, all or nothing')
    .option('--check', 'only read the file and say what is in it')
    .option('--reveal-secret', "only print the server's secret that is in the file, after its passphrase")
    .option('--replace', 'even when the database is not empty; what it holds is backed up first')
    .option('--yes', 'with --replace: do not ask for the name of the association')
    .option('--json', 'answer in one line of JSON')
    .action((file: string, options: RestoreOptions) => answer(options, () => restore(resolve(file), options)));
}

async function restore(file: string, options: RestoreOptions): Promise<Answer> {
  if (!existsSync(file)) return { ok: false, reason: 'no-file', sentence: `There is no file ${file}.` };
  const checked = await checkArchive(file);
  if (!checked.ok) return { ok: false, reason: checked.reason, sentence: archiveSentence(checked) };
  if (options.revealSecret === true) return reveal(checked);
  return withConfig((config) =>
    options.check === true ? check(config, checked) : restoreInto(config, file, checked, options),
  );
}

async function reveal({ header }: Checked): Promise<Answer> {
  const sealed = header.secret;
  if (sealed === null) return noSecret();
  const secret = await openSecret(sealed, await askPassphrase());
  return secret === undefined ? wrongPassphrase : { ok: true, text: secret, facts: { secret } };
}

async function check(config: Config, checked: Checked): Promise<Answer> {
  const secret = findSecret(config);
  const verdict = secret === undefined ? undefined : judgeSecret(checked, secret);
  if (verdict === 'tampered') return refused(verdict);
  const { header, end, rows } = checked;
  const filled = Object.entries(end.rows).filter(([, count]) => count > 0);
  const width = Math.max(...filled.map(([name]) => name.length));
  const lines = [
    `A backup of ${header.createdAt}, written by Votix ${header.software} from ${header.database}, schema ${header.schema.at(-1)}.`,
    header.voting ? 'It was taken while people could vote.' : 'It was not taken while people could vote.',
    header.secret === null ? 'The secret is not in it.' : 'The secret is in it, under a passphrase.',
    verdict === undefined
      ? 'Whole and undamaged. Who wrote it was not checked: the secret of this server is not here.'
      : verdict === 'fits'
        ? 'Whole, undamaged, and written under the secret of this server.'
        : 'Whole and undamaged, but written under another secret than the one of this server.',
    ...filled.map(([name, count]) => `  ${name.padEnd(width)}  ${count}`),
  ];
  const { secret: sealed, format: _, version: __, secretCheck: ___, ...told } = header;
  const facts = { ...told, withSecret: sealed !== null, rows, tables: end.rows, sha256: end.sha256, secret: verdict };
  return { ok: true, text: lines.join('\n'), facts };
}

async function restoreInto(config: Config, file: string, checked: Checked, options: RestoreOptions): Promise<Answer> {
  const here = findSecret(config);
  const isFromArchive = here === undefined && checked.header.secret !== null;
  const secret = isFromArchive ? await openSecret(checked.header.secret ?? '', await askPassphrase()) : here;
  if (secret === undefined) return isFromArchive ? wrongPassphrase : noSecret(config);
  const verdict = judgeSecret(checked, secret);
  if (verdict !== 'fits') return refused(verdict);
  const { database, dataDir } = config;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const isNew = database.kind === 'sqlite' && !existsSync(database.path);
  const done = await putBack({ config, file, checked, secret, options }).catch((error: unknown) => {
    if (isNew) for (const rest of ['', '-wal', '-shm']) rmSync(`${database.path}${rest}`, { force: true });
    throw error;
  });
  if (done.ok && isFromArchive) keepSecret(config, secret);
  return done;
}

const refused = (verdict: Exclude<SecretVerdict, 'fits'>): Refused => ({
  ok: false,
  reason: verdict,
  sentence: secretSentence(verdict),
  ...(verdict === 'other-secret' && { exitCode: configExitCode }),
});

const wrongPassphrase: Refused = {
  ok: false,
  reason: 'wrong-passphrase',
  sentence: 'This is not the passphrase of the archive. Nothing was changed.',
};

const noSecret = (config?: Config): Refused => ({
  ok: false,
  reason: 'secret-missing',
  sentence: config
    ? `The secret is neither in the backup nor here. Give SECRET_KEY, or put the file \`secret\` into ${config.dataDir} (the recovery sheet holds it).`
    : 'The secret is not in this backup.',
});
