// Second factors: the secret of an authenticator app, recovery codes, passkeys, log-ins that have passed the password only;
// links by mail for a lost password.

import { migrationOf } from './dialect.ts';

export const secondFactors = migrationOf(({ id, instant, table }) => {
  const account = `account_id ${id} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE`;
  return [
    // `pending` is being set up, beside the one in force: a new phone replaces the old one only once it has shown a code.
    `CREATE TABLE totp_secrets (
      account_id ${id} PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
      sealed TEXT, pending TEXT, last_step ${instant} NOT NULL DEFAULT 0,
      CHECK (sealed IS NOT NULL OR pending IS NOT NULL))${table}`,
    `CREATE TABLE recovery_codes (${account}, code_hash ${id} NOT NULL, PRIMARY KEY (account_id, code_hash))${table}`,
    `CREATE TABLE pending_logins (token_hash ${id} PRIMARY KEY, ${account}, expires_at ${instant} NOT NULL)${table}`,
    `CREATE TABLE passkeys (
      credential_id ${id} PRIMARY KEY, ${account}, name TEXT NOT NULL, public_key TEXT NOT NULL,
      counter ${instant} NOT NULL, host TEXT NOT NULL, created_at ${instant} NOT NULL, used_at ${instant})${table}`,
    'CREATE INDEX passkeys_of_account ON passkeys (account_id)',
    `CREATE TABLE passkey_challenges (
      challenge_hash ${id} PRIMARY KEY, purpose TEXT NOT NULL,
      account_id ${id} REFERENCES accounts (id) ON DELETE CASCADE, expires_at ${instant} NOT NULL)${table}`,
    // Beside account_links: whoever asks for one of these in another's name takes no link away that was handed over.
    `CREATE TABLE password_resets (
      link_hash ${id} PRIMARY KEY,
      account_id ${id} NOT NULL UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
      expires_at ${instant} NOT NULL)${table}`,
    'CREATE INDEX pending_logins_of_account ON pending_logins (account_id)',
  ];
});
