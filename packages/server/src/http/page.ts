// The page every view is given, made from the request.

import { isSecureBase, type Settings } from '../domain/settings.ts';
import { formatsFor } from '../messages/formats.ts';
import { translatorFor } from '../messages/translate.ts';
import type { Page } from '../views/page.ts';
import { basePathOf, baseUrlOf } from './base-url.ts';
import type { Deps, Request } from './deps.ts';

export function pageOf(deps: Deps, c: Request): Page {
  const locale = c.get('locale');
  const basePath = basePathOf(baseUrlOf(deps, c));
  const [organisation, session] = [c.get('organisation'), c.get('session')];
  return {
    ...formatsFor(locale),
    locale,
    t: translatorFor(locale),
    display: c.get('display'),
    path: c.req.path.replace(/^\/+/, '/') + new URL(c.req.url).search, // `//x` would be another host
    href: (path) => basePath + path,
    asset: (entry) => {
      const { file, integrity } = deps.assets.find(entry);
      return {
        url: `${basePath}/assets/${file}`,
        integrity,
      };
    },
    icon: (name) => {
      const file = deps.assets.icons.get(name);
      return file && `${basePath}/assets/${file}#${name}`;
    },
    organisation: organisation?.organisation ?? '',
    contact: organisation && {
      name: organisation.contactName,
      email: organisation.contactEmail,
    },
    account: session && {
      name: session.name,
      role: session.role,
    },
    isDemo: deps.demo !== undefined,
    isRehearsal: c.get('isRehearsal') === true,
    accent: (c.get('settings') as Settings | undefined)?.accentColour, // none yet where reading them failed
    insecure: !isSecureBase(baseUrlOf(deps, c)),
  };
}

/** To be told as soon as the election is known: nobody may take a rehearsal for the real thing. */
export const markRehearsal = (c: Request, { rehearsal_of }: { readonly rehearsal_of: string | null }): void =>
  c.set('isRehearsal', rehearsal_of !== null);

/** A link inside this instance, under its base path. */
export const hrefOf = (deps: Deps, c: Request, path: string): string => basePathOf(baseUrlOf(deps, c)) + path;
