// The keys of waiting credentials as files of the data folder, each in a file of its own that is deleted with it.

import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import type { CredentialKeys } from './domain/credential-keys.ts';

const folderName = 'credential-keys';
const name = /^[0-9a-f]{32}$/;
/** An arming takes minutes at most. */
const settledMs = 3_600_000;

export function openCredentialKeys({ dataDir }: Pick<Config, 'dataDir'>): CredentialKeys {
  const folder = join(dataDir, folderName);
  const pathOf = (id: string) => {
    if (!name.test(id)) throw new Error('That is no name of a key.');
    return join(folder, id);
  };
  const destroy = (id: string) => rm(pathOf(id), { force: true });
  return {
    make: async () => {
      const [id, key] = [randomBytes(16).toString('hex'), randomBytes(32).toString('hex')];
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = await open(pathOf(id), 'wx', 0o600);
      await file.writeFile(`${key}\n`);
      await file.sync();
      await file.close();
      return { id, key };
    },
    find: async (id) => (await readFile(pathOf(id), 'utf8').catch(absent))?.trim(),
    destroy,
    sweep: async (named) => {
      const before = Date.now() - settledMs;
      for (const id of (await readdir(folder).catch(absent)) ?? []) {
        if (named.has(id) || !name.test(id)) continue;
        if ((await stat(pathOf(id))).mtimeMs < before) await destroy(id);
      }
    },
  };
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
