// What every view is given: the visitor's language, the instance, where links and files lie. Views are pure functions
// (page, view model) → Html; they import hono/html, the types of protocol and messages, and each other.
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Formats } from '../messages/formats.ts';
import type { Locale, Translate } from '../messages/translate.ts';
import type { Display } from './display.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Field name → finished sentence. The key `form` holds what belongs to no single field. */
export type Problems = Readonly<Record<string, string>>;

export interface Contact {
  readonly name: string;
  readonly email: string;
}

export interface Account {
  readonly name: string;
  readonly role: 'admin' | 'technician' | 'observer';
}

export interface Asset {
  readonly url: string;
  readonly integrity: string;
}

export interface Page extends Formats {
  readonly locale: Locale;
  readonly t: Translate;
  /** As the visitor chose; ours where it is left out. */
  readonly display?: Display;
  /** Puts the base path before an absolute path. */
  readonly href: (path: string) => string;
  readonly asset: (
    entry:
      | 'styles'
      | 'console'
      | 'booth'
      | 'keys'
      | 'proof'
      | 'deliberation'
      | 'trustee'
      | 'registrar'
      | 'registrar-worker'
      | 'verify'
      | 'verify-worker',
  ) => Asset;
  /** The address of an icon's drawing; undefined for a name that no icon has. */
  readonly icon: (name: string) => string | undefined;
  /** Empty before the set-up. */
  readonly organisation: string;
  readonly contact?: Contact | undefined;
  /** The current path without the base path, with its query: the language switch adds `lang=` to it. */
  readonly path: string;
  readonly account?: Account | undefined;
  /** Every page says so. */
  readonly isDemo?: boolean;
  /** Every page of it says so, and wears a watermark. */
  readonly isRehearsal?: boolean;
  /** The organisation's own accent, `#rrggbb`; undefined for ours. */
  readonly accent?: string | undefined;
  /** The base URL is plain http on another name than localhost: browsers have no cryptography there. */
  readonly insecure: boolean;
}
