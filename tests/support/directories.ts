// An app beside the stand-in of Google's, and the way of an administrator through it.

import { onTestFinished } from 'vitest';
import { anApp, type Clocked, organisation, type TestApp } from './app.ts';
import { aGoogle, type Consent, type StandIn, standInClient } from './google-stand-in.ts';
import type { Visitor } from './visitors.ts';

export const directoryTab = '/console/configure/google';
export const callback = '/auth/google/callback';

export const given = { GOOGLE_CLIENT_ID: standInClient.id, GOOGLE_CLIENT_SECRET: standInClient.secret };

export async function aStandIn(): Promise<StandIn> {
  const google = await aGoogle(organisation.baseUrl + callback);
  onTestFinished(() => google.close());
  return google;
}

export type DirectoryApp = TestApp & { readonly google: StandIn };

export async function anAppWithGoogle(bench?: Clocked): Promise<DirectoryApp> {
  const google = await aStandIn();
  return { ...(await anApp({ given, google: google.endpoints, ...(bench && { bench }) })), google };
}

/** The link of the page that leads to Google. */
export async function leaveFor(browser: Visitor, fields: Readonly<Record<string, string>> = {}): Promise<string> {
  const page = await (await browser.post(`${directoryTab}/connect`, fields)).text();
  return /<a class="button button--primary" href="(http[^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
}

export const pathOf = (address: URL): string => address.pathname + address.search;

/** From the button to the way back; the answer to it. */
export async function connect(
  { google }: DirectoryApp,
  browser: Visitor,
  { units = false, ...consent }: Consent & { readonly units?: boolean } = {},
): Promise<Response> {
  const address = await leaveFor(browser, units ? { units: 'yes' } : {});
  return browser.get(pathOf(await google.consent(address, consent)));
}

/** An administrator whose app is connected. */
export async function aConnectedApp(
  { units = false }: { readonly units?: boolean } = {},
  bench?: Clocked,
): Promise<DirectoryApp & { readonly owner: Visitor }> {
  const at = await anAppWithGoogle(bench);
  const owner = await at.admin();
  await connect(at, owner, { units });
  return { ...at, owner };
}
