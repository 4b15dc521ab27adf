// The manifest of the built browser programs: entry → file and integrity hash.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Assets } from './http/deps.ts';

const folder = join(import.meta.dirname, '../../browser/dist');
const manifestSchema = z.record(z.string(), z.object({ file: z.string(), integrity: z.string() }));

export function readAssets(): Assets {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  return {
    folder,
    find: (entry) => {
      const found = manifest[entry];
      if (!found) throw new Error(`The browser bundle has no entry "${entry}". Run \`npm run build\`.`);
      return found;
    },
  };
}
