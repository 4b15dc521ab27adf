// The mail server's settings as the transport needs them: the password opened, the same texts for every process.

import { readMailServer } from '../domain/settings.ts';
import type { Given } from '../domain/setting-list.ts';
import type { Vault } from '../domain/vault.ts';
import type { Reader } from '../storage/database.ts';
import type { SmtpSettings } from './smtp.ts';

export async function readSmtpSettings(db: Reader, vault: Vault, given: Given): Promise<SmtpSettings | undefined> {
  const server = await readMailServer(db, given);
  if (!server) return undefined;
  const { text, isSealed } = server.password;
  return { ...server, password: isSealed ? await vault.open('setting', 'SMTP_PASSWORD', text) : text };
}
