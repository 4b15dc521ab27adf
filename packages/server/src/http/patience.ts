// Work that may take longer than a person waits: it goes on, and the page that follows says how far it is.

import { within } from '../doctor/patience.ts';
import type { Deps } from './deps.ts';

/** Undefined when it takes longer; what it throws after that is logged, as no request is there to fail. */
export async function soon<T>(deps: Deps, work: Promise<T>, patienceMs: number): Promise<T | undefined> {
  const first = await within(work, patienceMs);
  if (first !== 'slow') return first;
  work.catch((error: unknown) =>
    deps.log.error({ error: String(error) }, 'Work that went on after its request failed.'),
  );
  return undefined;
}
