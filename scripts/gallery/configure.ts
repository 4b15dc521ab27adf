// Samples of the settings: every tab, for administrators and observers, right and wrong, with what a trial answers.
import { configurePage, type ConfigureView, type SettingField } from '../../packages/server/src/views/configure.ts';
import type { MailTrialOutcome } from '../../packages/server/src/views/mail-trial.ts';
import { type DirectoryConnectionView, leavingPage } from '../../packages/server/src/views/directory-connection.ts';
import type { Html, Page } from '../../packages/server/src/views/page.ts';
import { nameOf, sayIn, window, zone, zones } from './models.ts';
import type { Sample } from './sample.ts';

type More = Partial<SettingField>;
type Name = Parameters<Page['t']>[0] extends infer Key
  ? Key extends `setting.${infer Setting}.about`
    ? Setting
    : never
  : never;

function field(page: Page, name: Name, value: string, more: More = {}): SettingField {
  const shared = { was: value, told: value, isSet: value !== '', isFromEnvironment: false, again: false, none: false };
  const label = page.t(`setting.${name}`);
  return {
    name,
    shape: 'text',
    label,
    hint: page.t(`setting.${name}.about`),
    value,
    ...shared,
    required: false,
    choices: [],
    ...more,
  };
}

const view = (tab: ConfigureView['tab'], fields: readonly SettingField[]): ConfigureView => ({
  tab,
  fields,
  mayEdit: true,
  isConfirmed: true,
  problems: {},
});

function general(page: Page): ConfigureView {
  const languages = [
    { value: 'en', label: 'English' },
    { value: 'fr', label: 'Français' },
  ];
  const fields = [
    field(page, 'ASSOCIATION_NAME', 'Association des étudiants de Belleville', {
      given: 'Bureau des élèves',
      required: true,
    }),
    field(page, 'CONTACT_NAME', 'Commission électorale', { isFromEnvironment: true, required: true }),
    field(page, 'CONTACT_EMAIL', 'votes@example.org', { shape: 'email', required: true }),
    field(page, 'VOTING_URL', 'https://vote.example.org', { shape: 'url', hint: page.t('configure.hint.VOTING_URL') }),
    field(page, 'DEFAULT_LANGUAGE', 'fr', {
      shape: 'choice',
      choices: languages,
      hint: page.t('configure.hint.DEFAULT_LANGUAGE'),
    }),
    field(page, 'TIME_ZONE', zone, { shape: 'choice', choices: zones.map((value) => ({ value, label: value })) }),
  ];
  const server = [
    ['HOST', '127.0.0.1'],
    ['PORT', '5000'],
    ['DATA_DIR', '/srv/votix/data'],
    ['DATABASE_URL', page.t('configure.sqlite', { path: '/srv/votix/data/db.sqlite' })],
    ['SECRET_KEY', page.t('configure.secret-made')],
    ['TRUSTED_PROXIES', ''],
  ] as const;
  return {
    ...view('general', fields),
    server: server.map(([name, value]) => [name, page.t(`setting.${name}`), value]),
  };
}

function voting(page: Page): ConfigureView {
  const values = { zone: zone.replaceAll('_', ' ') };
  const retention = ['30', '90'].map((value) => ({ value, label: page.t('setup.days', { days: Number(value) }) }));
  const fields = [
    field(page, 'VOTING_START', '2026-12-01T08:00', {
      shape: 'moment',
      hint: page.t('configure.hint.VOTING_START', values),
      given: page.formatInstant(window.opensAt, zone),
      again: true,
    }),
    field(page, 'VOTING_END', '2026-12-04T18:00', {
      shape: 'moment',
      hint: page.t('configure.hint.VOTING_END', values),
    }),
    field(page, 'VALID_EMAIL_DOMAINS', 'example.org, students.example.org', { shape: 'area', isFromEnvironment: true }),
    field(page, 'PROMOTION_LIST', 'E1, E2, E3, E4, E5', { shape: 'area' }),
    field(page, 'RETENTION_DAYS', '90', { shape: 'choice', choices: retention }),
  ];
  return { ...view('voting', fields), draft: { id: 'e', name: nameOf(sayIn(page.locale)), ticked: true } };
}

function smtp(page: Page, outcome?: MailTrialOutcome): ConfigureView {
  const yesNo = [
    { value: 'True', label: page.t('configure.yes') },
    { value: 'False', label: page.t('configure.no') },
  ];
  const fields = [
    field(page, 'SMTP_SERVER', 'smtp.example.org'),
    field(page, 'SMTP_PORT', '465', { shape: 'number', hint: page.t('configure.hint.SMTP_PORT') }),
    field(page, 'SMTP_USERNAME', 'no-reply@example.org'),
    field(page, 'SMTP_PASSWORD', '', {
      shape: 'secret',
      isSet: true,
      given: '',
      hint: page.t('configure.hint.SMTP_PASSWORD'),
      told: page.t('configure.secret-set'),
    }),
    field(page, 'SMTP_FROM', 'Elections <no-reply@example.org>'),
    field(page, 'SMTP_REPLY_TO', '', { shape: 'email' }),
    field(page, 'SMTP_VERIFY_SSL', 'True', {
      shape: 'choice',
      choices: yesNo,
      hint: page.t('configure.hint.SMTP_VERIFY_SSL'),
    }),
    field(page, 'SMTP_RATE', '60', { shape: 'number' }),
    field(page, 'SMTP_CONNECTIONS', '2', { shape: 'number' }),
  ];
  return { ...view('smtp', fields), trial: { address: 'anais.martin@example.org', isReady: true, outcome } };
}

const unconnected: DirectoryConnectionView = {
  redirectUri: 'https://vote.example.org/auth/google/callback',
  isSecure: true,
  mayEdit: true,
  zone,
  hasClient: true,
  connection: undefined,
};
const scope = (name: string) => `https://www.googleapis.com/auth/${name}`;
const connection = {
  account: 'anais.martin@example.org',
  organisation: 'example.org',
  scopes: ['openid', scope('userinfo.email'), scope('directory.readonly')],
  connectedAt: window.opensAt,
  usedAt: window.closesAt,
  hasUnits: false,
  problem: undefined,
};

function google(page: Page, directory: Partial<DirectoryConnectionView>): ConfigureView {
  const { hasClient } = { ...unconnected, ...directory };
  const secret = field(page, 'GOOGLE_CLIENT_SECRET', '', {
    shape: 'secret',
    isSet: hasClient,
    hint: page.t('configure.hint.GOOGLE_CLIENT_SECRET'),
  });
  const id = field(page, 'GOOGLE_CLIENT_ID', hasClient ? '1234567890-abc.apps.googleusercontent.com' : '');
  return { ...view('google', [id, secret]), directory: { ...unconnected, ...directory } };
}

function lost(page: Page): ConfigureView {
  const [title, text] = [page.t('reason.directory-grant-lost.title'), page.t('reason.directory-grant-lost.detail')];
  const problem = { title, text, said: 'Token has been expired or revoked.' };
  return google(page, { connection: { ...connection, hasUnits: true, problem } });
}

export function configureSamples(): Sample[] {
  const sample = (name: string, render: (page: Page) => Html): Sample => ({
    name: `configure-${name}`,
    signedIn: true,
    render,
  });
  return [
    sample('general', (page) => configurePage(page, { ...general(page), done: page.t('done.saved') })),
    sample('general-read', (page) => configurePage(page, { ...general(page), mayEdit: false })),
    sample('voting', (page) => configurePage(page, voting(page))),
    sample('smtp', (page) => configurePage(page, { ...smtp(page), isConfirmed: false })),
    sample('smtp-works', (page) => {
      const [title, text] = [page.t('mail-trial.try-done-title'), page.t('mail-trial.try-done')];
      return configurePage(page, smtp(page, { ok: true, title, text, reply: '' }));
    }),
    sample('smtp-fails', (page) => {
      const [title, text] = [page.t('mail-trial.try-failed'), page.t('mail-trial.cause.login-failed')];
      const reply = '535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6';
      return configurePage(page, smtp(page, { ok: false, title, text, reply }));
    }),
    sample('smtp-wrong', (page) => {
      const problems = {
        SMTP_PORT: page.t('setting.SMTP_PORT.wrong'),
        SMTP_PASSWORD: page.t('configure.password-again'),
      };
      return configurePage(page, { ...smtp(page), problems });
    }),
    {
      name: 'configure-appearance',
      signedIn: true,
      accent: '#ffb300',
      render: (page) => {
        const hint = page.t('configure.hint.ACCENT_COLOUR');
        return configurePage(
          page,
          view('appearance', [field(page, 'ACCENT_COLOUR', '#ffb300', { shape: 'colour', hint })]),
        );
      },
    },
    sample('google', (page) => configurePage(page, google(page, { hasClient: false }))),
    sample('google-ready', (page) => configurePage(page, google(page, {}))),
    sample('google-connected', (page) => configurePage(page, google(page, { connection }))),
    sample('google-lost', (page) => configurePage(page, lost(page))),
    sample('google-leave', (page) =>
      leavingPage(page, { address: 'https://accounts.google.com/o/oauth2/v2/auth', units: true }),
    ),
  ];
}
