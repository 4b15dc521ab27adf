// `votix export-record ELECTION`: everything public about an election into a file, as its page gives it: the archive of a
// verifiable one at any time, the record of another after its close.

import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { readArchive } from '../domain/boards.ts';
import { listElections } from '../domain/elections.ts';
import { readStrictFile } from '../domain/openings.ts';
import { readRecord } from '../domain/records.ts';
import type { Instance } from '../instance.ts';
import type { Database } from '../storage/database.ts';
import { type Answer, answer, type AnswerOptions, type Refused, refused, withInstance } from './answer.ts';
import { strictPath, writeNew } from './record-files.ts';

interface ExportOptions extends AnswerOptions {
  readonly out?: string;
}

export function addExportRecord(program: Command): void {
  program
    .command('export-record <election>')
    .description('Write everything public about an election into a file that anyone can check')
    .option('--out <file>', 'where to; a name of its own in this folder when left out')
    .option('--json', 'answer in one line of JSON')
    .action((election: string, options: ExportOptions) =>
      answer(options, () => withInstance((instance) => exportRecord(instance, election, options))),
    );
}

async function exportRecord({ db }: Instance, id: string, { out }: ExportOptions): Promise<Answer> {
  const election = (await listElections(db.reader)).find((one) => one.id === id);
  if (!election)
    return refused('unknown-election', 'There is no such election. Its id stands in the address of its page.');
  return election.sealing === 'verifiable' ? exportArchive(db, id, out) : exportSealed(db, id, out);
}

async function exportArchive(db: Database, id: string, out: string | undefined): Promise<Answer> {
  const archive = await readArchive(db.reader, id);
  if (!archive.ok) return refused('not-armed', sentences['unknown-election']);
  const strict = await readStrictFile(db.reader, id);
  const path = out ?? `${archive.uuid}.bel`;
  const files = [path, ...(strict === undefined ? [] : [strictPath(path)])];
  if (files.some((file) => existsSync(file))) return exists(files);
  await writeNew(path, archive.chunks);
  if (strict !== undefined) await writeNew(strictPath(path), [strict]);
  const { hash, height } = archive.head;
  return {
    ok: true,
    text: `Written: ${files.join(', ')}\nThe board ends with event ${height}, ${hash}.`,
    facts: { files, height, hash },
  };
}

async function exportSealed(db: Database, id: string, out: string | undefined): Promise<Answer> {
  const record = await readRecord(db, id);
  if (!record.ok) return refused(record.reason, sentences[record.reason]);
  const path = out ?? `votix-record-${id}.json`;
  if (existsSync(path)) return exists([path]);
  await writeNew(path, record.chunks);
  return { ok: true, text: `Written: ${path}`, facts: { files: [path] } };
}

const sentences = {
  'unknown-election': 'This election is not armed yet: nothing about it is public.',
  'other-sealing': 'This election has an archive.',
  'election-abandoned': 'This election was abandoned: its box is never given out.',
  'box-not-sealed': 'The box is not sealed yet: its record comes after the close.',
} as const;

const exists = (files: readonly string[]): Refused =>
  refused('file-exists', `There is a file of this name already: ${files.join(', ')}. Name another one with --out.`);
