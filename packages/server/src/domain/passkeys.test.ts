// What http/admin/passkeys.test.ts cannot ask for: a database that fails in the middle. It is no wrong passkey.

import { expect, test } from 'vitest';
import { anAccount } from '../../../../tests/support/app.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import type { Database } from '../storage/database.ts';
import { insertPasskey } from '../storage/passkeys.ts';
import { finishAuthentication, siteOf } from './passkeys.ts';

const base64url = (text: string) => Buffer.from(text).toString('base64url');

onBothDatabases((bench) => {
  test('a database that fails while a passkey is judged is told as such, an invented answer is wrong', async () => {
    const { db } = bench();
    const { id: accountId } = await anAccount(db, 'admin', 'Ada');
    const site = siteOf('https://vote.example.org')!;
    const made = { public_key: '', counter: 0, host: site.id, created_at: 0, used_at: null, name: 'key' };
    await db.write((tx) => insertPasskey(tx, { ...made, credential_id: `a-${accountId}`, account_id: accountId }));
    const client = { type: 'webauthn.get', challenge: 'invented', origin: site.origin };
    const response = { clientDataJSON: base64url(JSON.stringify(client)), authenticatorData: '', signature: '' };
    const id = `a-${accountId}`;
    const answer = JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response });
    const finish = (on: Database) => finishAuthentication(on, site, { purpose: 'login' }, answer);
    expect(await finish(db)).toEqual({ ok: false, reason: 'wrong-passkey' });
    const failing: Database = { ...db, write: () => Promise.reject(new Error('The database is away.')) };
    await expect(finish(failing)).rejects.toThrow('The database is away.');
  });
});
