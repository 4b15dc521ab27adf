// Every benchmark, in the order they are run and listed.

import type { Benchmark } from './benchmark.ts';
import { boothDesktopRow } from './rows/booth-desktop.ts';
import { boothPhoneRow } from './rows/booth-phone.ts';
import { castSealed } from './rows/cast-sealed.ts';
import { castVerifiable } from './rows/cast-verifiable.ts';
import { importRow } from './rows/import.ts';
import { mailsRow } from './rows/mails.ts';
import { openBrowserRow } from './rows/open-browser.ts';
import { openOfflineRow } from './rows/open-offline.ts';
import { pagesRow } from './rows/pages.ts';
import { recordRow } from './rows/record.ts';
import { verifyArchiveRow } from './rows/verify-archive.ts';
import { verifyBallotRow } from './rows/verify-ballot.ts';

export const benchmarks: readonly Benchmark[] = [
  castSealed,
  castVerifiable,
  verifyBallotRow,
  verifyArchiveRow,
  openBrowserRow,
  openOfflineRow,
  importRow,
  pagesRow,
  recordRow,
  boothPhoneRow,
  boothDesktopRow,
  mailsRow,
];
