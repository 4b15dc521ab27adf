import { expect, test } from 'vitest';
import { aPage, markupOf } from '../../../../tests/support/view-page.ts';
import { configurePage, type SettingField } from './configure.ts';

const field: SettingField = {
  name: 'SMTP_SERVER',
  shape: 'text',
  label: 'Server',
  hint: '',
  value: '127.0.0.1',
  was: '127.0.0.1',
  told: '127.0.0.1',
  isSet: true,
  isFromEnvironment: true,
  again: false,
  none: false,
  required: false,
  choices: [],
};
const saved = { ...field, name: 'SMTP_FROM', isFromEnvironment: false, given: 'votes@example.org' };

const shown = (isDemo: boolean, locale: 'en' | 'fr') =>
  markupOf(
    configurePage(aPage(locale, { isDemo, account: { name: 'Claire', role: 'admin' } }), {
      tab: 'smtp',
      fields: [field, saved],
      mayEdit: true,
      isConfirmed: true,
      problems: {},
    }),
  );

test.each(['en', 'fr'] as const)(
  'a demonstration does not claim to have read a file, and says where its mails go (%s)',
  async (locale) => {
    const demo = await shown(true, locale);
    expect(demo).not.toContain('.env');
    expect(demo).toContain('href="/base/demo/mails"');
    const real = await shown(false, locale);
    expect(real.match(/\.env/g)).toHaveLength(2);
    expect(real).not.toContain('/demo/mails');
  },
);
