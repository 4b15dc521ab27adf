// A schema's findings as one finished sentence per field: the messages `field.<name>`.

import type { z } from 'zod';
import type { MessageKey } from '../messages/translate.ts';
import type { Page, Problems } from '../views/page.ts';

type FieldKey = Extract<MessageKey, `field.${string}`>;

/** Findings with a sentence of their own, whichever field they are about. */
const special = ['closes-before-opens', 'fewest-above-most'] as const;

/** `keys` names the message of a field where it is not the field's own name. */
export function problemsOf(page: Page, error: z.ZodError, keys: Readonly<Record<string, FieldKey>> = {}): Problems {
  const found = error.issues.map((issue): [string, string] => {
    const field = String(issue.path[0] ?? 'form');
    const own = special.find((message) => message === issue.message);
    return [field, page.t(own ? `field.${own}` : (keys[field] ?? (`field.${field}` as FieldKey)))];
  });
  // In the order of the form; the first finding of a field is the one to show.
  return Object.fromEntries([...Map.groupBy(found, ([field]) => field).values()].map(([first]) => first!));
}
