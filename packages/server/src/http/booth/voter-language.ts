// A link speaks the language of its voter's mails, whatever the browser prefers, until somebody chooses another.

import { isLocale } from '../../messages/translate.ts';
import { readLanguageCookie } from '../cookies.ts';
import type { Request } from '../deps.ts';

export function speakAsMails(c: Request, { language }: { readonly language: string }): void {
  const isChosen = isLocale(c.req.query('lang')) || isLocale(readLanguageCookie(c));
  if (!isChosen && isLocale(language)) c.set('locale', language);
}
