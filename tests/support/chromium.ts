// Finds the Chromium of this machine for tests, and how to start it. Tests never download a browser or install one:
// when none is found the error is the one command that installs it.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type LaunchOptions } from '@playwright/test';

const INSTALL_COMMAND = 'sudo apt-get install -y chromium';

const USUAL_PLACES = [
  '/usr/bin/chromium-headless-shell', // the same without its window: a third faster
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The path of Chromium: CHROMIUM_PATH, else the usual places, else PATH; throws the sentence that says how to get it. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
  const given = environment['CHROMIUM_PATH'];
  if (given) {
    if (isExecutable(given)) return given;
    throw new Error(`CHROMIUM_PATH is ${given}, which is not a program. Unset it or correct it.`);
  }
  const onPath = (environment['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'chromium'));
  const found = [...USUAL_PLACES, ...onPath].find(isExecutable);
  if (found) return found;
  throw new Error(`The end-to-end tests need Chromium. Install it: ${INSTALL_COMMAND} (or set CHROMIUM_PATH)`);
}

/** Launch options for Playwright. Root has no user namespace to sandbox in, so Chromium would refuse to start. */
export function chromiumLaunchOptions(): LaunchOptions {
  const root = process.getuid?.() === 0;
  return { executablePath: findChromium(), args: root ? ['--no-sandbox', ...QUIET] : QUIET };
}

/** A browser for tests outside Playwright's own runner; the caller closes it. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch(chromiumLaunchOptions());
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
