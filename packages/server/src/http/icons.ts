// The icons that fit what was typed, as the picker shows them; the same for its page and for its program.

import { searchIcons } from '../domain/icon-search.ts';
import type { IconChoices } from '../views/icon-picker.ts';
import type { Page } from '../views/page.ts';

const most = 72;

export function findIcons(
  page: Page,
  names: readonly string[],
  { search, icon }: { readonly search: string; readonly icon: string },
): IconChoices {
  const { found, total } = searchIcons(names, search, most);
  const chosen = names.includes(icon) && !found.includes(icon) ? [icon] : [];
  const icons = [...chosen, ...found].map((name) => ({ name, url: page.icon(name) ?? '' }));
  const counts = { total, shown: found.length };
  const summary =
    search.trim() === '' ? page.t('icons.likely', { total: names.length }) : page.t('icons.found', counts);
  return { icons, summary };
}
