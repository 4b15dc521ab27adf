// Whoever is refused reads why, and what to do about it, in both languages.
import { expect, test } from 'vitest';
import en from '../messages/en.json' with { type: 'json' };
import fr from '../messages/fr.json' with { type: 'json' };
import { type Reason, statuses } from './reasons.ts';

test.each([
  ['en', en],
  ['fr', fr],
] as const)(
  'each refusal says why in its title, and the way out in a sentence of its own (%s)',
  (_locale, messages) => {
    for (const reason of Object.keys(statuses) as Reason[]) {
      const [title, detail] = [messages[`reason.${reason}.title`], messages[`reason.${reason}.detail`]];
      expect([reason, title]).toEqual([reason, expect.stringMatching(/\S\s\S/)]);
      expect([reason, detail]).toEqual([reason, expect.stringMatching(/^\S+\s\S+[^]*[.?!}]$/)]);
      expect([reason, detail.includes(title)]).toEqual([reason, false]);
    }
  },
);
