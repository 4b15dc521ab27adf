// A schema's findings as one finished sentence per field: the messages `field.<name>`.

import type { z } from 'zod';
import type { MessageKey } from '../messages/translate.ts';
import type { Page, Problems } from '../views/page.ts';

type FieldKey = Extract<MessageKey, `field.${string}`>;

/** `keys` names the message of a field where it is not the field's own name. */
export function problemsOf(page: Page, error: z.ZodError, keys: Readonly<Record<string, FieldKey>> = {}): Problems {
  const found = error.issues.map((issue): [string, string] => {
    const field = String(issue.path[0] ?? 'form');
    const own = issue.message === 'closes-before-opens' ? 'field.closes-before-opens' : keys[field];
    return [field, page.t(own ?? (`field.${field}` as FieldKey))];
  });
  return Object.fromEntries(found.toReversed()); // the first finding of a field is the one to show
}
