// Samples of the pages about users and one's own account.
import { renderSVG } from 'uqr';
import { type ApprovalEntry, approvalNeededPage, approvalsPage } from '../../packages/server/src/views/approvals.ts';
import { accountPage } from '../../packages/server/src/views/account.ts';
import { recoveryCodesPage, secondFactorsPage, totpPage } from '../../packages/server/src/views/second-step.ts';
import { choosePasswordPage } from '../../packages/server/src/views/choose-password.ts';
import type { Page } from '../../packages/server/src/views/page.ts';
import { newUserPage, userLinkPage, userPage, usersPage } from '../../packages/server/src/views/users.ts';
import { fingerprint, nameOf, sayIn, window, zone } from './models.ts';
import type { Sample } from './sample.ts';

const people = [
  { name: 'Anaïs Martin', email: 'anais.martin@example.org', role: 'admin', own: true, hasPassword: true },
  {
    name: 'Barthélemy de La Rochefoucauld-Vandenberghe',
    email: 'barthelemy.de-la-rochefoucauld@etudiants.example.org',
    role: 'admin',
    own: false,
    hasPassword: true,
  },
  {
    name: 'Idris Benali',
    email: 'idris@example.org',
    role: 'technician',
    own: false,
    hasPassword: false,
    linkUntil: window.opensAt,
  },
  { name: 'Zoé Aubert', email: 'zoe@example.org', role: 'observer', own: false, hasPassword: false },
] as const;
const users = people.map((person, index) => ({ ...person, id: `u${index}`, secondStep: index === 0 }));
const idris = { name: 'Idris Benali', email: 'idris@example.org', role: 'technician' };
const user = { id: 'u2', name: idris.name, own: false, hasPassword: true, values: idris, problems: {} };
const sessions = [
  { id: 's1', device: 'Firefox, Linux', startedAt: window.opensAt, seenAt: window.closesAt, current: true },
  { id: 's2', device: 'Safari, iOS', startedAt: window.opensAt, seenAt: window.opensAt, current: false },
  { id: 's3', device: '', startedAt: window.opensAt, seenAt: window.opensAt, current: false },
];
const own = {
  name: 'Anaïs Martin',
  email: 'anais.martin@example.org',
  role: 'admin',
  secondStep: false,
  sessions,
  zone,
} as const;
const wrongPasswords = (page: Page) => ({ current: page.t('field.wrong-password') });

const uri = 'otpauth://totp/Amicale:anais?issuer=Amicale&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const enrolment = { key: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', qrSvg: renderSVG(uri, { border: 2 }) };
const codes = Array.from({ length: 10 }, (_, n) => `7HQ2WXR4T9BZ${n}KM${n}`);

const factors = {
  app: false,
  passkeys: [],
  canPasskeys: true,
  device: 'Firefox, Linux',
  recoveryCodes: 0,
  isNeeded: false,
  zone,
};
const on = { app: true, recoveryCodes: 10, isNeeded: true };
const passkeys = [
  { id: 'a', name: 'Téléphone d’Anaïs', createdAt: window.opensAt, usedAt: window.closesAt },
  {
    id: 'b',
    name: 'Clé de sécurité du bureau de vote, dans le coffre',
    createdAt: window.opensAt,
    elsewhere: 'vote.example.com',
  },
];

const approvals = { isOn: false, entries: [], hours: 24, zone, problems: {}, reason: '' };
const requests = (page: Page): ApprovalEntry[] => {
  const say = sayIn(page.locale);
  const asked = {
    election: { id: 'e', name: nameOf(say) },
    askedBy: 'Anaïs Martin',
    askedAt: window.opensAt,
    expiresAt: window.closesAt,
    own: false,
    reason: say('The south campus had no power for an hour.', 'Le campus sud est resté une heure sans électricité.'),
  };
  const by = 'Idris Benali';
  const until = page.formatInstant(window.closesAt, zone);
  const extend = { ...asked, deed: 'extend', about: page.t('approvals.about-extend', { until }) } as const;
  const paper = page.t('approvals.about-arm', { hash: fingerprint });
  return [
    { ...extend, id: '1', state: 'asked' },
    { ...asked, id: '2', deed: 'deliberate', about: '', state: 'confirmed', own: true, decidedBy: by },
    { ...asked, id: '3', deed: 'arm', about: paper, state: 'used', decidedBy: by },
    { ...extend, id: '4', state: 'refused', decidedBy: by },
    { ...asked, id: '5', deed: 'rule-off', about: '', election: undefined, state: 'expired' },
  ];
};
const needed = (page: Page) =>
  ({
    election: { id: 'e', name: requests(page)[0]!.election!.name, phase: 'open' },
    current: 'changes',
    deed: 'extend',
    about: requests(page)[0]!.about,
    hours: 24,
    zone,
    reason: '',
    problems: {},
  }) as const;

export function userSamples(): Sample[] {
  const signedIn = (name: string, render: Sample['render']): Sample => ({ name, signedIn: true, render });
  const link = 'https://vote.example.org/choose-password/8hJ2kQx0vR4mT6yB1nC3dF5gH7jK9lPz';
  return [
    signedIn('users', (page) => usersPage(page, { users, zone })),
    signedIn('users-new', (page) =>
      newUserPage(page, { values: { name: '', email: '', role: 'technician' }, problems: {}, hours: 72 }),
    ),
    signedIn('users-new-wrong', (page) => {
      const problems = { name: page.t('field.account-name'), email: page.t('field.known-account') };
      return newUserPage(page, { values: { ...idris, name: '' }, problems, hours: 72 });
    }),
    signedIn('user', (page) => userPage(page, { ...user, done: page.t('done.sessions-ended') })),
    signedIn('user-own', (page) => userPage(page, { ...user, own: true, name: own.name, values: own })),
    signedIn('user-link', (page) => userLinkPage(page, { ...idris, link, expiresAt: window.closesAt, zone })),
    signedIn('account', (page) => accountPage(page, { ...own, problems: {} })),
    signedIn('account-wrong', (page) =>
      accountPage(page, { ...own, sessions: sessions.slice(0, 1), problems: wrongPasswords(page) }),
    ),
    signedIn('account-second-step', (page) => accountPage(page, { ...own, secondStep: true, problems: {} })),
    signedIn('approvals-off', (page) => approvalsPage(page, approvals)),
    signedIn('approvals-cannot', (page) =>
      approvalsPage(page, { ...approvals, obstacle: page.t('reason.second-step-needed.detail') }),
    ),
    signedIn('approvals-none', (page) => approvalsPage(page, { ...approvals, isOn: true })),
    signedIn('approvals', (page) => approvalsPage(page, { ...approvals, isOn: true, entries: requests(page) })),
    signedIn('approval-needed', (page) => approvalNeededPage(page, needed(page))),
    signedIn('approval-asked', (page) =>
      approvalNeededPage(page, { ...needed(page), latest: { ...requests(page)[0]!, own: true } }),
    ),
    signedIn('approval-refused', (page) => approvalNeededPage(page, { ...needed(page), latest: requests(page)[3] })),
    signedIn('second-step-none', (page) => secondFactorsPage(page, { ...factors, problems: {} })),
    signedIn('second-step-on', (page) =>
      secondFactorsPage(page, { ...factors, ...on, passkeys, problems: {}, done: page.t('done.app-added') }),
    ),
    signedIn('second-step-few-codes', (page) =>
      secondFactorsPage(page, { ...factors, ...on, recoveryCodes: 1, canPasskeys: false, problems: {} }),
    ),
    signedIn('second-step-wrong-name', (page) =>
      secondFactorsPage(page, { ...factors, passkeys, problems: { name: page.t('field.passkey-name') } }),
    ),
    signedIn('second-step-app', (page) => totpPage(page, { ...enrolment, problems: {} })),
    signedIn('second-step-app-wrong', (page) =>
      totpPage(page, { ...enrolment, problems: { code: page.t('reason.wrong-second-factor.title') } }),
    ),
    {
      name: 'recovery-codes',
      signedIn: true,
      printed: true,
      render: (page) => recoveryCodesPage(page, { codes, name: own.name, madeAt: window.opensAt, zone }),
    },
    {
      name: 'choose-password',
      render: (page) => choosePasswordPage(page, { ...idris, token: 't', problems: {} }),
    },
    {
      name: 'choose-password-wrong',
      render: (page) =>
        choosePasswordPage(page, { ...idris, token: 't', problems: { password: page.t('field.password') } }),
    },
  ];
}
