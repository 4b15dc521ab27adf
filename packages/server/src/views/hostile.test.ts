// What outsiders type reaches every view; none of it may become markup. One hostile string everywhere, in every page.
// Longer than 300 lines because it is one table: every page there is.
import { renderSVG } from 'uqr';
import { expect, test } from 'vitest';
import { approvalNeededPage, approvalsPage } from './approvals.ts';
import { armPage } from './arm.ts';
import { auditPage } from './audit.ts';
import { boothPage } from './booth.ts';
import { candidatePage, candidatesPage } from './candidates.ts';
import { checklistPage } from './checklist.ts';
import { configurePage } from './configure.ts';
import { contestPage } from './contest.ts';
import { contestsPage } from './contests.ts';
import { consolePage } from './console.ts';
import { credentialsPage } from './credentials.ts';
import { deliberatePage } from './deliberate.ts';
import { demoMailPage, demoMailsPage } from './demo-mails.ts';
import { demoPage } from './demo.ts';
import { doorPage } from './door.ts';
import { electionFormPage } from './election-form.ts';
import { electionPage } from './election.ts';
import { forgotPage, forgotSentPage } from './forgot-password.ts';
import { homePage } from './home.ts';
import { integrityPage } from './integrity.ts';
import { loginPage, reauthenticatePage, secondStepPage } from './login.ts';
import { recoveryCodesPage, secondFactorsPage, totpPage } from './second-step.ts';
import { mailTextPage } from './mail-text.ts';
import { mailingPage } from './mailing.ts';
import { mailSendPage, mailsPage } from './mails.ts';
import { minutesPage } from './minutes.ts';
import type { Html, Page } from './page.ts';
import { problemPage } from './problem.ts';
import { provePage } from './prove.ts';
import { receiptsPage } from './receipts.ts';
import { recoveryPage } from './recovery.ts';
import { registrarPage } from './registrar.ts';
import { resultPage } from './result.ts';
import { screenPage } from './screen.ts';
import { aPage, markupOf } from '../../../../tests/support/view-page.ts';
import { rehearsalPage } from './rehearsal.ts';
import { setupAdministratorPage, setupOrganisationPage } from './setup.ts';
import { sheetsPage } from './sheets.ts';
import { typedKeyPage } from './vote.ts';
import { voterDryRunPage } from './voter-dry-run.ts';
import { voterImportPage } from './voter-import.ts';
import { noQuery } from './roll-query.ts';
import { accessDeedPage, accessPage } from './voter-access.ts';
import { voterMailPage } from './voter-mails.ts';
import { voterPage } from './voter.ts';
import { voterRemovalPage } from './voter-removal.ts';
import { votersPage } from './voters.ts';

const evil = `"'></textarea></title></script><script>alert(1)</script><img src=x onerror=alert(2)>&amp;`;
const page: Page = aPage('fr', {
  organisation: evil,
  contact: {
    name: evil,
    email: evil,
  },
  account: {
    name: evil,
    role: 'admin',
  },
  path: `/elections/1?page=${evil}`,
});

const settingTexts = { name: evil, label: evil, hint: evil, value: evil, was: evil, told: evil, given: evil };
const settingStates = { isSet: true, isFromEnvironment: false, again: true, none: true, required: true };
const window = { opensAt: 0, closesAt: 1, zone: 'UTC' };
const election = (phase: 'draft' | 'armed' | 'closed' | 'published') => ({ id: 'e', name: evil, phase });
const about = (phase: 'draft' | 'armed' | 'closed' | 'published') => ({
  election: election(phase),
  window,
  minimumBallots: 5,
});
const rules = { tieRule: 'lot', quorum: 50, minimumBallots: 5 } as const;
const contestRules = { minChoices: 1, maxChoices: 2, blank: true, seats: 2, order: 'drawn', seed: evil } as const;
const candidate = { id: 'c', name: evil, text: evil, logo: evil };
const problems = { name: evil, form: evil };
const result = {
  contests: [
    {
      id: 'k',
      title: evil,
      candidates: [
        {
          id: 'c',
          name: evil,
          votes: 3,
          standing: 'tied' as const,
        },
      ],
      blank: 1,
      seats: 1,
      vacant: 0,
      tie: { rule: 'lot' as const, votes: 3, seats: 1, names: [evil, evil] },
    },
  ],
  ballots: 5,
  valid: 4,
  signatures: 5,
  registered: 9,
  fingerprint: evil,
  boxHash: evil,
  onBoard: false,
  invalidBallots: [
    {
      receipt: evil,
      reason: evil,
    },
  ],
};
const organisation = {
  organisation: evil,
  contactName: evil,
  contactEmail: evil,
  retentionDays: evil,
  language: evil,
  zone: evil,
  baseUrl: evil,
};
const form = {
  name: evil,
  description: evil,
  opensAt: '2026-03-14T08:00',
  closesAt: '2026-03-14T18:00',
  zone: evil,
  contestTitle: evil,
  blank: true,
  minimumBallots: evil,
  sealing: evil,
};
const voter = {
  id: evil,
  lastName: evil,
  firstName: evil,
  email: evil,
  promotion: evil,
  building: evil,
  language: evil,
};
const voterForm = {
  values: { ...voter, reason: evil },
  problems,
  choices: { language: 'en' as const, promotionList: [evil], promotions: [evil], buildings: [evil] },
};
const caught = {
  id: evil,
  at: 0,
  from: evil,
  sender: evil,
  to: evil,
  subject: evil,
  head: evil,
  text: evil,
  html: evil,
};
const query = { ...noQuery, q: evil, inBuilding: evil, inPromotion: evil, sort: evil };
const filters = { buildings: [{ id: evil, name: evil }], promotions: ['', evil], mailKinds: ['link'] as const };
const summary = {
  encoding: 'windows-1252',
  columns: [{ field: 'email', header: evil }],
  ignored: [evil],
  added: 1,
  changed: 1,
  unchanged: 0,
  problemCount: 1,
  problems: [{ line: 2, sentence: evil }],
  changes: [{ line: 2, name: evil, fields: [{ field: 'promotion', before: evil, after: evil }] }],
  fresh: [evil],
  buildings: [evil],
} as const;
const letter = {
  locale: 'en',
  to: evil,
  from: evil,
  subject: evil,
  plain: evil,
  parts: [
    { kind: 'head', text: evil },
    { kind: 'notice', text: evil },
    { kind: 'text', pieces: [true, false].map((strong) => ({ text: evil, strong })) },
    { kind: 'link', href: evil, label: evil },
    { kind: 'code', code: evil },
  ],
} as const;
const contact = { name: evil, email: evil };
const program = {
  locale: 'fr',
  electionName: evil,
  definition: evil,
  doneUrl: evil,
  messages: { title: evil },
} as const;
const qrSvg = '<svg viewBox="0 0 1 1"><path d="M0,0h1v1h-1z"/></svg>';
const sheet = { firstName: evil, lastName: evil, link: evil, qrSvg, personalKey: evil, code: evil };

const group = { label: evil, voted: 1, registered: 9, sign: { icon: evil, colour: '#112233' } };
const participation = {
  total: { voted: 1, registered: 9, atLeast: true },
  buildings: [group],
  promotions: [group],
  promotionsLater: false,
};

const approvals = {
  isOn: true,
  obstacle: evil,
  entries: [
    {
      id: evil,
      deed: 'extend',
      state: 'asked',
      election: { id: evil, name: evil },
      about: evil,
      reason: evil,
      askedBy: evil,
      own: false,
      askedAt: 0,
      expiresAt: 0,
      decidedBy: evil,
    },
  ],
  hours: 24,
  zone: 'UTC',
  problems: { reason: evil },
  reason: evil,
  done: evil,
} as const;
const ways = { app: true, passkeys: true, canPasskeys: true };
const passkey = { id: evil, name: evil, createdAt: 0, usedAt: 0, elsewhere: evil };
const factors = {
  app: true,
  passkeys: [passkey],
  canPasskeys: true,
  device: evil,
  zone: 'UTC',
  problems: { name: evil },
  recoveryCodes: 1,
  isNeeded: true,
  done: evil,
};
const views: Readonly<Record<string, () => Html>> = {
  home: () =>
    homePage(page, {
      live: { now: 0, shapes: { '*': evil } },
      elections: [{ id: 'e', name: evil, phase: 'open', window }],
    }),
  receipts: () =>
    receiptsPage(page, { election: { id: evil, name: evil }, ballots: 1, from: evil, receipts: [evil], next: evil }),
  screen: () =>
    screenPage(page, {
      elections: [
        {
          id: evil,
          name: evil,
          phase: 'abandoned',
          window,
          abandoned: { at: 0, reason: evil },
          alarms: [],
          participation,
        },
      ],
      now: 0,
      zone: 'UTC',
      live: { now: 0, shapes: { [evil]: evil } },
    }),
  'screen with results': () =>
    screenPage(page, {
      elections: [{ id: evil, name: evil, phase: 'published', window, result, alarms: [] }],
      now: 0,
      zone: 'UTC',
      live: { now: 0, shapes: {} },
    }),
  election: () =>
    electionPage(page, {
      id: 'e',
      name: evil,
      description: evil,
      phase: 'published',
      window,
      rules,
      hasRecord: true,
      contests: [
        {
          title: evil,
          ...contestRules,
          candidates: [candidate],
        },
      ],
      result,
      receiptCheck: {
        typed: evil,
        answer: 'malformed',
      },
    }),
  vote: () => typedKeyPage(page, { key: evil, problems: { key: evil } }),
  door: () => doorPage(page, { kind: 'code-locked', at: evil, election: election('armed') }),
  booth: () =>
    boothPage(page, {
      election: election('armed'),
      data: {
        locale: 'fr',
        castUrl: evil,
        definition: evil,
        publicKey: evil,
        verifiable: { election: evil, fingerprint: evil, workerUrl: evil, registrar: evil },
        candidateTexts: { [evil]: evil },
        logos: { [evil]: evil },
        contestRules: { [evil]: [evil] },
        rules: [evil],
        contact,
        description: evil,
        closes: evil,
        electionUrl: evil,
        receiptUrl: evil,
        receiptUntil: evil,
        storageKey: evil,
        isDoor: false,
        messages: { [evil]: evil },
      },
    }),
  credentials: () =>
    credentialsPage(page, {
      election: election('draft'),
      registrar: { name: evil, link: evil, reserve: 2, state: 'registrar-outdated', uncovered: 1, free: 1 },
      given: [{ number: 1, given: 'late', voterId: evil, name: evil }],
      canChange: true,
      values: { name: evil, reserve: evil },
      problems,
      done: evil,
    }),
  'credentials by the server': () =>
    credentialsPage(page, {
      election: election('draft'),
      registrar: undefined,
      given: [],
      canChange: true,
      values: { name: evil, reserve: evil },
      problems: { name: evil, reserve: evil },
    }),
  registrar: () =>
    registrarPage(page, {
      locale: 'fr',
      electionName: evil,
      registrarName: evil,
      organisation: evil,
      fileName: evil,
      listName: evil,
      seatUrl: evil,
      rollUrl: evil,
      partUrl: evil,
      finishUrl: evil,
      workerUrl: evil,
      opens: evil,
      closes: evil,
      messages: { [evil]: evil },
    }),
  problem: () => problemPage(page, { status: 404, title: evil, detail: evil }),
  'set-up 1': () => setupOrganisationPage(page, { token: evil, values: organisation, zones: [evil], problems }),
  'set-up 2': () => setupAdministratorPage(page, { token: evil, values: { name: evil, email: evil }, problems }),
  recovery: () => recoveryPage(page, { baseUrl: evil, secret: evil, printedAt: 0, zone: 'UTC' }),
  login: () => loginPage(page, { email: evil, next: evil, canPasskeys: true, problems }),
  reauthenticate: () =>
    reauthenticatePage(page, { next: evil, secondStep: true, ...ways, problems: { password: evil } }),
  approvals: () => approvalsPage(page, approvals),
  approvalNeeded: () =>
    approvalNeededPage(page, {
      ...approvals,
      election: about('closed').election,
      current: 'arm',
      deed: 'arm',
      about: evil,
      latest: approvals.entries[0],
    }),
  secondStep: () => secondStepPage(page, { next: evil, ...ways, problems: { code: evil } }),
  secondFactors: () => secondFactorsPage(page, factors),
  forgot: () => forgotPage(page, { email: evil, hasMail: true, problems: { email: evil } }),
  forgotSent: () => forgotSentPage(page, { email: evil, minutes: 60 }),
  totp: () => totpPage(page, { key: evil, qrSvg: renderSVG('x'), problems: { code: evil } }),
  recoveryCodes: () => recoveryCodesPage(page, { codes: [evil], name: evil, madeAt: 0, zone: 'UTC' }),
  console: () =>
    consolePage(page, {
      elections: [{ name: evil, ...about('draft'), tasks: [], hasMail: true }],
      done: evil,
    }),
  'election form': () => electionFormPage(page, { election: election('draft'), values: form, zones: [evil], problems }),
  'frozen election': () =>
    electionFormPage(page, { election: election('armed'), values: form, zones: [], problems: {} }),
  checklist: () => checklistPage(page, { ...about('draft'), tasks: [], hasMail: true, lockedCodes: 2, done: evil }),
  candidates: () =>
    candidatesPage(page, {
      election: election('draft'),
      contests: [
        { id: 'k', title: evil, order: 'fixed', candidates: [candidate] },
        { id: 'm', title: evil, order: 'drawn', candidates: [] },
      ],
      values: { ...candidate, contest: 'k' },
      problems,
      done: evil,
    }),
  contests: () =>
    contestsPage(page, {
      election: election('draft'),
      contests: [{ ...contestRules, id: 'k', title: evil, candidates: 2 }],
      rules,
      values: { tieRule: evil, quorum: evil, minimumBallots: evil },
      problems: { ...problems, quorum: evil },
      done: evil,
    }),
  contest: () =>
    contestPage(page, {
      election: election('draft'),
      id: 'k',
      values: { title: evil, minChoices: evil, maxChoices: evil, blank: true, seats: evil, order: evil },
      problems: { ...problems, order: evil },
      seed: evil,
      candidates: 2,
      done: evil,
    }),
  candidate: () =>
    candidatePage(page, { election: election('draft'), id: evil, logo: evil, values: candidate, problems, done: evil }),
  voters: () =>
    votersPage(page, {
      election: election('draft'),
      zone: 'UTC',
      query,
      filters,
      voters: [voter],
      pageCount: 2,
      counts: { registered: 1, voted: 0, atLeast: false, locked: 0, matching: 1 },
      ...voterForm,
    }),
  voter: () =>
    voterPage(page, {
      election: election('draft'),
      zone: 'UTC',
      voter,
      mails: [],
      timeline: [{ day: '2026-03-14', what: 'edited', by: evil, reason: evil }],
      query,
      ...voterForm,
    }),
  'voter late': () =>
    voterPage(page, { election: election('armed'), zone: 'UTC', voter, mails: [], timeline: [], query, ...voterForm }),
  'voter mail': () =>
    voterMailPage(page, { election: election('armed'), voter, query, kind: 'link', letter, isSecond: true }),
  mails: () =>
    mailsPage(page, {
      election: election('armed'),
      offers: [],
      channel: 'paper',
      channels: ['paper'],
      mailings: [],
      zone: 'UTC',
      deadAddresses: 1,
      isServerMissing: false,
      arrival: {
        domain: evil,
        path: '/mails',
        found: {
          domain: evil,
          findings: [
            {
              about: 'spf',
              verdict: 'bad',
              says: 'spf-several',
              found: evil,
              add: { name: evil, type: evil, value: evil },
            },
          ],
        },
      },
    }),
  'mail dry run': () =>
    mailSendPage(page, {
      election: election('armed'),
      kind: 'link',
      query,
      choices: filters,
      recipients: 1,
      deadAddresses: 1,
      previews: [letter],
      duration: evil,
    }),
  'mail text': () =>
    mailTextPage(page, {
      election: election('armed'),
      kind: 'link',
      locale: 'en',
      values: { subject: evil, body: evil },
      placeholders: ['link'],
      required: ['link'],
      versions: [2, 1].map((version) => ({ version, savedAt: 0, subject: evil })),
      shown: 1,
      zone: 'UTC',
      preview: letter,
      paper: 'text',
      mayEdit: true,
      problems,
    }),
  mailing: () =>
    mailingPage(page, {
      election: election('armed'),
      zone: 'UTC',
      mailing: { id: evil, kind: 'link', state: 'finished', why: '', startedAt: 0, total: 1, counts: { rejected: 1 } },
      causes: [],
      recipients: [
        { voterId: evil, name: evil, email: evil, status: 'rejected', cause: 'mailbox-full', replyCode: evil },
      ],
      pageNumber: 1,
      pageCount: 1,
      again: 1,
      deadAddresses: 1,
      mayAct: true,
    }),
  'voter deed': () =>
    accessDeedPage(page, { election: election('armed'), voter, query, deed: 'link', reason: evil, problems }),
  'voter access': () =>
    accessPage(page, {
      ...about('armed'),
      voter,
      query,
      link: evil,
      shortAddress: evil,
      personalKey: evil,
      code: evil,
      qrSvg,
    }),
  'voter removal': () =>
    voterRemovalPage(page, { election: election('draft'), query, matching: 12, voters: [voter], problems }),
  import: () =>
    voterImportPage(page, { election: election('draft'), zone: 'UTC', last: undefined, problems: { file: evil } }),
  'dry run': () =>
    voterDryRunPage(page, { election: election('draft'), id: evil, state: 'ready', done: 0, total: 1, summary }),
  'dry run refused': () =>
    voterDryRunPage(page, { election: election('draft'), id: evil, state: 'refused', done: 0, total: 1, summary }),
  arm: () =>
    armPage(page, {
      ...about('draft'),
      state: {
        kind: 'ready',
        summary: { contests: [{ ...contestRules, title: evil, candidates: [evil] }], rules, voters: 3 },
        data: { ...program, bits: 2048, fileName: evil, definitionHash: evil, armUrl: evil, secure: true },
      },
    }),
  armed: () =>
    armPage(page, { ...about('armed'), state: { kind: 'armed', fingerprint: evil, onBoard: true, armedAt: 0 } }),
  'proven again': () =>
    provePage(page, {
      ...about('armed'),
      lastDay: '2026-03-14',
      state: {
        kind: 'ready',
        mayDisarm: true,
        data: {
          electionName: evil,
          fingerprint: evil,
          keyShares: null,
          proofUrl: evil,
          doneUrl: evil,
          messages: { a: evil },
        },
      },
    }),
  'rehearsal to make': () =>
    rehearsalPage(page, {
      ...about('draft'),
      isRehearsed: true,
      problems: { voters: evil, emails: evil },
      done: evil,
      state: { kind: 'none', most: 20, email: evil, values: { voters: evil, own: true, emails: evil } },
    }),
  'running rehearsal': () =>
    rehearsalPage(page, {
      ...about('draft'),
      isRehearsed: false,
      problems: {},
      state: {
        kind: 'running',
        rehearsal: { id: 'r', name: evil, phase: 'open', closesAt: 0, zone: 'UTC' },
        steps: [{ id: 'vote', state: 'todo' }],
        voters: [{ name: evil, address: '/vote/1', code: evil, email: evil, hasVoted: false }],
      },
    }),
  sheets: () =>
    sheetsPage(page, {
      ...about('armed'),
      state: { kind: 'ready', shortAddress: evil, groups: [{ promotion: evil, sheets: [sheet] }], handedOut: false },
    }),
  deliberate: () =>
    deliberatePage(page, {
      ...about('closed'),
      state: {
        kind: 'ready',
        data: {
          ...program,
          boxUrl: evil,
          resultUrl: evil,
          publicKey: evil,
          fingerprint: evil,
          ballots: 5,
          boxHash: evil,
          keyShares: null,
          workerUrl: evil,
        },
      },
    }),
  configure: () =>
    configurePage(page, {
      tab: 'smtp',
      fields: (['text', 'area', 'choice', 'moment', 'colour', 'secret'] as const).map((shape) => ({
        ...settingTexts,
        ...settingStates,
        shape,
        choices: [{ value: evil, label: evil }],
      })),
      mayEdit: true,
      isConfirmed: false,
      problems: { [evil]: evil },
      server: [[evil, evil, evil]],
      trial: { address: evil, isReady: true, outcome: { ok: false, title: evil, text: evil, reply: evil } },
    }),
  demo: () => {
    const voters = [{ name: evil, link: evil, code: evil }];
    const key = { keyFile: evil, passphrase: evil };
    const view = { email: evil, password: evil, election: evil, ...key, waiting: voters, voted: voters };
    return demoPage({ ...page, isDemo: true }, view);
  },
  demoMails: () =>
    demoMailsPage(page, {
      mails: [caught],
      count: 1,
      pageNumber: 2,
      pageCount: 3,
      query: evil,
      zone: 'Europe/Paris',
      address: evil,
    }),
  demoMail: () => demoMailPage(page, caught, 'Europe/Paris'),
  result: () =>
    resultPage(page, {
      ...about('published'),
      hasMinutes: true,
      problems,
      state: { kind: 'published', result, publishedAt: 0 },
    }),
  minutes: () =>
    minutesPage(page, {
      election: election('published'),
      document: {
        title: evil,
        organisation: evil,
        election: evil,
        watermark: evil,
        foot: evil,
        blocks: [
          { kind: 'heading', text: evil },
          { kind: 'paragraph', text: evil },
          { kind: 'verdict', good: false, text: evil },
          { kind: 'facts', rows: [[evil, evil]] },
          { kind: 'list', items: [evil] },
          { kind: 'table', title: evil, columns: [{ title: evil, number: true }], rows: [{ cells: [evil] }] },
          { kind: 'signatures', place: evil, lines: [evil] },
        ],
      },
    }),
  audit: () =>
    auditPage(page, {
      election: election('published'),
      zone: 'UTC',
      now: 0,
      entries: [
        {
          position: 1,
          at: 0,
          actor: evil,
          sentence: evil,
          subject: evil,
          election: { id: 'e', name: evil },
          details: [[evil, evil]],
          reason: evil,
          hash: evil,
        },
      ],
      count: 1,
      pageNumber: 1,
      pageCount: 2,
      values: { election: evil, actor: evil, action: evil, from: evil, until: evil },
      problems: { from: evil },
      elections: [{ value: evil, label: evil }],
      actors: [{ value: evil, label: evil }],
      actions: [{ value: evil, label: evil }],
      chain: { checkedAt: 0, fault: evil, checkUrl: '/console/audit/check' },
    }),
  integrity: () =>
    integrityPage(page, {
      election: election('published'),
      zone: 'UTC',
      checks: [{ name: 'box', checkedAt: 0, fault: evil, checks: 1, failures: 1, failedAt: 0 }],
      sealed: { sealedAt: 0, ballots: 1, signatures: 1, boxHash: evil },
    }),
};

test.each(Object.keys(views))('hostile text stays text: %s', async (name) => {
  const markup = await markupOf(views[name]!());
  expect(markup).toContain('alert(1)');
  expect(markup).not.toContain('<script>');
  expect(markup).not.toMatch(/<img (?!class="logo" src="[^"<>]*" alt="[^"<>]*" width=)/); // only pictures of candidates
  expect(markup).not.toMatch(/<\/(?:textarea|title|script)><\/(?:textarea|title|script)>/);
  expect(markup).not.toMatch(/="[^"]*'>/);
});

test.each(Object.keys(views))('the strict policy finds nothing to block: %s', async (name) => {
  const markup = await markupOf(views[name]!());
  const names = markup.replace(/="[^"]*"/g, '=""');
  expect(names).not.toMatch(/<[a-z][^>]* style=/);
  expect(names).not.toMatch(/<[a-z][^>]* on[a-z]+=/);
  for (const [script] of markup.matchAll(/<script\b[^>]*>/g))
    expect(script).toMatch(/ src="\/base\/| type="application\/json"/);
});
