// The client of Google's that the organisation has made for this instance, as it is set; undefined until both are there.

import type { Reader } from '../storage/database.ts';
import type { Given } from './setting-list.ts';
import { readSavedTexts, savedRow, textInForce, valueInForce } from './settings.ts';
import type { Vault } from './vault.ts';

export interface GoogleClient {
  readonly id: string;
  readonly secret: string;
}

export async function readGoogleClient(db: Reader, vault: Vault, given: Given): Promise<GoogleClient | undefined> {
  const saved = await readSavedTexts(db);
  const [id, secret] = [
    valueInForce(saved, given, 'GOOGLE_CLIENT_ID'),
    textInForce(saved, given, 'GOOGLE_CLIENT_SECRET'),
  ];
  if (id === undefined || secret === undefined) return undefined;
  const isSealed = Boolean(saved.get(savedRow('GOOGLE_CLIENT_SECRET')));
  return { id, secret: isSealed ? await vault.open('setting', 'GOOGLE_CLIENT_SECRET', secret) : secret };
}
