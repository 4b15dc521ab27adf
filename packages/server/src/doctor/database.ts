// The database: reachable, of which version and size, durable; and whether its clock is this machine's.

import { readSecretCheck } from '../domain/settings.ts';
import type { Database } from '../storage/database.ts';
import { readHealth } from '../storage/health.ts';
import type { Finding } from './finding.ts';

/** Two machines of one instance may differ by so much before voters could notice. */
const clockToleranceMs = 2000;

export async function examineDatabase(db: Database): Promise<Finding[]> {
  const start = performance.now();
  const { version, bytes, risks, schema } = await readHealth(db);
  const ms = Math.max(1, Math.round(performance.now() - start));
  const values = { version, sizeBytes: bytes, ms };
  const database: Finding =
    risks.length > 0
      ? { about: 'database', verdict: 'bad', says: 'database-risky', values: { ...values, risks: risks.join(', ') } }
      : { about: 'database', verdict: 'good', says: `database-${db.kind}`, values };
  return [database, { about: 'schema', verdict: 'good', says: 'schema', values: { schema } }];
}

export async function examineClock(db: Database): Promise<Finding> {
  const before = Date.now();
  const now = await db.now();
  const seconds = Math.round(Math.max(0, Math.abs(now - (before + Date.now()) / 2)) / 1000);
  const isOff = Math.abs(now - before) > clockToleranceMs;
  return {
    about: 'clock',
    verdict: isOff ? 'warn' : 'good',
    says: isOff ? 'clock-off' : 'clock-good',
    values: { nowAt: now, seconds },
  };
}

/** A database that cannot be opened or asked. What its driver says may name a user or a host, never a password. */
export function databaseFailed(error: unknown): Finding {
  const { message = '', code = '' } = error as { readonly message?: string; readonly code?: string };
  const fault = (message || code || 'unknown').replace(/:\/\/[^@\s]*@/g, '://…@');
  return { about: 'database', verdict: 'bad', says: 'database-failed', values: { fault } };
}

/** Whether links and codes of this database open with the secret that is given. */
export async function examineSecret(db: Database, secretCheck: string): Promise<Finding> {
  const isOurs = ((await readSecretCheck(db.reader)) ?? secretCheck) === secretCheck;
  return { about: 'secret', verdict: isOurs ? 'good' : 'bad', says: isOurs ? 'secret-good' : 'secret-other' };
}
