// `votix backup`: one moment of the whole instance in one file, beside a running server or without one. Changes nothing.

import type { Command } from 'commander';
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import release from '../../package.json' with { type: 'json' };
import { type BackupOutcome, takeBackup } from '../backup/taking.ts';
import type { Config } from '../config.ts';
import { findSecret, SecretRefused } from '../secret.ts';
import { type Answer, answer, type AnswerOptions, withConfig } from './answer.ts';
import { askNewPassphrase } from './passphrase.ts';

interface BackupOptions extends AnswerOptions {
  readonly out?: string;
  readonly withSecret?: boolean;
}

export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('Write the whole instance into one file, while the server runs or not')
    .option('--out <file>', 'the file, or a folder for it (default: the folder BACKUP_DIR)')
    .option('--with-secret', "put the server's secret in too, under a passphrase that is asked for")
    .option('--json', 'answer in one line of JSON')
    .action((options: BackupOptions) => answer(options, () => withConfig((config) => backup(config, options))));
}

async function backup(config: Config, options: BackupOptions): Promise<Answer> {
  const secret = findSecret(config);
  const isThere = config.database.kind === 'postgres' || existsSync(config.database.path);
  if (secret === undefined || !isThere) return refusal('no-database', '');
  const asked = options.withSecret === true ? await askNewPassphrase() : undefined;
  if (asked?.ok === false) return { ok: false, reason: 'passphrase', sentence: asked.sentence };
  const now = Date.now();
  const out = options.out === undefined ? config.backupDir : resolve(options.out);
  const isFolder = options.out === undefined || statSync(out, { throwIfNoEntry: false })?.isDirectory() === true;
  const file = isFolder ? ({ folder: out, kind: 'backup' } as const) : out;
  const { passphrase } = asked ?? {};
  return told(
    await takeBackup({ address: config.database, secret, passphrase, software: release.version, file, now }),
    out,
  );
}

const sentences: Readonly<Record<Exclude<BackupOutcome, { ok: true }>['reason'], string>> = {
  'other-secret': new SecretRefused().message,
  'file-exists': 'There is a file of this name already; nothing was overwritten.',
  'no-database': 'There is nothing to back up: this instance has never been started.',
};

function refusal(reason: keyof typeof sentences, file: string): Answer {
  return {
    ok: false,
    reason,
    sentence: sentences[reason].replace('a file of this name', file || 'a file of this name'),
  };
}

function told(outcome: BackupOutcome, out: string): Answer {
  if (!outcome.ok) return refusal(outcome.reason, out);
  const { file, bytes, rows, tables, voting, sha256 } = outcome;
  const caution = voting
    ? '\nPeople can vote at this moment: destroy this backup when the election is over (docs/threat-model.md).'
    : '';
  return {
    ok: true,
    text: `Backed up ${rows} rows of ${tables} tables into\n  ${file}\n${bytes} bytes, written and read again. SHA-256 of its content: ${sha256}${caution}`,
    facts: { file, bytes, rows, tables, voting, sha256 },
  };
}
