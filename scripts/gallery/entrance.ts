// The set-up wizard and the ways in.
import { makePassphrase } from '@votix/protocol';
import { forgotPage, forgotSentPage } from '../../packages/server/src/views/forgot-password.ts';
import { loginPage, reauthenticatePage, secondStepPage } from '../../packages/server/src/views/login.ts';
import { recoveryPage } from '../../packages/server/src/views/recovery.ts';
import { setupAdministratorPage, setupOrganisationPage } from '../../packages/server/src/views/setup.ts';
import { window, zone, zones } from './models.ts';
import type { Sample } from './sample.ts';

const ways = { app: true, passkeys: true, canPasskeys: true } as const;

export function entranceSamples(): Sample[] {
  const setup = { organisation: '', contactName: '', contactEmail: '', retentionDays: '90', language: 'fr', zone };
  const values = { ...setup, baseUrl: 'http://localhost:5000' };
  return [
    { name: 'setup-1', render: (page) => setupOrganisationPage(page, { token: 't', values, zones, problems: {} }) },
    {
      name: 'setup-1-wrong',
      render: (page) => {
        const problems = { organisation: page.t('field.organisation'), contactEmail: page.t('field.contactEmail') };
        return setupOrganisationPage(page, {
          token: 't',
          values: { ...values, contactEmail: 'ana@' },
          zones,
          problems,
        });
      },
    },
    {
      name: 'setup-alone',
      render: (page) => setupOrganisationPage(page, { token: 't', values, zones, problems: {}, alone: true }),
    },
    {
      name: 'setup-2',
      render: (page) => setupAdministratorPage(page, { token: 't', values: { name: '', email: '' }, problems: {} }),
    },
    {
      name: 'login',
      render: (page) => loginPage(page, { email: '', next: '/console', canPasskeys: true, problems: {} }),
    },
    {
      name: 'login-wrong',
      render: (page) =>
        loginPage(page, {
          email: 'ana@example.org',
          next: '',
          canPasskeys: false,
          problems: { form: page.t('reason.wrong-login.title') },
        }),
    },
    {
      name: 'reauthenticate',
      signedIn: true,
      render: (page) =>
        reauthenticatePage(page, { next: '', secondStep: false, ...ways, passkeys: false, problems: {} }),
    },
    {
      name: 'reauthenticate-second-step',
      signedIn: true,
      render: (page) =>
        reauthenticatePage(page, {
          next: '',
          secondStep: true,
          ...ways,
          problems: { code: page.t('reason.wrong-second-factor.title') },
        }),
    },
    {
      name: 'second-step',
      render: (page) => secondStepPage(page, { next: '', ...ways, passkeys: false, problems: {} }),
    },
    {
      name: 'second-step-wrong',
      render: (page) =>
        secondStepPage(page, {
          next: '',
          ...ways,
          app: false,
          problems: { code: page.t('reason.wrong-second-factor.title') },
        }),
    },
    {
      name: 'second-step-passkey',
      render: (page) =>
        secondStepPage(page, { next: '', ...ways, problems: { form: page.t('reason.wrong-passkey.title') } }),
    },
    {
      name: 'second-step-not-here',
      render: (page) => secondStepPage(page, { next: '', ...ways, app: false, canPasskeys: false, problems: {} }),
    },
    { name: 'forgot-password', render: (page) => forgotPage(page, { email: '', hasMail: true, problems: {} }) },
    {
      name: 'forgot-password-wrong',
      render: (page) => forgotPage(page, { email: 'ana', hasMail: true, problems: { email: page.t('field.email') } }),
    },
    {
      name: 'forgot-password-no-mail',
      render: (page) => forgotPage(page, { email: '', hasMail: false, problems: {} }),
    },
    { name: 'forgot-password-sent', render: (page) => forgotSentPage(page, { email: 'ana@example.org', minutes: 60 }) },
    {
      name: 'recovery',
      signedIn: true,
      printed: true,
      render: (page) =>
        recoveryPage(page, {
          baseUrl: 'https://vote.example.org',
          secret: makePassphrase().replaceAll('-', '') + 'k3Zq',
          printedAt: window.opensAt,
          zone,
        }),
    },
  ];
}
