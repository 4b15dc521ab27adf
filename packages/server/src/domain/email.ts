// E-mail addresses as they are stored: as they were typed, but a domain with other letters in its ASCII form (RFC 5891), so that
// université.fr and xn--universit-i1a.fr are the same place.

import { z } from 'zod';

/** The ASCII form of a domain; undefined when it can be none. */
export function asciiDomain(text: string): string | undefined {
  const name = text.trim().toLowerCase().replace(/^@/, '');
  if (name === '' || /[\s/?#@:\\%]/.test(name) || !URL.canParse(`http://${name}`)) return undefined;
  return new URL(`http://${name}`).hostname;
}

export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();

function withAsciiDomain(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = /^[\x21-\x7e]*$/.test(email) ? undefined : asciiDomain(email.slice(at + 1));
  return at < 0 || domain === undefined ? email : `${email.slice(0, at)}@${domain}`;
}

export const emailSchema = z.string().trim().overwrite(withAsciiDomain).regex(z.regexes.email).max(254);
