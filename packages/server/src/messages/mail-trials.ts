// The sentence for a mail server that was tried and failed: what its administrator can do, else what it means for a mail.

import { isMessageKey, type MessageKey } from './translate.ts';

export type MailCause = CauseOf<MessageKey>;
type CauseOf<Key> = Key extends `mail-cause.${infer Cause}` ? Cause : never;

export function trialKey(cause: MailCause): MessageKey {
  const own = `mail-trial.cause.${cause}`;
  return isMessageKey(own) ? own : `mail-cause.${cause}`;
}
