// How long the database takes. The clock asks, not a request: how often it is measured says nothing about who came.

import type { Database } from '../storage/database.ts';
import type { Metrics } from './metrics.ts';

export async function probe(db: Database, metrics: Metrics): Promise<void> {
  const start = performance.now();
  try {
    await db.ping();
    metrics.seeProbe((performance.now() - start) / 1000);
  } catch (error) {
    metrics.seeProbe(undefined);
    throw error;
  }
}
