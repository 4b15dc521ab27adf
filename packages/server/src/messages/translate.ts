// Sentences in the visitor's language. Keys are typed from en.json; fr.json must hold the same ones (the compiler and
// scripts/check-messages.ts say so). Parsed messages are kept: parsing ICU costs more than formatting it.
// May be imported by anything in the server; views take only its types.
import { IntlMessageFormat } from 'intl-messageformat';
import en from './en.json' with { type: 'json' };
import fr from './fr.json' with { type: 'json' };

export type Locale = 'en' | 'fr';
export type MessageKey = keyof typeof en;
export type MessageValues = Readonly<Record<string, string | number | Date>>;
export type Translate = (key: MessageKey, values?: MessageValues) => string;

export const locales: readonly Locale[] = ['en', 'fr'];

const catalogues: Readonly<Record<Locale, Readonly<Record<MessageKey, string>>>> = { en, fr };

/** The tag given to Intl: English readers of a self-hosted product live everywhere, so day before month and 24 hours. */
export const intlTag: Readonly<Record<Locale, string>> = { en: 'en-GB', fr: 'fr-FR' };

/** For texts named by data: whether there is a sentence of this name. */
export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(en, key);

function makeTranslator(locale: Locale): Translate {
  const parsed = new Map<MessageKey, IntlMessageFormat>();
  return (key, values) => {
    let message = parsed.get(key);
    if (message === undefined) {
      // ignoreTag: an angle bracket in a sentence is text; markup belongs to the views.
      message = new IntlMessageFormat(catalogues[locale][key], intlTag[locale], undefined, { ignoreTag: true });
      parsed.set(key, message);
    }
    const formatted: unknown = message.format({ ...values });
    return String(formatted);
  };
}

const translators: Readonly<Record<Locale, Translate>> = { en: makeTranslator('en'), fr: makeTranslator('fr') };

export function translatorFor(locale: Locale): Translate {
  return translators[locale];
}

export function isLocale(value: unknown): value is Locale {
  return value === 'en' || value === 'fr';
}

/** The finished sentences a client program gets, their keys without the prefix (`booth.`). It fills `{name}` itself. */
export function clientMessages(locale: Locale, prefix: string): Record<string, string> {
  const chosen = Object.entries(catalogues[locale]).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(chosen.map(([key, text]) => [key.slice(prefix.length), text]));
}

export interface LocaleHints {
  readonly query?: string | undefined;
  readonly cookie?: string | undefined;
  readonly acceptLanguage?: string | undefined;
  readonly fallback: Locale;
}

/** What the visitor asked for just now, then what they chose before, then what their browser prefers. */
export function chooseLocale({ query, cookie, acceptLanguage, fallback }: LocaleHints): Locale {
  if (isLocale(query)) return query;
  if (isLocale(cookie)) return cookie;
  return preferredLocale(acceptLanguage ?? '') ?? fallback;
}

function preferredLocale(header: string): Locale | undefined {
  const wishes = header.slice(0, 500).split(',').map(parseWish);
  const best = wishes
    .filter((wish) => wish.weight > 0 && isLocale(wish.language))
    .reduce<Wish | undefined>(
      (best, wish) => (best === undefined || wish.weight > best.weight ? wish : best),
      undefined,
    );
  return isLocale(best?.language) ? best.language : undefined;
}

interface Wish {
  readonly language: string;
  readonly weight: number;
}

function parseWish(text: string): Wish {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const weight = quality === undefined ? 1 : Number(quality);
  return { language: range.split('-')[0] ?? '', weight: Number.isFinite(weight) ? weight : 0 };
}
