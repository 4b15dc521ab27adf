// The mails of an election: what can be sent, the dry run, a mailing on its way, stopped and finished, a text being edited.
import { fillPieces } from '../../packages/server/src/domain/mail-texts.ts';
import { defaultMailText } from '../../packages/server/src/messages/mail-defaults.ts';
import { translatorFor } from '../../packages/server/src/messages/translate.ts';
import type { ArrivalView } from '../../packages/server/src/views/arrival.ts';
import type { LetterPreview } from '../../packages/server/src/views/letter.ts';
import { mailTextPage } from '../../packages/server/src/views/mail-text.ts';
import { type DeliveryStatus, mailingPage, type MailingState } from '../../packages/server/src/views/mailing.ts';
import { mailSendPage, mailsPage } from '../../packages/server/src/views/mails.ts';
import type { Html, Page } from '../../packages/server/src/views/page.ts';
import { noQuery } from '../../packages/server/src/views/roll-query.ts';
import { electionId, head, nameOf, type Say, sayIn, window, zone } from './models.ts';
import type { Sample } from './sample.ts';

const sender = 'Amicale des Jonquilles';

export const letterOf = (page: Page, say: Say, firstName = 'Alice'): LetterPreview => {
  const text = defaultMailText('link', page.locale, 'same-mail');
  const values: Readonly<Record<string, string>> = {
    first_name: firstName,
    last_name: 'Dupont',
    election: nameOf(say),
    opens: page.formatInstant(window.opensAt, zone),
    closes: page.formatInstant(window.closesAt, zone),
    contact: 'Claire Martin (claire@example.org)',
    short_address: 'https://votes.example.org/vote',
    key: '••••-••••-••••-••••',
  };
  const fill = (line: string) => line.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  const part = (paragraph: string) => {
    const href = 'https://votes.example.org/vote/••••••••-••••-••••-••••-••••••••••••';
    if (paragraph === '{link}')
      return { kind: 'link' as const, href, label: translatorFor(page.locale)('mail.button') };
    if (paragraph === '{code}') return { kind: 'code' as const, code: '••••' };
    return { kind: 'text' as const, pieces: fillPieces(paragraph, values) };
  };
  return {
    locale: page.locale,
    from: `${sender} <no-reply@example.org>`,
    to: `${firstName} Dupont <${firstName.toLowerCase()}.dupont@example.org>`,
    subject: fill(text.subject),
    parts: [{ kind: 'head', text: sender }, ...text.body.split('\n\n').map(part)],
    plain: `${sender}\n\n${fill(text.body)}`,
  };
};

const mailing = (more: Partial<MailingState>): MailingState => ({
  id: 'a-mailing',
  kind: 'link',
  state: 'running',
  why: '',
  startedAt: window.opensAt - 86_400_000,
  total: 1240,
  counts: { queued: 410, sending: 4, accepted: 801, deferred: 12, rejected: 11, unknown: 2 },
  ...more,
});

const recipientOf = (name: string, status: DeliveryStatus, cause = '', replyCode = '') => ({
  voterId: name,
  name,
  email: `${name.toLowerCase().replace(/\W+/g, '.')}@students.university-of-a-long-name.example.org`,
  status,
  cause,
  replyCode,
});
const recipients = [
  recipientOf('Dupont Alice', 'rejected', 'no-such-address', '5.1.1'),
  recipientOf('Martin Bob', 'deferred', 'later', '4.2.0'),
  recipientOf('Nguyen Chloe', 'unknown', 'interrupted'),
  recipientOf('Okafor Daniel', 'accepted', '', '2.0.0'),
  recipientOf('Petit Emma', 'queued'),
];

const choicesIn = (say: Say) => ({
  buildings: [
    { id: 'perrault', name: 'Perrault' },
    { id: 'north', name: say('North wing', 'Aile nord') },
  ],
  promotions: ['', 'E1', 'E2', 'E3'],
});

const arrival = { domain: 'votes.example.org', path: '/console/elections/an-election/mails' };
const arrivalFound: ArrivalView = {
  domain: 'votes.example.org',
  findings: [
    {
      about: 'spf',
      verdict: 'bad',
      says: 'spf-not-provider',
      found: 'v=spf1 include:spf.a-hosting-company-with-a-long-name.example.net ip4:192.0.2.0/24 ~all',
      add: {
        name: 'votes.example.org',
        type: 'TXT',
        value:
          'v=spf1 include:_spf.google.com include:spf.a-hosting-company-with-a-long-name.example.net ip4:192.0.2.0/24 ~all',
      },
    },
    { about: 'dkim', verdict: 'warn', says: 'dkim-unknown' },
    {
      about: 'dmarc',
      verdict: 'warn',
      says: 'dmarc-missing',
      add: {
        name: '_dmarc.votes.example.org',
        type: 'TXT',
        value: 'v=DMARC1; p=none; rua=mailto:claire@example.org',
      },
    },
    { about: 'mx', verdict: 'good', says: 'mx-good', found: 'mx1.example.org, mx2.example.org' },
  ],
};

const versions = (subject: string) =>
  [3, 2, 1].map((version) => ({ version, savedAt: window.opensAt - (4 - version) * 86_400_000, subject }));

export function mailSamples(): Sample[] {
  const inLanguage = (name: string, render: (page: Page, say: Say) => Html): Sample => ({
    name,
    signedIn: true,
    render: (page) => render(page, sayIn(page.locale)),
  });
  const channels = ['same-mail', 'own-mail', 'paper'] as const;
  const overview = (say: Say) => ({
    election: head(say, 'open'),
    channel: 'same-mail' as const,
    channels,
    zone,
    deadAddresses: 1,
    isServerMissing: false,
    arrival,
    returns: { username: 'votes@example.org', lookedAt: window.opensAt - 3_600_000 },
    offers: [
      { kind: 'invitation' as const, recipients: 3, late: 3 },
      { kind: 'link' as const, recipients: 414, late: 3, running: 'a-mailing' },
      { kind: 'reminder' as const, recipients: 988, late: 0 },
    ],
    mailings: [
      mailing({}),
      mailing({ id: 'former', kind: 'invitation', state: 'finished', counts: { accepted: 1240 } }),
    ],
  });
  const one = (say: Say, state: MailingState) => ({
    election: head(say, 'open'),
    zone,
    mailing: state,
    causes: [
      { status: 'deferred' as const, cause: 'later', n: 12 },
      { status: 'rejected' as const, cause: 'no-such-address', n: 9 },
      { status: 'rejected' as const, cause: 'mailbox-full', n: 2 },
    ],
    recipients,
    pageNumber: 1,
    pageCount: 13,
    again: state.state === 'finished' ? 4 : 0,
    deadAddresses: state.state === 'finished' ? 9 : 0,
    mayAct: true,
  });
  return [
    inLanguage('mails', (page, say) => mailsPage(page, overview(say))),
    inLanguage('mails-observer', (page, say) =>
      mailsPage({ ...page, account: { name: 'Anaïs Martin', role: 'observer' } }, overview(say)),
    ),
    inLanguage('mails-arrival', (page, say) =>
      mailsPage(page, {
        ...overview(say),
        mailings: [],
        arrival: { ...arrival, found: arrivalFound },
        returns: { username: 'votes@example.org', problem: 'login-failed' },
      }),
    ),
    inLanguage('mails-no-server', (page, say) =>
      mailsPage(page, {
        ...overview(say),
        election: head(say, 'draft'),
        mailings: [],
        isServerMissing: true,
        arrival: undefined,
        offers: (['invitation', 'link', 'reminder'] as const).map((kind) => ({
          kind,
          recipients: 1240,
          late: 0,
          obstacle: page.t('reason.mail-not-set-up.detail'),
        })),
      }),
    ),
    inLanguage('mails-send', (page, say) =>
      mailSendPage(page, {
        election: head(say, 'armed'),
        kind: 'link',
        query: noQuery,
        choices: choicesIn(say),
        recipients: 1240,
        deadAddresses: 9,
        previews: ['Alice', 'Bruno', 'Camille'].map((name) => letterOf(page, say, name)),
        duration: page.t('mailing.minutes', { minutes: 21 }),
        perDay: { provider: 'Brevo', limit: 300 },
      }),
    ),
    inLanguage('mails-send-none', (page, say) =>
      mailSendPage(page, {
        election: head(say, 'armed'),
        kind: 'link',
        query: { ...noQuery, inPromotion: 'E3' },
        choices: choicesIn(say),
        recipients: 0,
        deadAddresses: 0,
        previews: [],
        duration: '',
      }),
    ),
    {
      ...inLanguage('mailing-running', (page, say) =>
        mailingPage(page, {
          ...one(say, mailing({})),
          remaining: page.t('mailing.remaining', { duration: page.t('mailing.minutes', { minutes: 7 }) }),
        }),
      ),
      answers: {
        [`/api/elections/${electionId}/mailings/a-mailing`]: {
          state: 'running',
          why: '',
          done: 826,
          total: 1240,
          texts: {},
        },
      },
    },
    inLanguage('mailing-stopped', (page, say) =>
      mailingPage(page, one(say, mailing({ state: 'stopped', why: 'login-failed' }))),
    ),
    inLanguage('mailing-finished', (page, say) =>
      mailingPage(page, one(say, mailing({ state: 'finished', counts: { accepted: 1227, rejected: 11, unknown: 2 } }))),
    ),
    ...(['desktop', 'phone', 'dark', 'text'] as const).map((paper) =>
      inLanguage(`mail-text-${paper}`, (page, say) => {
        const text = defaultMailText('link', page.locale, 'same-mail');
        return mailTextPage(page, {
          election: head(say, 'draft'),
          kind: 'link',
          locale: page.locale,
          values: paper === 'phone' ? { ...text, body: text.body.replace('{code}', '') } : text,
          placeholders: ['first_name', 'link', 'code'],
          required: ['link', 'code'],
          versions: paper === 'desktop' ? [] : versions(text.subject),
          shown: paper === 'dark' ? 1 : undefined,
          zone,
          mayEdit: paper !== 'text',
          preview: letterOf(page, say),
          paper,
          problems: paper === 'phone' ? { body: page.t('field.missing-placeholder', { names: '{code}' }) } : {},
        });
      }),
    ),
  ];
}
