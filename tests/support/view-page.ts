// A page for the tests of the views; `anything` is what an outsider could have typed.
import { formatsFor } from '../../packages/server/src/messages/formats.ts';
import { type Locale, translatorFor } from '../../packages/server/src/messages/translate.ts';
import type { Html, Page } from '../../packages/server/src/views/page.ts';

export function aPage(locale: Locale = 'en', more: Partial<Page> = {}): Page {
  return {
    ...formatsFor(locale),
    locale,
    t: translatorFor(locale),
    path: '/',
    organisation: 'Amicale',
    insecure: false,
    href: (path) => `/base${path}`,
    asset: (entry) => ({
      url: `/base/assets/${entry}`,
      integrity: 'sha384-x',
    }),
    icon: (name) => `/base/assets/icons-aa.svg#${name}`,
    contact: {
      name: 'Commission',
      email: 'vote@example.org',
    },
    ...more,
  };
}

export async function markupOf(html: Html): Promise<string> {
  return (await html).toString();
}
