// The product's own texts of mails, their placeholders left in place for whoever fills or edits them.

import { type Locale, translatorFor } from './translate.ts';

type Kind = 'invitation' | 'link' | 'code' | 'reminder';

const names =
  'first_name last_name election opens closes contact association election_page link short_address key code';
const kept = Object.fromEntries(names.split(' ').map((name) => [name, `{${name}}`]));

/** The mail with the link holds the code only where codes travel with it. */
export function defaultMailText(kind: Kind, locale: Locale, channel: string): { subject: string; body: string } {
  const t = translatorFor(locale);
  const body =
    kind === 'link' && channel !== 'same-mail' ? 'mail.link.body-without-code' : (`mail.${kind}.body` as const);
  return { subject: t(`mail.${kind}.subject`, kept), body: t(body, kept) };
}
