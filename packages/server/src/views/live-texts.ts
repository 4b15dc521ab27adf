// All numbers of an election that change while a page stands open, finished, by the names that the pages give them.
import { groupLine, type ParticipationView } from './participation.ts';
import type { Page } from './page.ts';
import { countWords, groupWords } from './screen-participation.ts';
import { meterWidth, turnoutLine, turnoutWords } from './turnout.ts';

interface Count {
  readonly voted: number;
  readonly registered: number;
}

export function liveTexts(page: Page, id: string, view: ParticipationView): Record<string, string> {
  const { total, buildings, promotions } = view;
  const share = ({ voted, registered }: Count) => page.formatPercent(voted, registered);
  const width = ({ voted, registered }: Count) => String(meterWidth(voted, registered));
  const texts: Record<string, string> = {
    voted: page.formatNumber(total.voted),
    of: turnoutWords(page, total),
    line: turnoutLine(page, total),
    count: countWords(page, total),
    share: share(total),
    width: width(total),
  };
  for (const [n, group] of buildings.entries()) {
    texts[`b${n}`] = groupLine(page, group, total.atLeast);
    texts[`b${n}c`] = groupWords(page, group);
    texts[`b${n}s`] = share(group);
    texts[`b${n}w`] = width(group);
  }
  for (const [n, group] of promotions.entries()) {
    texts[`p${n}`] = page.formatNumber(group.voted);
    texts[`p${n}s`] = share(group);
  }
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [`${id}.${name}`, text]));
}
