// /verify: where anyone checks an election in their own browser, and the same checker as a file that works from disk.

import { Hono } from 'hono';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listPublicRecords, type PublicRecord } from '../../domain/public-records.ts';
import { clientMessages } from '../../messages/translate.ts';
import { diskFileName, type ListedElection, verifyPage } from '../../views/verify.ts';
import type { Page } from '../../views/page.ts';
import type { Deps, Env } from '../deps.ts';
import { markRehearsal, pageOf } from '../page.ts';

export function verifyPages(deps: Deps): Hono<Env> {
  const readDisk = diskReader(deps);
  return new Hono<Env>()
    .get('/verify', async (c) => {
      const chosen = c.req.query('election') ?? '';
      const now = await deps.db.now();
      const records = await listPublicRecords(deps.db.reader, chosen);
      for (const { election } of records) if (election.id === chosen) markRehearsal(c, election);
      const page = pageOf(deps, c);
      const elections = records.map((record) => listedElection(page, record, now));
      const disk = await readDisk();
      return c.html(
        verifyPage(page, {
          data: {
            locale: page.locale,
            workerUrl: page.href(`/assets/${deps.assets.find('verify-worker').file}`),
            version: deps.version,
            elections,
            chosen: elections.some(({ id }) => id === chosen) ? chosen : '',
            messages: clientMessages(page.locale, 'verify.'),
          },
          disk: { bytes: disk.contents.byteLength, digest: disk.digest },
        }),
      );
    })
    .get(`/verify/${diskFileName}`, async (c) => {
      const { contents } = await readDisk();
      c.header('Content-Type', 'text/html; charset=utf-8');
      c.header('Content-Disposition', `attachment; filename="${diskFileName}"`);
      return c.body(contents);
    });
}

/** Read once: the hash that is shown is that of the bytes that are given. */
function diskReader({ assets }: Deps) {
  let read: Promise<{ readonly contents: Uint8Array<ArrayBuffer>; readonly digest: string }> | undefined;
  return () =>
    (read ??= readFile(join(assets.folder, assets.find('verify-disk').file)).then((file) => {
      const contents = new Uint8Array(file);
      return { contents, digest: createHash('sha256').update(contents).digest('hex') };
    }));
}

function listedElection(
  page: Page,
  { election, kind, fileName, hasStrict }: PublicRecord,
  now: number,
): ListedElection {
  const { id, name, closes_at: closesAt, zone } = election;
  const at = page.formatShortMoment(closesAt, zone);
  return {
    id,
    name,
    when: page.t(now < closesAt ? 'verify.when-open' : 'verify.when-closed', { at }),
    fileName,
    fileUrl: page.href(`/elections/${id}/${kind === 'record' ? 'record' : 'archive.bel'}`),
    strictUrl: hasStrict ? page.href(`/elections/${id}/strict.json`) : null,
  };
}
