// The letter with the one-time link of somebody who has lost their password.

import type { Organisation } from '../domain/settings.ts';
import { formatsFor } from '../messages/formats.ts';
import { type Locale, translatorFor } from '../messages/translate.ts';
import type { Letter } from './compose.ts';
import type { SmtpSettings } from './smtp.ts';

export interface PasswordLink {
  readonly to: { readonly name: string; readonly address: string };
  readonly locale: Locale;
  readonly link: string;
  readonly expiresAt: number;
}

export function passwordLetter(
  organisation: Organisation | undefined,
  { from }: Pick<SmtpSettings, 'from'>,
  { to, locale, link, expiresAt }: PasswordLink,
): Letter {
  const t = translatorFor(locale);
  const contactEmail = organisation?.contactEmail ?? from;
  const contact = `${organisation?.contactName ?? ''} (${contactEmail})`.trim();
  const name = organisation?.organisation ?? 'Votix';
  return {
    kind: 'password',
    locale,
    to,
    organisation: name,
    text: {
      subject: t('mail.password.subject'),
      body: t('mail.password.body', {
        name: '{name}',
        association: '{association}',
        link: '{link}',
        until: '{until}',
        contact: '{contact}',
      }),
    },
    link,
    buttonLabel: t('mail.password.button'),
    contactEmail,
    values: {
      association: name,
      name: to.name,
      link,
      until: formatsFor(locale).formatInstant(expiresAt, organisation?.zone ?? 'UTC'),
      contact,
    },
  };
}
