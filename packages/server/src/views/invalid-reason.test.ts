import type { OpenProblem } from '@votix/protocol';
import { expect, test } from 'vitest';
import { locales } from '../messages/translate.ts';
import { aPage } from '../../../../tests/support/view-page.ts';
import { invalidReason } from './invalid-reason.ts';

test.each(locales)('no code of a ballot that does not count is shown as it is (%s)', (locale) => {
  const codes: readonly OpenProblem[] = [
    'malformed-ballot',
    'undecryptable',
    'malformed-plaintext',
    'bad-padding',
    'selection-contests',
    'selection-blank',
    'selection-too-few',
    'selection-too-many',
    'selection-unknown-candidate',
    'selection-order',
  ];
  const words = codes.map((code) => invalidReason(aPage(locale), code));
  expect(words.filter((text) => text.split(' ').length < 4)).toEqual([]);
  expect(new Set(words).size).toBe(4);
});
