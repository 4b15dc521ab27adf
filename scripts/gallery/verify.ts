// Checking an election: what is there to choose, reports that hold and that fail, a file that is none.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page as Tab } from '@playwright/test';
import records from '../../vectors/sealed/records.json' with { type: 'json' };
import { clientMessages } from '../../packages/server/src/messages/translate.ts';
import type { Html, Page } from '../../packages/server/src/views/page.ts';
import { type ListedElection, verifyPage } from '../../packages/server/src/views/verify.ts';
import { nameOf, sayIn, window, zone } from './models.ts';
import type { Sample } from './sample.ts';

const archive = readFileSync(join(import.meta.dirname, '../../vectors/belenios/ed25519-threshold-2-of-3.bel'));
const recordOf = (name: string) => Buffer.from(records.find((one) => one.name === name)!.record);
const digest = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

function listed(page: Page): readonly ListedElection[] {
  const at = page.formatShortMoment(window.closesAt, zone);
  const one = (id: string, name: string, open: boolean, strictUrl: string | null): ListedElection => ({
    id,
    name,
    when: page.t(open ? 'verify.when-open' : 'verify.when-closed', { at }),
    fileName: `votix-record-${id}.json`,
    fileUrl: `/elections/${id}/record`,
    strictUrl,
  });
  return [
    one('1', nameOf(sayIn(page.locale)), false, null),
    one('2', 'Statuts 2025', true, '/elections/2/strict.json'),
  ];
}

function pageWith(page: Page, elections: readonly ListedElection[]): Html {
  const workerUrl = `/${page.asset('verify-worker').url}`;
  const messages = clientMessages(page.locale, 'verify.');
  return verifyPage(page, {
    data: { locale: page.locale, workerUrl, version: '0.1.0', elections, chosen: '', messages },
    disk: { bytes: 225_117, digest },
  });
}

const give = (name: string, buffer: Buffer, after: string) => async (tab: Tab) => {
  await tab.locator('#file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  await tab.locator(after).waitFor();
};

export function verifySamples(): Sample[] {
  const checked = (name: string, act: NonNullable<Sample['act']>, printed = false): Sample => ({
    name: `verify-${name}`,
    render: (page) => pageWith(page, []),
    act,
    printed,
  });
  return [
    { name: 'verify', render: (page) => pageWith(page, listed(page)), withoutScripts: true },
    checked('refused', give('tableau.xlsx', Buffer.from('PK…'), '#problem')),
    checked('record', give('votix-record-1.json', recordOf('true'), '.report'), true),
    checked('archive', give('Bq1K4YDQEDaYfB.bel', archive, '.report'), true),
    checked('failed', give('votix-record-1.json', recordOf('ballots in another order'), '.report'), true),
    checked('receipt', async (tab) => {
      await give('Bq1K4YDQEDaYfB.bel', archive, '.report')(tab);
      await tab.locator('#receipt').fill('A'.repeat(43));
      await tab.locator('.report form button').click();
      await tab.locator('.receipt-answer .notice').waitFor();
    }),
  ];
}
