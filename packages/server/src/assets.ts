// The manifest of the built browser programs: entry → file and integrity hash; and which icon stands in which file.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Assets } from './http/deps.ts';

const folder = join(import.meta.dirname, '../../browser/dist');
const manifestSchema = z.record(z.string(), z.object({ file: z.string(), integrity: z.string() }));

const iconsSchema = z.record(z.string(), z.array(z.string()));

const readJson = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));

export function readAssets(): Assets {
  const manifest = manifestSchema.parse(readJson('manifest.json'));
  const sheets = Object.entries(iconsSchema.parse(readJson('icons.json')));
  return {
    folder,
    icons: new Map(sheets.flatMap(([sheet, icons]) => icons.map((icon) => [icon, manifest[sheet]!.file] as const))),
    find: (entry) => {
      const found = manifest[entry];
      if (!found) throw new Error(`The browser bundle has no entry "${entry}". Run \`npm run build\`.`);
      return found;
    },
  };
}
